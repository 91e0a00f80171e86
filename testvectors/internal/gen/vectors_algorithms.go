package main

import (
	"crypto/elliptic"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

const (
	oldTime = "20120601120000Z"
	oldRFC  = "2012-06-01T12:00:00Z"
)

// weakCase is one weak algorithm, once in a token of 2012 and once in one of 2025.
type weakCase struct {
	id, comment, reason string
	edits               []edit
	old, recent         *ca.Cert // nil = the usual authorities
}

func (s *suite) weakCases() []weakCase {
	return []weakCase{
		{"imprint-sha1", "SHA-1 imprint", "tsp.weak-imprint", []edit{imprintBy(ca.HashSHA1)}, nil, nil},
		{"cms-sha1", "SHA-1 as CMS digest and in the signature", "tsp.weak-signature", []edit{digestBy(ca.HashSHA1)}, nil, nil},
		{
			"rsa-1024", "RSA key of 1024 bits", "tsp.weak-signature", nil,
			s.oldRoot.TSA("old-tsa-rsa-1024", ca.Lasting("2010-01-01", "2035-01-01"), ca.Holding(s.rsa(1024))), s.rsaTSA(1024),
		},
		{
			"path-sha1", "certificate signed with SHA-1", "tsp.weak-path", nil,
			s.oldRoot.TSA("old-tsa-sha1", ca.Lasting("2010-01-01", "2035-01-01"), ca.SignedBy(ca.EcdsaWith(ca.HashSHA1))),
			s.issuing.TSA("tsa-sha1", ca.SignedBy(ca.EcdsaWith(ca.HashSHA1))),
		},
	}
}

func (s *suite) oldToken(c weakCase) evidence {
	signer := s.oldTSA
	if c.old != nil {
		signer = c.old
	}
	e := s.token(append([]edit{by(signer), on(oldTime)}, c.edits...)...)
	e.name = c.id + "-2012.tst"
	return e
}

// weakAlgorithms: good until the end of 2013, or never.
func (s *suite) weakAlgorithms() {
	for _, c := range s.weakCases() {
		recent := s.tsa
		if c.recent != nil {
			recent = c.recent
		}
		e := s.token(append([]edit{by(recent, s.issuing)}, c.edits...)...)
		s.add(c.id+"-2025", c.comment+", long after its end", e).refused(c.reason)
		old := s.oldToken(c)
		s.add(c.id+"-2012", c.comment+", fine at genTime, but nothing proves that time", old).
			anchors(s.oldRoot).refused(c.reason).noPOE()
		s.add(c.id+"-2012-existed", c.comment+", and the token existed in 2012", old).
			anchors(s.oldRoot).tokenExisted("2012-07-01T00:00:00Z").existed(oldRFC)
	}
	s.neverGood()
	s.weakIssuer()
}

// neverGood: MD5 has no good time.
func (s *suite) neverGood() {
	signer := s.rsaTSA(3072)
	old := s.oldRoot.TSA("old-tsa-rsa-3072", ca.Lasting("2010-01-01", "2035-01-01"), ca.Holding(s.rsa(3072)))
	md5 := signedWith(ca.RSAWith(ca.HashMD5), ca.HashMD5)
	s.add("cms-md5-2025", "MD5 as CMS digest", s.token(by(signer, s.issuing), md5)).refused("tsp.weak-signature")
	s.add("cms-md5-2012-existed", "MD5 as CMS digest: no proof of existence helps", s.token(by(old), on(oldTime), md5)).
		anchors(s.oldRoot).tokenExisted("2012-07-01T00:00:00Z").refused("tsp.weak-signature")
	s.add("imprint-md5-2025", "MD5 imprint", s.token(imprintBy(ca.HashMD5))).refused("tsp.weak-imprint")
	s.add("imprint-md5-2012", "MD5 imprint of 2012: it was not fine then either", s.token(by(s.oldTSA), on(oldTime), imprintBy(ca.HashMD5))).
		anchors(s.oldRoot).refused("tsp.weak-imprint")
}

// weakIssuer: the weak key or hash stands above the signer.
func (s *suite) weakIssuer() {
	small := s.root.CA("ca-rsa-1024", ca.Holding(s.rsa(1024)))
	s.below("issuer-rsa-1024", "the issuer's key has 1024 bits", small).refused("tsp.weak-path")
	sha1 := s.root.CA("ca-sha1", ca.SignedBy(ca.EcdsaWith(ca.HashSHA1)))
	s.below("issuer-sha1", "the issuer's certificate is signed with SHA-1", sha1).refused("tsp.weak-path")
	rsa := s.root.CA("ca-rsa-3072", ca.Holding(s.rsa(3072)))
	s.below("path-md5", "the signer's certificate is signed with MD5", rsa, ca.SignedBy(ca.RSAWith(ca.HashMD5))).refused("tsp.weak-path")
	s.below("path-rsa", "an RSA issuer", rsa)
	pss := ca.PSSWith(ca.HashSHA256, ca.HashSHA256)
	s.below("path-pss", "an issuer that signs certificates with RSASSA-PSS", rsa, ca.SignedBy(pss))
}

// algorithmDates: the last good second and the first bad one.
func (s *suite) algorithmDates() {
	for _, c := range s.weakCases() {
		e := s.oldToken(c)
		s.add(c.id+"-2013", c.comment+", judged in the last second of 2013", e).
			anchors(s.oldRoot).at("2013-12-31T23:59:59Z").existed(oldRFC)
		s.add(c.id+"-2014", c.comment+", judged a second later", e).
			anchors(s.oldRoot).at("2014-01-01T00:00:00Z").refused(c.reason).noPOE()
	}
	sha1 := s.oldToken(s.weakCases()[0])
	s.add("imprint-sha1-existed-2013", "a proof from the last second of 2013", sha1).
		anchors(s.oldRoot).tokenExisted("2013-12-31T23:59:59Z").existed(oldRFC)
	s.add("imprint-sha1-existed-2014", "a proof from a second later", sha1).
		anchors(s.oldRoot).tokenExisted("2014-01-01T00:00:00Z").refused("tsp.weak-imprint").noPOE()
	s.bits112()
}

// bits112: what has 112 bits of strength is good until the end of 2030.
func (s *suite) bits112() {
	p224 := s.issuing.TSA("signer-p224", ca.Holding(ca.ECKey(elliptic.P224(), "signer-p224")))
	for _, c := range []struct {
		id, reason string
		e          evidence
	}{
		{"rsa-2048", "tsp.weak-signature", evidence{"signer-rsa-2048.tst", ".tst", s.token(by(s.rsaTSA(2048), s.issuing)).der}},
		{"p224", "tsp.weak-signature", evidence{"signer-p224.tst", ".tst", s.token(by(p224, s.issuing)).der}},
		{"sha224", "tsp.weak-imprint", evidence{"imprint-sha224.tst", ".tst", s.token(imprintBy(ca.HashSHA224)).der}},
	} {
		s.add(c.id+"-2030", "112 bits of strength, in the last second of 2030", c.e).at("2030-12-31T23:59:59Z").warns("tsp.expired")
		s.add(c.id+"-2031", "112 bits of strength, a second later", c.e).at("2031-01-01T00:00:00Z").refused(c.reason).noPOE()
	}
}

// ripemd: a digest of its time, with the signature identifier that names it.
func (s *suite) ripemd() {
	old := s.oldRoot.TSA("old-tsa-rsa-3072", ca.Lasting("2010-01-01", "2035-01-01"), ca.Holding(s.rsa(3072)))
	e := s.token(by(old), on(oldTime), digestBy(ca.HashRIPEMD))
	e.name = "cms-ripemd160-2012.tst"
	s.add("cms-ripemd160-then", "RIPEMD-160 as CMS digest and in the signature, judged in its time", e).
		anchors(s.oldRoot).at("2012-06-15T00:00:00Z").existed(oldRFC)
	s.add("cms-ripemd160-now", "the same, long after its end", e).anchors(s.oldRoot).refused("tsp.weak-signature").noPOE()
}
