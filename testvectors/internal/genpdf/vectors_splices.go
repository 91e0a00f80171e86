package main

import (
	"bytes"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// splices: signatures and time-stamps that are good, over other bytes.
func splices(s *suite) {
	const origin = "pasting a signature of other bytes"
	other := func([]byte) []byte { return []byte("another document") }
	elsewhere := func(s *signature) {
		over := s.value
		s.value = func([]byte) []byte { return over(other(nil)) }
	}
	s.add("splice-signature", "the signature is good, and over another document", signed(cades(container{}).with(elsewhere))).
		refused("#signature-1", "message-digest", "pdf.message-digest-mismatch").variant(forgeries, origin)
	s.add("splice-timestamp", "the time-stamp is good, and over another document", signed(stamping(archiveTime).with(elsewhere))).
		refused("#timestamp-1", "token", "tsp.imprint-mismatch").variant(forgeries, origin)

	d := signed(cades(container{}))
	first := bytes.Clone(d.values[0])
	d.stream(objContent, "", denied([]byte(drawing)))
	d.sign(cades(container{}).with(func(s *signature) { s.value = func([]byte) []byte { return first } }))
	s.add("splice-revision", "the page was replaced, and the signature of the earlier revision pasted over the new one", d.end()).
		refused("#signature-1", "later-changes", modified).
		refused("#signature-2", "", "pdf.message-digest-mismatch").variant(forgeries, origin)

	d = signed(cades(container{}))
	from := d.revisionEnds[0]
	s.add("splice-update", "the signed update stands behind another document of the same length", d).edited(func(b []byte) []byte {
		return append(denied(b[:from:from]), b[from:]...)
	}).refused("#signature-1", "message-digest", "pdf.message-digest-mismatch").variant(forgeries, origin)

	d = newDocument().end()
	d.sign(cades(container{}).with(func(s *signature) {
		// The digest is that of the document before the signature was asked for.
		before := bytes.Clone(d.b)
		over := s.value
		s.value = func([]byte) []byte { return over(before) }
	}))
	s.add("splice-first-revision", "the signature is over the first revision alone, its ByteRange over both", d.end()).
		refused("#signature-1", "message-digest", "pdf.message-digest-mismatch").variant(forgeries, origin)

	// Anyone can add it, so it takes nothing away from the signature, and gives no time.
	s.add("splice-stamp", "the time-stamp in the signature is one over the value of another", signed(cades(container{stamps: func([]byte) []ca.Attribute {
		return []ca.Attribute{ca.One(oidStamp, token(other(nil), stampTime))}
	}}))).warns("pdf.timestamp-failed").variant(forgeries, origin)
}
