package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// goodRevocation: the forms and places in which good revocation data may come.
func (s *suite) goodRevocation() {
	s.add("etsi-crl", "complete CRLs for signer and issuer", s.plain()).etsi(s.rootCRL, s.issuingCRL)
	ofTSA := ca.OCSPSpec{Label: "tsa-good", Of: s.tsa, Issuer: s.issuing}
	ofIssuer := ca.OCSPSpec{Label: "issuing-good", Of: s.issuing, Issuer: s.root}
	s.add("etsi-ocsp", "OCSP responses by the issuers themselves", s.plain()).etsi(ca.OCSP(ofTSA), ca.OCSP(ofIssuer))
	delegated := ofTSA
	delegated.Label, delegated.Responder = "tsa-delegated", s.responder(s.issuing, "responder")
	s.add("etsi-ocsp-delegated", "an OCSP response by a responder that the issuer appointed", s.plain()).
		etsi(s.rootCRL, ca.OCSP(delegated))
	late := s.issuing.CRL(ca.CRLSpec{Label: "issuing-after-at", ThisUpdate: "2026-08-01"})
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

func (s *suite) responder(issuer *ca.Cert, label string, exts ...ca.Extension) *ca.Cert {
	if exts == nil {
		exts = ca.Extensions{ca.KeyUsage(ca.DigitalSignature), ca.ExtKeyUsage(false, ca.OIDOCSPSign), {OID: ca.OIDOCSPNoCheck, Value: ca.Null()}}
	}
	return issuer.Service(label, exts...)
}

// embeddedRevocation: data that travel in the token, outside its signature.
func (s *suite) embeddedRevocation(ofTSA ca.OCSPSpec) {
	crls := s.token(editSigned(func(d *ca.SignedData) { d.Crls = [][]byte{s.rootCRL.Data, s.issuingCRL.Data} }))
	s.add("etsi-crl-embedded", "both CRLs are in the token", crls).etsi()
	other := ca.Retag(0xa1, ca.Seq(ca.OID(ca.OIDOCSPInCMS), ca.OCSP(ofTSA).Data))
	s.add("etsi-ocsp-embedded", "the OCSP response is in the token (RFC 5940)", s.token(editSigned(func(d *ca.SignedData) {
		d.Version, d.Crls = 5, [][]byte{other}
	}))).etsi(s.rootCRL).openssl("")
	values := ca.Seq(ca.Ctx(0, ca.Seq(s.rootCRL.Data)), ca.Ctx(1, ca.Seq(ca.BasicOCSP(ofTSA))))
	s.add("etsi-revocation-values", "CRL and OCSP response in the unsigned attribute revocation-values", s.token(editInfo(func(i *ca.SignerInfo) {
		i.Unsigned = ca.Attributes{ca.One(ca.OIDRevocationValues, values)}
	}))).etsi()
}

func (s *suite) scopedCRLs() {
	users := s.issuing.CRL(ca.CRLSpec{Label: "issuing-users", Exts: ca.Extensions{ca.IssuingPoint(ca.OnlyUserCerts())}})
	cas := s.root.CRL(ca.CRLSpec{Label: "root-cas", Exts: ca.Extensions{ca.IssuingPoint(ca.OnlyCACerts())}})
	s.add("etsi-crl-scopes", "a CRL for end certificates and one for CA certificates", s.plain()).etsi(cas, users)
	pointed := s.pointedToken()
	here := s.issuing.CRL(ca.CRLSpec{Label: "issuing-point", Exts: ca.Extensions{ca.IssuingPoint(ca.AtPoint(crlPlace))}})
	s.add("etsi-crl-point", "the CRL is the one that the certificate points at", pointed).etsi(s.rootCRL, here)
}

const crlPlace = "http://ca.example/issuing.crl"

// pointedToken is by an authority whose certificate names the place of its CRL.
func (s *suite) pointedToken() evidence {
	e := s.token(by(s.issuing.TSA("tsa-pointed", ca.With(ca.CRLPoint(crlPlace, nil))), s.issuing))
	e.name = "pointed.tst"
	return e
}

// indirectCRLs: another authority keeps the list, and each line names the issuer it is about.
func (s *suite) indirectCRLs() {
	keeper := s.root.Service("crl-keeper", ca.KeyUsage(ca.CRLSign))
	tsa := s.issuing.TSA("tsa-indirect", ca.With(ca.CRLPoint(crlPlace, keeper.Name)))
	e := s.token(by(tsa, s.issuing))
	e.name = "indirect.tst"
	listing := func(label string, entry ca.RevokedEntry) ca.Material {
		return keeper.CRL(ca.CRLSpec{Label: label, Entries: []ca.RevokedEntry{entry}, Exts: ca.Extensions{ca.IssuingPoint(ca.AtPoint(crlPlace), ca.IndirectCRL())}})
	}
	namesake := listing("keeper-good", ca.RevokedEntry{Of: tsa, At: beforeToken, Reason: ca.KeyCompromise, Issuer: s.oldRoot.Name})
	s.add("etsi-crl-indirect", "an indirect CRL that lists our serial number for another issuer", e).
		intermediates(keeper).etsi(s.rootCRL, namesake)
	ours := listing("keeper-revoked", ca.RevokedEntry{Of: tsa, At: beforeToken, Reason: ca.KeyCompromise, Issuer: s.issuing.Name})
	s.add("revoked-crl-indirect", "an indirect CRL that revokes the signer", e).
		intermediates(keeper).revocation(ours).refused("tsp.revoked")
}

// deltaCRLs change a complete list; alone they say nothing about what they do not mention.
func (s *suite) deltaCRLs() {
	base := s.issuing.CRL(ca.CRLSpec{Label: "issuing-base", ThisUpdate: "2025-02-01"})
	delta := s.issuing.CRL(ca.CRLSpec{Label: "issuing-delta", Exts: ca.Extensions{ca.DeltaIndicator(7)}, Later: 1})
	s.add("etsi-crl-delta", "a list older than the token, and a delta that brings it up to date", s.plain()).
		etsi(s.rootCRL, base, delta)
	s.add("crl-delta-alone", "a delta without its base", s.plain()).etsi(s.rootCRL, delta).refused("tsp.revocation-missing")
	revoking := s.issuing.CRL(ca.CRLSpec{
		Label: "issuing-delta-revoked", Exts: ca.Extensions{ca.DeltaIndicator(7)}, Later: 1,
		Entries: []ca.RevokedEntry{{Of: s.tsa, At: beforeToken, Reason: ca.KeyCompromise}},
	})
	s.add("revoked-crl-delta", "the base knows nothing yet, the delta revokes", s.plain()).
		revocation(base, revoking).refused("tsp.revoked")
}
