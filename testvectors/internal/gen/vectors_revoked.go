package main

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

const (
	beforeToken = "2025-02-01T00:00:00Z"
	afterToken  = "2025-04-01T00:00:00Z"
)

var reasonNames = map[int]string{
	ca.NoReason: "no-reason", ca.Unspecified: "unspecified", ca.KeyCompromise: "key-compromise", ca.CACompromise: "ca-compromise",
	ca.AffiliationChanged: "affiliation-changed", ca.Superseded: "superseded", ca.CessationOfOperation: "cessation",
	ca.CertificateHold: "hold", ca.PrivilegeWithdrawn: "privilege-withdrawn", ca.AACompromise: "aa-compromise",
}

// revokedCRL and revokedOCSP say the same in the two forms.
func (s *suite) revokedCRL(at string, reason int) ca.Material {
	return s.issuing.Revoking(fmt.Sprintf("issuing-revoked-%s-%s", at[:10], reasonNames[reason]),
		ca.RevokedEntry{Of: s.tsa, At: at, Reason: reason})
}

func (s *suite) revokedOCSP(at string, reason int) ca.Material {
	return ca.OCSP(ca.OCSPSpec{
		Label: fmt.Sprintf("tsa-revoked-%s-%s", at[:10], reasonNames[reason]),
		Of:    s.tsa, Issuer: s.issuing, Status: ca.OCSPRevoked(at, reason),
	})
}

// revokedSigner: revoked at or before genTime, for whatever reason.
func (s *suite) revokedSigner() {
	for _, r := range []int{ca.NoReason, ca.Unspecified, ca.KeyCompromise, ca.AffiliationChanged, ca.Superseded, ca.CessationOfOperation, ca.CertificateHold, ca.PrivilegeWithdrawn, ca.AACompromise} {
		name := reasonNames[r]
		s.add("revoked-crl-"+name, "revoked before genTime, by CRL: "+name, s.plain()).
			revocation(s.revokedCRL(beforeToken, r)).refused("tsp.revoked")
		s.add("revoked-ocsp-"+name, "revoked before genTime, by OCSP: "+name, s.plain()).
			revocation(s.revokedOCSP(beforeToken, r)).refused("tsp.revoked")
	}
	at := s.issuing.Revoking("issuing-revoked-at", ca.RevokedEntry{Of: s.tsa, At: usualRFC, Reason: ca.Superseded})
	s.add("revoked-same-second", "revoked in the very second of genTime", s.plain()).revocation(at).refused("tsp.revoked")
	old := s.issuing.CRL(ca.CRLSpec{Label: "issuing-revoked-old", ThisUpdate: "2025-02-15", Entries: []ca.RevokedEntry{{Of: s.tsa, At: beforeToken, Reason: ca.KeyCompromise}}})
	s.add("revoked-older-crl", "a revocation stays one, also in a CRL older than the token", s.plain()).revocation(old).refused("tsp.revoked")
	s.add("revoked-etsi", "revoked before genTime, under etsi", s.plain()).
		etsi(s.rootCRL, s.revokedCRL(beforeToken, ca.KeyCompromise)).refused("tsp.revoked")
	s.add("revoked-beside-good", "a good CRL beside one that revokes", s.plain()).
		revocation(s.issuingCRL, s.revokedCRL(beforeToken, ca.KeyCompromise)).refused("tsp.revoked")
	s.add("revoked-embedded", "the token itself carries the CRL that revokes its signer", s.token(editSigned(func(d *ca.SignedData) {
		d.Crls = [][]byte{s.revokedCRL(beforeToken, ca.KeyCompromise).Data}
	}))).refused("tsp.revoked")
	s.add("revoked-existed", "a proof from after the revocation lifts nothing", s.plain()).
		revocation(s.revokedCRL(beforeToken, ca.KeyCompromise)).tokenExisted("2025-03-02T00:00:00Z").refused("tsp.revoked")
	s.invalidity()
}

func (s *suite) invalidity() {
	entry := ca.RevokedEntry{Of: s.tsa, At: afterToken, Reason: ca.KeyCompromise, Invalidity: beforeToken}
	s.add("invalid-before", "revoked after genTime, but invalid since before it", s.plain()).
		revocation(s.issuing.Revoking("issuing-invalid-before", entry)).refused("tsp.revoked")
	entry.Reason = ca.Superseded
	s.add("invalid-before-superseded", "the same with a reason that is harmless otherwise", s.plain()).
		revocation(s.issuing.Revoking("issuing-invalid-before-superseded", entry)).refused("tsp.revoked")
	entry.Reason, entry.Invalidity = ca.KeyCompromise, "2025-03-15T00:00:00Z"
	between := s.issuing.Revoking("issuing-invalid-between", entry)
	s.add("invalid-between", "a proof of existence between invalidity and revocation comes too late", s.plain()).
		revocation(between).tokenExisted("2025-03-20T00:00:00Z").refused("tsp.revoked-no-poe")
	s.add("invalid-between-existed", "a proof of existence from before the invalidity", s.plain()).
		revocation(between).tokenExisted("2025-03-10T00:00:00Z")
}

// revokedLater: revoked after genTime. RFC 3161, section 4 forgives four reasons.
func (s *suite) revokedLater() {
	for _, r := range []int{ca.Unspecified, ca.AffiliationChanged, ca.Superseded, ca.CessationOfOperation} {
		s.add("later-"+reasonNames[r], "revoked after genTime, for a reason that leaves old tokens alone", s.plain()).
			revocation(s.revokedCRL(afterToken, r))
	}
	for _, r := range []int{ca.NoReason, ca.KeyCompromise, ca.CACompromise, ca.CertificateHold, ca.PrivilegeWithdrawn, ca.AACompromise} {
		s.add("later-"+reasonNames[r], "revoked after genTime; whoever holds the key can date tokens back", s.plain()).
			revocation(s.revokedCRL(afterToken, r)).refused("tsp.revoked-no-poe")
	}
	s.add("later-ocsp-superseded", "revoked after genTime by OCSP, superseded", s.plain()).revocation(s.revokedOCSP(afterToken, ca.Superseded))
	for _, r := range []int{ca.NoReason, ca.KeyCompromise} {
		s.add("later-ocsp-"+reasonNames[r], "revoked after genTime by OCSP", s.plain()).
			revocation(s.revokedOCSP(afterToken, r)).refused("tsp.revoked-no-poe")
	}
	for _, r := range []int{ca.Superseded, ca.KeyCompromise} {
		crl := s.revokedCRL(afterToken, r)
		name := reasonNames[r]
		s.add("later-etsi-"+name, "revoked after genTime: etsi asks for a proof of existence", s.plain()).
			etsi(s.rootCRL, crl).refused("tsp.revoked-no-poe")
		s.add("later-etsi-"+name+"-existed", "the proof is there", s.plain()).
			etsi(s.rootCRL, crl).tokenExisted("2025-03-15T00:00:00Z")
	}
	crl := s.revokedCRL(afterToken, ca.KeyCompromise)
	s.add("later-existed", "the token existed before the key was compromised", s.plain()).
		revocation(crl).tokenExisted("2025-03-15T00:00:00Z")
	s.add("later-existed-late", "the proof of existence is younger than the revocation", s.plain()).
		revocation(crl).tokenExisted("2025-05-01T00:00:00Z").refused("tsp.revoked-no-poe")
}

// revokedCA: a revoked issuer decides nothing by itself, but the path no longer holds.
func (s *suite) revokedCA() {
	revoked := func(at string, reason int) ca.Material {
		return s.root.Revoking(fmt.Sprintf("root-revoked-%s-%s", at[:10], reasonNames[reason]), ca.RevokedEntry{Of: s.issuing, At: at, Reason: reason})
	}
	for _, c := range []struct {
		id, comment, at string
		reason          int
	}{
		{"ca-revoked-before", "the issuer was revoked before genTime", beforeToken, ca.KeyCompromise},
		{"ca-revoked-after", "the issuer was revoked after genTime, its key compromised", afterToken, ca.KeyCompromise},
		{"ca-revoked-no-reason", "the issuer was revoked after genTime, without a reason", afterToken, ca.NoReason},
	} {
		s.add(c.id, c.comment, s.plain()).revocation(revoked(c.at, c.reason)).refused("tsp.ca-revoked")
	}
	s.add("ca-revoked-etsi", "the issuer was revoked; the signer's data are good", s.plain()).
		etsi(s.issuingCRL, revoked(afterToken, ca.KeyCompromise)).refused("tsp.ca-revoked")
	s.add("ca-revoked-existed", "the token existed before its issuer was revoked", s.plain()).
		revocation(revoked(afterToken, ca.KeyCompromise)).tokenExisted("2025-03-15T00:00:00Z")
	answer := ca.OCSP(ca.OCSPSpec{Label: "issuing-revoked", Of: s.issuing, Issuer: s.root, Status: ca.OCSPRevoked(beforeToken, ca.CACompromise)})
	s.add("ca-revoked-ocsp", "the issuer was revoked, by OCSP", s.plain()).revocation(answer).refused("tsp.ca-revoked")
}
