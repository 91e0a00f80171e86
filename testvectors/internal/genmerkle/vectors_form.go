package main

import (
	"fmt"
	"strings"
)

// badForms: texts that are no proof. Each is the good one with one thing changed.
func (s *suite) badForms() {
	p, t := rfc6962.prove(size, at)
	good := p.text()
	bad := func(id, comment, reason, text string) {
		s.own(id, comment, text).anchored(t.root(), size).refused("format", reason)
	}
	change := func(id, comment, reason, old, new string) {
		if !strings.Contains(good, old) {
			panic("nothing to change in " + id)
		}
		bad(id, comment, reason, strings.Replace(good, old, new, 1))
	}
	bad("empty", "no byte at all", "merkle.malformed", "")
	bad("truncated", "the text ends in the middle", "merkle.malformed", good[:len(good)/2])
	bad("no-object", "an array", "merkle.malformed", "["+good+"]")
	bad("trailing", "a second value behind the proof", "merkle.malformed", good+"{}")
	bad("byte-order-mark", "a byte order mark before the text", "merkle.malformed", "\xef\xbb\xbf"+good)
	bad("not-utf8", "a byte that is no UTF-8", "merkle.malformed", strings.Replace(good, "inclusion", "inclusion\xff", 1))
	change("member-twice", "two indexes: readers differ on which one counts", "merkle.malformed", `"index": 4`, `"index": 5, "index": 4`)
	change("member-twice-escaped", "two indexes, one of them spelt with an escape", "merkle.malformed", `"index": 4`, `"\u0069ndex": 5, "index": 4`)
	change("member-unknown", "a member that the form does not have", "merkle.malformed", `"index": 4`, `"index": 4, "note": ""`)
	change("member-case", "names are compared byte by byte", "merkle.malformed", `"index"`, `"Index"`)
	change("schema-other", "another version of the form", "merkle.malformed", "merkle/v1", "merkle/v2")
	change("type-other", "a consistency proof is none of inclusion", "merkle.malformed", `"inclusion"`, `"consistency"`)
	change("root-missing", "no root", "merkle.malformed", `"root"`, `"leaf_suffix"`)
	change("path-missing", "no path", "merkle.malformed", `"path": [`, `"convention2": [`)
	change("path-no-array", "the path is a text", "merkle.malformed", `"path": [`, `"path": "", "convention2": [`)
	change("upper-case", "upper-case hexadecimal: one spelling is enough", "merkle.malformed", p.root, strings.ToUpper(p.root))
	change("half-byte", "an odd number of digits", "merkle.malformed", p.root, p.root[1:])
	change("no-hex", "a letter that is no digit", "merkle.malformed", p.root, "g"+p.root[1:])
	change("root-empty", "an empty text as root", "merkle.hash-length", p.root, "")
	change("step-null", "null as a sibling", "merkle.malformed", `["`, `[null, "`)
	change("step-two-sides", "a step that names both sides", "merkle.malformed", `["`, `[{"left": "00", "right": "00"}, "`)
	change("step-other-side", "a step that names a side that is none", "merkle.malformed", `["`, `[{"up": "00"}, "`)
	change("step-empty", "an empty sibling", "merkle.hash-length", `["`, `["", "`)
	for _, n := range []struct{ id, text string }{
		{"negative", "-4"}, {"fraction", "4.0"}, {"exponent", "4e0"}, {"too-large", "18446744073709551616"}, {"minus-zero", "-0"},
	} {
		change("index-"+n.id, "index "+n.text+" is no plain unsigned number", "merkle.number", `"index": 4`, `"index": `+n.text)
	}
	change("size-negative", "a negative size", "merkle.number", `"size": 7`, `"size": -7`)
	change("index-leading-zero", "a leading zero, which JSON does not have", "merkle.malformed", `"index": 4`, `"index": 04`)
	change("index-text", "a number as a text", "merkle.malformed", `"index": 4`, `"index": "4"`)
	s.badShapes()
}

// badShapes: the same for the shape of RFC 6962.
func (s *suite) badShapes() {
	p, t := rfc6962.prove(size, at)
	good := p.shape(asHex)
	change := func(id, comment, reason, old, new string) {
		if !strings.Contains(good, old) {
			panic("nothing to change in " + id)
		}
		s.shaped(id, comment, strings.Replace(good, old, new, 1)).named(rfc6962.name).anchored(t.root(), size).refused("format", reason)
	}
	change("shape-member-unknown", "a member that the shape does not have", "merkle.malformed", `"leafIndex": 4`, `"leafIndex": 4, "x": 0`)
	change("shape-member-missing", "no size", "merkle.malformed", `, "treeSize": 7`, ``)
	change("shape-negative", "a negative index", "merkle.number", `"leafIndex": 4`, `"leafIndex": -4`)
	change("shape-two-encodings", "hexadecimal and base64 in one proof", "merkle.malformed", p.root, asBase64(p.root))
	change("shape-upper-case", "upper-case hexadecimal", "merkle.malformed", p.root, strings.ToUpper(p.root))
	change("shape-root-empty", "an empty root", "merkle.hash-length", p.root, "")
	change("shape-path-missing", "no path", "merkle.malformed", `"auditPath": [`, `"auditpath": [`)
	loose := asBase64(p.root)
	loose = loose[:42] + string(loose[42]+1) + "="
	s.shaped("shape-loose-base64", "base64 with bits set in its padding", p.shape(func(h string) string {
		if h == p.root {
			return loose
		}
		return asBase64(h)
	})).named(rfc6962.name).anchored(t.root(), size).refused("format", "merkle.malformed")
	s.shaped("shape-wrong-family", "the caller names a convention that the shape cannot stand for", good).named("bitcoin-txid").
		anchored(t.root(), size).undecided("format", "CUSTOM", "merkle.convention-unknown")
}

// limits: at each limit the text is still judged, one above it is not.
func (s *suite) limits() {
	p, t := rfc6962.prove(size, at)
	good := p.text()
	limit := func(id, comment, text string) {
		s.own(id, comment, text).anchored(t.root(), size).refused("format", "merkle.limit")
	}
	step := fmt.Sprintf("%q", p.root)
	long := *p
	long.path = make([]string, 64)
	for i := range long.path {
		long.path[i] = step
	}
	s.own("steps-64", "64 steps are read, and are too many for the size", long.text()).anchored(t.root(), size).refused("path-length", "merkle.path-length")
	long.path = append(long.path, step)
	limit("steps-65", "65 steps", long.text())
	shape := long
	s.shaped("shape-steps-65", "65 steps in the shape of RFC 6962", shape.shape(asHex)).named(rfc6962.name).anchored(t.root(), size).refused("format", "merkle.limit")

	hash := func(n int) string {
		return strings.Replace(good, p.root, strings.Repeat("ab", n), 1)
	}
	s.own("hash-64", "a hash of 64 bytes is read, and is too long for SHA-256", hash(64)).anchored(t.root(), size).refused("format", "merkle.hash-length")
	limit("hash-65", "a hash of 65 bytes", hash(65))

	nested := func(n int) string {
		return strings.Replace(good, `["`, strings.Repeat("[", n)+strings.Repeat("]", n)+`, ["`, 1)
	}
	s.own("nesting-64", "64 levels are read, but are no proof", strings.Replace(nested(63), `"path": `, `"x": `, 1)).anchored(t.root(), size).refused("format", "merkle.malformed")
	limit("nesting-65", "65 levels", strings.Replace(nested(64), `"path": `, `"x": `, 1))

	suffixed := func(n int) string {
		q, _ := sigsum.prove(size, at)
		q.suffix = strings.Repeat("ab", n)
		return q.text()
	}
	s.own("suffix-256", "256 bytes of leaf are read, and are not what a log entry has", suffixed(256)).anchored(t.root(), size).refused("format", "merkle.leaf-suffix")
	limit("suffix-257", "257 bytes of leaf", suffixed(257))
}

// badStatements: texts that can be read and state what the convention cannot have.
func (s *suite) badStatements() {
	short := rule{name: sigsum.name, index: true, pair: node01, suffix: sigsumBytes[:95],
		leaf: func(d []byte) []byte { return sha([]byte{0}, sha2(d), sigsumBytes[:95]) }}
	p, t := short.prove(size, at)
	s.own("suffix-short", "a log entry without the last byte of the key hash; all hashes are made for it", p.text()).anchored(t.root(), size).
		refused("format", "merkle.leaf-suffix")
	p, t = bundle.prove(size, at)
	p.suffix = ""
	s.own("suffix-missing", "a bundle says explicitly that there are no metadata", p.text()).anchored(t.root(), size).refused("format", "merkle.leaf-suffix")
	p, t = rfc6962.prove(size, at)
	p.suffix = "00"
	s.own("suffix-unexpected", "bytes of leaf where the convention has none", p.text()).anchored(t.root(), size).refused("format", "merkle.leaf-suffix")

	for _, n := range []int{31, 33} {
		p, t = rfc6962.prove(size, at)
		p.path[1] = fmt.Sprintf("%q", strings.Repeat("ab", n))
		s.own(fmt.Sprintf("sibling-%d", n), fmt.Sprintf("a sibling of %d bytes", n), p.text()).anchored(t.root(), size).refused("format", "merkle.hash-length")
		p, t = rfc6962.prove(size, at)
		p.leaf = strings.Repeat("ab", n)
		s.own(fmt.Sprintf("leaf-%d", n), fmt.Sprintf("a leaf of %d bytes", n), p.text()).anchored(t.root(), size).refused("format", "merkle.hash-length")
	}
	p, t = rfc6962.prove(size, at)
	p.index = "7"
	s.own("index-is-size", "the index is the size", p.text()).anchored(t.root(), size).refused("format", "merkle.index-range")
	p.index, p.size = "0", "0"
	s.own("size-zero", "a tree without leaves", p.text()).anchored(t.root(), 0).refused("format", "merkle.index-range")
	p.index, p.size = "", "7"
	s.own("index-missing", "no index, where it gives the sides", p.text()).anchored(t.root(), size).refused("format", "merkle.position-missing")
	p.index, p.size = "4", ""
	s.own("size-missing", "no size, where it gives the shape", p.text()).anchored(t.root(), size).refused("format", "merkle.position-missing")
	p, t = withoutSelf(directed(duplicate, 0)).prove(size, at)
	p.size = ""
	s.own("size-missing-mtjs", "without the size nobody can tell which steps were left out", p.text()).anchored(t.root(), size).refused("format", "merkle.position-missing")

	p, t = directed(promote, 0).prove(size, at)
	for i, x := range t.path(at) {
		p.path[i] = fmt.Sprintf("%q", t.text(x.hash))
	}
	s.own("sides-missing", "no sides, where only they tell left from right", p.text()).anchored(t.root(), size).refused("format", "merkle.sides")
	p, t = sortedPair(promote, 0).prove(size, at)
	for i, x := range t.path(at) {
		p.path[i] = fmt.Sprintf(`{"left":%q}`, t.text(x.hash))
	}
	s.own("sides-unexpected", "sides, where pairs are sorted", p.text()).anchored(t.root(), size).refused("format", "merkle.sides")
	p, t = withoutSelf(sortedPair(duplicate, 0)).prove(size, at)
	p.index = "8"
	s.own("sorted-index-behind", "sorted pairs, and an index that is not below the size", p.text()).anchored(t.root(), size).refused("format", "merkle.index-range")
}
