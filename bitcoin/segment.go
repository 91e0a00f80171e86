package bitcoin

import (
	"cmp"
	"math/big"
	"slices"
)

// segment is a maximal stretch of linked headers of a file, as the scan saw it.
type segment struct {
	run    *Run
	index  uint32 // of its first header in the file
	count  uint32
	placed bool
	first  uint32 // height of its first header, if placed
	prev   Hash   // of the header before

	marks   []mark     // by position; the last is the last header
	pieces  []piece    // if placed: by height, one for each period
	below   []*big.Int // the work of the headers below each piece
	matches []uint32   // heights of headers that are checkpoints
	off     uint64     // the lowest height that has another hash than its checkpoint; else never
	raw     []byte     // if not placed: its headers
}

// never is a height that no header has.
const never = 1 << 32

// mark is the hash of a header that the scan remembered.
type mark struct {
	pos  uint32 // in the segment
	hash Hash
}

func (s *segment) last() uint32 { return s.first + s.count - 1 }
func (s *segment) tip() Hash    { return s.marks[len(s.marks)-1].hash }

// settled returns the end of what checkpoints among the headers commit; 0 without any.
func (s *segment) settled() (end uint64) {
	for _, height := range s.matches {
		if uint64(height) < s.off {
			end = uint64(height) + 1
		}
	}
	return end
}

// markAt returns the index of the first mark at or behind the position.
func (s *segment) markAt(pos uint32) int {
	i, _ := slices.BinarySearchFunc(s.marks, pos, func(m mark, pos uint32) int { return cmp.Compare(m.pos, pos) })
	return i
}

// stretch reads the headers from one position to another, as they were when the file was
// scanned: it hashes on up to the next mark. ok is false when they cannot be read, or are
// others by now.
func (s *segment) stretch(from, to uint32) (raw []byte, ok bool) {
	m := s.marks[s.markAt(to)]
	raw = make([]byte, int(m.pos-from+1)*HeaderSize)
	if n, _ := s.run.reader.ReadAt(raw, int64(s.index+from)*HeaderSize); n != len(raw) {
		return nil, false
	}
	var hash Hash
	for i := 0; i < len(raw); i += HeaderSize {
		h := raw[i : i+HeaderSize]
		if i > 0 && prevOf(h) != hash {
			return nil, false
		}
		hash = hashHeader(h)
	}
	return raw[:int(to-from+1)*HeaderSize], hash == m.hash
}

// window is the stretch that was read last, with what one verification will ask for next
// on both sides. A nil window holds nothing.
type window struct {
	segment *segment
	from    uint32
	raw     []byte
}

// stretch returns what [segment.stretch] returns.
func (w *window) stretch(s *segment, from, to uint32) (raw []byte, ok bool) {
	if w == nil {
		return s.stretch(from, to)
	}
	if w.segment != s || from < w.from || int(to-w.from+1)*HeaderSize > len(w.raw) {
		first := from - min(from, medianSpan)
		if raw, ok = s.stretch(first, min(to+followersForTime, s.count-1)); !ok {
			return nil, false
		}
		*w = window{s, first, raw}
	}
	return w.raw[int(from-w.from)*HeaderSize : int(to-w.from+1)*HeaderSize], true
}

// hashAt returns the hash of the header at the position.
func (s *segment) hashAt(pos uint32) (Hash, bool) {
	if m := s.marks[s.markAt(pos)]; m.pos == pos {
		return m.hash, true
	}
	h, ok := s.stretch(pos, pos)
	if !ok {
		return Hash{}, false
	}
	return hashHeader(h), true
}

// seems reports whether the header at the position has the hash now. It is cheap, and
// proves nothing: the file may have changed since it was scanned.
func (s *segment) seems(pos uint32, hash Hash) bool {
	var raw rawHeader
	return s.peek(pos, &raw) && hashHeader(raw[:]) == hash
}

// holds reports whether the header at the position had the hash when the file was scanned.
func (s *segment) holds(pos uint32, hash Hash) bool {
	if !s.seems(pos, hash) {
		return false
	}
	h, ok := s.hashAt(pos)
	return ok && h == hash
}

// pieceAt returns the index of the piece that holds the height.
func (s *segment) pieceAt(height uint32) int {
	i, found := slices.BinarySearchFunc(s.pieces, height, func(p piece, h uint32) int { return cmp.Compare(p.height, h) })
	if !found {
		i--
	}
	return i
}

// end returns the height of the last header of a piece.
func (s *segment) end(i int) uint32 {
	if i+1 < len(s.pieces) {
		return s.pieces[i+1].height - 1
	}
	return s.last()
}

// sum fills in the work below each piece.
func (s *segment) sum() {
	total := new(big.Int)
	for i := range s.pieces {
		s.below = append(s.below, new(big.Int).Set(total))
		total.Add(total, s.times(i, int64(s.end(i)-s.pieces[i].height)+1))
	}
}

func (s *segment) times(i int, n int64) *big.Int {
	return new(big.Int).Mul(big.NewInt(n), Work(s.pieces[i].bits))
}

// work returns how many hashes the headers from one height to another took on average.
func (s *segment) work(from, to uint32) *big.Int {
	return new(big.Int).Sub(s.workUpTo(uint64(to)+1), s.workUpTo(uint64(from)))
}

// workUpTo returns the work of the headers below a height.
func (s *segment) workUpTo(height uint64) *big.Int {
	if height <= uint64(s.first) {
		return new(big.Int)
	}
	i := s.pieceAt(uint32(height - 1))
	return new(big.Int).Add(s.below[i], s.times(i, int64(height-uint64(s.pieces[i].height))))
}

// defect returns the first header from one height to another that breaks one of the
// rules.
func (s *segment) defect(from, to uint32, kinds findings) *Defect {
	list := s.run.defects
	at, _ := slices.BinarySearchFunc(list, int(s.index+(from-s.first)), func(d Defect, i int) int { return cmp.Compare(d.Index, i) })
	for ; at < len(list) && list[at].Index <= int(s.index+(to-s.first)); at++ {
		if list[at].kind&kinds != 0 {
			return &list[at]
		}
	}
	return nil
}

// lost returns the work of the targets of the period that headers were counted with which
// do not have it.
func (s *segment) lost() *big.Int {
	sum := new(big.Int)
	for from := s.first; ; from++ {
		d := s.defect(from, s.last(), badTarget|badBits)
		if d == nil {
			return sum
		}
		from = d.Height
		sum.Add(sum, Work(s.pieces[s.pieceAt(from)].bits))
		if from == s.last() {
			return sum
		}
	}
}
