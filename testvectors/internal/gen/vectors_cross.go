package main

// crossCertificates: the issuing authority is also certified by a second anchored root. One way
// that holds is enough. OpenSSL looks at the first one alone.
func (s *suite) crossCertificates() {
	second := newRoot("root-second", "2020-01-01", "2040-01-01")
	cross := second.ca("issuing-cross", named("issuing"), holding(s.issuing.key))
	e := s.token(by(s.tsa, cross, s.issuing))
	e.name = "cross.tst"
	listed := s.token(by(s.tsa, cross, s.issuing), withAttr(essV2(s.tsa, s.issuing)))
	s.add("cross-ess", "the signed attributes name the path; a cross certificate comes first", listed).anchors(s.root, second).openssl("refuse")
	revoked := second.revoking("second-revoked-cross", revokedEntry{of: cross, at: beforeToken, reason: keyCompromise})
	s.add("cross-revoked", "the cross certificate that comes first is revoked", e).anchors(s.root, second).revocation(revoked)
	sha1 := second.ca("issuing-cross-sha1", named("issuing"), holding(s.issuing.key), signedBy(ecdsaWith(hashSHA1)))
	s.add("cross-sha1", "the cross certificate that comes first is signed with SHA-1", s.token(by(s.tsa, sha1, s.issuing))).
		anchors(s.root, second)
}
