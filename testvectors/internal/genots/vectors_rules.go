package main

// set changes one block.
func set(height int, change func(*block)) func(*chain) {
	return func(c *chain) { change(&c.blocks[height]) }
}

func workless(b *block) { b.workless = true }

func bitsOf(bits uint32) func(*block) { return func(b *block) { b.bits = bits } }

// work: a header on the way to the checkpoint must meet the target that it names, even
// though the links alone commit to it.
func (s *suite) work() {
	const reason = "btc.header-not-trusted"
	s.ruled("work-between", "a header between the block and the checkpoint misses its target", set(10, workless)).refused("bitcoin/work", reason)
	s.ruled("work-itself", "the block's own header misses its target", set(attested, workless)).refused("bitcoin/work", reason)
	s.ruled("work-checkpoint", "the header at the checkpoint misses its target", set(settled, workless)).refused("bitcoin/work", reason)
	s.ruled("work-behind", "a header above the checkpoint misses its target: nothing rests on it", set(settled+2, workless)).proves(settled)
	s.ruled("work-below", "a header below the block misses its target: nothing rests on it", set(attested-3, workless)).proves(settled)
}

// bits: the target is that of the period, and a number that can be one.
func (s *suite) bits() {
	const reason, check = "btc.header-not-trusted", "bitcoin/consensus-rules"
	s.ruled("bits-between", "a header between the block and the checkpoint names, and meets, another target", set(10, bitsOf(0x207ffffe))).refused(check, reason)
	s.ruled("bits-itself", "the block's own header does", set(attested, bitsOf(0x207ffffe))).refused(check, reason)
	s.ruled("bits-behind", "a header above the checkpoint does: nothing rests on it", set(settled+2, bitsOf(0x207ffffe))).proves(settled)
	for _, c := range []struct {
		id, comment string
		bits        uint32
	}{
		{"bits-negative", "a negative target", 0x20ffffff},
		{"bits-zero", "the target zero", 0x20000000},
		{"bits-overflow", "a target of more than 256 bits", 0x237fffff},
		{"bits-above-limit", "a target above the limit of the network", 0x2100ffff},
		{"bits-harder", "a target of real difficulty, which is missed", 0x1d00ffff},
	} {
		s.ruled(c.id, c.comment, set(10, bitsOf(c.bits))).refused("", reason)
	}
}

// medians: a header is later than the median of the eleven before it.
func (s *suite) medians() {
	const reason, check = "btc.header-not-trusted", "bitcoin/consensus-rules"
	s.ruled("median-met", "one second after the median of the eleven headers before", func(c *chain) { c.blocks[12].time = c.blocks[6].time + 1 }).proves(settled)
	s.ruled("median-missed", "exactly the median", func(c *chain) { c.blocks[12].time = c.blocks[6].time }).refused(check, reason)
	early := s.rig("median-early", "the median of the four headers that there are is the third", 2, usualStart, func(c *chain) { c.blocks[4].time = c.blocks[2].time })
	early.list(settled).pack("chain", 0, tip).refused(check, reason)
	back := s.rig("median-unknown", "a header is before the one before it, and the others are not at hand: the rule cannot be checked", attested, usualStart,
		func(c *chain) { c.blocks[6].time = c.blocks[5].time - 60 })
	back.list(settled).raw(5, settled).proves(settled)
}

func later(seconds uint32) func(*block) { return func(b *block) { b.time += seconds } }

// times: which of the times at hand is the proven one.
func (s *suite) times() {
	const hour = 3600
	s.ruled("time-largest", "a successor has the largest time, and those behind it are earlier", set(11, later(3*hour))).proves(settled)
	s.ruled("time-own-largest", "the block itself has the largest time", set(attested, later(4*hour))).proves(settled)
	s.ruled("time-sixth", "the sixth successor has the largest time", set(attested+6, later(5*hour))).proves(settled)
	s.ruled("time-seventh", "the seventh successor has a larger time, and does not count", set(attested+7, later(5*hour))).proves(settled)
	s.ruled("time-on-the-hour", "the largest time is a full hour, which is not rounded", set(attested+6, later(2*hour-spacing*(attested+6)%hour))).proves(settled)
	s.ruled("time-past-the-hour", "one second more, which is", set(attested+6, later(2*hour-spacing*(attested+6)%hour+1))).proves(settled)
	few := s.rig("time-not-committed", "successors above the checkpoint do not count, though they are at hand and later", attested, usualStart, set(11, later(5*hour)))
	few.list(10).pack("chain", 0, tip).proves(10).warns("btc.fewer-successors")
}

// clocks: the time of validation. The block's own time is 01:20.
func (s *suite) clocks() {
	s.ruled("future", "the block's time is more than two hours after the time of validation", nil).judgedAt("2025-02-28T23:19:59Z").
		refused("bitcoin/time", "btc.time-future")
	s.ruled("future-limit", "exactly two hours, which a node accepts", nil).proves(settled).judgedAt("2025-02-28T23:20:00Z")
	s.ruled("no-time", "no time of validation", nil).judgedAt("0001-01-01T00:00:00Z").refused("", "policy.no-time")
}
