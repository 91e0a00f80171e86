package main

import (
	"bytes"
	"fmt"
	"sort"
)

// The rules of all conventions, in the order of their vectors.

func node01(l, r []byte) []byte { return sha([]byte{1}, l, r) }

// zeros stand for "no metadata" in a bundle; signature and key hash of a log entry are
// made up, since nothing here looks into them.
var (
	zeros       = make([]byte, 32)
	sigsumBytes = append(bytes.Repeat([]byte{0x51}, 64), bytes.Repeat([]byte{0x6b}, 32)...)
)

var (
	rfc6962 = rule{name: "rfc6962-sha256", index: true, pair: node01, leaf: func(d []byte) []byte { return sha([]byte{0}, d) }}
	digest  = rule{name: "rfc6962-sha256-digest", index: true, pair: node01, leaf: func(d []byte) []byte { return sha([]byte{0}, sha(d)) }}
	sigsum  = rule{name: "sigsum", index: true, pair: node01, suffix: sigsumBytes,
		leaf: func(d []byte) []byte { return sha([]byte{0}, sha2(d), sigsumBytes) }}
	bundle = rule{name: "existbefore-bundle-v2", index: true, order: true, pair: node01, suffix: zeros,
		leaf: func(d []byte) []byte { return sha([]byte{0}, sha(d), zeros) }}
	bitcoin = rule{name: "bitcoin-txid", index: true, odd: duplicate, show: true, leaf: func(d []byte) []byte { return sha2(d) },
		pair: func(l, r []byte) []byte { return sha2(l, r) }}
)

// hashes are those of the plain trees: of a leaf, and of a node.
var hashes = []struct {
	name       string
	leaf, node func(...[]byte) []byte
}{{"sha256", sha, sha}, {"sha256d", sha, sha2}, {"keccak256", keccak, keccak}}

func directed(odd int, n int) rule {
	h := hashes[n]
	return rule{
		name: "plain-directed-" + [...]string{"promote", "duplicate"}[odd] + "-" + h.name, odd: odd, sides: true, index: true,
		leaf: func(d []byte) []byte { return h.leaf(d) }, pair: func(l, r []byte) []byte { return h.node(l, r) },
	}
}

func sortedPair(odd int, n int) rule {
	r := directed(odd, n)
	r.name = "sorted-pair-" + [...]string{"promote", "duplicate"}[odd] + "-" + hashes[n].name
	r.sides, r.index, r.sorted = false, false, true
	return r
}

func withoutSelf(r rule) rule {
	r.name, r.omit, r.index = r.name+"-mtjs", true, true
	return r
}

func allRules() []rule {
	list := []rule{rfc6962, digest, sigsum, bundle, bitcoin}
	for n := range hashes {
		leaves := sortedPair(promote, n)
		leaves.name, leaves.order = "sorted-pair-sorted-leaves-"+hashes[n].name, true
		list = append(list, directed(promote, n), directed(duplicate, n), withoutSelf(directed(duplicate, n)),
			sortedPair(promote, n), sortedPair(duplicate, n), withoutSelf(sortedPair(duplicate, n)), leaves)
	}
	for name, leaf := range map[string]func([]byte) []byte{
		"openzeppelin-simple":   func(d []byte) []byte { return keccak(d) },
		"openzeppelin-standard": func(d []byte) []byte { return keccak(keccak(d)) },
	} {
		list = append(list, rule{name: name, leaf: leaf, odd: heap, sorted: true, order: true,
			pair: func(l, r []byte) []byte { return keccak(l, r) }})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].name < list[j].name })
	return list
}

// entry is what stands in the trees beside the letter.
func entry(i int) []byte { return fmt.Appendf(nil, "entry %d\n", i) }

// plant grows a tree of n entries with the letter at index at, or where sorting puts
// it, and returns that index.
func (r rule) plant(n, at int) (*tree, int) { return r.plantData(n, at, letter) }

func (r rule) plantData(n, at int, data []byte) (*tree, int) {
	leaves := make([][]byte, n)
	for i := range leaves {
		leaves[i] = r.leaf(entry(i))
	}
	mine := r.leaf(data)
	leaves[at] = mine
	if r.order {
		sort.Slice(leaves, func(i, j int) bool { return bytes.Compare(leaves[i], leaves[j]) < 0 })
	}
	for i, l := range leaves {
		if bytes.Equal(l, mine) {
			return r.grow(leaves), i
		}
	}
	panic("the leaf is lost")
}
