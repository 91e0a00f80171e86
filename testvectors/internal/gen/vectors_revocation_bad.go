package main

// crlScopes: CRLs that say "not revoked", but not about this certificate, not now, or not validly.
// They count as missing, which only etsi minds.
func (s *suite) crlScopes() {
	missing := func(id, comment string, e evidence, m material) *vector {
		return s.add(id, comment, e).etsi(s.rootCRL, m).refused("tsp.revocation-missing")
	}
	made := func(label string, exts ...extension) material {
		return s.issuing.crl(crlSpec{label: label, exts: exts})
	}
	missing("crl-only-cas", "the CRL is about CA certificates alone", s.plain(), made("issuing-only-cas", issuingPoint(onlyCACerts())))
	missing("crl-only-attributes", "the CRL is about attribute certificates alone", s.plain(),
		made("issuing-only-attributes", issuingPoint(onlyAttributeCerts())))
	missing("crl-some-reasons", "the CRL is about some reasons alone", s.plain(),
		made("issuing-some-reasons", issuingPoint(onlySomeReasons(keyCompromise))))
	missing("crl-other-point", "the CRL is the one of another distribution point", s.pointedToken(),
		made("issuing-other-point", issuingPoint(atPoint("http://ca.example/other.crl"))))
	missing("crl-unknown-critical", "the CRL has an unknown critical extension", s.plain(),
		made("issuing-unknown-critical", unknownExtension(true)))
	missing("crl-stale", "the CRL is older than the token", s.plain(),
		s.issuing.crl(crlSpec{label: "issuing-stale", thisUpdate: "2025-02-28"}))
	missing("crl-other-key", "the CRL is signed with another key", s.plain(),
		s.issuing.crl(crlSpec{label: "issuing-other-key", key: p256("stranger")}))
	stranger := s.root.ca("issuing-other")
	missing("crl-other-issuer", "the CRL is by another CA", s.plain(), stranger.crl(crlSpec{label: "other-good"}))
	s.crlIssuerRules()
}

func (s *suite) crlIssuerRules() {
	silent := s.root.ca("ca-no-crl-sign", with(keyUsage(keyCertSign)))
	e := s.token(by(silent.tsa("tsa-no-crl-sign"), silent))
	s.add("crl-issuer-usage", "the issuer's key usage does not allow it to sign CRLs", e).
		etsi(s.rootCRL, silent.crl(crlSpec{label: "no-crl-sign"})).refused("tsp.revocation-missing")
	only := s.root.crl(crlSpec{label: "root-only-users", exts: extensions{issuingPoint(onlyUserCerts())}})
	s.add("crl-only-users", "the CRL for the CA certificate is about end certificates alone", s.plain()).
		etsi(s.issuingCRL, only).refused("tsp.revocation-missing").byCheck("path-revocation")
	stale := s.root.crl(crlSpec{label: "root-stale", thisUpdate: "2025-02-28"})
	s.add("crl-stale-issuer", "the CRL for the CA certificate is older than the token", s.plain()).
		etsi(s.issuingCRL, stale).refused("tsp.revocation-missing").byCheck("path-revocation")
	s.add("crl-unauthorised-revokes", "a CRL signed with another key revokes nothing", s.plain()).revocation(s.issuing.crl(crlSpec{
		label: "issuing-other-key-revoked", key: p256("stranger"), entries: []revokedEntry{{of: s.tsa, at: beforeToken, reason: keyCompromise}},
	}))
	s.add("crl-other-revoked", "the CRL revokes another certificate", s.plain()).
		etsi(s.rootCRL, s.issuing.revoking("issuing-other-revoked", revokedEntry{of: s.oldTSA, at: beforeToken, reason: keyCompromise}))
}

// ocspDefects: responses that do not count.
func (s *suite) ocspDefects() {
	missing := func(id, comment string, spec ocspSpec) {
		spec.label = "tsa-" + id
		if spec.of == nil {
			spec.of = s.tsa
		}
		spec.issuer = s.issuing
		s.add(id, comment, s.plain()).etsi(s.rootCRL, ocsp(spec)).refused("tsp.revocation-missing")
	}
	missing("ocsp-foreign-responder", "a responder that another authority appointed",
		ocspSpec{responder: s.responder(s.root, "responder-foreign")})
	missing("ocsp-self-appointed", "a responder that appointed itself",
		ocspSpec{responder: selfSigned(certSpec{
			label: "responder-self", from: "2024-01-01", to: "2028-01-01",
			exts: extensions{keyUsage(digitalSignature), extKeyUsage(false, oidOCSPSign)},
		})})
	missing("ocsp-responder-usage", "a responder without the purpose of signing OCSP responses",
		ocspSpec{responder: s.responder(s.issuing, "responder-usage", keyUsage(digitalSignature), extKeyUsage(false, oidCodeSign))})
	missing("ocsp-signer-answers", "the time-stamping key answers for itself", ocspSpec{responder: s.tsa})
	missing("ocsp-other-serial", "the response is about another certificate", ocspSpec{of: s.issuing.tsa("tsa-other")})
	missing("ocsp-unknown", "the responder does not know the certificate", ocspSpec{status: ocspUnknown()})
	missing("ocsp-stale", "the response is older than the token", ocspSpec{thisUpdate: "2025-02-28"})
	spoiled := ocsp(ocspSpec{label: "tsa-ocsp-flipped", of: s.tsa, issuer: s.issuing})
	spoiled.data[len(spoiled.data)-1] ^= 1
	s.add("ocsp-flipped", "one bit of the response's signature differs", s.plain()).
		etsi(s.rootCRL, spoiled).refused("tsp.revocation-missing")
	forged := ocsp(ocspSpec{
		label: "tsa-ocsp-forged", of: s.tsa, issuer: s.issuing,
		responder: s.responder(s.root, "responder-foreign"), status: ocspRevoked(beforeToken, keyCompromise),
	})
	s.add("ocsp-unauthorised-revokes", "a responder that nobody appointed revokes nothing", s.plain()).revocation(forged)
}
