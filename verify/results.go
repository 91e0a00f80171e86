package verify

import (
	"cmp"
	"encoding/hex"
	"slices"

	"github.com/exhibit-dev/exhibit/verdict"
)

// group is one subject with the pairs that speak of it.
type group struct {
	subject Subject
	entry   *entry // whose bytes it is; nil when only a digest is known
	pairs   []int
}

// report combines the nodes by subject.
func (r *run) report(nodes, other []verdict.Result) *Report {
	groups := r.groups()
	rep := &Report{
		At: r.opts.Env.At, Policy: r.opts.Env.Policy, Incomplete: r.incomplete,
		Results: r.results(groups, nodes), allowUncovered: r.opts.AllowUncovered,
	}
	rep.Verdict, rep.Sub, rep.Reason = settle(rep.Results, rep.Incomplete, rep.allowUncovered)
	o := &rep.Other
	o.Name = rep.Policy.Other()
	o.Verdict, o.Sub, o.Reason = settle(r.results(groups, other), rep.Incomplete, rep.allowUncovered)
	rep.Errors = r.sortedProblems()
	return rep
}

// sortedProblems brings into one order what goroutines found, each problem once.
func (r *run) sortedProblems() []Problem {
	for i := range r.problems {
		if at, ok := r.byPath[r.problems[i].Path]; ok {
			r.problems[i].index = at
		}
	}
	slices.SortFunc(r.problems, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.index, b.index), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Message, b.Message))
	})
	var out []Problem
	for _, p := range slices.Compact(r.problems) {
		out = append(out, p.Problem)
	}
	return out
}

func (r *run) results(groups []*group, nodes []verdict.Result) []Result {
	out := make([]Result, len(groups))
	for i, g := range groups {
		own := make([]verdict.Result, len(g.pairs))
		for j, p := range g.pairs {
			own[j] = nodes[p]
		}
		o := combine(own, r.opts.Claim)
		if g.entry != nil && g.entry.err != nil {
			o = incompleteOutcome(o)
		}
		out[i] = Result{
			Subject: g.subject, Verdict: o.verdict, Sub: o.sub, Reason: o.reason, Proves: o.proves,
			ExistedNotLaterThan: o.existed, Evidence: own, NotChecked: notChecked(g.entry),
		}
	}
	return out
}

func notChecked(e *entry) []verdict.Unchecked {
	if e == nil || !e.pdf || e.evidence() {
		return nil
	}
	return []verdict.Unchecked{{
		Name: "pdf-signatures",
		Why:  "signatures, time-stamps and attachments inside the PDF were not looked at; the file was judged as a whole",
	}}
}

// groups lists the subjects in the order of the items: each file that is no
// evidence, evidence that other evidence speaks of, and in the place of evidence
// whose data is not at hand the digest it names.
func (r *run) groups() []*group {
	g := &grouping{run: r, byEntry: map[*entry]*group{}, byDigest: map[string]*group{}}
	for i := range r.pairs {
		if t := r.pairs[i].target; t != nil {
			g.of(t).pairs = append(g.of(t).pairs, i)
		}
	}
	if len(r.opts.Digests) > 0 {
		g.add(&group{subject: givenSubject(r.opts.Digests)})
	}
	loose := g.loose()
	for _, e := range r.entries {
		own, ok := g.byEntry[e]
		if !ok && e.plain() && e.parent == nil {
			own = g.of(e)
		}
		if own != nil {
			g.add(own)
		}
		for _, i := range loose[e] {
			g.addLoose(i)
		}
	}
	return g.list
}

type grouping struct {
	run      *run
	list     []*group
	byEntry  map[*entry]*group
	byDigest map[string]*group
}

func (g *grouping) add(own *group) { g.list = append(g.list, own) }

func (g *grouping) of(e *entry) *group {
	own := g.byEntry[e]
	if own == nil {
		own = &group{entry: e, subject: Subject{Path: e.Path, Size: e.size, SHA256: e.sha256()}}
		g.byEntry[e] = own
	}
	return own
}

// loose lists, by evidence, the pairs without a target.
func (g *grouping) loose() map[*entry][]int {
	out := make(map[*entry][]int)
	for i := range g.run.pairs {
		if p := &g.run.pairs[i]; p.target == nil {
			out[p.evidence] = append(out[p.evidence], i)
		}
	}
	return out
}

// addLoose puts evidence without a target under the caller's digest, under the
// digest it names itself, or, if it names none, under itself.
func (g *grouping) addLoose(i int) {
	e := g.run.pairs[i].evidence
	if len(g.run.opts.Digests) > 0 {
		g.list[0].pairs = append(g.list[0].pairs, i)
		return
	}
	c, ok := e.names()
	if !ok {
		_, listed := g.byEntry[e]
		own := g.of(e)
		if own.pairs = append(own.pairs, i); !listed {
			g.add(own)
		}
		return
	}
	key := c.Algorithm + ":" + hex.EncodeToString(c.Digest)
	own := g.byDigest[key]
	if own == nil {
		own = &group{subject: Subject{Size: -1, Digests: []string{key}}}
		g.byDigest[key] = own
		g.add(own)
	}
	own.pairs = append(own.pairs, i)
}

func givenSubject(digests map[string][]byte) Subject {
	s := Subject{Size: -1, Given: true}
	for alg, d := range digests {
		s.Digests = append(s.Digests, alg+":"+hex.EncodeToString(d))
	}
	slices.Sort(s.Digests)
	return s
}
