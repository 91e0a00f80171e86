package bitcoin

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
)

const (
	// maxHeaders bounds a file: four times the blocks that there are.
	maxHeaders = 4_000_000
	// maxBreaks bounds the breaks and defects of a file that is taken for headers. The
	// first and the last header of every period, which some keep, make 500 breaks.
	maxBreaks = 1000
	// maxUnplaced bounds the headers of a file whose height nothing tells: they are held
	// in memory, 800 kB.
	maxUnplaced = 10_000
	// chunk is how many headers are read at a time.
	chunk = interval
)

// ScanOptions say what is known of headers beside their bytes.
type ScanOptions struct {
	Name   string // for reports
	SHA256 string // of the file, in hexadecimal, for reports
	// Hash, if not nil, is a SHA-256 that is given every byte as it is judged, and then
	// takes the place of SHA256: a digest of another reading may be that of other bytes.
	Hash hash.Hash
	// First is the height of the first header, where it is stated: then the others have
	// the heights that follow, also behind a break. Where it is nil, genesis block and
	// checkpoints tell the height of each stretch of linked headers.
	First *uint32
	// Checkpoints place headers, state bits, and refuse headers; nil means Builtin. A run
	// counts only in a [Chain] of the same list.
	Checkpoints *Checkpoints
	// Progress, if not nil, is called after each part that was read, with bytes.
	Progress func(done, total int64)

	breaks int // instead of maxBreaks
}

// Scan reads a file of raw headers of 80 bytes once, and judges each: hash and its own
// target, link, bits, retarget, median time. A header that breaks a rule, or does not
// follow the one before, is a [Defect] of the run. The reader must stay usable as long
// as the run is used.
//
// The error is that of ctx or of the reader, or an *Error for a file that cannot be used:
// btc.headers for a length that is no multiple of 80, heights that do not fit the
// checkpoints, or more than 1000 breaks and defects; btc.network for the chain of
// another network; btc.limit for more than 4 million headers, or more than 10 000 whose
// height is not known.
//
// Scan holds one hash for each period and each checkpoint, and what is not placed.
func Scan(ctx context.Context, r io.ReaderAt, size int64, o ScanOptions) (*Run, error) {
	if o.Checkpoints == nil {
		o.Checkpoints = Builtin()
	}
	switch {
	case size <= 0 || size%HeaderSize != 0:
		return nil, malformed(codeHeaders, "%d bytes are no headers of %d bytes each", size, HeaderSize)
	case size/HeaderSize > maxHeaders:
		return nil, limit("%d headers, %d are read", size/HeaderSize, maxHeaders)
	case o.First != nil && *o.First > maxHeight:
		return nil, malformed(codeHeaders, "no block has the height %d", *o.First)
	}
	if o.breaks == 0 {
		o.breaks = maxBreaks
	}
	run := &Run{name: o.Name, sha256: o.SHA256, points: o.Checkpoints, reader: r, count: uint32(size / HeaderSize)}
	s := &scanner{run: run, breaks: o.breaks, first: o.First, points: o.Checkpoints, known: newHashFilter(o.Checkpoints)}
	buf := make([]byte, min(chunk, run.count)*HeaderSize)
	for s.index < run.count {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		part := buf[:min(chunk, run.count-s.index)*HeaderSize]
		if err := readFull(r, part, int64(s.index)*HeaderSize); err != nil {
			return nil, err
		}
		if o.Hash != nil {
			o.Hash.Write(part)
		}
		if err := s.take(part); err != nil {
			return nil, err
		}
		if o.Progress != nil {
			o.Progress(int64(s.index)*HeaderSize, size)
		}
	}
	if err := s.close(); err != nil {
		return nil, err
	}
	run.tip = s.tip
	if o.Hash != nil {
		run.sha256 = fmt.Sprintf("%x", o.Hash.Sum(nil))
	}
	return run, nil
}

func readFull(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("headers: %w", err)
}

// scanner carries one scan.
type scanner struct {
	run      *Run
	breaks   int // more make the file unusable
	first    *uint32
	points   *Checkpoints
	known    hashFilter
	segment  *segment
	rules    *rules
	index    uint32 // of the next header
	tip      Hash   // of the header before
	stop     uint64 // index of the next header to remember
	unplaced int
}

// take judges the headers of one part. It is the loop that all headers go through, and
// costs little more than their hashes.
func (s *scanner) take(part []byte) error {
	for ; len(part) > 0; part = part[HeaderSize:] {
		h := part[:HeaderSize:HeaderSize]
		hash := hashHeader(h)
		if s.segment == nil || Hash(h[offPrev:offRoot]) != s.tip {
			if err := s.begin(h, hash); err != nil {
				return err
			}
		}
		if found := s.rules.step(h, &hash); found != 0 {
			if err := s.note(found, h); err != nil {
				return err
			}
		}
		if s.known.may(&hash) {
			if err := s.meet(hash); err != nil {
				return err
			}
		}
		if uint64(s.index) == s.stop {
			if err := s.remember(hash); err != nil {
				return err
			}
		}
		s.tip = hash
		s.index++
	}
	return nil
}

// begin ends the segment and begins the next with a header.
func (s *scanner) begin(h []byte, hash Hash) error {
	if s.segment != nil {
		prev, tip := prevOf(h), s.tip
		if err := s.close(); err != nil {
			return err
		}
		if err := s.defect(0, defectBreak, fmt.Sprintf("it follows %s, the one before is %s", prev, tip)); err != nil {
			return err
		}
	}
	if name := s.points.network.foreignGenesis(hash); name != "" {
		return malformed(codeNetwork, "header %d is the first block of %s; the checkpoints are those of %s", s.index, name, s.points.network.name)
	}
	g := &segment{run: s.run, index: s.index, prev: prevOf(h), off: never}
	var err error
	if g.first, g.placed, err = s.place(g.prev); err != nil {
		return err
	}
	s.segment, s.rules = g, newRules(s.points, g.placed, g.first)
	s.run.segments = append(s.run.segments, g)
	s.nextStop(s.index)
	if !g.placed || g.first == 0 {
		return nil
	}
	if e, ok := s.points.At(g.first - 1); ok && e.Hash != g.prev {
		g.off = uint64(g.first)
		return s.defect(0, defectCheckpoint, fmt.Sprintf("it follows %s, the checkpoint of the height before is %s", g.prev, e.Hash))
	}
	return nil
}

// nextStop finds the first header at or behind an index to remember: the last of a
// period (without a height: every 2016th) and those of checkpoints.
func (s *scanner) nextStop(index uint32) {
	pos := uint64(index - s.segment.index)
	height := uint64(s.segment.first) + pos
	s.stop = uint64(index) + interval - 1 - height%interval
	if !s.segment.placed {
		return
	}
	if height == 0 {
		s.stop = uint64(index)
	} else if e, ok := s.points.From(uint32(height)); ok {
		s.stop = min(s.stop, uint64(index)+uint64(e.Height)-height)
	}
}

// remember keeps the hash of a header, and holds it against the checkpoint of its height.
func (s *scanner) remember(hash Hash) error {
	g := s.segment
	g.marks = append(g.marks, mark{s.index - g.index, hash})
	s.nextStop(s.index + 1)
	if !g.placed {
		return nil
	}
	height := g.first + (s.index - g.index)
	e, ok := s.points.At(height)
	if height == 0 {
		e, ok = Checkpoint{Hash: s.points.network.genesis}, true
	}
	if !ok || e.Hash == hash {
		return nil
	}
	g.off = min(g.off, uint64(height))
	return s.defect(0, defectCheckpoint, fmt.Sprintf("its hash is %s, that of the checkpoint %s", hash, e.Hash))
}

// meet notes a header that may be a checkpoint.
func (s *scanner) meet(hash Hash) error {
	height, ok := s.heightOf(hash)
	g := s.segment
	if !ok {
		return nil
	}
	if at := g.first + (s.index - g.index); !g.placed || at != height {
		return malformed(codeHeaders, "header %d stands at height %d, where its hash is that of block %d", s.index, at, height)
	}
	if _, ok := s.points.ByHash(hash); ok {
		g.matches = append(g.matches, height)
	}
	return nil
}

// heightOf returns the height of a block that is known by its hash.
func (s *scanner) heightOf(h Hash) (uint32, bool) {
	if h == s.points.network.genesis {
		return 0, true
	}
	e, ok := s.points.ByHash(h)
	return e.Height, ok
}

// close ends the segment with the header before.
func (s *scanner) close() error {
	g := s.segment
	g.count = s.index - g.index
	if n := len(g.marks); n == 0 || g.marks[n-1].pos != g.count-1 {
		g.marks = append(g.marks, mark{g.count - 1, s.tip})
	}
	s.rules.endPiece()
	g.pieces = s.rules.pieces
	if first := int(g.count) - medianSpan; s.rules.early {
		s.run.medians += int(g.count) - 1
	} else if first > 0 {
		s.run.medians += first
	}
	if g.placed {
		g.sum()
		return nil
	}
	if s.unplaced += int(g.count); s.unplaced > maxUnplaced {
		return s.tooMany()
	}
	var ok bool
	if g.raw, ok = g.stretch(0, g.count-1); !ok {
		return malformed(codeHeaders, "the file changed while it was read")
	}
	return nil
}

func (s *scanner) tooMany() error {
	return limit("the height of more than %d headers is not known: no checkpoint is met, and none is stated", maxUnplaced)
}
