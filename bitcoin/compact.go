package bitcoin

import (
	"encoding/binary"
	"math/big"
)

// A compact target ("bits") is a floating-point number to the base 256: the first byte
// is the length of the number in bytes, the other three are its leading digits, of
// which the highest bit is a sign.
const (
	compactSign     = 0x00800000
	compactMantissa = 0x007fffff
)

var one = big.NewInt(1)

// ParseCompact returns the target that bits stands for: the greatest hash that a header
// may have, read as a number. A target that is negative, zero, longer than 256 bits or
// easier than the network allows is an *Error with the code btc.compact. A spelling
// with leading zeros is accepted where Bitcoin accepts it.
func ParseCompact(bits uint32, n *Network) (*big.Int, error) {
	target, why := expand(bits)
	if why == "" && target.Cmp(n.limit) > 0 {
		why = "easier than " + n.name + " allows"
	}
	if why != "" {
		return nil, malformed(codeCompact, "target %08x is %s", bits, why)
	}
	return target, nil
}

// expand reads the compact form by itself; why says what is wrong with it.
func expand(bits uint32) (target *big.Int, why string) {
	length, mantissa := bits>>24, int64(bits&compactMantissa)
	target = big.NewInt(mantissa)
	if length <= 3 {
		target.Rsh(target, uint(8*(3-length)))
	} else {
		target.Lsh(target, uint(8*(length-3)))
	}
	switch {
	case target.Sign() == 0:
		return target, "zero"
	case bits&compactSign != 0:
		return target, "negative"
	case target.BitLen() > 256:
		return target, "longer than 256 bits"
	}
	return target, ""
}

// compact returns the compact form of a positive number, which loses all but its
// leading digits.
func compact(target *big.Int) uint32 {
	length := uint(target.BitLen()+7) / 8
	var mantissa uint32
	if length <= 3 {
		mantissa = uint32(target.Uint64()) << (8 * (3 - length))
	} else {
		mantissa = uint32(new(big.Int).Rsh(target, 8*(length-3)).Uint64())
	}
	if mantissa&compactSign != 0 { // it would read as a sign
		mantissa >>= 8
		length++
	}
	return uint32(length)<<24 | mantissa
}

// Work returns how many hashes it takes on average to meet the target: 2^256 divided by
// the target plus one. It is zero for bits that are no target.
func Work(bits uint32) *big.Int {
	target, why := expand(bits)
	if why != "" {
		return new(big.Int)
	}
	work := new(big.Int).Lsh(one, 256)
	return work.Div(work, target.Add(target, one))
}

// Retarget returns the bits of a period, from the bits of the period before and the
// times of its first and its last block. The time between the two counts for at least a
// quarter of two weeks and for at most four times two weeks; the new target is rounded
// down to its compact form, and is never easier than the limit. Regtest keeps its bits.
// For bits that are no target it is 0, which no block can have.
//
// The span leaves out the step into the first block of the period: it has 2015 steps.
func (n *Network) Retarget(bits, first, last uint32) uint32 {
	target, err := ParseCompact(bits, n)
	switch {
	case err != nil:
		return 0
	case n.noRetarget:
		return bits
	}
	span := min(max(int64(last)-int64(first), n.minSpan), n.maxSpan)
	target.Mul(target, big.NewInt(span))
	target.Div(target, big.NewInt(n.timespan))
	if target.Cmp(n.limit) > 0 {
		return n.limitBits
	}
	return compact(target)
}

// threshold is a target as four words of 64 bits, the highest first: the form that is
// compared with every hash.
type threshold [4]uint64

// newThreshold returns the target of a header of the network; false when no header can
// have it.
func newThreshold(bits uint32, n *Network) (t threshold, ok bool) {
	target, err := ParseCompact(bits, n)
	if err != nil {
		return threshold{}, false
	}
	var b [32]byte
	target.FillBytes(b[:])
	for i := range t {
		t[i] = binary.BigEndian.Uint64(b[8*i:])
	}
	return t, true
}

// meets reports whether the hash, whose last byte is the highest, is at most the target.
func (t *threshold) meets(h *Hash) bool {
	for i := range t {
		if word := binary.LittleEndian.Uint64(h[24-8*i:]); word != t[i] {
			return word < t[i]
		}
	}
	return true
}
