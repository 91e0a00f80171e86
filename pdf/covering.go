package pdf

import (
	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/verdict"
)

// covered reports whether a signature or time-stamp speaks of an attachment as the present
// document has it: of all bytes of its stream, and of a revision that named these bytes.
func (d *Document) covered(s *signature, a *Attachment) bool {
	return s.sound() && s.covered >= 0 && s.rng.holds(extent{a.Offset, a.End}) &&
		a.InRevision(s.covered) && d.decodedAlike(a.EmbeddedFile, s.covered) && d.namedBy(a, s.covered)
}

// decodedAlike reports whether what says how the stream is decoded was there at the end
// of a revision: entries of its dictionary may be other objects, which a later revision
// can replace while the stream stays.
func (d *Document) decodedAlike(e *EmbeddedFile, n int) bool {
	for _, key := range []pdffile.Name{"Length", "Filter", "DecodeParms"} {
		if !d.settled(e.stream.Dict.Get(key), n, maxSettled) {
			return false
		}
	}
	return true
}

// maxSettled bounds how deep the entries of a stream dictionary are looked into: an array
// of dictionaries of values.
const maxSettled = 4

// settled reports whether no object that a value leads to is younger than a revision.
func (d *Document) settled(o pdffile.Object, n, depth int) bool {
	if depth == 0 {
		return false
	}
	switch x := o.(type) {
	case pdffile.Ref:
		last := d.file.Last()
		if rev, _ := last.Where(x); rev > n {
			return false
		}
		inner, err := last.Get(x)
		return err == nil && d.settled(inner, n, depth-1)
	case pdffile.Array:
		for _, y := range x {
			if !d.settled(y, n, depth-1) {
				return false
			}
		}
	case pdffile.Dict:
		for _, m := range x.Members {
			if !d.settled(m.Value, n, depth-1) {
				return false
			}
		}
	}
	return true
}

// namedBy reports whether a file specification that names the attachment now is no
// younger than a revision. One that is no object of its own lies in what names it, which
// may have changed otherwise.
func (d *Document) namedBy(a *Attachment, n int) bool {
	for i := range a.Places {
		spec := a.Places[i].Spec
		if spec.Number == 0 {
			return true
		}
		if rev, _ := d.file.Last().Where(spec); rev >= 0 && rev <= n {
			return true
		}
	}
	return false
}

// coverage is what the nodes of the signatures say of one attachment.
type coverage struct {
	sources []string          // that cover it
	passed  []*verdict.Result // of these
	open    *verdict.Result   // the first of these that is undecided
}

// coverageOf looks through the judged signatures; nodes are theirs, in their order.
func (v *verifier) coverageOf(a *Attachment, nodes []verdict.Result) (c coverage) {
	for i, s := range v.signatures {
		if !v.covered(s, a) {
			continue
		}
		r := &nodes[i]
		c.sources = append(c.sources, r.Source)
		switch r.Indication() {
		case verdict.Passed:
			c.passed = append(c.passed, r)
		case verdict.Indeterminate:
			c.open = first(c.open, r)
		}
	}
	return c
}
