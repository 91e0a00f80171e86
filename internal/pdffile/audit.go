package pdffile

import (
	"cmp"
	"context"
	"slices"
)

// Mark is an object with the name ByteRange in it: a signature dictionary, or what
// looks like one. Named is false if no entry leads there.
type Mark struct {
	Ref         Ref
	Offset, End int64
	// Revision is the one whose bytes these are.
	Revision int
	Named    bool
}

// Marks returns all objects of the file that hold the name ByteRange, in the order of
// the file. Those in object streams are not among them: no signature can lie there. It
// is empty under Options.NoScan.
func (f *File) Marks() []Mark { return f.marks }

// claim is an object that an entry claims to be at a place.
type claim struct {
	pos int64
	row *row
}

// audit compares the tables with what stands in the file: every object's outline where
// its entry points, and everything in between.
func (f *File) audit(ctx context.Context, w *window) error {
	claims := f.claims()
	c := coverage{f: f, ctx: ctx, w: w, scan: f.borrow()}
	defer f.giveBack(c.scan)
	fixed := f.fixed()
	for i := 0; i < len(claims); {
		end := i + 1
		for end < len(claims) && claims[end].pos == claims[i].pos {
			end++
		}
		if i&255 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		s, err := f.check(w, claims[i:end])
		if err != nil {
			return err
		}
		if s.to > s.from {
			for len(fixed) > 0 && fixed[0].from < s.from {
				if err := c.cover(fixed[0]); err != nil {
					return err
				}
				fixed = fixed[1:]
			}
			if err := c.cover(extent{s.from, s.to, s.ref}); err != nil {
				return err
			}
		}
		i = end
	}
	for _, x := range fixed {
		if err := c.cover(x); err != nil {
			return err
		}
	}
	if err := c.gap(c.to, f.src.size); err != nil {
		return err
	}
	for _, x := range claims {
		f.checkPlace(x.row)
	}
	if err := f.trailing(w); err != nil {
		return err
	}
	f.noEmbedded = !f.embeds && !f.hasContainers()
	return f.auditContainers(ctx)
}

// hasContainers reports whether an entry leads into an object stream.
func (f *File) hasContainers() bool {
	return slices.ContainsFunc(f.all, func(r *row) bool { return r.kind() == InStream })
}

// claims returns the entries of all revisions that point into the file, by place.
func (f *File) claims() []claim {
	n := 0
	for _, r := range f.revisions {
		n += len(r.rows)
	}
	out := make([]claim, 0, n)
	for _, r := range f.revisions {
		for i := range r.rows {
			if row := &r.rows[i]; row.kind() == InFile {
				out = append(out, claim{row.offset(), row})
			}
		}
	}
	slices.SortFunc(out, func(a, b claim) int {
		return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(a.row.rev, b.row.rev))
	})
	return out
}

// check looks at the object at one place, for all entries that point there.
func (f *File) check(w *window, claims []claim) (s spot, err error) {
	pos := claims[0].pos
	err = errNoObject
	if pos < f.src.size {
		s, err = f.outline(w, pos, int(claims[0].row.rev))
	}
	if err != nil && err != errNoObject {
		return s, err
	}
	named := false
	for _, c := range claims {
		ref := Ref{c.row.number, c.row.gen}
		switch {
		case pos >= f.src.size:
			f.found(FoundOutside, f.revisions[c.row.rev].Sections[0].From, ref, "the entry of object %d leads out of the file", ref.Number)
		case err != nil:
			f.found(FoundMisplaced, pos, ref, "no object stands where the entry of object %d leads", ref.Number)
		case s.ref != ref:
			f.found(FoundMisplaced, pos, ref, "object %d %d stands where the entry of object %d %d leads", s.ref.Number, s.ref.Generation, ref.Number, ref.Generation)
		default:
			named = true
			c.row.move(s.from) // from white space to the object
			if s.broken == nil {
				c.row.end = s.to
			}
		}
	}
	if err != nil {
		return spot{}, nil
	}
	f.embeds = f.embeds || s.embeds || s.broken != nil
	f.oddities(&s)
	f.mark(&s, named)
	return s, nil
}

// checkPlace looks whether the object lies in the bytes of the revision that names it.
func (f *File) checkPlace(r *row) {
	rev := f.revisions[r.rev]
	ref, pos := Ref{r.number, r.gen}, r.offset()
	switch {
	case pos >= rev.End && pos < f.src.size || r.end > rev.End:
		f.found(FoundOutside, pos, ref, "the entry of object %d in revision %d leads to bytes behind that revision", r.number, r.rev)
	case pos < rev.Start:
		before := f.views[r.rev-1].find(r.number)
		if before == nil || !before.same(r) {
			f.found(FoundRepointed, rev.Sections[0].From, ref, "revision %d points object %d to the older place %d", r.rev, r.number, pos)
		}
	}
}

// oddities reports what outline saw.
func (f *File) oddities(s *spot) {
	if s.broken != nil {
		f.found(FoundBroken, s.from, s.ref, "object %d: %v", s.ref.Number, s.broken)
		return
	}
	if s.odd == 0 {
		return
	}
	for _, x := range [...]struct {
		bit  oddity
		code string
		at   int64
		text string
	}{
		{oddSpace, FoundNearly, s.from, "the entry of object %d leads to white space before it"},
		{oddEOL, FoundStreamEOL, s.data, "the keyword stream of object %d is not followed by a line feed"},
		{oddLength, FoundLength, s.data, "the Length of object %d does not lead to endstream"},
		{oddEndStream, FoundNoEndStream, s.dataTo, "no endstream behind object %d"},
		{oddEndObj, FoundNoEndObj, s.to, "no endobj behind object %d"},
	} {
		if s.odd&x.bit != 0 {
			f.found(x.code, x.at, s.ref, x.text, s.ref.Number)
		}
	}
}

func (f *File) mark(s *spot, named bool) {
	if s.byteRange && len(f.marks) < MaxFindings {
		f.marks = append(f.marks, Mark{s.ref, s.from, s.to, f.revisionAt(s.from), named})
	}
}

// trailing looks at the bytes behind the last revision.
func (f *File) trailing(w *window) error {
	from := f.revisions[len(f.revisions)-1].End
	if from >= f.src.size {
		return nil
	}
	code := FoundSpace
	for at := from; at < f.src.size; {
		b, _, err := w.at(at, chunk)
		if err != nil {
			return err
		}
		if spaces(b, 0) < len(b) {
			code = FoundTrailing
			break
		}
		at += int64(len(b))
	}
	f.found(code, from, Ref{}, "%d bytes behind the end of the last revision", f.src.size-from)
	return nil
}
