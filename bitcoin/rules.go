package bitcoin

// knowledge says how the bits of a period are known to be right.
type knowledge uint8

const (
	byRule     knowledge = 1 << iota // the first period, or a network without retarget
	byList                           // the list of checkpoints states them
	byRetarget                       // they follow from the first and last block of the period before
)

// piece is what a linked run of headers holds of one period.
type piece struct {
	height uint32 // of its first header
	bits   uint32 // that every header of it must have
	how    knowledge
	began  uint32 // time of its first header
	ended  uint32 // and of its last
}

// whole reports whether the piece has the first header of the period.
func (p *piece) whole() bool { return p.height%interval == 0 }

// findings are the rules that one header breaks.
type findings uint8

const (
	badTarget   findings = 1 << iota // its hash is above the target that it names, or it names none
	badBits                          // its bits are not those of the period
	badRetarget                      // the first of a period: the bits do not follow from the period before
	badTime                          // it is not later than the median of the eleven before
)

// rules judges the headers of one linked run, in order, by the rules of Bitcoin that
// speak of headers alone. The version is not judged: no rule on it was ever needed to
// tell chains apart. The rule that a block is at most two hours ahead of the clock of
// whoever receives it cannot be judged afterwards.
type rules struct {
	points *Checkpoints
	placed bool   // heights are known; without them periods are not
	height uint64 // of the next header
	turn   uint64 // the height where the next period begins

	pieces []piece
	last   uint32 // time of the last header
	recent recentTimes
	early  bool // the run goes back to the genesis block

	bits      uint32 // that target belongs to
	target    threshold
	hasTarget bool
}

// newRules begins a run at the height of its first header.
func newRules(points *Checkpoints, placed bool, first uint32) *rules {
	return &rules{points: points, placed: placed, height: uint64(first), early: placed && first == 0}
}

// step judges the next header.
func (r *rules) step(h []byte, hash *Hash) (f findings) {
	t, bits := timeOf(h), bitsOf(h)
	if r.placed {
		if r.height >= r.turn {
			f |= r.turnPeriod(t, bits)
		}
		if bits != r.pieces[len(r.pieces)-1].bits {
			f |= badBits
		}
		r.height++
	}
	if bits != r.bits || !r.hasTarget {
		r.bits = bits
		r.target, r.hasTarget = newThreshold(bits, r.points.network)
	}
	if !r.hasTarget || !r.target.meets(hash) {
		f |= badTarget
	}
	if (r.early || r.recent.full()) && !r.recent.admits(t) {
		f |= badTime
	}
	r.recent.add(t)
	r.last = t
	return f
}

// turnPeriod begins a piece. Its bits are those that the list states, else those that
// follow from the period before, else those of its first header.
func (r *rules) turnPeriod(t, bits uint32) (f findings) {
	n := r.points.network
	p := piece{height: uint32(r.height), bits: bits, began: t}
	var follow uint32
	computed := false
	if before := r.endPiece(); before != nil && before.whole() && !n.noRetarget {
		follow, computed = n.Retarget(before.bits, before.began, before.ended), true
		p.bits = follow
		if bits != follow {
			f = badRetarget
		}
	}
	if stated, ok := r.points.BitsOf(p.height); ok {
		p.bits, p.how = stated, byList
		if p.height < interval || n.noRetarget {
			p.how = byRule
		}
	}
	if computed && follow == p.bits {
		p.how |= byRetarget
	}
	r.pieces = append(r.pieces, p)
	r.turn = r.height - r.height%interval + interval
	return f
}

// endPiece notes the last header of the last piece, and returns it.
func (r *rules) endPiece() *piece {
	if len(r.pieces) == 0 {
		return nil
	}
	p := &r.pieces[len(r.pieces)-1]
	p.ended = r.last
	return p
}
