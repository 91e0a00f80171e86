package certpath

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// Limits of a name that is read. Real ones have about ten attributes and stay below
// 1 KiB; a longer one equals only itself, and is not put in words.
const (
	maxRDN       = 64
	maxNameBytes = 64 << 10
)

type nameAttribute struct {
	oid   der.OID
	tag   asn1.Tag
	value []byte
	first bool // begins a new relative distinguished name
}

// readName splits a Name into its attributes; ok is false when it is none, or a name
// above the limits.
func readName(raw []byte) (out []nameAttribute, ok bool) { return appendName(nil, raw) }

// appendName is readName into a slice that may be used again.
func appendName(out []nameAttribute, raw []byte) (_ []nameAttribute, ok bool) {
	s := cryptobyte.String(raw)
	var seq, rdn, attr, value cryptobyte.String
	if len(raw) > maxNameBytes || !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return nil, false
	}
	for !seq.Empty() {
		if !seq.ReadASN1(&rdn, asn1.SET) || rdn.Empty() {
			return nil, false
		}
		for first := true; !rdn.Empty(); first = false {
			a := nameAttribute{first: first}
			if len(out) == maxRDN || !rdn.ReadASN1(&attr, asn1.SEQUENCE) || !der.ReadOID(&attr, &a.oid) ||
				!attr.ReadAnyASN1(&value, &a.tag) || !attr.Empty() {
				return nil, false
			}
			a.value = value
			out = append(out, a)
		}
	}
	return out, true
}

// text returns the value of a string attribute; ok is false for other types.
func (a *nameAttribute) text() (string, bool) {
	switch a.tag {
	case asn1.UTF8String, asn1.PrintableString, asn1.IA5String, 18 /* NumericString */, 26 /* VisibleString */ :
		return string(a.value), utf8.Valid(a.value)
	case asn1.T61String: // in practice ISO 8859-1
		r := make([]rune, len(a.value))
		for i, b := range a.value {
			r[i] = rune(b)
		}
		return string(r), true
	case 28: // UniversalString
		return a.universal()
	case 30: // BMPString
		if len(a.value)%2 != 0 {
			return "", false
		}
		u := make([]uint16, len(a.value)/2)
		for i := range u {
			u[i] = uint16(a.value[2*i])<<8 | uint16(a.value[2*i+1])
		}
		return string(utf16.Decode(u)), true
	}
	return "", false
}

// universal reads four octets to the character.
func (a *nameAttribute) universal() (string, bool) {
	if len(a.value)%4 != 0 {
		return "", false
	}
	r := make([]rune, len(a.value)/4)
	for i := range r {
		n := binary.BigEndian.Uint32(a.value[4*i:])
		if n > unicode.MaxRune || !utf8.ValidRune(rune(n)) {
			return "", false
		}
		r[i] = rune(n)
	}
	return string(r), true
}

var nameKeys = map[der.OID]string{
	der.MustOID("2.5.4.3"): "CN", der.MustOID("2.5.4.5"): "serialNumber", der.MustOID("2.5.4.6"): "C",
	der.MustOID("2.5.4.7"): "L", der.MustOID("2.5.4.8"): "ST", der.MustOID("2.5.4.10"): "O",
	der.MustOID("2.5.4.11"): "OU", der.MustOID("2.5.4.97"): "organizationIdentifier",
	der.MustOID("2.5.4.4"): "SN", der.MustOID("2.5.4.42"): "GN", der.MustOID("2.5.4.12"): "title",
	der.MustOID("1.2.840.113549.1.9.1"):       "emailAddress",
	der.MustOID("0.9.2342.19200300.100.1.25"): "DC", der.MustOID("0.9.2342.19200300.100.1.1"): "UID",
}

// NameString returns a Name in words, the most special part first. Characters that
// do not print show as U+FFFD, so a name cannot rearrange a report.
func NameString(raw []byte) string {
	attrs, ok := readName(raw)
	if !ok {
		return "(unreadable name)"
	}
	if len(attrs) == 0 {
		return "(empty name)"
	}
	parts := make([]string, 0, len(attrs))
	for i := len(attrs) - 1; i >= 0; i-- {
		a := &attrs[i]
		key := nameKeys[a.oid]
		if key == "" {
			key = a.oid.String()
		}
		value, ok := a.text()
		if !ok {
			value = "#" + hex.EncodeToString(a.value)
		}
		parts = append(parts, key+"="+strings.Map(printable, strings.ReplaceAll(value, ",", "\\,")))
	}
	return strings.Join(parts, ", ")
}

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return unicode.ReplacementChar
}
