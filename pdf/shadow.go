package pdf

import (
	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// A shadow attack (Mainka et al., 2021) prepares a document before it is signed: what
// is hidden, unreachable or missing in the signed revision is brought up by a later one
// that touches nothing visible. So it is not enough to look at what changed: what the
// signed revision uses the changed object for decides. signedView is one walk over all
// objects that can be reached in the signed view, and keeps that for the objects that
// later tables name.
//
// Some entries may lead to something else later: the values of fields that may be
// filled, DSS, the metadata. What is reached only by them is owned by them. All other
// uses are plain, and what has a plain use must stay, except for the entries of
// dictionaries that a rule compares one by one (a role).

// usage is what the signed view uses an object for.
type usage struct {
	plain classSet
	owned class       // classNone: not by an entry that may change
	owner pdffile.Ref // of the owning entry: the field, for values and appearances
	role  role
	box   bool // the object stream of something that is reached
}

func (u *usage) reached() bool {
	return u != nil && (u.plain != 0 || u.role != 0 || u.owned != classNone || u.box)
}

// role is a place for which a rule compares entry by entry.
type role uint16

const (
	isFields role = 1 << iota // the array of the form's fields
	isKids                    // the array of a field's kids
	isAnnots                  // the array of a page's annotations
	isForm
	isPage // or a node of the page tree
	isField
	isAnnotation // one that is no field
	isResources  // DR of the form
	isCategory   // a dictionary in DR, such as Font
	isInfo
)

// signedView is the document as it was signed.
type signedView struct {
	view    *pdffile.View
	p       permissions
	root    pdffile.Ref
	form    pdffile.Ref // number 0 if the form is no object of its own
	catalog pdffile.Dict
	acro    pdffile.Dict
	named   []uint32
	uses    map[uint32]*usage
	fields  map[uint32]*formField
	names   map[string]bool // of all fields

	deltas   map[uint32]*delta // in the later view at
	order    []uint32          // of deltas
	at       int
	changed  bool            // since order was made
	boxes    bool            // a later revision replaces an object stream
	volatile map[uint32]bool // streams that depend on other objects

	c     *comparer
	seen  map[uint32]bool
	queue []edge
	owned []edge
	lists map[uint32]bool

	orphans  []uint32 // widgets that no field of the form leads to
	looked   bool     // for appearances without resources of their own
	unstyled bool     // a field that must stay takes DA from the form
	bare     [][]byte // those
	bareSize int
	bareAll  bool // there may be more
}

// edge leads to an object that is still to be looked at.
type edge struct {
	ref   pdffile.Ref
	class class
	owner pdffile.Ref
}

// signed walks over the view from. named are the numbers that matter.
func (c *comparer) signed(from, last int, p permissions) (*signedView, error) {
	named, boxes, err := c.named(from, last)
	if err != nil {
		return nil, err
	}
	s := &signedView{view: c.f.View(from), p: p, c: c, named: named, boxes: boxes, at: -1, deltas: map[uint32]*delta{}, volatile: map[uint32]bool{},
		uses: map[uint32]*usage{}, fields: map[uint32]*formField{}, names: map[string]bool{}, seen: map[uint32]bool{}, lists: map[uint32]bool{}}
	for _, n := range s.named {
		s.uses[n] = &usage{}
	}
	s.root, _ = rootRef(s.view)
	root, err := s.view.Root()
	if err != nil {
		return nil, err
	}
	s.catalog = root
	s.form, _ = root.Get("AcroForm").(pdffile.Ref)
	if s.acro, err = resolveDict(s.view, root.Get("AcroForm")); err != nil {
		return nil, err
	}
	if err := s.collectFields(); err != nil {
		return nil, err
	}
	if err := s.trailer(); err != nil {
		return nil, err
	}
	if err := s.drain(); err != nil {
		return nil, err
	}
	return s, s.drainOwned()
}

// rootRef returns the reference to the catalog.
func rootRef(v *pdffile.View) (pdffile.Ref, bool) {
	ref, ok := v.Trailer().Get("Root").(pdffile.Ref)
	return ref, ok
}

// to notes a use and queues the object.
func (s *signedView) to(ref pdffile.Ref, c class) {
	if u := s.uses[ref.Number]; u != nil {
		u.plain.add(c)
	}
	if !s.seen[ref.Number] {
		s.seen[ref.Number] = true
		s.queue = append(s.queue, edge{ref: ref, class: c})
	}
}

// give notes a role.
func (s *signedView) give(n uint32, r role) {
	if u := s.uses[n]; u != nil {
		u.role |= r
	}
}

// own notes whose list or part an object is.
func (s *signedView) own(o pdffile.Object, owner pdffile.Ref) {
	if ref, ok := o.(pdffile.Ref); ok && s.uses[ref.Number] != nil {
		s.uses[ref.Number].owner = owner
	}
}

// value goes on to everything that is reached from a value.
func (s *signedView) value(o pdffile.Object, c class) {
	switch o := o.(type) {
	case pdffile.Ref:
		s.to(o, c)
	case pdffile.Array:
		for _, x := range o {
			s.value(x, c)
		}
	case pdffile.Dict:
		for i := range o.Members {
			s.value(o.Members[i].Value, keyClass(o.Members[i].Key, c))
		}
	case *pdffile.Stream:
		s.value(o.Dict, c)
	}
}

// drain looks at what is queued.
func (s *signedView) drain() error {
	for i := 0; i < len(s.queue); i++ {
		e := s.queue[i]
		o, ref, err := s.open(e.ref)
		if err != nil {
			return err
		}
		if d, ok := o.(pdffile.Dict); ok {
			err = s.dict(ref, d, e.class)
		} else {
			s.value(o, e.class)
		}
		if err != nil {
			return err
		}
	}
	s.queue = nil
	return nil
}

// open reads an object. A generation that the entry does not have is passed over:
// readers differ in whether they compare it.
func (s *signedView) open(ref pdffile.Ref) (pdffile.Object, pdffile.Ref, error) {
	if err := s.c.visit(); err != nil {
		return nil, ref, err
	}
	_, e := s.view.Where(ref)
	if !isUsed(e) {
		return nil, ref, nil
	}
	if u := s.uses[e.Container]; u != nil && e.Kind == pdffile.InStream {
		u.box = true
	}
	ref.Generation = e.Generation
	o, err := readObject(s.view, ref)
	return o, ref, err
}
