package verify

import (
	"context"
	"io"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Env is what evidence is judged with: time, policy, anchors, keys, proofs of
// existence, and what is known of the block chain. It is not changed once it was
// handed over.
type Env struct {
	pki.Env
	// Chain holds Bitcoin checkpoints and headers; nil means the built-in checkpoints
	// and no header.
	Chain *bitcoin.Chain
	// Confirmations lets a block above the newest checkpoint count when at least so
	// many headers follow it, by their work alone; 0 never does.
	Confirmations int
}

func (e Env) bitcoin() bitcoin.Env {
	return bitcoin.Env{Env: e.Env.Env, Chain: e.Chain, Confirmations: e.Confirmations}
}

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
	// SniffClaims says that what Sniff recognises claims the kind, as a name does: it is
	// a slot that only the kind has.
	SniffClaims bool
	// Open parses a whole file. A nil Open marks a kind that is known and not
	// judged: its files are evidence and INDETERMINATE.
	Open func(data []byte) (Evidence, error)
	// OpenAt takes the place of Open for files that are read in any order and are not
	// held in memory. They are evidence over themselves, and stay subjects of other
	// evidence. It returns nil and no error for a file that is a subject only; see
	// Containing for one that holds others.
	//
	// An error says that the file claims the kind and cannot be read as it, unless
	// Unreadable makes INDETERMINATE of it. The reader can be used for as long as the
	// evidence is.
	OpenAt func(ctx context.Context, r io.ReaderAt, size int64, o OpenOptions) (Evidence, error)
	// Names are endings of names that suggest the kind to OpenAt, and claim nothing.
	Names []string
	// Unreadable makes the node for a file that claims the kind and that Open
	// refused; nil means FAILED FORMAT_FAILURE.
	Unreadable func(err error) verdict.Result
	// Requests reads files that say what evidence of the format must answer.
	Requests *Requests
	// Support reads files that help to judge evidence of the format and that need no
	// trust.
	Support *Support
}

// Support is the seat of files that are neither evidence nor subjects: what they hold
// proves itself, or counts for nothing. One that cannot be used is named in the
// report, is as good as absent, and never fails anything.
type Support struct {
	Extensions []string
	Sniff      func(head []byte) bool
	// Open reads a whole file. path stands for it in reports.
	Open func(env Env, path string, data []byte) (any, error)
	// Add returns env with what Open read of all files, in their order.
	Add func(env Env, opened []any) Env
	// Claims returns what the file says of itself, encodable as JSON.
	Claims func(data []byte) (any, error)
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

// Enclosing is implemented by evidence that holds what it speaks of, such as a signed
// commit with the proof inside. It is judged over itself and over nothing else.
type Enclosing interface {
	Evidence
	Encloses()
}

// Weighing is implemented by evidence that is judged in parts.
type Weighing interface {
	Evidence
	Weight() int // how many
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
