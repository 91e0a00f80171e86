package ots

import (
	"bytes"
	"cmp"
	"fmt"
	"math/big"
	"math/bits"
	"slices"
)

// tagSize is the length of an attestation's tag.
const tagSize = 8

// The tags of the types that are known.
const (
	attBitcoin  = "\x05\x88\x96\x0d\x73\xd7\x19\x01"
	attLitecoin = "\x06\x86\x9a\x0d\x73\xd7\x1b\x45"
	attEthereum = "\x30\xfe\x80\x87\xb5\xc7\xea\xd7"
	attPending  = "\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e"
)

// attType returns the type that a tag names.
func attType(tag string) string {
	switch tag {
	case attBitcoin:
		return TypeBitcoin
	case attLitecoin:
		return TypeLitecoin
	case attEthereum:
		return TypeEthereum
	case attPending:
		return TypePending
	}
	return TypeUnknown
}

// attestation is what the reader keeps of one.
type attestation struct {
	kind    string
	height  uint64 // MaxUint64 if it is larger
	uri     span   // of Proof.data
	message span   // of Proof.messages; shared by those that attest the same one
	node    uint32
	digests path // on the way to the message
	big     bool // a height above 64 bits
}

// path holds the digests on a way through the tree, each once: their numbers in the
// order of their first use, three bits each.
type path uint16

func (p path) with(number int) path {
	shift := 0
	for q := p; q != 0; q >>= 3 {
		if int(q&7) == number {
			return p
		}
		shift += 3
	}
	return p | path(number)<<shift
}

func (p path) names() (list []string) {
	for ; p != 0; p >>= 3 {
		list = append(list, opName(digestTags[p&7-1]))
	}
	return slices.Clip(list)
}

// attestation reads one, behind its marker. A payload of a known type must be used up;
// another one is kept as it is.
func (r *reader) attestation() (a attestation, payload arg, minimal bool, err *Error) {
	tag, err := r.take(tagSize, "the tag of an attestation")
	if err != nil {
		return a, payload, false, err
	}
	b, minimal, err := r.bytes(0, maxPayload, "the payload of an attestation")
	if err != nil {
		return a, payload, false, err
	}
	payload = r.arg(tagAttestation, b)
	a.kind = attType(string(tag))
	inner := reader{in: b, base: int(payload.from)}
	var plain bool
	switch a.kind {
	case TypeUnknown:
		return a, payload, minimal, nil
	case TypePending:
		var uri []byte
		if uri, plain, err = inner.bytes(0, maxURI, "a calendar's address"); err != nil {
			return a, payload, false, err
		}
		for i, c := range uri {
			if !inURI[c] {
				inner.pos += i - len(uri)
				return a, payload, false, inner.fail(ClassMalformed, "a calendar's address holds the byte %#02x", c)
			}
		}
		a.uri = span{payload.from + uint32(inner.pos-len(uri)), payload.from + uint32(inner.pos)}
	default:
		if a.height, a.big, plain, err = inner.number(); err != nil {
			return a, payload, false, err
		}
	}
	if inner.rest() > 0 {
		return a, payload, false, inner.fail(ClassTrailing, "%d bytes behind the end of a payload", inner.rest())
	}
	return a, payload, minimal && plain, nil
}

// inURI are the characters that the format allows in an address. They can neither steer
// a terminal nor carry parameters.
var inURI = func() (allowed [256]bool) {
	for _, c := range "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/:" {
		allowed[c] = true
	}
	return allowed
}()

// compareAttestations orders two by tag, then by height, address or payload.
func compareAttestations(p *Proof, i uint32, q *Proof, j uint32) int {
	m, n := &p.nodes[i], &q.nodes[j]
	if c := bytes.Compare(p.data[m.at+1:m.at+1+tagSize], q.data[n.at+1:n.at+1+tagSize]); c != 0 {
		return c
	}
	a, b := &p.atts[m.ref], &q.atts[n.ref]
	switch {
	case a.kind == TypePending:
		return bytes.Compare(a.uri.of(p.data), b.uri.of(q.data))
	case a.kind == TypeUnknown:
		return bytes.Compare(m.arg.of(p.data), n.arg.of(q.data))
	case a.big || b.big:
		return compareNumbers(m.arg.of(p.data), n.arg.of(q.data))
	}
	return cmp.Compare(a.height, b.height)
}

// compareNumbers orders two numbers as they are written, without making them.
func compareNumbers(a, b []byte) int {
	a, b = trimNumber(a), trimNumber(b)
	if len(a) != len(b) {
		return cmp.Compare(len(a), len(b))
	}
	for i := len(a) - 1; i >= 0; i-- {
		if c := cmp.Compare(a[i]&0x7f, b[i]&0x7f); c != 0 {
			return c
		}
	}
	return 0
}

// trimNumber drops the zeros behind the value, but not the last digit.
func trimNumber(b []byte) []byte {
	for len(b) > 1 && b[len(b)-1]&0x7f == 0 {
		b = b[:len(b)-1]
	}
	return b
}

// maxHeightBits bounds what is written out as a decimal: 512 bits are more than any
// block will have, and writing thousands of digits takes long.
const maxHeightBits = 512

// heightText writes a number above 64 bits.
func heightText(b []byte) string {
	b = trimNumber(b)
	n := new(big.Int)
	if size := 7*(len(b)-1) + bits.Len8(b[len(b)-1]&0x7f); size > maxHeightBits {
		return fmt.Sprintf("2^%d or more", size-1)
	}
	for i := len(b) - 1; i >= 0; i-- {
		n.Or(n.Lsh(n, 7), new(big.Int).SetInt64(int64(b[i]&0x7f)))
	}
	return n.String()
}
