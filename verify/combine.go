package verify

import (
	"slices"
	"time"

	"github.com/exhibit-dev/exhibit/verdict"
)

// outcome is what the nodes of one subject come to.
type outcome struct {
	verdict Verdict
	sub     verdict.SubIndication
	reason  string
	proves  []string
	existed time.Time
}

func undecidedOutcome(sub verdict.SubIndication, reason string) outcome {
	return outcome{verdict: Indeterminate, sub: sub, reason: reason}
}

// combine applies the rules for separate evidence of one subject. One failed node
// fails the subject. Otherwise existence proofs are alternatives, of which one must
// pass, and everything else is a claim of its own that must pass.
func combine(nodes []verdict.Result, claim string) outcome {
	if len(nodes) == 0 {
		return outcome{verdict: NothingToVerify}
	}
	for i := range nodes {
		if n := &nodes[i]; n.Indication() == verdict.Failed {
			return outcome{verdict: TotalFailed, sub: n.Sub, reason: n.Reason}
		}
	}
	if open := firstOpen(nodes); open != nil {
		return undecidedOutcome(open.Sub, open.Reason)
	}
	o := proven(nodes)
	if claim == ClaimExistence && o.existed.IsZero() {
		return undecidedOutcome(verdict.NoPOE, "policy.no-existence-proof")
	}
	return o
}

// firstOpen returns the node that keeps the subject undecided, or nil.
func firstOpen(nodes []verdict.Result) *verdict.Result {
	var alternative *verdict.Result
	passed := false
	for i := range nodes {
		n := &nodes[i]
		switch {
		case n.Passed():
			passed = passed || onlyExistence(n)
		case !onlyExistence(n):
			return n
		case alternative == nil:
			alternative = n
		}
	}
	if passed {
		return nil
	}
	return alternative
}

// onlyExistence reports whether the node is one of the alternatives. What does not
// say what it proves is treated as a claim of its own.
func onlyExistence(n *verdict.Result) bool {
	return len(n.Proves) == 1 && n.Proves[0] == verdict.ProvesExistence
}

// proven gathers what the passed nodes prove; the time is the earliest.
func proven(nodes []verdict.Result) outcome {
	o := outcome{verdict: TotalPassed}
	for i := range nodes {
		n := &nodes[i]
		if !n.Passed() {
			continue
		}
		for _, what := range n.Proves {
			if !slices.Contains(o.proves, what) {
				o.proves = append(o.proves, what)
			}
		}
		if provesTime(n) && (o.existed.IsZero() || n.ExistedNotLaterThan.Before(o.existed)) {
			o.existed = n.ExistedNotLaterThan
		}
	}
	slices.Sort(o.proves)
	return o
}

// incompleteOutcome is for a subject that could not be read: evidence that is itself
// defective still fails it, nothing passes it.
func incompleteOutcome(o outcome) outcome {
	if o.verdict == TotalFailed {
		return o
	}
	return undecidedOutcome(verdict.Custom, reasonIncomplete)
}

const reasonIncomplete = "run.incomplete"
