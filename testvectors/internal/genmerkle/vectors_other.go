package main

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// proof of consistency between the first m and all n entries, by the recursive
// definition of RFC 9162 2.1.4.1.
func between(leaves [][]byte, m int, whole bool) [][]byte {
	n := len(leaves)
	if m == n {
		if whole {
			return nil
		}
		return [][]byte{rfc6962.grow(leaves).root()}
	}
	k := 1
	for 2*k < n {
		k *= 2
	}
	if m <= k {
		return append(between(leaves[:k], m, whole), rfc6962.grow(leaves[k:]).root())
	}
	return append(between(leaves[k:], m-k, false), rfc6962.grow(leaves[:k]).root())
}

func consistencyText(m, n int, older, newer []byte, path [][]byte) string {
	var steps []string
	for _, h := range path {
		steps = append(steps, fmt.Sprintf("\"%x\"", h))
	}
	return fmt.Sprintf("{\n  \"schema\": \"exhibit.merkle/v1\",\n  \"type\": \"consistency\",\n  \"convention\": \"rfc6962-sha256\",\n"+
		"  \"older\": {\"size\": %d, \"root\": \"%x\"},\n  \"size\": %d,\n  \"path\": [%s],\n  \"root\": \"%x\"\n}\n", m, older, n, strings.Join(steps, ", "), newer)
}

func (s *suite) consistency() {
	t, _ := rfc6962.plant(size, at)
	leaves := t.levels[0]
	older := func(m int) []byte { return rfc6962.grow(leaves[:m]).root() }
	root := t.root()
	add := func(id, comment, text string, m int) *vector {
		v := s.add(id, comment, formConsistency, []byte(text)).anchored(root, size)
		if m > 0 {
			v.anchored(older(m), m)
		}
		return v
	}
	for _, m := range []int{1, 3, 4, 6} {
		add(fmt.Sprintf("consistency-%d", m), fmt.Sprintf("the tree of %d is the beginning of the tree of seven", m),
			consistencyText(m, size, older(m), root, between(leaves, m, true)), m)
	}
	add("consistency-same", "a tree is the beginning of itself", consistencyText(size, size, root, root, nil), 0)
	path := between(leaves, 3, true)
	good := consistencyText(3, size, older(3), root, path)
	add("consistency-sizes-not-vouched", "no anchor names a size", good, 0).anchored(older(3), 0).resized()

	add("consistency-from-zero", "from the empty tree, of which every tree is a continuation", consistencyText(0, size, sha(), root, nil), 0).
		anchored(sha(), 0).refused("format", "merkle.from-zero")
	add("consistency-backwards", "the older tree is the larger one", consistencyText(size, 3, root, older(3), path), 3).refused("format", "merkle.size-range")
	add("consistency-sibling-31", "a hash of 31 bytes", strings.Replace(good, fmt.Sprintf("%x", path[0]), strings.Repeat("ab", 31), 1), 3).refused("format", "merkle.hash-length")
	add("consistency-negative", "a negative size", strings.Replace(good, `"size": 3`, `"size": -3`, 1), 3).refused("format", "merkle.number")
	add("consistency-sides", "a side, which such a path does not have", strings.Replace(good, `["`, fmt.Sprintf(`[{"left": "%x"}, "`, path[0]), 1), 3).
		refused("format", "merkle.malformed")
	add("consistency-unknown-member", "a member that the older head does not have", strings.Replace(good, `{"size": 3`, `{"x": 0, "size": 3`, 1), 3).
		refused("format", "merkle.malformed")
	add("consistency-convention", "sorted leaves do not grow at their end", strings.Replace(good, "rfc6962-sha256", "existbefore-bundle-v2", 1), 3).
		refused("convention", "merkle.convention-unknown")
	add("consistency-too-long", "one hash too many", consistencyText(3, size, older(3), root, append(path[:len(path):len(path)], path[0])), 3).
		refused("path-length", "merkle.path-length")
	add("consistency-too-short", "one hash too few", consistencyText(3, size, older(3), root, path[1:]), 3).refused("path-length", "merkle.path-length")
	split := rfc6962.grow([][]byte{leaves[0], leaves[2], leaves[1]}).root()
	add("consistency-split", "the older tree has its entries in another order: the log was rewritten", consistencyText(3, size, split, root, path), 0).
		anchored(split, 3).refused("root", "merkle.inconsistent")
	add("consistency-newer-other", "the newer root is another", consistencyText(3, size, older(3), sha(root), path), 3).
		anchored(sha(root), size).refused("root", "merkle.inconsistent")
	add("consistency-not-anchored", "nothing vouches for the older root", good, 0).refused("anchor", "merkle.root-not-anchored")
	v := add("consistency-size-other", "the older root is vouched for with another size", good, 0)
	v.anchored(older(3), 2).refused("size", "merkle.size-mismatch")
}

// resized takes the sizes out of the anchors again; then only the shape commits to
// the numbers.
func (v *vector) resized() *vector {
	for i := range v.Merkle.Anchors {
		v.Merkle.Anchors[i].Size = 0
	}
	return v.uncommitted(`"size": 3`).uncommitted(`"size": 7`)
}

// blockOf writes the message "merkleblock" for a tree of transactions, by the
// construction of BIP 37. matched says which transactions are shown.
func blockOf(t *tree, matched ...int) (header []byte, rest []byte) {
	var hashes, flags []byte
	bits := 0
	flag := func(b bool) {
		if bits%8 == 0 {
			flags = append(flags, 0)
		}
		if b {
			flags[bits/8] |= 1 << (bits % 8)
		}
		bits++
	}
	var walk func(height, pos int)
	walk = func(height, pos int) {
		parent := false
		for _, m := range matched {
			parent = parent || m>>height == pos
		}
		flag(parent)
		if height == 0 || !parent {
			hashes = append(hashes, t.levels[height][pos]...)
			return
		}
		walk(height-1, 2*pos)
		if 2*pos+1 < len(t.levels[height-1]) {
			walk(height-1, 2*pos+1)
		}
	}
	walk(len(t.levels)-1, 0)
	rest = binary.LittleEndian.AppendUint32(nil, uint32(len(t.levels[0])))
	rest = append(rest, byte(len(hashes)/32))
	rest = append(rest, hashes...)
	rest = append(rest, byte(len(flags)))
	return headerOf(t.root()), append(rest, flags...)
}

// headerOf is a header with the root in its place, and no work behind it.
func headerOf(root []byte) []byte {
	h := make([]byte, 80)
	h[0] = 4
	copy(h[36:], root)
	binary.LittleEndian.PutUint32(h[68:], 1740830400)
	return h
}

func (s *suite) block(id, comment string, header, rest []byte) *vector {
	return s.add(id, comment, formBlock, append(append([]byte{}, header...), rest...))
}

func (s *suite) blocks() {
	t, _ := bitcoin.plant(size, at)
	head, rest := blockOf(t, at)
	s.block("block", "one transaction of seven", head, rest).anchored(t.root(), size).headerFree(80)
	s.block("block-size-not-vouched", "the same; nothing vouches for the number of transactions", head, rest).anchored(t.root(), 0).headerFree(84)
	s.block("block-given-leaf", "the caller knows the transaction's id, and the size leaves no doubt", head, rest).givenLeaf(bitcoin.leaf(letter)).
		anchored(t.root(), size).headerFree(80)
	head, rest = blockOf(t, 0, at, 6)
	s.block("block-several", "three transactions of seven, the last of them without a sibling", head, rest).anchored(t.root(), size).headerFree(80)
	one, _ := bitcoin.plant(1, 0)
	head, rest = blockOf(one, 0)
	s.block("block-single", "a block of one transaction", head, rest).anchored(one.root(), 1).headerFree(80)
}

// headerFree: version, previous block, time, bits and nonce are for who judges the
// header. A flag that shows another transaction beside the letter changes nothing for
// it.
func (v *vector) headerFree(end int) *vector {
	n := len(v.bytes)
	v.Uncommitted = [][2]int{{0, 36}, {68, end}, {n - int(v.bytes[flagCount(v.bytes)]), n}}
	return v
}

// flagCount is where the number of bytes of flags stands.
func flagCount(block []byte) int { return 85 + 32*int(block[84]) }

func (s *suite) badBlocks() {
	t, _ := bitcoin.plant(size, at)
	head, rest := blockOf(t, at)
	n := len(rest)
	bad := func(id, comment, reason string, rest []byte) {
		s.block(id, comment, head, rest).anchored(t.root(), size).refused("format", reason)
	}
	change := func(at int, to ...byte) []byte {
		out := append([]byte{}, rest...)
		copy(out[at:], to)
		return out
	}
	s.block("block-empty", "no byte", nil, nil).refused("format", "merkle.malformed")
	bad("block-truncated", "the last flags are missing", "merkle.malformed", rest[:n-1])
	bad("block-trailing", "a byte behind the flags", "merkle.malformed", append(change(0), 0))
	bad("block-count-long", "a count that is not in its shortest form", "merkle.malformed", append(append(append([]byte{}, rest[:4]...), 0xfd, rest[4], 0), rest[5:]...))
	bad("block-count-huge", "a count of 32 bits", "merkle.malformed", append(append(append([]byte{}, rest[:4]...), 0xfe, rest[4], 0, 0, 0), rest[5:]...))
	bad("block-none", "no transaction", "merkle.partial-tree", change(0, 0))
	bad("block-too-many", "one transaction more than a block can hold", "merkle.partial-tree", change(0, 0x1b, 0x41))
	bad("block-at-limit", "as many transactions as a block can hold: read, and the hashes do not suffice", "merkle.partial-tree", change(0, 0x1a, 0x41))
	bad("block-hashes-above-size", "more hashes than transactions", "merkle.partial-tree", change(0, 3))
	unused := append(append([]byte{}, rest[:n-2]...), sha(entry(1))...)
	unused = append(unused, rest[n-2:]...)
	unused[4]++
	bad("block-unused-hash", "a hash that the tree does not use", "merkle.partial-tree", unused)
	bad("block-missing-hash", "a hash less than the tree needs", "merkle.partial-tree",
		append(append(append([]byte{}, rest[:4]...), rest[4]-1), append(append([]byte{}, rest[5:n-34]...), rest[n-2:]...)...))
	bad("block-unused-flags", "a byte of flags that the tree does not use", "merkle.partial-tree", append(change(n-2, 2), 0))
	bad("block-padding", "a set bit in the padding of the flags", "merkle.partial-tree", change(n-1, rest[n-1]|0x80))

	refused := func(id, comment, check, reason string, h, r []byte) *vector {
		return s.block(id, comment, h, r).anchored(t.root(), size).refused(check, reason)
	}
	s.block("block-not-anchored", "nothing vouches for the root in the header", head, rest).refused("anchor", "merkle.root-not-anchored")
	refused("block-subject-missing", "no transaction at hand", "subject", "merkle.subject-missing", head, rest).noData().alsoOthers()
	refused("block-other-transaction", "another transaction than the one shown", "leaf", "merkle.leaf-mismatch", head, rest).data("other.txt", []byte("This letter is not an entry of the tree.\n"))
	h2, r2 := blockOf(t, 0, 6)
	refused("block-among-others", "two transactions are shown, and the letter is none of them", "leaf", "merkle.leaf-mismatch", h2, r2).
		undecided("leaf", "SIGNED_DATA_NOT_FOUND", "merkle.leaf-mismatch")
	h2, r2 = blockOf(t)
	refused("block-shows-none", "no transaction is shown", "leaf", "merkle.leaf-mismatch", h2, r2).undecided("leaf", "SIGNED_DATA_NOT_FOUND", "merkle.leaf-mismatch")
	s.block("block-root-other", "the header has another root, which is vouched for", headerOf(sha(entry(1))), rest).anchored(sha(entry(1)), size).
		refused("root", "merkle.root-mismatch")
	s.block("block-size-other", "another number of transactions than is vouched for", head, rest).anchored(t.root(), 8).refused("size", "merkle.size-mismatch")
	s.block("block-digest", "only the transaction's id, and nothing vouches for the size", head, rest).givenLeaf(bitcoin.leaf(letter)).anchored(t.root(), 0).
		refused("leaf-or-node", "merkle.leaf-node-ambiguity")

	three, _ := bitcoin.plant(3, 2)
	four := bitcoin.grow(append(append([][]byte{}, three.levels[0]...), three.levels[0][2]))
	h2, r2 = blockOf(four, 3)
	s.block("block-phantom", "a block of four whose last transaction is the copy of the third: the root of three (CVE-2012-2459)", h2, r2).
		anchored(four.root(), 4).refused("odd-node", "merkle.phantom-leaf")

	tx := append(sha2(entry(1)), sha2(entry(2))...)
	t64, i := bitcoin.plantData(size, at, tx)
	h2, r2 = blockOf(t64, i)
	s.block("block-64-bytes", "a transaction of 64 bytes may be an inner node (CVE-2017-12842)", h2, r2).data("transaction-64.bin", tx).
		anchored(t64.root(), size).refused("leaf-or-node", "merkle.leaf-node-ambiguity")
}
