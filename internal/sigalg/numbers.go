package sigalg

import (
	"bytes"
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
	"math/bits"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// Numbers are r and s of an ECDSA signature, big-endian without leading zeros, as
// they stand in the evidence: nothing is reduced. A number below 1 is empty.
type Numbers struct {
	R, S []byte
	der  []byte // the encoding they were read from, if it was DER
}

// ParseDER reads Ecdsa-Sig-Value (SEC 1, appendix C.5; RFC 3279, section 2.2.3):
// DER, both numbers in their shortest form, nothing after them.
func ParseDER(sig []byte) (Numbers, bool) {
	in := cryptobyte.String(sig)
	var seq cryptobyte.String
	var r, s []byte
	if !in.ReadASN1(&seq, asn1.SEQUENCE) || !in.Empty() || !der.ReadInteger(&seq, &r) ||
		!der.ReadInteger(&seq, &s) || !seq.Empty() {
		return Numbers{}, false
	}
	return Numbers{positive(r), positive(s), sig}, true
}

func positive(twosComplement []byte) []byte {
	if twosComplement[0]&0x80 != 0 {
		return nil
	}
	return trim(twosComplement)
}

// ParseP1363 splits a signature in IEEE P1363 form, which is also that of JOSE (RFC
// 7518, section 3.4), into its halves of the given size. It must have exactly twice
// that length.
func ParseP1363(sig []byte, size int) (Numbers, bool) {
	if size == 0 || len(sig) != 2*size {
		return Numbers{}, false
	}
	return Numbers{R: trim(sig[:size]), S: trim(sig[size:])}, true
}

// Zero reports whether a number is below 1: no key can have made the signature.
func (n Numbers) Zero() bool { return len(n.R) == 0 || len(n.S) == 0 }

// Bits returns the length of the longer number.
func (n Numbers) Bits() int { return 8 * max(len(n.R), len(n.S)) }

// InRange reports whether both numbers lie in 1..n-1 for the order n of the key's
// curve (FIPS 186-5, section 6.4.2, step 1), before anything is reduced.
func (k *Key) InRange(n Numbers) bool {
	return k.curve != nil && !n.Zero() && compare(n.R, k.curve.n) < 0 && compare(n.S, k.curve.n) < 0
}

// plausible is how many bits shorter than the order numbers may be before they are
// not that curve's: a signature has such numbers once in 2^32. By as many leading bits
// two orders must agree for their curves not to be told apart by a number's size.
const plausible = 32

// OutsideAll reports whether the numbers are out of range for the key's curve, close
// above it, and of no other known curve whose signatures could plausibly hold them.
// Only then do they contradict themselves when nobody says which curve is meant.
func (k *Key) OutsideAll(n Numbers) bool {
	if k.curve == nil || n.Zero() || k.InRange(n) {
		return false
	}
	length := max(bitLength(n.R), bitLength(n.S))
	for _, c := range curveList {
		near := c.bits == k.curve.bits && bytes.Equal(c.n[:plausible/8], k.curve.n[:plausible/8])
		if !near && c.bits-length < plausible && compare(n.R, c.n) < 0 && compare(n.S, c.n) < 0 {
			return false
		}
	}
	return length <= k.curve.bits+8
}

func bitLength(trimmed []byte) int { return 8*(len(trimmed)-1) + bits.Len8(trimmed[0]) }

// HighS reports whether s lies above half the order. Both s and n-s verify; who asks
// for low s takes the one that a stranger cannot turn into the other.
func (k *Key) HighS(n Numbers) bool {
	return k.curve != nil && compare(n.S, trim(k.curve.half)) > 0
}

// appendDER writes the numbers as Ecdsa-Sig-Value. They are at most 66 bytes each.
func (n Numbers) appendDER(out []byte) []byte {
	padR, padS := int(n.R[0]>>7), int(n.S[0]>>7)
	size := 4 + padR + len(n.R) + padS + len(n.S)
	out = append(out, 0x30)
	if size > 127 {
		out = append(out, 0x81)
	}
	out = appendInteger(append(out, byte(size)), n.R, padR)
	return appendInteger(out, n.S, padS)
}

func appendInteger(out, n []byte, pad int) []byte {
	out = append(out, 0x02, byte(len(n)+pad))
	if pad > 0 {
		out = append(out, 0)
	}
	return append(out, n...)
}
