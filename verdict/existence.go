package verdict

import (
	"bytes"
	"time"
)

// Existence is a proof of existence that another piece of evidence yields: an
// object with this digest existed not later than this time. It can lift an object
// out of a …_NO_POE verdict, but only an object whose own bytes it commits to.
type Existence struct {
	Algorithm    string // digest algorithm, by the names of NewHash
	Digest       []byte // digest of the object's bytes
	NotLaterThan time.Time
	Policy       string // the policy under which the proof passed
	Source       string // what proves it, for the report
}

// EarliestExistence returns the earliest proof, passed under the given policy,
// that commits to one of the given forms of an object; nil when there is none.
func EarliestExistence(proofs []Existence, policy string, forms ...[]byte) *Existence {
	var best *Existence
	for i := range proofs {
		p := &proofs[i]
		if p.Policy != policy || p.NotLaterThan.IsZero() || len(p.Digest) == 0 {
			continue
		}
		if best != nil && !p.NotLaterThan.Before(best.NotLaterThan) {
			continue
		}
		for _, form := range forms {
			if len(form) > 0 && bytes.Equal(Sum(p.Algorithm, form), p.Digest) {
				best = p
				break
			}
		}
	}
	return best
}
