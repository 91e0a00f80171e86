package verify

import (
	"context"
	"io"

	"github.com/exhibit-dev/exhibit/verdict"
)

// OpenOptions is what OpenAt may need beside the file.
type OpenOptions struct {
	// Password opens encrypted documents.
	Password []byte
}

// Containing is implemented by evidence that holds other files, some of which may be
// evidence. They become items of the run, in a folder of their own.
type Containing interface {
	Evidence
	// Plain says that the file is itself no evidence: a subject, that only holds others.
	Plain() bool
	// Embedded lists the files in a fixed order. What was found before an error is
	// returned with it.
	Embedded(ctx context.Context) ([]Embedded, error)
}

// Embedded is a file inside another.
type Embedded struct {
	Name string // as written, which may be anything
	Open func() (io.ReadCloser, error)
	// MayBeEvidence: it is to be looked into. Claims: its name or its first bytes say
	// that it is evidence, so that one that cannot be read is not passed over.
	MayBeEvidence, Claims bool
}

// digesting is implemented by evidence over itself that hashes its file once, for itself
// and for the run.
type digesting interface {
	Digests(ctx context.Context, want []verdict.DigestOf) (verdict.Subject, error)
}

// releasing is implemented by evidence that can be read again.
type releasing interface{ Release() }

// notAtHand is the digests of a file that was not read.
var notAtHand verdict.Subject = verdict.Absent{}
