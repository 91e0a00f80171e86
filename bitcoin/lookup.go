package bitcoin

import (
	"cmp"
	"math/big"
	"slices"
)

// committedHeader returns the committed header of a height, if it is at hand. What is at
// hand of the header that it follows is committed too.
func (c *Chain) committedHeader(height uint32) (raw [HeaderSize]byte, ok bool) {
	_, raw, ok = c.committedAt(height)
	return raw, ok
}

// committedAt returns the segment with it.
func (c *Chain) committedAt(height uint32) (n *node, raw rawHeader, ok bool) {
	return c.committedIn(nil, height)
}

func (c *Chain) committedIn(w *window, height uint32) (n *node, raw rawHeader, ok bool) {
	for _, n := range c.committed.at(height) {
		if raw, ok := n.header(w, height); ok {
			return n, raw, true
		}
	}
	return nil, raw, false
}

// header reads one header.
func (n *node) header(w *window, height uint32) (raw rawHeader, ok bool) {
	b, ok := w.stretch(n.segment, height-n.first, height-n.first)
	if !ok {
		return raw, false
	}
	return rawHeader(b), true
}

// standing orders headers by how near they are to being proven.
type standing uint8

const (
	standsAlone   standing = iota // nothing is known of it but itself
	standsLinked                  // linked to others, which connect to no checkpoint
	standsOnWork                  // work-consistent
	standsInChain                 // committed
)

// candidate is a header at hand for a height.
type candidate struct {
	standing
	node   *node    // nil where nothing tells its height
	loose  *segment // then it is one of these,
	pos    uint32   // at this position
	height uint32
	raw    rawHeader
	hash   Hash
	reach  *big.Int // what work returns, once it was asked for
}

// find returns the header at hand for a height that is best for showing a Merkle root: a
// committed one; else one that stands best, then one that has the root, then one with the
// most work above.
func (c *Chain) find(w *window, height uint32, root Hash) (best candidate, ok bool) {
	if n, raw, ok := c.committedIn(w, height); ok {
		return candidate{standing: standsInChain, node: n, height: height, raw: raw, hash: hashHeader(raw[:])}, true
	}
	var found []candidate
	for _, n := range c.all.at(height) {
		h := candidate{standing: n.standing(height), node: n, height: height}
		if n.peek(height-n.first, &h.raw) {
			found = append(found, h)
		}
	}
	for _, s := range c.unplaced {
		for pos := range s.count {
			h := candidate{loose: s, pos: pos, raw: rawHeader(s.raw[pos*HeaderSize:])}
			if rootOf(h.raw[:]) != root {
				continue
			}
			if s.count > 1 {
				h.standing = standsLinked
			}
			found = append(found, h)
		}
	}
	for len(found) > 0 { // not sorted: there may be thousands, of which the first is nearly always right
		at := 0
		for i := range found {
			if found[i].beats(&found[at], root) {
				at = i
			}
		}
		h := found[at]
		h.hash = hashHeader(h.raw[:])
		if h.node == nil {
			return h, true
		}
		if raw, ok := h.node.header(w, height); ok && raw == h.raw {
			return h, true
		}
		found = slices.Delete(found, at, at+1)
	}
	return best, false
}

// beats reports whether a candidate is to be preferred for showing the root.
func (h *candidate) beats(other *candidate, root Hash) bool {
	if c := cmp.Or(cmp.Compare(h.standing, other.standing), cmp.Compare(h.shows(root), other.shows(root))); c != 0 {
		return c > 0
	}
	return h != other && h.standing == standsOnWork && h.work().Cmp(other.work()) > 0
}

// work is that of the best branch from a work-consistent header on.
func (h *candidate) work() *big.Int {
	if h.reach == nil {
		h.reach = h.node.best(h.height).work
	}
	return h.reach
}

// peek reads a header without hashing.
func (s *segment) peek(pos uint32, raw *rawHeader) bool {
	return readFull(s.run.reader, raw[:], int64(s.index+pos)*HeaderSize) == nil
}

// standing of a header that is not committed.
func (n *node) standing(height uint32) standing {
	switch {
	case uint64(height) < n.good:
		return standsOnWork
	case n.count > 1 && uint64(height) < n.off && n.firstDefect(height, height, anyRule) == nil:
		return standsLinked
	}
	return standsAlone
}

// shows is 1 when the header has the root.
func (h *candidate) shows(root Hash) int {
	if rootOf(h.raw[:]) == root {
		return 1
	}
	return 0
}
