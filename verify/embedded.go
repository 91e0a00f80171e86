package verify

import (
	"fmt"
	"io"
)

// maxContainers is how deep files may lie in each other: a message with a document with
// an attachment with its time-stamp is three.
const maxContainers = 4

// expand looks into a container: its files that may be evidence become items, and those
// that lie beside evidence, because it may speak of them.
func (r *run) expand(e *entry) {
	if e.container == nil || r.ctx.Err() != nil {
		return
	}
	r.use(e)
	list, err := e.container.Embedded(r.ctx)
	if err != nil {
		r.problem(e.Path, "the files inside could not be listed to the end: "+reason(err))
	}
	if e.depth == maxContainers {
		if anyEvidence(list) {
			r.problem(e.Path, fmt.Sprintf("files lie more than %d deep in each other: those inside were not looked at", maxContainers))
		}
		return
	}
	names := newNaming(r, e)
	labels := make([]label, len(list))
	for i := range list { // all, so that a name says the same whatever is looked into
		labels[i] = names.label(list[i].Name)
	}
	from := len(r.entries)
	speaks := false
	for i := range list {
		if !list[i].MayBeEvidence {
			continue
		}
		c := r.embed(e, &list[i], labels[i])
		if c == nil {
			return
		}
		at := len(r.entries) - 1
		r.guard(c, func() { r.look(c) })
		r.expand(c)
		speaks = speaks || c.isQuery || c.evidence() && !c.document
		if c.plain() && len(r.entries) == at+1 {
			c.beside = true // nothing of its own, but evidence may speak of it
		}
	}
	if !speaks {
		r.drop(e, from)
		return
	}
	for i := range list {
		if list[i].MayBeEvidence {
			continue
		}
		c := r.embed(e, &list[i], labels[i])
		if c == nil {
			return
		}
		c.Opaque, c.beside = true, true
	}
}

func anyEvidence(list []Embedded) bool {
	for i := range list {
		if list[i].MayBeEvidence {
			return true
		}
	}
	return false
}

// embed makes an item of a file inside e; nil when the run has no room for more.
func (r *run) embed(e *entry, f *Embedded, l label) *entry {
	if len(r.entries)+r.waiting >= r.opts.limits.items {
		if !r.full {
			r.full = true
			r.problem(e.Path, fmt.Sprintf("more than %d files with those inside of others: the rest was not looked at", r.opts.limits.items))
		}
		return nil
	}
	open := f.Open
	c := newEntry(Item{Path: l.path, Size: -1, Open: func() (io.ReadCloser, error) {
		r.use(e)
		return open()
	}})
	c.folder, c.name = l.folder, l.name
	c.parent, c.depth, c.claims = e, e.depth+1, f.Claims
	r.byPath[c.Path] = -1
	r.entries = append(r.entries, c)
	return c
}

// drop takes out the files in a container that turned out to be nothing: evidence would
// have to lie beside them.
func (r *run) drop(container *entry, from int) {
	kept := r.entries[:from]
	for _, e := range r.entries[from:] {
		if e.parent == container && e.beside && (e.err == nil || !e.claims) {
			delete(r.byPath, e.Path)
			continue
		}
		kept = append(kept, e)
	}
	clear(r.entries[len(kept):])
	r.entries = kept
}
