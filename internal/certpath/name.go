package certpath

import (
	"bytes"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// maxRDN bounds the attributes of one name; real names have about ten.
const maxRDN = 64

type nameAttribute struct {
	oid   der.OID
	tag   asn1.Tag
	value []byte
	first bool // begins a new relative distinguished name
}

// readName splits a Name into its attributes; ok is false when it is none.
func readName(raw []byte) (out []nameAttribute, ok bool) {
	s := cryptobyte.String(raw)
	var seq, rdn, attr, value cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
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

// SameName compares two names by RFC 5280, section 7.1: equal bytes, or else the
// same attributes where string values are equal without regard to their ASN.1 type,
// to case and to the amount of white space. A name that cannot be read equals
// only itself, and the empty name equals nothing.
func SameName(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return len(a) > 2
	}
	x, ok1 := readName(a)
	y, ok2 := readName(b)
	if !ok1 || !ok2 || len(x) != len(y) || len(x) == 0 {
		return false
	}
	for i := range x {
		if x[i].first != y[i].first || !sameAttribute(&x[i], &y[i]) {
			return false
		}
	}
	return true
}

func sameAttribute(a, b *nameAttribute) bool {
	if a.oid != b.oid {
		return false
	}
	if a.tag == b.tag && bytes.Equal(a.value, b.value) {
		return true
	}
	s, ok1 := a.text()
	t, ok2 := b.text()
	return ok1 && ok2 && foldText(s) == foldText(t)
}

// foldText is the string preparation of section 7.1 as far as it decides in
// practice: lower case, white space trimmed and collapsed.
func foldText(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// nameWithin reports whether name lies in the subtree of base: base's relative
// names are the first ones of name.
func nameWithin(name, base []byte) bool {
	x, ok1 := readName(name)
	y, ok2 := readName(base)
	if !ok1 || !ok2 || len(y) > len(x) || len(y) < len(x) && !x[len(y)].first {
		return false
	}
	for i := range y {
		if x[i].first != y[i].first || !sameAttribute(&x[i], &y[i]) {
			return false
		}
	}
	return true
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
