package ots

import (
	"errors"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Result is the verdict on a proof.
type Result struct {
	verdict.Result
	facts Facts
}

// Facts are what a passed proof proves.
type Facts struct {
	Algorithm string // of the file's digest
	Digest    []byte
	// NotLaterThan is the earliest time of all attestations that passed.
	NotLaterThan time.Time
	// Bitcoin is the block of that attestation.
	Bitcoin bitcoin.Facts
}

// Proven returns the facts, and true only for PASSED. It is the only way to a time.
func (r *Result) Proven() (Facts, bool) {
	if !r.Passed() {
		return Facts{}, false
	}
	return r.facts, true
}

// Unreadable returns the verdict for bytes that claim to be a proof, and of which a
// reader of this package said err: FAILED FORMAT_FAILURE ots.malformed, or
// INDETERMINATE CUSTOM: ots.limit when a limit of this program ended the reading,
// ots.commit-form for a commit of a form that is not judged here.
func Unreadable(err error) verdict.Result {
	p := verdict.Begin(Kind, checkFormat)
	var e *Error
	switch {
	case errors.As(err, &e) && e.Class == ClassLimit:
		p.Undecided(checkFormat, verdict.Custom, reasonLimit, err.Error(), refLimit)
	case e != nil && e.Class == ClassForm:
		p.Undecided(checkFormat, verdict.Custom, codeForm, err.Error(), refCommit)
	default:
		p.Fail(checkFormat, verdict.FormatFailure, "ots.malformed", err.Error(), refDetached)
	}
	r := p.Finish()
	r.Proves = []string{verdict.ProvesExistence}
	return r
}
