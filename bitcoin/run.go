package bitcoin

import (
	"io"
	"math/big"
	"slices"
)

// Run is a file of headers that [Scan] has read once. It is immutable and does not hold
// the headers: what is needed is read again, and hashed again up to the next hash that
// the scan remembered, so a file that has changed since proves nothing.
type Run struct {
	name, sha256 string
	points       *Checkpoints
	reader       io.ReaderAt
	count        uint32
	segments     []*segment
	defects      []Defect // by index
	tip          Hash
	medians      int // headers whose time was held against the eleven before
}

// Defect is a place where headers do not hold together, or a header that breaks a rule.
type Defect struct {
	Index  int    // of the header in the file, from 0
	Height uint32 // of the header, if Placed
	Placed bool
	// Code is btc.break (the header does not follow the one before it in the file),
	// btc.target, btc.bits, btc.retarget, btc.median-time or btc.checkpoint (its hash is
	// not that of the checkpoint of its height).
	Code string
	Text string
	kind findings // 0 for what concerns the place, not the header
}

// The codes of defects.
const (
	defectBreak      = "btc.break"
	defectTarget     = "btc.target"
	defectBits       = "btc.bits"
	defectRetarget   = "btc.retarget"
	defectMedianTime = "btc.median-time"
	defectCheckpoint = "btc.checkpoint"
)

// Name returns the name that reports use.
func (r *Run) Name() string { return r.name }

// SHA256 returns the digest of the file, if it was given to Scan.
func (r *Run) SHA256() string { return r.sha256 }

// Count returns the number of headers.
func (r *Run) Count() int { return int(r.count) }

// Tip returns the hash of the last header.
func (r *Run) Tip() Hash { return r.tip }

// First returns the height of the first header, ok only where it is known.
func (r *Run) First() (height uint32, ok bool) {
	s := r.segments[0]
	return s.first, s.placed
}

// Last returns the height of the last header, ok only where it is known.
func (r *Run) Last() (height uint32, ok bool) {
	s := r.segments[len(r.segments)-1]
	return s.first + s.count - 1, s.placed
}

// Defects returns what was found, in the order of the file.
func (r *Run) Defects() []Defect { return slices.Clone(r.defects) }

// Stretch is a part of a file whose headers are linked by their hashes.
type Stretch struct {
	Index  int // of its first header in the file
	Count  int
	Placed bool
	First  uint32 // height of its first header, if Placed
	Prev   Hash   // of the header before
	Tip    Hash
	// Checkpoints are the heights of headers that are checkpoints.
	Checkpoints []uint32
}

// Summary is what a scan found.
type Summary struct {
	Headers   int
	Stretches []Stretch
	Retargets int      // periods whose bits follow from the headers of the period before
	Unknown   int      // headers of known height whose bits nothing tells but they themselves
	Medians   int      // headers that were held against the median of the eleven before
	Work      *big.Int // expected hashes of the headers whose height is known, less those that break a rule of work
}

// Summary returns the numbers of the scan.
func (r *Run) Summary() Summary {
	s := Summary{Headers: int(r.count), Medians: r.medians, Work: new(big.Int)}
	for _, g := range r.segments {
		s.Stretches = append(s.Stretches, Stretch{
			Index: int(g.index), Count: int(g.count), Placed: g.placed, First: g.first, Prev: g.prev, Tip: g.tip(),
			Checkpoints: slices.Clone(g.matches),
		})
		for i, p := range g.pieces {
			if p.how&byRetarget != 0 {
				s.Retargets++
			}
			if p.how == 0 && uint64(p.height) >= g.settled() {
				s.Unknown += int(g.end(i)-p.height) + 1
			}
		}
		if g.placed {
			s.Work.Add(s.Work, g.work(g.first, g.last()))
			s.Work.Sub(s.Work, g.lost())
		}
	}
	return s
}
