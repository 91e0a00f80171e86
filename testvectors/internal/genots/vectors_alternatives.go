package main

// alternatives: attestations of one proof are alternatives, because anyone can add one.
func (s *suite) alternatives() {
	m := salted.of(sha(letter))
	good := s.block(m)
	other := s.block(sha([]byte("another root")))
	of := func(id, comment string, tree ...[]byte) *vector {
		return s.proof(id, comment, detached(tagSHA256, sha(letter), salted.then(fork(tree...)))).passes(usualTime(good))
	}
	of("missing-beside-passed", "two blocks, the later is not at hand", bitcoin(good), bitcoin(5000))
	of("failed-beside-passed", "one attestation contradicts the chain, the other passes", bitcoin(good), bitcoin(other)).warns("ots.alternative-failed")
	of("failed-first", "the same, the contradiction first", bitcoin(other), bitcoin(good)).warns("ots.alternative-failed", "ots.not-canonical")
	of("pending-beside-passed", "a calendar's promise beside a block", bitcoin(good), pending(calendar)).free(tagPending).free([]byte(calendar))
	of("unknown-beside-passed", "an attestation of an unknown kind beside a block", bitcoin(good), unknown("no one knows")).
		free(tagUnknown).free([]byte("no one knows"))
	of("litecoin-beside-passed", "a block of Litecoin beside one of Bitcoin", bitcoin(good), litecoin(7))
	of("root-length-beside-passed", "a message that is no root beside one that is", bitcoin(good), path{appended([]byte{0})}.then(bitcoin(good))).
		warns("ots.alternative-failed")
	s.twoBlocks()
}

// twoBlocks attest the letter in blocks that lie hours apart.
func (s *suite) twoBlocks() {
	const early, late = 2, 9
	of := func(id, comment string, proven int, way path) {
		second := path{appended([]byte("second calendar")), opSHA256}
		start := salted.of(sha(letter))
		tree := salted.then(fork(way.then(bitcoin(early)), second.then(bitcoin(late))))
		r := s.rigOver(id, comment, detached(tagSHA256, sha(letter), tree), early, way.of(start), usualStart,
			set(late, func(b *block) { b.root = hash(second.of(start)) }))
		r.height = proven
		r.list(settled).pack("chain", 0, tip).proves(settled)
	}
	of("two-attestations", "two blocks; the earlier gives the time", early, nil)
	of("weak-beside-passed", "two blocks; the way to the earlier goes through SHA-1, so it gives nothing", late, path{plainOp(tagSHA1), opSHA256})
}

// undecided: nothing passes, and the attestation nearest to a pass names the reason.
func (s *suite) undecided() {
	other, third := s.block(sha([]byte("another root"))), s.block(sha([]byte("a third root")))
	of := func(id, comment, reason string, tree ...[]byte) *vector {
		return s.proof(id, comment, detached(tagSHA256, sha(letter), salted.then(fork(tree...)))).refused("", reason)
	}
	const failed = "ots.alternative-failed"
	of("pending", "only a calendar's promise", "ots.pending", pending(calendar))
	of("pending-empty", "an empty address, which is no error", "ots.pending", pending(""))
	of("pending-letters", "every kind of letter that an address may have", "ots.pending", pending("https://A.z-0_9:8/"))
	of("unknown", "only an attestation of an unknown kind", "ots.unknown-attestation", unknown("no one knows"))
	of("litecoin", "only a block of Litecoin", "ots.chain-unsupported", litecoin(7))
	of("ethereum", "only a block of Ethereum", "ots.chain-unsupported", ethereum(7))
	of("litecoin-beside-pending", "a chain that is not judged, before a promise", "ots.chain-unsupported", litecoin(7), pending(calendar))
	of("missing-beside-pending", "a block that is not at hand, before a promise", "btc.header-missing", bitcoin(5000), pending(calendar))
	of("missing-beside-litecoin", "a block that is not at hand, before a chain that is not judged", "btc.header-missing", bitcoin(5000), litecoin(7))
	of("failed", "the only attestation contradicts the chain", "btc.merkle-root", bitcoin(other)).Only = "bitcoin/merkle-root"
	of("failed-twice", "both do", "btc.merkle-root", bitcoin(other), bitcoin(third))
	of("failed-beside-pending", "one contradicts the chain, but the promise may still be kept", "ots.pending", bitcoin(other), pending(calendar)).warns(failed)
	of("failed-beside-missing", "one contradicts the chain, the other's block is not at hand", "btc.header-missing", bitcoin(other), bitcoin(5000)).warns(failed)
}
