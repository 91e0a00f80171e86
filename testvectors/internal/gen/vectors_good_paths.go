package main

// goodCertificates: how certificates may lie in and beside a token.
func (s *suite) goodCertificates() {
	// OpenSSL reads PKCS#7, which knows no key identifier here.
	s.add("sid-key-id", "the signer is named by subjectKeyIdentifier", s.token(editInfo(func(i *signerInfo) {
		i.version, i.sid = 3, ctxPrimitive(0, s.tsa.key.id())
	}))).openssl("")
	renewed := s.issuing.tsa("tsa-renewed", named("tsa"), holding(s.tsa.key))
	s.add("sid-key-id-renewed", "two certificates of the signer's key: ESS decides which one is meant",
		s.token(carrying(renewed, s.tsa, s.issuing), editInfo(func(i *signerInfo) {
			i.version, i.sid = 3, ctxPrimitive(0, s.tsa.key.id())
		}))).openssl("")
	s.add("signer-not-embedded", "the token carries no certificates; the trust folder does", s.token(carrying())).
		intermediates(s.tsa, s.issuing)
	s.add("issuer-not-embedded", "the token carries the signer alone", s.token(carrying(s.tsa))).intermediates(s.issuing)
	other := s.issuing.tsa("tsa-other")
	s.add("certificates-odd-order", "the signer comes last, behind strangers",
		s.token(carrying(s.root, other, s.issuing, s.oldTSA, s.tsa)))
	s.add("certificates-twice", "each certificate twice", s.token(carrying(s.tsa, s.issuing, s.tsa, s.issuing)))
	s.goodChoices()
}

// goodChoices: other things that the certificate set may hold.
func (s *suite) goodChoices() {
	garbage := seq(integer(1), utf8("no certificate"))
	s.beside("certificate-unreadable", "a sequence that is no certificate does not stop the others", garbage, "")
	attribute := retag(0xa2, attributeCertificate(s.issuing))
	s.beside("certificate-attribute", "an attribute certificate (choice [2]) beside the others", attribute, "")
	other := ctx(3, oid(oidUnknown), utf8("other"))
	s.beside("certificate-other-form", "a certificate of another form (choice [3]) beside the others", other, "")
}

// beside puts one uncommitted element in front of the certificates.
func (s *suite) beside(id, comment string, element []byte, says string) {
	e := s.token(editSigned(func(d *signedData) {
		d.version = 5
		d.certs = append([][]byte{element}, d.certs...)
	}))
	s.add(id, comment, e).openssl(says).uncommitted(element)
}

// attributeCertificate has the form of RFC 5755; nobody asks for more than that.
func attributeCertificate(issuer *cert) []byte {
	alg := usual(issuer.key, hashSHA256)
	holder := seq(ctx(1, directoryName(distinguishedName("holder"))))
	info := seq(integer(1), holder, ctx(0, seq(directoryName(issuer.name))), alg.id, integer(99),
		seq(genTimeOf("2024-01-01"), genTimeOf("2027-01-01")), seq(attribute{oidCommonName, [][]byte{utf8("clerk")}}.encode()))
	return seq(info, alg.id, bitString(alg.sign(issuer.key, info)))
}

// goodPaths: what leads to an anchor.
func (s *suite) goodPaths() {
	s.add("anchor-intermediate", "the intermediate is the anchor", s.plain()).anchors(s.issuing)
	s.add("anchor-signer", "the signer's certificate itself is the anchor", s.plain()).anchors(s.tsa)
	direct := s.root.tsa("tsa-direct")
	s.add("path-direct", "no intermediate", s.token(by(direct)))
	self := selfSigned(applied(certSpec{label: "tsa-self-signed", from: "2024-01-01", to: "2027-01-01", exts: tsaExtensions()}, nil))
	s.add("anchor-self-signed-signer", "a self-signed end certificate is the anchor", s.token(by(self))).anchors(self)
	expired := newRoot("root-expired", "2020-01-01", "2024-06-01")
	below := expired.tsa("tsa-below-expired")
	s.add("anchor-expired", "the anchor had expired at genTime: a name and a key all the same", s.token(by(below))).
		anchors(expired).warns("tsp.anchor-expired").openssl("refuse")
	old := newRoot("root-sha1", "2020-01-01", "2040-01-01", signedBy(ecdsaWith(hashSHA1)))
	s.add("anchor-sha1", "the anchor's own signature uses SHA-1: nobody checks it", s.token(by(old.tsa("tsa-below-sha1")))).anchors(old)
	s.goodSearch()
	s.goodConstraints()
	s.goodPolicies()
}

// goodSearch: several ways, of which one leads on. OpenSSL tries only the first one.
func (s *suite) goodSearch() {
	decoy := s.root.ca("issuing-decoy", named("issuing"))
	trying := s.issuing.tsa("tsa-no-key-id", withoutAKI)
	s.add("path-same-name", "two issuers of one name; only the key tells them apart", s.token(by(trying, decoy, s.issuing))).openssl("refuse")
	rootDecoy := newRoot("root-decoy", "2020-01-01", "2040-01-01", named("root"))
	s.add("anchor-same-name", "two anchors of one name; the second one fits", s.plain()).anchors(rootDecoy, s.root)
	y := s.root.ca("cross-y")
	x := y.ca("cross-x")
	loop := x.ca("cross-y-by-x", named("cross-y"), holding(y.key))
	s.add("path-loop", "two authorities certify each other; a third certificate leads to the anchor",
		s.token(by(x.tsa("tsa-cross"), x, loop, y))).openssl("refuse")
	renewed := s.root.ca("issuing-old", named("issuing"), holding(s.issuing.key), lasting("2020-01-01", "2023-01-01"))
	s.add("path-renewed", "the issuer's expired certificate comes before the current one of the same key",
		s.token(by(s.tsa, renewed, s.issuing)))
	narrow := s.root.ca("issuing-narrow", named("issuing"), holding(s.issuing.key), with(excluded(organizationName(organization))))
	s.add("path-alternative", "the first way breaks a name constraint, the second does not",
		s.token(by(s.tsa, narrow, s.issuing))).openssl("refuse")
}

func (s *suite) goodConstraints() {
	zero := s.root.ca("ca-length-zero", with(pathLen(0)))
	s.add("path-length-met", "a path length of zero, met", s.token(by(zero.tsa("tsa-length-zero"), zero)))
	again := zero.ca("ca-length-zero-again", named("ca-length-zero"))
	s.add("path-length-self-issued", "a self-issued certificate does not count for the path length",
		s.token(by(again.tsa("tsa-self-issued"), again, zero)))
	permit := s.root.ca("ca-permitted", with(permitted(organizationName(organization))))
	s.add("names-permitted", "the signer's name lies in the permitted subtree", s.token(by(permit.tsa("tsa-permitted"), permit)))
	exclude := s.root.ca("ca-excluded-other", with(excluded(organizationName("Somebody Else"))))
	s.add("names-not-excluded", "another subtree is excluded", s.token(by(exclude.tsa("tsa-not-excluded"), exclude)))
	odd := s.issuing.tsa("tsa-unknown-extension", with(unknownExtension(false)))
	s.add("extension-unknown", "an unknown extension of the signer that is not critical", s.token(by(odd, s.issuing)))
}

func (s *suite) goodPolicies() {
	explicit := s.root.ca("ca-policies", with(certificatePolicies(oidPolicyOne, oidPolicyTwo), requireExplicitPolicy(0)))
	s.add("policies-met", "an explicit policy is asked for, and one runs through the path",
		s.token(by(explicit.tsa("tsa-policies", with(certificatePolicies(oidPolicyTwo))), explicit)))
	open := s.root.ca("ca-any-policy", with(certificatePolicies(oidAnyPolicy), requireExplicitPolicy(0)))
	s.add("policies-any", "the issuer allows any policy", s.token(by(open.tsa("tsa-any-policy", with(certificatePolicies(oidPolicyOne))), open)))
	mapped := s.root.ca("ca-mapped", with(certificatePolicies(oidPolicyOne), policyMapping(oidPolicyOne, oidPolicyThree), requireExplicitPolicy(0)))
	s.add("policies-mapped", "the signer's policy is a mapped one",
		s.token(by(mapped.tsa("tsa-mapped", with(certificatePolicies(oidPolicyThree))), mapped)))
}
