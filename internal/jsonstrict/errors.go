package jsonstrict

import (
	"errors"
	"fmt"
)

// Limits, so that no input costs more than its size is worth.
const (
	// MaxSize is the largest text. Evidence that is not a PDF stays far below.
	MaxSize = 16 << 20
	// MaxDepth bounds the recursion of the reader and of what walks a value.
	MaxDepth = 64
	// MaxValues bounds memory: a value costs about a hundred bytes, its text may be one.
	MaxValues = 1 << 18
)

// ErrLimit is wrapped by the errors of a text that exceeds a limit of this package,
// which says nothing against the text.
var ErrLimit = errors.New("more than this program reads")

// Error says where a text is not the JSON that was asked for.
type Error struct {
	Offset int
	text   string
	err    error
}

func (e *Error) Error() string {
	return fmt.Sprintf("JSON, byte %d: %s", e.Offset, e.text)
}

// Unwrap returns ErrLimit or nil.
func (e *Error) Unwrap() error { return e.err }
