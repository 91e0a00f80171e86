package merkle_test

import (
	"bytes"
	"sync/atomic"
	"testing"
)

// Flipping one bit of a good proof never gives PASSED with another subject or time.
// Where a flipped bit leaves PASSED, it lies in the region that the vector lists as
// uncommitted: numbers that nothing vouches for, and the parts of a block that others
// judge. Every good vector is mutated.
//
// In short mode only every 31st bit is flipped.
func TestEveryBit(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 31
	}
	var total count
	t.Run("vectors", func(t *testing.T) {
		for _, v := range vectors(t) {
			if v.Expect.Verdict == "PASSED" {
				t.Run(v.ID, func(t *testing.T) {
					t.Parallel()
					everyBit(t, &v, step, &total)
				})
			}
		}
	})
	bits, listed := total.bits.Load(), total.listed.Load()
	t.Logf("%d bits, %d survive a flip, %d (%.2f %%) are listed as uncommitted", bits, total.survivors.Load(), listed, 100*float64(listed)/float64(bits))
}

type count struct{ bits, survivors, listed atomic.Int64 }

func everyBit(t *testing.T, v *vectorCase, step int, total *count) {
	good := v.File(t, v.Evidence)
	want := v.judge(good, "")
	if !want.proven {
		t.Fatal(want.Err())
	}
	free := make([]bool, len(good))
	for _, region := range v.Uncommitted {
		for i := region[0]; i < region[1]; i++ {
			free[i] = true
			total.listed.Add(8)
		}
	}
	total.bits.Add(8 * int64(len(good)))
	for bit := 0; bit < 8*len(good); bit += step {
		b := bytes.Clone(good)
		b[bit/8] ^= 1 << (bit % 8)
		got := v.judge(b, "")
		if !got.proven {
			continue
		}
		total.survivors.Add(1)
		if !free[bit/8] {
			t.Errorf("bit %d of byte %d (%q) flips unnoticed", bit%8, bit/8, good[bit/8])
		}
		if !got.ExistedNotLaterThan.Equal(want.ExistedNotLaterThan) || !bytes.Equal(got.facts.Leaf, want.facts.Leaf) ||
			!bytes.Equal(got.facts.Root, want.facts.Root) || got.facts.Size != want.facts.Size ||
			(got.facts.Index == nil) != (want.facts.Index == nil) || got.facts.Index != nil && *got.facts.Index != *want.facts.Index {
			t.Errorf("bit %d of byte %d changes what is proven", bit%8, bit/8)
		}
	}
}
