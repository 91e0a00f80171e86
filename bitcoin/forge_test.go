package bitcoin_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// regtestBits is the target that every block of regtest has.
const regtestBits = 0x207fffff

// regtestBegin is the time of the genesis block of regtest.
const regtestBegin = 1296688602

// block is a header in the making.
type block struct {
	prev bitcoin.Hash
	root bitcoin.Hash
	time uint32
	bits uint32
	// fails asks for a header that does not meet its target.
	fails bool
}

// make looks for a nonce, of which every second will do.
func (b block) make() ([]byte, bitcoin.Hash) {
	h := make([]byte, bitcoin.HeaderSize)
	h[0] = 1
	copy(h[4:], b.prev[:])
	copy(h[36:], b.root[:])
	binary.LittleEndian.PutUint32(h[68:], b.time)
	binary.LittleEndian.PutUint32(h[72:], b.bits)
	for nonce := uint32(0); ; nonce++ {
		binary.LittleEndian.PutUint32(h[76:], nonce)
		if hash := hashOf(h); bitcoin.Meets(b.bits, bitcoin.Regtest(), hash) != b.fails {
			return h, hash
		}
	}
}

func hashOf(h []byte) bitcoin.Hash {
	first := sha256.Sum256(h)
	return sha256.Sum256(first[:])
}

// rootAt is the Merkle root of the forged block of a height.
func rootAt(height uint32, branch string) bitcoin.Hash {
	return sha256.Sum256(fmt.Append(nil, branch, height))
}

// chain is a forged chain of regtest, from height first on.
type chain struct {
	first  uint32
	raw    []byte
	hashes []bitcoin.Hash
	branch string // gives it roots of its own
}

var regtestGenesis = func() []byte {
	h := make([]byte, bitcoin.HeaderSize)
	h[0] = 1
	copy(h[36:], unhexed("3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"))
	binary.LittleEndian.PutUint32(h[68:], regtestBegin)
	binary.LittleEndian.PutUint32(h[72:], regtestBits)
	binary.LittleEndian.PutUint32(h[76:], 2)
	return h
}()

func unhexed(s string) []byte {
	var b []byte
	if _, err := fmt.Sscanf(s, "%x", &b); err != nil {
		panic(err)
	}
	return b
}

// forge makes a chain of n blocks on the genesis block, ten minutes apart. change may
// spoil one.
func forge(n int, change func(height uint32, b *block)) *chain {
	c := &chain{raw: slices.Clone(regtestGenesis), hashes: []bitcoin.Hash{hashOf(regtestGenesis)}}
	return c.grow(n, change)
}

func (c *chain) grow(n int, change func(height uint32, b *block)) *chain {
	for range n {
		height := c.first + uint32(len(c.hashes))
		b := block{prev: c.hashes[len(c.hashes)-1], root: rootAt(height, c.branch), time: regtestBegin + 600*height, bits: regtestBits}
		if change != nil {
			change(height, &b)
		}
		raw, hash := b.make()
		c.raw, c.hashes = append(c.raw, raw...), append(c.hashes, hash)
	}
	return c
}

// fork returns a chain that leaves c above a height, with roots of its own.
func (c *chain) fork(height uint32, branch string) *chain {
	n := int(height-c.first) + 1
	return &chain{c.first, slices.Clone(c.raw[:n*bitcoin.HeaderSize]), slices.Clone(c.hashes[:n]), branch}
}

func (c *chain) last() uint32              { return c.first + uint32(len(c.hashes)) - 1 }
func (c *chain) hash(height uint32) string { return c.hashes[height-c.first].String() }
func (c *chain) from(from, to uint32) []byte {
	return c.raw[(from-c.first)*bitcoin.HeaderSize : (to-c.first+1)*bitcoin.HeaderSize]
}
func (c *chain) root(height uint32) []byte       { return c.from(height, height)[36:68] }
func (c *chain) header(height uint32) []byte     { return c.from(height, height) }
func (c *chain) checkpoint(height uint32) string { return entry(height, c.hash(height)) }

// regtestList makes a list of regtest that trusts these entries alone.
func regtestList(t testing.TB, entries ...string) *bitcoin.Checkpoints {
	t.Helper()
	text := ""
	for i, e := range entries {
		if i > 0 {
			text += ","
		}
		text += e
	}
	return list(t, `{"replace":true,"network":"regtest","checkpoints":[`+text+`]}`)
}
