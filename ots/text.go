package ots

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"strings"
)

// maxIndent bounds the levels of forks that are indented. Trees in use have five or
// six; deeper ones are told by their number.
const maxIndent = 32

// Text returns the tree for people: a line for each operation, the branches of a fork
// indented, the first line of each behind a hyphen. With values each line ends in the
// operation's result. Nothing of it is verified. There is nothing in it but plain
// ASCII.
func (p *Proof) Text(values bool) string {
	t := texter{}
	t.line(0, false, p.Algorithm()+" "+hex.EncodeToString(p.digest))
	t.way(0, false, p.Tree(values))
	return t.String()
}

type texter struct{ strings.Builder }

// line writes one line; first marks the beginning of a branch.
func (t *texter) line(indent int, first bool, text string) {
	for range min(indent, maxIndent) - 1 {
		t.WriteString("  ")
	}
	switch {
	case first:
		t.WriteString("- ")
	case indent > 0:
		t.WriteString("  ")
	}
	t.WriteString(text)
	t.WriteByte('\n')
}

func (t *texter) way(indent int, first bool, way []Step) {
	for _, s := range way {
		switch {
		case s.Attestation != nil:
			t.attestation(indent, first, s.Attestation)
		case s.Fork != nil:
			text := fmt.Sprintf("fork into %d:", len(s.Fork))
			if indent >= maxIndent {
				text = fmt.Sprintf("fork into %d, level %d:", len(s.Fork), indent+1)
			}
			t.line(indent, first, text)
			for _, branch := range s.Fork {
				t.way(indent+1, true, branch)
			}
		default:
			t.line(indent, first, s.text())
		}
		first = false
	}
}

func (s *Step) text() string {
	text := s.Op
	if s.Argument != "" {
		text += " " + s.Argument
	}
	switch {
	case s.Result != "":
		text += " = " + s.Result
	case s.Left > 0:
		text += fmt.Sprintf(" = %d bytes", s.Left)
	}
	return text
}

// attestation writes what is attested below who attests it.
func (t *texter) attestation(indent int, first bool, a *AttestationClaims) {
	height := a.HeightText
	if a.Height != nil {
		height = fmt.Sprint(*a.Height)
	}
	switch a.Type {
	case TypePending:
		t.line(indent, first, "pending: calendar "+cmp.Or(a.URI, "(no address)"))
	case TypeUnknown:
		t.line(indent, first, "unknown attestation: tag "+a.Tag+", payload "+a.Payload)
	default:
		t.line(indent, first, a.Type+": block "+height)
	}
	if a.MerkleRoot != "" {
		t.line(indent, false, "  merkle root "+a.MerkleRoot+" in the header")
		t.line(indent, false, "  merkle root "+a.MerkleRootDisplay+" as explorers show it")
		return
	}
	t.line(indent, false, "  commitment "+a.Commitment)
}
