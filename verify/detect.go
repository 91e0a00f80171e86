package verify

import (
	"errors"
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// detect finds out what each item is: content first, then name. It works in the
// order of the items, so that the limits always stop at the same one.
func (r *run) detect() {
	top := r.entries
	r.entries = make([]*entry, 0, len(top))
	for i, e := range top {
		if r.ctx.Err() != nil {
			return
		}
		r.waiting = len(top) - i - 1
		r.entries = append(r.entries, e)
		r.guard(e, func() {
			r.look(e)
			r.expand(e)
		})
	}
	for i, e := range r.entries {
		r.byPath[e.Path] = i
	}
}

func (r *run) look(e *entry) {
	head, err := e.readHead()
	if err != nil && e.depth > 0 && !e.claims {
		e.err = err // it only might have been evidence
		r.note(e.Path, "not looked into: "+reason(err))
	} else if err != nil {
		r.unreadable(e, err)
	}
	e.pdf = looksLikePDF(head) || extension(e.name, []string{".pdf"}) != ""
	switch claimed := claimedBy(e.name, r.opts.Formats); {
	case e.Opaque:
	case requestedBy(e.name, r.opts.Formats) != nil:
		r.openRequest(e)
	case supportedBy(e.name, r.opts.Formats) != nil:
		r.openSupport(e, supportedBy(e.name, r.opts.Formats))
	case e.err != nil && claimed != nil:
		e.format, e.fixed = claimed, undecided(claimed, reasonIncomplete, "the file could not be read")
	case e.err == nil:
		r.open(e, claimed, head)
	}
}

// open reads what may be evidence. A document is looked at as one first, and as anything
// else if it does not look like much of a document.
func (r *run) open(e *entry, claimed *Format, head []byte) {
	f := r.documentOf(e, claimed, head)
	if f != nil && leads(f, e, head) {
		if r.openDocument(e, f); e.evidence() || e.err != nil || e.container != nil {
			return
		}
		f = nil
	}
	r.openEvidence(e, claimed, head)
	if f != nil && !e.evidence() && e.err == nil {
		r.openDocument(e, f)
	}
}

// openEvidence reads e where a format may know it. What is only recognised needs no
// reading; what cannot be read, or is larger than we hold, stays evidence and
// undecided.
func (r *run) openEvidence(e *entry, claimed *Format, head []byte) {
	likely := r.likely(claimed, head)
	if len(likely) == 0 {
		return
	}
	if r.allUnjudged(likely) {
		e.format, e.fixed = likely[0], notJudged(likely[0])
		return
	}
	data, err := r.content(e)
	switch {
	case errors.Is(err, errTooLarge):
		e.format = likely[0]
		e.fixed = undecided(e.format, e.format.Code+".limit", r.tooLarge(e))
	case err != nil:
		r.unreadable(e, err)
		e.format, e.fixed = likely[0], undecided(likely[0], reasonIncomplete, "the file could not be read")
	default:
		if e.data == nil {
			r.held += int64(len(data))
		}
		e.data = data // kept also for a subject: standard input cannot be read again
		e.parse(likely, claimed, r.opts.Env)
	}
}

// content reads the whole of e, if there is room for it.
func (r *run) content(e *entry) ([]byte, error) {
	if e.data != nil {
		return e.data, nil
	}
	data, err := e.readAll(r.opts.limits.evidence)
	if err == nil && r.held+int64(len(data)) > r.opts.limits.inAll {
		err = errTooLarge
	}
	return data, err
}

// parse takes the first of the formats that can read e. A claim that does not hold
// is a verdict; without a claim the file is a subject.
func (e *entry) parse(likely []*Format, claimed *Format, env Env) {
	for _, f := range likely {
		if f.Open == nil {
			e.format, e.fixed = f, notJudged(f)
			return
		}
		ev, err := f.Open(e.data)
		if err == nil {
			e.format, e.ev, e.commitments = f, ev, ev.Commitments(env)
			return
		}
		if f == claimed || f.SniffClaims {
			e.format, e.fixed = f, cannotParse(f, err)
			return
		}
	}
}

func (r *run) tooLarge(e *entry) string {
	if e.Size >= 0 && e.Size <= r.opts.limits.evidence {
		return fmt.Sprintf("all evidence together is larger than %d bytes", r.opts.limits.inAll)
	}
	return fmt.Sprintf("the file is larger than %d bytes", r.opts.limits.evidence)
}

// likely lists the formats to try: those that recognise the content, then the
// claimed one. What is only recognised, not judged, has no say against a claim.
func (r *run) likely(claimed *Format, head []byte) []*Format {
	var out []*Format
	for i := range r.opts.Formats {
		f := &r.opts.Formats[i]
		if f == claimed || f.Sniff == nil || f.OpenAt != nil || claimed != nil && f.Open == nil {
			continue
		}
		if f.Sniff(head) {
			out = append(out, f)
		}
	}
	if claimed == nil {
		return out
	}
	if claimed.Sniff != nil && claimed.Sniff(head) {
		return append([]*Format{claimed}, out...)
	}
	return append(out, claimed)
}

func (r *run) allUnjudged(list []*Format) bool {
	for _, f := range list {
		if f.Open != nil {
			return false
		}
	}
	return true
}

// openRequest reads an expectation. One that is defective must not be lost: the run
// is then incomplete.
func (r *run) openRequest(e *entry) {
	e.isQuery, e.format = true, requestedBy(e.name, r.opts.Formats)
	if e.err != nil {
		return
	}
	data, err := e.readAll(r.opts.limits.evidence)
	if err == nil {
		e.request, err = e.format.Requests.Open(data)
	}
	if err != nil {
		r.problem(e.Path, fmt.Sprintf("the expectation cannot be read: %v", err))
	}
}

func cannotParse(f *Format, err error) *verdict.Result {
	var node verdict.Result
	if f.Unreadable != nil {
		node = f.Unreadable(err)
	} else {
		p := verdict.Begin(f.Kind, "format")
		p.Fail("format", verdict.FormatFailure, f.Code+".malformed", err.Error(), "")
		node = p.Finish()
	}
	if len(node.Proves) == 0 {
		node.Proves = []string{f.Proves}
	}
	return &node
}

func notJudged(f *Format) *verdict.Result {
	return undecided(f, "run.kind-unsupported", "this version recognises evidence of the kind "+f.Kind+" and does not judge it")
}

func undecided(f *Format, reason, detail string) *verdict.Result {
	p := verdict.Begin(f.Kind, "format")
	p.Undecided("format", verdict.Custom, reason, detail, "")
	node := p.Finish()
	node.Proves = []string{f.Proves}
	return &node
}
