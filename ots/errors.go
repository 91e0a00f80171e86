package ots

import (
	"errors"
	"fmt"
)

// Class says in the words of the reference why bytes are no proof.
type Class string

// The classes of errors.
const (
	ClassBadMagic  Class = "bad-magic" // not a proof of this form at all
	ClassVersion   Class = "version"   // another version of the format
	ClassTruncated Class = "truncated" // it ends early
	ClassTrailing  Class = "trailing"  // something stands behind its end, or behind the end of a payload
	ClassDepth     Class = "depth"     // more than 255 operations below one another
	ClassMalformed Class = "malformed" // everything else that the format forbids
	ClassForm      Class = "form"      // a commit that other programs write, and whose proof is not judged here
	ClassLimit     Class = "limit"     // more than this program reads; says nothing against the evidence
)

// The codes of errors and findings.
const (
	codeMalformed            = "ots.malformed"
	codeLimit                = "ots.limit"
	codeForm                 = "ots.commit-form"
	codeNotCanonical         = "ots.not-canonical"
	codeDuplicateOperation   = "ots.duplicate-operation"
	codeDuplicateAttestation = "ots.duplicate-attestation"
)

// Error is why bytes are no proof. Code is ots.limit for ClassLimit, ots.commit-form for
// ClassForm, else ots.malformed. Offset is the byte at which it shows: of the file, of the tree, or in a
// commit of the object, for what is wrong with its text, and of the decoded armour, for
// what is wrong with the proof in it.
type Error struct {
	Class  Class
	Code   string
	Offset int
	text   string
}

func (e *Error) Error() string {
	return fmt.Sprintf("OpenTimestamps proof, byte %d: %s", e.Offset, e.text)
}

// fail makes an Error with the code that belongs to its class.
func fail(class Class, offset int, format string, args ...any) *Error {
	code := codeMalformed
	switch class {
	case ClassLimit:
		code = codeLimit
	case ClassForm:
		code = codeForm
	}
	return &Error{class, code, offset, fmt.Sprintf(format, args...)}
}

// What can be wrong with uniting and pruning; an *Error with ClassLimit is the
// other possibility.
var (
	ErrOtherDigest = errors.New("the proofs begin with different digests")
	ErrNothing     = errors.New("no attestation is left")
	ErrCommit      = errors.New("a proof in a Git commit belongs to this commit, not to a file")
)
