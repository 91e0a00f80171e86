package main

import (
	"fmt"
	"strings"
)

func (s *suite) conventions() {
	unknown := func(id, comment, text string, t *tree) *vector {
		return s.own(id, comment, text).anchored(t.root(), size).refused("convention", "merkle.convention-unknown")
	}
	p, t := rfc6962.prove(size, at)
	p.convention = "rfc6962-sha512"
	unknown("convention-unknown", "a convention that nobody here knows", p.text(), t)
	p.convention = ""
	unknown("convention-none", "nobody names a convention, and none is tried", p.text(), t)
	p.convention = rfc6962.name
	unknown("convention-two", "the evidence names one convention and the caller another", p.text(), t).named(digest.name)
	s.shaped("shape-convention-none", "the shape of RFC 6962 does not say what a leaf is made of", p.shape(asHex)).anchored(t.root(), size).
		refused("convention", "merkle.convention-unknown")
}

func (s *suite) subjects() {
	p, t := rfc6962.prove(size, at)
	s.own("subject-missing", "no data, only a leaf hash: the path is judged, the subject is not", p.text()).noData().anchored(t.root(), size).
		refused("subject", "merkle.subject-missing")
	s.own("digest-not-enough", "a digest of the data does not give a leaf that is hashed with a prefix", p.text()).digest("sha256", sha(letter)).
		anchored(t.root(), size).refused("subject", "merkle.subject-missing")
	s.own("digest-other", "a digest of another algorithm", p.text()).digest("sha512", make([]byte, 64)).anchored(t.root(), size).
		refused("subject", "merkle.subject-missing")
	s.own("other-letter", "another letter", p.text()).data("other.txt", []byte("This letter is not an entry of the tree.\n")).
		anchored(t.root(), size).refused("leaf", "merkle.leaf-mismatch")
	s.own("given-leaf-other", "the caller knows another leaf", p.text()).givenLeaf(rfc6962.leaf(entry(0))).anchored(t.root(), size).
		refused("leaf", "merkle.leaf-mismatch")
	p.leaf = ""
	s.own("other-letter-no-leaf", "another letter, and the proof states no leaf", p.text()).data("other.txt", []byte("This letter is not an entry of the tree.\n")).
		anchored(t.root(), size).refused("root", "merkle.root-mismatch")

	// An inner node in the place of a leaf: its preimage is the data.
	inner := append(append([]byte{}, t.levels[0][4]...), t.levels[0][5]...)
	q := t.state(t.levels[1][2], 2, 4, t.path(at)[1:])
	s.own("node-as-leaf", "the data is an inner node's preimage: with prefixes it has another leaf hash", q.text()).data("node.bin", inner).
		anchored(t.root(), 0).refused("leaf", "merkle.leaf-mismatch")
	s.own("node-as-leaf-and-size", "the same against the size that is vouched for", q.text()).data("node.bin", inner).
		anchored(t.root(), size).refused("leaf", "merkle.leaf-mismatch").alsoOthers()
}

// shapes: lengths and sides.
func (s *suite) shapes() {
	length := func(id, comment string, p *proof, t *tree) *vector {
		return s.own(id, comment, p.text()).anchored(t.root(), size).refused("path-length", "merkle.path-length")
	}
	p, t := rfc6962.prove(size, at)
	p.path = append(p.path, p.path[0])
	length("path-too-long", "one step more than index and size allow", p, t)
	p, t = rfc6962.prove(size, at)
	p.path = p.path[:2]
	length("path-too-short", "one step less", p, t)
	p.path = nil
	length("path-empty", "an empty path, which only a tree of one entry has", p, t)
	p, t = rfc6962.prove(size, at)
	top := t.levels[2][1]
	p.path, p.root = p.path[:2], t.text(top)
	s.own("truncated-root-replaced", "the path ends in an inner node that is given as the root", p.text()).anchored(top, 0).
		refused("path-length", "merkle.path-length")
	p, t = rfc6962.prove(size, at)
	p.size = "8"
	s.own("size-other-shape", "a size that gives the entry the same length", p.text()).anchored(t.root(), size).refused("size", "merkle.size-mismatch")

	// The letter as a node under an entry that is the preimage of a node.
	forged := append(rfc6962.leaf(letter), rfc6962.leaf(entry(9))...)
	t, i := rfc6962.plantData(size, at, forged)
	path := append([]step{{hash: rfc6962.leaf(entry(9))}}, t.path(i)...)
	s.own("leaf-as-node", "an entry that looks like an inner node gets the letter as its child", t.state(rfc6962.leaf(letter), 8, 14, path).text()).
		anchored(t.root(), 0).refused("root", "merkle.root-mismatch")
	s.own("leaf-as-node-and-size", "the same against the size that is vouched for", t.state(rfc6962.leaf(letter), 4, size, path).text()).
		anchored(t.root(), size).refused("path-length", "merkle.path-length")
	r := directed(promote, 0)
	forged = append(r.leaf(letter), r.leaf(entry(9))...)
	t, i = r.plantData(size, at, forged)
	p = t.state(r.leaf(letter), 0, 0, append([]step{{hash: r.leaf(entry(9))}}, t.path(i)...))
	p.index, p.size = "", ""
	s.own("leaf-as-node-plain", "the same without prefixes: only the size shows that the path is too long", p.text()).anchored(t.root(), size).
		refused("path-length", "merkle.path-length")

	p, t = sortedPair(promote, 0).prove(4, 2)
	other := sha(entry(9))
	p.path = append(p.path, fmt.Sprintf("%q", t.text(other)))
	root := t.node(t.root(), other)
	p.root = t.text(root)
	s.own("sorted-too-long", "three steps under a root made for them, in a tree of four", p.text()).anchored(root, 4).refused("path-length", "merkle.path-length")
	p, t = sortedPair(promote, 0).prove(8, 2)
	s.own("depth-other", "another depth than the one that is vouched for", p.text()).anchored(t.root(), 0).depth(4).refused("path-length", "merkle.path-length")
	p, t = bitcoin.prove(size, at)
	p.size, p.index = "", "8"
	s.own("index-needs-more-steps", "an index that the path is too short for", p.text()).anchored(t.root(), 0).refused("path-length", "merkle.path-length")
	s.wrongSides()
}

func (s *suite) wrongSides() {
	p, t := directed(promote, 0).prove(size, at)
	p.index = "5"
	s.own("index-against-sides", "the sides lead to entry 4, the proof says 5", p.text()).anchored(t.root(), size).refused("sides", "merkle.side-mismatch")
	p, t = directed(promote, 0).prove(size, at)
	p.path[0] = strings.Replace(p.path[0], "right", "left", 1)
	s.own("sides-swapped", "the lowest sibling stands on the other side", p.text()).anchored(t.root(), size).
		refused("sides", "merkle.side-mismatch").alsoOthers()
	p.index = "5"
	s.own("sides-and-index-swapped", "sibling and index are swapped alike: the hash is another", p.text()).anchored(t.root(), size).refused("root", "merkle.root-mismatch")
	p, t = rfc6962.prove(size, at)
	p.index = "5"
	s.own("index-other", "another index of the same length: the sides follow it", p.text()).anchored(t.root(), size).refused("root", "merkle.root-mismatch")
}

// copies: trees with the duplicate rule have the same root as others in which their
// last nodes are repeated.
func (s *suite) copies() {
	phantom := func(id, comment string, p *proof, t *tree, size int) *vector {
		return s.own(id, comment, p.text()).anchored(t.root(), size).refused("odd-node", "merkle.phantom-leaf")
	}
	r := directed(duplicate, 0)
	t, _ := r.plant(3, 2)
	path := t.path(2)
	path[0] = step{hash: path[0].hash, left: true}
	p := t.state(r.leaf(letter), 3, 3, path)
	phantom("phantom", "entry 3 of a tree of three: the copy of the last", p, t, 3)
	p.index = ""
	phantom("phantom-by-sides", "the same, said by the sides alone", p, t, 3)
	p.index, p.size = "", ""
	s.own("phantom-without-size", "the same without a size: it may be a real entry", p.text()).anchored(t.root(), 0).
		undecided("odd-node", "SIG_CONSTRAINTS_FAILURE", "merkle.phantom-leaf")
	p.index, p.size = "2", "3"
	phantom("phantom-against-index", "the sides go through the copy, the index does not", p, t, 3)

	t, _ = r.plant(5, 4)
	path = t.path(4)
	path[1] = step{hash: path[1].hash, left: true}
	phantom("phantom-above", "the copy of an inner node: entry 6 of a tree of five", t.state(r.leaf(letter), 6, 5, path), t, 5)

	t, _ = bitcoin.plant(3, 2)
	phantom("phantom-bitcoin", "transaction 3 of a block of three", t.state(bitcoin.leaf(letter), 3, 3, t.path(2)), t, 3)
	p = t.state(bitcoin.leaf(letter), 3, 0, t.path(2))
	p.size = ""
	phantom("phantom-bitcoin-without-size", "the same without a size: no two nodes of a block are alike", p, t, 0)
	phantom("phantom-bitcoin-size-raised", "the size is raised so that the copy looks real", t.state(bitcoin.leaf(letter), 2, 4, t.path(2)), t, 0)

	t, i := r.plant(4, 2)
	s.own("odd-node-other", "by its size the tree pairs the last entry with itself; the path has another", t.state(r.leaf(letter), i, 3, t.path(i)).text()).
		anchored(t.root(), 0).refused("odd-node", "merkle.odd-node")
	t, _ = r.plant(4, 3)
	s.own("index-behind-no-copy", "an index behind the size, and no copy on the path", t.state(r.leaf(letter), 3, 3, t.path(3)).text()).
		anchored(t.root(), 0).refused("format", "merkle.index-range")
}

func (s *suite) roots() {
	p, t := rfc6962.prove(size, at)
	s.own("not-anchored", "nothing vouches for the root: the path is right and proves nothing", p.text()).refused("anchor", "merkle.root-not-anchored")
	s.own("anchored-other", "something vouches for another root", p.text()).anchored(sha(entry(9)), size).refused("anchor", "merkle.root-not-anchored")
	flipped := *p
	flipped.path = append([]string{}, p.path...)
	flipped.path[1] = strings.Replace(flipped.path[1], flipped.path[1][1:3], "00", 1)
	s.own("sibling-flipped", "one sibling is another", flipped.text()).anchored(t.root(), size).refused("root", "merkle.root-mismatch")
	flipped.path[0], flipped.path[1], flipped.path[2] = p.path[1], p.path[0], p.path[2]
	s.own("path-reordered", "two siblings have changed places", flipped.text()).anchored(t.root(), size).refused("root", "merkle.root-mismatch")
	other := *p
	other.root = t.text(sha(entry(9)))
	s.own("root-other", "the proof states another root, which is vouched for", other.text()).anchored(sha(entry(9)), size).refused("root", "merkle.root-mismatch")
	s.own("forged", "a tree made up around the letter: everything fits, nothing vouches for it", p.text()).anchored(sha(entry(8)), 0).
		refused("anchor", "merkle.root-not-anchored")

	r := directed(promote, 0)
	q, plain := r.prove(size, at)
	top := plain.levels[2][1]
	q.path, q.root, q.index, q.size = q.path[:2], plain.text(top), "", ""
	s.own("truncated-root-replaced-plain", "the path ends in an inner node; the real root is vouched for, not this one", q.text()).anchored(plain.root(), 0).
		refused("anchor", "merkle.root-not-anchored")

	t, i := rfc6962.plant(6, 1)
	s.own("size-of-equal-shape", "entry 1 of six has the shape of entry 1 of five: the path is right for both", t.state(rfc6962.leaf(letter), i, 5, t.path(i)).text()).
		anchored(t.root(), 6).refused("size", "merkle.size-mismatch")
}

// ambiguous: trees without domain separation, and what may be a node of them.
func (s *suite) ambiguous() {
	doubt := func(id, comment string, p *proof, root []byte) *vector {
		return s.own(id, comment, p.text()).anchored(root, 0).refused("leaf-or-node", "merkle.leaf-node-ambiguity")
	}
	for n, r := range []rule{directed(promote, 0), directed(promote, 1), sortedPair(duplicate, 2)} {
		t, i := r.plant(8, at)
		a, b := t.levels[0][4], t.levels[0][5]
		if r.sorted && string(a) > string(b) {
			a, b = b, a
		}
		inner := append(append([]byte{}, a...), b...)
		file := fmt.Sprintf("inner-%s.bin", hashes[n].name)
		if n == 1 { // a node is hashed twice: the inner digest stands where data would
			inner = sha(inner)
		}
		p := t.state(t.levels[1][2], 0, 0, t.path(i)[1:])
		p.index, p.size = "", ""
		doubt("node-preimage-"+r.name, "the data is the preimage of an inner node and passes for an entry", p, t.root()).data(file, inner)
		if n == 0 {
			s.own("node-preimage-and-size", "the same, but the size is vouched for and the path too short", p.text()).data(file, inner).
				anchored(t.root(), 8).refused("path-length", "merkle.path-length").alsoOthers()
			doubt("node-digest", "only the digest is given: an inner node's", p, t.root()).digest("sha256", t.levels[1][2])
		}
	}
	r := sortedPair(promote, 0)
	t, i := r.plant(3, 2)
	p := t.state(r.leaf(letter), 0, 3, t.path(i))
	s.own("digest-above-lowest-level", "only a digest, and in a tree of three a path of one step may end in a node even with the size", p.text()).
		digest("sha256", sha(letter)).anchored(t.root(), 3).refused("leaf-or-node", "merkle.leaf-node-ambiguity")

	q := t.state(t.levels[1][0], 2, 3, t.path(2))
	q.index, q.path = "2", []string{t.step(step{hash: t.levels[0][2]})}
	s.own("node-claims-short-index", "an inner node of sorted pairs, under the index of the one entry whose path is as short", q.text()).
		digest("sha256", t.levels[1][0]).anchored(t.root(), 3).refused("leaf-or-node", "merkle.leaf-node-ambiguity")

	tx := append(sha2(entry(1)), sha2(entry(2))...)
	t, i = bitcoin.plantData(size, at, tx)
	s.own("bitcoin-64-bytes", "a transaction of 64 bytes may be an inner node, whatever the size (CVE-2017-12842)", t.state(bitcoin.leaf(tx), i, size, t.path(i)).text()).
		data("transaction-64.bin", tx).anchored(t.root(), size).refused("leaf-or-node", "merkle.leaf-node-ambiguity")
}
