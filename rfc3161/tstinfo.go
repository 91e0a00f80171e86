package rfc3161

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/verdict"
)

// tstInfo is TSTInfo (RFC 3161, section 2.4.2), read as DER.
type tstInfo struct {
	policy           der.OID
	imprintOID       der.OID
	imprintAlgorithm string // "" when unknown here
	imprintParams    bool   // the algorithm has parameters, which none of the known ones takes
	imprint          []byte
	serial           []byte
	genTime          time.Time // rounded up to the nanosecond
	looseTime        bool      // a fraction that DER does not allow
	accuracy         time.Duration
	hasAccuracy      bool
	ordering         bool
	nonce            []byte // contents of the INTEGER
	hasNonce         bool
	tsa              []byte // GeneralName, whole element
	extensions       []extension
}

type extension struct {
	oid      der.OID
	critical bool
	value    []byte
}

func (i *tstInfo) parse(content []byte) error {
	s := cryptobyte.String(content)
	var seq, imprint cryptobyte.String
	var version []byte
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() || !der.ReadInteger(&seq, &version) {
		return bad(codeMalformed, "TSTInfo")
	}
	if n, ok := der.SmallInt(version); !ok || n != 1 {
		return bad("tsp.version", "TSTInfo.version is not 1")
	}
	if !der.ReadOID(&seq, &i.policy) || !seq.ReadASN1(&imprint, asn1.SEQUENCE) {
		return bad(codeMalformed, "TSTInfo.policy or messageImprint")
	}
	if err := i.parseImprint(imprint); err != nil {
		return err
	}
	if !seq.ReadASN1((*cryptobyte.String)(&i.serial), asn1.INTEGER) || len(i.serial) == 0 {
		return bad(codeMalformed, "TSTInfo.serialNumber")
	}
	var when cryptobyte.String
	if !seq.ReadASN1(&when, asn1.GeneralizedTime) || !i.parseTime(string(when)) {
		return bad("tsp.gen-time", "TSTInfo.genTime is not YYYYMMDDhhmmss[.f]Z")
	}
	return i.parseOptional(seq)
}

func (i *tstInfo) parseImprint(s cryptobyte.String) error {
	var alg der.Algorithm
	if !der.ReadAlgorithm(&s, &alg) || !s.ReadASN1((*cryptobyte.String)(&i.imprint), asn1.OCTET_STRING) || !s.Empty() {
		return bad(codeMalformed, "TSTInfo.messageImprint")
	}
	i.imprintOID, i.imprintAlgorithm, i.imprintParams = alg.OID, sigalg.DigestName(alg.OID), !alg.NoParams()
	if i.imprintAlgorithm != "" && verdict.DigestSize(i.imprintAlgorithm) != len(i.imprint) {
		return bad("tsp.imprint-length", "messageImprint is not as long as a "+i.imprintAlgorithm+" digest")
	}
	return nil
}

// parseTime reads genTime. Z is mandatory and fields must be in range; a fraction
// with trailing zeros, or an empty one, is noted: RFC 3161 forbids it, but it names
// one time. Digits beyond the nanosecond round up.
func (i *tstInfo) parseTime(v string) bool {
	v, ok := strings.CutSuffix(v, "Z")
	if !ok {
		return false
	}
	whole, fraction, dotted := strings.Cut(v, ".")
	if len(whole) != len("20060102150405") {
		return false
	}
	t, ok := der.ParseDigits([]byte(whole))
	if !ok {
		return false
	}
	nanos, scale, beyond := 0, int(time.Second), 0
	for k, c := range []byte(fraction) {
		if c < '0' || c > '9' {
			return false
		}
		if k < 9 {
			scale /= 10
			nanos += int(c-'0') * scale
		} else if c != '0' {
			beyond = 1
		}
	}
	i.looseTime = dotted && (fraction == "" || strings.HasSuffix(fraction, "0"))
	i.genTime = t.Add(time.Duration(nanos + beyond))
	return true
}

func (i *tstInfo) parseOptional(s cryptobyte.String) error {
	if s.PeekASN1Tag(asn1.SEQUENCE) {
		if code := i.parseAccuracy(&s); code != "" {
			return bad(code, "TSTInfo.accuracy")
		}
	}
	if s.PeekASN1Tag(asn1.BOOLEAN) && !s.ReadASN1Boolean(&i.ordering) {
		return bad(codeMalformed, "TSTInfo.ordering")
	}
	if s.PeekASN1Tag(asn1.INTEGER) {
		if i.hasNonce = true; !der.ReadInteger(&s, &i.nonce) {
			return bad(codeMalformed, "TSTInfo.nonce")
		}
	}
	var tsa cryptobyte.String
	var has bool
	if !s.ReadOptionalASN1(&tsa, &has, asn1.Tag(0).Constructed().ContextSpecific()) {
		return bad(codeMalformed, "TSTInfo.tsa")
	}
	if has {
		var tag asn1.Tag
		if !tsa.ReadAnyASN1Element((*cryptobyte.String)(&i.tsa), &tag) || !tsa.Empty() {
			return bad(codeMalformed, "TSTInfo.tsa")
		}
	}
	var list cryptobyte.String
	if !s.ReadOptionalASN1(&list, &has, asn1.Tag(1).Constructed().ContextSpecific()) || !s.Empty() {
		return bad(codeMalformed, "TSTInfo: after the last member")
	}
	if has {
		if code := i.parseExtensions(list); code != "" {
			return bad(code, "TSTInfo.extensions")
		}
	}
	return nil
}

// parseAccuracy reads Accuracy: absent members are zero (section 2.4.2). Seconds from
// 2^31 on are beyond this program, so that times with an accuracy can be added. It
// returns the code of what is wrong, "" when nothing is.
func (i *tstInfo) parseAccuracy(s *cryptobyte.String) string {
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) {
		return codeMalformed
	}
	i.hasAccuracy = true
	unit := time.Second
	for _, tag := range []asn1.Tag{asn1.INTEGER, asn1.Tag(0).ContextSpecific(), asn1.Tag(1).ContextSpecific()} {
		if seq.PeekASN1Tag(tag) {
			var value []byte
			if !der.ReadIntegerTag(&seq, &value, tag) || value[0]&0x80 != 0 {
				return codeMalformed
			}
			n, ok := der.SmallInt(value)
			if !ok && unit == time.Second {
				return codeLimit
			}
			if !ok || unit != time.Second && n > 999 {
				return codeMalformed
			}
			i.accuracy += time.Duration(n) * unit
		}
		unit /= 1000
	}
	if !seq.Empty() {
		return codeMalformed
	}
	return ""
}

// maxExtensions bounds the extensions of a TSTInfo; one or two are in use.
const maxExtensions = 64

// parseExtensions returns the code of what is wrong, "" when nothing is.
func (i *tstInfo) parseExtensions(s cryptobyte.String) string {
	for !s.Empty() {
		var e cryptobyte.String
		var x extension
		if len(i.extensions) == maxExtensions {
			return codeLimit
		}
		if !s.ReadASN1(&e, asn1.SEQUENCE) || !der.ReadOID(&e, &x.oid) {
			return codeMalformed
		}
		if e.PeekASN1Tag(asn1.BOOLEAN) && !e.ReadASN1Boolean(&x.critical) {
			return codeMalformed
		}
		if !e.ReadASN1((*cryptobyte.String)(&x.value), asn1.OCTET_STRING) || !e.Empty() {
			return codeMalformed
		}
		for _, y := range i.extensions {
			if y.oid == x.oid {
				return codeMalformed
			}
		}
		i.extensions = append(i.extensions, x)
	}
	if len(i.extensions) == 0 {
		return codeMalformed
	}
	return ""
}

// latest is the proven bound: genTime plus accuracy, rounded up to the second.
func (i *tstInfo) latest() time.Time { return verdict.CeilSecond(i.genTime.Add(i.accuracy)) }

// cleanText keeps foreign text from rearranging a report.
func cleanText(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}
