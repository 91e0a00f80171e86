package merkle_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"sort"
	"testing"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/verdict"
)

// grown is one tree of the textbook, with the data of its leaves.
type grown struct {
	name  string
	rules rules
	data  [][]byte
	root  merkle.Hash
	paths [][]sibling
}

func grow(name string, size int) *grown {
	g := &grown{name: name, rules: textbookRules()[name]}
	for i := range size {
		g.data = append(g.data, fmt.Appendf(nil, "leaf %d", i))
	}
	c, _ := merkle.ConventionOf(name)
	if c.SortedLeaves {
		sort.Slice(g.data, func(i, j int) bool {
			a, b := g.rules.leaf(g.data[i]), g.rules.leaf(g.data[j])
			return bytes.Compare(a[:], b[:]) < 0
		})
	}
	leaves := make([]merkle.Hash, size)
	for i, d := range g.data {
		leaves[i] = g.rules.leaf(d)
	}
	g.root, g.paths = g.rules.build(leaves)
	return g
}

// hasIndex: the statements of a convention carry an index that is one of the tree.
func hasIndex(c merkle.Convention) bool {
	return c.Sides != merkle.Sorted || c.OmitsSelf || !c.SortedLeaves
}

// statement states the path of a leaf under some index and size, as far as the
// convention has them.
func (g *grown) statement(i int, index, size uint64) merkle.Statement {
	c, _ := merkle.ConventionOf(g.name)
	s := merkle.Statement{Convention: g.name, LeafSuffix: g.rules.suffix, Size: &size, Root: g.root[:]}
	if hasIndex(c) {
		s.Index = &index
	}
	for _, p := range g.paths[i] {
		step := merkle.Step{Hash: p.hash[:]}
		if c.Sides == merkle.Named {
			step.Side = p.side
		}
		s.Path = append(s.Path, step)
	}
	return s
}

func (g *grown) proof(t testing.TB, i int, index, size uint64) *merkle.Proof {
	t.Helper()
	p, err := merkle.New(g.statement(i, index, size))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTextbookKnowsAll(t *testing.T) {
	ours, theirs := merkle.Conventions(), slices.Sorted(maps.Keys(textbookRules()))
	if !slices.Equal(ours, theirs) {
		t.Errorf("conventions %v, the textbook has %v", ours, theirs)
	}
}

// Every index of every size to 130, in every convention: passed with the size vouched
// for, and the index proven where the convention proves one.
func TestEveryLeaf(t *testing.T) {
	top := 130
	if testing.Short() {
		top = 34
	}
	for _, name := range merkle.Conventions() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := merkle.ConventionOf(name)
			for size := 1; size <= top; size++ {
				g := grow(name, size)
				for i := range size {
					p := g.proof(t, i, uint64(i), uint64(size))
					r := p.Verify(verdict.Bytes(g.data[i]), merkle.Anchored{Root: g.root[:], Size: uint64(size)})
					f, ok := r.Proven()
					if !ok {
						t.Fatalf("%d of %d: %v", i, size, r.Err())
					}
					if (f.Index == nil) != (c.Sides == merkle.Sorted) || f.Index != nil && *f.Index != uint64(i) || f.Size != uint64(size) {
						t.Fatalf("%d of %d: proven %+v", i, size, f)
					}
				}
			}
		})
	}
}

// A directed path without an index leads to the same leaf when the size is known.
func TestIndexFromSides(t *testing.T) {
	for _, name := range merkle.Conventions() {
		if c, _ := merkle.ConventionOf(name); c.Sides != merkle.Named || c.OmitsSelf {
			continue
		}
		for size := 1; size <= 66; size++ {
			g := grow(name, size)
			for i := range size {
				s := g.statement(i, 0, 0)
				s.Index, s.Size = nil, nil
				p, err := merkle.New(s)
				if err != nil {
					t.Fatal(err)
				}
				r := p.Verify(verdict.Bytes(g.data[i]), merkle.Anchored{Root: g.root[:], Size: uint64(size)})
				if f, ok := r.Proven(); !ok || f.Index == nil || *f.Index != uint64(i) {
					t.Fatalf("%s %d of %d: %v %v", name, i, size, f.Index, r.Err())
				}
			}
		}
	}
}

// shapeOf is what a path shows of index and size: the side of every sibling, where a
// node with itself counts as one with a sibling on the right.
func shapeOf(paths [][]sibling, i int) string {
	var b []byte
	for _, s := range paths[i] {
		b = append(b, byte('0'+s.side))
	}
	return string(b)
}

// Every path under every wrong index and size, for sizes to 65: accepted only where
// the shape is the same.
func TestWrongIndexAndSize(t *testing.T) {
	t.Parallel()
	top := 65
	if testing.Short() {
		top = 20
	}
	shapes := map[[2]int]string{}
	trees := make([]*grown, top+1)
	paths := map[[2]int][]merkle.Hash{}
	for size := 1; size <= top; size++ {
		trees[size] = grow("rfc6962-sha256", size)
		for i := range size {
			shapes[[2]int{i, size}] = shapeOf(trees[size].paths, i)
			for _, s := range trees[size].paths[i] {
				paths[[2]int{i, size}] = append(paths[[2]int{i, size}], s.hash)
			}
		}
	}
	accepted := 0
	for at, path := range paths {
		root, leaf := trees[at[1]].root, merkle.LeafHash(trees[at[1]].data[at[0]])
		for size := 0; size <= top; size++ {
			for index := 0; index <= size; index++ {
				wrong := [2]int{index, size}
				err := merkle.VerifyInclusion(uint64(index), uint64(size), leaf, root, path)
				same := index < size && shapes[wrong] == shapes[at]
				if (err == nil) != same {
					t.Fatalf("the path of %v under %v: %v", at, wrong, err)
				}
				if err == nil && wrong != at {
					accepted++
				}
			}
		}
	}
	t.Logf("%d paths; accepted under another index or size of the same shape: %d", len(paths), accepted)
}

// The same by Verify in every convention, for smaller trees: no
// pass under another index or size once an anchor vouches for the size, and without
// that only where the shape is the same.
func TestWrongIndexAndSizeEverywhere(t *testing.T) {
	t.Parallel()
	const top = 13
	for _, name := range merkle.Conventions() {
		c, _ := merkle.ConventionOf(name)
		sorted := c.Sides == merkle.Sorted // then only the length can show
		shapes := map[[2]int]string{}
		for size := 1; size <= top; size++ {
			g := grow(name, size)
			for i := range size {
				shapes[[2]int{i, size}] = shapeOf(g.paths, i)
				if sorted {
					shapes[[2]int{i, size}] = fmt.Sprint(len(g.paths[i]))
				}
			}
		}
		for size := 1; size <= top; size++ {
			g := grow(name, size)
			for i := range size {
				for wrongSize := 0; wrongSize <= top; wrongSize++ {
					for wrong := range wrongSize + 1 {
						if wrong == i && wrongSize == size {
							continue
						}
						p := g.proof(t, i, uint64(wrong), uint64(wrongSize))
						r := p.Verify(verdict.Bytes(g.data[i]), merkle.Anchored{Root: g.root[:], Size: uint64(size)})
						if r.Passed() && (!sorted || wrongSize != size || hasIndex(c) && wrong >= wrongSize) {
							t.Fatalf("%s: %d of %d passes as %d of %d", name, i, size, wrong, wrongSize)
						}
						r = p.Verify(verdict.Bytes(g.data[i]), merkle.Anchored{Root: g.root[:]})
						if r.Passed() && hasIndex(c) && (wrong >= wrongSize || shapes[[2]int{wrong, wrongSize}] != shapes[[2]int{i, size}]) {
							t.Fatalf("%s: %d of %d passes as %d of %d, which has another shape", name, i, size, wrong, wrongSize)
						}
					}
				}
			}
		}
	}
}
