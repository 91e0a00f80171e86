package main

// goodRevocation: the forms and places in which good revocation data may come.
func (s *suite) goodRevocation() {
	s.add("etsi-crl", "complete CRLs for signer and issuer", s.plain()).etsi(s.rootCRL, s.issuingCRL)
	ofTSA := ocspSpec{label: "tsa-good", of: s.tsa, issuer: s.issuing}
	ofIssuer := ocspSpec{label: "issuing-good", of: s.issuing, issuer: s.root}
	s.add("etsi-ocsp", "OCSP responses by the issuers themselves", s.plain()).etsi(ocsp(ofTSA), ocsp(ofIssuer))
	delegated := ofTSA
	delegated.label, delegated.responder = "tsa-delegated", s.responder(s.issuing, "responder")
	s.add("etsi-ocsp-delegated", "an OCSP response by a responder that the issuer appointed", s.plain()).
		etsi(s.rootCRL, ocsp(delegated))
	late := s.issuing.crl(crlSpec{label: "issuing-after-at", thisUpdate: "2026-08-01"})
	s.add("etsi-crl-after-at", "a CRL younger than the validation time still counts", s.plain()).etsi(s.rootCRL, late)
	s.embeddedRevocation(ofTSA)
	s.scopedCRLs()
	s.indirectCRLs()
	s.deltaCRLs()
	s.add("etsi-nothing", "no revocation data at all", s.plain()).etsi().refused("tsp.revocation-missing").alsoOthers()
	s.add("etsi-signer-missing", "data for the issuer alone", s.plain()).etsi(s.rootCRL).refused("tsp.revocation-missing")
	s.add("etsi-issuer-missing", "data for the signer alone", s.plain()).etsi(s.issuingCRL).
		refused("tsp.revocation-missing").byCheck("path-revocation")
}

func (s *suite) responder(ca *cert, label string, exts ...extension) *cert {
	if exts == nil {
		exts = extensions{keyUsage(digitalSignature), extKeyUsage(false, oidOCSPSign), {oidOCSPNoCheck, false, null()}}
	}
	return ca.service(label, exts...)
}

// embeddedRevocation: data that travel in the token, outside its signature.
func (s *suite) embeddedRevocation(ofTSA ocspSpec) {
	crls := s.token(editSigned(func(d *signedData) { d.crls = [][]byte{s.rootCRL.data, s.issuingCRL.data} }))
	s.add("etsi-crl-embedded", "both CRLs are in the token", crls).etsi()
	other := retag(0xa1, seq(oid(oidOCSPInCMS), ocsp(ofTSA).data))
	s.add("etsi-ocsp-embedded", "the OCSP response is in the token (RFC 5940)", s.token(editSigned(func(d *signedData) {
		d.version, d.crls = 5, [][]byte{other}
	}))).etsi(s.rootCRL).openssl("")
	values := seq(ctx(0, seq(s.rootCRL.data)), ctx(1, seq(basicOCSP(ofTSA))))
	s.add("etsi-revocation-values", "CRL and OCSP response in the unsigned attribute revocation-values", s.token(editInfo(func(i *signerInfo) {
		i.unsigned = attributes{one(oidRevocationValues, values)}
	}))).etsi()
}

func (s *suite) scopedCRLs() {
	users := s.issuing.crl(crlSpec{label: "issuing-users", exts: extensions{issuingPoint(onlyUserCerts())}})
	cas := s.root.crl(crlSpec{label: "root-cas", exts: extensions{issuingPoint(onlyCACerts())}})
	s.add("etsi-crl-scopes", "a CRL for end certificates and one for CA certificates", s.plain()).etsi(cas, users)
	pointed := s.pointedToken()
	here := s.issuing.crl(crlSpec{label: "issuing-point", exts: extensions{issuingPoint(atPoint(crlPlace))}})
	s.add("etsi-crl-point", "the CRL is the one that the certificate points at", pointed).etsi(s.rootCRL, here)
}

const crlPlace = "http://ca.example/issuing.crl"

// pointedToken is by an authority whose certificate names the place of its CRL.
func (s *suite) pointedToken() evidence {
	e := s.token(by(s.issuing.tsa("tsa-pointed", with(crlPoint(crlPlace, nil))), s.issuing))
	e.name = "pointed.tst"
	return e
}

// indirectCRLs: another authority keeps the list, and each line names the issuer it is about.
func (s *suite) indirectCRLs() {
	keeper := s.root.service("crl-keeper", keyUsage(cRLSign))
	tsa := s.issuing.tsa("tsa-indirect", with(crlPoint(crlPlace, keeper.name)))
	e := s.token(by(tsa, s.issuing))
	e.name = "indirect.tst"
	listing := func(label string, entry revokedEntry) material {
		return keeper.crl(crlSpec{label: label, entries: []revokedEntry{entry}, exts: extensions{issuingPoint(atPoint(crlPlace), indirectCRL())}})
	}
	namesake := listing("keeper-good", revokedEntry{of: tsa, at: beforeToken, reason: keyCompromise, issuer: s.oldRoot.name})
	s.add("etsi-crl-indirect", "an indirect CRL that lists our serial number for another issuer", e).
		intermediates(keeper).etsi(s.rootCRL, namesake)
	ours := listing("keeper-revoked", revokedEntry{of: tsa, at: beforeToken, reason: keyCompromise, issuer: s.issuing.name})
	s.add("revoked-crl-indirect", "an indirect CRL that revokes the signer", e).
		intermediates(keeper).revocation(ours).refused("tsp.revoked")
}

// deltaCRLs change a complete list; alone they say nothing about what they do not mention.
func (s *suite) deltaCRLs() {
	base := s.issuing.crl(crlSpec{label: "issuing-base", thisUpdate: "2025-02-01"})
	delta := s.issuing.crl(crlSpec{label: "issuing-delta", exts: extensions{deltaIndicator(7)}, later: 1})
	s.add("etsi-crl-delta", "a list older than the token, and a delta that brings it up to date", s.plain()).
		etsi(s.rootCRL, base, delta)
	s.add("crl-delta-alone", "a delta without its base", s.plain()).etsi(s.rootCRL, delta).refused("tsp.revocation-missing")
	revoking := s.issuing.crl(crlSpec{
		label: "issuing-delta-revoked", exts: extensions{deltaIndicator(7)}, later: 1,
		entries: []revokedEntry{{of: s.tsa, at: beforeToken, reason: keyCompromise}},
	})
	s.add("revoked-crl-delta", "the base knows nothing yet, the delta revokes", s.plain()).
		revocation(base, revoking).refused("tsp.revoked")
}
