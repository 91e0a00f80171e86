package merkle

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// climb follows the path from the leaf, and watches for equal siblings: with the
// duplicate rule a tree has the same root as one whose last nodes are repeated.
func (v *verifier) climb(sides []Side) {
	v.node = v.start
	rest := v.path
	copied := false // a node that stands on the right of its equal
	for level, side := range sides {
		sibling := v.node
		if side != self || !v.c.OmitsSelf {
			sibling, rest = rest[0], rest[1:]
		}
		equal := sibling == v.node
		switch side {
		case self:
			if !equal {
				v.refuse(checkOdd, verdict.HashFailure, codeOdd,
					fmt.Sprintf("on level %d the last node must be paired with itself, by index and size", level), refPhantom)
			}
		case Left:
			copied = copied || equal
		default:
			if equal && v.c.Unique && v.size != nil {
				v.refuse(checkOdd, verdict.HashFailure, codePhantom,
					fmt.Sprintf("on level %d stands a copy where the size says that there is another node", level), refPhantom)
			}
		}
		if side == Left {
			v.node = v.c.join(sibling, v.node)
		} else {
			v.node = v.c.join(v.node, sibling)
		}
	}
	if v.c.Odd == Duplicate && v.c.Sides != Sorted {
		v.copies(copied)
	}
}

// copies decides what an equal sibling on the left means: with an index behind the
// last leaf, that the proof is for a copy that is not in the tree.
func (v *verifier) copies(copied bool) {
	behind := v.size != nil && v.position != nil && *v.position >= *v.size
	switch {
	case behind && !copied:
		v.refuse(checkFormat, verdict.FormatFailure, codeIndex,
			fmt.Sprintf("index %d is not below the size %d", *v.position, *v.size), refInclusion)
	case behind, copied && v.c.Unique:
		v.refuse(checkOdd, verdict.HashFailure, codePhantom,
			"the path goes through the copy of a last node: there is no such leaf", refPhantom)
	case copied && v.size == nil:
		v.refuse(checkOdd, verdict.SigConstraintsFailure, codePhantom,
			"a node stands on the right of its equal: without the tree's size it may be a copy behind the last leaf", refPhantom)
	}
}
