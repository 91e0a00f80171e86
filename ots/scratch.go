package ots

import (
	"bytes"
	"slices"
	"sync"
)

// scratch is the memory that reading needs, lent from one proof to the next: to make it
// anew costs more than what is read. A proof never points into scratch that is lent
// again, and scratch never into what was read.
type scratch struct {
	engine
	stack    []level
	messages []byte // those of the levels, one behind the other
	held     []byte // those that are attested
	nodes    []node
	atts     []attestation
}

// Scratch that grew larger is not lent again. The proofs in use need less.
const (
	lentBytes    = 64 << 10 // of each kind of messages
	lentElements = 4096     // of each kind of elements
)

var scratches = sync.Pool{New: func() any {
	return &scratch{
		stack: make([]level, 0, 32), messages: make([]byte, 0, 8192), held: make([]byte, 0, 512),
		nodes: make([]node, 0, 256), atts: make([]attestation, 0, 16),
	}
}}

// borrow returns empty scratch.
func borrow() *scratch {
	s := scratches.Get().(*scratch)
	s.stack, s.messages, s.held = s.stack[:0], s.messages[:0], s.held[:0]
	s.nodes, s.atts = s.nodes[:0], s.atts[:0]
	return s
}

// giveBack ends the loan. The proof gets copies, in their exact size, or keeps what is
// too large to be lent again.
func (s *scratch) giveBack(p *Proof) {
	p.nodes, p.atts, p.messages = s.nodes, s.atts, s.held
	if max(cap(s.nodes), cap(s.atts)) > lentElements || max(cap(s.messages), cap(s.held)) > lentBytes {
		return
	}
	p.nodes, p.atts, p.messages = slices.Clone(s.nodes), slices.Clone(s.atts), bytes.Clone(s.held)
	scratches.Put(s)
}
