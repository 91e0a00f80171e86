package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// vectorsCMS: what the signature holds does not fit the document.
func vectorsCMS(s *suite) {
	s.add("other-byte", "one signed letter was replaced", signed(cades(container{}))).edited(replacing("This is agreed.", "This is agreeb.")).
		refused("#signature-1", "message-digest", "pdf.message-digest-mismatch")
	s.add("value-wrong", "one bit of the signature value is wrong", signed(cades(container{spoil: true}))).
		refused("#signature-1", "signature", "pdf.signature-invalid")
	s.add("key-other", "another key made the signature than the certificate has", signed(cades(container{key: ca.P256("a stranger")}))).
		refused("#signature-1", "signature", "pdf.signature-invalid")
	cmsContent(s)
	cmsAttributes(s)
	cmsForm(s)
}

// cmsContent: a detached signature has no content.
func cmsContent(s *suite) {
	s.add("encapsulated-empty", "a detached signature with content of its own, of no bytes", signed(cades(container{
		signed: func(d *ca.SignedData) { d.Content = ca.Octets(nil) },
	}))).refused("#signature-1", "encapsulated-content", "pdf.encapsulated-content")
	s.add("encapsulated-document", "a detached signature that has the signed bytes in it, and the digest fits", signed(signature{
		subFilter: detached, room: 4096, value: func(b []byte) []byte { return container{inside: b}.over(nil) },
	})).refused("#signature-1", "encapsulated-content", "pdf.encapsulated-content")
	s.add("content-other", "what is signed is said to be a TSTInfo", signed(cades(container{contentType: ca.OIDTSTInfo}))).
		refused("#signature-1", "encapsulated-content", "pdf.content-type")
}

// cmsAttributes: what the signed attributes say, or do not.
func cmsAttributes(s *suite) {
	with := func(edit func(ca.Attributes) ca.Attributes) *document { return signed(cades(container{attrs: edit})) }
	lacking := func(id string) *document {
		return with(func(l ca.Attributes) ca.Attributes { return l.Without(id) })
	}
	having := func(a ca.Attribute) *document {
		return with(func(l ca.Attributes) ca.Attributes { return l.With(a) })
	}
	s.add("content-type-missing", "the signed attributes do not say what is signed", lacking(ca.OIDContentType)).
		refused("#signature-1", "content-type", "pdf.content-type-missing")
	s.add("content-type-mismatch", "the signed attributes say that something else is signed", having(ca.ContentTypeAttr(ca.OIDTSTInfo))).
		refused("#signature-1", "content-type", "pdf.content-type-mismatch")
	s.add("message-digest-missing", "the digest of the document is not signed", lacking(ca.OIDMessageDigest)).
		refused("#signature-1", "message-digest", "pdf.message-digest-missing")
	s.add("no-signed-attributes", "the signature is over the document itself, with no signed attributes", signed(plain(container{noAttrs: true}))).
		refused("#signature-1", "signed-attributes", "pdf.no-signed-attributes")
	s.add("no-ess", "PAdES, and no attribute binds the signature to a certificate", lacking(ca.OIDSigningCertificate2)).
		refused("#signature-1", "signing-certificate", "pdf.no-ess")
	s.add("no-ess-detached", "adbe.pkcs7.detached does not ask for a signing-certificate attribute", signed(plain(container{
		attrs: func(l ca.Attributes) ca.Attributes { return l.Without(ca.OIDSigningCertificate2) },
	})))
	s.add("ess-first", "the first form of the attribute, which binds by SHA-1", with(func(l ca.Attributes) ca.Attributes {
		return l.Without(ca.OIDSigningCertificate2).With(ca.ESSV1(world.signer))
	}))
	s.add("ess-mismatch", "the signature is bound to another certificate", having(ca.ESSV2(world.second))).
		refused("#signature-1", "signing-certificate", "pdf.ess-mismatch")
	unknown := ca.HashSHA256
	unknown.OID = ca.OIDUnknown
	s.add("ess-algorithm", "it is bound to the certificate by an unknown digest", having(ca.ESSV2IDs(ca.ESSID{Of: world.signer, Hash: unknown}))).
		refused("#signature-1", "signing-certificate", "pdf.ess-algorithm")
	s.add("ess-chain", "the certificates that the attribute allows are not those of the path", having(ca.ESSV2(world.signer, world.second))).
		refused("#signature-1", "ess-chain", "pdf.ess-chain")
	s.add("ess-chain-fits", "the attribute allows the issuer, which the path has", having(ca.ESSV2(world.signer, world.issuing)))
	protection := func(digest ca.HashAlg) *document {
		return having(ca.AlgorithmProtection(digest.ID(), ca.EcdsaWith(ca.HashSHA256).ID))
	}
	s.add("protection", "the signed attributes repeat the algorithms", protection(ca.HashSHA256))
	s.add("protection-other", "the signed attributes name another digest than is used", protection(ca.HashSHA512)).
		refused("#signature-1", "algorithm-protection", "pdf.algorithm-protection")
	s.add("signing-time", "the claimed time of signing lies before the certificate; claims decide nothing", having(ca.One(ca.OIDSigningTime, ca.UTCTime("2023-01-01")))).
		warns("pdf.signing-time")
	s.add("digest-algorithm", "SHA-512 is named as the digest, and the signature is made with SHA-256",
		signed(cades(container{hash: ca.HashSHA512, alg: ca.EcdsaWith(ca.HashSHA256)}))).
		refused("#signature-1", "digest-algorithm", "pdf.digest-algorithm")
}

// cmsForm: how the CMS is written.
func cmsForm(s *suite) {
	s.add("ber", "indefinite lengths around the signed parts", signed(signature{
		subFilter: etsiCAdES, room: 2048, value: func(b []byte) []byte { return indefinite(container{}.over(b)) },
	}))
	s.add("no-cms", "the Contents are no CMS", signed(cades(container{}).with(func(s *signature) {
		s.value = func([]byte) []byte { return ca.Seq(ca.OID(ca.OIDSignedData)) }
	}))).refused("#signature-1", "", "pdf.cms")
	s.add("enveloped", "the Contents are CMS, and no SignedData", signed(cades(container{
		signed: func(d *ca.SignedData) { d.OuterType = "1.2.840.113549.1.7.3" },
	}))).refused("#signature-1", "", "pdf.cms")
	s.add("certificate-unreadable", "the signature carries something that is no certificate", signed(cades(container{
		signed: func(d *ca.SignedData) { d.Certs = append(d.Certs, ca.Seq(ca.Null())) },
	}))).warns("pdf.certificate-unreadable")
	s.add("two-signers", "two persons signed in one SignedData; ISO 32000-2 allows one", signed(cades(container{
		signed: func(d *ca.SignedData) { d.Signers = append(d.Signers, d.Signers[0]) },
	}))).refused("#signature-1", "", "pdf.signer-count")
	s.add("no-signer", "a SignedData that only brings certificates", signed(cades(container{
		signed: func(d *ca.SignedData) { d.Signers = nil },
	}))).refused("#signature-1", "", "pdf.signer-count")
}

// indefinite writes the layers around the signed parts in BER.
func indefinite(der []byte) []byte {
	outer := ca.Contents(der)
	id := ca.OID(ca.OIDSignedData)
	fields := ca.Contents(ca.Contents(outer[len(id):]))
	return ca.Indefinite(0x30, id, ca.Indefinite(0xa0, ca.Indefinite(0x30, fields)))
}
