package verify

import (
	"context"

	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Env is what evidence is judged with: time, policy, anchors, keys, proofs of
// existence.
type Env = pki.Env

// Format is the seat of one kind of evidence. It is a plain value: the caller's
// list decides what is known, there is no registry.
type Format struct {
	// Kind names the nodes of the format in reports, such as rfc3161.
	Kind string
	// Code is the first part of its reason codes, such as tsp.
	Code string
	// Proves is what a passed node of the format proves.
	Proves string
	// Extensions are the endings of names that claim the kind, in lower case with
	// the dot. A file that claims a kind and cannot be read as it is FAILED.
	Extensions []string
	// Sniff tells from the first bytes (at most 4 KiB) whether this looks like the
	// kind; nil means that only the name can tell.
	Sniff func(head []byte) bool
	// Open parses a whole file. A nil Open marks a kind that is known and not
	// judged: its files are evidence and INDETERMINATE.
	Open func(data []byte) (Evidence, error)
	// Unreadable makes the node for a file that claims the kind and that Open
	// refused; nil means FAILED FORMAT_FAILURE.
	Unreadable func(err error) verdict.Result
	// Requests reads files that say what evidence of the format must answer.
	Requests *Requests
}

// Evidence is one parsed piece of evidence. It is not changed by any method and
// may be used by several goroutines.
type Evidence interface {
	// Commitments lists the digests of the data that the evidence speaks of. Any
	// one of them identifies the data. What env trusts may say how a digest stands
	// in the evidence; time and policy have no part in it.
	Commitments(env Env) []Commitment
	// Verify judges the evidence over the subject. It has no error: what could not
	// be decided is a verdict.
	Verify(ctx context.Context, subject verdict.Subject, env Env) verdict.Result
	// Claims returns what the evidence says of itself, encodable as JSON. Nothing
	// of it is verified.
	Claims() any
}

// Asking is implemented by evidence that does not, or not always, name its subject
// by a digest, such as a bare signature.
type Asking interface {
	Evidence
	// Asks says what Verify may ask of the subject beside the digests that the
	// evidence commits to.
	Asks(env Env) Needs
	// Fits reports whether the evidence is over this subject, be it good or not: it
	// settles a guess by the name.
	Fits(subject verdict.Subject, env Env) bool
}

// Needs is what evidence asks of its subject.
type Needs struct {
	Digests []verdict.DigestOf
	// Content asks for the bytes themselves. A subject of at most MaxContent bytes
	// that is paired by name then has a method Content() ([]byte, error).
	Content bool
}

// Commitment is a digest that evidence names its subject by.
type Commitment struct {
	Algorithm string // as in verdict.NewHash
	Prefix    string // raw bytes hashed before the data, usually none
	Digest    []byte
}

func (c Commitment) of() verdict.DigestOf {
	return verdict.DigestOf{Algorithm: c.Algorithm, Prefix: c.Prefix}
}

// Requests is the seat of expectations: files that are no evidence, but say what
// the evidence beside them must answer.
type Requests struct {
	Extensions []string
	Open       func(data []byte) (Request, error)
}

// Request is one parsed expectation.
type Request interface {
	// Expect returns the evidence, held to the expectation. It is asked only for
	// evidence of its own format.
	Expect(Evidence) Evidence
	// Claims returns what the request asks for, encodable as JSON.
	Claims() any
}
