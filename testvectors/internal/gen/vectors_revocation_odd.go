package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// holds: a certificate on hold may come back; its line then leaves the list.
func (s *suite) holds() {
	const since = "2025-02-15T00:00:00Z"
	held := s.issuing.CRL(ca.CRLSpec{
		Label: "issuing-held", ThisUpdate: "2025-02-20", Later: -2,
		Entries: []ca.RevokedEntry{{Of: s.tsa, At: since, Reason: ca.CertificateHold}},
	})
	released := s.issuing.CRL(ca.CRLSpec{Label: "issuing-released", ThisUpdate: "2025-02-25", Later: -1})
	s.add("hold-released", "on hold before genTime, released before or after it: nobody can say", s.plain()).
		etsi(s.rootCRL, held, s.issuingCRL).refused("tsp.revoked-no-poe")
	s.add("hold-released-before", "on hold before genTime, and released before it by a list of its own", s.plain()).
		etsi(s.rootCRL, held, released, s.issuingCRL)
	during := s.issuing.CRL(ca.CRLSpec{
		Label: "issuing-held-during", ThisUpdate: "2025-03-15", Later: -1,
		Entries: []ca.RevokedEntry{{Of: s.tsa, At: since, Reason: ca.CertificateHold}},
	})
	s.add("hold-during", "on hold before genTime and still after it; a later release changes nothing", s.plain()).
		etsi(s.rootCRL, during, s.issuingCRL).refused("tsp.revoked")
}

// weakRevocation: lists whose own signature nobody may trust.
func (s *suite) weakRevocation() {
	issuer := s.root.CA("ca-rsa-3072", ca.Holding(s.rsa(3072)))
	e := s.token(by(issuer.TSA("path-rsa-tsa"), issuer))
	e.name = "path-rsa.tst"
	for _, h := range []ca.HashAlg{ca.HashMD5, ca.HashSHA1} {
		good := issuer.CRL(ca.CRLSpec{Label: "ca-rsa-3072-" + h.Name, Alg: ca.RSAWith(h)})
		s.add("crl-"+h.Name, "the CRL is signed with "+h.Name+": it may be forged", e).
			etsi(s.rootCRL, good).refused("tsp.revocation-missing")
	}
	sha1 := s.issuing.CRL(ca.CRLSpec{
		Label: "issuing-revoked-sha1", Alg: ca.EcdsaWith(ca.HashSHA1),
		Entries: []ca.RevokedEntry{{Of: s.tsa, At: beforeToken, Reason: ca.KeyCompromise}},
	})
	s.add("revoked-crl-sha1", "a CRL that is signed with SHA-1 revokes: it may be forged, or true", s.plain()).
		revocation(sha1).refused("tsp.weak-revocation")
}

// anchoredRevocation: trust in a certificate does not outlive its revocation.
func (s *suite) anchoredRevocation() {
	s.add("revoked-anchored-signer", "signer and root are anchors, and the issuer revoked the signer", s.plain()).
		anchors(s.tsa, s.root).etsi(s.rootCRL, s.revokedCRL(beforeToken, ca.KeyCompromise)).refused("tsp.revoked")
	revoked := s.root.Revoking("root-revoked-2025-02-01-key-compromise",
		ca.RevokedEntry{Of: s.issuing, At: beforeToken, Reason: ca.KeyCompromise})
	s.add("ca-revoked-anchored", "issuer and root are anchors, and the root revoked the issuer", s.plain()).
		anchors(s.issuing, s.root).etsi(s.issuingCRL, revoked).refused("tsp.ca-revoked")
}

// ownCRL: the signer cannot vouch for itself. OpenSSL knows no signer that signs CRLs too.
func (s *suite) ownCRL() {
	lists := ca.With(ca.KeyUsage(ca.DigitalSignature, ca.CRLSign))
	tsa := s.issuing.TSA("tsa-lists", lists)
	s.add("crl-by-signer", "the CRL bears the issuer's name and is signed with the signer's key, which may sign CRLs",
		s.token(by(tsa, s.issuing))).
		etsi(s.rootCRL, s.issuing.CRL(ca.CRLSpec{Label: "issuing-by-signer", Key: tsa.Key})).
		refused("tsp.revocation-missing").openssl("refuse")
	namesake := s.issuing.TSA("tsa-lists-namesake", lists, ca.Named("issuing"))
	own := namesake.CRL(ca.CRLSpec{Label: "namesake-own"})
	s.add("crl-by-signer-namesake", "the same, and the signer bears the issuer's name as well",
		s.token(by(namesake, s.issuing))).etsi(s.rootCRL, own).refused("tsp.revocation-missing").openssl("refuse")
}
