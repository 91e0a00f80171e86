package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// digestAlgorithms: what the signerInfo and the imprint say of their own algorithms.
func (s *suite) digestAlgorithms() {
	by512 := ca.EcdsaWith(ca.HashSHA512)
	s.add("digest-algorithm-other", "digestAlgorithm says SHA-256, the signature is made with SHA-512 and says so",
		s.token(func(t *tokenSpec) { t.alg = by512 })).refused("tsp.digest-algorithm")
	label := &ca.SigAlg{ID: by512.ID, Sign: ca.EcdsaWith(ca.HashSHA256).Sign}
	s.add("digest-algorithm-label", "the signature says SHA-512 and is made with SHA-256, the digestAlgorithm: one label is wrong, nothing is proven",
		s.token(func(t *tokenSpec) { t.alg = label })).refused("tsp.digest-algorithm").alsoOthers().openssl("accept")
	s.add("digest-algorithm-parameters", "digestAlgorithm carries parameters that SHA-256 does not have", s.token(editInfo(func(i *ca.SignerInfo) {
		i.DigestAlg = ca.Algorithm(ca.HashSHA256.OID, ca.Octets([]byte("odd")))
	}))).refused("tsp.digest-algorithm").openssl("accept")
	s.add("imprint-parameters", "the imprint's algorithm carries parameters that SHA-256 does not have", s.token(editTST(func(t *ca.TSTInfo) {
		t.ImprintAlg = ca.Algorithm(ca.HashSHA256.OID, ca.Octets([]byte("odd")))
	}))).refused("tsp.imprint-algorithm")
	s.add("protection-no-signature", "CMSAlgorithmProtection names a digest and no signature",
		s.token(withAttr(ca.One(ca.OIDAlgorithmProtection, ca.Seq(ca.HashSHA256.ID()))))).refused("tsp.algorithm-protection")
}

// requests that the token does not answer.
func (s *suite) requests() {
	s.add("query-other-algorithm", "the request was for the SHA-512 of the letter, the token has its SHA-256", s.plain()).
		withQuery("sha512", queryBy(ca.HashSHA512, letter, "", 0)).refused("tsp.request-other")
	s.add("query-other-data", "the request was for other data", s.plain()).
		withQuery("other-data", query([]byte("another letter"), "", 0)).refused("tsp.request-other")
}

// timeOrder: what existed before its own time.
func (s *suite) timeOrder() {
	s.add("gen-time-after-existence", "the token is proven to have existed on the day before its genTime", s.plain()).
		tokenExisted("2025-02-28T00:00:00Z").refused("tsp.time-order")
}

// chosenSigner: several certificates may have the name, the number or the key of the signer.
func (s *suite) chosenSigner() {
	posing := s.root.CA("issuing-decoy", ca.Named("issuing"))
	junk := posing.TSA("tsa-junk", func(c *ca.CertSpec) { c.Serial = s.tsa.Serial })
	s.add("signer-junk", "the one certificate of the signer's issuer and serial number has another key, and nothing names it",
		s.token(carrying(junk))).refused("tsp.signer-missing")
	s.add("signer-junk-beside", "the same certificate before the right one", s.token(carrying(junk, s.tsa, s.issuing))).openssl("refuse")
	renewed := s.issuing.TSA("tsa-later", ca.Named("tsa"), ca.Holding(s.tsa.Key), ca.Lasting("2026-01-01", "2029-01-01"))
	e := s.token(carrying(s.issuing), editInfo(func(i *ca.SignerInfo) {
		i.Version, i.SID = 3, ca.CtxPrimitive(0, s.tsa.Key.ID())
	}))
	e.name = "sid-key-id-not-embedded.tst"
	s.add("signer-renewed-alone", "the signer is missing; a later certificate of its key is there, whose begin proves nothing", e).
		intermediates(renewed).refused("tsp.ess-mismatch").alsoOthers().openssl("")
	s.add("signer-renewed-beside", "the later certificate of the signer's key is read before the right one", e).
		intermediates(renewed, s.tsa).openssl("")
}
