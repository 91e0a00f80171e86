package pdf

import (
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// rules are what a signature says of later changes (12.8.2): its transforms, and the
// lock of its field. They are read here and applied by compareRevisions.
type rules struct {
	docMDP  int // P of a DocMDP transform: 1, 2, 3; 0 without one
	lockP   int // P of the field's lock dictionary
	locks   []fieldLock
	usage   bool   // a usage rights transform
	problem string // what cannot be read, or is not known
}

// fieldLock is a set of fields that no longer may change (table 237, table 259).
type fieldLock struct {
	action string // All, Include or Exclude
	fields []string
}

// maxLockedFields bounds the names in one set.
const maxLockedFields = maxFields

// maxReferences bounds the signature reference dictionaries of a signature; one or two
// are in use.
const maxReferences = 16

// readRules reads the Reference of the signature, and the lock of its field as it stood
// when it was signed. The error is one of the reader.
func readRules(f *pdffile.File, s *signature) (r rules, err error) {
	v := f.View(max(s.from(), 0))
	list, ok, err := pdffile.Value[pdffile.Array](v, s.dict.Get("Reference"))
	switch {
	case passing(err) != nil:
		return r, err
	case err != nil || !ok && s.dict.Has("Reference"):
		r.problem = "the Reference of the signature cannot be read"
	case len(list) > maxReferences:
		r.problem = "the signature has more transforms than this program reads"
	}
	for _, o := range list[:min(len(list), maxReferences)] {
		if err := r.transform(v, o); err != nil {
			return r, err
		}
	}
	for _, x := range s.fields {
		if err := r.lock(v, x, s.rng.holds); err != nil {
			return r, err
		}
	}
	return r, nil
}

func (r *rules) transform(v *pdffile.View, o pdffile.Object) error {
	d, ok, err := pdffile.Value[pdffile.Dict](v, o)
	if passing(err) != nil {
		return err
	}
	method, _, err2 := pdffile.Value[pdffile.Name](v, d.Get("TransformMethod"))
	if passing(err2) != nil {
		return err2
	}
	params, hasParams, err3 := pdffile.Value[pdffile.Dict](v, d.Get("TransformParams"))
	if passing(err3) != nil {
		return err3
	}
	switch {
	case err != nil || !ok || err2 != nil || err3 != nil:
		r.problem = "a transform of the signature cannot be read"
	case method == "DocMDP" && r.docMDP != 0:
		r.problem = "the signature has two DocMDP transforms"
	case method == "DocMDP":
		r.docMDP, err = r.level(v, params, 2)
		return err
	case method == "FieldMDP" && !hasParams:
		r.problem = "a FieldMDP transform without parameters"
	case method == "FieldMDP":
		return r.set(v, params)
	case method == "UR" || method == "UR3":
		r.usage = true
	default:
		r.problem = "unknown transform method " + nameText(method)
	}
	return nil
}

// level reads P. A value that is not 1 to 3 is taken for the strictest.
func (r *rules) level(v *pdffile.View, d pdffile.Dict, absent int) (int, error) {
	if !d.Has("P") {
		return absent, nil
	}
	p, ok, err := pdffile.Value[pdffile.Integer](v, d.Get("P"))
	if err != nil || !ok || p < 1 || p > 3 {
		r.problem = "the access permissions are not 1, 2 or 3"
		return 1, passing(err)
	}
	return int(p), nil
}

// set reads Action and Fields.
func (r *rules) set(v *pdffile.View, d pdffile.Dict) error {
	action, _, err := pdffile.Value[pdffile.Name](v, d.Get("Action"))
	if passing(err) != nil {
		return err
	}
	set := fieldLock{action: string(action)}
	if !slices.Contains([]string{"All", "Include", "Exclude"}, set.action) {
		r.problem = "unknown action " + nameText(action) + " on fields"
		set.action = "All"
	}
	list, ok, err := pdffile.Value[pdffile.Array](v, d.Get("Fields"))
	if passing(err) != nil {
		return err
	}
	if set.action != "All" && (err != nil || !ok || len(list) > maxLockedFields) {
		r.problem = "the names of locked fields cannot be read"
		set = fieldLock{action: "All"}
	}
	for _, o := range list {
		if set.action == "All" {
			break
		}
		t, ok, err := pdffile.Value[pdffile.String](v, o)
		if passing(err) != nil {
			return err
		}
		if err != nil || !ok {
			r.problem = "the names of locked fields cannot be read"
			set = fieldLock{action: "All"}
			break
		}
		set.fields = append(set.fields, decodeText(t.Bytes))
	}
	r.locks = append(r.locks, set)
	return nil
}

// lock reads the Lock of a field (12.7.5.5, table 236) as it stood when it was signed.
func (r *rules) lock(v *pdffile.View, x *field, signed func(extent) bool) error {
	d := x.dict
	if x.ref.Number != 0 {
		then, ok, err := pdffile.Value[pdffile.Dict](v, x.ref)
		if passing(err) != nil {
			return err
		}
		if err != nil || !ok {
			return nil // not there yet; a change
		}
		d = then
	}
	l, ok, err := pdffile.Value[pdffile.Dict](v, d.Get("Lock"))
	switch {
	case ok && x.ref.Number == 0 && !signed(extent{d.From, d.To}):
		// It lies in a form that was written again, and may have been given to it then.
		r.problem = "the lock of the field is not among the signed bytes"
		return nil
	case passing(err) != nil:
		return err
	case err != nil || !ok:
		if err != nil || d.Has("Lock") {
			r.problem = "the lock of the field cannot be read"
		}
		return nil
	}
	p, err := r.level(v, l, 0)
	if err != nil {
		return err
	}
	if p != 0 && (r.lockP == 0 || p < r.lockP) {
		r.lockP = p
	}
	return r.set(v, l)
}
