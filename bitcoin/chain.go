package bitcoin

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"math/big"
	"slices"
	"sync"
)

// Chain is what follows from checkpoints and headers together. It is immutable and safe
// for concurrent use.
//
// A header is committed when a checkpoint lies at it or above it in the same linked
// stretch; the first header of a committed stretch commits the one before it, in whatever
// file that is. A header is work-consistent when it lies above a committed one or above a
// checkpoint, linked by hashes, and it and all between have the bits that they must have
// and meet every rule. A stretch that has another hash than the checkpoint of a height is
// off the chain from there on.
type Chain struct {
	points    *Checkpoints
	runs      []*Run
	nodes     []*node    // by height of the first header
	unplaced  []*segment // whose height nothing tells
	all       cover
	committed cover
	roots     rootIndex
	rootsOnce sync.Once
}

// node is a placed segment within a chain. Heights that end a range are exclusive, and
// are 64 bits wide so that there is one above every height.
type node struct {
	*segment
	off       uint64 // from here on the headers are not those of the chain; else never
	committed uint64 // the headers below this height are committed; first: none
	next      *node  // goes on above, where no checkpoint lies at or above the end of what is committed here
	good      uint64 // the headers from there up to this height are work-consistent
	parent    *node  // holds the header before the first; nil if it is not at hand
	children  []*node
	opening   *uint32      // time of the first block of the period of the first header, if at hand
	more      [2]knowledge // about the first two pieces, from headers of other files
	extra     []Defect     // of the first headers, seen with those of other files; by height
	reach     reach        // the best branch from the first header on
	under     *big.Int     // work of what is not committed below the first header
	top       *big.Int     // work of what is not committed up to the last good header, if there is one
}

func newNode(s *segment) *node {
	return &node{segment: s, off: s.off, committed: uint64(s.first), under: new(big.Int)}
}

// NewChain takes checkpoints (nil: Builtin) and runs. A run that was scanned with other
// checkpoints is passed over.
func NewChain(points *Checkpoints, runs ...*Run) *Chain {
	if points == nil {
		points = Builtin()
	}
	c := &Chain{points: points}
	for _, r := range runs {
		if r == nil || slices.Contains(c.runs, r) || r.points.digest != points.digest || r.points.network != points.network {
			continue
		}
		c.runs = append(c.runs, r)
		for _, s := range r.segments {
			if s.placed {
				c.nodes = append(c.nodes, newNode(s))
			} else {
				c.unplaced = append(c.unplaced, s)
			}
		}
	}
	c.commit()
	c.placeBehind()
	c.sort()
	c.connect()
	return c
}

// With returns a chain that has further runs.
func (c *Chain) With(runs ...*Run) *Chain {
	return NewChain(c.points, slices.Concat(c.runs, runs)...)
}

// Checkpoints returns the list that the chain is judged by.
func (c *Chain) Checkpoints() *Checkpoints { return c.points }

// sort orders the nodes by height, for what looks them up.
func (c *Chain) sort() {
	slices.SortStableFunc(c.nodes, func(a, b *node) int { return cmp.Compare(a.first, b.first) })
	c.all = newCover(c.nodes, segmentEnd)
	c.committed = newCover(c.nodes, func(n *node) uint64 { return n.committed })
}

// cover finds the nodes whose range holds a height.
type cover struct {
	nodes []*node // by height of the first header
	end   func(*node) uint64
	most  []uint64 // the highest end of the nodes up to here
}

func newCover(nodes []*node, end func(*node) uint64) cover {
	c := cover{end: end}
	for _, n := range nodes {
		c.add(n)
	}
	return c
}

// add takes one more node, which begins no lower than the others.
func (c *cover) add(n *node) {
	most := c.end(n)
	if i := len(c.most); i > 0 {
		most = max(most, c.most[i-1])
	}
	c.nodes, c.most = append(c.nodes, n), append(c.most, most)
}

func segmentEnd(n *node) uint64 { return uint64(n.last()) + 1 }

// at returns the nodes that hold the height, first one that reaches highest.
func (c *cover) at(height uint32) (found []*node) {
	best := 0
	for n := range c.each(height) {
		if found = append(found, n); c.end(n) >= c.end(found[best]) {
			best = len(found) - 1
		}
	}
	if len(found) > 0 {
		found[0], found[best] = found[best], found[0]
	}
	return found
}

// each yields the nodes that hold the height, from above.
func (c *cover) each(height uint32) iter.Seq[*node] {
	return func(yield func(*node) bool) {
		i, _ := slices.BinarySearchFunc(c.nodes, uint64(height)+1, func(n *node, h uint64) int { return cmp.Compare(uint64(n.first), h) })
		for i--; i >= 0 && c.most[i] > uint64(height); i-- {
			if n := c.nodes[i]; c.end(n) > uint64(height) && !yield(n) {
				return
			}
		}
	}
}

// placeLate places a segment of unknown height and judges it again, with the rules that
// need a height. It returns nil when it does not fit the checkpoints.
func (c *Chain) placeLate(s *segment, first uint32) *node {
	i := slices.Index(c.unplaced, s)
	c.unplaced = slices.Delete(slices.Clone(c.unplaced), i, i+1)
	run, err := Scan(context.Background(), bytes.NewReader(s.raw), int64(len(s.raw)), ScanOptions{
		Name: s.run.name, SHA256: s.run.sha256, First: &first, Checkpoints: c.points,
	})
	if err != nil {
		return nil
	}
	n := newNode(run.segments[0])
	c.nodes = append(c.nodes, n)
	return n
}
