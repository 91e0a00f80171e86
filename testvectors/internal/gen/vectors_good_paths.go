package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// goodCertificates: how certificates may lie in and beside a token.
func (s *suite) goodCertificates() {
	// OpenSSL reads PKCS#7, which knows no key identifier here.
	s.add("sid-key-id", "the signer is named by subjectKeyIdentifier", s.token(editInfo(func(i *ca.SignerInfo) {
		i.Version, i.SID = 3, ca.CtxPrimitive(0, s.tsa.Key.ID())
	}))).openssl("")
	renewed := s.issuing.TSA("tsa-renewed", ca.Named("tsa"), ca.Holding(s.tsa.Key))
	s.add("sid-key-id-renewed", "two certificates of the signer's key: ESS decides which one is meant",
		s.token(carrying(renewed, s.tsa, s.issuing), editInfo(func(i *ca.SignerInfo) {
			i.Version, i.SID = 3, ca.CtxPrimitive(0, s.tsa.Key.ID())
		}))).openssl("")
	s.add("signer-not-embedded", "the token carries no certificates; the trust folder does", s.token(carrying())).
		intermediates(s.tsa, s.issuing)
	s.add("issuer-not-embedded", "the token carries the signer alone", s.token(carrying(s.tsa))).intermediates(s.issuing)
	other := s.issuing.TSA("tsa-other")
	s.add("certificates-odd-order", "the signer comes last, behind strangers",
		s.token(carrying(s.root, other, s.issuing, s.oldTSA, s.tsa)))
	s.add("certificates-twice", "each certificate twice", s.token(carrying(s.tsa, s.issuing, s.tsa, s.issuing)))
	s.goodChoices()
}

// goodChoices: other things that the certificate set may hold.
func (s *suite) goodChoices() {
	garbage := ca.Seq(ca.Integer(1), ca.UTF8("no certificate"))
	s.beside("certificate-unreadable", "a sequence that is no certificate does not stop the others", garbage, "")
	attribute := ca.Retag(0xa2, attributeCertificate(s.issuing))
	s.beside("certificate-attribute", "an attribute certificate (choice [2]) beside the others", attribute, "")
	other := ca.Ctx(3, ca.OID(ca.OIDUnknown), ca.UTF8("other"))
	s.beside("certificate-other-form", "a certificate of another form (choice [3]) beside the others", other, "")
}

// beside puts one uncommitted element in front of the certificates.
func (s *suite) beside(id, comment string, element []byte, says string) {
	e := s.token(editSigned(func(d *ca.SignedData) {
		d.Version = 5
		d.Certs = append([][]byte{element}, d.Certs...)
	}))
	s.add(id, comment, e).openssl(says).uncommitted(element)
}

// attributeCertificate has the form of RFC 5755; nobody asks for more than that.
func attributeCertificate(issuer *ca.Cert) []byte {
	alg := ca.Usual(issuer.Key, ca.HashSHA256)
	holder := ca.Seq(ca.Ctx(1, ca.DirectoryName(ca.DistinguishedName("holder"))))
	info := ca.Seq(ca.Integer(1), holder, ca.Ctx(0, ca.Seq(ca.DirectoryName(issuer.Name))), alg.ID, ca.Integer(99),
		ca.Seq(ca.GenTimeOf("2024-01-01"), ca.GenTimeOf("2027-01-01")), ca.Seq(ca.Attribute{OID: ca.OIDCommonName, Values: [][]byte{ca.UTF8("clerk")}}.Encode()))
	return ca.Seq(info, alg.ID, ca.BitString(alg.Sign(issuer.Key, info)))
}

// goodPaths: what leads to an anchor.
func (s *suite) goodPaths() {
	s.add("anchor-intermediate", "the intermediate is the anchor", s.plain()).anchors(s.issuing)
	s.add("anchor-signer", "the signer's certificate itself is the anchor", s.plain()).anchors(s.tsa)
	direct := s.root.TSA("tsa-direct")
	s.add("path-direct", "no intermediate", s.token(by(direct)))
	self := ca.SelfSigned(ca.Applied(ca.CertSpec{Label: "tsa-self-signed", From: "2024-01-01", To: "2027-01-01", Exts: ca.TSAExtensions()}, nil))
	s.add("anchor-self-signed-signer", "a self-signed end certificate is the anchor", s.token(by(self))).anchors(self)
	expired := ca.NewRoot("root-expired", "2020-01-01", "2024-06-01")
	below := expired.TSA("tsa-below-expired")
	s.add("anchor-expired", "the anchor had expired at genTime: a name and a key all the same", s.token(by(below))).
		anchors(expired).warns("tsp.anchor-expired").openssl("refuse")
	old := ca.NewRoot("root-sha1", "2020-01-01", "2040-01-01", ca.SignedBy(ca.EcdsaWith(ca.HashSHA1)))
	s.add("anchor-sha1", "the anchor's own signature uses SHA-1: nobody checks it", s.token(by(old.TSA("tsa-below-sha1")))).anchors(old)
	s.goodSearch()
	s.goodConstraints()
	s.goodPolicies()
}

// goodSearch: several ways, of which one leads on. OpenSSL tries only the first one.
func (s *suite) goodSearch() {
	decoy := s.root.CA("issuing-decoy", ca.Named("issuing"))
	trying := s.issuing.TSA("tsa-no-key-id", ca.WithoutAKI)
	s.add("path-same-name", "two issuers of one name; only the key tells them apart", s.token(by(trying, decoy, s.issuing))).openssl("refuse")
	rootDecoy := ca.NewRoot("root-decoy", "2020-01-01", "2040-01-01", ca.Named("root"))
	s.add("anchor-same-name", "two anchors of one name; the second one fits", s.plain()).anchors(rootDecoy, s.root)
	y := s.root.CA("cross-y")
	x := y.CA("cross-x")
	loop := x.CA("cross-y-by-x", ca.Named("cross-y"), ca.Holding(y.Key))
	s.add("path-loop", "two authorities certify each other; a third certificate leads to the anchor",
		s.token(by(x.TSA("tsa-cross"), x, loop, y))).openssl("refuse")
	renewed := s.root.CA("issuing-old", ca.Named("issuing"), ca.Holding(s.issuing.Key), ca.Lasting("2020-01-01", "2023-01-01"))
	s.add("path-renewed", "the issuer's expired certificate comes before the current one of the same key",
		s.token(by(s.tsa, renewed, s.issuing)))
	narrow := s.root.CA("issuing-narrow", ca.Named("issuing"), ca.Holding(s.issuing.Key), ca.With(ca.Excluded(ca.OrganizationName(ca.Organization))))
	s.add("path-alternative", "the first way breaks a name constraint, the second does not",
		s.token(by(s.tsa, narrow, s.issuing))).openssl("refuse")
}

func (s *suite) goodConstraints() {
	zero := s.root.CA("ca-length-zero", ca.With(ca.PathLen(0)))
	s.add("path-length-met", "a path length of zero, met", s.token(by(zero.TSA("tsa-length-zero"), zero)))
	again := zero.CA("ca-length-zero-again", ca.Named("ca-length-zero"))
	s.add("path-length-self-issued", "a self-issued certificate does not count for the path length",
		s.token(by(again.TSA("tsa-self-issued"), again, zero)))
	permit := s.root.CA("ca-permitted", ca.With(ca.Permitted(ca.OrganizationName(ca.Organization))))
	s.add("names-permitted", "the signer's name lies in the permitted subtree", s.token(by(permit.TSA("tsa-permitted"), permit)))
	exclude := s.root.CA("ca-excluded-other", ca.With(ca.Excluded(ca.OrganizationName("Somebody Else"))))
	s.add("names-not-excluded", "another subtree is excluded", s.token(by(exclude.TSA("tsa-not-excluded"), exclude)))
	odd := s.issuing.TSA("tsa-unknown-extension", ca.With(ca.UnknownExtension(false)))
	s.add("extension-unknown", "an unknown extension of the signer that is not critical", s.token(by(odd, s.issuing)))
}

func (s *suite) goodPolicies() {
	explicit := s.root.CA("ca-policies", ca.With(ca.CertificatePolicies(ca.OIDPolicyOne, ca.OIDPolicyTwo), ca.RequireExplicitPolicy(0)))
	s.add("policies-met", "an explicit policy is asked for, and one runs through the path",
		s.token(by(explicit.TSA("tsa-policies", ca.With(ca.CertificatePolicies(ca.OIDPolicyTwo))), explicit)))
	open := s.root.CA("ca-any-policy", ca.With(ca.CertificatePolicies(ca.OIDAnyPolicy), ca.RequireExplicitPolicy(0)))
	s.add("policies-any", "the issuer allows any policy", s.token(by(open.TSA("tsa-any-policy", ca.With(ca.CertificatePolicies(ca.OIDPolicyOne))), open)))
	mapped := s.root.CA("ca-mapped", ca.With(ca.CertificatePolicies(ca.OIDPolicyOne), ca.PolicyMapping(ca.OIDPolicyOne, ca.OIDPolicyThree), ca.RequireExplicitPolicy(0)))
	s.add("policies-mapped", "the signer's policy is a mapped one",
		s.token(by(mapped.TSA("tsa-mapped", ca.With(ca.CertificatePolicies(ca.OIDPolicyThree))), mapped)))
}
