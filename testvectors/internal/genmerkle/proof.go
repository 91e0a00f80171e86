package main

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
)

// proof is an inclusion proof as a text of exhibit.merkle/v1 states it. An empty
// member is left out.
type proof struct {
	convention  string
	leaf        string
	suffix      string
	index, size string
	path        []string // JSON of every step
	root        string
}

func (r rule) text(h []byte) string {
	if r.show {
		h = reversed(h)
	}
	return hex.EncodeToString(h)
}

func reversed(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		out[len(b)-1-i] = c
	}
	return out
}

// state states everything that the convention has.
func (t *tree) state(leaf []byte, index, size int, path []step) *proof {
	p := &proof{convention: t.name, leaf: t.text(leaf), suffix: hex.EncodeToString(t.suffix), size: fmt.Sprint(size), root: t.text(t.root())}
	if t.index {
		p.index = fmt.Sprint(index)
	}
	for _, s := range path {
		if s.self && t.omit {
			continue
		}
		p.path = append(p.path, t.step(s))
	}
	return p
}

func (r rule) step(s step) string {
	switch {
	case !r.sides:
		return fmt.Sprintf("%q", r.text(s.hash))
	case s.left:
		return fmt.Sprintf(`{"left":%q}`, r.text(s.hash))
	}
	return fmt.Sprintf(`{"right":%q}`, r.text(s.hash))
}

// prove states the proof of the letter in a tree of n entries.
func (r rule) prove(n, at int) (*proof, *tree) {
	t, i := r.plant(n, at)
	return t.state(r.leaf(letter), i, n, t.path(i)), t
}

func (p *proof) text() string {
	var b strings.Builder
	b.WriteString("{\n  \"schema\": \"exhibit.merkle/v1\",\n  \"type\": \"inclusion\",\n")
	for _, m := range []struct {
		name, value string
		quoted      bool
	}{
		{"convention", p.convention, true}, {"leaf", p.leaf, true}, {"leaf_suffix", p.suffix, true},
		{"index", p.index, false}, {"size", p.size, false},
	} {
		if m.value != "" && m.quoted {
			fmt.Fprintf(&b, "  %q: %q,\n", m.name, m.value)
		} else if m.value != "" {
			fmt.Fprintf(&b, "  %q: %s,\n", m.name, m.value)
		}
	}
	b.WriteString("  \"path\": [" + strings.Join(p.path, ", ") + "]")
	if p.root != "" {
		fmt.Fprintf(&b, ",\n  \"root\": %q", p.root)
	}
	return b.String() + "\n}\n"
}

// shape writes the same proof in the shape of RFC 6962; spell writes a hash.
func (p *proof) shape(spell func(string) string) string {
	var path []string
	for _, s := range p.path {
		path = append(path, fmt.Sprintf("%q", spell(strings.Trim(s, `"`))))
	}
	return fmt.Sprintf("{\"root\": %q, \"leaf\": %q, \"leafIndex\": %s, \"treeSize\": %s, \"auditPath\": [%s]}\n",
		spell(p.root), spell(p.leaf), p.index, p.size, strings.Join(path, ", "))
}

func asHex(s string) string { return s }

func asBase64(s string) string {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(b)
}
