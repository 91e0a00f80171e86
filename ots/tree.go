package ots

import (
	"bytes"
	"sync"
)

// span is a part of the bytes that a proof was read from.
type span struct{ from, to uint32 }

func (s span) size() int { return int(s.to - s.from) }

func (s span) of(b []byte) []byte { return b[s.from:s.to:s.to] }

// node is an element of the tree: an operation with the message that it makes, or an
// attestation. The nodes of a proof stand one after the other as in the file, a node
// before what is below it, so that the elements at one message are a walk over siblings.
type node struct {
	arg
	at uint32 // where the element begins in Proof.data, after the fork
	// ref is the index behind the last node below an operation; for an attestation, its
	// index in Proof.atts.
	ref uint32
}

// arg is the argument of an operation, or the payload of an attestation. A proof keeps
// a node for each element, so the tag stands where there is room.
type arg struct {
	from uint32 // in Proof.data
	size uint16 // maxArg and maxPayload are less
	tag  byte   // of the operation, or tagAttestation
}

func (a arg) of(b []byte) []byte {
	to := a.from + uint32(a.size)
	return b[a.from:to:to]
}

// next returns the index of the sibling of node i, or the end of the siblings.
func (p *Proof) next(i uint32) uint32 {
	if n := &p.nodes[i]; n.tag != tagAttestation {
		return n.ref
	}
	return i + 1
}

// Proof is a proof, read and computed but not judged. It does not change and may be used
// by several goroutines.
type Proof struct {
	raw       []byte // all of the input
	data      []byte // what the nodes point into: raw, or what a commit's armour holds
	form      string
	algorithm byte // tag of the digest that the proof begins with
	digest    []byte
	tree      span // of data
	minor     int  // version of a proof in a commit

	nodes    []node
	atts     []attestation
	messages []byte // those that are attested
	findings []Finding

	once   sync.Once
	claims Claims
}

// Form returns FormDetached, FormTree or FormCommit.
func (p *Proof) Form() string { return p.form }

// Algorithm returns the name of the digest that the proof begins with: sha1, ripemd160,
// sha256 or keccak256.
func (p *Proof) Algorithm() string { return opName(p.algorithm) }

// Digest returns the digest that the proof begins with: that of the file, or for a
// commit the one that ParseCommit describes.
func (p *Proof) Digest() []byte { return bytes.Clone(p.digest) }

// Raw returns what the proof was read from. The proofs that Merge and Prune make
// return what Marshal writes.
func (p *Proof) Raw() []byte { return bytes.Clone(p.raw) }

// Canonical reports whether the tree stands in the one spelling that writers produce.
func (p *Proof) Canonical() bool { return len(p.findings) == 0 }

// Findings returns how the proof departs from the canonical spelling, in the order of
// the file; at most 32 of each code.
func (p *Proof) Findings() []Finding { return append([]Finding(nil), p.findings...) }
