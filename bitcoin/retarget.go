package bitcoin

// retargets asks, for every period that the commitment rests on, whether its bits follow
// from the first and the last block of the period before, where these are at hand. It
// returns the height of a header whose bits do not. Periods for which they are missing
// are named in not_checked; the commitment does not need them.
func (v *verifier) retargets() (height uint32, ok bool) {
	missing := false
	seen := uint32(never - 1)
	for _, s := range v.rests() {
		for i := s.pieceAt(s.from); i < len(s.pieces) && s.pieces[i].height <= s.to; i++ {
			p := s.pieces[i]
			period := p.height / interval
			if period == seen || s.how(i)&(byRule|byRetarget) != 0 {
				seen = period
				continue
			}
			seen = period
			switch bits, known := v.chain.follows(period * interval); {
			case !known:
				missing = true
			case bits != p.bits:
				return max(p.height, s.from), false
			}
		}
	}
	if missing || v.loose != nil {
		v.p.NotChecked("retarget", "the headers at both ends of the period before are not at hand, so the bits of the period are taken from the list of checkpoints or from the headers")
	}
	return 0, true
}

// rests returns the headers whose bits matter: those up to the checkpoint, or those from
// the checkpoint on.
func (v *verifier) rests() []span {
	switch {
	case v.loose != nil:
		return nil
	case v.standing == standsInChain:
		return v.path
	case v.standing == standsOnWork:
		return v.node.back(v.height+1, v.anchor.Height+1)
	}
	return []span{{v.node, v.height, v.height}}
}

// follows returns the bits of the period that begins at a height, from the committed
// headers at both ends of the period before, which need not be linked to each other.
func (c *Chain) follows(height uint32) (bits uint32, ok bool) {
	if height < interval {
		return c.points.BitsOf(height)
	}
	first, ok := c.committedHeader(height - interval)
	if !ok {
		return 0, false
	}
	last, ok := c.committedHeader(height - 1)
	if !ok {
		return 0, false
	}
	return c.points.network.Retarget(bitsOf(first[:]), timeOf(first[:]), timeOf(last[:])), true
}

// unchecked says what headers cannot show.
func (v *verifier) unchecked() {
	if v.byWork {
		v.p.NotChecked("chain", "no checkpoint lies above the block: that its branch is the one which the world follows is shown by work alone")
	}
	if v.median.IsZero() && (v.loose != nil || v.height > 0) {
		v.p.NotChecked("median-time", "the eleven headers before the block are not at hand")
	}
	if v.standing == standsInChain {
		v.p.NotChecked("heaviest-chain", "that the world follows the chain of the checkpoint is the word of the list of checkpoints")
	}
}
