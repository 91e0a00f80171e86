package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// subject: what the imprint is compared with.
func (s *suite) subject() {
	s.add("subject-missing", "nothing is known of the data", s.plain()).withoutSubject().refused("tsp.subject-missing")
	s.add("digest-other-algorithm", "the caller gives a SHA-512, the imprint is a SHA-256", s.plain()).
		withDigest(ca.HashSHA512, letter).refused("tsp.subject-missing")
	s.add("digest-mismatch", "the caller gives the digest of other data", s.plain()).
		withDigest(ca.HashSHA256, []byte("another letter")).refused("tsp.imprint-mismatch")
	s.add("imprint-flipped", "one bit of the imprint differs; the token is signed over it", s.token(editTST(func(t *ca.TSTInfo) {
		t.Imprint[31] ^= 1
	}))).refused("tsp.imprint-mismatch")
	s.add("imprint-other-data", "a sound token over other data", s.token(editTST(func(t *ca.TSTInfo) {
		t.Imprint = ca.HashSHA256.Sum([]byte("another letter"))
	}))).refused("tsp.imprint-mismatch")
	s.add("imprint-sha512-flipped", "one bit of a SHA-512 imprint differs", s.token(imprintBy(ca.HashSHA512), editTST(func(t *ca.TSTInfo) {
		t.Imprint[0] ^= 0x80
	}))).refused("tsp.imprint-mismatch")
	s.add("imprint-unknown-hash", "an imprint by an algorithm that nobody knows", s.token(editTST(func(t *ca.TSTInfo) {
		t.ImprintAlg = ca.Algorithm(ca.OIDUnknown)
	}))).refused("tsp.imprint-algorithm")
}

// attributes: signed attributes that are missing or say something else than the content.
func (s *suite) attributes() {
	s.add("digest-algorithm-signature-oid", "digestAlgorithm holds a signature algorithm", s.token(editInfo(func(i *ca.SignerInfo) {
		i.DigestAlg = ca.EcdsaWith(ca.HashSHA256).ID
	}))).refused("tsp.digest-algorithm")
	s.add("digest-algorithm-unknown", "digestAlgorithm is one that nobody knows", s.token(editInfo(func(i *ca.SignerInfo) {
		i.DigestAlg = ca.Algorithm(ca.OIDUnknown)
	}))).refused("tsp.digest-algorithm")
	s.add("attributes-none", "no signed attributes, so no ESS either; the signature covers the content", s.token(func(t *tokenSpec) {
		t.noAttrs = true
	})).refused("tsp.no-signed-attributes").alsoOthers()
	s.add("content-type-missing", "no content-type attribute", s.token(withoutAttr(ca.OIDContentType))).
		refused("tsp.content-type-missing").openssl("accept")
	s.add("content-type-other", "the content-type attribute says plain data", s.token(withAttr(ca.ContentTypeAttr(ca.OIDData)))).
		refused("tsp.content-type-mismatch").openssl("accept")
	s.add("message-digest-missing", "no message-digest attribute", s.token(withoutAttr(ca.OIDMessageDigest))).
		refused("tsp.message-digest-missing")
	s.add("message-digest-flipped", "one bit of the message-digest differs, signed so", s.token(editAttrs(func(list ca.Attributes) ca.Attributes {
		digest := ca.Contents(list[1].Values[0])
		digest[0] ^= 1
		return list.With(ca.MessageDigestAttr(digest))
	}))).refused("tsp.message-digest-mismatch")
	s.add("message-digest-short", "a message-digest cut to half its length", s.token(editAttrs(func(list ca.Attributes) ca.Attributes {
		return list.With(ca.MessageDigestAttr(ca.Contents(list[1].Values[0])[:16]))
	}))).refused("tsp.message-digest-mismatch")
	s.add("content-exchanged", "the content comes from another token of the same authority", s.token(editSigned(func(d *ca.SignedData) {
		d.Content = s.signedData(editTST(func(t *ca.TSTInfo) { t.Serial = 4712 })).Content
	}))).refused("tsp.message-digest-mismatch")
}

// signatures that do not verify, and one that nobody can.
func (s *suite) signatures() {
	flipped := editInfo(func(i *ca.SignerInfo) { i.Signature[len(i.Signature)-1] ^= 1 })
	s.add("signature-flipped", "one bit of the signature differs", s.token(flipped)).refused("tsp.signature-invalid")
	s.add("signature-flipped-rsa", "one bit of an RSA signature differs", s.token(by(s.rsaTSA(2048), s.issuing), flipped)).
		refused("tsp.signature-invalid")
	ed := s.issuing.TSA("signer-ed25519", ca.Holding(ca.EdKey("tsa")))
	s.add("signature-flipped-ed25519", "one bit of an Ed25519 signature differs",
		s.token(by(ed, s.issuing), digestBy(ca.HashSHA512), flipped)).refused("tsp.signature-invalid").openssl("")
	s.add("signature-other-key", "signed with a key that is not the certificate's", s.token(func(t *tokenSpec) {
		t.key = ca.P256("stranger")
	})).refused("tsp.signature-invalid")
	s.add("signature-attribute-added", "an attribute was added after signing", s.token(editInfo(func(i *ca.SignerInfo) {
		i.Attrs = append(i.Attrs, ca.One(ca.OIDUnknown, ca.UTF8("later")).Encode()...)
	}))).refused("tsp.signature-invalid")
	s.add("signature-over-implicit-tag", "signed over the stored tag [0] instead of SET", s.token(func(t *tokenSpec) {
		right := ca.EcdsaWith(ca.HashSHA256)
		t.alg = &ca.SigAlg{ID: right.ID, Sign: func(k *ca.Key, m []byte) []byte { return right.Sign(k, ca.Retag(0xa0, m)) }}
	})).refused("tsp.signature-invalid")
	s.add("signature-pss-salt", "RSASSA-PSS with another salt length than announced", s.token(func(t *tokenSpec) {
		by(s.rsaTSA(2048), s.issuing)(t)
		t.alg = ca.PSSWith(ca.HashSHA256, ca.HashSHA256)
		params := ca.Seq(ca.Ctx(0, ca.HashSHA256.ID()), ca.Ctx(1, ca.Algorithm(ca.OIDMGF1, ca.HashSHA256.ID())), ca.Ctx(2, ca.Integer(20)))
		t.alg.ID = ca.Algorithm(ca.OIDPSS, params)
	})).refused("tsp.signature-invalid").openssl("")
	s.add("signature-unknown", "a signature algorithm that nobody knows", s.token(editInfo(func(i *ca.SignerInfo) {
		i.Alg = ca.Algorithm(ca.OIDUnknown)
	}))).refused("tsp.signature-unsupported").openssl("accept")
}
