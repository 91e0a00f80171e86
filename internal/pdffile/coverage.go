package pdffile

import (
	"cmp"
	"context"
	"slices"
)

// extent is a piece of the file that something accounts for.
type extent struct {
	from, to int64
	ref      Ref // of an object
}

// fixed returns the extents of all sections and of what ends them, by place.
func (f *File) fixed() (out []extent) {
	for i := range f.sections {
		s := &f.sections[i]
		out = append(out, extent{s.From, s.To, s.Ref})
		switch {
		case s.StartXRef >= 0:
			out = append(out, extent{from: s.StartXRef, to: s.End})
		case s.Marker >= 0:
			out = append(out, extent{from: s.Marker, to: s.End})
		}
	}
	slices.SortFunc(out, func(a, b extent) int { return cmp.Compare(a.from, b.from) })
	return out
}

// coverage walks over the file once, extent by extent.
type coverage struct {
	f    *File
	ctx  context.Context
	w    *window // to look at objects
	scan *window // to look at what lies between
	last extent
	to   int64 // the end of all extents so far and of the white space behind
}

// cover takes the next extent and looks at the bytes that it leaves out.
func (c *coverage) cover(x extent) error {
	switch {
	case x.from > c.to:
		if err := c.gap(c.to, x.from); err != nil {
			return err
		}
	case x.from < c.to && x != c.last: // a stream is a section and an object
		c.f.found(FoundOverlap, x.from, x.ref, "bytes %d to %d are part of two things", x.from, min(x.to, c.to))
	}
	if c.last = x; x.to <= c.to {
		return nil
	}
	// The window is still at the end of what it showed last, so white space is cheap to
	// see here; but for a section, when an object behind it was looked at already.
	w := c.w
	if x.to < w.off {
		w = c.scan
	}
	b, err := w.peek(x.to, 16)
	c.to = x.to + int64(spaces(b, 0))
	return err
}

// gap reports what readers that search a file would find in the bytes from to to.
func (c *coverage) gap(from, to int64) error {
	b, err := c.scan.peek(from, int(min(to-from, 64)))
	if err != nil || int64(spaces(b, 0)) == to-from {
		return err
	}
	return c.f.search(c.ctx, c.scan, c.w, from, to, c.f.unnamed)
}

// unnamed reports something that no table leads to.
func (f *File) unnamed(h hit) error {
	switch {
	case h.word == "startxref" && h.at == f.lastStart:
		f.found(FoundStartXRef, h.at, Ref{}, "the last startxref does not stand behind the section that it names")
		return nil
	case h.word != "obj":
		f.found(FoundOrphan, h.at, Ref{}, "%s where the chain of sections does not lead", h.word)
		return nil
	case h.spot.trait == isXRef:
		f.found(FoundOrphan, h.at, h.spot.ref, "a cross-reference stream to which the chain of sections does not lead")
	default:
		n := f.revisionAt(h.at)
		rows := f.revisions[n].rows
		_, also := slices.BinarySearchFunc(rows, h.spot.ref.Number, func(r row, n uint32) int { return cmp.Compare(r.number, n) })
		if also {
			f.found(FoundTwice, h.at, h.spot.ref, "a second object %d, to which no entry leads", h.spot.ref.Number)
		} else {
			f.found(FoundUnnamed, h.at, h.spot.ref, "object %d, which no table of its revision names", h.spot.ref.Number)
		}
	}
	f.oddities(&h.spot)
	f.mark(&h.spot, false)
	return nil
}
