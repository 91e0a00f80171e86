package attest

import (
	"errors"

	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Error is why bytes are no attestation that can be judged. Code is stable:
// ecdsa.bad-encoding, ecdsa.bad-key, ecdsa.unsupported or ecdsa.limit.
type Error struct {
	Code  string
	Where string
	err   error
	ref   string
}

func (e *Error) Error() string {
	s := "attestation: " + e.Where
	if e.err != nil {
		s += ": " + e.err.Error()
	}
	return s
}

// Unwrap returns the cause, if there is one.
func (e *Error) Unwrap() error { return e.err }

func bad(code, where, ref string) *Error { return &Error{Code: code, Where: where, ref: ref} }

// wrapJSON turns an error about JSON into one of this package.
func wrapJSON(err error, where string) *Error {
	e := &Error{Code: codeEncoding, Where: where, err: err, ref: refJWS}
	if errors.Is(err, jsonstrict.ErrLimit) {
		e.Code = codeLimit
	}
	return e
}

// wrapKey turns an error about a key inside the evidence into one of this package.
func wrapKey(err error, where string) *Error {
	e := &Error{Code: codeBadKey, Where: where, err: err, ref: refKey}
	if errors.Is(err, sigalg.ErrUnsupported) {
		e.Code = codeUnsupported
	}
	return e
}

// Unreadable returns the verdict for bytes that claim to be an attestation and of
// which Parse said err: FAILED FORMAT_FAILURE, or INDETERMINATE CUSTOM for an
// algorithm that is not supported and for a limit of this program.
func Unreadable(err error) verdict.Result {
	p := verdict.Begin(Kind, checkFormat)
	e := &Error{Code: codeEncoding}
	errors.As(err, &e)
	switch e.Code {
	case codeUnsupported, codeLimit:
		p.Undecided(checkFormat, verdict.Custom, e.Code, err.Error(), e.ref)
	default:
		p.Fail(checkFormat, verdict.FormatFailure, e.Code, err.Error(), e.ref)
	}
	r := p.Finish()
	r.Proves = []string{verdict.ProvesSignature}
	return r
}
