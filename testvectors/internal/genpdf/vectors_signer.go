package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

const (
	oidServer   = "1.3.6.1.5.5.7.3.1"
	oidDocument = "1.3.6.1.5.5.7.3.36" // id-kp-documentSigning, RFC 9336
)

// vectorsSigner: who signed, and with what certificate.
func vectorsSigner(s *suite) {
	by := func(label string, edits ...ca.CertEdit) *document {
		return signed(cades(container{by: world.issuing.Person(label, edits...)}))
	}
	s.add("signer-missing", "the certificate of the signer is nowhere", signed(cades(container{noCerts: true}))).
		refused("#signature-1", "signer-certificate", "pdf.signer-missing")
	s.add("signer-given", "the signature carries no certificate, and all of them are at hand", signed(cades(container{noCerts: true}))).
		intermediates(world.signer, world.issuing)
	d := signed(cades(container{noCerts: true}))
	d.dss(store{certs: [][]byte{world.signer.DER, world.issuing.DER}})
	s.add("signer-in-store", "the signature carries no certificate, and the DSS has them", d.end())
	s.add("eku-server", "the signer's certificate is for TLS servers", by("eku-server", ca.With(ca.ExtKeyUsage(false, oidServer)))).
		refused("#signature-1", "extended-key-usage", "pdf.extended-key-usage")
	s.add("eku-stamps", "the signer's certificate is for time-stamps", by("eku-stamps", ca.With(ca.ExtKeyUsage(true, ca.OIDTimestamps)))).
		refused("#signature-1", "extended-key-usage", "pdf.extended-key-usage")
	s.add("eku-documents", "the signer's certificate is for signatures of documents", by("eku-documents", ca.With(ca.ExtKeyUsage(false, oidDocument))))
	s.add("key-usage", "the signer's key is for encryption", by("key-usage", ca.With(ca.KeyUsage(ca.KeyEncipherment)))).
		refused("#signature-1", "key-usage", "pdf.key-usage")
	s.add("key-usage-more", "the signer's key is for encryption too", by("key-usage-more", ca.With(ca.KeyUsage(ca.DigitalSignature, ca.KeyEncipherment)))).
		warns("pdf.key-usage")
	s.add("key-usage-none", "the signer's certificate does not say what its key is for", by("key-usage-none", ca.Lacking(ca.OIDKeyUsage)))
	s.add("signer-is-ca", "the signer's certificate is that of a CA: its owner made it himself", signed(cades(container{
		by: world.root.CA("signing-ca", ca.With(ca.KeyUsage(ca.DigitalSignature, ca.KeyCertSign))),
	}))).warns("pdf.signer-is-ca")
	s.add("not-yet-valid", "the signature existed before the signer's certificate began", signed(cades(container{stamp: "2023-06-01T12:00:00Z"}))).
		refused("#signature-1", "validity", "pdf.not-yet-valid")
	s.add("before-validity", "judged before the signer's certificate began", signed(cades(container{}))).at("2023-06-01T00:00:00Z").
		refused("#signature-1", "validity", "pdf.before-validity")
	unbound := container{noCerts: true, stamp: "2023-06-01T12:00:00Z", attrs: func(l ca.Attributes) ca.Attributes { return l.Without(ca.OIDSigningCertificate2) }}
	s.add("signer-uncertain", "the signature existed before the certificate that verifies it, and does not say that it is the signer's", signed(plain(unbound))).
		intermediates(world.signer, world.issuing).refused("#signature-1", "validity", "pdf.signer-uncertain")
	revocations(s)
}

// revocations: what CRLs and OCSP responses beside the document say.
func revocations(s *suite) {
	gone := world.issuing.Revoking("issuing-revoking-signer", ca.RevokedEntry{Of: world.signer, At: "2025-04-01", Reason: ca.KeyCompromise})
	s.add("revoked", "the signer's certificate was revoked, and nothing proves that the signature is older", signed(cades(container{}))).
		revocation(gone).refused("#signature-1", "revocation", "pdf.revoked-no-poe")
	s.add("revoked-later", "the signer's certificate was revoked after the time-stamp over the value", signed(cades(container{stamp: stampTime}))).
		revocation(gone).existed("#signature-1", stampTime).warns("pdf.revoked-later")
	s.add("revoked-earlier", "the signer's certificate was revoked before the time-stamp over the value", signed(cades(container{stamp: "2025-05-01T12:00:00Z"}))).
		revocation(gone).refused("#signature-1", "revocation", "pdf.revoked-no-poe")
	d := signed(cades(container{}))
	d.sign(stamping(stampTime))
	s.add("revoked-stamped", "the signer's certificate was revoked after the document time-stamp", d.end()).revocation(gone).
		existed("#signature-1", stampTime).existed("#timestamp-1", stampTime).whole(stampTime).warns("pdf.revoked-later")
	d = signed(cades(container{}))
	d.sign(stamping(archiveTime))
	s.add("revoked-stamped-late", "the signer's certificate was revoked before the document time-stamp", d.end()).revocation(gone).
		existed("#timestamp-1", archiveTime).refused("#signature-1", "revocation", "pdf.revoked-no-poe")
	hold := world.issuing.CRL(ca.CRLSpec{Label: "issuing-hold", ThisUpdate: "2025-04-02", Entries: []ca.RevokedEntry{{Of: world.signer, At: "2025-04-01", Reason: ca.CertificateHold}}})
	s.add("hold", "the signer's certificate is on hold", signed(cades(container{}))).
		revocation(hold).refused("#signature-1", "revocation", "pdf.revoked-no-poe")
	s.add("hold-over", "the signer's certificate was on hold, and a later list does not have it", signed(cades(container{}))).
		revocation(hold, world.issuing.CRL(ca.CRLSpec{Label: "issuing"})).warns("pdf.revocation-note")
	s.add("list-stale", "a list that had ended long ago says nothing", signed(cades(container{}))).
		revocation(world.issuing.CRL(ca.CRLSpec{Label: "issuing-stale", ThisUpdate: "2024-02-01", NextUpdate: "2024-03-01"})).warns("pdf.revocation-ignored")
	s.add("revoked-ocsp", "an OCSP response says that the signer's certificate was revoked", signed(cades(container{}))).
		revocation(ca.OCSP(ca.OCSPSpec{Label: "signer-revoked", Of: world.signer, Issuer: world.issuing, Status: ca.OCSPRevoked("2025-04-01", ca.KeyCompromise)})).
		refused("#signature-1", "revocation", "pdf.revoked-no-poe")
	s.add("ca-revoked", "the certificate of the issuer was revoked", signed(cades(container{}))).
		revocation(world.root.Revoking("root-revoking-issuing", ca.RevokedEntry{Of: world.issuing, At: "2025-04-01", Reason: ca.CACompromise})).
		refused("#signature-1", "path-revocation", "pdf.ca-revoked")
	s.add("expired-not-revoked", "the certificate has ended, and a list from after its end does not have it", signed(cades(container{}))).
		revocation(final(world.issuing), final(world.root)).at(afterEnding).refused("#signature-1", "expiry", "pdf.expired-not-revoked")
	weak := world.issuing.CRL(ca.CRLSpec{
		Label: "issuing-weak", Alg: ca.EcdsaWith(ca.HashSHA1), Entries: []ca.RevokedEntry{{Of: world.signer, At: "2025-04-01", Reason: ca.KeyCompromise}},
	})
	s.add("revoked-weakly", "a list that is signed with SHA-1 says that the signer's certificate was revoked", signed(cades(container{}))).
		revocation(weak).refused("#signature-1", "revocation", "pdf.weak-revocation")
}

// final is a list from after the end of all certificates of signers, which goes back far
// enough to tell of them.
func final(c *ca.Cert) ca.Material {
	return c.CRL(ca.CRLSpec{Label: c.Label + "-final", ThisUpdate: "2027-06-01", NextUpdate: "2030-01-01", Exts: ca.Extensions{ca.ExpiredCertsOnCRL("2020-01-01")}})
}
