package bitcoin

import (
	"fmt"
	"slices"
)

// span is a part of a segment, by heights.
type span struct {
	*node
	from, to uint32
}

// back returns the headers before a height of a segment, down to a height, as far as
// they are at hand; the highest span is the last.
func (n *node) back(height, down uint32) (spans []span) {
	defer func() { slices.Reverse(spans) }()
	for {
		if height > n.first {
			spans = append(spans, span{n, max(n.first, down), height - 1})
		}
		if n.first <= down || n.parent == nil {
			return spans
		}
		height, n = n.first, n.parent
	}
}

// join judges the first headers of a segment together with those before them in other
// files: the bits with those of the period, the times with those of the eleven before.
func (c *Chain) join(n *node) {
	n.opening = c.openingOf(n)
	if n.parent != nil {
		before := n.parent.pieceAt(n.first - 1)
		if n.pieces[0].whole() {
			n.follow(0, &n.parent.pieces[before], n.parent.openingAt(before))
		} else if bits := n.parent.pieces[before].bits; bits != n.pieces[0].bits {
			n.note(0, badBits, fmt.Sprintf("its bits are %08x, those of the block before it %08x", n.pieces[0].bits, bits))
		}
		c.joinTimes(n)
	}
	if len(n.pieces) > 1 && !n.pieces[0].whole() {
		n.follow(1, &n.pieces[0], n.opening)
	}
}

// follow asks whether the bits of a piece follow from the period before.
func (n *node) follow(i int, before *piece, opening *uint32) {
	network := n.run.points.network
	if opening == nil || network.noRetarget {
		return
	}
	if bits := network.Retarget(before.bits, *opening, before.ended); bits != n.pieces[i].bits {
		n.note(n.pieces[i].height-n.first, badRetarget, fmt.Sprintf("its bits are %08x, from the times of the period before follow %08x", n.pieces[i].bits, bits))
		return
	}
	n.more[i] |= byRetarget
}

// openingAt returns the time of the first block of the period of a piece, if it is at
// hand.
func (n *node) openingAt(i int) *uint32 {
	if n.pieces[i].whole() {
		return &n.pieces[i].began
	}
	return n.opening // only the first piece can begin inside a period
}

// openingOf finds it for the first piece: in the segment before, or as a committed header
// that is surely below the first one, though headers between are missing.
func (c *Chain) openingOf(n *node) *uint32 {
	below := n.first - 1
	switch {
	case n.pieces[0].whole():
		return nil
	case n.parent != nil:
		return n.parent.openingAt(n.parent.pieceAt(below))
	case n.committed == uint64(n.first) && !c.isCheckpoint(below, n.prev):
		return nil
	}
	h, ok := c.committedHeader(n.first - n.first%interval)
	if !ok {
		return nil
	}
	seconds := timeOf(h[:])
	return &seconds
}

// joinTimes holds the times of the first eleven headers against those before.
func (c *Chain) joinTimes(n *node) {
	before := n.back(n.first, n.first-min(n.first, medianSpan))
	lowest := before[0].from // there is one: the segment has a parent
	raw := (*window)(nil).read(before, medianSpan)
	if len(raw) != int(n.first-lowest)*HeaderSize {
		return
	}
	var times recentTimes
	for ; len(raw) > 0; raw = raw[HeaderSize:] {
		times.add(timeOf(raw))
	}
	raw, ok := n.stretch(0, min(n.count, medianSpan)-1)
	if !ok {
		return
	}
	for pos := uint32(0); len(raw) > 0; raw, pos = raw[HeaderSize:], pos+1 {
		t := timeOf(raw)
		if (lowest == 0 || times.full()) && !times.admits(t) {
			n.note(pos, badTime, notLater(t))
		}
		times.add(t)
	}
}

// note keeps what headers of other files show against one of the segment.
func (n *node) note(pos uint32, kind findings, text string) {
	n.extra = append(n.extra, Defect{
		Index: int(n.index + pos), Height: n.first + pos, Placed: true, Code: defectCodes[kind], Text: text, kind: kind,
	})
}
