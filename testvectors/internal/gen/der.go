package main

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

// tlv wraps the parts in one DER element.
func tlv(tag asn1.Tag, parts ...[]byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(tag, func(child *cryptobyte.Builder) {
		for _, p := range parts {
			child.AddBytes(p)
		}
	})
	return b.BytesOrPanic()
}

func seq(parts ...[]byte) []byte { return tlv(asn1.SEQUENCE, parts...) }
func set(parts ...[]byte) []byte { return tlv(asn1.SET, parts...) }

// setOf sorts its elements, as DER asks.
func setOf(parts ...[]byte) []byte { return set(sorted(parts)...) }

func sorted(parts [][]byte) [][]byte {
	out := slices.Clone(parts)
	slices.SortFunc(out, bytes.Compare)
	return out
}

func octets(b []byte) []byte    { return tlv(asn1.OCTET_STRING, b) }
func bitString(b []byte) []byte { return tlv(asn1.BIT_STRING, []byte{0}, b) }
func null() []byte              { return tlv(asn1.NULL) }
func utf8(s string) []byte      { return tlv(asn1.UTF8String, []byte(s)) }
func printable(s string) []byte { return tlv(asn1.PrintableString, []byte(s)) }

// namedBits encodes a bit list with the given bit numbers set; DER drops trailing zero bits.
func namedBits(numbers ...int) []byte {
	top := slices.Max(numbers)
	b := make([]byte, top/8+1)
	for _, n := range numbers {
		b[n/8] |= 0x80 >> (n % 8)
	}
	return tlv(asn1.BIT_STRING, []byte{byte(7 - top%8)}, b)
}

func boolean(v bool) []byte {
	if v {
		return tlv(asn1.BOOLEAN, []byte{0xff})
	}
	return tlv(asn1.BOOLEAN, []byte{0})
}

func integer(n int64) []byte { return bigInteger(big.NewInt(n)) }

func bigInteger(n *big.Int) []byte {
	var b cryptobyte.Builder
	b.AddASN1BigInt(n)
	return b.BytesOrPanic()
}

func enumerated(n int) []byte { return tlv(asn1.ENUM, []byte{byte(n)}) }

func oid(dotted string) []byte {
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

// algorithm is an AlgorithmIdentifier.
func algorithm(id string, params ...[]byte) []byte {
	return seq(append([][]byte{oid(id)}, params...)...)
}

// ctx is [n] in constructed form: EXPLICIT tagging, or IMPLICIT over a sequence's contents.
func ctx(n uint8, parts ...[]byte) []byte {
	return tlv(asn1.Tag(n).ContextSpecific().Constructed(), parts...)
}

// ctxPrimitive is [n] IMPLICIT over a primitive value's contents.
func ctxPrimitive(n uint8, content []byte) []byte {
	return tlv(asn1.Tag(n).ContextSpecific(), content)
}

// retag gives an element another outer tag (IMPLICIT tagging).
func retag(tag byte, element []byte) []byte {
	out := bytes.Clone(element)
	out[0] = tag
	return out
}

// contents strips the outer tag and length.
func contents(element []byte) []byte {
	var body cryptobyte.String
	var tag asn1.Tag
	s := cryptobyte.String(element)
	if !s.ReadAnyASN1(&body, &tag) {
		panic("contents: not an element")
	}
	return body
}

func generalizedTime(text string) []byte { return tlv(asn1.GeneralizedTime, []byte(text)) }

// moment reads the generator's short notation of a time.
func moment(s string) time.Time {
	layout := time.DateOnly
	if strings.Contains(s, "T") {
		layout = time.RFC3339
	}
	t, err := time.Parse(layout, s)
	must(err)
	return t.UTC()
}

func genTimeOf(s string) []byte {
	return generalizedTime(moment(s).Format("20060102150405Z"))
}

// utcTime serves certificates and CRLs: all of ours lie before 2050.
func utcTime(s string) []byte {
	return tlv(asn1.UTCTime, []byte(moment(s).Format("060102150405Z")))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
