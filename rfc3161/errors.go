package rfc3161

import (
	"errors"

	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Error is why bytes are no token. Code is stable: tsp.malformed, tsp.no-token,
// tsp.content-type, tsp.signer-count, tsp.version, tsp.gen-time,
// tsp.imprint-length or tsp.limit.
type Error struct {
	Code  string
	Where string
	err   error
}

func (e *Error) Error() string {
	s := "time-stamp token: " + e.Where
	if e.err != nil {
		s += ": " + e.err.Error()
	}
	return s
}

// Unwrap returns the cause, if there is one.
func (e *Error) Unwrap() error { return e.err }

func bad(code, where string) error { return &Error{Code: code, Where: where} }

// wrap turns an error of package cms into one of this package.
func wrap(err error, code, where string) error {
	if errors.Is(err, cms.ErrLimit) {
		code = codeLimit
	}
	return &Error{Code: code, Where: where, err: err}
}

const (
	codeMalformed = "tsp.malformed"
	codeLimit     = "tsp.limit"
)

// Unreadable returns the verdict for bytes that claim to be a token and of which
// Parse said err: FAILED FORMAT_FAILURE, or INDETERMINATE CUSTOM when a limit of
// this program ended the reading.
func Unreadable(err error) verdict.Result {
	p := verdict.Begin(Kind, checkFormat)
	code := codeMalformed
	var e *Error
	if errors.As(err, &e) {
		code = e.Code
	}
	if code == codeLimit {
		p.Undecided(checkFormat, verdict.Custom, code, err.Error(), refToken)
	} else {
		p.Fail(checkFormat, verdict.FormatFailure, code, err.Error(), refToken)
	}
	r := p.Finish()
	r.Proves = []string{verdict.ProvesExistence}
	return r
}
