package ots

import (
	"bytes"
	"slices"
	"sync"
)

// scratch is the memory that reading needs, lent from one proof to the next. What a
// proof keeps is copied out of it; it holds no pointers into what was read.
type scratch struct {
	stack    []level
	messages []byte // those of the levels, one behind the other
	held     []byte // those that are attested
	nodes    []node
	atts     []attestation
}

// Larger scratch is not kept: the proofs in use need less.
const (
	keptBytes    = 64 << 10 // of each kind of messages
	keptElements = 4096     // of each kind of elements
)

var scratches = sync.Pool{New: func() any {
	return &scratch{
		stack: make([]level, 0, 32), messages: make([]byte, 0, 8192), held: make([]byte, 0, 512),
		nodes: make([]node, 0, 256), atts: make([]attestation, 0, 16),
	}
}}

// borrow returns empty scratch, with room for the elements of p.
func borrow(p *Proof) *scratch {
	s := scratches.Get().(*scratch)
	p.nodes, p.atts = s.nodes[:0], s.atts[:0]
	s.stack, s.messages, s.held = s.stack[:0], s.messages[:0], s.held[:0]
	return s
}

// giveBack ends the loan: p gets its own copy of what it holds, or nothing of it is used
// again after an error.
func (s *scratch) giveBack(p *Proof) {
	s.nodes, s.atts = p.nodes, p.atts
	p.nodes, p.atts, p.messages = slices.Clone(s.nodes), slices.Clone(s.atts), bytes.Clone(s.held)
	if max(cap(s.messages), cap(s.held)) <= keptBytes && max(cap(s.nodes), cap(s.atts)) <= keptElements {
		scratches.Put(s)
	}
}
