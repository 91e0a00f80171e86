package main

// path: no way to an anchor, or one that breaks the rules for issuers.
func (s *suite) path() {
	s.add("anchor-none", "no anchor is given", s.plain()).anchors().refused("tsp.no-chain")
	stranger := newRoot("root-stranger", "2020-01-01", "2040-01-01")
	s.add("anchor-stranger", "an anchor that has nothing to do with it", s.plain()).anchors(stranger).refused("tsp.no-chain")
	decoy := newRoot("root-decoy", "2020-01-01", "2040-01-01", named("root"))
	s.add("anchor-decoy", "an anchor of the right name with another key", s.plain()).anchors(decoy).refused("tsp.no-chain")
	same := newRoot("root-decoy-key-id", "2020-01-01", "2040-01-01", named("root"), withKeyID(s.root.key.id()))
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

func withKeyID(id []byte) certEdit { return func(c *certSpec) { c.keyID = id } }

func (s *suite) badSignatures() {
	bad := s.root.ca("issuing-spoiled", named("issuing"), holding(s.issuing.key), spoiled)
	s.add("issuer-signature", "the intermediate's signature is wrong", s.token(by(s.tsa, bad))).refused("tsp.no-chain")
	tsa := s.issuing.tsa("tsa-spoiled", spoiled)
	s.add("signer-signature", "the signature in the signer's certificate is wrong", s.token(by(tsa, s.issuing))).refused("tsp.no-chain")
	posing := s.root.ca("issuing-decoy", named("issuing"))
	s.add("issuer-decoy", "an intermediate of the right name with another key", s.token(by(s.tsa, posing))).refused("tsp.no-chain")
}

// below makes a token by an authority under the given intermediate, which is the defect.
func (s *suite) below(id, comment string, ca *cert, edits ...certEdit) *vector {
	tsa := ca.tsa(id+"-tsa", edits...)
	return s.add(id, comment, s.token(by(tsa, ca)))
}

func (s *suite) issuerRules() {
	s.below("issuer-no-ca", "the issuer says that it is no CA", s.root.ca("issuer-no-ca", with(notCA()))).
		refused("tsp.path-basic-constraints")
	s.below("issuer-no-constraints", "the issuer has no basicConstraints", s.root.ca("issuer-no-constraints", lacking(oidBasicConstraints))).
		refused("tsp.path-basic-constraints")
	s.below("issuer-end-certificate", "the issuer is another time-stamping certificate", s.root.tsa("issuer-end-certificate")).
		refused("tsp.path-basic-constraints").openssl("refuse")
	s.below("issuer-no-cert-sign", "the issuer may not sign certificates", s.root.ca("issuer-no-cert-sign", with(keyUsage(cRLSign)))).
		refused("tsp.path-key-usage")
	zero := s.root.ca("ca-length-zero", with(pathLen(0)))
	under := zero.ca("ca-too-deep")
	s.add("path-length", "an intermediate below one that allows none",
		s.token(by(under.tsa("path-length-tsa"), under, zero))).refused("tsp.path-length")
	one := s.root.ca("ca-length-one", with(pathLen(1)))
	two := one.ca("ca-length-one-a")
	three := two.ca("ca-length-one-b")
	s.add("path-length-one", "two intermediates below one that allows one",
		s.token(by(three.tsa("path-length-one-tsa"), three, two, one))).refused("tsp.path-length")
}

// pathExtensions: constraints that the path breaks, and extensions that nobody knows.
func (s *suite) pathExtensions() {
	ours, theirs := organizationName(organization), organizationName("Somebody Else")
	s.below("names-not-permitted", "only another subtree is permitted", s.root.ca("ca-permitted-other", with(permitted(theirs)))).
		refused("tsp.path-name-constraints")
	s.below("names-excluded", "the signer's subtree is excluded", s.root.ca("ca-excluded", with(excluded(ours)))).
		refused("tsp.path-name-constraints")
	upper := s.root.ca("ca-names-above", with(excluded(ours)))
	lower := upper.ca("ca-names-below", func(c *certSpec) { c.name = theirs })
	s.add("names-excluded-above", "the constraint stands two certificates above the signer",
		s.token(by(lower.tsa("names-excluded-above-tsa"), lower, upper))).refused("tsp.path-name-constraints")
	s.policyRules()
	s.below("critical-issuer", "an unknown critical extension in the issuer", s.root.ca("ca-critical", with(unknownExtension(true)))).
		refused("tsp.path-critical-extension")
	s.below("critical-signer", "an unknown critical extension in the signer", s.issuing, with(unknownExtension(true))).
		refused("tsp.path-critical-extension")
}

// OpenSSL judges policies only when asked to; `ts -verify` does not ask.
func (s *suite) policyRules() {
	explicit := s.root.ca("ca-policies", with(certificatePolicies(oidPolicyOne, oidPolicyTwo), requireExplicitPolicy(0)))
	s.below("policies-differ", "an explicit policy is asked for; the signer has another one", explicit, with(certificatePolicies(oidPolicyThree))).
		refused("tsp.path-policies").openssl("accept")
	s.below("policies-absent", "an explicit policy is asked for; the signer has none", explicit).
		refused("tsp.path-policies").openssl("accept")
	inhibited := s.root.ca("ca-inhibit-any", with(certificatePolicies(oidPolicyOne), requireExplicitPolicy(0), inhibitAnyPolicy(0)))
	s.below("policies-any-inhibited", "anyPolicy in the signer, where the issuer forbids it", inhibited, with(certificatePolicies(oidAnyPolicy))).
		refused("tsp.path-policies").openssl("accept")
}

// usage: what a time-stamping certificate must and must not be.
func (s *suite) usage() {
	s.below("eku-absent", "no extended key usage", s.issuing, lacking(oidExtKeyUsage)).refused("tsp.extended-key-usage")
	s.below("eku-second-purpose", "a second purpose", s.issuing, with(extKeyUsage(true, oidTimestamps, oidCodeSign))).
		refused("tsp.extended-key-usage")
	s.below("eku-not-critical", "the extension is not critical", s.issuing, with(extKeyUsage(false, oidTimestamps))).
		refused("tsp.extended-key-usage")
	s.below("eku-any", "any purpose", s.issuing, with(extKeyUsage(true, oidAnyPurpose))).refused("tsp.extended-key-usage")
	s.below("eku-any-beside", "any purpose beside time-stamping", s.issuing, with(extKeyUsage(true, oidTimestamps, oidAnyPurpose))).
		refused("tsp.extended-key-usage")
	s.below("eku-other", "another purpose alone", s.issuing, with(extKeyUsage(true, oidCodeSign))).refused("tsp.extended-key-usage")
	s.below("key-usage-encipherment", "the key may only encipher keys", s.issuing, with(keyUsage(keyEncipherment))).refused("tsp.key-usage")
	s.below("key-usage-signs-crls", "the key may only sign CRLs", s.issuing, with(keyUsage(cRLSign))).refused("tsp.key-usage")
	s.below("signer-is-ca", "the signer is a CA", s.issuing, with(basicConstraintsCA())).refused("tsp.signer-is-ca").openssl("accept")
	s.below("key-usage-absent", "no key usage at all: nothing is limited", s.issuing, lacking(oidKeyUsage))
	s.below("key-usage-non-repudiation", "non-repudiation alone", s.issuing, with(keyUsage(nonRepudiation)))
	s.below("key-usage-more", "a further use beside digital signatures", s.issuing, with(keyUsage(digitalSignature, keyEncipherment))).
		openssl("refuse")
	s.below("signer-says-no-ca", "basicConstraints that say: no CA", s.issuing, with(notCA()))
	anchored := s.issuing.tsa("anchor-not-for-stamping", with(extKeyUsage(true, oidCodeSign)))
	s.add("anchor-not-for-stamping", "the anchored end certificate is held to the rules for signers", s.token(by(anchored))).
		anchors(anchored).refused("tsp.extended-key-usage")
}
