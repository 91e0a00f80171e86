package pdf

import (
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// delta is an object that is not at the same place in the signed view and in a later
// one, and does not say the same.
type delta struct {
	number uint32
	rev    int // whose table has the new version
	// was and is: the object is in use in the signed, in the later view.
	was, is bool
	oldRef  pdffile.Ref
	newRef  pdffile.Ref
	// old and new are nil where the object cannot be read.
	old, new pdffile.Object
	entry    pdffile.Entry
	values   int  // in old and new
	recoded  bool // the same data in other filters
	// done: a rule has judged it. claimed: it is new, and a rule judged what leads there.
	done, claimed bool
}

func (d *delta) ref() pdffile.Ref {
	if d.is {
		return d.newRef
	}
	return d.oldRef
}

// named returns the numbers of what may differ between the view from and those up to
// last, ascending: what the later tables name, and what lies in an object stream that
// they replace.
func (c *comparer) named(from, last int) (out []uint32, boxes bool, err error) {
	signed, rows := c.f.View(from), 0
	for _, r := range c.f.Revisions()[from+1 : last+1] {
		rows += r.Len()
		if err := c.spend(1 + r.Len()/rowsAVisit); err != nil {
			return nil, false, err
		}
		for n, e := range r.Entries() {
			if _, was := signed.Where(pdffile.Ref{Number: n}); was != e {
				out = append(out, n)
			}
		}
		slices.Sort(out)
		if out = slices.Compact(out); len(out) > maxNamed {
			return nil, false, errVisits
		}
	}
	for _, n := range out {
		_, e := signed.Where(pdffile.Ref{Number: n})
		if e.Kind != pdffile.InFile || boxes {
			continue
		}
		if err := c.visit(); err != nil {
			return nil, false, err
		}
		o, err := readObject(signed, pdffile.Ref{Number: n, Generation: e.Generation})
		if err != nil {
			return nil, false, err
		}
		boxes = isType(o, "ObjStm")
	}
	if !boxes {
		return out, false, nil
	}
	for _, r := range c.f.Revisions()[:from+1] {
		rows += r.Len()
	}
	for k := from + 1; k <= last; k++ {
		if err := c.spend(1 + rows/rowsAVisit); err != nil {
			return nil, false, err
		}
		for x := range pdffile.Changes(signed, c.f.View(k)) {
			if x.Container {
				out = append(out, x.Number)
			}
		}
		slices.Sort(out)
		if out = slices.Compact(out); len(out) > maxNamed {
			return nil, false, errVisits
		}
	}
	return out, true, nil
}

// deltas brings what differs up to date with the view k, the one behind the last that
// was asked for.
func (c *comparer) deltas(s *signedView, k int) error {
	b := c.f.View(k)
	if err := c.update(s, b, k); err != nil {
		return err
	}
	if err := c.spend(1 + len(s.deltas) + c.kept/valuesAVisit); err != nil {
		return err
	}
	for _, d := range s.deltas {
		d.done, d.claimed = false, false
	}
	if s.changed {
		s.order = s.order[:0]
		for n := range s.deltas {
			s.order = append(s.order, n)
		}
		slices.Sort(s.order)
		s.changed = false
	}
	return nil
}

// update looks at what the revisions up to k name, and at what may differ without that.
func (c *comparer) update(s *signedView, b *pdffile.View, k int) error {
	if s.boxes || s.at < 0 {
		s.at = k
		for _, n := range s.named {
			if err := c.look(s, b, n); err != nil {
				return err
			}
		}
		return nil
	}
	for ; s.at < k; s.at++ {
		for n := range c.f.Revisions()[s.at+1].Entries() {
			if s.uses[n] == nil {
				continue
			}
			if err := c.look(s, b, n); err != nil {
				return err
			}
		}
	}
	for n := range s.volatile {
		if err := c.look(s, b, n); err != nil {
			return err
		}
	}
	return nil
}

// look compares one object.
func (c *comparer) look(s *signedView, b *pdffile.View, n uint32) error {
	if err := c.spend(2); err != nil {
		return err
	}
	if d := s.deltas[n]; d != nil {
		c.kept -= d.values
		delete(s.deltas, n)
		s.changed = true
	}
	rev, e := b.Where(pdffile.Ref{Number: n})
	_, was := s.view.Where(pdffile.Ref{Number: n})
	if was == e {
		if rev = c.boxRevision(s.view, b, e); rev < 0 {
			return nil
		}
	}
	if was.Kind == pdffile.Free && e.Kind == pdffile.Free {
		return nil
	}
	d, err := c.delta(s, b, n, rev, was, e)
	if err != nil || d == nil {
		return err
	}
	s.deltas[n], s.changed = d, true
	d.values = countValues(d.old) + countValues(d.new)
	if c.kept += d.values; c.kept > maxKept {
		return errVisits
	}
	return c.spend(d.values / valuesAVisit)
}

func countValues(o pdffile.Object) (n int) {
	if o != nil {
		pdffile.Walk(o, func(pdffile.Object) bool { n++; return true })
	}
	return n
}

// boxRevision returns the revision that replaced the object stream of an entry, or -1.
func (c *comparer) boxRevision(signed, b *pdffile.View, e pdffile.Entry) int {
	if e.Kind != pdffile.InStream {
		return -1
	}
	_, was := signed.Where(pdffile.Ref{Number: e.Container})
	if rev, is := b.Where(pdffile.Ref{Number: e.Container}); is != was {
		return rev
	}
	return -1
}

// delta compares an object in two views; it is nil if both say the same.
func (c *comparer) delta(s *signedView, b *pdffile.View, n uint32, rev int, was, is pdffile.Entry) (*delta, error) {
	d := &delta{number: n, rev: rev, entry: is, was: isUsed(was), is: isUsed(is),
		oldRef: pdffile.Ref{Number: n, Generation: was.Generation}, newRef: pdffile.Ref{Number: n, Generation: is.Generation}}
	var err error
	if d.old, err = readObject(s.view, d.oldRef); err != nil {
		return nil, err
	}
	if d.new, err = readObject(b, d.newRef); err != nil {
		return nil, err
	}
	if st, ok := d.new.(*pdffile.Stream); ok && (isRef(st.Dict.Get("Length")) || isRef(st.Dict.Get("Filter")) || isRef(st.Dict.Get("DecodeParms"))) {
		s.volatile[n] = true // its data depend on another object
	}
	if !d.was || !d.is || d.old == nil || d.new == nil || d.oldRef != d.newRef {
		return d, nil
	}
	same, recoded, err := c.sameObject(d.old, d.new, b)
	if err != nil {
		return nil, err
	}
	if same && !recoded {
		return nil, nil
	}
	d.recoded = same && recoded
	return d, nil
}

// readObject returns an object, nil if it cannot be read. The error is one of the
// io.ReaderAt.
func readObject(v *pdffile.View, ref pdffile.Ref) (pdffile.Object, error) {
	o, err := v.Get(ref)
	if _, own := err.(*pdffile.Error); own {
		return nil, nil
	}
	return o, err
}

// resolveIn follows references; what cannot be read is Null.
func resolveIn(v *pdffile.View, o pdffile.Object) (pdffile.Object, error) {
	if o == nil {
		return pdffile.Null{}, nil
	}
	o, err := v.Resolve(o)
	if _, own := err.(*pdffile.Error); own {
		return pdffile.Null{}, nil
	}
	return o, err
}

func resolveDict(v *pdffile.View, o pdffile.Object) (pdffile.Dict, error) {
	o, err := resolveIn(v, o)
	d, _ := o.(pdffile.Dict)
	return d, err
}

func resolveArray(v *pdffile.View, o pdffile.Object) (pdffile.Array, error) {
	o, err := resolveIn(v, o)
	a, _ := o.(pdffile.Array)
	return a, err
}

func isUsed(e pdffile.Entry) bool { return e.Kind == pdffile.InFile || e.Kind == pdffile.InStream }

func isType(o pdffile.Object, t pdffile.Name) bool {
	d, _ := dictOf(o)
	return d.Get("Type") == pdffile.Object(t)
}

func isRef(o pdffile.Object) bool {
	_, ok := o.(pdffile.Ref)
	return ok
}

// keyTwice reports a dictionary with a key twice: readers take the one or the other.
func keyTwice(v *pdffile.View, ref pdffile.Ref) bool {
	for _, x := range v.Notes(ref) {
		if x.Code == pdffile.FoundKeyTwice {
			return true
		}
	}
	return false
}
