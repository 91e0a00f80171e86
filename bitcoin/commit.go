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
	for _, height := range n.matches {
		if uint64(height) < n.off {
			n.committed = uint64(height) + 1
		}
	}
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

// placeBehind places segments of unknown height behind the last header of others.
func (c *Chain) placeBehind() {
	waiting := make(map[Hash][]*segment)
	for _, s := range c.unplaced {
		waiting[s.prev] = append(waiting[s.prev], s)
	}
	for i := 0; i < len(c.nodes) && len(waiting) > 0; i++ { // what is placed is added to the nodes
		tip, first := c.nodes[i].tip(), c.nodes[i].last()+1
		for _, s := range waiting[tip] {
			c.placeLate(s, first)
		}
		delete(waiting, tip)
	}
}
