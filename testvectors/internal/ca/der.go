package ca

import (
	"bytes"
	stdasn1 "encoding/asn1"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// TLV wraps the parts in one DER element.
func TLV(tag asn1.Tag, parts ...[]byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(tag, func(child *cryptobyte.Builder) {
		for _, p := range parts {
			child.AddBytes(p)
		}
	})
	return b.BytesOrPanic()
}

func Seq(parts ...[]byte) []byte { return TLV(asn1.SEQUENCE, parts...) }
func Set(parts ...[]byte) []byte { return TLV(asn1.SET, parts...) }

// SetOf sorts its elements, as DER asks.
func SetOf(parts ...[]byte) []byte { return Set(Sorted(parts)...) }

func Sorted(parts [][]byte) [][]byte {
	out := slices.Clone(parts)
	slices.SortFunc(out, bytes.Compare)
	return out
}

func Octets(b []byte) []byte    { return TLV(asn1.OCTET_STRING, b) }
func BitString(b []byte) []byte { return TLV(asn1.BIT_STRING, []byte{0}, b) }
func Null() []byte              { return TLV(asn1.NULL) }
func UTF8(s string) []byte      { return TLV(asn1.UTF8String, []byte(s)) }
func Printable(s string) []byte { return TLV(asn1.PrintableString, []byte(s)) }

// NamedBits encodes a bit list with the given bit numbers set; DER drops trailing zero bits.
func NamedBits(numbers ...int) []byte {
	top := slices.Max(numbers)
	b := make([]byte, top/8+1)
	for _, n := range numbers {
		b[n/8] |= 0x80 >> (n % 8)
	}
	return TLV(asn1.BIT_STRING, []byte{byte(7 - top%8)}, b)
}

func Boolean(v bool) []byte {
	if v {
		return TLV(asn1.BOOLEAN, []byte{0xff})
	}
	return TLV(asn1.BOOLEAN, []byte{0})
}

func Integer(n int64) []byte { return BigInteger(big.NewInt(n)) }

func BigInteger(n *big.Int) []byte {
	var b cryptobyte.Builder
	b.AddASN1BigInt(n)
	return b.BytesOrPanic()
}

func Enumerated(n int) []byte { return TLV(asn1.ENUM, []byte{byte(n)}) }

func OID(dotted string) []byte {
	var id stdasn1.ObjectIdentifier
	for arc := range strings.SplitSeq(dotted, ".") {
		n, err := strconv.Atoi(arc)
		must(err)
		id = append(id, n)
	}
	var b cryptobyte.Builder
	b.AddASN1ObjectIdentifier(id)
	return b.BytesOrPanic()
}

// Algorithm is an AlgorithmIdentifier.
func Algorithm(id string, params ...[]byte) []byte {
	return Seq(append([][]byte{OID(id)}, params...)...)
}

// Ctx is [n] in constructed form: EXPLICIT tagging, or IMPLICIT over a sequence's contents.
func Ctx(n uint8, parts ...[]byte) []byte {
	return TLV(asn1.Tag(n).ContextSpecific().Constructed(), parts...)
}

// CtxPrimitive is [n] IMPLICIT over a primitive value's contents.
func CtxPrimitive(n uint8, content []byte) []byte {
	return TLV(asn1.Tag(n).ContextSpecific(), content)
}

// Retag gives an element another outer tag (IMPLICIT tagging).
func Retag(tag byte, element []byte) []byte {
	out := bytes.Clone(element)
	out[0] = tag
	return out
}

// Contents strips the outer tag and length.
func Contents(element []byte) []byte {
	var body cryptobyte.String
	var tag asn1.Tag
	s := cryptobyte.String(element)
	if !s.ReadAnyASN1(&body, &tag) {
		panic("contents: not an element")
	}
	return body
}

func GeneralizedTime(text string) []byte { return TLV(asn1.GeneralizedTime, []byte(text)) }

// Moment reads the generator's short notation of a time.
func Moment(s string) time.Time {
	layout := time.DateOnly
	if strings.Contains(s, "T") {
		layout = time.RFC3339
	}
	t, err := time.Parse(layout, s)
	must(err)
	return t.UTC()
}

func GenTimeOf(s string) []byte {
	return GeneralizedTime(Moment(s).Format("20060102150405Z"))
}

// UTCTime serves certificates and CRLs: all of ours lie before 2050.
func UTCTime(s string) []byte {
	return TLV(asn1.UTCTime, []byte(Moment(s).Format("060102150405Z")))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
