package pdf

import (
	"context"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// maxEarlierViews bounds the revisions whose forms are read for the names of signatures
// that no field of the last one has: a signature that somebody removed.
const maxEarlierViews = 8

// linkLast joins signatures with the fields and the permissions dictionary of the
// document as it stands.
func (d *Document) linkLast(ctx context.Context, x *finder) error {
	last := d.file.Last()
	if err := d.linkFields(ctx, x, last); err != nil {
		return err
	}
	root, err := last.Root()
	if err != nil {
		return passing(err)
	}
	perms, _, err := pdffile.Value[pdffile.Dict](last, root.Get("Perms"))
	if err != nil {
		return passing(err)
	}
	for _, m := range perms.Members {
		if m.Key != "DocMDP" && m.Key != "UR" && m.Key != "UR3" {
			continue
		}
		s, err := x.of(last, m.Value)
		if err != nil {
			return err
		}
		if s != nil {
			s.linked = true
			s.perms = s.perms || m.Key == "DocMDP"
			s.usage = s.usage || m.Key != "DocMDP"
		}
	}
	return nil
}

// linkFields gives the signatures that fields of the view have as their value the names
// of these fields.
func (d *Document) linkFields(ctx context.Context, x *finder, v *pdffile.View) error {
	fields, limited, err := signatureFields(ctx, v)
	if err != nil {
		return err
	}
	d.full = d.full || limited
	for i := range fields {
		if fields[i].value == nil {
			continue
		}
		s, err := x.of(v, fields[i].value)
		if err != nil {
			return err
		}
		if s != nil {
			s.linked = s.linked || v == d.file.Last()
			s.link(&fields[i])
		}
	}
	return nil
}

// link adds a field. Widgets of one field have its name, and count once.
func (s *signature) link(x *field) {
	for _, known := range s.fields {
		if known.name == x.name || x.ref.Number != 0 && known.ref == x.ref {
			return
		}
	}
	s.fields = append(s.fields, x)
}

// linkEarlier does the same in the revisions of signatures that have no field now.
func (d *Document) linkEarlier(ctx context.Context, x *finder) error {
	seen := map[int]bool{d.file.Last().Revision(): true}
	for _, s := range x.found {
		n := s.from()
		if len(s.fields) > 0 || seen[n] || len(seen) > maxEarlierViews {
			continue
		}
		seen[n] = true
		if err := d.linkFields(ctx, x, d.file.View(n)); err != nil {
			return err
		}
	}
	return nil
}
