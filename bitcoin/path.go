package bitcoin

import "slices"

// climb returns the headers from a committed one to the checkpoint that commits it, and
// that checkpoint.
func (c *Chain) climb(n *node, height uint32) (spans []span, at Checkpoint) {
	for {
		i, _ := slices.BinarySearch(n.matches, height)
		if i < len(n.matches) && uint64(n.matches[i]) < n.committed {
			at, _ = c.points.At(n.matches[i])
			return append(spans, span{n, height, at.Height}), at
		}
		spans = append(spans, span{n, height, uint32(n.committed - 1)})
		n, height = n.next, n.next.first
	}
}

// base returns the checkpoint that the work-consistent headers of a segment lie above.
func (c *Chain) base(n *node) Checkpoint {
	for {
		if n.committed > uint64(n.first) {
			_, at := c.climb(n, uint32(n.committed-1))
			return at
		}
		if n.parent == nil {
			at, _ := c.points.At(n.first - 1)
			return at
		}
		if uint64(n.first-1) < n.parent.committed {
			_, at := c.climb(n.parent, n.first-1)
			return at
		}
		n = n.parent
	}
}

// above returns a committed header and up to k committed ones that follow, as far as they
// are at hand.
func (c *Chain) above(n *node, height uint32, k uint32) (spans []span) {
	last := height + k
	for {
		to := uint32(min(uint64(last), n.committed-1))
		spans = append(spans, span{n, height, to})
		if to == last {
			return spans
		}
		next := c.committed.at(to + 1)
		if len(next) == 0 {
			return spans
		}
		n, height = next[0], to+1
	}
}

// read reads the first headers of spans that follow each other, as long as each follows
// the one before.
func (w *window) read(spans []span, most int) (raw []byte) {
	for _, s := range spans {
		left := most - len(raw)/HeaderSize
		if left <= 0 {
			break
		}
		to := min(s.to, s.from+uint32(left)-1)
		part, ok := w.stretch(s.segment, s.from-s.first, to-s.first)
		if !ok || len(raw) > 0 && prevOf(part) != hashHeader(raw[len(raw)-HeaderSize:]) {
			break
		}
		raw = append(raw, part...)
	}
	return raw
}

// timesBefore returns the times of the eleven headers before one, or of all when there
// are fewer below; nil when they are not at hand or there are none.
func (w *window) timesBefore(n *node, height uint32) *recentTimes {
	down := height - min(height, medianSpan)
	raw := w.read(n.back(height, down), medianSpan)
	if len(raw) == 0 || len(raw)/HeaderSize != int(height-down) {
		return nil
	}
	times := new(recentTimes)
	for ; len(raw) > 0; raw = raw[HeaderSize:] {
		times.add(timeOf(raw))
	}
	return times
}
