package pdf

import (
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// freshField is a signature field that was added, or one that waited and was signed.
type freshField struct {
	name  string
	class class // classSignature, or classTimestamp
	good  bool
	// signed: it, or a field below it, has a signature now.
	signed bool
	// awaits: it has none yet, but a later revision signs it.
	awaits bool
}

// newField judges a field that was added (12.7.5.5): it must be a signature field, new
// with all that belongs to it, and do nothing else than to sign.
// parent is the field that it became a kid of, and owner the same if that was signed.
func (b *pair) newField(ref pdffile.Ref, above formField, parent pdffile.Ref, owner *freshField, depth int) (*freshField, error) {
	f := &freshField{class: classSignature}
	d, fresh := b.isNew(ref)
	if !fresh || depth > maxFormDepth {
		switch {
		case fresh:
			b.note(d.rev, classForm, ref, "new field", false, "nested too deep to be looked at", d.new)
		case d == nil || !d.claimed:
			b.note(b.revOf(ref, b.formRev), classForm, ref, "field of the form", false, "an object of the signed revision becomes a field", ref)
		}
		return f, nil
	}
	if d.done {
		return f, nil // added twice
	}
	d.done = true
	dict, ok := d.new.(pdffile.Dict)
	if !ok {
		b.deny(d.rev, classForm, ref, "new "+kindOf(d.new)+" as a field", "no field", d.new)
		return f, nil
	}
	field, err := inherit(b.view, above, dict)
	if err != nil {
		return f, err
	}
	f.name = field.name
	b.fresh, b.widgets[ref.Number] = append(b.fresh, f), f
	what := "new field " + quote(f.name)
	why := ""
	switch {
	case dict.Has("T") && (b.s.names[f.name] || b.taken[f.name]) || !dict.Has("T") && above.name == "":
		why = "a second field of this name"
	case !dict.Has("T") && (owner == nil || !owner.good):
		why = "a further widget of a field that was there"
	case dict.Has("Subtype") && dict.Get("Subtype") != pdffile.Object(pdffile.Name("Widget")):
		why = "no widget"
	case dict.Has("Parent") && dict.Get("Parent") != pdffile.Object(parent):
		why = "it names another field as its parent"
	case !field.signature() && (field.kind != "" || !dict.Has("Kids")):
		b.deny(d.rev, classForm, ref, what, "only signature fields may be added", d.new)
		return f, nil
	}
	b.taken[f.name] = true
	good, err := b.kids(f, field, ref, dict, depth)
	if err != nil {
		return f, err
	}
	f.good = good && why == ""
	if why == "" && dict.Has("V") {
		if f.class, why, err = b.signatureValue(dict.Get("V")); err != nil {
			return f, err
		}
		f.signed = why == ""
	}
	look, err := b.looks(dict)
	if err != nil {
		return f, err
	}
	if why == "" {
		why = b.seenWhy(f.class, field.locked(b.s.p), look)
	}
	if why == "" && !field.signed && field.signature() {
		if why, err = b.waiting(ref, look); err != nil {
			return f, err
		}
	}
	if why == "" && !field.signature() && !f.signed && !f.awaits {
		why = "a field without a signature"
	}
	f.awaits = f.awaits || why == "" && field.signature() && !field.signed
	f.good = f.good && why == ""
	if look != "" {
		what += look
	}
	b.note(d.rev, f.class, ref, what, f.good, pickWhy(why, field.signed), d.new)
	if bad := b.fieldKeys(dict); bad != "" {
		f.good = false
		b.deny(d.rev, keyClass(bad, classOther), ref, what+": "+label(bad), "no entry that a signature needs", dict.Get(bad))
	}
	b.twice(d)
	b.claim(d.new, f.class, f.good, pick(f.good, "part of a new signature field", "part of a field that is not permitted"))
	return f, nil
}

func pickWhy(why string, signed bool) string {
	switch {
	case why != "":
		return why
	case signed:
		return "a new signature"
	}
	return "a field without an appearance, which a later revision signs"
}

// seenWhy says why a signature must not be where and what it is: a time-stamp of which
// nothing is seen harms no lock, and only such a one is validation data under P=1.
func (b *pair) seenWhy(c class, locked bool, look string) string {
	switch {
	case locked && (c != classTimestamp || look != ""):
		return "the field is locked"
	case c == classTimestamp && look != "" && b.s.p.DocMDP == 1:
		return "a time-stamp that is seen"
	}
	return ""
}

// waiting judges a new field without a signature. Only a signature needs one: it must
// have its own in the end, and show nothing until then.
func (b *pair) waiting(ref pdffile.Ref, look string) (why string, err error) {
	if look != "" {
		return "it has an appearance and no signature", nil
	}
	last := b.c.f.View(b.r.last)
	d, err := resolveDict(last, ref)
	if err != nil {
		return "", err
	}
	if d, err = resolveDict(last, d.Get("V")); err != nil {
		return "", err
	}
	if !d.Has("ByteRange") || !d.Has("Contents") {
		return "nobody signed it", nil
	}
	return "", nil
}

// kids judges the kids of a new field: its widgets, or further fields.
func (b *pair) kids(f *freshField, field formField, parent pdffile.Ref, dict pdffile.Dict, depth int) (good bool, err error) {
	if ref, ok := dict.Get("Kids").(pdffile.Ref); ok {
		if d, fresh := b.isNew(ref); fresh {
			d.claimed = true
		}
	}
	list, err := resolveArray(b.view, dict.Get("Kids"))
	if err != nil {
		return false, err
	}
	good = true
	for _, o := range list {
		ref, _ := o.(pdffile.Ref)
		d, fresh := b.isNew(ref)
		if !fresh || d.done {
			good = false
			continue
		}
		kid, _ := d.new.(pdffile.Dict)
		if kid.Has("T") {
			below, err := b.newField(ref, field, parent, nil, depth+1)
			if err != nil {
				return false, err
			}
			f.class = below.class
			f.signed, f.awaits = f.signed || below.signed, f.awaits || below.awaits
			good = good && below.good
			continue
		}
		d.done = true
		b.twice(d)
		look, err := b.look(kid)
		if err != nil {
			return false, err
		}
		bad := b.fieldKeys(kid)
		fine := bad == "" && kid.Get("Subtype") == pdffile.Object(pdffile.Name("Widget")) && (look == "" || field.signed)
		b.note(d.rev, classSignature, ref, "widget of "+quote(field.name)+look, fine, pick(fine, "part of a new signature field", "not what a signature needs"), d.new)
		b.widgets[ref.Number] = f
		good = good && fine
		b.claim(d.new, classSignature, fine, "part of a new signature field")
	}
	return good, nil
}

// fieldKeys returns an entry that a signature field or its widget has no use for: above
// all what runs something when the page is opened or the mouse moves.
func (b *pair) fieldKeys(d pdffile.Dict) pdffile.Name {
	for _, m := range d.Members {
		switch m.Key {
		case "Type", "Subtype", "FT", "T", "TU", "TM", "Ff", "V", "DV", "Kids", "Parent", "P", "Rect", "F", "AP", "AS", "MK",
			"DA", "DR", "Q", "BS", "Border", "C", "H", "NM", "M", "Lock", "SV", "Contents", "StructParent", "Lang":
			continue
		case "A", "AA", "OC", "Popup", "RV", "DS", "MaxLen", "Opt", "IRT", "Dest", "AF":
			if m.Key == "AA" && emptyDict(m.Value) {
				continue
			}
			return m.Key
		}
		// Keys of no standard mean nothing to readers: products mark their fields so.
	}
	return ""
}

func emptyDict(o pdffile.Object) bool {
	d, ok := o.(pdffile.Dict)
	return ok && len(d.Members) == 0
}

// signatureValue judges the value of a field that was signed: a new signature
// dictionary. Which kind it is decides the class.
func (b *pair) signatureValue(o pdffile.Object) (c class, why string, err error) {
	ref, ok := o.(pdffile.Ref)
	if !ok {
		return classSignature, "the signature is no object of its own", nil
	}
	x, err := readObject(b.view, ref)
	if err != nil {
		return classSignature, "", err
	}
	d, ok := x.(pdffile.Dict)
	if !ok || !d.Has("ByteRange") || !d.Has("Contents") {
		return classSignature, "its value is no signature", nil
	}
	if _, fresh := b.isNew(ref); !fresh {
		return classSignature, "its value is not a new signature", nil
	}
	if d.Get("Type") == pdffile.Object(pdffile.Name("DocTimeStamp")) || d.Get("SubFilter") == pdffile.Object(pdffile.Name("ETSI.RFC3161")) {
		return classTimestamp, "", nil
	}
	return classSignature, "", nil
}

// look says where a widget is seen: it has an appearance, an area, and is not hidden
// (12.5.3, 12.5.5).
func (b *pair) look(d pdffile.Dict) (string, error) {
	ap, err := resolveDict(b.view, d.Get("AP"))
	if err != nil || len(ap.Members) == 0 {
		return "", err
	}
	rect, err := resolveArray(b.view, d.Get("Rect"))
	if err != nil || len(rect) != 4 {
		return "", err
	}
	var side [4]string
	for i, o := range rect {
		x, err := resolveIn(b.view, o)
		if err != nil {
			return "", err
		}
		text, ok := decimal(x)
		if !ok { // readers guess
			text = fmt.Sprintf("?%d", i)
		}
		side[i] = text
	}
	flags, _ := d.Integer("F")
	if flags&2 != 0 || side[0] == side[2] || side[1] == side[3] {
		return "", nil
	}
	return fmt.Sprintf(", seen at [%s]", strings.Join(side[:], " ")), nil
}

// looks is look for a field and its widgets: the first that is seen.
func (b *pair) looks(d pdffile.Dict) (string, error) {
	if look, err := b.look(d); look != "" || err != nil {
		return look, err
	}
	kids, err := resolveArray(b.view, d.Get("Kids"))
	if err != nil {
		return "", err
	}
	for _, o := range kids {
		if err := b.c.visit(); err != nil {
			return "", err
		}
		kid, err := resolveDict(b.view, o)
		if err != nil {
			return "", err
		}
		if look, err := b.look(kid); look != "" || err != nil {
			return look, err
		}
	}
	return "", nil
}

// quote puts a name that the document chose into a text, shortened and without what is
// no printable character.
func quote(s string) string {
	if r := []rune(s[:min(len(s), 400)]); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// place names what stands in a list, for people.
func place(o pdffile.Object) string {
	if ref, ok := o.(pdffile.Ref); ok {
		return fmt.Sprintf("%d %d R", ref.Number, ref.Generation)
	}
	return "an object in place"
}

// label is a key that the document chose.
func label(key pdffile.Name) string {
	for _, c := range []byte(key) {
		if c <= ' ' || c >= 0x7F {
			return quote(string(key[:min(len(key), 200)]))
		}
	}
	if len(key) > 60 {
		return string(key[:60]) + "…"
	}
	return string(key)
}
