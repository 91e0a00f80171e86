package merkle

import (
	"bytes"
	"fmt"
)

// Statement is what an inclusion proof says, before anything of it is judged. Hashes
// are in the order in which they were computed, not as texts show them.
type Statement struct {
	Convention string  // by its name; "" when the evidence names none
	Leaf       []byte  // nil when it follows from the subject alone
	LeafSuffix []byte  // bytes of the leaf behind the subject's digest, see LeafRule
	Index      *uint64 // nil where the convention needs none
	Size       *uint64 // likewise
	Path       []Step  // from the leaf to the root
	Root       []byte  // mandatory
}

// Step is one sibling of a path, and where it stands if the path says so.
type Step struct {
	Hash []byte
	Side Side
}

// Proof is an inclusion proof, read but not judged. It does not change and may be
// used by several goroutines.
type Proof struct {
	s        Statement
	expected string // the convention that the caller named
	texts    bool   // hashes stand as texts show them
}

// New makes a proof out of a statement, for readers of other forms. It fails when
// the statement has no root or exceeds a limit; all else is for Verify to say.
func New(s Statement) (*Proof, error) {
	if len(s.Root) == 0 {
		return nil, text(codeMalformed, "no root")
	}
	if len(s.Path) > MaxSteps {
		return nil, text(codeLimit, "more than %d steps", MaxSteps)
	}
	if len(s.LeafSuffix) > MaxSuffix {
		return nil, text(codeLimit, "more than %d bytes of leaf", MaxSuffix)
	}
	hashes := [][]byte{s.Root, s.Leaf}
	path := make([]Step, len(s.Path))
	for i, step := range s.Path {
		if step.Side > Right {
			return nil, text(codeMalformed, "unknown side")
		}
		path[i] = Step{bytes.Clone(step.Hash), step.Side}
		hashes = append(hashes, step.Hash)
	}
	for _, h := range hashes {
		if len(h) > MaxHashSize {
			return nil, text(codeLimit, "a hash of more than %d bytes", MaxHashSize)
		}
	}
	s.Path, s.Root, s.Leaf, s.LeafSuffix = path, bytes.Clone(s.Root), bytes.Clone(s.Leaf), bytes.Clone(s.LeafSuffix)
	s.Index, s.Size = clone(s.Index), clone(s.Size)
	return &Proof{s: s}, nil
}

func clone(n *uint64) *uint64 {
	if n == nil {
		return nil
	}
	return new(*n)
}

// Under returns the proof with the convention that the caller names, for evidence
// that names none. Evidence that names another one stays undecided.
func (p *Proof) Under(convention string) *Proof {
	q := *p
	q.expected = convention
	return &q
}

// name returns the convention's name, "" when none is named or two are.
func (p *Proof) name() string {
	if p.expected == "" || p.expected == p.s.Convention {
		return p.s.Convention
	}
	if p.s.Convention == "" {
		return p.expected
	}
	return ""
}

// Claims is what a proof says of itself. Nothing of it is verified.
type Claims struct {
	Convention string  `json:"convention"`
	Leaf       string  `json:"leaf,omitempty"`
	Index      *uint64 `json:"index,omitempty"`
	Size       *uint64 `json:"size,omitempty"`
	Root       string  `json:"root"`
}

// Claims returns what the proof says of itself, with hashes as texts of its
// convention show them.
func (p *Proof) Claims() Claims {
	c := conventions[p.name()]
	show := func(b []byte) string {
		if c.Reversed && !p.texts {
			b = reversed(b)
		}
		return fmt.Sprintf("%x", b)
	}
	return Claims{Convention: p.name(), Leaf: show(p.s.Leaf), Index: clone(p.s.Index), Size: clone(p.s.Size), Root: show(p.s.Root)}
}

func reversed(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		out[len(b)-1-i] = c
	}
	return out
}
