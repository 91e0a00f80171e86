package pdf

import (
	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// pair is the signed view and one later view. Rules go down from the trailer through
// both and judge what they know; what no rule has judged in the end is not permitted.
type pair struct {
	c       *comparer
	r       *recorder
	s       *signedView
	view    *pdffile.View
	deltas  map[uint32]*delta
	order   []uint32 // of deltas
	catalog pdffile.Ref
	formRev int
	formRef pdffile.Ref
	fresh   []*freshField          // that were added or signed
	taken   map[string]bool        // the names of new fields
	widgets map[uint32]*freshField // what may stand among the annotations for them
}

// judge compares the view k with the signed one.
func (c *comparer) judge(r *recorder, s *signedView, k int) error {
	b := &pair{c: c, r: r, s: s, view: c.f.View(k), taken: map[string]bool{}, widgets: map[uint32]*freshField{}}
	if err := c.deltas(s, k); err != nil {
		return err
	}
	b.deltas, b.order = s.deltas, s.order
	before := len(r.report.Changes)
	for _, rule := range [...]func() error{b.trailer, b.signedFields, b.root, b.fieldValues, b.pages, b.annotationLists, b.annotations, b.infos, b.rest} {
		if err := rule(); err != nil {
			return err
		}
	}
	if len(b.deltas) == 0 && len(r.report.Changes) == before && !r.report.Cut {
		r.note(k, classNone, pdffile.Ref{}, "a revision that changes nothing", true, "", nil)
	}
	return c.spend(0) // what rules took without asking
}

func (b *pair) note(rev int, c class, ref pdffile.Ref, what string, permitted bool, why string, value pdffile.Object) {
	b.c.visits -= 2 + countValues(value)/valuesAVisit // the next look at an object tells if it is too much
	b.r.note(rev, c, ref, what, permitted, why, value)
}

// deny notes a change that is not permitted, and with it whatever new it leads to.
func (b *pair) deny(rev int, c class, ref pdffile.Ref, what, why string, value pdffile.Object) {
	b.note(rev, c, ref, what, false, why, value)
	b.claim(value, c, false, why)
}

// allow is the opposite of deny.
func (b *pair) allow(rev int, c class, ref pdffile.Ref, what, why string, value pdffile.Object) {
	b.note(rev, c, ref, what, true, why, value)
	b.claim(value, c, true, why)
}

// claim goes from a value that was judged to everything new that it leads to.
func (b *pair) claim(o pdffile.Object, c class, permitted bool, why string) {
	queue := refsIn(o)
	for len(queue) > 0 {
		ref := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		d := b.deltas[ref.Number]
		if d == nil || d.done || d.claimed || !d.is || b.s.uses[d.number].reached() {
			continue
		}
		d.claimed = true
		if b.moved(d) {
			continue // noted
		}
		good, text := permitted, why
		if d.new == nil && good {
			good, text = false, "it cannot be read"
		}
		if good && foreign(c, d.new) {
			good, text = false, notPart
		}
		b.note(d.rev, c, d.newRef, "new "+kindOf(d.new), good, text, d.new)
		b.r.objects[object{d.rev, d.newRef}] = true
		if d.new != nil {
			queue = append(queue, refsIn(d.new)...)
		}
	}
}

// moved notes an entry that points to bytes older than its own revision.
func (b *pair) moved(d *delta) bool {
	at, rev := d.entry.Offset, d.rev
	if d.entry.Kind == pdffile.InStream {
		box, e := b.view.Where(pdffile.Ref{Number: d.entry.Container})
		at, rev = e.Offset, max(box, 0)
		if e.Kind != pdffile.InFile || box < d.rev && box <= b.s.view.Revision() {
			rev = d.rev
		}
	}
	if at < 0 || at >= b.c.f.Revisions()[rev].Start {
		return false
	}
	b.note(d.rev, classRepointed, d.newRef, kindOf(d.new)+" in older bytes", false, "the new entry leads to bytes that were there before", nil)
	return true
}

// isNew reports an object that had no use in the signed view, and lies in the bytes of
// its revision.
func (b *pair) isNew(ref pdffile.Ref) (*delta, bool) {
	d := b.deltas[ref.Number]
	if d == nil || !d.is || d.newRef != ref || b.s.uses[d.number].reached() {
		return d, false
	}
	if b.moved(d) {
		d.claimed = true
		return d, false
	}
	return d, true
}

// touches reports whether a value is an object that changed.
func (b *pair) touches(o pdffile.Object) bool {
	ref, ok := o.(pdffile.Ref)
	return ok && b.deltas[ref.Number] != nil
}

// touched reports whether an object in one of the roles changed.
func (b *pair) touched(roles role) bool {
	for _, n := range b.order {
		if u := b.s.uses[n]; u != nil && u.role&roles != 0 {
			return true
		}
	}
	return false
}

func (b *pair) revOf(ref pdffile.Ref, rev int) int {
	if d := b.deltas[ref.Number]; d != nil {
		return d.rev
	}
	return rev
}

// listObject reports whether an array may be judged as the list that it is: it is new,
// untouched, or serves no other purpose in the signed view.
func (b *pair) listObject(ref pdffile.Ref, r role) bool {
	d, fresh := b.isNew(ref)
	if d == nil {
		return true
	}
	if fresh {
		d.done = true
		return true
	}
	u := b.s.uses[d.number]
	if d.claimed || !d.was || !d.is || u.plain != 0 || u.role != r || d.newRef != d.oldRef || b.moved(d) {
		return false
	}
	d.done = true
	return true
}
