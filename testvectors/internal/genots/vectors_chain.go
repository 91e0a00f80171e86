package main

import "slices"

// checkpoints: how the headers lie to those that the list names.
func (s *suite) checkpoints() {
	const chainCheck, reason = "bitcoin/chain", "btc.header-not-trusted"
	of := func(id, comment string, height int) *rig {
		return s.rig("checkpoint-"+id, comment, height, usualStart, nil)
	}
	of("none-reached", "the chain stops below the checkpoint", attested).list(settled).pack("chain", 0, settled-1).refused(chainCheck, reason)
	of("itself", "the block is itself the checkpoint", attested).list(attested).pack("chain", 0, tip).proves(attested).warns("btc.fewer-successors")
	of("two", "one below, one above", attested).list(4, settled).pack("chain", 0, tip).proves(settled)
	of("other-hash", "the list has another block at a height of the chain", attested).listOf(foreign(settled)).pack("chain", 0, tip).refused(chainCheck, reason)
	off := of("leaves", "the chain has the lower checkpoint and leaves the upper; confirmations do not help", 12)
	off.listOf(append(at(off.c.headers(), 4), foreign(10)...)).pack("chain", 0, tip).confirmed(6).refused(chainCheck, reason)
	low := of("leaves-above", "the chain leaves the upper checkpoint, but the block is below the lower", 3)
	low.listOf(append(at(low.c.headers(), 4), foreign(10)...)).pack("chain", 0, tip).proves(4).warns("btc.fewer-successors")
	of("wrong-root", "the chain is right and the block is another", attested).list(settled).pack("chain", 0, tip).rooted(attested+1).refused("bitcoin/merkle-root", "btc.merkle-root")
}

// foreign is the checkpoint of another chain.
func foreign(height int) []checkpoint {
	return []checkpoint{{height, display(hash(sha([]byte("a block of another chain"))))}}
}

// rooted attests another height of the same chain.
func (r *rig) rooted(height int) *rig {
	delete(r.suite.files, r.Evidence)
	r.content = letterProof(height)
	r.suite.file(r.Evidence, r.content)
	return r
}

// confirmations: above the newest checkpoint only work speaks, if the caller lets it.
func (s *suite) confirmations() {
	const chainCheck, reason = "bitcoin/chain", "btc.work-only"
	above := func(id, comment string, height int, change func(*chain)) *rig {
		return s.rig("above-"+id, comment, height, usualStart, change).list(4)
	}
	above("not-confirmed", "linked above the newest checkpoint", attested, nil).pack("chain", 0, tip).refused(chainCheck, reason)
	above("confirmed", "six confirmations are asked for", attested, nil).pack("chain", 0, tip).proves(tip).confirmed(6)
	above("by-previous-hash", "the headers begin right above the checkpoint", attested, nil).raw(5, tip).proves(tip).confirmed(11)
	above("gap", "a header between the checkpoint and the others is missing", attested, nil).raw(6, tip).confirmed(6).refused(chainCheck, "btc.header-not-trusted")
	above("link-without-work", "a header between the checkpoint and the block misses its target", attested, set(6, workless)).
		pack("chain", 0, tip).confirmed(6).refused("", "btc.header-not-trusted")
	above("confirmed-without-work", "the successors miss their targets: they confirm nothing", attested, func(c *chain) {
		for h := attested + 1; h <= tip; h++ {
			c.blocks[h].workless = true
		}
	}).pack("chain", 0, tip).confirmed(6).refused(chainCheck, reason)
}

// runs: headers in several files.
func (s *suite) runs() {
	of := func(id, comment string) *rig {
		return s.rig("runs-"+id, comment, attested, usualStart, nil).list(settled)
	}
	of("two", "the first header of the second file commits to the last of the first").raw(1, 10).raw(11, tip).proves(settled)
	of("two-backwards", "the same, the upper run named first").pack("a", 11, tip).pack("b", 1, 10).proves(settled)
	of("three", "a run commits to the one below, over two steps").raw(1, 8).raw(9, 11).raw(12, tip).proves(settled)
	of("gap", "a header between two runs is missing").raw(1, 10).raw(12, tip).refused("bitcoin/chain", "btc.header-not-trusted")
	of("overlapping", "two runs share headers").raw(1, 12).raw(attested, tip).proves(settled)
	of("twice", "the same headers twice, as pack and raw").pack("chain", 0, tip).raw(0, tip).proves(settled)
	of("last-of-run", "the block is the last of its run").raw(1, attested).raw(attested+1, tip).proves(settled)
}

// stale: a block that was left behind, beside the one of the chain.
func (s *suite) stale() {
	of := func(id, comment string, change func(*chain)) *rig {
		return s.rig("stale-"+id, comment, attested, usualStart, change).list(settled)
	}
	other := set(attested, func(b *block) { b.root = hash(sha([]byte("the block of the chain"))) })
	branch := func(r *rig, n int) []header {
		h := r.c.headers()[:attested]
		b := slices.Clone(r.c.blocks[attested : attested+n])
		b[0].root, b[0].time = hash(salted.of(sha(letter))), b[0].time+1
		return extend(h, b)[attested:]
	}
	r := of("sibling", "the root is in a block that was left behind; the chain has another at that height", other)
	r.pack("chain", 0, tip).rawIn("stale/", attested, branch(r, 1)).refused("bitcoin/merkle-root", "btc.merkle-root")
	r = of("alone", "the header of the chain is not at hand, only the one left behind", other)
	r.raw(0, attested-1).raw(attested+1, tip).rawIn("stale/", attested, branch(r, 3)).refused("bitcoin/chain", "btc.header-not-trusted")
	r = of("beside", "the root is in the block of the chain; another one is at hand too", nil)
	lost := r.c.blocks[attested]
	lost.root = hash(sha([]byte("a block left behind")))
	r.pack("chain", 0, tip).rawIn("stale/", attested, extend(r.c.headers()[:attested], []block{lost})[attested:]).proves(settled)
}
