package main

import "slices"

// What the verifier is given decides nothing, or the proof contradicts the chain.
func (s *suite) mainnetBad() {
	s.real("no-headers", "no header is given", 100).refused("bitcoin/header", "btc.header-missing")
	s.real("other-headers", "headers are given, but not of this height", 100).tail().refused("bitcoin/header", "btc.header-missing")
	s.real("height-above-all", "a height that no block has yet", 100, 10_000_000).wholePeriod().refused("bitcoin/header", "btc.header-missing")
	s.real("wrong-height", "the root of block 100, attested for 101", 100, 101).wholePeriod().refused("bitcoin/merkle-root", "btc.merkle-root")
	shown := slices.Clone(realHeaders[100].root[:])
	slices.Reverse(shown)
	s.realFile("displayed-root", "the root as explorers show it, which is the reverse", shown, detached(tagSHA256, shown, bitcoin(100))).
		wholePeriod().refused("bitcoin/merkle-root", "btc.merkle-root")
	s.real("single-header", "one header alone", 100).trust("single/headers-100-100.bin", realRun(100, 100)).refused("bitcoin/chain", "btc.header-only")
	s.real("single-header-unplaced", "one header alone, and nothing says its height", 100).trust("unplaced/one.bin", realRun(100, 100)).
		refused("", "btc.header-only")
	s.real("single-header-other-root", "one header alone with another root: it contradicts nothing", 100, 101).
		trust("single/headers-101-101.bin", realRun(101, 101)).refused("", "btc.header-not-trusted")
	s.real("low-difficulty", "a header of the first period, named as one of a later: its target is not that of the period", 100, 588101).
		trust("low/headers-588101-588101.bin", realRun(100, 100)).refused("", "btc.header-only")
	s.real("low-difficulty-run", "twenty such headers", 1005, 588105).trust("low/headers-588101-588120.bin", realRun(1001, 1020)).
		refused("", "btc.header-only")
	s.real("cut-pack", "a pack that stops one header before the checkpoint", 2000).
		trust("cut/1989-2014.anchorpack", packed(mainnet, 1989, realHeaders[1989:2015])).refused("bitcoin/chain", "btc.header-not-trusted")
	s.real("broken-link", "a header between the block and the checkpoint is another one", 1995).
		trust("broken/headers-1989-2015.bin", brokenRun()).refused("bitcoin/chain", "btc.header-not-trusted")
	s.real("above-genesis", "linked above the first block, but to no checkpoint behind", 5).trust("early/headers-1-20.bin", realRun(1, 20)).
		refused("bitcoin/chain", "btc.work-only")
	s.real("above-genesis-confirmed", "confirmations lift nothing below the newest checkpoint", 5).trust("early/headers-1-20.bin", realRun(1, 20)).
		confirmed(6).refused("bitcoin/chain", "btc.work-only")
	s.real("nearest-work", "of two attestations the one nearest to a pass names the reason: work before a missing header", 1005, 1005, 5000).
		listTo1000().refused("", "btc.work-only")
	s.real("nearest-single", "a single header before a missing one", 100, 100, 5000).trust("single/headers-100-100.bin", realRun(100, 100)).
		refused("", "btc.header-only")
}

// mainnetLists exchange the list of checkpoints.
func (s *suite) mainnetLists() {
	off := s.real("switched-off", "no checkpoint counts", 100).wholePeriod()
	off.trust("off/checkpoints.json", replaced("", []checkpoint{})).refused("bitcoin/chain", "btc.header-not-trusted")
	other := []checkpoint{{2015, display(hash(sha([]byte("block 2015 of another chain"))))}}
	s.real("other-chain", "the checkpoints are those of another chain", 2000).tail().
		trust("other/checkpoints.json", replaced("", other)).refused("bitcoin/chain", "btc.header-not-trusted")
	s.real("other-network", "the checkpoints are those of the test network, so a pack of Bitcoin does not count", 100).
		ignored("period/0-2015.anchorpack", packed(mainnet, 0, realHeaders)).
		trust("regtest-list/checkpoints.json", replaced("regtest", at(newChain("for-mainnet", 5, usualStart).headers(), 5))).
		refused("bitcoin/header", "btc.header-missing")
	s.real("added-checkpoint", "a checkpoint that the list adds", 993).trust("added/headers-989-1000.bin", realRun(989, 1000)).
		trust("added/checkpoints.json", added(at(realHeaders, 1000))).passes(realTime(993, 1000))
	s.real("replaced-list", "the list names only block 1000", 993).trust("replaced/headers-989-1000.bin", realRun(989, 1000)).
		trust("replaced/checkpoints.json", replaced("", at(realHeaders, 1000))).passes(realTime(993, 1000))
	s.real("without-added-checkpoint", "the same headers under the built-in list alone", 993).trust("added/headers-989-1000.bin", realRun(989, 1000)).
		refused("bitcoin/chain", "btc.header-not-trusted")
}

// mainnetPlaces: where a raw file begins.
func (s *suite) mainnetPlaces() {
	s.real("first-height", "a file beside the headers says where they begin", 993).trust("first/run.bin", realRun(989, 1000)).
		trust("first/run.json", []byte("{\"first_height\": 989}\n")).
		trust("first/checkpoints.json", added(at(realHeaders, 1000))).passes(realTime(993, 1000))
	s.real("first-height-wrong", "it says a height at which a checkpoint would lie elsewhere", 993).ignored("first-wrong/run.bin", realRun(989, 1000)).
		trust("first-wrong/run.json", []byte("{\"first_height\": 990}\n")).
		trust("first-wrong/checkpoints.json", added(at(realHeaders, 1000))).refused("bitcoin/header", "btc.header-missing")
	s.real("name-wrong", "the name says a height at which a checkpoint would lie elsewhere", 2000).
		ignored("name-wrong/headers-1990-2016.bin", realRun(1989, 2015)).refused("bitcoin/header", "btc.header-missing")
	s.real("unplaced", "a run that nothing places", 1005).trust("unplaced-run/run.bin", realRun(1002, 1020)).refused("", "btc.header-not-trusted")
}

func (v *vector) listTo1000() *vector {
	return v.trust("newer/checkpoints.json", replaced("", at(realHeaders, 1000))).trust("newer/headers-1001-1020.bin", realRun(1001, 1020))
}

// mainnetConfirmed: blocks above the newest checkpoint, with work alone.
func (s *suite) mainnetConfirmed() {
	of := func(id, comment string) *vector { return s.real(id, comment, 1005).listTo1000() }
	of("work-only", "above the newest checkpoint, 15 successors").refused("bitcoin/chain", "btc.work-only")
	of("confirmed", "six confirmations are asked for").confirmed(6).passes(realTime(1005, 1020))
	of("confirmed-exactly", "as many as there are").confirmed(15).passes(realTime(1005, 1020))
	of("confirmed-too-few", "one more than there are").confirmed(16).refused("bitcoin/chain", "btc.work-only")
}
