package bitcoin_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// The count that stands for the median agrees with sorting, for any number of times, at,
// below and above the median, and at the end of 32 bits.
func TestMedianTimeOfUpToEleven(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 2000 {
		var recent bitcoin.RecentTimes
		var all []uint32
		if !recent.Admits(0) {
			t.Fatal("nothing before, and refused")
		}
		for range 1 + rng.IntN(30) {
			next := uint32(rng.IntN(20))
			if round%10 == 0 {
				next = math.MaxUint32 - next
			}
			recent.Add(next)
			all = append(all, next)
			last := slices.Clone(all[max(0, len(all)-bitcoin.MedianSpan):])
			slices.Sort(last)
			median := last[len(last)/2]
			if got := recent.Median(); got != median {
				t.Fatalf("%v: median %d, want %d", all, got, median)
			}
			for _, candidate := range []uint32{0, median - 1, median, median + 1, math.MaxUint32} {
				if got := recent.Admits(candidate); got != (candidate > median) {
					t.Fatalf("%v: %d admitted %v, median %d", all, candidate, got, median)
				}
			}
		}
	}
}
