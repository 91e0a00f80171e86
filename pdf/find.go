package pdf

import (
	"bytes"
	"context"
	"errors"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// maxSignatures bounds the signature dictionaries that are judged: each needs a
// revision of its own, and of those a file may have no more (pdffile.MaxRevisions).
const maxSignatures = 1000

// finder collects the signature dictionaries of a file: those in its bytes, whether or
// not something leads to them, and those that fields name.
type finder struct {
	file   *pdffile.File
	found  []*signature
	byFrom map[int64]*signature       // by the place of the dictionary
	byRef  map[pdffile.Ref]*signature // of those in object streams
	full   bool
}

func find(ctx context.Context, f *pdffile.File) (*finder, error) {
	x := &finder{file: f, byFrom: map[int64]*signature{}, byRef: map[pdffile.Ref]*signature{}}
	for _, m := range f.Marks() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := x.mark(m); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// mark takes the signature dictionaries out of an object that has the name ByteRange in
// it: the object itself, or what lies in it, for a field may hold its value directly.
func (x *finder) mark(m pdffile.Mark) error {
	o, err := x.object(m)
	if err != nil {
		return err
	}
	top, _ := o.(pdffile.Dict)
	_, now := x.file.Last().Where(m.Ref)
	inForce := m.Named && now.Kind == pdffile.InFile && now.Offset == m.Offset
	pdffile.Walk(o, func(o pdffile.Object) bool {
		d, ok := o.(pdffile.Dict)
		if ok && d.Has("ByteRange") {
			x.add(&signature{dict: d, ref: m.Ref, at: m.Offset, own: d.From == top.From, revision: m.Revision, named: m.Named, inForce: inForce})
		}
		return !ok || !d.Has("ByteRange")
	})
	return nil
}

// longestHead is enough for what stands between an object's numbers and its value.
const longestHead = 64

// object reads what a mark points to: through its entry where there is one, else from
// the bytes alone, undecrypted. What cannot be read is null.
func (x *finder) object(m pdffile.Mark) (pdffile.Object, error) {
	v := x.file.View(m.Revision)
	if _, e := v.Where(m.Ref); m.Named && e.Kind == pdffile.InFile && e.Offset == m.Offset {
		o, err := v.Get(m.Ref)
		if passing(err) != nil {
			return nil, err
		}
		if err == nil {
			return o, nil
		}
	}
	at := m.Offset
	for range 2 { // its numbers
		_, end, err := x.file.Lex(at, m.End)
		if err != nil {
			return pdffile.Null{}, passing(err)
		}
		at = end
	}
	word := make([]byte, min(longestHead, m.End-at))
	if n, err := x.file.ReadAt(word, at); n < len(word) {
		return nil, err
	}
	if i := bytes.Index(word, []byte("obj")); i >= 0 {
		at += int64(i + len("obj"))
	}
	o, _, err := x.file.Lex(at, m.End)
	if err != nil {
		return pdffile.Null{}, passing(err)
	}
	return o, nil
}

func (x *finder) add(s *signature) *signature {
	switch {
	case len(x.found) >= maxSignatures:
		x.full = true
		return nil
	case s.dict.From >= 0:
		x.byFrom[s.dict.From] = s
	default:
		x.byRef[s.ref] = s
	}
	x.found = append(x.found, s)
	return s
}

// of returns the signature that a value of a field or of Perms leads to, nil without
// one. In the last view it adds the dictionary if it was not found in the bytes: without
// a ByteRange, or in an object stream.
func (x *finder) of(v *pdffile.View, value pdffile.Object) (*signature, error) {
	if value == nil {
		return nil, nil
	}
	o, err := v.Resolve(value)
	if passing(err) != nil {
		return nil, err
	}
	ref, _ := value.(pdffile.Ref)
	d, ok := o.(pdffile.Dict)
	_, null := o.(pdffile.Null)
	switch last := v == x.file.Last(); {
	case null, !last && !ok:
		return nil, nil
	case !ok:
		d = pdffile.Dict{From: -1, To: -1}
	}
	if s := x.known(d, ref); s != nil || v != x.file.Last() {
		return s, nil
	}
	s := &signature{dict: d, ref: ref, at: -1, own: true, named: true, inForce: true}
	if s.broken = err; err == nil && !ok {
		s.broken = errNoDict
	}
	s.revision, _ = v.Where(ref)
	if d.From >= 0 {
		s.at, s.revision = d.From, revisionAt(x.file, d.From)
	}
	return x.add(s), nil
}

var errNoDict = errors.New("the value of a signature field is no dictionary")

func (x *finder) known(d pdffile.Dict, ref pdffile.Ref) *signature {
	if d.From >= 0 {
		return x.byFrom[d.From]
	}
	return x.byRef[ref]
}

// revisionAt is the revision whose bytes these are: the first that ends behind them.
func revisionAt(f *pdffile.File, at int64) int {
	list := f.Revisions()
	for n, r := range list {
		if at < r.End {
			return n
		}
	}
	return len(list) - 1
}

// choose parts the signatures from their remnants. A signature counts if its geometry is
// sound, whatever became of it, or if it is in force, however broken. What is neither,
// such as a draft that a later object of the same number replaced, claims nothing;
// unless there is nothing else.
func choose(found []*signature) (signatures, remnants []*signature) {
	for _, s := range found {
		if s.sound() || s.inForce {
			signatures = append(signatures, s)
		} else {
			remnants = append(remnants, s)
		}
	}
	signatures, more := withoutCopies(signatures)
	if remnants = append(remnants, more...); len(signatures) == 0 {
		return remnants, nil
	}
	return signatures, remnants
}

// withoutCopies leaves out a dictionary that took the number of a sound one and is not
// sound itself: it is a change of that signature, and is told as one.
func withoutCopies(list []*signature) (out, copies []*signature) {
	sound := map[pdffile.Ref]bool{}
	for _, s := range list {
		sound[s.ref] = sound[s.ref] || s.sound() && s.own
	}
	for _, s := range list {
		if s.own && !s.sound() && sound[s.ref] {
			copies = append(copies, s)
		} else {
			out = append(out, s)
		}
	}
	return out, copies
}
