package tlog_test

import (
	"bytes"
	"sync/atomic"
	"testing"
)

// Flipping one bit of a good checkpoint or proof never gives PASSED with another tree,
// entry or log. Where a flipped bit leaves PASSED, it lies in the region that the
// vector lists as uncommitted: extra data, lines of strangers, and the name and the
// key id of a signature that is not needed. Every good vector is mutated.
//
// In short mode and under the race detector only every 31st bit is flipped.
func TestEveryBit(t *testing.T) {
	step := 1
	if testing.Short() || raceDetector {
		step = 31
	}
	var total count
	t.Run("vectors", func(t *testing.T) {
		for _, v := range vectors(t) {
			if v.Expect.Verdict == "PASSED" && len(v.Existences) == 0 {
				t.Run(v.ID, func(t *testing.T) {
					t.Parallel()
					everyBit(t, v, step, &total)
				})
			}
		}
	})
	bits, listed := total.bits.Load(), total.listed.Load()
	t.Logf("%d bits, %d survive a flip, %d (%.2f %%) are listed as uncommitted", bits, total.survivors.Load(), listed, 100*float64(listed)/float64(bits))
}

type count struct{ bits, survivors, listed atomic.Int64 }

func everyBit(t *testing.T, v vectorCase, step int, total *count) {
	good, env := v.File(t, v.Evidence), v.env(t)
	want := v.judge(t, good, env, "")
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
		got := v.judge(t, b, env, "")
		if !got.proven {
			continue
		}
		total.survivors.Add(1)
		if !free[bit/8] {
			t.Errorf("bit %d of byte %d (%q) flips unnoticed", bit%8, bit/8, good[bit/8])
		}
		if !same(&got, &want) {
			t.Errorf("bit %d of byte %d changes what is proven", bit%8, bit/8)
		}
	}
}

func same(got, want *judged) bool {
	a, b := &got.facts, &want.facts
	return a.Origin == b.Origin && a.Size == b.Size && a.Root == b.Root && a.Leaf == b.Leaf && a.Log.String() == b.Log.String() &&
		(a.Index == nil) == (b.Index == nil) && (a.Index == nil || *a.Index == *b.Index) && got.ExistedNotLaterThan.IsZero()
}

// A checkpoint or proof that is cut anywhere, or has one more byte, never passes.
func TestEveryLength(t *testing.T) {
	for _, id := range []string{"checkpoint", "proof-4-of-7", "quorum-2-of-3"} {
		v := vector(t, id)
		good, env := v.File(t, v.Evidence), v.env(t)
		whole := map[int]bool{} // cut behind a signature line that is not needed
		if id == "quorum-2-of-3" {
			whole[bytes.LastIndex(good, []byte("— "))] = true
		}
		for n := range good {
			if r := v.judge(t, good[:n], env, ""); r.Passed() != whole[n] {
				t.Errorf("%s: the first %d of %d bytes: passed is %v", id, n, len(good), r.Passed())
			}
		}
		for c := range 256 {
			if r := v.judge(t, append(bytes.Clone(good), byte(c)), env, ""); r.Passed() {
				t.Errorf("%s: a byte %02x behind it passes", id, c)
			}
		}
	}
}
