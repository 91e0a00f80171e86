package merkle

import (
	"crypto/sha256"
	"testing"
	"time"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/exhibit-dev/exhibit/merkle"
)

// large is a path in a tree that is too large to build.
type large struct {
	index, size uint64
	leaf, root  merkle.Hash
	ours        []merkle.Hash
	records     tlog.RecordProof
	slices      [][]byte
}

func newLarge(tb testing.TB, bits int) *large {
	l := &large{size: 1 << bits, leaf: merkle.LeafHash([]byte("leaf"))}
	l.index = l.size / 3
	for i := range merkle.PathLen(l.index, l.size) {
		l.records = append(l.records, tlog.RecordHash(entry(i)))
	}
	l.ours, l.slices = ours(l.records), slices(l.records)
	var err error
	if l.root, err = merkle.RootFromInclusion(l.index, l.size, l.leaf, l.ours); err != nil {
		tb.Fatal(err)
	}
	return l
}

// sink keeps the hashing of the floor from being left out.
var sink byte

// hashing is the pure hashing of a path: as many hashes of 65 bytes, each over the
// one before.
func (l *large) hashing() {
	var b [65]byte
	for range l.ours {
		h := sha256.Sum256(b[:])
		copy(b[1:], h[:])
	}
	sink ^= b[1]
}

func (l *large) verify(tb testing.TB) {
	if err := merkle.VerifyInclusion(l.index, l.size, l.leaf, l.root, l.ours); err != nil {
		tb.Fatal(err)
	}
}

func (l *large) tlog(tb testing.TB) {
	if err := tlog.CheckRecord(l.records, int64(l.size), tlog.Hash(l.root), int64(l.index), tlog.Hash(l.leaf)); err != nil {
		tb.Fatal(err)
	}
}

func (l *large) transparency(tb testing.TB) {
	if err := proof.VerifyInclusion(rfc6962.DefaultHasher, l.index, l.size, l.leaf[:], l.slices, l.root[:]); err != nil {
		tb.Fatal(err)
	}
}

// ratios runs the four in turn and reports each as a multiple of the hashing alone. A
// round is short, and the smallest ratio of many rounds counts: what else the machine
// does can only add.
func ratios(tb testing.TB, l *large, rounds int) (ours, tlog, transparency, nanoseconds float64) {
	const perRound = 64
	work := []func(){l.hashing, func() { l.verify(tb) }, func() { l.tlog(tb) }, func() { l.transparency(tb) }}
	best := make([]time.Duration, len(work))
	for range rounds {
		for i, f := range work {
			start := time.Now()
			for range perRound {
				f()
			}
			if d := time.Since(start); best[i] == 0 || d < best[i] {
				best[i] = d
			}
		}
	}
	floor := float64(best[0])
	return float64(best[1]) / floor, float64(best[2]) / floor, float64(best[3]) / floor, float64(best[1]) / perRound
}

func BenchmarkInclusion(b *testing.B) {
	for name, bits := range map[string]int{"2^20": 20, "2^30": 30} {
		b.Run(name, func(b *testing.B) {
			l := newLarge(b, bits)
			for b.Loop() {
				ours, tlog, transparency, ns := ratios(b, l, 400)
				b.ReportMetric(ours, "x-hashing")
				b.ReportMetric(tlog, "tlog-x-hashing")
				b.ReportMetric(transparency, "transparency-dev-x-hashing")
				b.ReportMetric(ns, "ns/proof")
			}
		})
	}
}

// slack is what a test asks for beside other work on the machine. The bar, 1.05, is
// what the benchmark prints on an idle one.
const slack = 1.15

// Close to the hashing alone, ahead of both, no allocation.
func TestSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("a measurement")
	}
	for _, bits := range []int{20, 30} {
		l := newLarge(t, bits)
		ours, tlog, transparency, ns := ratios(t, l, 1000)
		t.Logf("2^%d: %.0f ns; of the hashing alone: %.3f, tlog %.3f, transparency-dev %.3f", bits, ns, ours, tlog, transparency)
		if ours > slack || ours >= tlog || ours >= transparency {
			t.Errorf("2^%d: %.3f of the hashing alone, tlog %.3f, transparency-dev %.3f", bits, ours, tlog, transparency)
		}
		if n := testing.AllocsPerRun(100, func() { l.verify(t) }); n != 0 {
			t.Errorf("2^%d: %v allocations", bits, n)
		}
	}
}
