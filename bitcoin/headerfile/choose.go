package headerfile

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

const none = math.MaxUint32

// forest is how the headers of a collection hang together. A piece is a tree of headers
// whose first one has no predecessor at hand.
type forest struct {
	cps    *bitcoin.Checkpoints
	known  map[uint32]uint32
	parent []uint32
	first  []uint32 // of the piece
	depth  []uint32 // above the first header of the piece
	work   []work   // of the header; later of all from the first of the piece to it
	order  []uint32 // each after its predecessor
	base   map[uint32]uint32
	stated map[uint32]bool // pieces whose height was only stated
}

// grow links the headers and finds the heights of the pieces.
func grow(ctx context.Context, c *collection, first *uint32) (*forest, error) {
	n := len(c.index)
	f := &forest{
		cps: c.cps, known: c.known, parent: make([]uint32, n), first: make([]uint32, n), depth: make([]uint32, n),
		work: make([]work, n), order: make([]uint32, 0, n), base: make(map[uint32]uint32), stated: make(map[uint32]bool),
	}
	above := make(map[uint32]uint32) // heights of first headers, by the checkpoint below
	lastBits, lastWork := uint32(0), work{}
	err := c.each(ctx, func(at uint32, header []byte) {
		prev := prevOf(header)
		parent, ok := c.index[prev]
		if !ok {
			parent = none
			if cp, ok := c.cps.ByHash(prev); ok && cp.Height < math.MaxUint32 {
				above[at] = cp.Height + 1
			}
		}
		f.parent[at] = parent
		if b := bitsOf(header); b != lastBits {
			lastBits, lastWork = b, workOf(b)
		}
		f.work[at] = lastWork
	})
	if err != nil {
		return nil, err
	}
	f.sort()
	for at, height := range above {
		f.base[at] = height
	}
	return f, f.place(c, first)
}

// sort finds the order, and adds up what depends on it. Headers cannot form a ring: that
// would be a ring of hashes.
func (f *forest) sort() {
	done := make([]bool, len(f.parent))
	var stack []uint32
	for i := range f.parent {
		stack = append(stack[:0], uint32(i))
		for at := stack[0]; !done[at] && f.parent[at] != none; {
			at = f.parent[at]
			stack = append(stack, at)
		}
		for _, at := range slices.Backward(stack) {
			if done[at] {
				continue
			}
			done[at], f.first[at] = true, at
			if p := f.parent[at]; p != none {
				f.first[at], f.depth[at], f.work[at] = f.first[p], f.depth[p]+1, f.work[at].plus(f.work[p])
			}
			f.order = append(f.order, at)
		}
	}
}

// place finds the height of every piece that a checkpoint, the genesis block or a stated
// height tells. What tells twice must agree.
func (f *forest) place(c *collection, first *uint32) error {
	for _, at := range slices.Sorted(maps.Keys(f.known)) {
		height := f.known[at]
		start := f.first[at]
		base := height - f.depth[at]
		told, twice := f.base[start]
		if height < f.depth[at] || twice && told != base {
			return fmt.Errorf("the checkpoint at %d contradicts another one: the headers at hand link them over another distance", height)
		}
		f.base[start] = base
	}
	if first == nil {
		return nil
	}
	for at, parent := range f.parent {
		if parent != none {
			continue
		}
		height := uint64(*first) + uint64(c.slots[at])
		told, ok := f.base[uint32(at)]
		switch {
		case ok && uint64(told) != height:
			return fmt.Errorf("the height %d was stated for the first header, by a checkpoint it is %d", *first, int64(told)-int64(c.slots[at]))
		case !ok && height <= math.MaxUint32:
			f.base[uint32(at)], f.stated[uint32(at)] = uint32(height), true
		}
	}
	return nil
}

// best returns the end of the chain with the most work whose height is known, that has
// the checkpoints' blocks at their heights and nothing that was left out. Of equal chains
// the one that came first is taken.
func (f *forest) best(leftOut map[uint32]bool) (tip uint32, ok bool) {
	out := make([]bool, len(f.parent))
	tip = none
	for _, at := range f.order {
		base, placed := f.base[f.first[at]]
		height := uint64(base) + uint64(f.depth[at])
		p := f.parent[at]
		if !placed || height > math.MaxUint32 || leftOut[at] || p != none && out[p] || f.contradicts(at, uint32(height)) {
			out[at] = true
			continue
		}
		if tip == none || f.work[at].more(f.work[tip]) || f.work[at] == f.work[tip] && at < tip {
			tip = at
		}
	}
	return tip, tip != none
}

// contradicts reports whether a checkpoint names another block of this height.
func (f *forest) contradicts(at, height uint32) bool {
	_, ok := f.cps.At(height)
	if !ok {
		return false
	}
	known, is := f.known[at]
	return !is || known != height
}

// path returns the headers from the first of the piece to the tip.
func (f *forest) path(tip uint32) []uint32 {
	path := make([]uint32, f.depth[tip]+1)
	for i := range slices.Backward(path) {
		path[i] = tip
		tip = f.parent[tip]
	}
	return path
}

// height returns the height of a header of a piece whose height is known.
func (f *forest) height(at uint32) uint32 { return f.base[f.first[at]] + f.depth[at] }
