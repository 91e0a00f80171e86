package main

import (
	"bytes"
	"fmt"
	"strings"
)

// size and at are those of most trees: an odd number of entries, the letter in the
// middle.
const (
	size = 7
	at   = 4
)

func (s *suite) goodConventions() {
	for _, r := range allRules() {
		p, t := r.prove(size, at)
		v := s.own("good-"+r.name, "the convention "+r.name+", size vouched for", p.text()).anchored(t.root(), size)
		if r.sorted && r.index { // mtjs: the index only says where a step was left out
			v.uncommitted(`"index": ` + p.index)
		}
	}
	for _, r := range []rule{rfc6962, bitcoin, directed(duplicate, 0), withoutSelf(directed(duplicate, 0)), directed(promote, 0)} {
		p, t := r.prove(size, size-1)
		s.own("last-"+r.name, "the last entry, which has no sibling on the lowest level", p.text()).anchored(t.root(), size)
	}
}

func (s *suite) goodForms() {
	p, t := rfc6962.prove(1, 0)
	s.own("single", "a tree of one entry: the path is empty, the leaf is the root", p.text()).anchored(t.root(), 1)

	p, t = rfc6962.prove(size, at)
	p.leaf = ""
	s.own("leaf-omitted", "the leaf follows from the data", p.text()).anchored(t.root(), size)

	p, _ = rfc6962.prove(size, at)
	text := p.text()
	s.own("white-space", "tabs, line ends and spaces between the tokens", strings.NewReplacer("\n", "\r\n\t", ": ", " : ").Replace(text)).anchored(t.root(), size).
		free("\r\t") // one bit apart
	s.own("escapes", "a member's name and value with escapes say the same", strings.Replace(strings.Replace(text, `"index"`, `"\u0069ndex"`, 1), "v1", `\u0076\u0031`, 1)).anchored(t.root(), size)

	s.shaped("shape-hex", "the shape of RFC 6962, hexadecimal; the caller names the convention", p.shape(asHex)).named(rfc6962.name).anchored(t.root(), size)
	s.shaped("shape-base64", "the shape of RFC 6962 in base64", p.shape(asBase64)).named(rfc6962.name).anchored(t.root(), size)
	p, t = digest.prove(size, at)
	s.shaped("shape-of-digest", "the same shape where the entry is the digest of the data: only the name of the convention tells", p.shape(asHex)).
		named(digest.name).anchored(t.root(), size)

	p, t = rfc6962.prove(size, at)
	p.convention = ""
	s.own("convention-by-caller", "the evidence names no convention, the caller does", p.text()).named(rfc6962.name).anchored(t.root(), size)
	p.convention = rfc6962.name
	s.own("convention-by-both", "both name the same convention", p.text()).named(rfc6962.name).anchored(t.root(), size)
	s.steps()
}

// steps: the longest paths, which no real tree has; their siblings are made up.
func (s *suite) steps() {
	p := &proof{convention: rfc6962.name, index: "0", size: "18446744073709551615"}
	node := rfc6962.leaf(letter)
	for i := range 64 {
		other := sha(entry(i))
		p.path = append(p.path, fmt.Sprintf("%q", rfc6962.text(other)))
		node = node01(node, other)
	}
	p.root = rfc6962.text(node)
	s.own("steps-at-limit", "64 steps, in a tree of 2^64 - 1 entries", p.text()).anchored(node, 0).uncommitted("18446744073709551615")

	// Index 2^53 + 1 of 2^53 + 2: the entry before it, then the whole tree before both.
	before, tree := sha(entry(0)), sha(entry(1))
	node = node01(tree, node01(before, rfc6962.leaf(letter)))
	p = &proof{
		convention: rfc6962.name, index: "9007199254740993", size: "9007199254740994", root: rfc6962.text(node),
		path: []string{fmt.Sprintf("%q", rfc6962.text(before)), fmt.Sprintf("%q", rfc6962.text(tree))},
	}
	s.own("number-above-2-53", "index 2^53 + 1, which a double cannot hold: read as a double it would be another entry", p.text()).
		anchored(node, 0).sized(9007199254740994)
}

func (s *suite) goodTrust() {
	p, t := rfc6962.prove(size, at)
	s.own("size-not-vouched", "the anchor names no size: index and size stay unchecked", p.text()).anchored(t.root(), 0).
		uncommitted(`"size": 7`).uncommitted(`"index": 4`)
	s.own("dated", "the anchor proves a time, and so the entry's", p.text()).anchored(t.root(), size).dated()
	s.own("several-anchors", "the root is among several that are vouched for", p.text()).anchored(sha(entry(1)), 9).anchored(t.root(), 0).anchored(t.root(), size)
	s.own("leaf-given", "the caller knows the leaf hash, not the data", p.text()).givenLeaf(rfc6962.leaf(letter)).anchored(t.root(), size)

	p, t = digest.prove(size, at)
	s.own("digest-given", "the caller knows the digest of the data, and the entry is that digest", p.text()).digest("sha256", sha(letter)).anchored(t.root(), size)

	r := directed(promote, 0)
	p, t = r.prove(size, at)
	p.index, p.size = "", ""
	s.own("sides-alone", "sides, no index and no size: the data is no 64 bytes long", p.text()).anchored(t.root(), 0)
	s.own("sides-and-vouched-size", "sides, no index; the size is vouched for, so they prove the index", p.text()).anchored(t.root(), size)
	s.own("digest-and-size", "only a digest, no domain separation, but the size leaves no doubt", p.text()).digest("sha256", sha(letter)).anchored(t.root(), size)
	s.own("digest-and-length", "only a digest, but the length of the data is known not to be 64", p.text()).digest("sha256", sha(letter)).length(37).anchored(t.root(), 0)

	r = sortedPair(promote, 0)
	p, t = r.prove(8, at)
	p.size = ""
	s.own("digest-and-depth", "only a digest, sorted pairs, but the depth of the tree is vouched for", p.text()).
		digest("sha256", sha(letter)).anchored(t.root(), 0).depth(3)

	p, t = bitcoin.prove(size, at)
	p.size = ""
	s.own("bitcoin-without-size", "a transaction's position without the number of transactions", p.text()).anchored(t.root(), 0).uncommitted(`"index": 4`)
	p.path = p.path[:0]
	for _, x := range t.path(at) {
		p.path = append(p.path, fmt.Sprintf(`{%q:%q}`, map[bool]string{true: "left", false: "right"}[x.left], t.text(x.hash)))
	}
	p.size = "7"
	s.own("bitcoin-with-sides", "the path names sides, and they agree with the index", p.text()).anchored(t.root(), size)

	tx := bytes.Repeat([]byte{0xab}, 65)
	t, i := bitcoin.plantData(size, at, tx)
	s.own("bitcoin-65-bytes", "a transaction of 65 bytes, one more than an inner node has", t.state(bitcoin.leaf(tx), i, size, t.path(i)).text()).
		data("transaction-65.bin", tx).anchored(t.root(), size)

	r = directed(duplicate, 0)
	leaves := [][]byte{r.leaf(entry(0)), r.leaf(entry(1)), r.leaf(letter), r.leaf(letter)}
	t = r.grow(leaves)
	s.own("equal-entries", "the same letter twice in a tree with the duplicate rule, and the size says that both are real", t.state(r.leaf(letter), 3, 4, t.path(3)).text()).
		anchored(t.root(), 4)
}

func (v *vector) length(n int64) *vector {
	v.Merkle.SubjectSize = &n
	return v
}

// free marks every one of the bytes as uncommitted.
func (v *vector) free(bytes string) *vector {
	for i, b := range v.bytes {
		if strings.IndexByte(bytes, b) >= 0 {
			v.Uncommitted = append(v.Uncommitted, [2]int{i, i + 1})
		}
	}
	return v
}
