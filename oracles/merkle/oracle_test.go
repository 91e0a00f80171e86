package merkle

import (
	"fmt"
	"testing"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/exhibit-dev/exhibit/merkle"
)

// sumdb is a log of x/mod: its stored hashes, and how many entries it has.
type sumdb struct{ stored []tlog.Hash }

func (s *sumdb) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = s.stored[x]
	}
	return out, nil
}

func entry(i int) []byte { return fmt.Appendf(nil, "entry %d", i) }

func newSumdb(t testing.TB, n int) *sumdb {
	s := &sumdb{}
	for i := range n {
		hashes, err := tlog.StoredHashes(int64(i), entry(i), s)
		if err != nil {
			t.Fatal(err)
		}
		s.stored = append(s.stored, hashes...)
	}
	return s
}

func (s *sumdb) root(t testing.TB, n int) merkle.Hash {
	h, err := tlog.TreeHash(int64(n), s)
	if err != nil {
		t.Fatal(err)
	}
	return merkle.Hash(h)
}

func ours(p []tlog.Hash) []merkle.Hash {
	out := make([]merkle.Hash, len(p))
	for i, h := range p {
		out[i] = merkle.Hash(h)
	}
	return out
}

func slices(p []tlog.Hash) [][]byte {
	out := make([][]byte, len(p))
	for i := range p {
		out[i] = p[i][:]
	}
	return out
}

const top = 300

// Every proof that x/mod makes is right to all three, and under another index or size
// all three say the same.
func TestInclusion(t *testing.T) {
	s := newSumdb(t, top)
	compared := 0
	for size := 1; size <= top; size += 1 + size/40 {
		root := s.root(t, size)
		for index := 0; index < size; index += 1 + size/60 {
			path, err := tlog.ProveRecord(int64(size), int64(index), s)
			if err != nil {
				t.Fatal(err)
			}
			leaf := merkle.LeafHash(entry(index))
			if err := merkle.VerifyInclusion(uint64(index), uint64(size), leaf, root, ours(path)); err != nil {
				t.Fatalf("%d of %d: %v", index, size, err)
			}
			for _, d := range []struct{ index, size int }{{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {2, 0}, {0, 2}, {-2, 3}, {0, size}, {size, size}} {
				i, n := index+d.index, size+d.size
				if i < 0 || n < 1 {
					continue
				}
				a := merkle.VerifyInclusion(uint64(i), uint64(n), leaf, root, ours(path)) == nil
				b := proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(i), uint64(n), leaf[:], slices(path), root[:]) == nil
				c := i < n && tlog.CheckRecord(path, int64(n), tlog.Hash(root), int64(i), tlog.Hash(leaf)) == nil
				if a != b || a != c {
					t.Fatalf("the path of %d of %d under %d of %d: %v, transparency-dev %v, tlog %v", index, size, i, n, a, b, c)
				}
				compared++
			}
		}
	}
	t.Logf("%d answers compared", compared)
}

// Of consistency from the empty tree, which proves nothing, the others think as they
// like: here it is refused.
func TestConsistency(t *testing.T) {
	s := newSumdb(t, top)
	compared := 0
	for size := 1; size <= top; size += 1 + size/40 {
		newer := s.root(t, size)
		for older := 1; older <= size; older += 1 + size/50 {
			path, err := tlog.ProveTree(int64(size), int64(older), s)
			if err != nil {
				t.Fatal(err)
			}
			root := s.root(t, older)
			if err := merkle.VerifyConsistency(uint64(older), uint64(size), root, newer, ours(path)); err != nil {
				t.Fatalf("%d to %d: %v", older, size, err)
			}
			for _, d := range []struct{ older, size int }{{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {2, 3}, {-older, 0}} {
				m, n := older+d.older, size+d.size
				if m < 0 || n < 1 {
					continue
				}
				a := merkle.VerifyConsistency(uint64(m), uint64(n), root, newer, ours(path)) == nil
				b := proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(m), uint64(n), slices(path), root[:], newer[:]) == nil
				c := m >= 1 && m <= n && tlog.CheckTree(path, int64(n), tlog.Hash(newer), int64(m), tlog.Hash(root)) == nil
				if m == 0 { // transparency-dev says yes to the empty path: every tree begins with nothing
					b = false
				}
				if a != b || a != c {
					t.Fatalf("the path of %d to %d under %d to %d: %v, transparency-dev %v, tlog %v", older, size, m, n, a, b, c)
				}
				compared++
			}
		}
	}
	t.Logf("%d answers compared", compared)
}

// Trees that cannot be built: paths of the right length made of anything lead to the
// same root everywhere. (tlog does not come back from sizes above 2^62.)
func TestLarge(t *testing.T) {
	for _, size := range []uint64{1 << 20, 1<<20 + 1, 1<<30 - 1, 1 << 30, 1<<40 + 12345, 1<<61 + 99} {
		for _, index := range []uint64{0, 1, size / 3, size / 2, size - 2, size - 1} {
			index, size, path := index, size, make([]tlog.Hash, merkle.PathLen(index, size))
			for i := range path {
				path[i] = tlog.RecordHash(entry(i))
			}
			leaf := merkle.LeafHash([]byte("leaf"))
			root, err := merkle.RootFromInclusion(index, size, leaf, ours(path))
			if err != nil {
				t.Fatal(err)
			}
			if err := tlog.CheckRecord(path, int64(size), tlog.Hash(root), int64(index), tlog.Hash(leaf)); err != nil {
				t.Errorf("%d of %d: tlog: %v", index, size, err)
			}
			if err := proof.VerifyInclusion(rfc6962.DefaultHasher, index, size, leaf[:], slices(path), root[:]); err != nil {
				t.Errorf("%d of %d: transparency-dev: %v", index, size, err)
			}
		}
	}
}
