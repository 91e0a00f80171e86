package merkle

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Head is a tree as a whole: how many leaves, and their root.
type Head struct {
	Size uint64
	Root []byte
}

// Consistency is a proof that one tree is the beginning of another, read but not
// judged. It speaks of no subject. It does not change and may be used by several
// goroutines.
type Consistency struct {
	name         string
	older, newer Head
	path         [][]byte
}

// NewConsistency makes a proof out of its parts, for readers of other forms.
func NewConsistency(convention string, older, newer Head, path [][]byte) (*Consistency, error) {
	steps := make([]Step, len(path))
	for i, h := range path {
		steps[i].Hash = h
	}
	p, err := New(Statement{Path: steps, Root: newer.Root, Leaf: older.Root})
	if err != nil {
		return nil, err
	}
	c := &Consistency{name: convention, older: Head{older.Size, p.s.Leaf}, newer: Head{newer.Size, p.s.Root}}
	for _, step := range p.s.Path {
		c.path = append(c.path, step.Hash)
	}
	return c, nil
}

// ParseConsistency reads a consistency proof in the form exhibit.merkle/v1.
func ParseConsistency(b []byte) (*Consistency, error) {
	v, err := object(b, "consistency", "convention", "older", "size", "path", "root")
	if err != nil {
		return nil, err
	}
	older := &fields{Value: v.Get("older")}
	if err := older.Only("size", "root"); err != nil {
		return nil, wrap(codeMalformed, "older", err)
	}
	name := optional(v, "convention", (*fields).name)
	was := Head{*older.number("size"), older.hex("root")}
	is := Head{*v.number("size"), v.hex("root")}
	var path [][]byte
	for _, step := range v.steps("path") {
		if step.Side != Unnamed {
			v.fail(codeMalformed, "path", text(codeSides, "a consistency proof has no sides"))
		}
		path = append(path, step.Hash)
	}
	for _, f := range []*fields{v, older} {
		if f.err != nil {
			return nil, f.err
		}
	}
	return NewConsistency(name, was, is, path)
}

// ConsistencyClaims is what a consistency proof says of itself.
type ConsistencyClaims struct {
	Convention string `json:"convention"`
	OlderSize  uint64 `json:"older_size"`
	OlderRoot  string `json:"older_root"`
	Size       uint64 `json:"size"`
	Root       string `json:"root"`
}

// Claims returns what the proof says of itself.
func (c *Consistency) Claims() ConsistencyClaims {
	return ConsistencyClaims{c.name, c.older.Size, fmt.Sprintf("%x", c.older.Root), c.newer.Size, fmt.Sprintf("%x", c.newer.Root)}
}

// Verify judges the proof. It passes only when the anchors vouch for both roots. That
// a proof is wrong shows a split or rewritten log only when both are vouched for by
// the log itself.
func (c *Consistency) Verify(anchors ...Anchored) verdict.Result { return c.verify(anchors, "") }

func (c *Consistency) verify(anchors []Anchored, ignore string) verdict.Result {
	r := &recorder{verdict.Begin(Kind, owedConsistency...), ignore}
	if c.convention(r) && c.format(r) {
		both := c.anchored(r, anchors)
		c.numbers(r, both)
	}
	res := r.p.Finish()
	res.Claims = c.Claims()
	return res
}

// convention: consistency is a matter of trees that grow at their right edge.
func (c *Consistency) convention(r *recorder) bool {
	known, ok := conventions[c.name]
	if !ok || known.Sides != ByIndex || known.Odd != Promote || known.SortedLeaves {
		r.refuse(checkConvention, verdict.Custom, codeConvention,
			fmt.Sprintf("convention %q is not known, or its trees do not grow", c.name), refForm)
		return false
	}
	r.pass(checkConvention, c.name, refForm)
	return true
}

func (c *Consistency) format(r *recorder) bool {
	code, why := "", ""
	for _, h := range append([][]byte{c.older.Root, c.newer.Root}, c.path...) {
		if len(h) != HashSize {
			code, why = codeHashLength, fmt.Sprintf("a hash of %d bytes", len(h))
		}
	}
	switch {
	case code != "":
	case c.older.Size == 0:
		code, why = codeFromZero, "a consistency proof from the empty tree proves nothing"
	case c.older.Size > c.newer.Size:
		code, why = codeSizes, fmt.Sprintf("the older tree has %d leaves, the newer %d", c.older.Size, c.newer.Size)
	}
	if code != "" {
		r.refuse(checkFormat, verdict.FormatFailure, code, why, refConsistency)
		return false
	}
	r.pass(checkFormat, "", refForm)
	return true
}

// numbers checks the length of the path and both roots.
func (c *Consistency) numbers(r *recorder, both bool) {
	path := make([]Hash, len(c.path))
	for i := range path {
		path[i] = Hash(c.path[i])
	}
	if want := ConsistencyLen(c.older.Size, c.newer.Size); len(path) != want {
		r.refuse(checkLength, verdict.FormatFailure, codeLength,
			fmt.Sprintf("the path has %d steps, the sizes allow %d", len(path), want), refConsistency)
		return
	}
	r.pass(checkLength, fmt.Sprintf("%d steps", len(path)), refConsistency)
	if err := VerifyConsistency(c.older.Size, c.newer.Size, Hash(c.older.Root), Hash(c.newer.Root), path); err != nil {
		detail := err.Error() + "; this shows a split log only if the log signed both roots"
		if both {
			detail = err.Error() + "; both roots are vouched for, and this proof does not lead from one to the other"
		}
		r.refuse(checkRoot, verdict.HashFailure, codeInconsistent, detail, refConsistency)
		return
	}
	r.pass(checkRoot, "the older tree is the beginning of the newer", refConsistency)
}

// anchored looks for what vouches for both roots.
func (c *Consistency) anchored(r *recorder, anchors []Anchored) bool {
	older, newer := find(anchors, c.older.Root, &c.older.Size), find(anchors, c.newer.Root, &c.newer.Size)
	if older == nil || newer == nil {
		r.refuse(checkAnchor, verdict.NoCertificateChainFound, codeAnchor, "nothing given vouches for both roots", refHead)
	}
	r.pass(checkAnchor, "", refHead)
	for _, x := range []struct {
		by *Anchored
		h  Head
	}{{older, c.older}, {newer, c.newer}} {
		switch {
		case x.by == nil || x.by.Size == 0:
			r.p.NotChecked("size", fmt.Sprintf("nothing vouches for %d leaves; sizes are not hashed", x.h.Size))
		case x.by.Size != x.h.Size:
			r.refuse(checkSize, verdict.HashFailure, codeSize,
				fmt.Sprintf("the proof says %d leaves, the anchor %d", x.h.Size, x.by.Size), refHead)
		}
	}
	r.pass(checkSize, "", refHead)
	return older != nil && newer != nil
}
