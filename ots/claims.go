package ots

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// Attestation is what a proof says of a message: that a block or a calendar has it. Its
// slices are shared with the proof and with other attestations, and must not be changed.
type Attestation struct {
	Type    string // TypeBitcoin, TypeLitecoin, TypeEthereum, TypePending or TypeUnknown
	Tag     [8]byte
	Payload []byte // as it stands in the proof
	// Height is that of the block; HeightText the same as a decimal, also above 64 bits,
	// where Height is MaxUint64, and in words above 512.
	Height     uint64
	HeightText string
	URI        string // of the calendar
	// Message is what is attested: of a Bitcoin block the merkle root, in the order of the
	// bytes in its header.
	Message []byte
	// Digests are the names of the digests among the operations on the way to the message,
	// each once, in the order of their first use. The file's own is not among them.
	Digests []string
}

// Attestations returns the attestations in the order of the file; one that stands twice
// is there twice.
func (p *Proof) Attestations() []Attestation { return p.list(p.atts) }

func (p *Proof) attestation(i uint32) Attestation { return p.list(p.atts[i : i+1])[0] }

// list makes attestations of what the reader kept. Their text stands in one string.
func (p *Proof) list(atts []attestation) []Attestation {
	var text strings.Builder
	size := 0
	for i := range atts {
		size += atts[i].uri.size() + maxDigits
	}
	text.Grow(size)
	list := make([]Attestation, len(atts))
	for i := range atts {
		in, a := &atts[i], &list[i]
		n := &p.nodes[in.node]
		a.Type, a.Tag = in.kind, [tagSize]byte(p.data[n.at+1:])
		a.Payload, a.Message = n.arg.of(p.data), in.message.of(p.messages)
		if i > 0 && in.digests == atts[i-1].digests {
			a.Digests = list[i-1].Digests
		} else {
			a.Digests = in.digests.names()
		}
		from := text.Len()
		switch {
		case in.kind == TypeUnknown:
		case in.kind == TypePending:
			text.Write(in.uri.of(p.data))
			a.URI = text.String()[from:]
		case in.big:
			a.Height, a.HeightText = in.height, heightText(a.Payload)
		default:
			var room [maxDigits]byte
			text.Write(strconv.AppendUint(room[:0], in.height, 10))
			a.Height, a.HeightText = in.height, text.String()[from:]
		}
	}
	return list
}

// maxDigits is the length of the largest height in 64 bits.
const maxDigits = 20

// AttestationClaims is what an attestation says. Nothing of it is verified.
type AttestationClaims struct {
	Type string `json:"type"`
	// Height is left out above 64 bits; HeightText then stands for it.
	Height     *uint64 `json:"height,omitempty"`
	HeightText string  `json:"height_text,omitempty"`
	// MerkleRoot is in the order of the header, MerkleRootDisplay in the reversed one in
	// which block explorers show it. Of messages that are no root, Commitment stands.
	MerkleRoot        string `json:"merkle_root,omitempty"`
	MerkleRootDisplay string `json:"merkle_root_display,omitempty"`
	URI               string `json:"uri,omitempty"`
	Commitment        string `json:"commitment,omitempty"`
	Tag               string `json:"tag,omitempty"`     // of an unknown type
	Payload           string `json:"payload,omitempty"` // likewise
}

// rootSize is the length of a merkle root.
const rootSize = 32

// Claims returns what the attestation says.
func (a *Attestation) Claims() AttestationClaims {
	c := AttestationClaims{Type: a.Type, URI: a.URI}
	switch {
	case (a.Type == TypeBitcoin || a.Type == TypeLitecoin) && len(a.Message) == rootSize:
		c.MerkleRoot = hex.EncodeToString(a.Message)
		display := bytes.Clone(a.Message)
		slices.Reverse(display)
		c.MerkleRootDisplay = hex.EncodeToString(display)
	default:
		c.Commitment = hex.EncodeToString(a.Message)
	}
	switch a.Type {
	case TypePending:
	case TypeUnknown:
		c.Tag, c.Payload = hex.EncodeToString(a.Tag[:]), hex.EncodeToString(a.Payload)
	default:
		if text := strconv.FormatUint(a.Height, 10); text == a.HeightText {
			c.Height = new(a.Height)
		} else {
			c.HeightText = a.HeightText
		}
	}
	return c
}

// Claims is what a proof says of itself. Nothing of it is verified.
type Claims struct {
	// FileDigest is the digest that the proof begins with, as "sha256:hex". For a commit
	// CommitDigest stands instead: it is no digest of a file.
	FileDigest   string              `json:"file_digest,omitempty"`
	CommitDigest string              `json:"commit_digest,omitempty"`
	Form         string              `json:"form"`
	Version      string              `json:"version,omitempty"` // of a proof in a commit
	Attestations []AttestationClaims `json:"attestations"`
	Canonical    bool                `json:"canonical"`
	Findings     []Finding           `json:"findings,omitempty"`
}

// Claims returns what the proof says of itself. It is made once: its slices are shared by
// all who ask, and must not be changed.
func (p *Proof) Claims() Claims {
	p.once.Do(func() { p.claims = p.makeClaims() })
	return p.claims
}

func (p *Proof) makeClaims() Claims {
	c := Claims{Form: p.form, Canonical: p.Canonical(), Findings: p.Findings(), Attestations: []AttestationClaims{}}
	digest := p.Algorithm() + ":" + hex.EncodeToString(p.digest)
	if p.form == FormCommit {
		c.CommitDigest, c.Version = digest, "1."+strconv.Itoa(p.minor)
	} else {
		c.FileDigest = digest
	}
	for _, a := range p.Attestations() {
		c.Attestations = append(c.Attestations, a.Claims())
	}
	return c
}
