package main

import (
	"fmt"
	"slices"
	"time"
)

// chain is a chain of the test network, from its first block on. Blocks are changed
// before the first look at the headers, which are mined then.
type chain struct {
	name   string
	blocks []block
	mined  []header
}

// block is what a header says; the rest follows.
type block struct {
	root     hash
	time     uint32
	bits     uint32
	workless bool // its hash misses its target
}

const spacing = 600 // seconds from block to block

// newChain has blocks 0 to last, ten minutes apart.
func newChain(name string, last int, start time.Time) *chain {
	c := &chain{name: name, blocks: make([]block, 1, last+1)}
	for h := 1; h <= last; h++ {
		c.add(hash(sha(fmt.Appendf(nil, "block %d of %s", h, name))), start)
	}
	return c
}

// add appends a block and returns its height.
func (c *chain) add(root hash, start time.Time) int {
	h := len(c.blocks)
	c.blocks = append(c.blocks, block{root: root, time: uint32(start.Unix()) + spacing*uint32(h), bits: regtestBits})
	return h
}

// headers mines what is not mined yet.
func (c *chain) headers() []header {
	if c.mined == nil {
		c.mined = extend([]header{regtestGenesis}, c.blocks[1:])
	}
	return c.mined
}

// extend mines blocks on top of the last header.
func extend(list []header, blocks []block) []header {
	list = slices.Clone(list)
	for _, b := range blocks {
		h := header{version: 0x20000000, prev: list[len(list)-1].hash(), root: b.root, time: b.time, bits: b.bits}
		// A target that nothing meets has no nonce to look for, nor has one of real difficulty.
		if b.bits>>8 == regtestBits>>8 {
			h.mine(!b.workless)
		}
		list = append(list, h)
	}
	return list
}

// latest is the rule for the proven time: the largest time of the block and the next
// six up to last, rounded up to the hour.
func latest(headers []header, height, last int) string {
	var t uint32
	for _, h := range headers[height : min(height+6, last)+1] {
		t = max(t, h.time)
	}
	return hourAfter(int64(t))
}

func hourAfter(unix int64) string {
	return time.Unix((unix+3599)/3600*3600, 0).UTC().Format(time.RFC3339)
}

func raw(headers []header) (b []byte) {
	for i := range headers {
		b = append(b, headers[i].raw()...)
	}
	return b
}
