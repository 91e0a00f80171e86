package pdf

import (
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// annotationLists compares the arrays of annotations that are objects of their own.
func (b *pair) annotationLists() error {
	for _, n := range b.order {
		d, u := b.deltas[n], b.s.uses[n]
		if d.done || d.claimed || u == nil || u.role != isAnnots || u.plain != 0 || !d.is || !d.was {
			continue
		}
		if err := b.annots(d.rev, d.newRef, d.oldRef, d.newRef); err != nil {
			return err
		}
	}
	return nil
}

// annots compares the annotations of a page (12.5.2). The widgets of new signatures may
// be added behind or between the others; annotations only if the signature permits it.
func (b *pair) annots(rev int, at pdffile.Ref, old, new pdffile.Object) error {
	const what = "page: Annots"
	was, err := resolveArray(b.s.view, old)
	if err != nil {
		return err
	}
	is, err := resolveArray(b.view, new)
	if err != nil {
		return err
	}
	if ref, ok := new.(pdffile.Ref); ok {
		if !b.listObject(ref, isAnnots) {
			b.note(rev, classAnnotation, at, what, false, "the array serves other purposes too", new)
			return nil
		}
		rev = b.revOf(ref, rev)
	}
	free := b.s.p.annotates()
	added, removed, moved := b.c.diffLists(was, is)
	for _, o := range removed {
		kind, err := annotationKind(b.s.view, o)
		if err != nil {
			return err
		}
		good := free && kind != "Widget"
		b.note(rev, classAnnotation, at, what+": "+place(o)+" removed", good, pick(good, "annotations may be deleted", "an annotation was removed"), nil)
	}
	if moved {
		b.note(rev, classAnnotation, at, what+": another order", free, pick(free, "annotations may be changed", "what lies on top changes"), new)
	}
	for _, o := range added {
		if err := b.addedAnnotation(rev, at, what, o, free); err != nil {
			return err
		}
	}
	if len(added)+len(removed) == 0 && !moved {
		b.note(rev, classAnnotation, at, what, true, "the same list in another place", nil)
	}
	return nil
}

func (b *pair) addedAnnotation(rev int, at pdffile.Ref, what string, o pdffile.Object, free bool) error {
	what += ": " + place(o) + " added"
	ref, _ := o.(pdffile.Ref)
	if f := b.widgets[ref.Number]; f != nil {
		b.note(rev, f.class, at, what, f.good, pick(f.good, "the widget of a signature", "the widget of a field that is not permitted"), nil)
		return nil
	}
	kind, err := annotationKind(b.view, o)
	if err != nil {
		return err
	}
	d, fresh := b.isNew(ref)
	switch {
	case !free:
		b.deny(rev, classAnnotation, at, what, "annotations may not be added", o)
	case kind == "Widget" || kind == "":
		b.deny(rev, classForm, at, what, "fields may not be added", o)
	case !fresh && ref.Number != 0:
		b.deny(rev, classAnnotation, at, what, "an object of the signed revision becomes visible", o)
	case active(kind):
		b.deny(rev, classActions, at, what, "it runs something", o)
	default:
		var value pdffile.Object = o
		if d != nil {
			value = d.new
		}
		if a, _ := dictOf(value); !b.harmless(a) {
			b.deny(rev, classActions, at, what, "it runs something", o)
			return nil
		}
		b.allow(rev, classAnnotation, at, what, "annotations may be created", o)
	}
	return nil
}

// annotationKind is the Subtype of an annotation.
func annotationKind(v *pdffile.View, o pdffile.Object) (pdffile.Name, error) {
	d, err := resolveDict(v, o)
	if err != nil {
		return "", err
	}
	kind, err := resolveIn(v, d.Get("Subtype"))
	name, _ := kind.(pdffile.Name)
	return name, err
}

// active are annotations that play or run what they hold.
func active(kind pdffile.Name) bool {
	return slices.Contains([]pdffile.Name{"Screen", "Movie", "3D", "RichMedia", "TrapNet"}, kind)
}

// harmless reports that no action of an annotation does more than to go somewhere
// (12.6.4).
func (b *pair) harmless(d pdffile.Dict) bool {
	if d.Has("AA") {
		return false
	}
	o := d.Get("A")
	for range maxFormDepth {
		a, err := resolveIn(b.view, o)
		if err != nil || isNull(a) {
			return err == nil
		}
		action, _ := a.(pdffile.Dict)
		switch action.Get("S") {
		case pdffile.Object(pdffile.Name("GoTo")), pdffile.Object(pdffile.Name("URI")), pdffile.Object(pdffile.Name("Named")):
		default:
			return false
		}
		o = action.Get("Next")
	}
	return false
}

// onlyAnnotation reports an object that the signed view uses as an annotation, and in
// the structure tree, but for nothing else.
func (u *usage) onlyAnnotation() bool {
	return u != nil && u.role == isAnnotation && u.plain&^(1<<classAnnotation|1<<classStructure) == 0
}

// annotations judges annotations that changed, where the signature permits that.
func (b *pair) annotations() error {
	if !b.s.p.annotates() {
		return nil
	}
	for _, n := range b.order {
		d, u := b.deltas[n], b.s.uses[n]
		old, new, ok := d.dicts()
		if !ok || d.done || d.claimed || !u.onlyAnnotation() {
			continue
		}
		kind := old.Get("Subtype")
		if kind != new.Get("Subtype") || kind == pdffile.Object(pdffile.Name("Widget")) || b.moved(d) {
			continue
		}
		d.done = true
		b.twice(d)
		name, _ := kind.(pdffile.Name)
		what := "annotation " + label(name) + " changed"
		if keys := diffKeys(old, new); (slices.Contains(keys, "A") || slices.Contains(keys, "AA")) && !b.harmless(new) || active(name) {
			b.deny(d.rev, classActions, d.newRef, what, "it runs something", new)
			continue
		}
		b.allow(d.rev, classAnnotation, d.newRef, what, "annotations may be changed", new)
	}
	return nil
}
