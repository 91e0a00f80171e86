package main

// vectorsCMS: what the signature holds does not fit the document or its signer.
func vectorsCMS(s *suite) {
	s.add("other-byte", "one signed letter was replaced", signed(cades(container{}))).edited(replacing("This is agreed.", "This is agreeb.")).
		refused("#signature-1", "message-digest", "pdf.message-digest-mismatch")
	s.add("value-wrong", "one bit of the signature value is wrong", signed(cades(container{spoil: true}))).
		refused("#signature-1", "signature", "pdf.signature-invalid")
	s.add("no-anchors", "no anchor for signers of documents; that of time-stamps is no substitute", signed(cades(container{}))).
		anchors().refused("#signature-1", "certification-path", "pdf.no-chain")
}
