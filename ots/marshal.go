package ots

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// Marshal returns the proof in its canonical form: a detached file whole, of the other
// forms the tree alone. Elements ascend, attestations before operations; twins are united
// and lose nothing; numbers have as few bytes as they can. What is canonical already
// comes back as it was.
func (p *Proof) Marshal() []byte {
	if p.Canonical() {
		if p.form == FormDetached {
			return bytes.Clone(p.raw)
		}
		return bytes.Clone(p.tree.of(p.data))
	}
	w := writer{sources: []source{{proof: p}}}
	if p.form == FormDetached {
		w.head(p)
	}
	return w.write()
}

// writer writes the union of proofs of one digest in canonical form.
type writer struct {
	sources []source
	out     []byte
	twin    func(*Proof, uint32) // told of each element that stood there before; then nothing is written
}

// source is a proof, and which of its nodes count; nil for all.
type source struct {
	proof *Proof
	keep  []bool
}

// element is a node of one of the sources; siblings are a run of nodes of one.
type element struct{ source, node uint32 }
type siblings struct{ source, from, to uint32 }

// head begins a detached file.
func (w *writer) head(p *Proof) {
	w.out = append(w.out, magic...)
	w.out = append(w.out, version, p.algorithm)
	w.out = append(w.out, p.digest...)
}

func (w *writer) write() []byte {
	var top []siblings
	size := len(w.out)
	for i := range w.sources {
		p := w.sources[i].proof
		top = append(top, siblings{uint32(i), 0, uint32(len(p.nodes))})
		size += int(p.tree.to - p.tree.from)
	}
	if w.twin == nil {
		w.out = slices.Grow(w.out, size-len(w.out)) // the union is not larger than its parts
	}
	w.message(top)
	return w.out
}

// message writes the elements at one message. It calls itself once for each operation
// on the way, of which a proof has at most maxDepth.
func (w *writer) message(runs []siblings) {
	list := w.elements(runs)
	for len(list) > 0 {
		first := list[0]
		n := 1
		for n < len(list) && w.compare(first, list[n]) == 0 {
			if w.twin != nil {
				w.twin(w.sources[list[n].source].proof, list[n].node)
			}
			n++
		}
		twins := list[:n]
		if list = list[n:]; len(list) > 0 {
			w.out = append(w.out, tagFork)
		}
		if w.element(first) {
			continue
		}
		below := make([]siblings, 0, n)
		for _, e := range twins {
			below = append(below, siblings{e.source, e.node + 1, w.sources[e.source].proof.nodes[e.node].ref})
		}
		w.message(below)
	}
}

// elements returns the elements of all runs in canonical order; of twins the earlier
// comes first.
func (w *writer) elements(runs []siblings) []element {
	var list []element
	for _, r := range runs {
		s := &w.sources[r.source]
		for i := r.from; i < r.to; i = s.proof.next(i) {
			if s.keep == nil || s.keep[i] {
				list = append(list, element{r.source, i})
			}
		}
	}
	if len(list) > 1 {
		slices.SortStableFunc(list, w.compare)
	}
	return list
}

func (w *writer) compare(a, b element) int {
	return compareNodes(w.sources[a.source].proof, a.node, w.sources[b.source].proof, b.node)
}

// compareNodes orders two elements as the format does: attestations, then operations
// by tag, then by argument.
func compareNodes(p *Proof, i uint32, q *Proof, j uint32) int {
	m, n := &p.nodes[i], &q.nodes[j]
	if m.tag != n.tag {
		return cmp.Compare(m.tag, n.tag)
	}
	if m.tag == tagAttestation {
		return compareAttestations(p, i, q, j)
	}
	return bytes.Compare(m.arg.of(p.data), n.arg.of(q.data))
}

// element writes one without what is below it, and reports whether nothing is.
func (w *writer) element(e element) (leaf bool) {
	p := w.sources[e.source].proof
	n := &p.nodes[e.node]
	if w.twin != nil {
		return n.tag == tagAttestation
	}
	w.out = append(w.out, n.tag)
	if n.tag != tagAttestation {
		if hasArg(n.tag) {
			w.bytes(n.arg.of(p.data))
		}
		return false
	}
	a, payload := &p.atts[n.ref], n.arg.of(p.data)
	w.out = append(w.out, p.data[n.at+1:n.at+1+tagSize]...)
	switch a.kind {
	case TypeUnknown:
		w.bytes(payload)
	case TypePending:
		uri := a.uri.of(p.data)
		length := len(binary.AppendUvarint(nil, uint64(len(uri))))
		w.out = binary.AppendUvarint(w.out, uint64(length+len(uri)))
		w.bytes(uri)
	default:
		w.bytes(trimNumber(payload))
		w.out[len(w.out)-1] &= 0x7f
	}
	return true
}

func (w *writer) bytes(b []byte) {
	w.out = append(binary.AppendUvarint(w.out, uint64(len(b))), b...)
}
