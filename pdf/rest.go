package pdf

import "github.com/exhibit-dev/exhibit/internal/pdffile"

// rest judges what no rule has: objects that only entries lead to that may change, and
// all others.
func (b *pair) rest() error {
	for _, n := range b.order {
		d, u := b.deltas[n], b.s.uses[n]
		if d.done || d.claimed || u.plain != 0 || u.role != 0 || u.box || u.owned == classNone {
			continue
		}
		b.ownedObject(d, u)
	}
	for _, n := range b.order {
		if d := b.deltas[n]; !d.done && !d.claimed {
			b.other(d, b.s.uses[n])
		}
	}
	return nil
}

// ownedObject judges an object that only entries lead to that may change.
func (b *pair) ownedObject(d *delta, u *usage) {
	d.done = true
	if d.is && b.moved(d) {
		return
	}
	if d.is && d.new == nil {
		b.deny(d.rev, classRepointed, d.newRef, kindOf(d.old)+" that can no longer be read", "no object stands where the new entry leads", nil)
		return
	}
	why := ""
	if u.owned == classMetadata && d.is && typeChanged(d.old, d.new) {
		b.deny(d.rev, classType, d.newRef, kindOf(d.old)+" became "+kindOf(d.new), "not on the list of permitted changes", d.new)
		return
	}
	if u.owned == classSignature {
		f := b.widgets[u.owner.Number]
		if f == nil || !f.good {
			b.deny(d.rev, classSignature, d.ref(), kindOf(d.old)+" changed", "it belongs to a signature field that was not signed", d.new)
			return
		}
		why = "part of a field that was signed"
	}
	if d.is && foreign(u.owned, d.new) {
		b.deny(d.rev, u.owned, d.newRef, kindOf(d.old)+" became "+kindOf(d.new), notPart, d.new)
		return
	}
	b.allow(d.rev, u.owned, d.ref(), kindOf(d.new)+" changed", why, d.new)
}

// other judges what no rule knows.
func (b *pair) other(d *delta, u *usage) {
	if !u.reached() {
		b.unreached(d)
		return
	}
	set := u.plain
	if u.owned != classNone {
		set.add(u.owned)
	}
	c := set.gravest()
	if c == classOther {
		c = typeClass(d.old)
	}
	if c == classOther {
		c = typeClass(d.new)
	}
	what, why := kindOf(d.old)+" changed", "not on the list of permitted changes"
	switch {
	case u.box && d.was && u.plain == 0 && u.role == 0 && u.owned == classNone:
		return // what lies inside is compared by itself
	case u.box && !d.was:
		c, what, why = classRepointed, "object stream that was missing", "entries of the signed revision lead into it"
	case !d.was:
		what, why = "new "+kindOf(d.new), "the signed revision refers to this object, which was not there"
	case !d.is && u.onlyAnnotation() && b.s.p.annotates():
		b.note(d.rev, classAnnotation, d.oldRef, kindOf(d.old)+" freed", true, "annotations may be deleted", nil)
		return
	case !d.is:
		c, what, why = classFreed, kindOf(d.old)+" freed", "the signed revision uses it"
	case d.oldRef != d.newRef:
		c, what, why = classRepointed, kindOf(d.old)+" with another generation", "readers differ in whether they compare it"
	case d.new == nil:
		what, why = kindOf(d.old)+" that can no longer be read", "no object stands where the new entry leads"
	case b.moved(d):
		b.claim(d.new, c, false, why)
		return
	case d.recoded:
		what, why = kindOf(d.old)+": the same data in other filters", "rewritten, which nothing asks for"
	case d.old != nil && typeChanged(d.old, d.new):
		c, what = classType, kindOf(d.old)+" became "+kindOf(d.new)
	}
	b.deny(d.rev, c, d.ref(), what, why, d.new)
}

// unreached judges what nothing in the signed view, and nothing that was changed, leads
// to.
func (b *pair) unreached(d *delta) {
	switch {
	case !d.is:
		b.deny(d.rev, classFreed, d.oldRef, kindOf(d.old)+" freed", "an object of the signed revision, though nothing leads to it", nil)
	case isType(d.new, "XRef"), isType(d.new, "ObjStm"):
		// How a revision is written, no part of the document.
	case b.r.objects[object{d.rev, d.newRef}]:
		// It was told in a view before, or a view before led there.
	case d.was:
		b.deny(d.rev, classUnreachable, d.newRef, kindOf(d.old)+" changed", "an object of the signed revision, though nothing leads to it", d.new)
	default:
		b.r.objects[object{d.rev, d.newRef}] = true
		b.note(d.rev, classUnreachable, d.newRef, "new "+kindOf(d.new), true, "nothing leads to it", nil)
	}
}

func typeChanged(a, b pdffile.Object) bool {
	return kindName(a) != kindName(b)
}

func kindName(o pdffile.Object) string {
	switch o.(type) {
	case pdffile.Dict:
		return "dictionary"
	case *pdffile.Stream:
		return "stream"
	}
	return kindOf(o)
}

func pick(good bool, yes, no string) string {
	if good {
		return yes
	}
	return no
}
