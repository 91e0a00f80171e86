package der

import (
	"bytes"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Algorithm is an AlgorithmIdentifier (RFC 5280, section 4.1.1.2).
type Algorithm struct {
	OID    OID
	Params []byte // the whole element, nil when absent
	Raw    []byte // the whole AlgorithmIdentifier
}

// NoParams reports whether the parameters are absent or NULL.
func (a Algorithm) NoParams() bool {
	return len(a.Params) == 0 || bytes.Equal(a.Params, []byte{0x05, 0x00})
}

// Equal reports whether two identifiers name the same algorithm with the same
// parameters; NULL and absent parameters count as the same, because encoders
// disagree about them.
func (a Algorithm) Equal(b Algorithm) bool {
	return a.OID == b.OID && (bytes.Equal(a.Params, b.Params) || a.NoParams() && b.NoParams())
}

// ReadAlgorithm consumes an AlgorithmIdentifier.
func ReadAlgorithm(s *cryptobyte.String, out *Algorithm) bool {
	return readAlgorithm(s, out, asn1.SEQUENCE)
}

// ReadAlgorithmTag consumes an AlgorithmIdentifier under an implicit tag.
func ReadAlgorithmTag(s *cryptobyte.String, out *Algorithm, tag asn1.Tag) bool {
	return readAlgorithm(s, out, tag)
}

func readAlgorithm(s *cryptobyte.String, out *Algorithm, tag asn1.Tag) bool {
	var raw, seq cryptobyte.String
	if !s.ReadASN1Element(&raw, tag) {
		return false
	}
	whole := raw
	if !raw.ReadASN1(&seq, tag) || !ReadOID(&seq, &out.OID) {
		return false
	}
	out.Params, out.Raw = nil, whole
	if !seq.Empty() {
		var p cryptobyte.String
		var t asn1.Tag
		if !seq.ReadAnyASN1Element(&p, &t) || !seq.Empty() {
			return false
		}
		out.Params = p
	}
	return true
}

// ReadInteger consumes an INTEGER of any size and returns its contents, in two's
// complement, shortest form. Empty and padded ones are refused.
func ReadInteger(s *cryptobyte.String, out *[]byte) bool {
	return ReadIntegerTag(s, out, asn1.INTEGER)
}

// ReadIntegerTag is ReadInteger under an implicit tag, or for ENUMERATED.
func ReadIntegerTag(s *cryptobyte.String, out *[]byte, tag asn1.Tag) bool {
	var c cryptobyte.String
	if !s.ReadASN1(&c, tag) || len(c) == 0 {
		return false
	}
	if len(c) > 1 && (c[0] == 0 && c[1]&0x80 == 0 || c[0] == 0xff && c[1]&0x80 != 0) {
		return false
	}
	*out = c
	return true
}

// SmallInt returns the value of an INTEGER's contents if it lies in 0..2^31-1.
func SmallInt(contents []byte) (int, bool) {
	if len(contents) == 0 || len(contents) > 4 || contents[0]&0x80 != 0 {
		return 0, false
	}
	n := 0
	for _, b := range contents {
		n = n<<8 | int(b)
	}
	return n, true
}

// ReadSmallInt consumes an INTEGER in 0..2^31-1.
func ReadSmallInt(s *cryptobyte.String, out *int, tag asn1.Tag) bool {
	var c []byte
	if !ReadIntegerTag(s, &c, tag) {
		return false
	}
	n, ok := SmallInt(c)
	*out = n
	return ok
}

// ReadBool consumes a BOOLEAN: 00 or ff.
func ReadBool(s *cryptobyte.String, out *bool) bool { return s.ReadASN1Boolean(out) }

// ReadTime consumes a UTCTime or a GeneralizedTime in the forms of RFC 5280,
// section 4.1.2.5: seconds, Z, no fraction. Years of two digits mean 1950 to 2049.
func ReadTime(s *cryptobyte.String, out *time.Time) bool {
	switch {
	case s.PeekASN1Tag(asn1.UTCTime):
		return readTime(s, out, asn1.UTCTime)
	case s.PeekASN1Tag(asn1.GeneralizedTime):
		return readTime(s, out, asn1.GeneralizedTime)
	}
	return false
}

// ReadGeneralizedTime consumes a GeneralizedTime without a fraction, under the
// given tag.
func ReadGeneralizedTime(s *cryptobyte.String, out *time.Time) bool {
	return readTime(s, out, asn1.GeneralizedTime)
}

func readTime(s *cryptobyte.String, out *time.Time, tag asn1.Tag) bool {
	var c cryptobyte.String
	if !s.ReadASN1(&c, tag) {
		return false
	}
	digits := len("20060102150405")
	if tag == asn1.UTCTime {
		digits -= 2
	}
	if len(c) != digits+1 || c[digits] != 'Z' {
		return false
	}
	t, ok := ParseDigits(c[:digits])
	*out = t
	return ok
}

// ParseDigits reads YYYYMMDDhhmmss, or YYMMDDhhmmss with years 1950 to 2049, in
// UTC. Every field must be in its range: no month 13, no 30 February, no second 60.
func ParseDigits(c []byte) (time.Time, bool) {
	var f [7]int
	for i, b := range c {
		if b < '0' || b > '9' {
			return time.Time{}, false
		}
		at := i / 2
		if len(c) == 12 {
			at++
		}
		f[at] = f[at]*10 + int(b-'0')
	}
	switch len(c) {
	case 14:
		f[1] += f[0] * 100
	case 12:
		f[1] += 1900
		if f[1] < 1950 {
			f[1] += 100
		}
	default:
		return time.Time{}, false
	}
	t := time.Date(f[1], time.Month(f[2]), f[3], f[4], f[5], f[6], 0, time.UTC)
	ok := t.Year() == f[1] && t.Month() == time.Month(f[2]) && t.Day() == f[3] &&
		f[4] < 24 && f[5] < 60 && f[6] < 60
	return t, ok
}
