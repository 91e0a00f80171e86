package pdffile

import (
	"bytes"
	"io"
	"math"
	"slices"
)

// container is a decoded object stream (7.5.7).
type container struct {
	members
	data []byte
	err  error
}

// members is the head of an object stream: what is in it, and where.
type members struct {
	at      int64 // of the stream in the file
	first   int64 // where the objects begin in the data
	numbers []uint32
	offsets []uint32 // from first on
}

// inStream reads an object out of an object stream. f.mu is held.
func (v *View) inStream(r *row) (cached, error) {
	f := v.f
	box, own, err := v.container(r.container())
	if err != nil {
		return cached{}, err
	}
	key := place{box.at, int32(r.index()), own, Ref{r.number, 0}}
	if c, ok := f.cache.objects[key]; ok {
		return c, c.err
	}
	if err := f.spent(); err != nil {
		return cached{}, err
	}
	c, size, seen, err := box.object(r)
	if err2 := f.spend(int64(seen)); err2 != nil {
		err = err2
	}
	if f.passing(err) {
		return c, err
	}
	c.err = err
	f.cache.room(size)
	f.cache.objects[key] = c
	return c, err
}

// object reads the object with an index. size is what it costs to keep it, seen how many
// bytes were looked at.
func (b *container) object(r *row) (c cached, size, seen int, err error) {
	i := int(r.index())
	if i >= len(b.numbers) || b.numbers[i] != r.number {
		return c, 128, 128, unreadable(b.at, "object %d is not number %d of this object stream", r.number, i)
	}
	from := b.first + int64(b.offsets[i])
	if from > int64(len(b.data)) {
		return c, 128, 128, unreadable(b.at, "object %d lies behind the end of this object stream", r.number)
	}
	p := parser{lexer: lexer{b: b.data[from:], i: 0, last: true}, base: -1}
	o, err := p.object(0)
	size, seen = 128+p.values*64+p.i, 128+p.values*64+p.seen()
	if err != nil {
		return c, size, seen, err
	}
	// Only what lies before the next object is looked at, and counted: thousands may stand
	// before the same white space.
	end := len(p.b)
	next := end
	if i+1 < len(b.offsets) {
		next = int(b.first + int64(b.offsets[i+1]) - from)
		end = min(max(next, p.i), end)
	}
	j := blanks(p.b[:end], p.i)
	seen += j - p.i
	if j < end || next < p.i {
		p.note(FoundContainer, j, "something stands behind object %d in its object stream", r.number)
	}
	for k := range p.notes {
		p.notes[k].Offset = b.at
	}
	return cached{object: o, notes: p.notes}, size, seen, nil
}

// container returns a decoded object stream; own is the view if its content depends
// on the view, else -1.
func (v *View) container(number uint32) (box *container, own int32, err error) {
	f := v.f
	r, err := v.containerRow(number)
	if err != nil {
		return nil, -1, err
	}
	ref := Ref{number, r.gen}
	key := place{r.offset(), -1, -1, ref}
	for range 2 {
		if box, ok := f.cache.containers[key]; ok {
			return box, key.view, box.err
		}
		key.view = int32(v.n)
	}
	if slices.Contains(f.pending, ref) {
		return nil, -1, unreadable(r.offset(), "object stream %d is needed to read itself", number)
	}
	if len(f.pending) >= maxRefs {
		return nil, -1, limit(r.offset(), "streams that need each other to be read", maxRefs)
	}
	f.pending = append(f.pending, ref)
	defer func() { f.pending = f.pending[:len(f.pending)-1] }()
	c, err := v.inFile(r)
	if err != nil {
		return nil, -1, err
	}
	s, _ := c.object.(*Stream)
	if _, shared := f.cache.objects[place{r.offset(), -1, -1, ref}]; shared && s != nil && !hasRef(s.Dict.Get("N")) && !hasRef(s.Dict.Get("First")) {
		key.view = -1
	}
	box = &container{}
	box.err = f.unpack(s, box, v, math.MaxInt64)
	if fatal(box.err) || isCode(box.err, CodeLimit) {
		return nil, -1, box.err
	}
	f.cache.room(len(box.data) + 8*len(box.numbers))
	f.cache.containers[key] = box
	return box, key.view, box.err
}

// containerRow returns the entry of an object stream, which must not lie in another.
func (v *View) containerRow(number uint32) (*row, error) {
	r := v.find(number)
	if r == nil || r.kind() != InFile {
		return nil, unreadable(-1, "object stream %d is not an object of the file", number)
	}
	return r, nil
}

// unpack decodes an object stream: all of it, or only its head if most is 0.
func (f *File) unpack(s *Stream, box *container, v *View, most int64) error {
	if s == nil {
		return unreadable(-1, "an object stream that is no stream")
	}
	box.at = s.From
	n, okN, err := v.integer(s.Dict.Get("N"))
	if err != nil {
		return err
	}
	first, okFirst, err := v.integer(s.Dict.Get("First"))
	if err != nil {
		return err
	}
	if !okN || !okFirst || n < 0 || first < 0 || s.Dict.name("Type") != "ObjStm" {
		return unreadable(s.From, "object %d is no object stream", s.Ref.Number)
	}
	if n > MaxInObjectStream {
		return limit(s.From, "objects in an object stream", MaxInObjectStream)
	}
	if first > MaxObjectStream {
		return limit(s.From, "bytes in an object stream", MaxObjectStream)
	}
	r, err := f.open(s, false)
	if err != nil {
		return err
	}
	defer r.Close()
	if most == 0 {
		most = first + 1 // with the byte behind it, see head
	}
	var b bytes.Buffer
	b.Grow(int(min(most, 4*(s.To-s.From)+512, chunk)))
	if _, err := b.ReadFrom(io.LimitReader(r, min(most, MaxObjectStream+1))); err != nil {
		return err
	}
	data := b.Bytes()
	if len(data) > MaxObjectStream {
		return limit(s.From, "bytes in an object stream", MaxObjectStream)
	}
	box.data, box.first = data, first
	if !box.head(int(n)) {
		return unreadable(s.From, "the head of object stream %d is not N pairs of numbers", s.Ref.Number)
	}
	return nil
}

// head reads n pairs of an object number and an offset.
func (b *container) head(n int) bool {
	head := b.data[:min(b.first, int64(len(b.data)))]
	most := min(n, len(head)/4+1) // a pair takes four bytes
	b.numbers, b.offsets = make([]uint32, 0, most), make([]uint32, 0, most)
	i := 0
	for range n {
		from := blanks(head, i)
		number, j := digits(head, from)
		k := blanks(head, j)
		offset, end := digits(head, k)
		if j == from || k == j || end == k || number > math.MaxUint32 || offset > math.MaxUint32 {
			return false
		}
		b.numbers, b.offsets = append(b.numbers, uint32(number)), append(b.offsets, uint32(offset))
		i = end
	}
	// A number that runs on behind First is another one for readers that do not stop there.
	runsOn := i > 0 && i == len(head) && i < len(b.data) && b.data[i] >= '0' && b.data[i] <= '9'
	return !runsOn
}

// integer resolves a number while f.mu is held.
func (v *View) integer(o Object) (int64, bool, error) {
	o, err := v.resolve(o)
	if fatal(err) {
		return 0, false, err
	}
	n, ok := o.(Integer)
	return int64(n), ok && err == nil, nil
}
