package tlog

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/exhibit-dev/exhibit/merkle"
)

// Checkpoint is a signed statement of a log about its tree, read but not judged. It
// does not change and may be used by several goroutines.
type Checkpoint struct {
	raw, text  []byte
	origin     string
	size       uint64
	root       merkle.Hash
	extensions []string
	signatures []signature
}

// ParseCheckpoint reads a checkpoint by C2SP tlog-checkpoint. The error is an *Error.
func ParseCheckpoint(b []byte) (*Checkpoint, error) {
	c, err := readCheckpoint(bytes.Clone(b))
	if err != nil {
		return nil, err
	}
	return c, nil
}

func readCheckpoint(b []byte) (*Checkpoint, *Error) {
	text, sigs, err := readNote(b)
	if err != nil {
		return nil, err
	}
	c := &Checkpoint{raw: b, text: text, signatures: sigs}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if len(lines) < 3 || slices.Contains(lines, "") {
		return nil, malformed(refCheckpoint, "want at least three lines, none of them empty")
	}
	var ok bool
	if c.size, ok = number(lines[1]); !ok {
		return nil, malformed(refCheckpoint, "the size %.40q is no plain decimal number of 64 bits", lines[1])
	}
	if c.root, ok = hash(lines[2]); !ok {
		return nil, malformed(refCheckpoint, "the root %.60q is not the canonical base64 of 32 bytes", lines[2])
	}
	c.origin, c.extensions = lines[0], lines[3:]
	return c, nil
}

// number reads a decimal without leading zeros.
func number(s string) (uint64, bool) {
	n, err := strconv.ParseUint(s, 10, 64)
	return n, err == nil && strconv.FormatUint(n, 10) == s
}

func hash(s string) (h merkle.Hash, ok bool) {
	b, ok := fromBase64(s)
	if !ok || len(b) != len(h) {
		return h, false
	}
	return merkle.Hash(b), true
}

// CheckpointClaims is what a checkpoint says of itself. Nothing of it is verified.
type CheckpointClaims struct {
	Origin     string   `json:"origin"`
	Size       uint64   `json:"size"`
	Root       string   `json:"root"` // in hex
	Extensions []string `json:"extensions,omitempty"`
	// Signatures are the names and key ids that the signature lines claim.
	Signatures []string `json:"signatures"`
}

// Claims returns what the checkpoint says of itself.
func (c *Checkpoint) Claims() CheckpointClaims {
	out := CheckpointClaims{Origin: c.origin, Size: c.size, Root: hex.EncodeToString(c.root[:]), Extensions: slices.Clone(c.extensions)}
	for _, s := range c.signatures {
		out.Signatures = append(out.Signatures, s.name+"+"+hex.EncodeToString(s.id[:]))
	}
	return out
}
