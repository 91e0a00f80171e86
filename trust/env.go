package trust

import (
	"fmt"
	"time"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Policy names the rules by which missing revocation data and expired
// certificates are judged.
type Policy string

// The two policies.
const (
	// Issuance judges every certificate of the path at the proven time of signing
	// (shell model). Missing revocation data and later expiry are warnings.
	Issuance Policy = "issuance"
	// ETSI is past validation by EN 319 102-1, section 5.6.2: revocation data is
	// owed, and expiry is lifted only by a proof of existence.
	ETSI Policy = "etsi"
)

// ParsePolicy reads "issuance" or "etsi".
func ParsePolicy(s string) (Policy, error) {
	switch p := Policy(s); p {
	case Issuance, ETSI:
		return p, nil
	}
	return "", fmt.Errorf("unknown policy %q, want issuance or etsi", s)
}

// Other returns the other of the two policies.
func (p Policy) Other() Policy {
	if p == ETSI {
		return Issuance
	}
	return ETSI
}

// Strict reports whether the rules of ETSI apply. Everything that is not exactly
// Issuance is strict, the zero value too.
func (p Policy) Strict() bool { return p != Issuance }

// Env is what every verifier needs to know of its surroundings. It is not changed
// after it was handed to a verifier, so it may be shared.
type Env struct {
	// At is the time of validation. The zero time is INDETERMINATE
	// policy.no-time, never "now".
	At time.Time
	// Policy is Issuance or ETSI; the zero value is judged as strictly as ETSI.
	Policy Policy
	// Algorithms gives the dates; nil means the built-in table.
	Algorithms *Algorithms
	// Keys are the trusted keys of attestation services and signers. A key inside
	// evidence is never one of them.
	Keys []Key
	// Logs are the trusted keys of transparency logs and of their witnesses.
	Logs Logs
	// Existences are proofs that other evidence yielded, already passed.
	Existences []verdict.Existence
}

// Existence returns the earliest proof, under the policy of e, that commits to one
// of the given forms of an object, or nil. A proof by a digest that did not count at
// the proven time commits to nothing.
func (e *Env) Existence(forms ...[]byte) *verdict.Existence {
	var good []verdict.Existence
	for _, p := range e.Existences {
		if ok, _ := e.Table().Good(Use{Digest: p.Algorithm}, p.NotLaterThan); ok {
			good = append(good, p)
		}
	}
	return verdict.EarliestExistence(good, string(e.Policy), forms...)
}

// Table returns the algorithm dates that apply.
func (e *Env) Table() *Algorithms {
	if e.Algorithms == nil {
		return builtin
	}
	return e.Algorithms
}
