package pdffile

import (
	"cmp"
	"context"
	"slices"
)

// auditContainers compares the entries that point into object streams with the heads of
// those streams, which alone are decoded.
func (f *File) auditContainers(ctx context.Context) error {
	var rows []*row
	for _, r := range f.revisions {
		for i := range r.rows {
			if r.rows[i].kind() == InStream {
				rows = append(rows, &r.rows[i])
			}
		}
	}
	slices.SortFunc(rows, func(a, b *row) int {
		return cmp.Or(cmp.Compare(a.container(), b.container()), cmp.Compare(a.rev, b.rev), cmp.Compare(a.index(), b.index()))
	})
	extends := map[Ref]bool{}
	for i := 0; i < len(rows); {
		end := i + 1
		for end < len(rows) && rows[end].container() == rows[i].container() && rows[end].rev == rows[i].rev {
			end++
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f.auditContainer(rows[i:end], extends); err != nil {
			return err
		}
		i = end
	}
	return nil
}

// auditContainer looks at the entries of one revision that point to one object stream.
func (f *File) auditContainer(rows []*row, extends map[Ref]bool) error {
	v, number := &f.views[rows[0].rev], rows[0].container()
	at := f.revisions[v.n].Sections[0].From
	c, err := v.containerRow(number)
	if err != nil {
		f.found(FoundContainer, at, Ref{number, 0}, "object stream %d is not an object of the file", number)
		return nil
	}
	ref := Ref{number, c.gen}
	if last := f.Last().find(number); !last.same(c) {
		f.found(FoundOverridden, c.offset(), ref, "object stream %d is replaced in revision %d, and with it what revision %d says lies in it", number, last.rev, v.n)
	}
	s, box, err := f.contents(v, c)
	switch {
	case fatal(err), isCode(err, CodeLimit):
		return err
	case isCode(err, CodeEncrypted):
		return nil
	case err != nil:
		f.found(FoundContainer, c.offset(), ref, "object stream %d cannot be read: %s", number, err.Error())
		return nil
	}
	if dup := duplicate(box.numbers); dup >= 0 {
		f.found(FoundContainer, s.From, ref, "object stream %d holds object %d twice", number, dup)
	}
	for _, r := range rows {
		if i := int(r.index()); i >= len(box.numbers) || box.numbers[i] != r.number {
			f.found(FoundContainer, s.From, Ref{r.number, 0}, "object %d is not number %d of object stream %d", r.number, i, number)
		}
	}
	return f.auditExtends(v, ref, s, extends)
}

// contents reads the head of an object stream. Of a short one everything is decoded
// and kept: the decoder would not stop earlier.
func (f *File) contents(v *View, c *row) (*Stream, *container, error) {
	o, err := v.inFile(c)
	if err != nil {
		return nil, nil, err
	}
	s, _ := o.object.(*Stream)
	if s != nil && s.To-s.From <= chunk {
		box, _, err := v.container(c.number)
		return s, box, err
	}
	box := &container{}
	return s, box, f.unpack(s, box, v, 0)
}

// duplicate returns a number that stands twice, or -1.
func duplicate(numbers []uint32) int64 {
	sorted := slices.Clone(numbers)
	slices.Sort(sorted)
	for i := 1; i < len(sorted); i++ {
		if sorted[i] == sorted[i-1] {
			return int64(sorted[i])
		}
	}
	return -1
}

// auditExtends follows Extends (7.5.7), which nothing here depends on: where an object
// lies is said by its entry. known are the streams whose chains were followed, true where
// one goes in a circle.
func (f *File) auditExtends(v *View, ref Ref, s *Stream, known map[Ref]bool) error {
	chain := map[Ref]bool{}
	circle := false
	defer func() { // also of a circle, which is not walked again from each of its members
		for r := range chain {
			known[r] = circle
		}
	}()
	first := s
	for s != nil {
		before, ok := known[ref]
		if ok && !before {
			break
		}
		if circle = ok || chain[ref]; circle {
			f.found(FoundContainer, first.From, first.Ref, "the object streams that Extends leads to go in a circle")
			return nil
		}
		chain[ref] = true
		next, ok := s.Dict.Get("Extends").(Ref)
		if !ok {
			break
		}
		o, err := v.get(next)
		if f.passing(err) {
			return err
		}
		ref = next
		if s, _ = o.object.(*Stream); err != nil || s == nil || s.Dict.name("Type") != "ObjStm" {
			f.found(FoundContainer, first.From, first.Ref, "Extends leads to object %d, which is no object stream", next.Number)
			break
		}
	}
	return nil
}
