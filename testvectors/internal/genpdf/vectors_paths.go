package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// vectorsPaths: the way from the signer to an anchor, and what breaks it.
func vectorsPaths(s *suite) {
	s.add("no-anchors", "no anchor for signers of documents; that of time-stamps is no substitute", signed(cades(container{}))).
		anchors().refused("#signature-1", "certification-path", "pdf.no-chain").warns("pdf.missing-anchor")
	s.add("anchor-of-stamps", "the root of the signer is given as an anchor of time-stamps, which signs no documents", signed(cades(container{}))).
		anchors().stampAnchors(world.root, world.tsaRoot).refused("#signature-1", "certification-path", "pdf.no-chain")
	s.add("anchor-of-documents", "the root of the authority is given as an anchor of documents, which makes no time-stamps", signed(stamping(archiveTime))).
		anchors(world.tsaRoot).stampAnchors().refused("#timestamp-1", "token", "tsp.no-chain")
	d := signed(cades(container{certs: []*ca.Cert{world.signer, world.issuing, world.root}}))
	d.dss(store{certs: [][]byte{world.root.DER, world.issuing.DER}})
	s.add("anchor-in-document", "the document brings its own root, which nobody trusts", d.end()).
		anchors().refused("#signature-1", "certification-path", "pdf.no-chain")
	s.add("anchor-as-intermediate", "the root lies among the intermediates, where nothing is trusted", signed(cades(container{}))).
		anchors().intermediates(world.root).refused("#signature-1", "certification-path", "pdf.no-chain")
	stranger := ca.NewRoot("stranger-root", "2020-01-01", "2040-01-01")
	s.add("anchor-stranger", "an anchor that has nothing to do with the signer", signed(cades(container{}))).
		anchors(stranger).refused("#signature-1", "certification-path", "pdf.no-chain")
	ended := ca.NewRoot("ended-root", "2020-01-01", "2025-01-01")
	p := ended.Person("below-ended-root")
	s.add("anchor-expired", "the certificate of the anchor has ended: it is believed for its key", signed(cades(container{by: p, certs: []*ca.Cert{p}}))).
		anchors(ended).warns("pdf.anchor-expired")
	s.add("anchor-signer", "the signer's certificate is itself given as an anchor", signed(cades(container{}))).anchors(world.signer)
	s.add("intermediate-given", "the signature carries the signer's certificate alone, and the issuer's is at hand",
		signed(cades(container{certs: []*ca.Cert{world.signer}}))).intermediates(world.issuing)
	s.add("intermediate-missing", "the certificate of the issuer is nowhere", signed(cades(container{certs: []*ca.Cert{world.signer}}))).
		refused("#signature-1", "certification-path", "pdf.no-chain")
	d = signed(cades(container{certs: []*ca.Cert{world.signer}}))
	d.dss(store{certs: [][]byte{world.issuing.DER}})
	s.add("intermediate-in-store", "the DSS has the certificate of the issuer", d.end())
	pathRules(s)
}

// below is a document whose signer stands below the issuer, up to the root.
func below(issuers []*ca.Cert, edits ...ca.CertEdit) *document {
	p := issuers[0].Person("below-"+issuers[0].Label, edits...)
	return signed(cades(container{by: p, certs: append([]*ca.Cert{p}, issuers...)}))
}

func pathRules(s *suite) {
	ours, theirs := ca.OrganizationName(ca.Organization), ca.OrganizationName("Somebody Else")
	zero := world.root.CA("ca-length-zero", ca.With(ca.PathLen(0)))
	for _, x := range []struct {
		id, comment, reason string
		issuers             []*ca.Cert
	}{
		{"issuer-no-ca", "the issuer says that it is no CA", "pdf.path-basic-constraints",
			[]*ca.Cert{world.root.CA("issuer-no-ca", ca.With(ca.NotCA()))}},
		{"path-length", "an intermediate below one that allows none", "pdf.path-length", []*ca.Cert{zero.CA("ca-too-deep"), zero}},
		{"issuer-no-cert-sign", "the issuer may not sign certificates", "pdf.path-key-usage",
			[]*ca.Cert{world.root.CA("issuer-no-cert-sign", ca.With(ca.KeyUsage(ca.CRLSign)))}},
		{"names-permitted", "the issuer may certify the names of the signer", "",
			[]*ca.Cert{world.root.CA("ca-permitted", ca.With(ca.Permitted(ours)))}},
		{"names-not-permitted", "the issuer may only certify other names", "pdf.path-name-constraints",
			[]*ca.Cert{world.root.CA("ca-permitted-other", ca.With(ca.Permitted(theirs)))}},
		{"names-excluded", "the issuer may not certify names of the signer's organization", "pdf.path-name-constraints",
			[]*ca.Cert{world.root.CA("ca-excluded", ca.With(ca.Excluded(ours)))}},
		{"policies", "an explicit policy is asked for, and the signer has none", "pdf.path-policies",
			[]*ca.Cert{world.root.CA("ca-policies", ca.With(ca.CertificatePolicies(ca.OIDPolicyOne), ca.RequireExplicitPolicy(0)))}},
		{"unreadable-issuer", "an extension of the issuer that decides cannot be read", "pdf.path-extension-unreadable",
			[]*ca.Cert{world.root.CA("ca-unreadable", ca.With(ca.Extension{OID: ca.OIDKeyUsage, Critical: true, Value: ca.Null()}))}},
		{"critical-issuer", "an unknown critical extension in the issuer", "pdf.path-critical-extension",
			[]*ca.Cert{world.root.CA("ca-critical", ca.With(ca.UnknownExtension(true)))}},
	} {
		v := s.add(x.id, x.comment, below(x.issuers))
		if x.reason != "" {
			v.refused("#signature-1", "path-constraints", x.reason)
		}
	}
	s.add("path-sha1", "the issuer's certificate is signed with SHA-1", below([]*ca.Cert{world.root.CA("ca-sha1", ca.SignedBy(ca.EcdsaWith(ca.HashSHA1)))})).
		refused("#signature-1", "path-algorithms", "pdf.weak-path")
	late := world.root.CA("ca-late", ca.Lasting("2025-09-01", "2036-01-01"))
	p := late.Person("below-ca-late")
	s.add("path-validity", "the issuer's certificate began after the signature existed", signed(cades(container{by: p, certs: []*ca.Cert{p, late}, stamp: stampTime}))).
		refused("#signature-1", "path-validity", "pdf.path-validity")
}
