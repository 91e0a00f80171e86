package tlog

import (
	"bytes"
	"encoding/hex"
	"strings"

	"github.com/exhibit-dev/exhibit/merkle"
)

// maxProof bounds the bytes of a proof: a checkpoint at its limit, and as much beside
// it.
const maxProof = 2 * maxNote

// magic is the first line of a proof.
const magic = "c2sp.org/tlog-proof@v1\n"

// Sniff reports whether the bytes begin as a proof of this package does.
func Sniff(b []byte) bool { return bytes.HasPrefix(b, []byte(magic)) }

// Proof says that an entry is in the tree of a checkpoint. It is read but not judged,
// does not change and may be used by several goroutines.
type Proof struct {
	raw        []byte
	extra      []byte
	index      uint64
	path       [][]byte
	checkpoint *Checkpoint
	size       *uint64 // stated beside the checkpoint, nil if not
	root       []byte  // likewise
}

// ParseProof reads a proof by C2SP tlog-proof, version 1. The error is an *Error.
func ParseProof(b []byte) (*Proof, error) {
	p, err := readProof(bytes.Clone(b))
	if err != nil {
		return nil, err
	}
	return p, nil
}

func readProof(b []byte) (*Proof, *Error) {
	if len(b) > maxProof {
		return nil, limit("a proof of more than %d bytes", maxProof)
	}
	p := &Proof{raw: b}
	rest, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok {
		return nil, malformed(refProof, "the first line is not %s", strings.TrimSpace(magic))
	}
	line, rest := cutLine(rest)
	if text, found := strings.CutPrefix(line, "extra "); found {
		if p.extra, ok = fromBase64(text); !ok || len(p.extra) == 0 {
			return nil, malformed(refProof, "the extra data is empty or not in canonical base64")
		}
		line, rest = cutLine(rest)
	}
	text, found := strings.CutPrefix(line, "index ")
	if p.index, ok = number(text); !ok || !found {
		return nil, malformed(refProof, "no line with the index as a plain decimal number of 64 bits")
	}
	return p.readPath(rest)
}

// readPath reads the hashes, the blank line and the checkpoint.
func (p *Proof) readPath(rest []byte) (*Proof, *Error) {
	var line string
	for line, rest = cutLine(rest); line != ""; line, rest = cutLine(rest) {
		if len(p.path) == merkle.MaxSteps {
			return nil, limit("more than %d hashes", merkle.MaxSteps)
		}
		h, ok := hash(line)
		if !ok {
			return nil, malformed(refProof, "hash %d of the path is not the canonical base64 of 32 bytes", len(p.path)+1)
		}
		p.path = append(p.path, h[:])
	}
	var err *Error
	if p.checkpoint, err = readCheckpoint(rest); err != nil {
		return nil, err
	}
	return p, nil
}

// cutLine returns the first line without its end; at the end of the text there is
// only an empty one.
func cutLine(b []byte) (line string, rest []byte) {
	first, rest, _ := bytes.Cut(b, []byte("\n"))
	return string(first), rest
}

// Parts is a proof in another form, taken apart.
type Parts struct {
	Index      uint64
	Path       [][]byte // from the leaf's sibling upwards
	Checkpoint []byte   // as C2SP tlog-checkpoint writes it
	// Size and Root are what the form states beside the checkpoint. nil: nothing.
	Size *uint64
	Root []byte
}

// New makes a proof of its parts, for readers of other forms. It fails when the
// checkpoint cannot be read or a limit is exceeded; all else is for Verify to say.
// The error is an *Error.
func New(parts Parts) (*Proof, error) {
	c, err := readCheckpoint(bytes.Clone(parts.Checkpoint))
	if err != nil {
		return nil, err
	}
	p := &Proof{index: parts.Index, checkpoint: c, root: bytes.Clone(parts.Root)}
	if len(parts.Path) > merkle.MaxSteps || len(p.root) > merkle.MaxHashSize {
		return nil, limit("more than %d hashes, or one of more than %d bytes", merkle.MaxSteps, merkle.MaxHashSize)
	}
	for _, h := range parts.Path {
		if len(h) > merkle.MaxHashSize {
			return nil, limit("a hash of more than %d bytes", merkle.MaxHashSize)
		}
		p.path = append(p.path, bytes.Clone(h))
	}
	if parts.Size != nil {
		p.size = new(*parts.Size)
	}
	return p, nil
}

// Checkpoint returns the checkpoint that the proof leads to.
func (p *Proof) Checkpoint() *Checkpoint { return p.checkpoint }

// Extra returns the application's data beside the proof. Nothing authenticates it.
func (p *Proof) Extra() []byte { return bytes.Clone(p.extra) }

// Claims is what a proof says of itself. Nothing of it is verified.
type Claims struct {
	Index      uint64           `json:"index"`
	Size       *uint64          `json:"size,omitempty"` // stated beside the checkpoint
	Root       string           `json:"root,omitempty"` // likewise, in hex
	ExtraBytes int              `json:"extra_bytes,omitempty"`
	Checkpoint CheckpointClaims `json:"checkpoint"`
}

// Claims returns what the proof says of itself.
func (p *Proof) Claims() Claims {
	c := Claims{Index: p.index, Root: hex.EncodeToString(p.root), ExtraBytes: len(p.extra), Checkpoint: p.checkpoint.Claims()}
	if p.size != nil {
		c.Size = new(*p.size)
	}
	return c
}
