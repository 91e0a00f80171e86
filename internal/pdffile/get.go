package pdffile

import "slices"

// cached is an object that was read, or the error that reading it gave.
type cached struct {
	object Object
	notes  []Finding
	err    error
}

// place is what a cached object depends on: where it lies, what the entry takes it
// for, and the view if its meaning depends on other objects (Length or filters by
// reference).
type place struct {
	at    int64 // of the object, or of the object stream
	index int32 // in the object stream, or -1
	view  int32 // or -1
	ref   Ref
}

// cache keeps objects until they become too many.
type cache struct {
	objects    map[place]cached
	containers map[place]*container
	size       int
}

func (c *cache) room(n int) {
	if c.size += n; c.size > maxCache || c.objects == nil {
		c.objects, c.containers, c.size = map[place]cached{}, map[place]*container{}, n
	}
}

// get reads an object, or finds it in the cache. f.mu is held.
func (v *View) get(ref Ref) (cached, error) {
	r := v.find(ref.Number)
	if r == nil || r.gen != ref.Generation {
		return cached{object: Null{}}, nil
	}
	switch r.kind() {
	case InFile:
		return v.inFile(r)
	case InStream:
		return v.inStream(r)
	}
	return cached{object: Null{}}, nil
}

func (v *View) inFile(r *row) (cached, error) {
	f := v.f
	key := place{r.offset(), -1, -1, Ref{r.number, r.gen}}
	for range 2 {
		if c, ok := f.cache.objects[key]; ok {
			return c, c.err
		}
		key.view = int32(v.n)
	}
	c, own, size, err := v.load(r)
	if f.passing(err) {
		return c, err
	}
	c.err = err
	if !own {
		key.view = -1
	}
	f.cache.room(size)
	f.cache.objects[key] = c
	return c, err
}

// passing reports an error that is no property of the object: the reader failed, or a
// limit was reached on the way to it.
func (f *File) passing(err error) bool {
	return fatal(err) || isCode(err, CodeLimit) && (len(f.pending) > 0 || f.looked > lexBudget(f.src.size))
}

// load reads the object at an entry's place. own says that the result depends on this
// view, size is about what it costs to keep it.
func (v *View) load(r *row) (c cached, own bool, size int, err error) {
	f := v.f
	if err := f.spent(); err != nil {
		return c, false, 0, err
	}
	w := f.borrow()
	defer f.giveBack(w)
	ref, off := Ref{r.number, r.gen}, r.offset()
	s := spot{ref: ref}
	var o Object
	if off >= f.src.size {
		return c, false, 128, unreadable(off, "the entry of object %d leads out of the file", ref.Number)
	}
	seen := 0
	err = w.grow(off, func(b []byte, last bool) error {
		got, start, end, err := header(b, last)
		switch {
		case err == errNoObject:
			return unreadable(off, "no object stands here")
		case err != nil:
			return err
		case got != ref:
			return unreadable(off, "object %d %d stands here, not %d %d", got.Number, got.Generation, ref.Number, ref.Generation)
		}
		p := parser{lexer: lexer{b: b, i: end, last: last}, base: off}
		o, err = p.object(0)
		s.from, s.to = off+int64(start), off+int64(p.i)
		c.notes, size, seen = p.notes, 128+p.values*64+p.i, p.seen()
		return err
	})
	if err2 := f.spend(int64(seen)); err == nil || err2 != nil {
		err = err2
	}
	if err != nil {
		return cached{}, false, size, err
	}
	d, isDict := o.(Dict)
	if isDict {
		s.dict, s.length = true, lengthIn(d)
	}
	if err = f.tail(w, &s, v.n); err == nil {
		err = s.broken
	}
	own = s.stream && s.length.form == indirect || f.manyHandlers()
	if err != nil {
		return cached{}, own, size, err
	}
	crypt, err := v.handlerFor(s.ref)
	if err != nil {
		return cached{}, own, size, err
	}
	if s.stream && d.name("Type") == "XRef" {
		crypt = nil // neither strings nor data are encrypted (7.5.8.2)
	}
	c.object = crypt.unseal(o)
	if s.stream {
		st := &Stream{Dict: c.object.(Dict), From: s.data, To: s.dataTo, Ref: ref, crypt: crypt}
		st.filters, st.broken = f.filters(v, d)
		own = own || hasRef(d.Get("Filter")) || hasRef(d.Get("DecodeParms"))
		c.object = st
	}
	return c, own, size, nil
}

func lengthIn(d Dict) number {
	switch n := d.Get("Length").(type) {
	case Integer:
		if n >= 0 {
			return number{form: direct, value: int64(n)}
		}
	case Ref:
		return number{form: indirect, ref: n}
	}
	return number{}
}

// hasRef reports whether something depends on other objects.
func hasRef(o Object) (yes bool) {
	Walk(o, func(o Object) bool {
		_, ok := o.(Ref)
		yes = yes || ok
		return !yes
	})
	return yes
}

// parseAt reads an object and returns where it ends.
func (f *File) parseAt(w *window, at int64) (o Object, to int64, err error) {
	if err := f.spent(); err != nil {
		return nil, 0, err
	}
	seen := int64(0)
	err = w.grow(at, func(b []byte, last bool) (err error) {
		p := parser{lexer: lexer{b: b, i: 0, last: last}, base: at}
		o, err = p.object(0)
		to, seen = at+int64(p.i), int64(p.seen())
		return err
	})
	if err2 := f.spend(seen); err == nil || err2 != nil {
		err = err2
	}
	if err != nil {
		return nil, 0, err
	}
	return o, to, nil
}

// lengthOf returns the value of a Length in the view, -1 if it has none. A Length that
// leads to what is being read has none.
func (f *File) lengthOf(n number, view int) (int64, error) {
	switch {
	case n.form == direct:
		return n.value, nil
	case n.form != indirect || view < 0 || slices.Contains(f.pending, n.ref):
		return -1, nil
	case len(f.pending) >= maxRefs:
		return -1, limit(-1, "streams that need each other to be read", maxRefs)
	}
	f.pending = append(f.pending, n.ref)
	defer func() { f.pending = f.pending[:len(f.pending)-1] }()
	c, err := f.views[view].get(n.ref)
	if f.passing(err) {
		return -1, err
	}
	if i, ok := c.object.(Integer); ok && err == nil && i >= 0 {
		return int64(i), nil
	}
	return -1, nil
}
