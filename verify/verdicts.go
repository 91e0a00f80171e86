package verify

import "fmt"

// Verdict is the word for a subject or a whole run. The zero value is
// Indeterminate: what was never decided does not look decided.
type Verdict uint8

// The four verdicts.
const (
	Indeterminate   Verdict = iota // something is missing, or the policy forbids a pass
	TotalPassed                    // proven
	TotalFailed                    // a contradiction is proven
	NothingToVerify                // no evidence speaks of it
)

var verdictNames = [...]string{"INDETERMINATE", "TOTAL-PASSED", "TOTAL-FAILED", "NOTHING-TO-VERIFY"}

// String returns the word used in reports; an unknown number is INDETERMINATE.
func (v Verdict) String() string {
	if int(v) < len(verdictNames) {
		return verdictNames[v]
	}
	return verdictNames[Indeterminate]
}

// MarshalText writes the word of String.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads one of the four words and refuses every other.
func (v *Verdict) UnmarshalText(b []byte) error {
	for n, name := range verdictNames {
		if string(b) == name {
			*v = Verdict(n)
			return nil
		}
	}
	return fmt.Errorf("verify: unknown verdict %q", b)
}

// The exit codes of a run, a contract with scripts. 2 is for usage and never comes
// from a report.
const (
	ExitPassed     = 0 // every subject is proven
	ExitFailed     = 1 // a contradiction is proven
	ExitUndecided  = 3 // not decided
	ExitNothing    = 4 // no evidence at all, or a file that none covers
	ExitIncomplete = 5 // input unreadable, or an internal error
)
