package pdf

import (
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// signedFields finds the fields that waited for a signature and have one now, and lists
// of kids that gained fields: both decide what else may change.
func (b *pair) signedFields() error {
	for _, n := range b.order {
		d, u := b.deltas[n], b.s.uses[n]
		if u == nil {
			continue
		}
		f := b.s.fields[n]
		old, new, ok := d.dicts()
		if ok && f != nil && f.signature() && !f.signed && new.Has("V") && !b.moved(d) {
			if err := b.newlySigned(d, f, new); err != nil {
				return err
			}
		}
		switch {
		case ok && f != nil && (!sameEntry(old, new, "Kids") || b.touches(new.Get("Kids"))):
			if err := b.fieldList("field "+quote(f.name)+": Kids", old.Get("Kids"), new.Get("Kids"), *f, d.rev, d.newRef, isKids); err != nil {
				return err
			}
		case u.role == isKids && u.plain == 0 && d.was && d.is && b.deltas[u.owner.Number] == nil && b.s.fields[u.owner.Number] != nil:
			owner := b.s.fields[u.owner.Number]
			if err := b.fieldList("field "+quote(owner.name)+": Kids", d.oldRef, d.newRef, *owner, d.rev, u.owner, isKids); err != nil {
				return err
			}
		}
	}
	return nil
}

// newlySigned judges the signature in a field that was there before.
func (b *pair) newlySigned(d *delta, f *formField, dict pdffile.Dict) error {
	c, why, err := b.signatureValue(dict.Get("V"))
	if err != nil {
		return err
	}
	look, err := b.looks(dict)
	if err != nil {
		return err
	}
	if why == "" {
		why = b.seenWhy(c, f.locked(b.s.p), look)
	}
	fresh := &freshField{name: f.name, class: c, good: why == "", signed: why == ""}
	b.fresh, b.widgets[d.number] = append(b.fresh, fresh), fresh
	kids, err := resolveArray(b.view, dict.Get("Kids"))
	if err != nil {
		return err
	}
	for _, o := range kids {
		if ref, ok := o.(pdffile.Ref); ok && b.s.fields[ref.Number] != nil && b.s.fields[ref.Number].name == f.name {
			b.widgets[ref.Number] = fresh
		}
	}
	what := "field " + quote(f.name) + " signed" + look
	b.note(d.rev, c, d.newRef, what, fresh.good, pickWhy(why, true), dict.Get("V"))
	b.claim(dict.Get("V"), c, fresh.good, pickWhy(why, true))
	return nil
}

// fieldValues compares the fields and widgets that changed (12.7.4, 12.5.6.19).
func (b *pair) fieldValues() error {
	for _, n := range b.order {
		d, f := b.deltas[n], b.s.fields[n]
		old, new, ok := d.dicts()
		if !ok || f == nil || d.done || d.claimed || b.s.uses[n] == nil || b.moved(d) {
			continue
		}
		d.done = true
		b.twice(d)
		for _, key := range diffKeys(old, new) {
			if key == "Kids" || key == "V" && b.widgets[n] != nil {
				continue // see signedFields
			}
			b.fieldEntry(d, f, key, old, new)
		}
	}
	return nil
}

// fieldEntry judges one entry of a field or widget.
func (b *pair) fieldEntry(d *delta, f *formField, key pdffile.Name, old, new pdffile.Dict) {
	was, is := old.Get(key), new.Get(key)
	what := "field " + quote(f.name) + ": " + label(key)
	signed := b.widgets[d.number]
	switch {
	case key == "Ff" && onlySets(was, is, 1) && b.s.p.fills():
		// Programs that lock fields when they sign set the flag in all of them.
		b.note(d.rev, f.class(), d.newRef, what, true, "only made read-only", is)
	case keyClass(key, classOther) == classActions:
		b.deny(d.rev, classActions, d.newRef, what, "not on the list of permitted changes", is)
	case signed != nil && signedKey(key, was, is):
		b.note(d.rev, signed.class, d.newRef, what, signed.good, "of the field that was signed", is)
		b.claim(is, signed.class, signed.good, "of the field that was signed")
	case f.signature():
		b.deny(d.rev, classSignature, d.newRef, what, pick(f.signed, "the field was signed before", "the field was not signed"), is)
	case !valueKey(key, was, is):
		b.deny(d.rev, classForm, d.newRef, what, "neither the value nor the appearance", is)
	case !b.s.p.fills():
		b.deny(d.rev, classForm, d.newRef, what, "the signature does not permit to fill fields", is)
	case f.locked(b.s.p):
		b.deny(d.rev, classForm, d.newRef, what, "the field is locked", is)
	default:
		b.allow(d.rev, classForm, d.newRef, what, "fields may be filled", is)
	}
}

// signs reports that something was signed in the later view.
func (b *pair) signs() bool {
	return slices.ContainsFunc(b.fresh, func(f *freshField) bool { return f.signed })
}

// signedKey reports the entries that change when a field is signed that waits for it.
func signedKey(key pdffile.Name, old, new pdffile.Object) bool {
	switch key {
	case "AP", "AS", "M", "MK", "NM", "DA", "Type":
		return true
	case "F":
		return shownAlike(old, new)
	case "P":
		return isNull(old)
	case "Ff":
		return onlySets(old, new, 1)
	}
	return false
}

// valueKey reports the entries that are the value of a field or its appearance.
func valueKey(key pdffile.Name, old, new pdffile.Object) bool {
	switch key {
	case "V", "RV", "I", "TI", "AP", "AS", "DA", "Q", "DS", "MK", "M":
		return true
	case "F":
		return shownAlike(old, new)
	}
	return false
}

// shownAlike reports flags of an annotation that differ in nothing that decides whether
// and where it is seen: Print, ReadOnly, Locked, LockedContents (Table 167).
func shownAlike(old, new pdffile.Object) bool {
	const free = 1<<2 | 1<<6 | 1<<7 | 1<<9
	was, ok := flagBits(old)
	is, ok2 := flagBits(new)
	return ok && ok2 && was&^free == is&^free
}

// onlySets reports that new has the bits of old and no other new ones than bits.
func onlySets(old, new pdffile.Object, bits int64) bool {
	was, ok := flagBits(old)
	is, ok2 := flagBits(new)
	return ok && ok2 && is&^bits == was&^bits && was&^is == 0
}

func flagBits(o pdffile.Object) (int64, bool) {
	n, ok := o.(pdffile.Integer)
	return int64(n), ok || isNull(o)
}
