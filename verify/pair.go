package verify

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/verdict"
)

// pair binds one piece of evidence to what it is judged over. A wrong pair is a
// false accept, so the verifier is always handed the real digests of the target,
// and nothing at all where the target is only a guess that does not fit.
type pair struct {
	evidence *entry
	target   *entry          // nil: not at hand
	subject  verdict.Subject // what the verifier may look at
	covers   string          // kind of the covers member
	warnings []verdict.Warning
}

// pair goes through the evidence in the order of the items.
func (r *run) pair() {
	for _, e := range r.entries {
		if !e.evidence() || r.ctx.Err() != nil {
			continue
		}
		weight := 0
		if w, ok := e.ev.(Weighing); ok {
			weight = w.Weight()
		}
		for _, p := range r.pairsOf(e) {
			if r.parts += weight; r.parts > r.opts.limits.parts {
				r.problem("", fmt.Sprintf("evidence of more than %d parts: the rest was not judged", r.opts.limits.parts))
				return
			}
			if len(r.pairs) == r.opts.limits.pairs {
				r.problem("", fmt.Sprintf("more than %d pairs of evidence and subject: the others were not judged", r.opts.limits.pairs))
				return
			}
			r.pairs = append(r.pairs, p)
		}
	}
	r.expect()
}

// pairsOf applies the rules in their order: what encloses its subject has it, the name binds, then the caller, then
// the digest, and a common stem is a guess.
func (r *run) pairsOf(e *entry) []pair {
	if _, ok := e.ev.(Enclosing); ok || e.document {
		return []pair{{evidence: e, target: e, subject: e.subject(), covers: "file"}}
	}
	matching := r.index.matching(e)
	if t := r.bindingOf(e); t != nil {
		return []pair{bound(e, t, matching)}
	}
	if inside := e.inside(matching); len(inside) > 0 {
		return boundToEach(e, inside)
	}
	if len(r.opts.Digests) > 0 && (e.parent == nil || r.givenDigest(e.commitments)) {
		return []pair{r.boundToDigest(e, matching)}
	}
	if len(matching) > 0 {
		return boundToEach(e, matching)
	}
	neighbours := r.index.sameStem(e, r.opts.Formats)
	if fitting := r.fitting(e, neighbours); len(fitting) > 0 {
		return boundToEach(e, fitting)
	}
	return []pair{guessed(e, neighbours)}
}

// bindingOf returns the subject that the name of e or the caller decides on, or nil.
func (r *run) bindingOf(e *entry) *entry {
	if t := r.index.named(e, r.opts.Formats); t != nil {
		return t
	}
	if r.subject != e && e.parent == nil { // what lies in another file was not given by the caller
		return r.subject
	}
	return nil
}

// inside returns those of the targets that lie in the same container as e.
func (e *entry) inside(targets []*entry) (out []*entry) {
	for _, t := range targets {
		if e.parent != nil && t.parent == e.parent {
			out = append(out, t)
		}
	}
	return out
}

func boundToEach(e *entry, targets []*entry) []pair {
	out := make([]pair, len(targets))
	for i, t := range targets {
		out[i] = bound(e, t, nil)
	}
	return out
}

// bound pairs e with a target that a name, the caller or the digest decided. If
// the target does not fit, other files that do are only mentioned.
func bound(e, t *entry, matching []*entry) pair {
	p := pair{evidence: e, target: t, subject: t.subject(), covers: "file"}
	if t.evidence() && !t.document {
		p.covers = "evidence"
	}
	if t.err != nil {
		p.subject = verdict.Absent{}
		return p
	}
	if !t.matchesAny(e.commitments) {
		p.warnOthers(matching)
	}
	return p
}

func (r *run) boundToDigest(e *entry, matching []*entry) pair {
	s, _ := verdict.NewDigests(r.opts.Digests) // checked with the options
	p := pair{evidence: e, subject: s, covers: "digest"}
	if !r.givenDigest(e.commitments) {
		p.warnOthers(matching)
	}
	return p
}

func (r *run) givenDigest(list []Commitment) bool {
	for _, c := range list {
		if c.Prefix == "" && len(c.Digest) > 0 && bytes.Equal(r.opts.Digests[c.Algorithm], c.Digest) {
			return true
		}
	}
	return false
}

// guessed is for evidence that no digest and no full name binds. One neighbour of
// the same stem gets it, as a question: the verifier sees no data, so the answer is
// that the signed data was not found. It comes after fitting.
func guessed(e *entry, neighbours []*entry) pair {
	p := pair{evidence: e, subject: verdict.Absent{}, covers: "digest"}
	if len(neighbours) == 1 {
		p.target = neighbours[0]
	}
	if e.ev == nil {
		return p
	}
	for _, n := range neighbours {
		switch {
		case n.err != nil:
		case len(e.commitments) > 0:
			p.warn("run.stem-mismatch", fmt.Sprintf("%s has the same stem, but it is not what this evidence speaks of", n.Path))
		default: // it names nothing, so nothing says that it speaks of something else
			p.warn("run.stem-only", fmt.Sprintf("%s has the same stem, but nothing shows that this evidence speaks of it", n.Path))
		}
	}
	return p
}

func (p *pair) warn(code, text string) {
	p.warnings = append(p.warnings, verdict.Warning{Code: code, Text: text})
}

// maxNamed bounds the files that one warning names.
const maxNamed = 3

func (p *pair) warnOthers(matching []*entry) {
	var names []string
	for _, m := range matching {
		if m == p.target {
			continue
		}
		if len(names) == maxNamed {
			names = append(names, "…")
			break
		}
		names = append(names, m.Path)
	}
	if len(names) > 0 {
		p.warn("run.other-file-matches", "this evidence speaks of another file: "+strings.Join(names, ", "))
	}
}
