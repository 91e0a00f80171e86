package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// order: genTime against the validation time.
func (s *suite) order() {
	s.add("gen-time-future", "genTime lies months behind the validation time", s.token(on("20260901120000Z"))).
		refused("tsp.gen-time-future")
	within := s.token(on("20260601000001Z"), editTST(func(t *ca.TSTInfo) { t.Accuracy = ca.Accuracy(1, 0, 0) }))
	s.add("gen-time-future-accuracy", "genTime lies ahead by no more than its accuracy", within).existed("2026-06-01T00:00:02Z")
	beyond := s.token(on("20260601000002Z"), editTST(func(t *ca.TSTInfo) { t.Accuracy = ca.Accuracy(1, 0, 0) }))
	s.add("gen-time-future-beyond", "genTime lies ahead by more than its accuracy", beyond).refused("tsp.gen-time-future")
	s.add("gen-time-now", "genTime is the validation time", s.token(on("20260601000000Z"))).existed(usualAt)
	s.add("no-validation-time", "the zero time is no validation time", s.plain()).at("0001-01-01T00:00:00Z").refused("policy.no-time").alsoOthers()
}

// profile: what the rules for tokens ask beyond a good signature.
func (s *suite) profile() {
	s.add("tsa-name-other", "tsa names somebody else", s.token(editTST(func(t *ca.TSTInfo) {
		t.TSA = ca.DirectoryName(ca.DistinguishedName("somebody else"))
	}))).refused("tsp.tsa-name")
	s.add("tsa-name-issuer", "tsa names the issuer of the signer", s.token(editTST(func(t *ca.TSTInfo) {
		t.TSA = ca.DirectoryName(s.issuing.Name)
	}))).refused("tsp.tsa-name")
	s.add("tsa-name-dns", "tsa is a host name that the certificate does not have", s.token(editTST(func(t *ca.TSTInfo) {
		t.TSA = ca.DNSName("tsa.example")
	}))).refused("tsp.tsa-name")
	s.add("tst-extension-critical", "an unknown critical extension in the TSTInfo", s.token(editTST(func(t *ca.TSTInfo) {
		t.Exts = ca.Extensions{ca.UnknownExtension(true)}
	}))).refused("tsp.critical-extension").openssl("accept")
	s.protection()
}

func (s *suite) protection() {
	for _, c := range []struct {
		id, comment           string
		digest, signatureAlgo []byte
	}{
		{"protection-digest", "CMSAlgorithmProtection names another digest", ca.HashSHA512.ID(), ca.EcdsaWith(ca.HashSHA256).ID},
		{"protection-signature", "CMSAlgorithmProtection names another signature", ca.HashSHA256.ID(), ca.EcdsaWith(ca.HashSHA512).ID},
	} {
		s.add(c.id, c.comment, s.token(withAttr(ca.AlgorithmProtection(c.digest, c.signatureAlgo)))).
			refused("tsp.algorithm-protection")
	}
}

// expectations: a request says which nonce and policy its sender waits for.
func (s *suite) expectations() {
	answer := s.token(editTST(func(t *ca.TSTInfo) { t.Nonce = 7331 }))
	answer.name = "query-matches.tst"
	s.add("nonce-other", "the nonce is not the one of the request", answer).
		withQuery("nonce-other", query(letter, ca.OIDPolicyOne, 1337)).refused("tsp.nonce")
	s.add("nonce-missing", "the request has a nonce, the token has none", s.plain()).
		withQuery("nonce", query(letter, "", 7331)).refused("tsp.nonce")
	s.add("policy-other", "the policy is not the one of the request", answer).
		withQuery("policy-other", query(letter, ca.OIDPolicyTwo, 7331)).refused("tsp.policy")
}

// several: more than one defect. The first in the fixed order is named, but a proven
// contradiction goes before what is only undecided.
func (s *suite) several() {
	flip := func(t *ca.TSTInfo) { t.Imprint[0] ^= 1 }
	s.add("several-imprint-no-anchor", "imprint differs, and no anchor is given", s.token(editTST(flip))).
		anchors().refused("tsp.imprint-mismatch").alsoOthers()
	s.add("several-ess-expired", "no ESS attribute (undecided), and the certificate had expired at genTime (proven)",
		s.token(by(s.issuing.TSA("several-tsa", ca.Lasting("2024-01-01", "2025-01-01")), s.issuing), withoutAttr(ca.OIDSigningCertificate2))).
		refused("tsp.expired").alsoOthers()
	s.add("several-imprint-signature", "imprint and signature differ: the imprint comes first",
		s.token(editTST(flip), editInfo(func(i *ca.SignerInfo) { i.Signature[len(i.Signature)-1] ^= 1 }))).
		refused("tsp.imprint-mismatch").alsoOthers()
	s.add("several-no-anchor-revoked", "no anchor: revocation is not looked at", s.plain()).
		anchors().revocation(s.revokedCRL(beforeToken, ca.KeyCompromise)).refused("tsp.no-chain")
	s.add("several-ess-trailing", "no ESS attribute, and a byte behind the token", evidence{
		ext: ".tst", der: append(s.token(withoutAttr(ca.OIDSigningCertificate2)).der, 0),
	}).refused("tsp.no-ess").alsoOthers()
	s.add("several-subject-status", "no data, and a reply that rejects", reply(rejection, s.token().der)).
		withoutSubject().refused("tsp.subject-missing").alsoOthers()
}
