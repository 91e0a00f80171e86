package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// path: no way to an anchor, or one that breaks the rules for issuers.
func (s *suite) path() {
	s.add("anchor-none", "no anchor is given", s.plain()).anchors().refused("tsp.no-chain")
	stranger := ca.NewRoot("root-stranger", "2020-01-01", "2040-01-01")
	s.add("anchor-stranger", "an anchor that has nothing to do with it", s.plain()).anchors(stranger).refused("tsp.no-chain")
	decoy := ca.NewRoot("root-decoy", "2020-01-01", "2040-01-01", ca.Named("root"))
	s.add("anchor-decoy", "an anchor of the right name with another key", s.plain()).anchors(decoy).refused("tsp.no-chain")
	same := ca.NewRoot("root-decoy-key-id", "2020-01-01", "2040-01-01", ca.Named("root"), withKeyID(s.root.Key.ID()))
	s.add("anchor-decoy-key-id", "name and key identifier of the anchor fit, its key does not", s.plain()).
		anchors(same).refused("tsp.no-chain")
	s.add("anchor-only-embedded", "the token brings its own root: nobody trusts it", s.token(by(s.tsa, s.issuing, s.root))).
		anchors().refused("tsp.no-chain")
	s.add("anchor-as-intermediate", "the root lies among the intermediates, where nothing is trusted", s.plain()).
		anchors().intermediates(s.root).refused("tsp.no-chain")
	s.add("issuer-missing", "the intermediate is nowhere", s.token(by(s.tsa))).refused("tsp.no-chain")
	s.badSignatures()
	s.issuerRules()
}

func withKeyID(id []byte) ca.CertEdit { return func(c *ca.CertSpec) { c.KeyID = id } }

func (s *suite) badSignatures() {
	bad := s.root.CA("issuing-spoiled", ca.Named("issuing"), ca.Holding(s.issuing.Key), ca.Spoiled)
	s.add("issuer-signature", "the intermediate's signature is wrong", s.token(by(s.tsa, bad))).refused("tsp.no-chain")
	tsa := s.issuing.TSA("tsa-spoiled", ca.Spoiled)
	s.add("signer-signature", "the signature in the signer's certificate is wrong", s.token(by(tsa, s.issuing))).refused("tsp.no-chain")
	posing := s.root.CA("issuing-decoy", ca.Named("issuing"))
	s.add("issuer-decoy", "an intermediate of the right name with another key", s.token(by(s.tsa, posing))).refused("tsp.no-chain")
}

// below makes a token by an authority under the given intermediate, which is the defect.
func (s *suite) below(id, comment string, issuer *ca.Cert, edits ...ca.CertEdit) *vector {
	tsa := issuer.TSA(id+"-tsa", edits...)
	return s.add(id, comment, s.token(by(tsa, issuer)))
}

func (s *suite) issuerRules() {
	s.below("issuer-no-ca", "the issuer says that it is no CA", s.root.CA("issuer-no-ca", ca.With(ca.NotCA()))).
		refused("tsp.path-basic-constraints")
	s.below("issuer-no-constraints", "the issuer has no basicConstraints", s.root.CA("issuer-no-constraints", ca.Lacking(ca.OIDBasicConstraints))).
		refused("tsp.path-basic-constraints")
	s.below("issuer-end-certificate", "the issuer is another time-stamping certificate", s.root.TSA("issuer-end-certificate")).
		refused("tsp.path-basic-constraints").openssl("refuse")
	s.below("issuer-no-cert-sign", "the issuer may not sign certificates", s.root.CA("issuer-no-cert-sign", ca.With(ca.KeyUsage(ca.CRLSign)))).
		refused("tsp.path-key-usage")
	zero := s.root.CA("ca-length-zero", ca.With(ca.PathLen(0)))
	under := zero.CA("ca-too-deep")
	s.add("path-length", "an intermediate below one that allows none",
		s.token(by(under.TSA("path-length-tsa"), under, zero))).refused("tsp.path-length")
	one := s.root.CA("ca-length-one", ca.With(ca.PathLen(1)))
	two := one.CA("ca-length-one-a")
	three := two.CA("ca-length-one-b")
	s.add("path-length-one", "two intermediates below one that allows one",
		s.token(by(three.TSA("path-length-one-tsa"), three, two, one))).refused("tsp.path-length")
}

// pathExtensions: constraints that the path breaks, and extensions that nobody knows.
func (s *suite) pathExtensions() {
	ours, theirs := ca.OrganizationName(ca.Organization), ca.OrganizationName("Somebody Else")
	s.below("names-not-permitted", "only another subtree is permitted", s.root.CA("ca-permitted-other", ca.With(ca.Permitted(theirs)))).
		refused("tsp.path-name-constraints")
	s.below("names-excluded", "the signer's subtree is excluded", s.root.CA("ca-excluded", ca.With(ca.Excluded(ours)))).
		refused("tsp.path-name-constraints")
	upper := s.root.CA("ca-names-above", ca.With(ca.Excluded(ours)))
	lower := upper.CA("ca-names-below", func(c *ca.CertSpec) { c.Name = theirs })
	s.add("names-excluded-above", "the constraint stands two certificates above the signer",
		s.token(by(lower.TSA("names-excluded-above-tsa"), lower, upper))).refused("tsp.path-name-constraints")
	s.policyRules()
	s.below("critical-issuer", "an unknown critical extension in the issuer", s.root.CA("ca-critical", ca.With(ca.UnknownExtension(true)))).
		refused("tsp.path-critical-extension")
	s.below("critical-signer", "an unknown critical extension in the signer", s.issuing, ca.With(ca.UnknownExtension(true))).
		refused("tsp.path-critical-extension")
}

// OpenSSL judges policies only when asked to; `ts -verify` does not ask.
func (s *suite) policyRules() {
	explicit := s.root.CA("ca-policies", ca.With(ca.CertificatePolicies(ca.OIDPolicyOne, ca.OIDPolicyTwo), ca.RequireExplicitPolicy(0)))
	s.below("policies-differ", "an explicit policy is asked for; the signer has another one", explicit, ca.With(ca.CertificatePolicies(ca.OIDPolicyThree))).
		refused("tsp.path-policies").openssl("accept")
	s.below("policies-absent", "an explicit policy is asked for; the signer has none", explicit).
		refused("tsp.path-policies").openssl("accept")
	inhibited := s.root.CA("ca-inhibit-any", ca.With(ca.CertificatePolicies(ca.OIDPolicyOne), ca.RequireExplicitPolicy(0), ca.InhibitAnyPolicy(0)))
	s.below("policies-any-inhibited", "anyPolicy in the signer, where the issuer forbids it", inhibited, ca.With(ca.CertificatePolicies(ca.OIDAnyPolicy))).
		refused("tsp.path-policies").openssl("accept")
}

// usage: what a time-stamping certificate must and must not be.
func (s *suite) usage() {
	s.below("eku-absent", "no extended key usage", s.issuing, ca.Lacking(ca.OIDExtKeyUsage)).refused("tsp.extended-key-usage")
	s.below("eku-second-purpose", "a second purpose", s.issuing, ca.With(ca.ExtKeyUsage(true, ca.OIDTimestamps, ca.OIDCodeSign))).
		refused("tsp.extended-key-usage")
	s.below("eku-not-critical", "the extension is not critical", s.issuing, ca.With(ca.ExtKeyUsage(false, ca.OIDTimestamps))).
		refused("tsp.extended-key-usage")
	s.below("eku-any", "any purpose", s.issuing, ca.With(ca.ExtKeyUsage(true, ca.OIDAnyPurpose))).refused("tsp.extended-key-usage")
	s.below("eku-any-beside", "any purpose beside time-stamping", s.issuing, ca.With(ca.ExtKeyUsage(true, ca.OIDTimestamps, ca.OIDAnyPurpose))).
		refused("tsp.extended-key-usage")
	s.below("eku-other", "another purpose alone", s.issuing, ca.With(ca.ExtKeyUsage(true, ca.OIDCodeSign))).refused("tsp.extended-key-usage")
	s.below("key-usage-encipherment", "the key may only encipher keys", s.issuing, ca.With(ca.KeyUsage(ca.KeyEncipherment))).refused("tsp.key-usage")
	s.below("key-usage-signs-crls", "the key may only sign CRLs", s.issuing, ca.With(ca.KeyUsage(ca.CRLSign))).refused("tsp.key-usage")
	s.below("signer-is-ca", "the signer is a CA", s.issuing, ca.With(ca.BasicConstraintsCA())).refused("tsp.signer-is-ca").openssl("accept")
	s.below("key-usage-absent", "no key usage at all: nothing is limited", s.issuing, ca.Lacking(ca.OIDKeyUsage))
	s.below("key-usage-non-repudiation", "non-repudiation alone", s.issuing, ca.With(ca.KeyUsage(ca.NonRepudiation)))
	s.below("key-usage-more", "a further use beside digital signatures", s.issuing, ca.With(ca.KeyUsage(ca.DigitalSignature, ca.KeyEncipherment))).
		openssl("refuse")
	s.below("signer-says-no-ca", "basicConstraints that say: no CA", s.issuing, ca.With(ca.NotCA()))
	anchored := s.issuing.TSA("anchor-not-for-stamping", ca.With(ca.ExtKeyUsage(true, ca.OIDCodeSign)))
	s.add("anchor-not-for-stamping", "the anchored end certificate is held to the rules for signers", s.token(by(anchored))).
		anchors(anchored).refused("tsp.extended-key-usage")
}
