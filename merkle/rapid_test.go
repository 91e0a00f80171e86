package merkle_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/verdict"
)

// In trees far larger than can be built: a path made of anything leads to the root
// that the recursion gives, no other index of that size has it, and Verify, which
// goes by steps and sides, agrees.
func TestLargeTrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Uint64Min(1).Draw(t, "size")
		index := rapid.Uint64Max(size-1).Draw(t, "index")
		path := make([]merkle.Hash, merkle.PathLen(index, size))
		s := merkle.Statement{Convention: "rfc6962-sha256", Index: &index, Size: &size}
		for i := range path {
			path[i] = sum256(rapid.SliceOfN(rapid.Byte(), 8, 8).Draw(t, "sibling"))
			s.Path = append(s.Path, merkle.Step{Hash: path[i][:]})
		}
		leaf := merkle.LeafHash([]byte("x"))
		root := recompute(index, size, leaf, path)
		if err := merkle.VerifyInclusion(index, size, leaf, root, path); err != nil {
			t.Fatal(err)
		}
		s.Root = root[:]
		p, err := merkle.New(s)
		if err != nil {
			t.Fatal(err)
		}
		r := p.Verify(verdict.Bytes("x"), merkle.Anchored{Root: root[:], Size: size})
		if f, ok := r.Proven(); !ok || *f.Index != index {
			t.Fatal(r.Err())
		}
		other := rapid.Uint64Max(size-1).Draw(t, "other")
		if other != index && merkle.VerifyInclusion(other, size, leaf, root, path) == nil {
			t.Fatalf("index %d passes as %d", index, other)
		}
	})
}
