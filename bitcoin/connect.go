package bitcoin

// connect finds, from below, what each segment lies above, and how far it is
// work-consistent.
func (c *Chain) connect() {
	tips := make(map[Hash]*node, len(c.nodes))
	var committed *node // at the height below that was asked for last,
	var hash Hash       // and its header
	asked := uint64(never)
	for _, n := range c.nodes {
		if n.first > 0 {
			if below := n.first - 1; uint64(below) != asked { // they are in order of height
				var raw rawHeader
				committed, raw, _ = c.committedAt(below)
				asked, hash = uint64(below), hashHeader(raw[:])
			}
			if committed != nil && hash == n.prev {
				n.parent = committed
			} else {
				n.parent = c.parentOnWork(n, tips)
			}
			if n.parent != nil {
				n.parent.children = append(n.parent.children, n)
				n.under = n.parent.loose(n.first - 1)
			}
			c.join(n)
		}
		c.rate(n)
		if n.good > 0 {
			n.top = n.loose(uint32(n.good - 1))
		}
		if tip := n.tip(); tips[tip] == nil || n.good > tips[tip].good {
			tips[tip] = n
		}
	}
	for i := len(c.nodes) - 1; i >= 0; i-- { // from above: what lies above a segment is known
		n := c.nodes[i]
		if end := n.usable(); end > uint64(n.first) {
			n.reach = n.best(n.first)
		}
	}
}

// usable returns the end of the headers that are committed or work-consistent.
func (n *node) usable() uint64 { return max(n.committed, n.good) }

// parentOnWork returns a segment that holds the header before the first, work-consistent.
func (c *Chain) parentOnWork(n *node, tips map[Hash]*node) *node {
	below := n.first - 1
	if m := tips[n.prev]; m != nil && m.last() == below && m.good > uint64(below) {
		return m
	}
	for m := range c.all.each(below) {
		if m.first < n.first && m.good > uint64(below) && m.holds(below-m.first, n.prev) {
			return m
		}
	}
	return nil
}

// based reports whether the first header that is not committed follows one that is, a
// checkpoint, or a work-consistent one.
func (c *Chain) based(n *node) bool {
	if n.committed > uint64(n.first) || n.parent != nil {
		return true
	}
	return n.first > 0 && c.isCheckpoint(n.first-1, n.prev)
}

func (c *Chain) isCheckpoint(height uint32, hash Hash) bool {
	e, ok := c.points.At(height)
	return ok && e.Hash == hash
}

// rate finds which bits are known right, and how far the headers are work-consistent.
func (c *Chain) rate(n *node) {
	if n.committed > uint64(n.last()) || !c.based(n) {
		return
	}
	from, end := uint32(n.committed), min(uint64(n.last())+1, n.off)
	for i := n.pieceAt(from); i < len(n.pieces); i++ {
		if !n.bitsKnown(i) {
			end = min(end, uint64(max(from, n.pieces[i].height)))
			break
		}
	}
	if d := n.firstDefect(from, n.last(), anyRule); d != nil {
		end = min(end, uint64(d.Height))
	}
	if end > uint64(from) {
		n.good = end
	}
}

// bitsKnown reports whether the bits of a piece are known right, where those of the piece
// below are: a rule or the list states them, a committed block has them, the block before
// in the same period has them, or they follow from the period before.
func (n *node) bitsKnown(i int) bool {
	p := &n.pieces[i]
	return n.how(i) != 0 || uint64(p.height) < n.committed || !p.whole() && n.parent != nil
}

// how returns what is known of the bits of a piece, by all headers at hand.
func (n *node) how(i int) knowledge {
	how := n.pieces[i].how
	if i < len(n.more) {
		how |= n.more[i]
	}
	return how
}

const (
	workRule = badTarget
	timeRule = badBits | badRetarget | badTime
	anyRule  = workRule | timeRule
)

// firstDefect returns the first header from one height to another that breaks one of the
// rules, seen with the headers of all files.
func (n *node) firstDefect(from, to uint32, kinds findings) *Defect {
	d := n.defect(from, to, kinds)
	for i := range n.extra {
		e := &n.extra[i]
		if e.kind&kinds != 0 && e.Height >= from && e.Height <= to && (d == nil || e.Height < d.Height) {
			return e
		}
	}
	return d
}
