package tlog

import (
	"errors"
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Error is why bytes are no checkpoint or no proof. Code is stable: tlog.malformed or
// tlog.limit.
type Error struct {
	Code string
	text string
	ref  string
}

func (e *Error) Error() string { return "transparency log: " + e.text }

func malformed(ref, format string, args ...any) *Error {
	return &Error{codeMalformed, fmt.Sprintf(format, args...), ref}
}

func limit(format string, args ...any) *Error {
	return &Error{codeLimit, fmt.Sprintf(format, args...), refLimit}
}

// Unreadable returns the verdict for bytes that claim to be a checkpoint or a proof,
// and of which a reader of this package said err: FAILED FORMAT_FAILURE, or
// INDETERMINATE CUSTOM when a limit of this program ended the reading.
func Unreadable(err error) verdict.Result {
	p := verdict.Begin(Kind, checkFormat)
	e := &Error{Code: codeMalformed}
	if errors.As(err, &e); e.Code == codeLimit {
		p.Undecided(checkFormat, verdict.Custom, e.Code, err.Error(), e.ref)
	} else {
		p.Fail(checkFormat, verdict.FormatFailure, e.Code, err.Error(), e.ref)
	}
	return p.Finish()
}
