package certpath

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// relation says how a name stands to another one, or to a subtree.
type relation uint8

// The relations. unclear is for what cannot be compared: whoever asks takes the worse
// of the two others.
const (
	outside relation = iota
	inside
	unclear
)

// foldedRDN is a relative distinguished name, ready to compare.
type foldedRDN struct {
	text   string // its attributes, folded and in order: equal for equal sets
	kinds  string // the types of its attributes
	opaque bool   // an attribute is no readable text, so that other bytes may mean the same
}

// sameAs compares two relative names.
func (a *foldedRDN) sameAs(b *foldedRDN) relation {
	switch {
	case a.text == b.text:
		return inside
	case (a.opaque || b.opaque) && a.kinds == b.kinds:
		return unclear
	}
	return outside
}

// nextRDN cuts the attributes of the first relative name off.
func nextRDN(list []nameAttribute) (rdn, rest []nameAttribute) {
	n := 1
	for n < len(list) && !list[n].first {
		n++
	}
	return list[:n], list[n:]
}

// foldRDN folds the members of a SET. Their order means nothing.
func foldRDN(members []nameAttribute) foldedRDN {
	var out foldedRDN
	if len(members) == 1 {
		out.text, out.opaque = foldAttribute(&members[0])
		out.kinds = string(members[0].oid)
		return out
	}
	texts, kinds := make([]string, len(members)), make([]string, len(members))
	for i := range members {
		text, opaque := foldAttribute(&members[i])
		texts[i], kinds[i] = text, string(binary.BigEndian.AppendUint32(nil, uint32(len(members[i].oid))))+string(members[i].oid)
		out.opaque = out.opaque || opaque
	}
	sort.Strings(texts)
	sort.Strings(kinds)
	out.text, out.kinds = strings.Join(texts, ""), strings.Join(kinds, "")
	return out
}

// foldAttribute returns type and value so that equal ones, and no others, give the
// same string.
func foldAttribute(a *nameAttribute) (folded string, opaque bool) {
	b := make([]byte, 0, len(a.oid)+len(a.value)+16)
	b = binary.BigEndian.AppendUint32(b, uint32(len(a.oid)))
	b = append(b, a.oid...)
	at := len(b)
	b = append(b, 0, 0, 0, 0, 0x1f) // the length, and for text what is no tag
	if t, ok := a.text(); ok {
		b = appendFolded(b, t)
	} else {
		b[at+4], opaque = byte(a.tag), true
		b = append(b, a.value...)
	}
	binary.BigEndian.PutUint32(b[at:], uint32(len(b)-at))
	return string(b), opaque
}

// appendFolded is the string preparation of RFC 5280, section 7.1, as far as it
// decides in practice: lower case, white space trimmed and collapsed.
func appendFolded(b []byte, s string) []byte {
	start, gap := len(b), false
	for _, r := range s {
		if unicode.IsSpace(r) {
			gap = true
			continue
		}
		if gap && len(b) > start {
			b = append(b, ' ')
		}
		gap = false
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	return b
}

// foldName folds a whole Name; ok is false when it cannot be read.
func foldName(raw []byte) (out []foldedRDN, ok bool) {
	list, ok := readName(raw)
	for len(list) > 0 {
		var rdn []nameAttribute
		rdn, list = nextRDN(list)
		out = append(out, foldRDN(rdn))
	}
	return out, ok
}

// SameName compares two names by RFC 5280, section 7.1: equal bytes, or else the
// same relative names, each a set of attributes, where string values are equal
// without regard to their ASN.1 type, to case and to the amount of white space. A
// name that cannot be read equals only itself, and the empty name equals nothing.
func SameName(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return len(a) > 2
	}
	x, ok1 := readName(a)
	y, ok2 := readName(b)
	if !ok1 || !ok2 || len(x) != len(y) || len(x) == 0 {
		return false
	}
	for len(x) > 0 && len(y) > 0 {
		var r, s []nameAttribute
		r, x = nextRDN(x)
		s, y = nextRDN(y)
		if len(r) != len(s) || foldRDN(r).text != foldRDN(s).text {
			return false
		}
	}
	return true
}

// beginsWith reports whether the relative names of base are the first ones of name.
func beginsWith(name, base []foldedRDN) relation {
	if len(base) > len(name) {
		return outside
	}
	out := inside
	for i := range base {
		switch name[i].sameAs(&base[i]) {
		case outside:
			return outside
		case unclear:
			out = unclear
		}
	}
	return out
}

// nameFinder looks for one name among many, and folds it once.
type nameFinder struct {
	raw   []byte
	want  []foldedRDN
	attrs []nameAttribute
}

func newNameFinder(raw []byte) *nameFinder {
	f := &nameFinder{raw: raw}
	f.want, _ = foldName(raw)
	return f
}

// is is SameName.
func (f *nameFinder) is(name []byte) bool {
	if bytes.Equal(f.raw, name) {
		return len(name) > 2
	}
	list, ok := appendName(f.attrs[:0], name)
	if !ok || len(f.want) == 0 {
		return false
	}
	f.attrs = list
	for i := range f.want {
		if len(list) == 0 {
			return false
		}
		var rdn []nameAttribute
		rdn, list = nextRDN(list)
		if foldRDN(rdn).text != f.want[i].text {
			return false
		}
	}
	return len(list) == 0
}

// nameMemo compares names as SameName does and folds each of them once, for many
// comparisons of few names. The names must not change meanwhile.
type nameMemo map[nameAt]nameSum

type nameAt struct {
	first *byte
	size  int
}

type nameSum struct {
	sum [sha256.Size]byte // of the folded name
	ok  bool              // false for a name that equals only itself
}

func (m nameMemo) same(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return len(a) > 2
	}
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	x := m.of(a)
	return x.ok && x == m.of(b)
}

func (m nameMemo) of(name []byte) nameSum {
	k := nameAt{&name[0], len(name)}
	out, known := m[k]
	if known {
		return out
	}
	h := sha256.New()
	rdns, ok := foldName(name)
	for i := range rdns {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(rdns[i].text))))
		io.WriteString(h, rdns[i].text)
	}
	out.ok = ok && len(rdns) > 0
	h.Sum(out.sum[:0])
	m[k] = out
	return out
}
