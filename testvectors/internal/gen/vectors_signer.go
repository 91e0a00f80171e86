package main

// subject: what the imprint is compared with.
func (s *suite) subject() {
	s.add("subject-missing", "nothing is known of the data", s.plain()).withoutSubject().refused("tsp.subject-missing")
	s.add("digest-other-algorithm", "the caller gives a SHA-512, the imprint is a SHA-256", s.plain()).
		withDigest(hashSHA512, letter).refused("tsp.subject-missing")
	s.add("digest-mismatch", "the caller gives the digest of other data", s.plain()).
		withDigest(hashSHA256, []byte("another letter")).refused("tsp.imprint-mismatch")
	s.add("imprint-flipped", "one bit of the imprint differs; the token is signed over it", s.token(editTST(func(t *tstInfo) {
		t.imprint[31] ^= 1
	}))).refused("tsp.imprint-mismatch")
	s.add("imprint-other-data", "a sound token over other data", s.token(editTST(func(t *tstInfo) {
		t.imprint = hashSHA256.sum([]byte("another letter"))
	}))).refused("tsp.imprint-mismatch")
	s.add("imprint-sha512-flipped", "one bit of a SHA-512 imprint differs", s.token(imprintBy(hashSHA512), editTST(func(t *tstInfo) {
		t.imprint[0] ^= 0x80
	}))).refused("tsp.imprint-mismatch")
	s.add("imprint-unknown-hash", "an imprint by an algorithm that nobody knows", s.token(editTST(func(t *tstInfo) {
		t.imprintAlg = algorithm(oidUnknown)
	}))).refused("tsp.imprint-algorithm")
}

// attributes: signed attributes that are missing or say something else than the content.
func (s *suite) attributes() {
	s.add("digest-algorithm-signature-oid", "digestAlgorithm holds a signature algorithm", s.token(editInfo(func(i *signerInfo) {
		i.digestAlg = ecdsaWith(hashSHA256).id
	}))).refused("tsp.digest-algorithm")
	s.add("digest-algorithm-unknown", "digestAlgorithm is one that nobody knows", s.token(editInfo(func(i *signerInfo) {
		i.digestAlg = algorithm(oidUnknown)
	}))).refused("tsp.digest-algorithm")
	s.add("attributes-none", "no signed attributes, so no ESS either; the signature covers the content", s.token(func(t *tokenSpec) {
		t.noAttrs = true
	})).refused("tsp.no-signed-attributes").alsoOthers()
	s.add("content-type-missing", "no content-type attribute", s.token(withoutAttr(oidContentType))).
		refused("tsp.content-type-missing").openssl("accept")
	s.add("content-type-other", "the content-type attribute says plain data", s.token(withAttr(contentTypeAttr(oidData)))).
		refused("tsp.content-type-mismatch").openssl("accept")
	s.add("message-digest-missing", "no message-digest attribute", s.token(withoutAttr(oidMessageDigest))).
		refused("tsp.message-digest-missing")
	s.add("message-digest-flipped", "one bit of the message-digest differs, signed so", s.token(editAttrs(func(list attributes) attributes {
		digest := contents(list[1].values[0])
		digest[0] ^= 1
		return list.with(messageDigestAttr(digest))
	}))).refused("tsp.message-digest-mismatch")
	s.add("message-digest-short", "a message-digest cut to half its length", s.token(editAttrs(func(list attributes) attributes {
		return list.with(messageDigestAttr(contents(list[1].values[0])[:16]))
	}))).refused("tsp.message-digest-mismatch")
	s.add("content-exchanged", "the content comes from another token of the same authority", s.token(editSigned(func(d *signedData) {
		d.content = s.signedData(editTST(func(t *tstInfo) { t.serial = 4712 })).content
	}))).refused("tsp.message-digest-mismatch")
}

// signatures that do not verify, and one that nobody can.
func (s *suite) signatures() {
	flipped := editInfo(func(i *signerInfo) { i.signature[len(i.signature)-1] ^= 1 })
	s.add("signature-flipped", "one bit of the signature differs", s.token(flipped)).refused("tsp.signature-invalid")
	s.add("signature-flipped-rsa", "one bit of an RSA signature differs", s.token(by(s.rsaTSA(2048), s.issuing), flipped)).
		refused("tsp.signature-invalid")
	ed := s.issuing.tsa("signer-ed25519", holding(edKey("tsa")))
	s.add("signature-flipped-ed25519", "one bit of an Ed25519 signature differs",
		s.token(by(ed, s.issuing), digestBy(hashSHA512), flipped)).refused("tsp.signature-invalid").openssl("")
	s.add("signature-other-key", "signed with a key that is not the certificate's", s.token(func(t *tokenSpec) {
		t.key = p256("stranger")
	})).refused("tsp.signature-invalid")
	s.add("signature-attribute-added", "an attribute was added after signing", s.token(editInfo(func(i *signerInfo) {
		i.attrs = append(i.attrs, one(oidUnknown, utf8("later")).encode()...)
	}))).refused("tsp.signature-invalid")
	s.add("signature-over-implicit-tag", "signed over the stored tag [0] instead of SET", s.token(func(t *tokenSpec) {
		right := ecdsaWith(hashSHA256)
		t.alg = &sigAlg{right.id, func(k *key, m []byte) []byte { return right.sign(k, retag(0xa0, m)) }}
	})).refused("tsp.signature-invalid")
	s.add("signature-pss-salt", "RSASSA-PSS with another salt length than announced", s.token(func(t *tokenSpec) {
		by(s.rsaTSA(2048), s.issuing)(t)
		t.alg = pssWith(hashSHA256, hashSHA256)
		params := seq(ctx(0, hashSHA256.id()), ctx(1, algorithm(oidMGF1, hashSHA256.id())), ctx(2, integer(20)))
		t.alg.id = algorithm(oidPSS, params)
	})).refused("tsp.signature-invalid").openssl("")
	s.add("signature-unknown", "a signature algorithm that nobody knows", s.token(editInfo(func(i *signerInfo) {
		i.alg = algorithm(oidUnknown)
	}))).refused("tsp.signature-unsupported").openssl("accept")
}
