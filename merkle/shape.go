package merkle

import "math/bits"

// Side is where a sibling stands, seen from the node that goes up.
type Side uint8

// The sides.
const (
	Unnamed Side = iota // the path does not say
	Left
	Right
	self // the node's own copy, which stands on the right
)

// String returns left, right or the empty string.
func (s Side) String() string {
	switch s {
	case Left:
		return "left"
	case Right, self:
		return "right"
	}
	return ""
}

// plan returns the side of the sibling in every step that entry index takes in a
// tree of the given size. It requires index < size.
func (c Convention) plan(index, size uint64) []Side {
	steps := make([]Side, 0, MaxSteps)
	for size > 1 {
		switch {
		case index&1 == 1:
			steps = append(steps, Left)
		case index != size-1:
			steps = append(steps, Right)
		case c.Odd == Duplicate:
			steps = append(steps, self)
		}
		index, size = index/2, size/2+size%2
	}
	return steps
}

// deepest returns the length of the longest path in a tree of the given size.
func deepest(size uint64) int { return bits.Len64(size - 1) }

// reaches reports whether some leaf of a tree of the given size has a path of so many
// steps.
func (c Convention) reaches(size uint64, steps int) bool {
	switch c.Odd {
	case Duplicate:
		return steps == deepest(size)
	case Heap:
		return steps == deepest(size) || steps == bits.Len64(size)-1
	}
	// The size is a sum of powers of two, each a whole tree with leaves on one level.
	for at, rest := uint64(0), size; rest > 0; {
		if PathLen(at, size) == steps {
			return true
		}
		whole := uint64(1) << (bits.Len64(rest) - 1)
		at, rest = at+whole, rest-whole
	}
	return false
}

// locate returns the index that the sides of a path lead to in a tree of the given
// size; ok is false when they lead to no leaf. With Duplicate the index may lie
// behind the last leaf.
func (c Convention) locate(size uint64, sides []Side) (index uint64, ok bool) {
	if c.Odd == Duplicate {
		return bitsOf(sides), len(sides) == deepest(size)
	}
	for i := len(sides) - 1; i >= 0; i-- {
		if size < 2 {
			return 0, false
		}
		split := uint64(1) << (bits.Len64(size-1) - 1) // the largest power of two below size
		if sides[i] == Left {
			index, size = index+split, size-split
		} else {
			size = split
		}
	}
	return index, size == 1
}

// bitsOf reads the sides as the bits of an index: a sibling on the left is a 1.
func bitsOf(sides []Side) (index uint64) {
	for i, s := range sides {
		if s == Left {
			index |= 1 << i
		}
	}
	return index
}

// sidesOf is the reverse of bitsOf.
func sidesOf(index uint64, steps int) []Side {
	sides := make([]Side, steps)
	for i := range sides {
		sides[i] = Right
		if index>>i&1 == 1 {
			sides[i] = Left
		}
	}
	return sides
}
