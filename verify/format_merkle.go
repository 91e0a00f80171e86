package verify

import (
	"context"
	"encoding/hex"
	"errors"

	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Merkle is the format of proofs of Merkle trees as JSON: exhibit.merkle/v1, and the
// shape of RFC 6962, which names no convention. Nothing vouches for a root here, so a
// proof that is right stays undecided. One that is wrong is not.
//
// It counts as one of several proofs of existence: beside a good token an unanchored
// proof is shown and decides nothing, alone it leaves the subject undecided.
func Merkle() Format {
	return Format{
		Kind: merkle.Kind, Code: "merkle", Proves: verdict.ProvesExistence,
		Extensions: []string{".proof.json", ".merkle.json"},
		Sniff:      func(head []byte) bool { return merkle.Sniff(head) != "" },
		Open:       openTree,
		Unreadable: unreadableTree,
	}
}

// errOtherForm is for JSON of other programs: .proof.json is a name that many of them
// use.
var errOtherForm = errors.New("this version judges proofs in the form " + merkle.Form + " and in the shape of RFC 6962, and this is neither")

func openTree(data []byte) (Evidence, error) {
	value, err := jsonstrict.Parse(data)
	ours := err == nil && value.Get("schema").Text == merkle.Form
	switch form := merkle.Sniff(data); {
	case ours && value.Get("type").Text == "consistency":
		c, err := merkle.ParseConsistency(data)
		if err != nil {
			return nil, err
		}
		return growth{c}, nil
	case form == "rfc6962":
		return inclusionOf(merkle.ParseRFC6962(data, ""))
	case !ours && form == "" && err == nil && value.Kind == jsonstrict.Object:
		return nil, errOtherForm
	}
	return inclusionOf(merkle.Parse(data))
}

func inclusionOf(p *merkle.Proof, err error) (Evidence, error) {
	if err != nil {
		return nil, err
	}
	c, _ := merkle.ConventionOf(p.Claims().Convention)
	return inclusion{p, c}, nil
}

func unreadableTree(err error) verdict.Result {
	if !errors.Is(err, errOtherForm) {
		return merkle.Unreadable(err)
	}
	p := verdict.Begin(merkle.Kind, "format")
	p.Undecided("format", verdict.Custom, "run.kind-unsupported", err.Error(), "")
	return p.Finish()
}

// inclusion is a proof that the subject is a leaf, with the convention it names.
type inclusion struct {
	*merkle.Proof
	convention merkle.Convention
}

// Commitments is the leaf, where the proof states it and it is a digest of the subject
// as it stands. Where it is a digest of a digest, only the subject can lead to it.
func (p inclusion) Commitments(Env) []Commitment {
	rule := p.convention.Leaf
	if rule.Function != merkle.SHA256 || rule.Wrap != "" {
		return nil
	}
	leaf, err := hex.DecodeString(p.Proof.Claims().Leaf)
	if err != nil || len(leaf) != merkle.HashSize {
		return nil
	}
	return []Commitment{{Algorithm: "sha256", Prefix: rule.Prefix, Digest: leaf}}
}

// Asks wants what the convention's leaf is made of: Keccak of the bytes is no digest
// that files are read for.
func (p inclusion) Asks(Env) Needs {
	switch rule := p.convention.Leaf; rule.Function {
	case merkle.SHA256, merkle.DoubleSHA256:
		return Needs{Digests: []verdict.DigestOf{{Algorithm: "sha256", Prefix: rule.Prefix}}}
	case merkle.Keccak256, merkle.DoubleKeccak256:
		return Needs{Content: true}
	}
	return Needs{}
}

// Fits asks for the path alone: who vouches for the root is another matter.
func (p inclusion) Fits(s verdict.Subject, _ Env) bool {
	r := p.judge(s)
	return passed(&r, "subject", "leaf", "root")
}

func (p inclusion) Verify(_ context.Context, s verdict.Subject, _ Env) verdict.Result {
	return p.judge(s)
}

func (p inclusion) judge(s verdict.Subject) verdict.Result {
	return p.Proof.Verify(p.sized(s)).Result
}

// sized hands over the bytes where the leaf needs them, and the length of the data
// wherever it is known: it may be all that tells a leaf from a node.
func (p inclusion) sized(s verdict.Subject) verdict.Subject {
	if c, ok := s.(interface{ Content() ([]byte, error) }); ok && p.Asks(Env{}).Content {
		if data, err := c.Content(); err == nil {
			return verdict.Bytes(data)
		}
	}
	if n, ok := s.(interface{ Size() int64 }); ok {
		return merkle.Sized{Subject: s, Bytes: n.Size()}
	}
	return s
}

func (p inclusion) Claims() any { return p.Proof.Claims() }

// growth is a proof that one tree is the beginning of another. It has no subject.
type growth struct{ *merkle.Consistency }

func (growth) Commitments(Env) []Commitment { return nil }

func (g growth) Verify(context.Context, verdict.Subject, Env) verdict.Result {
	return g.Consistency.Verify()
}

func (g growth) Claims() any { return g.Consistency.Claims() }

// passed reports whether the node has all these checks, and each passed.
func passed(r *verdict.Result, names ...string) bool {
	for _, name := range names {
		if c, ok := r.Check(name); !ok || c.State != verdict.CheckPassed {
			return false
		}
	}
	return true
}
