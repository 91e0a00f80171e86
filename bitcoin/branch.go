package bitcoin

import (
	"math/big"
	"slices"
)

// reach is the branch with the most work above some header.
type reach struct {
	work   *big.Int // with that of the header
	tip    *node    // that holds the last header,
	height uint32   // and the height of that
}

// best returns the branch with the most work, of headers that are committed or
// work-consistent and break no rule, from a header of the segment on. A header that breaks
// one ends it, and has no work itself.
func (n *node) best(height uint32) reach {
	end := uint32(n.usable() - 1)
	if d := n.firstDefect(height, end, anyRule); d != nil {
		if d.Height == height {
			return reach{new(big.Int), n, height}
		}
		end = d.Height - 1
	}
	b := reach{n.work(height, end), n, end}
	var below *big.Int // the work below children that begin at one height: there may be thousands
	sum, first := new(big.Int), uint32(0)
	for _, child := range n.children {
		if child.first <= height || child.first-1 > end || child.usable() <= uint64(child.first) {
			continue
		}
		if child.first != first {
			below, first = n.work(height, child.first-1), child.first
		}
		if sum.Add(below, child.reach.work).Cmp(b.work) > 0 {
			b = reach{new(big.Int).Set(sum), child.reach.tip, child.reach.height}
		}
	}
	return b
}

// most returns the best branch from a header on, whichever files hold it and its block.
func (c *Chain) most(n *node, height uint32) reach {
	best := n.best(height)
	if uint64(height) >= n.committed {
		return best
	}
	for _, m := range c.committed.at(height) { // they hold the same header
		if r := m.best(height); r.work.Cmp(best.work) > 0 {
			best = r
		}
	}
	return best
}

// branch returns the headers of a branch from a header of the segment on.
func (n *node) branch(height uint32, r reach) (spans []span) {
	to := r.height
	for m := r.tip; m != n; m = m.parent {
		spans = append(spans, span{m, m.first, to})
		to = m.first - 1
	}
	spans = append(spans, span{n, height, to})
	slices.Reverse(spans)
	return spans
}

// loose returns the work of the headers up to a height that are not committed.
func (n *node) loose(height uint32) *big.Int {
	if uint64(height) < n.committed {
		return new(big.Int)
	}
	work := n.work(uint32(n.committed), height)
	return work.Add(work, n.under)
}

// rival returns the last header of another branch above the newest checkpoint that has at
// least as much work as the best one with the given header; ok is false when there is
// none. The header must be work-consistent and lie above the newest checkpoint, so that
// all branches begin at that.
func (c *Chain) rival(n *node, height uint32, hash Hash) (tip Hash, ok bool) {
	own := n.best(height)
	work := own.tip.loose(own.height)
	newest, _ := c.points.Last()
	above := make(map[Hash]bool) // last headers that descend from the given one: many files may end in the same
	for _, m := range c.nodes {
		if m.good == 0 || m.good-1 <= uint64(newest.Height) || m.top.Cmp(work) < 0 {
			continue
		}
		last := uint32(m.good - 1)
		if tip, ok = m.hashAt(last - m.first); !ok || above[tip] {
			continue
		}
		if !m.descends(last, height, hash) {
			return tip, true
		}
		above[tip] = true
	}
	return Hash{}, false
}

// descends reports whether the header at one height, or one below it that it is linked to,
// is the header of the other height.
func (n *node) descends(from, height uint32, hash Hash) bool {
	for n != nil && n.first > height {
		n, from = n.parent, n.first-1
	}
	if n == nil || from < height {
		return false
	}
	h, ok := n.hashAt(height - n.first)
	return ok && h == hash
}
