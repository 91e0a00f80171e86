package bitcoin

import (
	"cmp"
	"slices"
	"sort"
)

// point is a hash that a committed header commits for the height below it.
type point struct {
	height uint32
	hash   Hash
	above  *node // begins with that header
}

// place of a header of unknown height.
type loosePlace struct {
	segment *segment
	pos     uint32
}

// commit finds what the checkpoints commit. The segments are taken from above, so that
// whatever commits a header was found before.
func (c *Chain) commit() {
	loose := c.loose()
	queue := slices.Clone(c.nodes)
	down := func(a, b *node) int { return cmp.Compare(b.first, a.first) }
	slices.SortStableFunc(queue, down)
	var points []point // from above
	for i := 0; i < len(queue); {
		j := i
		for ; j < len(queue) && queue[j].first == queue[i].first; j++ {
			queue[j].commitBy(points)
		}
		p, ok := below(queue[i:j])
		i = j
		if !ok {
			continue
		}
		points = append(points, p)
		if at, ok := loose[p.hash]; ok && slices.Contains(c.unplaced, at.segment) && at.pos <= p.height {
			if n := c.placeLate(at.segment, p.height-at.pos); n != nil {
				k, _ := slices.BinarySearchFunc(queue[i:], n, down)
				queue = slices.Insert(queue, i+k, n)
			}
		}
	}
}

// commitBy finds how far the headers of a segment are committed: by checkpoints among
// them, else by the highest point that they agree with. Agreement with one point means
// agreement with all below.
func (n *node) commitBy(points []point) {
	n.committed = max(n.committed, n.settled())
	lower := sort.Search(len(points), func(i int) bool { return uint64(points[i].height) < n.committed })
	upper := sort.Search(len(points), func(i int) bool {
		return uint64(points[i].height) < n.off && points[i].height <= n.last()
	})
	if upper >= lower {
		return
	}
	points = points[upper:lower]
	i := sort.Search(len(points), func(i int) bool { return n.seems(points[i].height-n.first, points[i].hash) })
	if i > 0 {
		n.off = min(n.off, uint64(points[i-1].height))
	}
	if i < len(points) && n.holds(points[i].height-n.first, points[i].hash) {
		n.committed, n.next = uint64(points[i].height)+1, points[i].above
	}
}

// below returns the point that segments which begin at one height commit below it. They
// agree: a stretch that excludes a checkpoint is off the chain there, and not committed by
// what lies above.
func below(same []*node) (p point, ok bool) {
	for _, n := range same {
		if n.committed > uint64(n.first) && n.first > 0 {
			return point{n.first - 1, n.prev, n}, true
		}
	}
	return p, false
}

// loose returns where the headers of unknown height are, by their hashes.
func (c *Chain) loose() map[Hash]loosePlace {
	at := make(map[Hash]loosePlace)
	for _, s := range c.unplaced {
		for pos := range s.count {
			hash := hashHeader(s.raw[pos*HeaderSize:])
			if _, ok := at[hash]; !ok {
				at[hash] = loosePlace{s, pos}
			}
		}
	}
	return at
}

// placeBehind places segments of unknown height behind headers whose own height is sure: by
// hashes, from a checkpoint. A height that is only stated places nothing else, since a pack
// that came with the evidence can state any.
func (c *Chain) placeBehind() {
	waiting := make(map[Hash][]*segment)
	for _, s := range c.unplaced {
		waiting[s.prev] = append(waiting[s.prev], s)
	}
	queue := slices.Clone(c.nodes)
	up := func(a, b *node) int { return cmp.Compare(a.first, b.first) }
	slices.SortStableFunc(queue, up)
	sure := newCover(nil, segmentEnd)
	for i := 0; i < len(queue) && len(waiting) > 0; i++ {
		n := queue[i]
		if !c.isSure(n, &sure) {
			continue
		}
		sure.add(n)
		c.awaited(n, waiting, func(hash Hash, height uint32) {
			for _, s := range waiting[hash] {
				if m := c.placeLate(s, height+1); m != nil {
					k, _ := slices.BinarySearchFunc(queue[i+1:], m, up)
					queue = slices.Insert(queue, i+1+k, m)
				}
			}
			delete(waiting, hash)
		})
	}
}

// isSure reports whether hashes lead from the first header to a checkpoint: above it, or
// below it through segments of which that is known.
func (c *Chain) isSure(n *node, sure *cover) bool {
	switch {
	case n.committed > uint64(n.first):
		return true
	case n.first == 0:
		return false
	case c.isCheckpoint(n.first-1, n.prev):
		return true
	}
	for m := range sure.each(n.first - 1) {
		if m.holds(n.first-1-m.first, n.prev) {
			return true
		}
	}
	return false
}

// awaited finds the headers of a segment that others wait for: the last one, and those
// from the newest checkpoint on, where branches count.
func (c *Chain) awaited(n *node, waiting map[Hash][]*segment, found func(hash Hash, height uint32)) {
	if tip := n.tip(); waiting[tip] != nil {
		found(tip, n.last())
	}
	newest, _ := c.points.Last()
	height := max(n.first, newest.Height) + 1
	if height > n.last() || len(waiting) == 0 {
		return
	}
	buf := make([]byte, min(chunk, n.last()-height+1)*HeaderSize)
	for height <= n.last() {
		part := buf[:min(chunk, n.last()-height+1)*HeaderSize]
		if readFull(n.run.reader, part, int64(n.index+(height-n.first))*HeaderSize) != nil {
			return
		}
		for ; len(part) > 0; part = part[HeaderSize:] {
			if prev := prevOf(part); waiting[prev] != nil && n.holds(height-1-n.first, prev) {
				found(prev, height-1)
			}
			height++
		}
	}
}
