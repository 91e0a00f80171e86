package pdffile

import (
	"errors"
	"fmt"
)

// The codes of an Error.
const (
	CodeNotPDF     = "pdf.not-pdf"    // neither a header nor the end of a PDF
	CodeUnreadable = "pdf.unreadable" // broken beyond what both passes can read
	CodeLimit      = "pdf.limit"      // more than this program reads; says nothing against the file
	CodeEncrypted  = "pdf.encrypted"  // the password is missing or wrong, or the handler unknown
	CodeFilter     = "pdf.filter"     // stream data that their filter cannot decode
	CodeUndecoded  = "pdf.undecoded"  // a filter that is not decoded here: images, unknown names
)

// Error says why a file, an object or a stream cannot be read. Offset is where in the
// file, or -1. Errors of the io.ReaderAt and of the context are not of this type.
type Error struct {
	Code   string
	Offset int64
	text   string
}

func (e *Error) Error() string {
	if e.Offset < 0 {
		return "PDF: " + e.text
	}
	return fmt.Sprintf("PDF, byte %d: %s", e.Offset, e.text)
}

func unreadable(at int64, format string, args ...any) error {
	if len(args) == 0 { // hostile files have these by the thousand
		return &Error{CodeUnreadable, at, format}
	}
	return &Error{CodeUnreadable, at, fmt.Sprintf(format, args...)}
}

func limit(at int64, what string, n int64) error {
	return &Error{CodeLimit, at, fmt.Sprintf("more than %d %s", n, what)}
}

// fatal reports whether err ends the reading of the whole file: it is no word about
// one object.
func fatal(err error) bool {
	var e *Error
	return err != nil && !errors.As(err, &e)
}

// isCode reports whether err is an Error of the code.
func isCode(err error, code string) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}
