package verify

import (
	"slices"

	"github.com/exhibit-dev/exhibit/verdict"
)

// expect hands each expectation to the evidence it was made for. A defective one
// was reported when it was opened; one that fits nothing, while there is evidence
// of its kind, is reported here: a question that is not put is not answered.
func (r *run) expect() {
	names := r.newAnswers()
	asked := make(map[*entry]bool)
	var left []*entry
	for _, q := range r.entries {
		if !q.isQuery {
			continue
		}
		found := names.same[names.key(q)]
		for _, e := range found {
			asked[e] = true
			q.ask(e)
		}
		if len(found) == 0 {
			left = append(left, q)
		}
	}
	for _, q := range left {
		if e := names.near(q); e != nil && !asked[e] {
			asked[e] = true
			q.ask(e)
		} else {
			r.unanswered(q, names.kinds[q.format.Kind])
		}
	}
}

// ask holds the evidence to the expectation.
func (q *entry) ask(e *entry) {
	switch {
	case q.request == nil:
		e.warnings = append(e.warnings, verdict.Warning{
			Code: "run.expectation-unreadable",
			Text: "the expectation " + q.Path + " cannot be read; it was not applied",
		})
	case e.ev != nil:
		e.ev = q.request.Expect(e.ev)
	}
}

func (r *run) unanswered(q *entry, evidenceIsThere bool) {
	const text = "an expectation, and no evidence of this name is there to answer it"
	if evidenceIsThere {
		r.problem(q.Path, text)
	} else {
		r.note(q.Path, text)
	}
}

// answers finds evidence by kind, folder and the name without its extension.
type answers struct {
	same, stems map[[3]string][]*entry
	kinds       map[string]bool
}

func (r *run) newAnswers() *answers {
	a := &answers{map[[3]string][]*entry{}, map[[3]string][]*entry{}, map[string]bool{}}
	for _, e := range r.entries {
		if !e.evidence() {
			continue
		}
		name := without(e.name, r.opts.Formats)
		kind := e.format.Kind
		a.kinds[kind] = true
		a.same[[3]string{kind, e.folder, name}] = append(a.same[[3]string{kind, e.folder, name}], e)
		if s := stem(name); s != name {
			a.stems[[3]string{kind, e.folder, s}] = append(a.stems[[3]string{kind, e.folder, s}], e)
		}
	}
	return a
}

// key is what an expectation asks for: a.pdf.tsq asks a.pdf.tsr.
func (a *answers) key(q *entry) [3]string {
	name := q.name[:len(q.name)-len(extension(q.name, q.format.Requests.Extensions))]
	return [3]string{q.format.Kind, q.folder, name}
}

// near returns evidence whose name leaves out or adds the subject's own extension,
// if nothing else could be meant: a.tsq asks a.pdf.tsr, a.pdf.tsq asks a.tsr.
func (a *answers) near(q *entry) *entry {
	key := a.key(q)
	short := key
	short[2] = stem(key[2])
	found := append(append([]*entry(nil), a.stems[key]...), a.same[short]...)
	own := [3]string{key[0], key[1], q.name} // evidence over the expectation itself
	found = slices.DeleteFunc(found, func(e *entry) bool { return slices.Contains(a.same[own], e) })
	if len(found) == 1 {
		return found[0]
	}
	return nil
}
