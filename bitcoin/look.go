package bitcoin

import (
	"math"
	"math/big"
)

// followersForTime is how many successors a proven time rests on: one of the miners of
// seven blocks in a row had a clock that was right.
const followersForTime = 6

// look reads what stands around the header.
func (v *verifier) look() {
	h := &v.header
	h.rootRight = rootOf(h.raw[:]) == v.root
	h.time = blockTime(timeOf(h.raw[:]))
	h.latest = h.time
	if h.loose != nil {
		v.lookLoose()
		return
	}
	if times := v.window.timesBefore(h.node, h.height); times != nil {
		h.median = blockTime(times.median())
	}
	work := v.ownWork()
	switch h.standing {
	case standsInChain:
		v.path, v.anchor = v.chain.climb(h.node, h.height)
		v.after = v.chain.above(h.node, h.height, followersForTime)
	case standsOnWork:
		v.anchor = v.chain.base(h.node)
		v.after = h.node.branch(h.height, h.node.best(h.height))
	}
	switch {
	case h.standing >= standsOnWork:
		v.anchored = true
		if r := v.chain.most(h.node, h.height); r.work.Sign() > 0 {
			work, h.successors = r.work, int(r.height-h.height)
		}
		v.lookAfter()
	case h.standing == standsLinked:
		last := h.node.linkedTo(h.height)
		work, h.successors = h.node.work(h.height, last), int(last-h.height)
	}
	h.workLog2 = log2(work)
}

// lookLoose looks around a header of unknown height.
func (v *verifier) lookLoose() {
	h, s := &v.header, v.loose
	if h.pos >= medianSpan {
		var times recentTimes
		for pos := h.pos - medianSpan; pos < h.pos; pos++ {
			times.add(timeOf(s.raw[pos*HeaderSize:]))
		}
		h.median = blockTime(times.median())
	}
	work := v.ownWork()
	for pos := h.pos + 1; pos < s.count && s.defect(pos, pos, anyRule) == nil; pos++ {
		work.Add(work, Work(bitsOf(s.raw[pos*HeaderSize:])))
		h.successors++
	}
	h.workLog2 = log2(work)
}

// ownWork returns the work of the header alone, at the target that it names itself.
func (v *verifier) ownWork() *big.Int {
	if v.ownDefect(workRule) != nil {
		return new(big.Int)
	}
	return Work(bitsOf(v.raw[:]))
}

// lookAfter finds the latest time of the header and of up to six that follow.
func (v *verifier) lookAfter() {
	raw := v.window.read(v.after, followersForTime+1)
	for i := HeaderSize; i < len(raw); i += HeaderSize {
		if t := blockTime(timeOf(raw[i:])); t.After(v.latest) {
			v.latest = t
		}
		v.followers++
	}
}

// linkedTo returns the last header of the segment that is linked to the one of the height
// by headers that break no rule and contradict no checkpoint.
func (n *node) linkedTo(height uint32) uint32 {
	end := min(uint64(n.last())+1, n.off)
	if d := n.firstDefect(height, n.last(), anyRule); d != nil {
		end = min(end, uint64(d.Height))
	}
	return uint32(end - 1)
}

// log2 returns the logarithm to the base 2, rounded to two decimals.
func log2(work *big.Int) float64 {
	if work.Sign() <= 0 {
		return 0
	}
	f := new(big.Float).SetInt(work)
	exp := f.MantExp(f)
	m, _ := f.Float64()
	return math.Round((math.Log2(m)+float64(exp))*100) / 100
}
