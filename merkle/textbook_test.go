package merkle_test

import (
	"bytes"
	"crypto/sha256"

	"golang.org/x/crypto/sha3"

	"github.com/exhibit-dev/exhibit/merkle"
)

func sum256(parts ...[]byte) merkle.Hash { return sha256.Sum256(bytes.Join(parts, nil)) }

func twice(parts ...[]byte) merkle.Hash {
	h := sum256(parts...)
	return sum256(h[:])
}

func keccak(parts ...[]byte) (h merkle.Hash) {
	k := sha3.NewLegacyKeccak256()
	k.Write(bytes.Join(parts, nil))
	copy(h[:], k.Sum(nil))
	return h
}

// rules tells the textbook how a convention hashes, in its own words.
type rules struct {
	leaf   func(data []byte) merkle.Hash
	pair   func(l, r []byte) merkle.Hash
	sorted bool
	odd    string // split, promote, duplicate, heap
	omit   bool   // leaves out the steps of a node with itself
	suffix []byte
}

func (r rules) node(l, h merkle.Hash) merkle.Hash {
	if r.sorted && bytes.Compare(l[:], h[:]) > 0 {
		l, h = h, l
	}
	return r.pair(l[:], h[:])
}

type sibling struct {
	hash merkle.Hash
	side merkle.Side
}

// build returns the root, and the path of every leaf.
func (r rules) build(leaves []merkle.Hash) (merkle.Hash, [][]sibling) {
	paths := make([][]sibling, len(leaves))
	switch r.odd {
	case "split":
		return r.split(leaves, 0, paths), paths
	case "heap":
		return r.heap(leaves, paths), paths
	}
	return r.levels(leaves, paths), paths
}

// split: the left subtree has the largest power of two leaves below their number.
func (r rules) split(leaves []merkle.Hash, at int, paths [][]sibling) merkle.Hash {
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := 1
	for 2*k < len(leaves) {
		k *= 2
	}
	left, right := r.split(leaves[:k], at, paths), r.split(leaves[k:], at+k, paths)
	for i := range leaves {
		if i < k {
			paths[at+i] = append(paths[at+i], sibling{right, merkle.Right})
		} else {
			paths[at+i] = append(paths[at+i], sibling{left, merkle.Left})
		}
	}
	return r.node(left, right)
}

// levels: pair after pair; what is left over goes up or meets itself.
func (r rules) levels(leaves []merkle.Hash, paths [][]sibling) merkle.Hash {
	level := leaves
	groups := make([][]int, len(leaves)) // the leaves under each node
	for i := range groups {
		groups[i] = []int{i}
	}
	for len(level) > 1 {
		var up []merkle.Hash
		var upGroups [][]int
		for i := 0; i < len(level); i += 2 {
			if i+1 < len(level) {
				for _, leaf := range groups[i] {
					paths[leaf] = append(paths[leaf], sibling{level[i+1], merkle.Right})
				}
				for _, leaf := range groups[i+1] {
					paths[leaf] = append(paths[leaf], sibling{level[i], merkle.Left})
				}
				up = append(up, r.node(level[i], level[i+1]))
				upGroups = append(upGroups, append(append([]int{}, groups[i]...), groups[i+1]...))
				continue
			}
			upGroups = append(upGroups, groups[i])
			if r.odd == "promote" {
				up = append(up, level[i])
				continue
			}
			up = append(up, r.node(level[i], level[i]))
			if !r.omit {
				for _, leaf := range groups[i] {
					paths[leaf] = append(paths[leaf], sibling{level[i], merkle.Right})
				}
			}
		}
		level, groups = up, upGroups
	}
	return level[0]
}

// heap: an array in which node i has the children 2i+1 and 2i+2, and the leaves stand
// at the end, the first of them last.
func (r rules) heap(leaves []merkle.Hash, paths [][]sibling) merkle.Hash {
	n := len(leaves)
	tree := make([]merkle.Hash, 2*n-1)
	for i, l := range leaves {
		tree[len(tree)-1-i] = l
	}
	for i := n - 2; i >= 0; i-- {
		tree[i] = r.node(tree[2*i+1], tree[2*i+2])
	}
	for i := range leaves {
		for at := len(tree) - 1 - i; at > 0; at = (at - 1) / 2 {
			other := at + 1
			if at%2 == 0 {
				other = at - 1
			}
			paths[i] = append(paths[i], sibling{hash: tree[other]})
		}
	}
	return tree[0]
}

// textbookRules holds every convention once more, written down independently.
func textbookRules() map[string]rules {
	plain := func(f func(...[]byte) merkle.Hash) func(l, r []byte) merkle.Hash {
		return func(l, r []byte) merkle.Hash { return f(l, r) }
	}
	direct := func(f func(...[]byte) merkle.Hash) func([]byte) merkle.Hash {
		return func(d []byte) merkle.Hash { return f(d) }
	}
	log := func(leaf func([]byte) merkle.Hash, suffix []byte) rules {
		return rules{leaf: leaf, odd: "split", suffix: suffix, pair: func(l, r []byte) merkle.Hash { return sum256([]byte{1}, l, r) }}
	}
	meta, sigsum := make([]byte, 32), bytes.Repeat([]byte{7}, 96)
	t := map[string]rules{
		"rfc6962-sha256": log(func(d []byte) merkle.Hash { return sum256([]byte{0}, d) }, nil),
		"rfc6962-sha256-digest": log(func(d []byte) merkle.Hash {
			h := sum256(d)
			return sum256([]byte{0}, h[:])
		}, nil),
		"sigsum": log(func(d []byte) merkle.Hash {
			h := twice(d)
			return sum256([]byte{0}, h[:], sigsum)
		}, sigsum),
		"existbefore-bundle-v2": log(func(d []byte) merkle.Hash {
			h := sum256(d)
			return sum256([]byte{0}, h[:], meta)
		}, meta),
		"bitcoin-txid":        {leaf: direct(twice), pair: plain(twice), odd: "duplicate"},
		"openzeppelin-simple": {leaf: direct(keccak), pair: plain(keccak), odd: "heap", sorted: true},
		"openzeppelin-standard": {leaf: func(d []byte) merkle.Hash {
			h := keccak(d)
			return keccak(h[:])
		}, pair: plain(keccak), odd: "heap", sorted: true},
	}
	for name, f := range map[string]struct{ leaf, node func(...[]byte) merkle.Hash }{
		"sha256": {sum256, sum256}, "sha256d": {sum256, twice}, "keccak256": {keccak, keccak},
	} {
		r := rules{leaf: direct(f.leaf), pair: plain(f.node)}
		for _, odd := range []string{"promote", "duplicate"} {
			r.odd, r.omit, r.sorted = odd, false, false
			t["plain-directed-"+odd+"-"+name] = r
			r.sorted = true
			t["sorted-pair-"+odd+"-"+name] = r
			if odd == "promote" {
				t["sorted-pair-sorted-leaves-"+name] = r
				continue
			}
			r.omit = true
			t["sorted-pair-duplicate-"+name+"-mtjs"] = r
			r.sorted = false
			t["plain-directed-duplicate-"+name+"-mtjs"] = r
		}
	}
	return t
}
