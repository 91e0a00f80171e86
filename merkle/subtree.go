package merkle

import (
	"crypto/sha256"
	"math/bits"
)

// Subtree proofs are those of draft-ietf-plants-merkle-tree-certs 4: the entries
// from start up to, but without, end form a tree of their own inside a larger one.

// ValidSubtree reports whether [start, end) can be a subtree: start is a multiple of
// the smallest power of two that is not below end - start (4.1).
func ValidSubtree(start, end uint64) bool {
	if start > end {
		return false
	}
	if start == end {
		return true
	}
	k := bits.Len64(end - start - 1) // the power of two is 1<<k
	return bits.TrailingZeros64(start) >= k
}

// VerifySubtreeInclusion returns nil when path shows that leaf is entry index of the
// tree whose subtree [start, end) has the given root (4.3). Index counts in the
// whole tree.
func VerifySubtreeInclusion(index, start, end uint64, leaf, root Hash, path []Hash) error {
	if !ValidSubtree(start, end) {
		return subtreeError(start, end)
	}
	if index < start || index >= end {
		return text(codeIndex, "index %d is not in [%d, %d)", index, start, end)
	}
	return VerifyInclusion(index-start, end-start, leaf, root, path)
}

// VerifySubtreeConsistency returns nil when path shows that the subtree [start, end)
// of the tree of the given size and root has the root subroot (4.4.3). The empty
// subtree has the SHA-256 of nothing and an empty path, and says nothing about the
// tree.
func VerifySubtreeConsistency(start, end, size uint64, subroot, root Hash, path []Hash) error {
	switch {
	case !ValidSubtree(start, end) || end > size:
		return subtreeError(start, end)
	case start < end:
		return verifySubtree(start, end, size, subroot, root, path)
	case len(path) != 0:
		return lengthError(len(path), 0)
	case subroot != sha256.Sum256(nil):
		return text(codeInconsistent, "the subtree is empty, its hash is not that of nothing")
	}
	return nil
}

func subtreeError(start, end uint64) error {
	return text(codeSizes, "[%d, %d) is no subtree", start, end)
}

// climb walks from a subtree to the root of its tree: the first and the last node
// of the subtree and the last of the tree, all on one level.
type climb struct{ first, last, end uint64 }

func (c *climb) up() { c.first, c.last, c.end = c.first>>1, c.last>>1, c.end>>1 }

// startClimb goes to the level where the proof begins: that of the largest whole
// tree at the right edge of the subtree.
func startClimb(start, end, size uint64) climb {
	c := climb{start, end - 1, size - 1}
	atEdge := c.last == c.end
	for c.first != c.last && (atEdge || c.last&1 == 1) {
		c.up()
	}
	return c
}

// whole says that the proof begins with the subtree itself, not with a part of it.
func (c *climb) whole() bool { return c.first == c.last }

// step goes one hash of the proof upwards, and says whether it stands on the left
// and whether it lies in the subtree.
func (c *climb) step() (left, inside bool) {
	if c.last&1 == 1 || c.last == c.end {
		left, inside = true, c.first < c.last
		for c.last&1 == 0 { // a node without a sibling goes up as it is
			c.up()
		}
	}
	c.up()
	return left, inside
}

// subtreeLen runs the numbers of the climb without a hash.
func subtreeLen(start, end, size uint64) int {
	c := startClimb(start, end, size)
	n := 0
	if !c.whole() {
		n++
	}
	for ; c.end != 0; n++ {
		c.step()
	}
	return n
}

// verifySubtree requires a valid subtree that is not empty, and end <= size.
func verifySubtree(start, end, size uint64, subroot, root Hash, path []Hash) error {
	if want := subtreeLen(start, end, size); len(path) != want {
		return lengthError(len(path), want)
	}
	c := startClimb(start, end, size)
	sub, all := subroot, subroot
	if !c.whole() {
		sub, all, path = path[0], path[0], path[1:]
	}
	var n node
	for i := range path {
		left, inside := c.step()
		if inside {
			sub = n.join(&path[i], &sub)
		}
		if left {
			all = n.join(&path[i], &all)
		} else {
			all = n.join(&all, &path[i])
		}
	}
	if sub != subroot {
		return text(codeInconsistent, "the path leads to %x for the older tree, not to %x", sub, subroot)
	}
	if all != root {
		return text(codeInconsistent, "the path leads to %x for the newer tree, not to %x", all, root)
	}
	return nil
}
