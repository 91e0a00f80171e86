package pdf

import (
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// formField is a field of the signed view, or a widget of one.
type formField struct {
	name   string // fully qualified
	kind   pdffile.Name
	signed bool // it has a value
	unsure bool // the name is cut, or not the only one
	shut   bool // a field below it is locked, and may take what it has from here
	styled bool // it has DA, or takes it from a field above
}

func (f *formField) signature() bool { return f.kind == "Sig" }

// open reports whether the value and the appearance may change: those of a signature
// field that waits for its signature, and where p permits it, of others.
func (f *formField) open(p permissions) bool {
	if f.signature() {
		return !f.signed
	}
	return p.fills() && !f.locked(p)
}

// locked reports whether the field must not change. One whose name cannot be compared
// counts as locked.
func (f *formField) locked(p permissions) bool {
	return p.Locked != nil && f.unsure || f.shut || p.locks(f.name)
}

func (f *formField) class() class {
	if f.signature() {
		return classSignature
	}
	return classForm
}

// collectFields walks over the tree of fields of the signed view.
func (s *signedView) collectFields() error {
	type branch struct {
		kids  pdffile.Object
		above formField
		depth int
		path  *ancestor
	}
	stack, tangled := []branch{{kids: s.acro.Get("Fields")}}, false
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		kids, err := resolveArray(s.view, b.kids)
		if err != nil {
			return err
		}
		for _, o := range kids {
			ref, ok := o.(pdffile.Ref)
			if ok && s.fields[ref.Number] != nil {
				tangled = true
			}
			if !ok || s.fields[ref.Number] != nil {
				continue
			}
			if err := s.c.visit(); err != nil || len(s.fields) >= maxFormFields {
				return errVisits
			}
			d, err := resolveDict(s.view, ref)
			if err != nil {
				return err
			}
			if len(d.Members) == 0 {
				continue
			}
			f, err := inherit(s.view, b.above, d)
			if err != nil {
				return err
			}
			s.fields[ref.Number] = &f
			s.names[f.name] = true
			if f.locked(s.p) {
				b.path.shut()
			}
			if d.Has("Kids") && b.depth < maxFormDepth {
				stack = append(stack, branch{d.Get("Kids"), f, b.depth + 1, &ancestor{&f, b.path}})
			}
		}
	}
	if tangled { // a field in two places has two names
		for _, f := range s.fields {
			f.unsure = true
		}
	}
	return nil
}

// ancestor is a field on the way to another.
type ancestor struct {
	field *formField
	above *ancestor
}

// shut marks the fields above a locked one: a value there is one of the locked field too.
func (a *ancestor) shut() {
	for ; a != nil && !a.field.shut; a = a.above {
		a.field.shut = true
	}
}

// inherit returns what a field is with what it has from above (12.7.4.1, 12.7.4.2).
func inherit(v *pdffile.View, above formField, d pdffile.Dict) (formField, error) {
	f := above
	f.shut, f.styled = false, f.styled || d.Has("DA")
	t, err := resolveIn(v, d.Get("T"))
	if err != nil {
		return f, err
	}
	if t, ok := t.(pdffile.String); ok {
		if f.name != "" {
			f.name += "."
		}
		f.name += decodeText(t.Bytes[:min(len(t.Bytes), maxFieldName)])
		if len(f.name) > maxFieldName {
			f.name, f.unsure = f.name[:maxFieldName], true
		}
	}
	kind, err := resolveIn(v, d.Get("FT"))
	if err != nil {
		return f, err
	}
	if kind, ok := kind.(pdffile.Name); ok {
		f.kind = kind
	}
	value, err := resolveIn(v, d.Get("V"))
	f.signed = f.signed || !isNull(value)
	return f, err
}

// form compares the interactive forms (12.7.3). What may change is what a new
// signature needs: Fields, SigFlags, and DA and DR where they gain something.
func (b *pair) form(old, new pdffile.Object, rev int) error {
	was, is, ok := b.s.acro, pdffile.Dict{}, false
	x, err := resolveIn(b.view, new)
	if err != nil {
		return err
	}
	is, ok = x.(pdffile.Dict)
	if !ok && !isNull(old) {
		b.note(rev, classForm, b.catalog, "catalog: AcroForm", false, "the interactive form was removed", new)
		return nil
	}
	at := b.catalog
	if ref, ok := new.(pdffile.Ref); ok {
		at = ref
		if d, fresh := b.isNew(ref); d != nil && d.is {
			rev = d.rev
			d.done = d.done || fresh || d.was && ref == old && !b.moved(d)
			b.twice(d)
		}
	}
	b.formRev, b.formRef = rev, at
	keys := diffKeys(was, is)
	// What is in another object may differ although the entry does not.
	if !slices.Contains(keys, "Fields") && b.touches(is.Get("Fields")) {
		keys = append(keys, "Fields")
	}
	if !slices.Contains(keys, "DR") && b.touched(isResources|isCategory) {
		keys = append(keys, "DR")
	}
	if i := slices.Index(keys, "Fields"); i > 0 { // the others depend on what is new
		keys[0], keys[i] = keys[i], keys[0]
	}
	for _, key := range keys {
		if err := b.formEntry(key, was.Get(key), is.Get(key)); err != nil {
			return err
		}
	}
	if keys == nil && !sameValue(old, new) {
		b.note(rev, classForm, at, "catalog: AcroForm", true, "the same form in another place", new)
	}
	return nil
}

func (b *pair) formEntry(key pdffile.Name, old, new pdffile.Object) error {
	what := "form: " + label(key)
	switch key {
	case "Fields":
		return b.fieldList(what, old, new, formField{}, b.formRev, b.formRef, isFields)
	case "DR":
		return b.defaultResources(old, new)
	case "SigFlags":
		was, _ := old.(pdffile.Integer)
		is, ok := new.(pdffile.Integer)
		good := ok && is&^3 == was&^3 && is&was == was
		b.note(b.formRev, b.signing(), b.formRef, what, good, pick(good, "says that there are signatures", "a flag was taken away, or is unknown"), new)
		return nil
	case "DA":
		_, text := new.(pdffile.String)
		styled, err := b.s.styled()
		if err != nil {
			return err
		}
		if isNull(old) && text && styled && b.needsResources() {
			b.note(b.formRev, b.resourceClass(), b.formRef, what, true, "added where there was none, and no field takes it", new)
			return nil
		}
	case "NeedAppearances":
		// Setting it lets readers draw all fields anew, also those that are locked.
		if b.s.p.fills() && (b.s.p.Locked == nil || new != pdffile.Object(pdffile.Bool(true))) {
			b.note(b.formRev, classForm, b.formRef, what, true, "fields may be filled", new)
			return nil
		}
	case "CO":
		b.deny(b.formRev, classActions, b.formRef, what, "the order of calculations was changed", new)
		return nil
	case "Q":
	case "XFA":
		b.deny(b.formRev, classForm, b.formRef, what, "the XFA form was changed", new)
		return nil
	default:
		b.deny(b.formRev, classOther, b.formRef, what, "not on the list of permitted changes", new)
		return nil
	}
	b.deny(b.formRev, classForm, b.formRef, what, "decides how existing fields look", new)
	return nil
}

// signing is the class of entries that serve a new signature: that of the new fields if
// all are for time-stamps.
func (b *pair) signing() class {
	stamps := false
	for _, f := range b.fresh {
		if f.class == classSignature {
			return classSignature
		}
		stamps = true
	}
	if stamps {
		return classTimestamp
	}
	return classSignature
}

// fieldList compares lists of fields: the form's, or the kids of a field. New signature
// fields may be added, nothing else.
func (b *pair) fieldList(what string, old, new pdffile.Object, above formField, rev int, at pdffile.Ref, r role) error {
	owner, parent := b.widgets[at.Number], pdffile.Ref{}
	if r == isKids {
		parent = at
	}
	was, err := resolveArray(b.s.view, old)
	if err != nil {
		return err
	}
	is, err := resolveArray(b.view, new)
	if err != nil {
		return err
	}
	if ref, ok := new.(pdffile.Ref); ok {
		if !b.listObject(ref, r) {
			b.note(rev, classForm, at, what, false, "the array serves other purposes too, or is not there", new)
			return nil
		}
		rev, at = b.revOf(ref, rev), ref
	}
	added, removed, moved := b.c.diffLists(was, is)
	for _, o := range removed {
		b.note(rev, classForm, at, what, false, "a field was removed: "+place(o), new)
	}
	if moved && len(removed) == 0 {
		b.note(rev, b.signing(), at, what, true, "the same fields in another order", nil)
	}
	if r == isKids && len(added) > 0 && owner == nil {
		parent, err := b.s.parts(was)
		if err != nil {
			return err
		}
		if !parent {
			b.note(rev, classForm, at, what, false, "a field that has a value becomes one of parts", new)
		}
	}
	c, good := class(classNone), true
	for _, o := range added {
		ref, ok := o.(pdffile.Ref)
		if !ok {
			good = false
			b.deny(rev, classForm, at, what, "a field that is no object of its own", o)
			continue
		}
		f, err := b.newField(ref, above, parent, owner, 0)
		if err != nil {
			return err
		}
		if !f.good {
			good = false
		}
		if c == classNone || f.class != classTimestamp {
			c = f.class
		}
	}
	if len(added) > 0 {
		b.note(rev, c, at, what, good, pick(good, "new fields of signatures", "new fields that no signature needs"), new)
	}
	return nil
}

// parts reports whether kids are fields of their own, and not the widgets of one field
// (12.7.4.2).
func (s *signedView) parts(kids pdffile.Array) (bool, error) {
	for _, o := range kids {
		d, err := resolveDict(s.view, o)
		if err != nil || !d.Has("T") {
			return false, err
		}
	}
	return len(kids) > 0, nil
}

// element is what stands in a list, so that equal ones are equal.
type element struct {
	ref  pdffile.Ref
	text string
}

func elementOf(o pdffile.Object) element {
	if ref, ok := o.(pdffile.Ref); ok {
		return element{ref: ref}
	}
	return element{text: spell(o)}
}

// diffLists compares lists without regard to their order: moved says that elements that
// both have stand in another one.
func (c *comparer) diffLists(old, new pdffile.Array) (added, removed []pdffile.Object, moved bool) {
	c.visits -= (len(old) + len(new)) / valuesAVisit
	for len(old) > 0 && len(new) > 0 && sameValue(old[0], new[0]) && !isNull(new[0]) {
		old, new = old[1:], new[1:]
	}
	for len(old) > 0 && len(new) > 0 && sameValue(old[len(old)-1], new[len(new)-1]) && !isNull(new[len(new)-1]) {
		old, new = old[:len(old)-1], new[:len(new)-1]
	}
	c.visits -= len(old) + len(new)
	count := make(map[element]int, len(old))
	for _, o := range old {
		count[elementOf(o)]++
	}
	kept := make([]element, 0, len(old))
	for _, o := range new {
		key := elementOf(o)
		if count[key] > 0 {
			count[key]--
			kept = append(kept, key)
		} else if !isNull(o) {
			added = append(added, o)
		}
	}
	i := 0
	for _, o := range slices.Backward(old) {
		if key := elementOf(o); count[key] > 0 {
			count[key]--
			if !isNull(o) {
				removed = append(removed, o)
			}
		} else {
			i++
			moved = moved || key != kept[len(kept)-i]
		}
	}
	slices.Reverse(removed)
	return added, removed, moved
}
