package ots

// Prune returns the proof with those attestations alone that keep wants, and what leads
// to them. A detached file stays one; the other forms become a bare tree. The error is
// ErrNothing when no attestation is left.
func (p *Proof) Prune(keep func(Attestation) bool) (*Proof, error) {
	kept := make([]bool, len(p.nodes))
	left := false
	for i, a := range p.Attestations() {
		if keep(a) {
			kept[p.atts[i].node], left = true, true
		}
	}
	if !left {
		return nil, ErrNothing
	}
	// An operation stays when something below it does. What is below stands behind, so
	// one pass from the end finds it: at each operation, last is the nearest kept node.
	last := uint32(len(p.nodes))
	for i := len(p.nodes) - 1; i >= 0; i-- {
		if n := &p.nodes[i]; n.tag != tagAttestation && last < n.ref {
			kept[i] = true
		}
		if kept[i] {
			last = uint32(i)
		}
	}
	form := FormTree
	if p.form == FormDetached {
		form = FormDetached
	}
	w := writer{sources: []source{{p, kept}}}
	return w.proof(p, form)
}
