package merkle

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// walk checks the form of the path, follows it and compares the root. The length is
// judged before the first hash.
func (v *verifier) walk() {
	sides, ok := v.form()
	if !ok {
		return
	}
	if v.by != nil && v.by.Depth > 0 {
		if len(sides) != v.by.Depth && !v.badLength(v.by.Depth) {
			return
		}
		v.placed = true
	}
	v.pass(checkLength, fmt.Sprintf("%d steps", len(v.path)), refInclusion)
	v.climb(sides)
	v.pass(checkSides, "", refInclusion)
	v.pass(checkOdd, "", refPhantom)
	if v.node != v.root {
		v.refuse(checkRoot, verdict.HashFailure, codeRoot,
			fmt.Sprintf("the path leads to %x, not to %x", v.show(v.node), v.show(v.root)), refInclusion)
		return
	}
	v.pass(checkRoot, fmt.Sprintf("%x", v.show(v.root)), refInclusion)
}

// form returns the side of the sibling in every step, by what the proof states and
// the anchor vouches for; ok is false when no leaf of such a tree has such a path.
func (v *verifier) form() (sides []Side, ok bool) {
	switch {
	case v.c.Sides == Sorted && (v.index == nil || v.size == nil || v.c.SortedLeaves || v.c.Odd == Heap):
		return v.named, v.anyLeaf()
	case v.index == nil && v.size == nil:
		return v.named, true
	case v.index == nil:
		return v.named, v.locate()
	case v.size == nil && v.c.Odd != Duplicate:
		return v.named, true // without a size the promoted nodes are not known, nor the index
	case v.size == nil || *v.index >= *v.size:
		return v.byBits()
	}
	return v.byPlan()
}

// anyLeaf: sorted pairs do not say which leaf it is; the size limits the length.
func (v *verifier) anyLeaf() bool {
	if v.size == nil {
		return true
	}
	if !v.c.reaches(*v.size, len(v.path)) {
		return v.badLength(-1)
	}
	v.placed = v.vouched() && len(v.path) == deepest(*v.size) // a node on the lowest level is a leaf
	return true
}

// locate: the sides lead to a leaf of a tree of the known size.
func (v *verifier) locate() bool {
	index, ok := v.c.locate(*v.size, v.named)
	if !ok {
		return v.badLength(-1)
	}
	v.at(index)
	return true
}

// byBits: the duplicate rule, and an index without a size or not below it. The sides
// are its bits. Without a size the path must only be long enough for them.
func (v *verifier) byBits() ([]Side, bool) {
	n := len(v.path)
	if v.size != nil {
		if n != deepest(*v.size) {
			return v.named, v.badLength(deepest(*v.size))
		}
		v.at(*v.index)
	} else if n < MaxSteps && *v.index>>n != 0 {
		return v.named, v.badLength(-1)
	} else {
		v.position = v.index
	}
	return v.agree(sidesOf(*v.index, n)), true
}

// byPlan: index and size are known, so every step is.
func (v *verifier) byPlan() ([]Side, bool) {
	want := v.c.plan(*v.index, *v.size)
	steps := len(want)
	if v.c.OmitsSelf {
		steps -= count(want, self)
	}
	if len(v.path) != steps {
		return v.named, v.badLength(steps)
	}
	if v.c.Sides == Sorted { // no side stands against an index that is merely claimed
		v.placed = v.vouched() && len(want) == deepest(*v.size)
		return want, true
	}
	v.at(*v.index)
	return v.agree(want), true
}

// agree compares the sides that the path names, if it does, with those of the index,
// and returns the ones to go by.
func (v *verifier) agree(want []Side) []Side {
	i := 0
	for level, side := range want {
		if side == self && v.c.OmitsSelf {
			continue
		}
		if n := v.named[i]; n != Unnamed && n.String() != side.String() {
			if v.c.Odd == Duplicate && v.size != nil && !v.c.OmitsSelf && bitsOf(v.named) >= *v.size {
				v.at(bitsOf(v.named)) // the copy of a node, perhaps
				return v.named
			}
			v.refuse(checkSides, verdict.FormatFailure, codeSide,
				fmt.Sprintf("by the index, the sibling of level %d stands on the %s; the path says %s", level, side, n), refInclusion)
			return v.named
		}
		i++
	}
	return want
}

// at notes the index that the path leads to, and whether an anchor vouches for the
// size that gives it its meaning.
func (v *verifier) at(index uint64) {
	v.placed, v.position = v.vouched(), new(index)
}

func (v *verifier) vouched() bool { return v.by != nil && v.by.Size != 0 && *v.size == v.by.Size }

// badLength refuses the length of the path, want being -1 where several are possible.
// It returns whether to go on all the same, which only tests do.
func (v *verifier) badLength(want int) bool {
	detail := fmt.Sprintf("no leaf of such a tree has such a path of %d steps", len(v.path))
	if want >= 0 {
		detail = fmt.Sprintf("the path has %d steps, want %d", len(v.path), want)
	}
	v.refuse(checkLength, verdict.FormatFailure, codeLength, detail, refInclusion)
	return v.ignore == checkLength
}

func count(sides []Side, s Side) (n int) {
	for _, x := range sides {
		if x == s {
			n++
		}
	}
	return n
}
