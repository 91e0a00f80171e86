package ots

import "encoding/hex"

// Step is one element on a way through the tree: an operation, whose result the next
// step goes on with, or the end of the way, which is an attestation or a fork into
// several ways. It is a form for JSON in which a straight way is a flat list.
type Step struct {
	Op       string `json:"op,omitempty"`
	Argument string `json:"argument,omitempty"` // in hexadecimal, as is the result
	// Result is there on request, as long as all together do not exceed 512 KiB; Left tells
	// then how many bytes it would have.
	Result string `json:"result,omitempty"`
	Left   int    `json:"result_bytes,omitempty"`

	Attestation *AttestationClaims `json:"attestation,omitempty"`
	Fork        [][]Step           `json:"fork,omitempty"`
}

// maxShown bounds the results that are shown. They are not bounded by the size of the
// file; those of proofs in use have some KiB.
const maxShown = 512 << 10

// Tree returns the tree as it stands in the file, with the result of every operation if
// values is set. Nothing of it is verified.
func (p *Proof) Tree(values bool) []Step {
	s := stepper{p: p}
	if values {
		s.left = maxShown
	}
	s.values = values
	return s.steps(0, uint32(len(p.nodes)), p.digest)
}

type stepper struct {
	engine
	p      *Proof
	values bool
	left   int // bytes of results that may still be shown
}

// steps returns the way on from a message. It calls itself once for each fork on the
// way, of which there are at most maxDepth.
func (s *stepper) steps(from, to uint32, msg []byte) (way []Step) {
	for {
		n := &s.p.nodes[from]
		switch {
		case s.p.next(from) < to:
			return append(way, Step{Fork: s.fork(from, to, msg)})
		case n.tag == tagAttestation:
			return append(way, s.end(n))
		}
		var step Step
		step, msg = s.step(n, msg)
		way = append(way, step)
		from++
	}
}

func (s *stepper) fork(from, to uint32, msg []byte) (ways [][]Step) {
	for i := from; i < to; i = s.p.next(i) {
		ways = append(ways, s.steps(i, s.p.next(i), msg))
	}
	return ways
}

func (s *stepper) end(n *node) Step {
	a := s.p.attestation(n.ref)
	claims := a.Claims()
	return Step{Attestation: &claims}
}

func (s *stepper) step(n *node, msg []byte) (Step, []byte) {
	arg := n.arg.of(s.p.data)
	step := Step{Op: opName(n.tag), Argument: hex.EncodeToString(arg)}
	if !s.values {
		return step, nil
	}
	msg, _ = s.apply(nil, n.tag, msg, arg) // it was possible when the proof was read
	if s.left -= len(msg); s.left >= 0 {
		step.Result = hex.EncodeToString(msg)
	} else {
		step.Left = len(msg)
	}
	return step, msg
}
