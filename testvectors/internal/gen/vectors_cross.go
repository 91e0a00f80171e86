package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// crossCertificates: the issuing authority is also certified by a second anchored root. One way
// that holds is enough. OpenSSL looks at the first one alone.
func (s *suite) crossCertificates() {
	second := ca.NewRoot("root-second", "2020-01-01", "2040-01-01")
	cross := second.CA("issuing-cross", ca.Named("issuing"), ca.Holding(s.issuing.Key))
	e := s.token(by(s.tsa, cross, s.issuing))
	e.name = "cross.tst"
	listed := s.token(by(s.tsa, cross, s.issuing), withAttr(ca.ESSV2(s.tsa, s.issuing)))
	s.add("cross-ess", "the signed attributes name the path; a cross certificate comes first", listed).anchors(s.root, second).openssl("refuse")
	revoked := second.Revoking("second-revoked-cross", ca.RevokedEntry{Of: cross, At: beforeToken, Reason: ca.KeyCompromise})
	s.add("cross-revoked", "the cross certificate that comes first is revoked", e).anchors(s.root, second).revocation(revoked)
	sha1 := second.CA("issuing-cross-sha1", ca.Named("issuing"), ca.Holding(s.issuing.Key), ca.SignedBy(ca.EcdsaWith(ca.HashSHA1)))
	s.add("cross-sha1", "the cross certificate that comes first is signed with SHA-1", s.token(by(s.tsa, sha1, s.issuing))).
		anchors(s.root, second)
}
