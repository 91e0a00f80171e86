package main

import (
	"encoding/binary"
	"fmt"
)

// packs: a pack with any defect is the verifier's own material, so it counts as absent.
func (s *suite) packs() {
	headers := newChain("packs", tip, usualStart).headers()
	root := headers[attested].root[:]
	good := packed(regtest, 0, headers)
	list := replaced("regtest", at(headers, settled))
	given := func(id, comment string) *vector {
		return s.add("pack-"+id, comment, detached(tagSHA256, root, bitcoin(attested))).overDigest("sha256", root).
			trust("packs/checkpoints.json", list)
	}
	given("good", "the pack that the others are made from").trust("packs/good.anchorpack", good).passes(latest(headers, attested, settled))
	given("from-middle", "a pack that begins in the middle of the chain").trust("packs/from-middle.anchorpack", packed(regtest, 5, headers[5:settled+1])).
		passes(latest(headers, attested, settled))
	number := func(at int, n uint32) []byte {
		return resealed(replaceAt(good, at, binary.LittleEndian.AppendUint32(nil, n)...))
	}
	for _, c := range []struct {
		id, comment string
		pack        []byte
	}{
		{"empty", "no byte", nil},
		{"magic", "another magic", resealed(replaceAt(good, 0, 'x'))},
		{"version", "a version that is not known", resealed(replaceAt(good, packVersion, 2))},
		{"network-mainnet", "the headers of the test network, called those of Bitcoin", resealed(replaceAt(good, packNetwork, mainnet))},
		{"network-testnet3", "a network that is refused", resealed(replaceAt(good, packNetwork, 2))},
		{"first-later", "a first height that is one too large: the checkpoint would lie elsewhere", number(packFirst, 1)},
		{"first-overflow", "heights that do not fit in 32 bits", number(packFirst, 1<<32-5)},
		{"count-zero", "a count of zero, and no header", sealed(join(replaceAt(good, packCount, 0)[:packHeaders], make([]byte, 32)))},
		{"count-more", "a count of one more than there are", number(packCount, tip+2)},
		{"previous-hash", "another hash before the first header", resealed(replaceAt(good, packPrev, 1))},
		{"bit", "a bit of a header flipped, so that the end is another", resealed(replaceAt(good, packHeaders+5*48+4, good[packHeaders+5*48+4]^1))},
		{"end-hash", "another hash at the end", resealed(replaceAt(good, len(good)-64, good[len(good)-64]^1))},
		{"digest", "another digest at the end", replaceAt(good, len(good)-1, good[len(good)-1]^1)},
		{"truncated", "the last byte is missing", good[:len(good)-1]},
		{"trailing", "a byte behind the end", append(good[:len(good):len(good)], 0)},
	} {
		given(c.id, c.comment).ignored("packs/"+c.id+".anchorpack", c.pack).refused("bitcoin/header", "btc.header-missing")
	}
	beside := given("bad-beside-good", "a pack with a defect beside a good one")
	beside.trust("packs/good.anchorpack", good).ignored("packs/trailing.anchorpack", append(good[:len(good):len(good)], 0)).
		passes(latest(headers, attested, settled))
}

// rawFiles: raw headers have fewer ways to be wrong.
func (s *suite) rawFiles() {
	of := func(id, comment string) *rig {
		return s.rig("raw-"+id, comment, attested, usualStart, nil).list(settled)
	}
	file := func(r *rig, data []byte) *vector {
		return r.ignored(fmt.Sprintf("%s/headers-0-%d.bin", r.ID, tip), data)
	}
	missing := func(r *rig, data []byte) { file(r, data).refused("bitcoin/header", "btc.header-missing") }
	of("good", "raw headers from the first block on").raw(0, tip).proves(settled)
	missing(of("empty", "no header"), nil)
	r := of("trailing", "a byte behind the last header")
	missing(r, append(raw(r.c.headers()), 0))
	r = of("truncated", "the last byte of the last header is missing")
	missing(r, raw(r.c.headers())[:80*(tip+1)-1])
}
