package merkle

import (
	"bytes"
	"encoding/binary"
)

// Limits of Bitcoin: a block weighs at most 4 000 000 units and a transaction at
// least 60 bytes of 4 units each.
const (
	MaxTransactions = 4_000_000 / (60 * 4)
	blockHeaderSize = 80
	rootOffset      = 36 // version and previous block stand before it
)

// Block is a partial Merkle block of BIP 37, the message "merkleblock": a header, and
// as much of the tree as leads to the transactions that someone asked for.
type Block struct {
	header  [blockHeaderSize]byte
	total   uint32
	root    Hash // that the partial tree gives
	matches []match
	copied  bool // somewhere a node and its sibling are equal
}

type match struct {
	txid  Hash
	index uint64
}

// ParseBlock reads a partial Merkle block and walks its tree: every hash and every
// flag must be used, and the padding of the flags must be zero.
func ParseBlock(b []byte) (*Block, error) {
	if len(b) > maxBlockSize {
		return nil, text(codeLimit, "more than %d bytes", maxBlockSize)
	}
	r := &reader{b: b}
	m := &Block{}
	copy(m.header[:], r.take(blockHeaderSize))
	if total := r.take(4); total != nil {
		m.total = binary.LittleEndian.Uint32(total)
	}
	hashes := r.take(int(r.count()) * HashSize)
	flags := r.take(int(r.count()))
	switch {
	case r.bad || len(r.b) > 0:
		return nil, text(codeMalformed, "not a partial Merkle block, or something stands behind it")
	case m.total == 0 || m.total > MaxTransactions:
		return nil, text(codePartial, "%d transactions, a block has 1 to %d", m.total, MaxTransactions)
	case len(hashes) > int(m.total)*HashSize:
		return nil, text(codePartial, "more hashes than transactions")
	}
	t := &partial{block: m, hashes: hashes, flags: flags}
	height := 0
	for t.width(height) > 1 {
		height++
	}
	m.root = t.walk(height, 0)
	if t.bad || len(t.hashes) > 0 || (t.used+7)/8 != len(flags) || t.used%8 != 0 && flags[len(flags)-1]>>(t.used%8) != 0 {
		return nil, text(codePartial, "hashes and flags are not exactly used up by the tree")
	}
	return m, nil
}

// maxBlockSize: every transaction matched, with all hashes and three bits each.
const maxBlockSize = blockHeaderSize + 4 + 3 + MaxTransactions*HashSize + 3 + MaxTransactions

// reader consumes the message and remembers when it was too short.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n int) []byte {
	if r.bad || n > len(r.b) {
		r.bad = true
		return nil
	}
	out := r.b[:n:n]
	r.b = r.b[n:]
	return out
}

// count reads a CompactSize in its shortest form. Larger numbers than 16 bits cannot
// occur here.
func (r *reader) count() uint16 {
	first := r.take(1)
	if r.bad || first[0] < 0xfd {
		if r.bad {
			return 0
		}
		return uint16(first[0])
	}
	b := r.take(2)
	if r.bad || first[0] != 0xfd {
		r.bad = true
		return 0
	}
	n := binary.LittleEndian.Uint16(b)
	r.bad = n < 0xfd
	return n
}

// partial walks the tree in the order of BIP 37: depth first, left before right.
type partial struct {
	block  *Block
	hashes []byte
	flags  []byte
	used   int
	bad    bool
}

// width returns the number of nodes on a level, 0 being that of the transactions.
func (t *partial) width(height int) uint64 { return (uint64(t.block.total) + 1<<height - 1) >> height }

func (t *partial) flag() bool {
	if t.used >= 8*len(t.flags) {
		t.bad = true
		return false
	}
	f := t.flags[t.used/8]>>(t.used%8)&1 == 1
	t.used++
	return f
}

func (t *partial) walk(height int, pos uint64) (h Hash) {
	parent := t.flag()
	if height == 0 || !parent {
		if len(t.hashes) < HashSize {
			t.bad = true
			return h
		}
		h, t.hashes = Hash(t.hashes[:HashSize]), t.hashes[HashSize:]
		if parent {
			t.block.matches = append(t.block.matches, match{h, pos})
		}
		return h
	}
	left := t.walk(height-1, 2*pos)
	right := left
	if 2*pos+1 < t.width(height-1) {
		right = t.walk(height-1, 2*pos+1)
		t.block.copied = t.block.copied || bytes.Equal(left[:], right[:])
	}
	return bitcoinTxid.join(left, right)
}
