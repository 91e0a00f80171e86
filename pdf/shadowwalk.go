package pdf

import "github.com/exhibit-dev/exhibit/internal/pdffile"

// dict goes on from a dictionary by what it is, whatever led there.
func (s *signedView) dict(ref pdffile.Ref, d pdffile.Dict, c class) error {
	switch t, _ := d.Get("Type").(pdffile.Name); {
	case ref.Number == s.root.Number:
		return s.entries(d)
	case ref.Number == s.form.Number:
		s.give(ref.Number, isForm)
		return s.formDict(d)
	case s.fields[ref.Number] != nil || t == "Annot" || d.Get("Subtype") == pdffile.Object(pdffile.Name("Widget")):
		return s.annotation(ref, d)
	case t == "Page" || t == "Pages" || c == classPageTree && (d.Has("Kids") || d.Has("Contents") || d.Has("Annots")):
		s.give(ref.Number, isPage)
		return s.page(d)
	}
	s.value(d, c)
	return nil
}

// trailer begins the walk.
func (s *signedView) trailer() error {
	for _, m := range s.view.Trailer().Members {
		switch {
		case m.Key == "Root", m.Key == "ID", trailerKey(m.Key):
		case m.Key == "Info":
			if err := s.info(m.Value); err != nil {
				return err
			}
		case m.Key == "Encrypt":
			s.value(m.Value, classEncryption)
		default:
			if err := s.private(m.Value); err != nil {
				return err
			}
		}
	}
	if s.root.Number == 0 {
		return s.entries(s.catalog)
	}
	s.seen[s.root.Number] = true
	s.queue = append(s.queue, edge{ref: s.root, class: classOther})
	return nil
}

func (s *signedView) info(o pdffile.Object) error {
	if ref, ok := o.(pdffile.Ref); ok {
		s.give(ref.Number, isInfo)
		s.seen[ref.Number] = true
	}
	d, err := resolveDict(s.view, o)
	if err != nil {
		return err
	}
	for _, m := range d.Members {
		if infoKey(m.Key) {
			s.mayChange(m.Value, classMetadata, pdffile.Ref{})
		} else {
			s.value(m.Value, classMetadata)
		}
	}
	return nil
}

// private follows an entry of the trailer that the standard does not know. Only streams
// count there: LibreOffice keeps the source of a document so.
func (s *signedView) private(o pdffile.Object) error {
	for _, ref := range refsIn(o) {
		x, _, err := s.open(ref)
		if err != nil {
			return err
		}
		if _, ok := x.(*pdffile.Stream); ok {
			s.to(ref, classFiles)
		}
	}
	return nil
}

// entries goes on from the catalog.
func (s *signedView) entries(d pdffile.Dict) error {
	for _, m := range d.Members {
		switch m.Key {
		case "DSS", "Extensions", "Metadata":
			s.mayChange(m.Value, catalogClass(m.Key), pdffile.Ref{})
		case "AcroForm":
			if s.form.Number == 0 {
				if err := s.formDict(s.acro); err != nil {
					return err
				}
				continue
			}
			s.give(s.form.Number, isForm)
			if !s.seen[s.form.Number] {
				s.seen[s.form.Number] = true
				s.queue = append(s.queue, edge{ref: s.form, class: classForm})
			}
		default:
			s.value(m.Value, keyClass(m.Key, catalogClass(m.Key)))
		}
	}
	return nil
}

// page goes on from a page or a node of the tree.
func (s *signedView) page(d pdffile.Dict) error {
	for _, m := range d.Members {
		if m.Key == "Annots" {
			if err := s.list(m.Value, isAnnots, classAnnotation); err != nil {
				return err
			}
			continue
		}
		s.value(m.Value, pageClass(m.Key))
	}
	return nil
}

// list goes on from an array that a rule compares element by element.
func (s *signedView) list(o pdffile.Object, r role, c class) error {
	ref, ok := o.(pdffile.Ref)
	if !ok {
		s.value(o, c)
		return nil
	}
	if s.lists[ref.Number] {
		s.give(ref.Number, r)
		return nil
	}
	x, _, err := s.open(ref)
	if err != nil {
		return err
	}
	a, ok := x.(pdffile.Array)
	if !ok {
		s.to(ref, c)
		return nil
	}
	s.lists[ref.Number] = true
	s.give(ref.Number, r)
	s.value(a, c)
	return nil
}

// formDict goes on from the interactive form.
func (s *signedView) formDict(d pdffile.Dict) error {
	for _, m := range d.Members {
		var err error
		switch m.Key {
		case "Fields":
			err = s.list(m.Value, isFields, classForm)
		case "DR":
			err = s.resources(m.Value)
		case "CO":
			s.value(m.Value, classActions)
		default:
			s.value(m.Value, classForm)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// resources goes on from DR, whose dictionaries may gain names.
func (s *signedView) resources(o pdffile.Object) error {
	d, err := s.part(o, isResources)
	if err != nil || d == nil {
		return err
	}
	for _, m := range d.Members {
		part, err := s.part(m.Value, isCategory)
		if err != nil {
			return err
		}
		if part == nil {
			s.value(m.Value, classResource)
			continue
		}
		s.value(*part, classResource)
	}
	return nil
}

// part opens a dictionary of DR; it is nil if there is none.
func (s *signedView) part(o pdffile.Object, r role) (*pdffile.Dict, error) {
	if ref, ok := o.(pdffile.Ref); ok {
		x, _, err := s.open(ref)
		if d, ok := x.(pdffile.Dict); ok && err == nil {
			s.give(ref.Number, r)
			return &d, nil
		}
		s.to(ref, classResource)
		return nil, err
	}
	if d, ok := o.(pdffile.Dict); ok {
		return &d, nil
	}
	return nil, nil
}

// annotation goes on from an annotation or a field.
func (s *signedView) annotation(ref pdffile.Ref, d pdffile.Dict) error {
	f := s.fields[ref.Number]
	widget := f != nil || d.Get("Subtype") == pdffile.Object(pdffile.Name("Widget"))
	switch {
	case f != nil:
		s.give(ref.Number, isField)
	case widget:
		s.orphans = append(s.orphans, ref.Number)
	default:
		s.give(ref.Number, isAnnotation)
	}
	c := classAnnotation
	switch {
	case f != nil:
		c = f.class()
	case widget:
		c = classForm
	}
	free := !widget && s.p.annotates()
	for _, m := range d.Members {
		var err error
		switch {
		case free && m.Key != "P" && m.Key != "Parent" && keyClass(m.Key, c) != classActions:
			s.mayChange(m.Value, classAnnotation, ref)
		case f != nil && m.Key == "Kids":
			err = s.list(m.Value, isKids, classForm)
			s.own(m.Value, ref)
		case f != nil && (m.Key == "V" || m.Key == "RV" || m.Key == "AP") && f.open(s.p):
			s.mayChange(m.Value, f.class(), ref)
		default:
			s.value(m.Value, keyClass(m.Key, c))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mayChange notes an entry that may lead to something else later.
func (s *signedView) mayChange(o pdffile.Object, c class, owner pdffile.Ref) {
	for _, ref := range refsIn(o) {
		s.owned = append(s.owned, edge{ref, c, owner})
	}
}

// drainOwned goes on from the entries that may change, to what nothing else leads to.
func (s *signedView) drainOwned() error {
	for i := 0; i < len(s.owned); i++ {
		e := s.owned[i]
		if u := s.uses[e.ref.Number]; u != nil && u.owned == classNone {
			u.owned, u.owner = e.class, e.owner
		}
		if s.seen[e.ref.Number] {
			continue
		}
		s.seen[e.ref.Number] = true
		o, _, err := s.open(e.ref)
		if err != nil {
			return err
		}
		s.mayChange(o, e.class, e.owner)
	}
	s.owned, s.seen = nil, nil
	return nil
}

// refsIn returns the references inside an object.
func refsIn(o pdffile.Object) (out []pdffile.Ref) {
	if o == nil {
		return nil
	}
	pdffile.Walk(o, func(o pdffile.Object) bool {
		if ref, ok := o.(pdffile.Ref); ok {
			out = append(out, ref)
		}
		return true
	})
	return out
}
