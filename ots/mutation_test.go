package ots_test

import (
	"bytes"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// Flipping one bit of a good proof never gives PASSED with another subject or time. Where
// a flipped bit leaves PASSED, it lies in the region that the vector lists as uncommitted:
// addresses of calendars and payloads that nobody reads. Every good vector with such a
// list is mutated.
//
// In short mode only every 31st bit is flipped.
func TestEveryBit(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 31
	}
	var bits, survivors, listed, proofs int
	for _, v := range vectors(t) {
		if v.Expect.Verdict != "PASSED" || v.Uncommitted == nil {
			continue
		}
		proofs++
		good, env := v.File(t, v.Evidence), v.env(t)
		free := make([]bool, len(good))
		for _, region := range v.Uncommitted {
			for i := region[0]; i < region[1]; i++ {
				free[i] = true
				listed += 8
			}
		}
		bits += 8 * len(good)
		survivors += v.flip(t, good, free, env, step)
	}
	if proofs < 3 {
		t.Errorf("%d proofs, want at least 3", proofs)
	}
	t.Logf("%d proofs, %d bits, %d survive a flip, %d (%.2f %%) are listed as uncommitted", proofs, bits, survivors, listed, 100*float64(listed)/float64(bits))
}

func (v vectorCase) flip(t *testing.T, good []byte, free []bool, env bitcoin.Env, step int) (survivors int) {
	want := v.judge(t, good, env, "")
	wanted, ok := want.Proven()
	if !ok {
		t.Fatal(v.ID, want.Err())
	}
	for bit := 0; bit < 8*len(good); bit += step {
		b := bytes.Clone(good)
		b[bit/8] ^= 1 << (bit % 8)
		r := v.judge(t, b, env, "")
		got, ok := r.Proven()
		if !ok {
			continue
		}
		survivors++
		if !free[bit/8] {
			t.Errorf("%s: bit %d of byte %d (%q) flips unnoticed", v.ID, bit%8, bit/8, good[bit/8])
		}
		if got.Algorithm != wanted.Algorithm || !bytes.Equal(got.Digest, wanted.Digest) || !got.NotLaterThan.Equal(wanted.NotLaterThan) || got.Bitcoin.Hash != wanted.Bitcoin.Hash {
			t.Errorf("%s: bit %d of byte %d changes what is proven", v.ID, bit%8, bit/8)
		}
	}
	return survivors
}
