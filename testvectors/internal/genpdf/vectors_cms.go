package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/genpdf/ca"

// vectorsCMS: what the signature holds does not fit the document or its signer.
func vectorsCMS(s *suite) {
	s.add("other-byte", "one signed letter was replaced", signed(cades(container{}))).edited(replacing("This is agreed.", "This is agreeb.")).
		refused("#signature-1", "message-digest", "pdf.message-digest-mismatch")
	s.add("value-wrong", "one bit of the signature value is wrong", signed(cades(container{spoil: true}))).
		refused("#signature-1", "signature", "pdf.signature-invalid")
	s.add("no-anchors", "no anchor for signers of documents; that of time-stamps is no substitute", signed(cades(container{}))).
		anchors().refused("#signature-1", "certification-path", "pdf.no-chain")
	s.add("sha1-form", "adbe.pkcs7.sha1: the digest of the document is too weak by now", signed(digested(container{}))).
		refused("#signature-1", "range-digest-algorithm", "pdf.weak-digest")
	s.add("raw-form", "adbe.x509.rsa_sha1: sound, and SHA-1 is too weak by now", signed(bare(rsaSigner(), world.issuing))).
		refused("#signature-1", "signature-algorithm", "pdf.weak-signature")
	s.add("intermediate-given", "the signature carries the signer's certificate alone, and the issuer's is at hand",
		signed(cades(container{certs: []*ca.Cert{world.signer}}))).intermediates(world.issuing)
}
