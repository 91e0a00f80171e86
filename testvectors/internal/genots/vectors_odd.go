package main

// odd: what a writer would not write, and a reader takes all the same.
func (s *suite) odd() {
	const code = "ots.not-canonical"
	m := salted.of(sha(letter))
	h := s.block(m)
	of := func(id, comment string, tree []byte) *vector {
		return s.proof("odd-"+id, comment, detached(tagSHA256, sha(letter), tree)).passes(usualTime(h)).warns(code)
	}
	of("operation-first", "an operation before an attestation", fork(salted.then(bitcoin(h)), pending(calendar)))
	of("operations", "operations out of order", fork(path{prepended([]byte("x"))}.then(pending(calendar)), salted.then(bitcoin(h))))
	of("arguments", "arguments out of order", fork(path{appended([]byte("z"))}.then(pending(calendar)), salted.then(bitcoin(h))))
	of("attestations", "attestations out of order", salted.then(fork(pending(calendar), bitcoin(h))))
	of("length", "a length with a byte too many", join([]byte{tagAppend, 0x80 | 16, 0}, salted[0].arg, []byte{tagSHA256}, bitcoin(h)))
	of("payload-length", "a payload's length with two bytes too many", salted.then([]byte{0}, tagBitcoin, []byte{0x81, 0x80, 0}, []byte{byte(h)}))
	v := s.proof("odd-version", "a version with a byte too many", join([]byte(magic), []byte{0x81, 0}, letterProof(h)[len(magic)+1:]))
	v.passes(usualTime(h)).warns(code)
	of("height", "a height with a byte too many", salted.then(attestation(tagBitcoin, []byte{0x80 | byte(h), 0})))
}

// twice: the same thing twice at one place.
func (s *suite) twice() {
	m := salted.of(sha(letter))
	h, other := s.block(m), s.block(sha([]byte("another root")))
	of := func(id, comment string, tree []byte) *vector {
		return s.proof("twice-"+id, comment, detached(tagSHA256, sha(letter), tree)).passes(usualTime(h))
	}
	const operation = "ots.duplicate-operation"
	of("attestation", "the same attestation twice", salted.then(fork(bitcoin(h), bitcoin(h)))).warns("ots.duplicate-attestation")
	of("operation", "the same operation twice: the later branch must not replace the good one", fork(salted.then(bitcoin(h)), salted.then(pending(calendar)))).
		warns(operation)
	of("operation-earlier", "the good branch is the later one", fork(salted.then(pending(calendar)), salted.then(bitcoin(h)))).warns(operation)
	of("operation-failed", "the later branch contradicts the chain", fork(salted.then(bitcoin(h)), salted.then(bitcoin(other)))).
		warns(operation, "ots.alternative-failed")
	of("operation-deep", "the same operation twice further up", salted[:1].then(fork(salted[1:].then(bitcoin(h)), salted[1:].then(unknown(""))))).warns(operation)
}

// heights: numbers that are no height of a block. Cut to 32 or 64 bits they would be
// the right one.
func (s *suite) heights() {
	h := s.block(salted.of(sha(letter)))
	of := func(id, comment string, number []byte) {
		s.proof("height-"+id, comment, detached(tagSHA256, sha(letter), salted.then(attestation(tagBitcoin, number)))).
			refused("bitcoin/header", "btc.header-missing")
	}
	of("32-bits", "the right height and 2^32", varuint(uint64(h)+1<<32))
	of("64-bits", "the right height and 2^64", overflown(h, 64))
	of("80-bits", "2^80", overflown(0, 80))
	of("largest", "2^64 - 1", varuint(1<<64-1))
}

// overflown is n + 2^bit as a number of the format; n is below 128.
func overflown(n, bit int) []byte {
	b := make([]byte, bit/7+1)
	b[0] = byte(n)
	for i := range bit / 7 {
		b[i] |= 0x80
	}
	b[bit/7] = 1 << (bit % 7)
	return b
}
