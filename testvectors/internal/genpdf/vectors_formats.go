package main

import (
	"bytes"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// vectorsFormats: the SubFilters, old ones and unknown ones.
func vectorsFormats(s *suite) {
	h := oldHouse()
	s.add("sha1-form", "adbe.pkcs7.sha1: the digest of the document is too weak by now", signed(digested(container{}))).
		refused("#signature-1", "range-digest-algorithm", "pdf.weak-digest")
	then := h.container()
	then.hash = ca.HashSHA1
	s.add("sha1-form-then", "adbe.pkcs7.sha1, SHA-1 throughout, judged when it counted", signed(digested(then))).judgedBy(h).at(oldStamp)
	s.add("sha1-form-stamped", "adbe.pkcs7.sha1, with a time-stamp from when SHA-1 counted", signed(digested(h.stamped(oldStamp)))).
		judgedBy(h).existed("#signature-1", oldStamp)
	s.add("sha1-form-other", "adbe.pkcs7.sha1: the digest in the signature is not that of the document", signed(digested(h.container()).with(func(s *signature) {
		value := s.value
		s.value = func(b []byte) []byte { return value(append(bytes.Clone(b), ' ')) }
	}))).judgedBy(h).at(oldStamp).refused("#signature-1", "range-digest", "pdf.digest-mismatch")
	s.add("sha1-form-detached", "adbe.pkcs7.sha1 in which no digest of the document is", signed(cades(h.container()).with(func(s *signature) {
		s.subFilter = "adbe.pkcs7.sha1"
	}))).judgedBy(h).at(oldStamp).refused("#signature-1", "", "pdf.no-encapsulated-content")
	s.add("raw-form", "adbe.x509.rsa_sha1: sound, and SHA-1 is too weak by now", signed(bare(rsaSigner(), world.issuing))).
		refused("#signature-1", "signature-algorithm", "pdf.weak-signature")
	raw := signed(bare(h.signer))
	s.add("raw-form-then", "adbe.x509.rsa_sha1, judged when SHA-1 counted", raw).judgedBy(h).at(oldStamp)
	s.add("raw-form-other", "adbe.x509.rsa_sha1: one signed letter was replaced", raw).judgedBy(h).at(oldStamp).
		edited(replacing("This is agreed.", "This is agreeb.")).refused("#signature-1", "message-digest", "pdf.message-digest-mismatch")
	d := signed(bare(h.signer))
	d.sign(stampingBy(h.token(), oldStamp))
	s.add("raw-form-stamped", "adbe.x509.rsa_sha1, under a document time-stamp from when SHA-1 counted", d.end()).
		judgedBy(h).existed("#signature-1", oldStamp).existed("#timestamp-1", oldStamp).whole(oldStamp)
	s.add("raw-form-no-value", "adbe.x509.rsa_sha1 whose Contents are no OCTET STRING", signed(bare(h.signer).with(func(s *signature) {
		value := s.value
		s.value = func(b []byte) []byte { return ca.Retag(0x03, value(b)) }
	}))).judgedBy(h).at(oldStamp).refused("#signature-1", "", "pdf.signature-value")
	s.add("raw-form-no-certificate", "adbe.x509.rsa_sha1 without the certificates", signed(bare(h.signer).with(func(s *signature) { s.more = "" }))).
		judgedBy(h).at(oldStamp).refused("#signature-1", "signer-certificate", "pdf.signer-missing")
	s.add("sub-filter", "the SubFilter is one that nobody has defined", signed(cades(container{}).with(func(s *signature) { s.subFilter = "Example.Own" }))).
		refused("#signature-1", "sub-filter", "pdf.sub-filter")
	stamp := stamping(archiveTime)
	stamp.subFilter = detached
	s.add("sub-filter-stamp", "a document time-stamp that claims the SubFilter of a signature", signed(stamp)).
		nodes("#timestamp-1").refused("#timestamp-1", "", "pdf.timestamp-sub-filter")
	s.add("stamp-signature", "a signature whose Type is that of a document time-stamp", signed(plain(container{}).with(func(s *signature) {
		s.typ = "DocTimeStamp"
	}))).nodes("#timestamp-1").refused("#timestamp-1", "", "tsp.content-type")
	s.add("stamp-type", "a document time-stamp whose Type is that of a signature", signed(stamping(archiveTime).with(func(s *signature) { s.typ = "Sig" }))).
		existed("#timestamp-1", archiveTime).whole(archiveTime).warns("pdf.timestamp-type")
}
