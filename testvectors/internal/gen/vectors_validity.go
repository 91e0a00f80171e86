package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// validity: genTime against the certificates of the path.
func (s *suite) validity() {
	s.below("gen-time-before-signer", "genTime lies a second before the certificate begins", s.issuing,
		ca.Lasting("2025-03-01T12:00:01Z", "2027-01-01")).refused("tsp.not-yet-valid")
	s.below("gen-time-after-signer", "genTime lies a second after the certificate has ended", s.issuing,
		ca.Lasting("2024-01-01", "2025-03-01T11:59:59Z")).refused("tsp.expired")
	s.below("gen-time-first-second", "genTime is the certificate's first second", s.issuing, ca.Lasting(usualRFC, "2027-01-01"))
	s.below("gen-time-last-second", "genTime is the certificate's last second", s.issuing, ca.Lasting("2024-01-01", usualRFC)).
		warns("tsp.expired").openssl("refuse")
	s.below("issuer-not-yet-valid", "the issuer was not valid yet at genTime", s.root.CA("ca-late", ca.Lasting("2025-06-01", "2036-01-01"))).
		refused("tsp.path-validity")
	s.below("issuer-expired", "the issuer was no longer valid at genTime", s.root.CA("ca-early", ca.Lasting("2022-01-01", "2025-01-01"))).
		refused("tsp.path-validity")
	anchored := s.issuing.TSA("tsa-anchored-expired", ca.Lasting("2024-01-01", "2025-01-01"))
	s.add("anchor-signer-expired", "the anchored end certificate had expired at genTime", s.token(by(anchored))).
		anchors(anchored).refused("tsp.expired")
}

// expiry: certificates that ended between genTime and the validation time.
func (s *suite) expiry() {
	short := s.issuing.TSA("tsa-short", ca.Lasting("2024-01-01", "2026-01-01"))
	e := s.token(by(short, s.issuing))
	e.name = "short.tst"
	between := s.issuingCRL
	s.add("expired-issuance", "the signer expired after genTime: issuance warns", e).warns("tsp.expired")
	s.add("expired-etsi", "the same under etsi, with data from before the end", e).
		etsi(s.rootCRL, between).refused("tsp.expired-no-poe")
	s.add("expired-etsi-existed", "a proof that the token existed before the end", e).
		etsi(s.rootCRL, between).tokenExisted("2025-09-01T00:00:00Z")
	s.add("expired-etsi-existed-late", "a proof from after the end proves nothing", e).
		etsi(s.rootCRL, between).tokenExisted("2026-02-01T00:00:00Z").refused("tsp.expired-no-poe")
	s.expiryFinal(short, e)
	s.expiryIssuer()
}

// expiryFinal: revocation data from after the certificate's end.
func (s *suite) expiryFinal(short *ca.Cert, e evidence) {
	final := s.issuing.CRL(ca.CRLSpec{Label: "issuing-final", ThisUpdate: "2026-02-01", Exts: ca.Extensions{ca.ExpiredCertsOnCRL("2020-01-01T00:00:00Z")}})
	s.add("expired-etsi-final", "a CRL from after the end that still lists expired certificates: not revoked", e).
		etsi(s.rootCRL, final).refused("tsp.expired-not-revoked")
	answer := ca.OCSP(ca.OCSPSpec{Label: "tsa-short-final", Of: short, Issuer: s.issuing, ThisUpdate: "2026-02-01", Cutoff: "2020-01-01"})
	s.add("expired-etsi-final-ocsp", "the same by OCSP with an archive cutoff", e).
		etsi(s.rootCRL, answer).refused("tsp.expired-not-revoked")
	s.add("expired-etsi-final-existed", "final data and a proof of existence", e).
		etsi(s.rootCRL, final).tokenExisted("2025-09-01T00:00:00Z")
	silent := s.issuing.CRL(ca.CRLSpec{Label: "issuing-silent", ThisUpdate: "2026-02-01"})
	s.add("crl-after-end", "a CRL from after the end may have dropped expired certificates", e).
		etsi(s.rootCRL, silent).tokenExisted("2025-09-01T00:00:00Z").refused("tsp.revocation-missing")
	since := s.issuing.CRL(ca.CRLSpec{Label: "issuing-since", ThisUpdate: "2026-02-01", Exts: ca.Extensions{ca.ExpiredCertsOnCRL("2026-01-15T00:00:00Z")}})
	s.add("crl-after-end-since", "a CRL from after the end lists those that expired later than ours", e).
		etsi(s.rootCRL, since).tokenExisted("2025-09-01T00:00:00Z").refused("tsp.revocation-missing")
	plain := ca.OCSP(ca.OCSPSpec{Label: "tsa-short-late", Of: short, Issuer: s.issuing, ThisUpdate: "2026-02-01"})
	s.add("ocsp-after-end", "an OCSP response from after the end without an archive cutoff", e).
		etsi(s.rootCRL, plain).tokenExisted("2025-09-01T00:00:00Z").refused("tsp.revocation-missing")
}

func (s *suite) expiryIssuer() {
	issuer := s.root.CA("ca-short", ca.Lasting("2022-01-01", "2026-01-01"))
	crl := issuer.CRL(ca.CRLSpec{Label: "ca-short-good"})
	e := s.token(by(issuer.TSA("tsa-below-short"), issuer))
	e.name = "short-issuer.tst"
	s.add("issuer-expired-later", "the issuer expired after genTime: issuance looks at genTime alone", e)
	s.add("issuer-expired-etsi", "the same under etsi", e).etsi(s.rootCRL, crl).refused("tsp.expired-no-poe")
	s.add("issuer-expired-etsi-existed", "a proof that the token existed before the issuer's end", e).
		etsi(s.rootCRL, crl).tokenExisted("2025-09-01T00:00:00Z")
}
