package pdf

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// defaultResources compares DR of the form (12.7.3). Signers put fonts there (Acrobat,
// iText, OpenPDF, DSS) and the form XObject of their appearance (PDFBox, DSS under the
// fixed name FRM). A new name harms nobody as long as DR serves nothing else. A name
// that changes its meaning changes fields that use it: a font by their DA, anything
// else only through an appearance that has no resources of its own.
func (b *pair) defaultResources(old, new pdffile.Object) error {
	const what = "form: DR"
	was, err := resolveDict(b.s.view, old)
	if err != nil {
		return err
	}
	is, ok, err := b.resourceDict(new, isResources)
	if err != nil || !ok {
		if !ok && err == nil {
			b.deny(b.formRev, classResource, b.formRef, what, "the dictionary serves other purposes too", new)
		}
		return err
	}
	for _, m := range was.Members {
		if !is.Has(m.Key) && m.Key != "ProcSet" && resourceCategory(m.Key) {
			b.note(b.formRev, classResource, b.formRef, what+": "+label(m.Key), false, "resources were taken away", nil)
		}
	}
	for _, m := range is.Members {
		if sameValue(m.Value, was.Get(m.Key)) && !b.touches(m.Value) {
			continue
		}
		if err := b.category(what+": "+label(m.Key), m.Key, was.Get(m.Key), m.Value); err != nil {
			return err
		}
	}
	return nil
}

// resourceDict opens DR or a dictionary in it in the later view. It is not ok where the
// object has another use in the signed view, or is no dictionary.
func (b *pair) resourceDict(o pdffile.Object, r role) (d pdffile.Dict, ok bool, err error) {
	if ref, isRef := o.(pdffile.Ref); isRef && !b.listObject(ref, r) {
		return d, false, nil
	}
	x, err := resolveIn(b.view, o)
	d, ok = x.(pdffile.Dict)
	return d, (ok || isNull(x)) && err == nil, err
}

func (b *pair) category(what string, key pdffile.Name, old, new pdffile.Object) error {
	x, err := resolveIn(b.s.view, old)
	if err != nil {
		return err
	}
	was, ok := x.(pdffile.Dict)
	if unused := key == "ProcSet" || !resourceCategory(key); unused || !ok && !isNull(x) {
		b.note(b.formRev, b.resourceClass(), b.formRef, what, unused, pick(unused, "readers use no such resources", "no dictionary"), new)
		b.claim(new, b.resourceClass(), unused, "")
		return nil
	}
	is, ok, err := b.resourceDict(new, isCategory)
	if err != nil || !ok {
		if err == nil {
			b.deny(b.formRev, classResource, b.formRef, what, "the dictionary serves other purposes too", new)
		}
		return err
	}
	if !b.needsResources() {
		b.deny(b.formRev, classResource, b.formRef, what, "resources that neither a signature nor a filled field needs", new)
		return nil
	}
	var added, changed []string
	for _, name := range diffKeys(was, is) {
		used, err := b.s.bareUse(name)
		if err != nil {
			return err
		}
		if used || was.Has(name) && (key == "Font" || key == "Encoding" || !is.Has(name)) {
			b.deny(b.formRev, classResource, b.formRef, what+" "+quote(string(name))+" changed", "existing fields may use it", is.Get(name))
		} else if was.Has(name) {
			changed = append(changed, string(name))
		} else {
			added = append(added, string(name))
		}
	}
	if len(added) > 0 {
		b.note(b.formRev, b.resourceClass(), b.formRef, what+" "+nameList(added)+" added", true, "no field could use them before", is)
	}
	if len(changed) > 0 {
		b.note(b.formRev, b.resourceClass(), b.formRef, what+" "+nameList(changed)+" changed", true, "no appearance takes them from here", is)
	}
	b.claim(is, b.resourceClass(), true, "")
	return nil
}

// resourceCategory reports the entries of a resource dictionary that readers look at
// (Table 34), and Encoding, which Acrobat has in DR. Some signers put a form XObject
// beside them by mistake.
func resourceCategory(key pdffile.Name) bool {
	switch key {
	case "ExtGState", "ColorSpace", "Pattern", "Shading", "XObject", "Font", "Properties", "Encoding", "ProcSet":
		return true
	}
	return false
}

// resourceClass is the class of resources that came with a signature: those of a
// time-stamp are part of it, as every writer adds them.
func (b *pair) resourceClass() class {
	if len(b.fresh) > 0 && b.signing() == classTimestamp {
		return classTimestamp
	}
	return classResource
}

func nameList(list []string) string {
	slices.Sort(list)
	if len(list) > 5 {
		list = append(list[:5:5], "…")
	}
	return quote(strings.Join(list, " "))
}

// needsResources reports that something came that brings resources along.
func (b *pair) needsResources() bool { return b.signs() || b.s.p.fills() }

// bareUse reports what looks into DR for this name in the signed view: an appearance of
// a field that has no resources of its own, or the DA of a field that must stay.
func (s *signedView) bareUse(name pdffile.Name) (bool, error) {
	if err := s.lookAtFields(); err != nil {
		return false, err
	}
	if s.bareAll {
		return true, nil
	}
	if err := s.c.spend(1 + s.bareSize>>10); err != nil {
		return false, err
	}
	for _, data := range s.bare {
		// A name may be spelled with #, and end at many characters: what looks like it
		// counts.
		if bytes.IndexByte(data, '#') >= 0 || bytes.Contains(data, []byte("/"+string(name))) {
			return true, nil
		}
	}
	return false, nil
}

// styled reports that no field which must stay is drawn by the DA of the form.
func (s *signedView) styled() (bool, error) {
	err := s.lookAtFields()
	return !s.unstyled, err
}

// lookAtFields collects what in the fields depends on DR and DA of the form.
func (s *signedView) lookAtFields() error {
	if s.looked {
		return nil
	}
	s.looked = true
	stay := false
	for n, f := range s.fields {
		shut := !f.signature() && !f.open(s.p)
		stay = stay || shut
		if err := s.lookAtField(n, f, shut); err != nil {
			return err
		}
	}
	for _, n := range s.orphans {
		stay = true
		if err := s.lookAtField(n, &formField{}, true); err != nil {
			return err
		}
	}
	if stay {
		return s.keepText(s.acro.Get("DA"))
	}
	return nil
}

func (s *signedView) lookAtField(n uint32, f *formField, shut bool) error {
	_, e := s.view.Where(pdffile.Ref{Number: n})
	d, err := resolveDict(s.view, pdffile.Ref{Number: n, Generation: e.Generation})
	if err != nil {
		return err
	}
	if shut {
		drawn := f.kind != "" || d.Has("FT")
		if drawn && !f.styled && !d.Has("DA") && !(d.Has("Kids") && !d.Has("Subtype")) {
			s.unstyled = true
		}
		if err := s.keepText(d.Get("DA")); err != nil {
			return err
		}
	}
	return s.bareIn(d.Get("AP"), 3)
}

// keepText keeps a DA.
func (s *signedView) keepText(o pdffile.Object) error {
	o, err := resolveIn(s.view, o)
	if err != nil {
		return err
	}
	if t, ok := o.(pdffile.String); ok {
		s.bareSize += len(t.Bytes)
		s.bareAll = s.bareAll || t.Sealed || s.bareSize > maxBare
		if !s.bareAll {
			s.bare = append(s.bare, t.Bytes)
		}
	}
	return nil
}

// bareIn looks into AP, its N, R and D, and their states.
func (s *signedView) bareIn(o pdffile.Object, depth int) error {
	if err := s.c.visit(); err != nil {
		return err
	}
	o, err := resolveIn(s.view, o)
	if err != nil {
		return err
	}
	switch o := o.(type) {
	case *pdffile.Stream:
		if o.To <= o.From || o.Dict.Has("Resources") {
			return nil
		}
		return s.keepBare(o)
	case pdffile.Dict:
		for _, m := range o.Members {
			if depth > 0 {
				if err := s.bareIn(m.Value, depth-1); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (s *signedView) keepBare(o *pdffile.Stream) error {
	r, err := s.c.f.Reader(o)
	if err != nil {
		s.bareAll = true
		return passingOwn(err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxBare+1))
	if s.bareSize += len(data); err != nil || s.bareSize > maxBare {
		s.bareAll = true
		return passingOwn(err)
	}
	s.bare = append(s.bare, data)
	return nil
}
