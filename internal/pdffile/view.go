package pdffile

import (
	"cmp"
	"iter"
	"slices"
)

// View is the document as it stood at the end of one revision: an object is what the
// newest entry up to there says.
type View struct {
	f *File
	n int
}

// prepare makes the views.
func (f *File) prepare() {
	f.views = make([]View, len(f.revisions))
	for i := range f.views {
		f.views[i] = View{f, i}
	}
}

// View returns the document at the end of revision n, which must be one of Revisions.
func (f *File) View(n int) *View { return &f.views[n] }

// Last returns the document as it stands now.
func (f *File) Last() *View { return &f.views[len(f.views)-1] }

// Revision is the index of the revision at whose end the view is.
func (v *View) Revision() int { return v.n }

// Trailer returns the trailer that is in force.
func (v *View) Trailer() Dict { return v.f.revisions[v.n].Trailer }

// find returns the row that is in force for a number, or nil.
func (v *View) find(number uint32) *row {
	all := v.f.all
	i, found := slices.BinarySearchFunc(all, number, func(r *row, number uint32) int {
		return cmp.Or(cmp.Compare(r.number, number), cmp.Compare(int(r.rev), v.n))
	})
	switch {
	case found:
		return all[i]
	case i > 0 && all[i-1].number == number: // the newest one before
		return all[i-1]
	}
	return nil
}

// Where returns the entry that is in force for an object and the revision whose table
// has it: -1 and a Free entry when there is none. Compare its Generation with the
// reference's: readers differ in whether they do.
func (v *View) Where(ref Ref) (revision int, e Entry) {
	r := v.find(ref.Number)
	if r == nil {
		return -1, Entry{Offset: -1, End: -1}
	}
	return int(r.rev), r.entry()
}

// Numbers yields the numbers of all objects that are in use, ascending.
func (v *View) Numbers() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for r := range v.inForce() {
			if k := r.kind(); (k == InFile || k == InStream) && !yield(r.number) {
				return
			}
		}
	}
}

// inForce yields the row of each number that is in force.
func (v *View) inForce() iter.Seq[*row] {
	return func(yield func(*row) bool) {
		all := v.f.all
		for i := 0; i < len(all); {
			var last *row
			number := all[i].number
			for ; i < len(all) && all[i].number == number; i++ {
				if int(all[i].rev) <= v.n {
					last = all[i]
				}
			}
			if last != nil && !yield(last) {
				return
			}
		}
	}
}

// Get returns the object that a reference names, as it stands: it may be a reference
// again. What has no entry in use with this generation is Null (7.3.10). The caller
// must not change what it gets: it is kept.
//
// The error is an *Error: CodeUnreadable where no such object stands at the entry's
// place, or it is broken; CodeLimit; CodeEncrypted for what lies in an object stream
// that cannot be decrypted; CodeFilter or CodeUndecoded for one that cannot be decoded.
// Or it is one of the reader.
func (v *View) Get(ref Ref) (Object, error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	c, err := v.get(ref)
	if err != nil {
		return nil, err
	}
	return c.object, nil
}

// Notes returns what is odd inside an object: keys that stand twice, odd strings and
// words. It is empty for an object that Get cannot read.
func (v *View) Notes(ref Ref) []Finding {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	c, err := v.get(ref)
	if err != nil {
		return nil
	}
	out := slices.Clone(c.notes)
	for i := range out {
		out[i].Ref = ref
		out[i].Revision = v.f.revisionAt(out[i].Offset)
	}
	return out
}

// Resolve follows references until it finds something else. A circle of references is
// an error with CodeUnreadable; for others see Get.
func (v *View) Resolve(o Object) (Object, error) {
	if _, ok := o.(Ref); !ok {
		return o, nil
	}
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	return v.resolve(o)
}

func (v *View) resolve(o Object) (Object, error) {
	for range maxRefs + 1 {
		ref, ok := o.(Ref)
		if !ok {
			return o, nil
		}
		c, err := v.get(ref)
		if err != nil {
			return nil, err
		}
		o = c.object
	}
	return nil, unreadable(-1, "references that lead in a circle, or more than %d in a row", maxRefs)
}

// Root returns the catalog (7.7.2): the Root of the trailer or, if it has none, of the
// newest older one that does.
func (v *View) Root() (Dict, error) {
	o, err := v.Resolve(v.rootRef())
	if err != nil {
		return Dict{}, err
	}
	d, ok := o.(Dict)
	if !ok {
		return Dict{}, unreadable(-1, "the catalog is no dictionary")
	}
	return d, nil
}

func (v *View) rootRef() Object {
	for n := v.n; n >= 0; n-- {
		for _, s := range v.f.revisions[n].Sections {
			if s.Kind != Hybrid && s.Trailer.Has("Root") {
				return s.Trailer.Get("Root")
			}
		}
	}
	return Null{}
}

// Value returns the object resolved, if it is of the type; ok is false if it is of
// another one or null. The error is that of Resolve.
func Value[T Object](v *View, o Object) (value T, ok bool, err error) {
	o, err = v.Resolve(o)
	if err != nil {
		return value, false, err
	}
	value, ok = o.(T)
	return value, ok, nil
}

// File returns the file that the view is of.
func (v *View) File() *File { return v.f }
