package merkle_test

import (
	"fmt"
	"testing"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/verdict"
)

// entries is a textbook log: MTH, PROOF and SUBTREE_PROOF by their recursive definitions
// (RFC 9162 2.1.1 and 2.1.4.1, draft-ietf-plants-merkle-tree-certs 4.4.1).
type entries []merkle.Hash

func newLog(n int) (l entries) {
	for i := range n {
		l = append(l, merkle.LeafHash(fmt.Appendf(nil, "entry %d", i)))
	}
	return l
}

func splitAt(n int) int {
	k := 1
	for 2*k < n {
		k *= 2
	}
	return k
}

func (l entries) root() merkle.Hash {
	switch len(l) {
	case 0:
		return sum256()
	case 1:
		return l[0]
	}
	k := splitAt(len(l))
	left, right := l[:k].root(), l[k:].root()
	return sum256([]byte{1}, left[:], right[:])
}

func (l entries) subproof(start, end int, known bool) []merkle.Hash {
	n := len(l)
	if start == 0 && end == n {
		if known {
			return nil
		}
		return []merkle.Hash{l.root()}
	}
	switch k := splitAt(n); {
	case end <= k:
		return append(l[:k].subproof(start, end, known), l[k:].root())
	case k <= start:
		return append(l[k:].subproof(start-k, end-k, known), l[:k].root())
	default:
		return append(l[k:].subproof(0, end-k, false), l[:k].root())
	}
}

func TestConsistencyAgainstTextbook(t *testing.T) {
	top := 130
	if testing.Short() {
		top = 40
	}
	all := newLog(top)
	for n := 1; n <= top; n++ {
		root := all[:n].root()
		for m := 1; m <= n; m++ {
			path := all[:n].subproof(0, m, true)
			if err := merkle.VerifyConsistency(uint64(m), uint64(n), all[:m].root(), root, path); err != nil {
				t.Fatalf("%d to %d: %v", m, n, err)
			}
			if got := merkle.ConsistencyLen(uint64(m), uint64(n)); got != len(path) {
				t.Fatalf("%d to %d: length %d, want %d", m, n, got, len(path))
			}
		}
	}
}

// The path between two sizes under all other pairs of sizes: never right, since the
// older root belongs to one size alone in the tree of the newer.
func TestConsistencyWrongSizes(t *testing.T) {
	const top = 24
	all := newLog(top)
	accepted := 0
	for n := 1; n <= top; n++ {
		for m := 1; m <= n; m++ {
			path, older, newer := all[:n].subproof(0, m, true), all[:m].root(), all[:n].root()
			for size2 := 0; size2 <= top+1; size2++ {
				for size1 := 0; size1 <= size2+1; size1++ {
					err := merkle.VerifyConsistency(uint64(size1), uint64(size2), older, newer, path)
					if err != nil || size1 == m && size2 == n {
						continue
					}
					if accepted++; size1 == 0 || size1 > size2 || merkle.ConsistencyLen(uint64(size1), uint64(size2)) != len(path) {
						t.Fatalf("%d to %d passes as %d to %d", m, n, size1, size2)
					}
				}
			}
		}
	}
	t.Logf("%d pairs pass under other sizes of the same shape", accepted)
}

func TestSubtreesAgainstTextbook(t *testing.T) {
	const top = 40
	all := newLog(top)
	count := 0
	for n := 1; n <= top; n++ {
		root := all[:n].root()
		for end := 1; end <= n; end++ {
			for start := range end {
				power := 1
				for power < end-start {
					power *= 2
				}
				if want := start%power == 0; merkle.ValidSubtree(uint64(start), uint64(end)) != want {
					t.Fatalf("[%d, %d): valid is not %v", start, end, want)
				} else if !want {
					continue
				}
				count++
				sub := all[start:end].root()
				path := all[:n].subproof(start, end, true)
				if err := merkle.VerifySubtreeConsistency(uint64(start), uint64(end), uint64(n), sub, root, path); err != nil {
					t.Fatalf("[%d, %d) of %d: %v", start, end, n, err)
				}
				for i := range path {
					path[i][0] ^= 1
					if merkle.VerifySubtreeConsistency(uint64(start), uint64(end), uint64(n), sub, root, path) == nil {
						t.Fatalf("[%d, %d) of %d: hash %d may be anything", start, end, n, i)
					}
					path[i][0] ^= 1
				}
			}
		}
	}
	t.Logf("%d subtrees", count)
}

// A consistency proof passes only with both roots vouched for.
func TestConsistencyVerdict(t *testing.T) {
	all := newLog(7)
	older, newer := all[:3].root(), all.root()
	var path [][]byte
	for _, h := range all.subproof(0, 3, true) {
		path = append(path, h[:])
	}
	c, err := merkle.NewConsistency("rfc6962-sha256", merkle.Head{Size: 3, Root: older[:]}, merkle.Head{Size: 7, Root: newer[:]}, path)
	if err != nil {
		t.Fatal(err)
	}
	a, b := merkle.Anchored{Root: older[:], Size: 3}, merkle.Anchored{Root: newer[:], Size: 7}
	for _, x := range []struct {
		anchors []merkle.Anchored
		want    string
	}{
		{[]merkle.Anchored{a, b}, ""}, {[]merkle.Anchored{b}, "merkle.root-not-anchored"}, {nil, "merkle.root-not-anchored"},
		{[]merkle.Anchored{a, {Root: newer[:], Size: 8}}, "merkle.size-mismatch"}, {[]merkle.Anchored{a, {Root: newer[:]}}, ""},
	} {
		r := c.Verify(x.anchors...)
		if r.Reason != x.want || r.Passed() != (x.want == "") || (r.Err() == nil) != r.Passed() {
			t.Errorf("%d anchors: %v, want %q", len(x.anchors), r.Err(), x.want)
		}
	}
	if _, err := merkle.NewConsistency("rfc6962-sha256", merkle.Head{}, merkle.Head{}, nil); err == nil {
		t.Error("a head without a root")
	}
	s, err := merkle.NewConsistency("sorted-pair-promote-sha256", merkle.Head{Size: 3, Root: older[:]}, merkle.Head{Size: 7, Root: newer[:]}, path)
	if err != nil {
		t.Fatal(err)
	}
	if r := s.Verify(a, b); r.Sub != verdict.Custom || r.Reason != "merkle.convention-unknown" {
		t.Errorf("sorted trees do not grow: %v", r.Err())
	}
}
