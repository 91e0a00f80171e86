package ots

// scanner reads a tree without recursion and carries out each operation once. It holds
// the messages on the way to where it is, and those that are attested.
type scanner struct {
	reader
	scratch
	p        *Proof
	ops      int
	attested int  // bytes of attested messages, each counted for every attestation
	disorder bool // siblings that do not ascend
	findings []Finding
}

// level is a message, the operations that led to it from the level below without a
// fork, and what is known of the elements at it. Most ways are long and straight.
type level struct {
	first, end int32 // the operations: nodes that stand one behind the other
	depth      int32 // operations on the way from the digest
	prev       int32 // the element read before at the message, -1 for none
	from       int   // where the messages of the level begin in scratch.messages
	message    int   // and where its last one does, which the elements are at
	held       span  // the message in scratch.held, if kept
	kept       bool
	last       bool // no fork announces another element behind the one being read
	digests    path
}

// proof reads the tree of p, which ends with the input.
func (s *scanner) proof(p *Proof) (*Proof, *Error) {
	lent := borrow()
	s.p, s.scratch = p, *lent // by value: everything below reaches for it
	p.tree.from = uint32(s.pos)
	s.messages = append(s.messages, p.digest...)
	s.stack = append(s.stack, level{prev: -1})
	err := s.elements()
	p.nodes, p.atts = s.nodes, s.atts
	if err == nil && s.disorder {
		s.findings = duplicates(p, s.findings)
	}
	*lent = s.scratch
	lent.giveBack(p)
	if err != nil {
		return nil, err
	}
	p.tree.to = uint32(s.pos)
	p.findings = sorted(s.findings)
	return p, nil
}

// elements reads to the end of the tree and of the input.
func (s *scanner) elements() *Error {
	for len(s.stack) > 0 {
		if err := s.element(&s.stack[len(s.stack)-1]); err != nil {
			return err
		}
	}
	if s.rest() > 0 {
		return s.fail(ClassTrailing, "%d bytes behind its end", s.rest())
	}
	return nil
}

// element reads one element at the message of the highest level.
func (s *scanner) element(top *level) *Error {
	tag, err := s.byte()
	if err != nil {
		return err
	}
	if top.last = tag != tagFork; !top.last {
		if tag, err = s.byte(); err != nil {
			return err
		}
	}
	if tag != tagAttestation {
		return s.operation(top, tag)
	}
	at := s.pos - 1
	if len(s.atts) == maxAttestations {
		return fail(ClassLimit, at, "more than %d attestations", maxAttestations)
	}
	a, payload, minimal, err := s.attestation()
	if err != nil {
		return err
	}
	if !minimal {
		s.find(codeNotCanonical, at, "a number of an attestation has more bytes than it needs")
	}
	a.node, a.digests = uint32(len(s.nodes)), top.digests
	if a.message, err = s.hold(top); err != nil {
		return err
	}
	s.nodes = append(s.nodes, node{payload, uint32(at), uint32(len(s.atts))})
	s.atts = append(s.atts, a)
	s.order(top)
	s.close()
	return nil
}

// hold keeps the message of the level for an attestation.
func (s *scanner) hold(l *level) (span, *Error) {
	msg := s.messages[l.message:]
	if s.attested += len(msg); s.attested > maxHeld {
		return span{}, s.fail(ClassLimit, "attested messages of more than %d bytes", maxHeld)
	}
	if !l.kept {
		from := len(s.held)
		s.held = append(s.held, msg...)
		l.held, l.kept = span{uint32(from), uint32(len(s.held))}, true
	}
	return l.held, nil
}

// operation reads an argument, carries the operation out and goes on at its result.
func (s *scanner) operation(top *level, tag byte) *Error {
	at, op := s.pos-1, &operations[tag]
	if op.name == "" {
		return fail(ClassMalformed, at, "%#02x is no operation", tag)
	}
	if s.ops++; s.ops > maxOperations {
		return fail(ClassLimit, at, "more than %d operations", maxOperations)
	}
	var argument []byte
	if op.arg {
		var minimal bool
		var err *Error
		if argument, minimal, err = s.bytes(1, maxArg, "an argument"); err != nil {
			return err
		}
		if !minimal {
			s.find(codeNotCanonical, at, "the length of an argument has more bytes than it needs")
		}
	}
	result := len(s.messages)
	var why string
	if s.messages, why = s.apply(s.messages, tag, s.messages[top.message:], argument); why != "" {
		return fail(ClassMalformed, at, "%s", why)
	}
	if top.depth == maxDepth-1 {
		return s.fail(ClassDepth, "more than %d operations below one another", maxDepth-1)
	}
	digests := top.digests
	if op.digest > 0 {
		digests = digests.with(op.digest)
	}
	i := int32(len(s.nodes))
	s.nodes = append(s.nodes, node{arg: s.arg(tag, argument), at: uint32(at)})
	if top.last && top.prev < 0 { // nothing else is at the message
		top.end, top.message, top.digests = i+1, result, digests
		top.depth++
		return nil
	}
	s.order(top)
	s.stack = append(s.stack, level{
		first: i, end: i + 1, depth: top.depth + 1, prev: -1, from: result, message: result, digests: digests,
	})
	return nil
}

// order compares the newest node with the element before it at the same message.
func (s *scanner) order(l *level) {
	i := len(s.nodes) - 1
	if l.prev >= 0 {
		s.p.nodes, s.p.atts = s.nodes, s.atts // as far as they are read
		c := compareNodes(s.p, uint32(l.prev), s.p, uint32(i))
		if s.disorder = s.disorder || c >= 0; c > 0 {
			s.find(codeNotCanonical, int(s.nodes[i].at), "an element stands behind one that it should come before")
		}
	}
	l.prev = int32(i)
}

// close leaves every level whose last element has been read.
func (s *scanner) close() {
	for len(s.stack) > 0 && s.stack[len(s.stack)-1].last {
		l := &s.stack[len(s.stack)-1]
		for i := l.first; i < l.end; i++ {
			s.nodes[i].ref = uint32(len(s.nodes))
		}
		s.messages = s.messages[:l.from]
		s.stack = s.stack[:len(s.stack)-1]
	}
}
