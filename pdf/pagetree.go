package pdf

import "github.com/exhibit-dev/exhibit/internal/pdffile"

// pages compares the pages and the nodes of the page tree (7.7.3) that changed. Nothing
// but the list of annotations may.
func (b *pair) pages() error {
	for _, n := range b.order {
		d := b.deltas[n]
		old, new, ok := d.dicts()
		if !ok || d.done || d.claimed || b.s.uses[n] == nil || b.s.uses[n].role&isPage == 0 || b.moved(d) {
			continue
		}
		d.done = true
		b.twice(d)
		for _, key := range diffKeys(old, new) {
			if key == "Annots" {
				if err := b.annots(d.rev, d.newRef, old.Get(key), new.Get(key)); err != nil {
					return err
				}
				continue
			}
			same, err := b.sameElsewhere(old.Get(key), new.Get(key))
			if err != nil {
				return err
			}
			c, what := pageClass(key), "page: "+label(key)
			if same {
				b.allow(d.rev, c, d.newRef, what, "the same in another place", new.Get(key))
				continue
			}
			b.deny(d.rev, c, d.newRef, what, "not on the list of permitted changes", new.Get(key))
		}
	}
	return nil
}

// dicts returns both versions of a dictionary that stayed one.
func (d *delta) dicts() (old, new pdffile.Dict, ok bool) {
	old, ok = d.old.(pdffile.Dict)
	new, ok2 := d.new.(pdffile.Dict)
	return old, new, ok && ok2 && d.was && d.is && d.oldRef == d.newRef
}

// twice notes an entry that stands twice in the new version.
func (b *pair) twice(d *delta) {
	if keyTwice(b.view, d.newRef) {
		b.note(d.rev, classOther, d.newRef, kindOf(d.new), false, "an entry stands twice, and readers differ in which one counts", nil)
	}
}

// sameElsewhere reports values that only differ in whether they are objects of their
// own, or in which.
func (b *pair) sameElsewhere(old, new pdffile.Object) (bool, error) {
	_, ref := old.(pdffile.Ref)
	_, ref2 := new.(pdffile.Ref)
	if !ref && !ref2 {
		return false, nil
	}
	x, err := resolveIn(b.s.view, old)
	if err != nil {
		return false, err
	}
	y, err := resolveIn(b.view, new)
	if err != nil || isNull(x) || isNull(y) {
		return false, err
	}
	same, _, err := b.c.sameObject(x, y, b.view)
	return same, err
}
