package pdf

import (
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// attachmentScan goes through the revisions from the present one back. An older one is
// looked at only where an object differs that the newer one was read from.
type attachmentScan struct {
	file *pdffile.File
	max  fileLimits
	view *pdffile.View // the one that is being looked at
	last int           // the present revision
	deep bool          // look at XObjects, property lists and structure too

	nodes      map[uint32][]*fileNode // by object
	dependents map[uint32][]*fileNode // other nodes that an object was read for
	round      int

	files   map[pdffile.Ref]*trackedFile
	order   []*trackedFile
	current []*trackedFile // of the last round

	key  string // the last one in the present name tree
	keys map[string]bool

	steps, reads, structure, text, versions int
	limits                                  map[string]bool
	findings                                []pdffile.Finding
}

// trackedFile is an embedded stream: in which revisions it is named, and by what in the
// newest of them.
type trackedFile struct {
	ref    pdffile.Ref
	named  []revisionRange // newest first
	places []Place
	more   int
	specs  []*fileSpec // that have it under EF
	own    []FileName  // names in RF
	round  int
}

// revisionRange is from and to, both included.
type revisionRange struct{ from, to int }

func newAttachmentScan(f *pdffile.File, max fileLimits) *attachmentScan {
	return &attachmentScan{file: f, max: max, view: f.Last(), last: f.Last().Revision(), round: -1,
		nodes: map[uint32][]*fileNode{}, dependents: map[uint32][]*fileNode{}, files: map[pdffile.Ref]*trackedFile{},
		keys: map[string]bool{}, limits: map[string]bool{}}
}

func (s *attachmentScan) run() error {
	for n := s.last; n >= 0; n-- {
		s.view = s.file.View(n)
		if n < s.last && !s.differs(n) {
			for _, t := range s.current {
				t.see(n)
			}
			continue
		}
		if s.steps > s.max.steps || s.reads > s.max.reads {
			return nil
		}
		s.round++
		s.structure, s.current = 0, nil
		if err := s.root(); err != nil {
			return err
		}
	}
	return nil
}

// differs reports whether revision n differs from the next one in what that was read
// from, and forgets that.
func (s *attachmentScan) differs(n int) bool {
	any := catalogOf(s.file, n) != catalogOf(s.file, n+1)
	for number := range s.file.Revisions()[n+1].Entries() {
		if s.forget(number) {
			any = true
		}
	}
	return any
}

// root begins at the catalog.
func (s *attachmentScan) root() error {
	if ref := catalogOf(s.file, s.view.Revision()); ref.Number > 0 {
		return s.visit(roleCatalog, ref, nil, 0)
	}
	return nil
}

// catalogOf returns the Root that is in force at the end of a revision, as View.Root
// finds it; its number is 0 where that is no object.
func catalogOf(f *pdffile.File, n int) pdffile.Ref {
	for ; n >= 0; n-- {
		for _, s := range f.Revisions()[n].Sections {
			if s.Kind != pdffile.Hybrid && s.Trailer.Has("Root") {
				ref, _ := s.Trailer.Get("Root").(pdffile.Ref)
				return ref
			}
		}
	}
	return pdffile.Ref{}
}

// sight notes that the view names the streams of a file specification.
func (s *attachmentScan) sight(place *Place, spec *fileSpec) {
	s.checkOrder(place)
	n := s.view.Revision()
	for i := range spec.embedded {
		e := &spec.embedded[i]
		t := s.files[e.ref]
		if t == nil {
			if len(s.order) >= s.max.attachments {
				s.cut("embedded files", s.max.attachments)
				return
			}
			t = &trackedFile{ref: e.ref, round: -1}
			s.files[e.ref] = t
			s.order = append(s.order, t)
		}
		if t.round != s.round {
			t.round = s.round
			s.current = append(s.current, t)
		}
		t.see(n)
		beside := i > 0 && spec.embedded[i-1].ref == e.ref && e.name == nil // F beside UF
		if !beside && t.named[0].to == n {
			t.add(*place, spec, e)
		}
	}
}

// see notes that a revision names the file. Revisions come newest first.
func (t *trackedFile) see(n int) {
	if last := len(t.named) - 1; last >= 0 && t.named[last].from <= n+1 {
		t.named[last].from = n
		return
	}
	t.named = append(t.named, revisionRange{n, n})
}

// add notes a place, with what the file specification there says.
func (t *trackedFile) add(p Place, spec *fileSpec, e *embeddedRef) {
	p.Spec, p.Entry = spec.ref, string(e.key)
	switch {
	case e.name != nil:
		p.Entry, p.key = "RF", nil
		if len(t.own) < maxPlaces {
			t.own = append(t.own, *e.name)
		}
	case len(t.specs) < maxPlaces && !slices.Contains(t.specs, spec):
		t.specs = append(t.specs, spec)
	}
	for i := range t.places {
		x := &t.places[i]
		if x.Kind == p.Kind && x.Holder == p.Holder && x.Spec == p.Spec && (x.key == p.key || x.key.same(p.key)) {
			return // another entry of EF, or the file twice in one AF
		}
	}
	if len(t.places) >= maxPlaces {
		t.more++
		return
	}
	t.places = append(t.places, p)
}

func (n *FileName) same(m *FileName) bool {
	return n != nil && m != nil && n.Key == m.Key && string(n.Raw) == string(m.Raw) && n.cut == m.cut
}
