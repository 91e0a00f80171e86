package verify

import (
	"time"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Report is the answer to a whole run.
type Report struct {
	At      time.Time // time of validation, zero if none was given
	Policy  trust.Policy
	Verdict Verdict
	Sub     verdict.SubIndication
	Reason  string
	// Other is the verdict that the other policy gives on the same input.
	Other OtherPolicy
	// Results holds one entry a subject, in the order of the items.
	Results []Result
	// Errors names what could not be read or used.
	Errors []Problem
	// Incomplete is set when an entry of Errors keeps the run from passing.
	Incomplete bool

	allowUncovered bool
}

// OtherPolicy is a verdict under the policy that was not asked for.
type OtherPolicy struct {
	Name    trust.Policy
	Verdict Verdict
	Sub     verdict.SubIndication
	Reason  string
}

// Problem is an entry of Report.Errors.
type Problem struct {
	Path    string // as in results; empty for the run as a whole
	Message string
}

// Subject is what a result is about.
type Subject struct {
	Path   string // empty when only a digest is known
	Size   int64  // negative when unknown
	SHA256 string
	// Digests, as algorithm:hex, stand for a subject that is not at hand.
	Digests []string
	// Given is set when the digests came from the caller, not from evidence.
	Given bool
}

// Result is the answer for one subject.
type Result struct {
	Subject Subject
	Verdict Verdict
	Sub     verdict.SubIndication
	Reason  string
	Proves  []string // of a passed result: verdict.ProvesExistence, ProvesSignature
	// ExistedNotLaterThan is the earliest time proven for all bytes, zero unless
	// the verdict is TotalPassed.
	ExistedNotLaterThan time.Time
	NotChecked          []verdict.Unchecked
	Evidence            []verdict.Result
}

// ExitCode returns the exit code of the contract: the first of 1, 5, 3, 4, 0 that
// occurs.
func (r *Report) ExitCode() int {
	switch {
	case r.Verdict == TotalFailed:
		return ExitFailed
	case r.Incomplete:
		return ExitIncomplete
	case r.Verdict == TotalPassed:
		return ExitPassed
	case r.Verdict == NothingToVerify:
		return ExitNothing
	}
	return ExitUndecided
}

// Counts returns how many results there are of each verdict.
func (r *Report) Counts() map[Verdict]int {
	n := make(map[Verdict]int)
	for i := range r.Results {
		n[r.Results[i].Verdict]++
	}
	return n
}

// settle finds the verdict of the run from those of its results.
func settle(results []Result, incomplete, allowUncovered bool) (Verdict, verdict.SubIndication, string) {
	var open *Result
	passed, uncovered := 0, 0
	for i := range results {
		switch r := &results[i]; r.Verdict {
		case TotalFailed:
			return TotalFailed, r.Sub, r.Reason
		case TotalPassed:
			passed++
		case NothingToVerify:
			uncovered++
		default:
			if open == nil {
				open = r
			}
		}
	}
	switch {
	case incomplete:
		return Indeterminate, verdict.Custom, reasonIncomplete
	case open != nil:
		return Indeterminate, open.Sub, open.Reason
	case passed == 0 || uncovered > 0 && !allowUncovered:
		return NothingToVerify, "", ""
	}
	return TotalPassed, "", ""
}
