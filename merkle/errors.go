package merkle

import (
	"errors"
	"fmt"

	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Error says why bytes are no proof, or why the numbers of a proof do not hold.
// Code is stable.
type Error struct {
	Code string
	text string
	args []any // of text; put in only when someone asks
	err  error
}

func (e *Error) Error() string {
	s := "merkle proof: " + e.text
	if e.args != nil {
		s = "merkle proof: " + fmt.Sprintf(e.text, e.args...)
	}
	if e.err != nil {
		s += ": " + e.err.Error()
	}
	return s
}

// Unwrap returns the cause, if there is one.
func (e *Error) Unwrap() error { return e.err }

// The reason codes of this package.
const (
	codeMalformed    = "merkle.malformed"           // no proof can be read
	codeLimit        = "merkle.limit"               // more than this program reads
	codeNumber       = "merkle.number"              // negative, fractional, too large, or spelt otherwise than plainly
	codeHashLength   = "merkle.hash-length"         // a hash that is not of the convention's length
	codeSuffix       = "merkle.leaf-suffix"         // bytes of the leaf that the convention does not have, or not so many
	codeSides        = "merkle.sides"               // sides missing where the convention needs them, or there where it has none
	codePosition     = "merkle.position-missing"    // index or size missing where the convention needs it
	codeIndex        = "merkle.index-range"         // index not below the size
	codeSizes        = "merkle.size-range"          // sizes in the wrong order, or no subtree
	codeFromZero     = "merkle.from-zero"           // consistency from the empty tree
	codeConvention   = "merkle.convention-unknown"  // not named, or not known
	codeSubject      = "merkle.subject-missing"     // neither data nor a leaf from the caller
	codeLeaf         = "merkle.leaf-mismatch"       // the data does not give the leaf
	codeLength       = "merkle.path-length"         // longer or shorter than the tree allows
	codeSide         = "merkle.side-mismatch"       // the path's sides contradict the index
	codePhantom      = "merkle.phantom-leaf"        // a copy behind the last leaf
	codeOdd          = "merkle.odd-node"            // the last node is not paired with itself
	codeRoot         = "merkle.root-mismatch"       // the path leads elsewhere
	codeInconsistent = "merkle.inconsistent"        // the older tree is not the beginning of the newer
	codeAnchor       = "merkle.root-not-anchored"   // nothing vouches for the root
	codeSize         = "merkle.size-mismatch"       // another size than the anchor's
	codeAmbiguous    = "merkle.leaf-node-ambiguity" // may be a node of the tree
	codePartial      = "merkle.partial-tree"        // a partial tree that is not exactly used up
)

// text returns an Error without a cause.
func text(code, format string, args ...any) error {
	return &Error{Code: code, text: format, args: args}
}

// wrap turns an error of reading into one of this package.
func wrap(code, where string, err error) error {
	if errors.Is(err, jsonstrict.ErrLimit) {
		code = codeLimit
	}
	return &Error{Code: code, text: where, err: err}
}

// Unreadable returns the verdict for bytes that claim to be a proof and of which a
// reader of this package said err: FAILED FORMAT_FAILURE, or INDETERMINATE CUSTOM
// when a limit of this program ended the reading.
func Unreadable(err error) verdict.Result {
	p := verdict.Begin(Kind, checkFormat)
	code := codeMalformed
	var e *Error
	if errors.As(err, &e) {
		code = e.Code
	}
	switch code {
	case codeLimit, codeConvention:
		p.Undecided(checkFormat, verdict.Custom, code, err.Error(), refLimit)
	default:
		p.Fail(checkFormat, verdict.FormatFailure, code, err.Error(), refForm)
	}
	return p.Finish()
}
