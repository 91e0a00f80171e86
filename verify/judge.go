package verify

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// judge verifies every pair under each policy, one after the other, so that what was read
// for one serves all; the nodes stand in the order of r.pairs. Evidence over other evidence goes first, so that what it proves can
// support the other: a proof never depends on what it supports.
func (r *run) judge(policies ...trust.Policy) [][]verdict.Result {
	nodes := make([][]verdict.Result, len(policies))
	for k := range nodes {
		nodes[k] = make([]verdict.Result, len(r.pairs))
	}
	r.total.Add(int64(len(r.pairs) * len(policies)))
	over := make(map[*entry][]int) // target -> pairs
	for i := range r.pairs {
		if t := r.pairs[i].target; t != nil && t.evidence() && t != r.pairs[i].evidence {
			over[t] = append(over[t], i)
		}
	}
	judged := make([]bool, len(r.pairs)) // in an earlier layer
	for _, layer := range r.layers(over) {
		r.each(len(layer), func(i int) {
			p := &r.pairs[layer[i]]
			if p.evidence.document {
				r.use(p.evidence)
			}
			for k, policy := range policies {
				var support []verdict.Existence
				for _, j := range over[p.evidence] {
					if judged[j] {
						support = appendExistence(support, &r.pairs[j], &nodes[k][j], policy)
					}
				}
				nodes[k][layer[i]] = r.verify(p, policy, support)
				r.step(0)
			}
		})
		for _, i := range layer {
			judged[i] = true
		}
	}
	return nodes
}

// layers sorts the pairs so that what lies over a piece of evidence comes in an
// earlier layer. A circle, which only a caller's own binding can make, comes last
// and supports nothing.
func (r *run) layers(over map[*entry][]int) [][]int {
	waiting := make(map[*entry]int, len(over))
	for e, list := range over {
		waiting[e] = len(list)
	}
	of := make(map[*entry][]int)
	var ready []int
	for i := range r.pairs {
		e := r.pairs[i].evidence
		of[e] = append(of[e], i)
		if waiting[e] == 0 {
			ready = append(ready, i)
		}
	}
	var out [][]int
	placed := 0
	for len(ready) > 0 {
		out, placed = append(out, ready), placed+len(ready)
		var next []int
		for _, i := range ready {
			t := r.pairs[i].target
			if t == nil || !t.evidence() || t == r.pairs[i].evidence {
				continue
			}
			if waiting[t]--; waiting[t] == 0 {
				next = append(next, of[t]...)
			}
		}
		ready = next
	}
	if placed < len(r.pairs) {
		out = append(out, r.circle(waiting))
	}
	return out
}

func (r *run) circle(waiting map[*entry]int) []int {
	var out []int
	for i := range r.pairs {
		if waiting[r.pairs[i].evidence] > 0 {
			out = append(out, i)
		}
	}
	return out
}

// appendExistence adds what a passed node proves about the evidence it was judged
// over. The digest is the one that the proof itself commits to.
func appendExistence(list []verdict.Existence, p *pair, node *verdict.Result, policy trust.Policy) []verdict.Existence {
	if !provesTime(node) {
		return list
	}
	for _, c := range p.evidence.commitments {
		if c.Prefix == "" && p.target.matches(c) {
			return append(list, verdict.Existence{
				Algorithm: c.Algorithm, Digest: c.Digest,
				NotLaterThan: node.ExistedNotLaterThan,
				Policy:       string(policy), Source: p.evidence.Path,
			})
		}
	}
	return list
}

// verify judges one pair and completes the node with what only the run knows.
func (r *run) verify(p *pair, policy trust.Policy, support []verdict.Existence) verdict.Result {
	e := p.evidence
	var node verdict.Result
	if e.ev == nil {
		node = *e.fixed
	} else {
		env := r.opts.Env
		env.Policy = policy
		env.Existences = slices.Concat(env.Existences, support)
		node = r.verifyGuarded(p, env)
		if node.Claims == nil {
			node.Claims = e.ev.Claims()
		}
	}
	node.Source = e.Path
	node.Children = numbered(e.Path, node.Children)
	if len(node.Proves) == 0 {
		node.Proves = []string{e.format.Proves}
	}
	if node.Covers != nil && whole(node.Covers) {
		c := *node.Covers
		c.Kind = p.covers
		node.Covers = &c
	}
	node.Warnings = slices.Concat(node.Warnings, p.warnings, e.warnings)
	return node
}

// numbered puts the path of the evidence before the numbers of its parts.
func numbered(path string, parts []verdict.Result) []verdict.Result {
	out := slices.Clone(parts)
	for i := range out {
		if strings.HasPrefix(out[i].Source, "#") {
			out[i].Source = path + out[i].Source
		}
		out[i].Children = numbered(path, out[i].Children)
	}
	return out
}

func (r *run) verifyGuarded(p *pair, env Env) (node verdict.Result) {
	defer func() {
		if v := recover(); v != nil {
			node = *undecided(p.evidence.format, "run.internal-error", "the verifier stopped")
			r.problem(p.evidence.Path, fmt.Sprintf("internal error: %v", v))
		}
	}()
	if err := r.unchanged(p.evidence); err != nil {
		r.problem(p.evidence.Path, reason(err))
		return *undecided(p.evidence.format, reasonIncomplete, reason(err))
	}
	return p.evidence.ev.Verify(r.ctx, p.subject, env)
}

// unchanged holds a document, which may have been read again, to the digest that was taken
// of it before. It hashes nothing that is known of the document as it is open.
func (r *run) unchanged(e *entry) error {
	d, ok := e.ev.(digesting)
	if !ok || e.err != nil || r.ctx.Err() != nil {
		return nil
	}
	s, err := d.Digests(r.ctx, e.wants)
	if err != nil {
		return err
	}
	was, err := e.digests.Digest("sha256", nil)
	if err != nil {
		return err
	}
	if is, err := s.Digest("sha256", nil); err != nil || !bytes.Equal(was, is) {
		return cmp.Or(err, errChanged)
	}
	return nil
}

// whole reports whether a proof speaks of all bytes of what it was judged over.
func whole(c *verdict.Covers) bool {
	switch c.Kind {
	case "file", "digest", "evidence":
		return c.Range == ""
	}
	return false
}

// provesTime reports whether a passed node gives a time to all bytes of its subject.
func provesTime(node *verdict.Result) bool {
	return node.Passed() && !node.ExistedNotLaterThan.IsZero() && node.Covers != nil && whole(node.Covers) &&
		slices.Contains(node.Proves, verdict.ProvesExistence)
}
