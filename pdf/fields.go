package pdf

import (
	"context"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// field is a signature field of the interactive form (12.7.5.5).
type field struct {
	name  string         // fully qualified (12.7.4.2)
	ref   pdffile.Ref    // number 0 where the field is no object of its own
	value pdffile.Object // V as it stands, nil without one
	dict  pdffile.Dict
}

// Limits of the walk over a form.
const (
	// maxFields bounds the fields that are looked at; forms with ten thousand exist.
	maxFields = 200_000
	// maxSignatureFields bounds those that are kept.
	maxSignatureFields = 10_000
)

// fieldWalk goes down the tree of fields, which any object may be part of twice: each
// is entered once.
type fieldWalk struct {
	ctx     context.Context
	view    *pdffile.View
	seen    map[pdffile.Ref]bool
	left    int
	out     []field
	limited bool
}

// signatureFields lists the signature fields of a view, with and without a value. A
// part of the tree that cannot be read is passed over: its signature dictionaries are
// found all the same. limited says that there are more fields than a limit allows.
func signatureFields(ctx context.Context, v *pdffile.View) (out []field, limited bool, err error) {
	root, err := v.Root()
	if err != nil {
		return nil, false, passing(err)
	}
	form, ok, err := pdffile.Value[pdffile.Dict](v, root.Get("AcroForm"))
	if err != nil || !ok {
		return nil, false, passing(err)
	}
	list, ok, err := pdffile.Value[pdffile.Array](v, form.Get("Fields"))
	if err != nil || !ok {
		return nil, false, passing(err)
	}
	w := fieldWalk{ctx: ctx, view: v, seen: map[pdffile.Ref]bool{}, left: maxFields}
	err = w.kids(list, inheritedField{}, 0)
	return w.out, w.limited, err
}

// inheritedField is what a field has from its ancestors (12.7.4.1).
type inheritedField struct {
	name      string
	signature bool
	value     pdffile.Object
}

func (w *fieldWalk) kids(list pdffile.Array, above inheritedField, depth int) error {
	if depth > pdffile.MaxDepth {
		w.limited = true
		return nil
	}
	if err := w.ctx.Err(); err != nil {
		return err
	}
	for _, o := range list {
		if w.left--; w.left < 0 || len(w.out) >= maxSignatureFields {
			w.limited = true
			return nil
		}
		ref, indirect := o.(pdffile.Ref)
		if indirect && w.seen[ref] {
			continue
		}
		if indirect {
			w.seen[ref] = true
		}
		d, ok, err := pdffile.Value[pdffile.Dict](w.view, o)
		if passing(err) != nil {
			return err
		}
		if err == nil && ok {
			if err := w.visit(d, ref, above, depth); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *fieldWalk) visit(d pdffile.Dict, ref pdffile.Ref, above inheritedField, depth int) error {
	own := false // whether the node says something of the field itself
	if t, ok, err := pdffile.Value[pdffile.String](w.view, d.Get("T")); passing(err) != nil {
		return err
	} else if err == nil && ok {
		own = true
		above.name = joinName(above.name, claimText(t))
	}
	if t, ok, err := pdffile.Value[pdffile.Name](w.view, d.Get("FT")); passing(err) != nil {
		return err
	} else if err == nil && ok {
		own = true
		above.signature = t == "Sig"
	}
	if d.Has("V") {
		own = true
		above.value = d.Get("V")
	}
	kids, hasKids, err := pdffile.Value[pdffile.Array](w.view, d.Get("Kids"))
	if passing(err) != nil {
		return err
	}
	if above.signature && (own || !hasKids) {
		w.out = append(w.out, field{name: above.name, ref: ref, value: above.value, dict: d})
	}
	if err == nil && hasKids {
		return w.kids(kids, above, depth+1)
	}
	return nil
}

func joinName(parent, own string) string {
	switch {
	case parent == "":
		return own
	case len(parent)+len(own) > maxClaimText:
		return parent
	}
	return parent + "." + own
}

// passing returns an error that is no property of the document: the reader failed, or
// the context ended. What is wrong with one object must not hide the others.
func passing(err error) error {
	if _, own := err.(*pdffile.Error); own {
		return nil
	}
	return err
}
