package main

// ofMainnet is the origin of vectors on Bitcoin itself.
const ofMainnet = "headers of Bitcoin as published; the proof made by the generator"

// real is a proof over a digest that the caller gives: the Merkle root of a block of
// Bitcoin itself, attested with no operation between. The data behind it are the
// block's transactions, which nobody needs here.
func (s *suite) real(id, comment string, height int, attested ...int) *vector {
	root := realHeaders[height].root[:]
	trees := [][]byte{bitcoin(height)}
	if len(attested) > 0 {
		trees = nil
	}
	for _, h := range attested {
		trees = append(trees, bitcoin(h))
	}
	return s.realFile(id, comment, root, detached(tagSHA256, root, fork(trees...)))
}

func (s *suite) realFile(id, comment string, start, content []byte) *vector {
	v := s.add("mainnet-"+id, comment, content).overDigest("sha256", start)
	v.Origin = ofMainnet
	return v
}

// realTime is what block height proves with headers up to last at hand.
func realTime(height, last int) string { return latest(realHeaders, height, last) }

// realRun is a raw file of headers from..to.
func realRun(from, to int) []byte { return raw(realHeaders[from : to+1]) }

func (v *vector) wholePeriod() *vector {
	return v.trust("period/0-2015.anchorpack", packed(mainnet, 0, realHeaders))
}

func (v *vector) tail() *vector {
	return v.trust("tail/1989-2015.anchorpack", tailPack)
}

var tailPack = packed(mainnet, 1989, realHeaders[1989:])

func (s *suite) mainnetGood() {
	proof := detached(tagSHA256, sha(genesisCoinbase), path{opSHA256}.then(bitcoin(0)))
	genesis := func(id, comment string) *vector {
		v := s.add("mainnet-"+id, comment, proof).over("genesis-coinbase.bin", genesisCoinbase)
		v.Origin = ofMainnet
		return v
	}
	genesis("genesis", "the only transaction of the first block: its double SHA-256 is the root").wholePeriod().passes(realTime(0, 2015))
	genesis("genesis-alone", "a single header, but its hash is itself a checkpoint").trust("genesis/headers-0-0.bin", realRun(0, 0)).
		passes(realTime(0, 0)).warns("btc.fewer-successors")
	genesis("genesis-of-test-network", "the first header of another network, which has the same root").
		ignored("testnet3/headers.bin", testnet3Genesis.raw()).refused("bitcoin/header", "btc.header-missing")
	cheap := newChain("for-mainnet", 8, usualStart).headers()
	genesis("genesis-of-regtest", "the same of the network that anyone can mine, with headers behind it").
		ignored("regtest/headers-0-8.bin", raw(cheap)).refused("bitcoin/header", "btc.header-missing")
	mined := cheap[1].root[:]
	s.realFile("headers-of-regtest", "headers of that network without its first: they meet targets that are above the limit of Bitcoin", mined,
		detached(tagSHA256, mined, bitcoin(1))).trust("regtest/headers-1-8.bin", raw(cheap[1:])).refused("", "btc.header-not-trusted")

	root := realHeaders[100].root[:]
	s.realFile("pack", "an anchor pack that ends in a built-in checkpoint; a calendar's address beside the proof", root,
		detached(tagSHA256, root, fork(bitcoin(100), pending(calendar)))).wholePeriod().passes(realTime(100, 2015)).
		free(tagPending).free([]byte(calendar))
	s.real("raw", "a raw file of headers", 1500).trust("period/raw/headers-0-2015.bin", raw(realHeaders)).passes(realTime(1500, 2015))
	s.real("beside", "the pack lies beside the proof, and nothing is given as trust", 2000).beside("1989-2015.anchorpack", tailPack).passes(realTime(2000, 2015))
	s.real("unnamed", "a raw file without a height in its name: the hash of its last header is a checkpoint", 2000).
		trust("unnamed/tail.bin", realRun(1989, 2015)).passes(realTime(2000, 2015))
	s.real("six-successors", "the last block with six successors", 2009).tail().passes(realTime(2009, 2015))
	s.real("few-successors", "three successors", 2012).tail().passes(realTime(2012, 2015)).warns("btc.fewer-successors")
	s.real("at-checkpoint", "the block of the checkpoint itself, without a successor", 2015).tail().passes(realTime(2015, 2015)).warns("btc.fewer-successors")
	s.real("behind-break", "a header below is another one; those above it are linked to the checkpoint all the same", 2005).
		trust("broken/headers-1989-2015.bin", brokenRun()).passes(realTime(2005, 2015))
}

// brokenRun has the header of another block at height 2000.
func brokenRun() []byte {
	return join(realRun(1989, 1999), realRun(100, 100), realRun(2001, 2015))
}
