package main

// holds: a certificate on hold may come back; its line then leaves the list.
func (s *suite) holds() {
	const since = "2025-02-15T00:00:00Z"
	held := s.issuing.crl(crlSpec{
		label: "issuing-held", thisUpdate: "2025-02-20", later: -2,
		entries: []revokedEntry{{of: s.tsa, at: since, reason: certificateHold}},
	})
	released := s.issuing.crl(crlSpec{label: "issuing-released", thisUpdate: "2025-02-25", later: -1})
	s.add("hold-released", "on hold before genTime, released before or after it: nobody can say", s.plain()).
		etsi(s.rootCRL, held, s.issuingCRL).refused("tsp.revoked-no-poe")
	s.add("hold-released-before", "on hold before genTime, and released before it by a list of its own", s.plain()).
		etsi(s.rootCRL, held, released, s.issuingCRL)
	during := s.issuing.crl(crlSpec{
		label: "issuing-held-during", thisUpdate: "2025-03-15", later: -1,
		entries: []revokedEntry{{of: s.tsa, at: since, reason: certificateHold}},
	})
	s.add("hold-during", "on hold before genTime and still after it; a later release changes nothing", s.plain()).
		etsi(s.rootCRL, during, s.issuingCRL).refused("tsp.revoked")
}

// weakRevocation: lists whose own signature nobody may trust.
func (s *suite) weakRevocation() {
	ca := s.root.ca("ca-rsa-3072", holding(s.rsa(3072)))
	e := s.token(by(ca.tsa("path-rsa-tsa"), ca))
	e.name = "path-rsa.tst"
	for _, h := range []hashAlg{hashMD5, hashSHA1} {
		good := ca.crl(crlSpec{label: "ca-rsa-3072-" + h.name, alg: rsaWith(h)})
		s.add("crl-"+h.name, "the CRL is signed with "+h.name+": it may be forged", e).
			etsi(s.rootCRL, good).refused("tsp.revocation-missing")
	}
	sha1 := s.issuing.crl(crlSpec{
		label: "issuing-revoked-sha1", alg: ecdsaWith(hashSHA1),
		entries: []revokedEntry{{of: s.tsa, at: beforeToken, reason: keyCompromise}},
	})
	s.add("revoked-crl-sha1", "a CRL that is signed with SHA-1 revokes: it may be forged, or true", s.plain()).
		revocation(sha1).refused("tsp.weak-revocation")
}

// anchoredRevocation: trust in a certificate does not outlive its revocation.
func (s *suite) anchoredRevocation() {
	s.add("revoked-anchored-signer", "signer and root are anchors, and the issuer revoked the signer", s.plain()).
		anchors(s.tsa, s.root).etsi(s.rootCRL, s.revokedCRL(beforeToken, keyCompromise)).refused("tsp.revoked")
	revoked := s.root.revoking("root-revoked-2025-02-01-key-compromise",
		revokedEntry{of: s.issuing, at: beforeToken, reason: keyCompromise})
	s.add("ca-revoked-anchored", "issuer and root are anchors, and the root revoked the issuer", s.plain()).
		anchors(s.issuing, s.root).etsi(s.issuingCRL, revoked).refused("tsp.ca-revoked")
}

// ownCRL: the signer cannot vouch for itself. OpenSSL knows no signer that signs CRLs too.
func (s *suite) ownCRL() {
	lists := with(keyUsage(digitalSignature, cRLSign))
	tsa := s.issuing.tsa("tsa-lists", lists)
	s.add("crl-by-signer", "the CRL bears the issuer's name and is signed with the signer's key, which may sign CRLs",
		s.token(by(tsa, s.issuing))).
		etsi(s.rootCRL, s.issuing.crl(crlSpec{label: "issuing-by-signer", key: tsa.key})).
		refused("tsp.revocation-missing").openssl("refuse")
	namesake := s.issuing.tsa("tsa-lists-namesake", lists, named("issuing"))
	own := namesake.crl(crlSpec{label: "namesake-own"})
	s.add("crl-by-signer-namesake", "the same, and the signer bears the issuer's name as well",
		s.token(by(namesake, s.issuing))).etsi(s.rootCRL, own).refused("tsp.revocation-missing").openssl("refuse")
}
