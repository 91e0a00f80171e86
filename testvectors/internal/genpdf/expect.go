package main

// noPOE is for what was good enough once: only a proof that the signature is that old is
// missing. The document says what the node says.
func (v *vector) noPOE(source string) *vector {
	v.node(source).SubIndication += "_NO_POE"
	v.Expect.SubIndication = v.node(source).SubIndication
	return v
}

// judgedBy names other anchors for documents and time-stamps.
func (v *vector) judgedBy(h *house) *vector { return v.anchors(h.root).stampAnchors(h.tsaRoot) }
