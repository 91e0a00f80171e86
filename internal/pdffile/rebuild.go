package pdffile

import (
	"context"
	"slices"
)

// rebuild makes revisions of what a search of the whole file finds: what lies up to a
// %%EOF that a startxref precedes is one.
func (f *File) rebuild(ctx context.Context, w *window) error {
	b := builder{f: f, w: w, boxes: map[int64]bool{}}
	b.open(0)
	scan := f.borrow()
	err := f.search(ctx, scan, w, 0, f.src.size, b.take)
	f.giveBack(scan)
	if err != nil {
		return err
	}
	linear, err := f.linearized(w)
	if err != nil {
		return err
	}
	if err := b.close(linear); err != nil {
		return err
	}
	f.order()
	f.prepare()
	if err := b.unpack(ctx); err != nil {
		return err
	}
	f.order()
	err = f.checkRoot()
	if err != nil && !fatal(err) && b.catalog != (Ref{}) {
		r := f.revisions[len(f.revisions)-1]
		f.found(FoundTrailer, r.Start, b.catalog, "no trailer leads to a catalog; object %d is taken for it", b.catalog.Number)
		r.Trailer.Members = append([]Member{{"Root", b.catalog, -1, -1}}, r.Trailer.Members...)
		r.Sections[0].Trailer = r.Trailer
		err = f.checkRoot()
	}
	if err != nil {
		if isCode(err, CodeUnreadable) {
			err = unreadable(0, "no catalog can be read: %s", err.Error())
		}
		return err
	}
	for _, s := range b.spots {
		f.mark(&s, true)
	}
	return f.trailing(w)
}

// builder gathers revisions while the search goes on.
type builder struct {
	f       *File
	w       *window
	list    []*Revision
	started bool           // the open revision has a startxref
	boxes   map[int64]bool // where object streams lie
	catalog Ref
	spots   []spot // of signature dictionaries
	entries int64  // of all revisions
}

// count counts an entry within the limits that hold for tables.
func (b *builder) count(at int64) error {
	if most := min(MaxRows, b.f.src.size); b.entries >= most {
		return limit(at, "entries in the cross-reference tables", most)
	}
	b.entries++
	return nil
}

// open begins a revision.
func (b *builder) open(at int64) {
	b.list = append(b.list, &Revision{Start: at, End: at, Marker: -1, file: b.f})
	b.started = false
}

func (b *builder) last() *Revision { return b.list[len(b.list)-1] }

func (b *builder) take(h hit) error {
	switch h.word {
	case "obj":
		return b.object(&h.spot)
	case "trailer":
		return b.trailer(h.at)
	case "startxref":
		b.started = true
		b.last().End = h.at + 9
	case "%%EOF":
		return b.marker(h.at)
	}
	return nil
}

// object takes an object. One that is broken is left out, as nothing can be read of it.
func (b *builder) object(s *spot) error {
	f, r := b.f, b.last()
	f.oddities(s)
	if s.broken != nil {
		return nil
	}
	x := makeRow(s.ref.Number, s.ref.Generation, InFile, s.from)
	x.end = s.to
	if err := b.count(s.from); err != nil {
		return err
	}
	r.rows = append(r.rows, x)
	r.End = s.to
	if s.byteRange && len(b.spots) < MaxFindings {
		b.spots = append(b.spots, *s)
	}
	switch s.trait {
	case isCatalog:
		b.catalog = s.ref
	case isObjStm:
		b.boxes[s.from] = true
	case isXRef:
		o, _, err := f.parseAt(b.w, s.body)
		if fatal(err) {
			return err
		}
		if d, ok := o.(Dict); ok && err == nil {
			b.adopt(d)
		}
	}
	return nil
}

// trailer takes the dictionary behind the keyword.
func (b *builder) trailer(at int64) error {
	o, to, err := b.f.parseAt(b.w, at+7)
	if err != nil {
		if fatal(err) {
			return err
		}
		return nil
	}
	if d, ok := o.(Dict); ok {
		b.adopt(d)
		b.last().End = to
	}
	return nil
}

// adopt makes d the trailer of the open revision, unless it has a better one.
func (b *builder) adopt(d Dict) {
	if r := b.last(); d.Has("Root") || !r.Trailer.Has("Root") {
		r.Trailer = d
	}
}

// marker ends a revision.
func (b *builder) marker(at int64) error {
	r := b.last()
	if !b.started {
		return nil
	}
	end, err := b.w.peek(at, 16)
	if err != nil {
		return err
	}
	r.Marker, r.End = at, at+int64(eol(end, 5))
	if len(b.list) > MaxRevisions {
		return limit(at, "revisions", MaxRevisions)
	}
	b.open(r.End)
	return nil
}

// close ends the list: what follows the last %%EOF is a revision if there is an object
// in it. Of a linearized file the first two are one.
func (b *builder) close(linear bool) error {
	f := b.f
	if n := len(b.list); n > 1 && len(b.last().rows) == 0 {
		b.list = b.list[:n-1]
	}
	if linear && len(b.list) > 1 {
		first, second := b.list[0], b.list[1]
		second.Start, second.rows = first.Start, append(first.rows, second.rows...)
		if first.Trailer.Has("Root") {
			second.Trailer = first.Trailer
		}
		b.list = b.list[1:]
	}
	if len(b.list) > MaxRevisions {
		return limit(f.src.size, "revisions", MaxRevisions)
	}
	for n, r := range b.list {
		r.n = n
		if n > 0 && !r.Trailer.Has("Root") && len(r.Trailer.Members) == 0 {
			r.Trailer = b.list[n-1].Trailer
		}
		r.Sections = []Section{{Kind: Rebuilt, From: r.Start, To: r.End, Trailer: r.Trailer, StartXRef: -1, Marker: r.Marker, End: r.End}}
		b.settle(r)
	}
	f.revisions = b.list
	return nil
}

// settle orders a revision's rows; of an object that stands twice the last one counts.
func (b *builder) settle(r *Revision) {
	slices.Reverse(r.rows)
	r.rows = sortRows(r.rows, func(first, other *row) {
		if other.kind() == InFile {
			b.f.found(FoundTwice, other.offset(), Ref{other.number, other.gen}, "object %d stands again later in the same revision", other.number)
		}
	})
	for i := range r.rows {
		r.rows[i].rev = uint16(r.n)
	}
}

// unpack adds what lies in object streams. An object outside that stands behind the
// stream in the same revision replaces what is in it.
func (b *builder) unpack(ctx context.Context) error {
	f := b.f
	for n, r := range f.revisions {
		if err := ctx.Err(); err != nil {
			return err
		}
		var all []row
		for i := range r.rows {
			all = append(all, r.rows[i])
			if !b.boxes[r.rows[i].offset()] {
				continue
			}
			more, err := b.inside(&f.views[n], &r.rows[i])
			if err != nil {
				return err
			}
			all = append(all, more...)
		}
		if len(all) == len(r.rows) {
			continue
		}
		r.rows = all
		place := func(x *row) int64 {
			if x.kind() == InFile {
				return x.offset()
			}
			return x.end // of an object in a stream, here: the stream's place
		}
		slices.SortStableFunc(r.rows, func(x, y row) int { return int(min(max(place(&x)-place(&y), -1), 1)) })
		b.settle(r)
		for i := range r.rows {
			if r.rows[i].kind() == InStream {
				r.rows[i].end = 0
			}
		}
	}
	return nil
}

// inside returns entries for what lies in an object stream.
func (b *builder) inside(v *View, r *row) ([]row, error) {
	f := b.f
	c, err := v.inFile(r)
	if f.passing(err) {
		return nil, err
	}
	s, _ := c.object.(*Stream)
	if err != nil || s == nil || s.Ref.Number >= 1<<29 {
		return nil, nil
	}
	var box container
	if err := f.unpack(s, &box, v, 0); err != nil {
		if fatal(err) || isCode(err, CodeLimit) {
			return nil, err
		}
		f.found(FoundContainer, s.From, s.Ref, "object stream %d cannot be read: %s", s.Ref.Number, err.Error())
		return nil, nil
	}
	var out []row
	for i, number := range box.numbers {
		x := inStream(number, s.Ref.Number, uint32(i))
		if err := b.count(s.From); err != nil {
			return nil, err
		}
		x.end = r.offset()
		out = append(out, x)
	}
	return out, nil
}
