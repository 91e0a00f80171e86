package main

import "fmt"

const (
	beforeToken = "2025-02-01T00:00:00Z"
	afterToken  = "2025-04-01T00:00:00Z"
)

var reasonNames = map[int]string{
	noReason: "no-reason", unspecified: "unspecified", keyCompromise: "key-compromise", cACompromise: "ca-compromise",
	affiliationChanged: "affiliation-changed", superseded: "superseded", cessationOfOperation: "cessation",
	certificateHold: "hold", privilegeWithdrawn: "privilege-withdrawn", aACompromise: "aa-compromise",
}

// revokedCRL and revokedOCSP say the same in the two forms.
func (s *suite) revokedCRL(at string, reason int) material {
	return s.issuing.revoking(fmt.Sprintf("issuing-revoked-%s-%s", at[:10], reasonNames[reason]),
		revokedEntry{of: s.tsa, at: at, reason: reason})
}

func (s *suite) revokedOCSP(at string, reason int) material {
	return ocsp(ocspSpec{
		label: fmt.Sprintf("tsa-revoked-%s-%s", at[:10], reasonNames[reason]),
		of:    s.tsa, issuer: s.issuing, status: ocspRevoked(at, reason),
	})
}

// revokedSigner: revoked at or before genTime, for whatever reason.
func (s *suite) revokedSigner() {
	for _, r := range []int{noReason, unspecified, keyCompromise, affiliationChanged, superseded, cessationOfOperation, certificateHold, privilegeWithdrawn, aACompromise} {
		name := reasonNames[r]
		s.add("revoked-crl-"+name, "revoked before genTime, by CRL: "+name, s.plain()).
			revocation(s.revokedCRL(beforeToken, r)).refused("tsp.revoked")
		s.add("revoked-ocsp-"+name, "revoked before genTime, by OCSP: "+name, s.plain()).
			revocation(s.revokedOCSP(beforeToken, r)).refused("tsp.revoked")
	}
	at := s.issuing.revoking("issuing-revoked-at", revokedEntry{of: s.tsa, at: usualRFC, reason: superseded})
	s.add("revoked-same-second", "revoked in the very second of genTime", s.plain()).revocation(at).refused("tsp.revoked")
	old := s.issuing.crl(crlSpec{label: "issuing-revoked-old", thisUpdate: "2025-02-15", entries: []revokedEntry{{of: s.tsa, at: beforeToken, reason: keyCompromise}}})
	s.add("revoked-older-crl", "a revocation stays one, also in a CRL older than the token", s.plain()).revocation(old).refused("tsp.revoked")
	s.add("revoked-etsi", "revoked before genTime, under etsi", s.plain()).
		etsi(s.rootCRL, s.revokedCRL(beforeToken, keyCompromise)).refused("tsp.revoked")
	s.add("revoked-beside-good", "a good CRL beside one that revokes", s.plain()).
		revocation(s.issuingCRL, s.revokedCRL(beforeToken, keyCompromise)).refused("tsp.revoked")
	s.add("revoked-embedded", "the token itself carries the CRL that revokes its signer", s.token(editSigned(func(d *signedData) {
		d.crls = [][]byte{s.revokedCRL(beforeToken, keyCompromise).data}
	}))).refused("tsp.revoked")
	s.add("revoked-existed", "a proof from after the revocation lifts nothing", s.plain()).
		revocation(s.revokedCRL(beforeToken, keyCompromise)).tokenExisted("2025-03-02T00:00:00Z").refused("tsp.revoked")
	s.invalidity()
}

func (s *suite) invalidity() {
	entry := revokedEntry{of: s.tsa, at: afterToken, reason: keyCompromise, invalidity: beforeToken}
	s.add("invalid-before", "revoked after genTime, but invalid since before it", s.plain()).
		revocation(s.issuing.revoking("issuing-invalid-before", entry)).refused("tsp.revoked")
	entry.reason = superseded
	s.add("invalid-before-superseded", "the same with a reason that is harmless otherwise", s.plain()).
		revocation(s.issuing.revoking("issuing-invalid-before-superseded", entry)).refused("tsp.revoked")
	entry.reason, entry.invalidity = keyCompromise, "2025-03-15T00:00:00Z"
	between := s.issuing.revoking("issuing-invalid-between", entry)
	s.add("invalid-between", "a proof of existence between invalidity and revocation comes too late", s.plain()).
		revocation(between).tokenExisted("2025-03-20T00:00:00Z").refused("tsp.revoked-no-poe")
	s.add("invalid-between-existed", "a proof of existence from before the invalidity", s.plain()).
		revocation(between).tokenExisted("2025-03-10T00:00:00Z")
}

// revokedLater: revoked after genTime. RFC 3161, section 4 forgives four reasons.
func (s *suite) revokedLater() {
	for _, r := range []int{unspecified, affiliationChanged, superseded, cessationOfOperation} {
		s.add("later-"+reasonNames[r], "revoked after genTime, for a reason that leaves old tokens alone", s.plain()).
			revocation(s.revokedCRL(afterToken, r))
	}
	for _, r := range []int{noReason, keyCompromise, cACompromise, certificateHold, privilegeWithdrawn, aACompromise} {
		s.add("later-"+reasonNames[r], "revoked after genTime; whoever holds the key can date tokens back", s.plain()).
			revocation(s.revokedCRL(afterToken, r)).refused("tsp.revoked-no-poe")
	}
	s.add("later-ocsp-superseded", "revoked after genTime by OCSP, superseded", s.plain()).revocation(s.revokedOCSP(afterToken, superseded))
	for _, r := range []int{noReason, keyCompromise} {
		s.add("later-ocsp-"+reasonNames[r], "revoked after genTime by OCSP", s.plain()).
			revocation(s.revokedOCSP(afterToken, r)).refused("tsp.revoked-no-poe")
	}
	for _, r := range []int{superseded, keyCompromise} {
		crl := s.revokedCRL(afterToken, r)
		name := reasonNames[r]
		s.add("later-etsi-"+name, "revoked after genTime: etsi asks for a proof of existence", s.plain()).
			etsi(s.rootCRL, crl).refused("tsp.revoked-no-poe")
		s.add("later-etsi-"+name+"-existed", "the proof is there", s.plain()).
			etsi(s.rootCRL, crl).tokenExisted("2025-03-15T00:00:00Z")
	}
	crl := s.revokedCRL(afterToken, keyCompromise)
	s.add("later-existed", "the token existed before the key was compromised", s.plain()).
		revocation(crl).tokenExisted("2025-03-15T00:00:00Z")
	s.add("later-existed-late", "the proof of existence is younger than the revocation", s.plain()).
		revocation(crl).tokenExisted("2025-05-01T00:00:00Z").refused("tsp.revoked-no-poe")
}

// revokedCA: a revoked issuer decides nothing by itself, but the path no longer holds.
func (s *suite) revokedCA() {
	revoked := func(at string, reason int) material {
		return s.root.revoking(fmt.Sprintf("root-revoked-%s-%s", at[:10], reasonNames[reason]), revokedEntry{of: s.issuing, at: at, reason: reason})
	}
	for _, c := range []struct {
		id, comment, at string
		reason          int
	}{
		{"ca-revoked-before", "the issuer was revoked before genTime", beforeToken, keyCompromise},
		{"ca-revoked-after", "the issuer was revoked after genTime, its key compromised", afterToken, keyCompromise},
		{"ca-revoked-no-reason", "the issuer was revoked after genTime, without a reason", afterToken, noReason},
	} {
		s.add(c.id, c.comment, s.plain()).revocation(revoked(c.at, c.reason)).refused("tsp.ca-revoked")
	}
	s.add("ca-revoked-etsi", "the issuer was revoked; the signer's data are good", s.plain()).
		etsi(s.issuingCRL, revoked(afterToken, keyCompromise)).refused("tsp.ca-revoked")
	s.add("ca-revoked-existed", "the token existed before its issuer was revoked", s.plain()).
		revocation(revoked(afterToken, keyCompromise)).tokenExisted("2025-03-15T00:00:00Z")
	answer := ocsp(ocspSpec{label: "issuing-revoked", of: s.issuing, issuer: s.root, status: ocspRevoked(beforeToken, cACompromise)})
	s.add("ca-revoked-ocsp", "the issuer was revoked, by OCSP", s.plain()).revocation(answer).refused("tsp.ca-revoked")
}
