package main

import (
	"encoding/binary"
	"encoding/hex"
	"math/big"
	"slices"
)

type hash = [32]byte

// header is a block header of Bitcoin.
type header struct {
	version           uint32
	prev, root        hash
	time, bits, nonce uint32
}

// regtestBits is the target of the test network: every second hash meets it.
const regtestBits = 0x207fffff

func (h *header) raw() []byte { return join(le32(h.version), h.prev[:], h.compact()[4:]) }

// compact is a header without the hash of the one before it, as anchor packs hold it.
func (h *header) compact() []byte {
	return join(le32(h.version), h.root[:], le32(h.time), le32(h.bits), le32(h.nonce))
}

// expand reads a compact header.
func expand(b []byte, prev hash) header {
	n := binary.LittleEndian.Uint32
	return header{version: n(b), prev: prev, root: hash(b[4:36]), time: n(b[36:]), bits: n(b[40:]), nonce: n(b[44:])}
}

func (h *header) hash() hash { return hash(sha(sha(h.raw()))) }

// display is how people write a hash: the bytes in reverse order.
func display(h hash) string {
	slices.Reverse(h[:])
	return hex.EncodeToString(h[:])
}

// meets reports whether the hash is at or below the target that the header names. A
// negative target and one of more than 256 bits are met by nothing.
func (h *header) meets() bool {
	target := big.NewInt(int64(h.bits & 0x7fffff))
	target.Lsh(target, 8*uint(h.bits>>24)).Rsh(target, 24)
	value := h.hash()
	slices.Reverse(value[:])
	return h.bits&0x800000 == 0 && target.BitLen() <= 256 && new(big.Int).SetBytes(value[:]).Cmp(target) <= 0
}

// mine finds the first nonce by which the header meets its target, or misses it.
func (h *header) mine(meets bool) {
	for h.meets() != meets {
		h.nonce++
	}
}

// genesisOf is the first block of a network: Bitcoin's and those of its test networks
// hold the same transaction.
func genesisOf(time, bits, nonce uint32) header {
	return header{version: 1, root: hash(sha(sha(genesisCoinbase))), time: time, bits: bits, nonce: nonce}
}

var (
	regtestGenesis  = genesisOf(1296688602, regtestBits, 2)
	testnet3Genesis = genesisOf(1296688602, 0x1d00ffff, 414098458)
)
