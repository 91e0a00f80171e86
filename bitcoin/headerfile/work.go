package headerfile

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/big"
	"math/bits"
	"slices"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// Where the fields of a header stand.
const (
	offPrev = 4
	offBits = 72
)

func prevOf(header []byte) bitcoin.Hash { return bitcoin.Hash(header[offPrev : offPrev+32]) }
func bitsOf(header []byte) uint32       { return binary.LittleEndian.Uint32(header[offBits:]) }

// target is the last target that was asked for: neighbours have the same.
type target struct {
	known, valid bool
	bits         uint32
	value        [32]byte
}

// meets reports whether a header has a target of the network and its hash is not above.
func (t *target) meets(header []byte, hash *bitcoin.Hash, n *bitcoin.Network) bool {
	if b := bitsOf(header); !t.known || b != t.bits {
		value, err := bitcoin.ParseCompact(b, n)
		t.known, t.valid, t.bits = true, err == nil, b
		if t.valid {
			value.FillBytes(t.value[:])
		}
	}
	if !t.valid {
		return false
	}
	number := *hash
	slices.Reverse(number[:])
	return bytes.Compare(number[:], t.value[:]) <= 0
}

// work is a number of hashes. The whole chain of 2026 took 2^96 of them; what is beyond
// 2^128 stays there.
type work struct{ hi, lo uint64 }

func (a work) plus(b work) work {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	hi, carry := bits.Add64(a.hi, b.hi, carry)
	if carry > 0 {
		return work{math.MaxUint64, math.MaxUint64}
	}
	return work{hi, lo}
}

func (a work) more(b work) bool { return a.hi > b.hi || a.hi == b.hi && a.lo > b.lo }

// workOf returns the work of a header with these bits.
func workOf(compact uint32) work {
	w := bitcoin.Work(compact)
	if w.BitLen() > 128 {
		return work{math.MaxUint64, math.MaxUint64}
	}
	lo := new(big.Int).And(w, new(big.Int).SetUint64(math.MaxUint64)).Uint64()
	return work{new(big.Int).Rsh(w, 64).Uint64(), lo}
}
