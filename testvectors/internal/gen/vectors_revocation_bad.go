package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// crlScopes: CRLs that say "not revoked", but not about this certificate, not now, or not validly.
// They count as missing, which only etsi minds.
func (s *suite) crlScopes() {
	missing := func(id, comment string, e evidence, m ca.Material) *vector {
		return s.add(id, comment, e).etsi(s.rootCRL, m).refused("tsp.revocation-missing")
	}
	made := func(label string, exts ...ca.Extension) ca.Material {
		return s.issuing.CRL(ca.CRLSpec{Label: label, Exts: exts})
	}
	missing("crl-only-cas", "the CRL is about CA certificates alone", s.plain(), made("issuing-only-cas", ca.IssuingPoint(ca.OnlyCACerts())))
	missing("crl-only-attributes", "the CRL is about attribute certificates alone", s.plain(),
		made("issuing-only-attributes", ca.IssuingPoint(ca.OnlyAttributeCerts())))
	missing("crl-some-reasons", "the CRL is about some reasons alone", s.plain(),
		made("issuing-some-reasons", ca.IssuingPoint(ca.OnlySomeReasons(ca.KeyCompromise))))
	missing("crl-other-point", "the CRL is the one of another distribution point", s.pointedToken(),
		made("issuing-other-point", ca.IssuingPoint(ca.AtPoint("http://ca.example/other.crl"))))
	missing("crl-unknown-critical", "the CRL has an unknown critical extension", s.plain(),
		made("issuing-unknown-critical", ca.UnknownExtension(true)))
	missing("crl-stale", "the CRL is older than the token", s.plain(),
		s.issuing.CRL(ca.CRLSpec{Label: "issuing-stale", ThisUpdate: "2025-02-28"}))
	missing("crl-other-key", "the CRL is signed with another key", s.plain(),
		s.issuing.CRL(ca.CRLSpec{Label: "issuing-other-key", Key: ca.P256("stranger")}))
	stranger := s.root.CA("issuing-other")
	missing("crl-other-issuer", "the CRL is by another CA", s.plain(), stranger.CRL(ca.CRLSpec{Label: "other-good"}))
	s.crlIssuerRules()
}

func (s *suite) crlIssuerRules() {
	silent := s.root.CA("ca-no-crl-sign", ca.With(ca.KeyUsage(ca.KeyCertSign)))
	e := s.token(by(silent.TSA("tsa-no-crl-sign"), silent))
	s.add("crl-issuer-usage", "the issuer's key usage does not allow it to sign CRLs", e).
		etsi(s.rootCRL, silent.CRL(ca.CRLSpec{Label: "no-crl-sign"})).refused("tsp.revocation-missing")
	only := s.root.CRL(ca.CRLSpec{Label: "root-only-users", Exts: ca.Extensions{ca.IssuingPoint(ca.OnlyUserCerts())}})
	s.add("crl-only-users", "the CRL for the CA certificate is about end certificates alone", s.plain()).
		etsi(s.issuingCRL, only).refused("tsp.revocation-missing").byCheck("path-revocation")
	stale := s.root.CRL(ca.CRLSpec{Label: "root-stale", ThisUpdate: "2025-02-28"})
	s.add("crl-stale-issuer", "the CRL for the CA certificate is older than the token", s.plain()).
		etsi(s.issuingCRL, stale).refused("tsp.revocation-missing").byCheck("path-revocation")
	s.add("crl-unauthorised-revokes", "a CRL signed with another key revokes nothing", s.plain()).revocation(s.issuing.CRL(ca.CRLSpec{
		Label: "issuing-other-key-revoked", Key: ca.P256("stranger"), Entries: []ca.RevokedEntry{{Of: s.tsa, At: beforeToken, Reason: ca.KeyCompromise}},
	}))
	s.add("crl-other-revoked", "the CRL revokes another certificate", s.plain()).
		etsi(s.rootCRL, s.issuing.Revoking("issuing-other-revoked", ca.RevokedEntry{Of: s.oldTSA, At: beforeToken, Reason: ca.KeyCompromise}))
}

// ocspDefects: responses that do not count.
func (s *suite) ocspDefects() {
	missing := func(id, comment string, spec ca.OCSPSpec) {
		spec.Label = "tsa-" + id
		if spec.Of == nil {
			spec.Of = s.tsa
		}
		spec.Issuer = s.issuing
		s.add(id, comment, s.plain()).etsi(s.rootCRL, ca.OCSP(spec)).refused("tsp.revocation-missing")
	}
	missing("ocsp-foreign-responder", "a responder that another authority appointed",
		ca.OCSPSpec{Responder: s.responder(s.root, "responder-foreign")})
	missing("ocsp-self-appointed", "a responder that appointed itself",
		ca.OCSPSpec{Responder: ca.SelfSigned(ca.CertSpec{
			Label: "responder-self", From: "2024-01-01", To: "2028-01-01",
			Exts: ca.Extensions{ca.KeyUsage(ca.DigitalSignature), ca.ExtKeyUsage(false, ca.OIDOCSPSign)},
		})})
	missing("ocsp-responder-usage", "a responder without the purpose of signing OCSP responses",
		ca.OCSPSpec{Responder: s.responder(s.issuing, "responder-usage", ca.KeyUsage(ca.DigitalSignature), ca.ExtKeyUsage(false, ca.OIDCodeSign))})
	missing("ocsp-signer-answers", "the time-stamping key answers for itself", ca.OCSPSpec{Responder: s.tsa})
	missing("ocsp-other-serial", "the response is about another certificate", ca.OCSPSpec{Of: s.issuing.TSA("tsa-other")})
	missing("ocsp-unknown", "the responder does not know the certificate", ca.OCSPSpec{Status: ca.OCSPUnknown()})
	missing("ocsp-stale", "the response is older than the token", ca.OCSPSpec{ThisUpdate: "2025-02-28"})
	spoiled := ca.OCSP(ca.OCSPSpec{Label: "tsa-ocsp-flipped", Of: s.tsa, Issuer: s.issuing})
	spoiled.Data[len(spoiled.Data)-1] ^= 1
	s.add("ocsp-flipped", "one bit of the response's signature differs", s.plain()).
		etsi(s.rootCRL, spoiled).refused("tsp.revocation-missing")
	forged := ca.OCSP(ca.OCSPSpec{
		Label: "tsa-ocsp-forged", Of: s.tsa, Issuer: s.issuing,
		Responder: s.responder(s.root, "responder-foreign"), Status: ca.OCSPRevoked(beforeToken, ca.KeyCompromise),
	})
	s.add("ocsp-unauthorised-revokes", "a responder that nobody appointed revokes nothing", s.plain()).revocation(forged)
}
