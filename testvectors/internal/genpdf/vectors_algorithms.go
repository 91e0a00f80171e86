package main

import (
	"crypto/elliptic"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// vectorsAlgorithms: with what signatures are made, and until when that counts.
func vectorsAlgorithms(s *suite) {
	rsa := rsaSigner()
	s.add("pss", "RSASSA-PSS with SHA-256", signed(cades(container{by: rsa, alg: ca.PSSWith(ca.HashSHA256, ca.HashSHA256)})))
	s.add("pss-mask-other", "RSASSA-PSS whose mask is made by another digest, which RFC 4055 allows", signed(cades(container{
		by: rsa, alg: ca.PSSWith(ca.HashSHA256, ca.HashSHA512),
	})))
	s.add("rsa-key-name", "the algorithm of the signature names the key alone", signed(cades(container{by: rsa, alg: ca.RSAPlain(ca.HashSHA256)})))
	for _, x := range []struct {
		id, comment string
		key         *ca.Key
		hash        ca.HashAlg
	}{
		{"ed25519", "Ed25519 (RFC 8419)", ca.EdKey("pdf"), ca.HashSHA512},
		{"p384", "ECDSA on the curve P-384", ca.ECKey(elliptic.P384(), "pdf p384"), ca.HashSHA384},
		{"p521", "ECDSA on the curve P-521", ca.ECKey(elliptic.P521(), "pdf p521"), ca.HashSHA512},
	} {
		s.add(x.id, x.comment, signed(cades(container{by: world.issuing.Person(x.id, ca.Holding(x.key)), hash: x.hash})))
	}
	s.add("digest-sha1", "SHA-1 as the digest of the signature, long after its end", signed(cades(container{hash: ca.HashSHA1}))).
		refused("#signature-1", "signature-algorithm", "pdf.weak-signature")
	s.add("digest-md5", "MD5 as the digest of the signature", signed(cades(container{by: rsa, hash: ca.HashMD5}))).
		refused("#signature-1", "signature-algorithm", "pdf.weak-signature")
	small := world.issuing.Person("rsa-1024", ca.Holding(ca.RSAKey(1024, "pdf small")))
	s.add("rsa-1024", "an RSA key of 1024 bits", signed(cades(container{by: small}))).
		refused("#signature-1", "signature-algorithm", "pdf.weak-signature")
	s.unknownAlgorithm()
	s.endOfAlgorithms()
}

// unknownAlgorithm: a signature that nobody can compute.
func (s *suite) unknownAlgorithm() {
	alg := *ca.EcdsaWith(ca.HashSHA256)
	alg.ID = ca.Algorithm(ca.OIDUnknown)
	s.add("signature-unsupported", "the algorithm of the signature is unknown", signed(cades(container{alg: &alg}))).
		refused("#signature-1", "", "pdf.signature-unsupported")
}

// endOfAlgorithms: the last second at which they count, and the one behind. A time-stamp
// from before keeps the signature.
func (s *suite) endOfAlgorithms() {
	h := oldHouse()
	sha1 := h.container()
	sha1.hash = ca.HashSHA1
	d := signed(cades(sha1))
	s.add("sha1-2013", "SHA-1 in the last second of 2013", d).judgedBy(h).at("2013-12-31T23:59:59Z")
	s.add("sha1-2014", "SHA-1 a second later", d).judgedBy(h).at("2014-01-01T00:00:00Z").
		refused("#signature-1", "signature-algorithm", "pdf.weak-signature").noPOE("#signature-1")
	sha1 = h.stamped(oldStamp)
	sha1.hash = ca.HashSHA1
	s.add("sha1-stamped", "SHA-1, and a time-stamp from when it counted", signed(cades(sha1))).judgedBy(h).existed("#signature-1", oldStamp)
	sha1 = h.stamped("2014-01-01T00:00:00Z")
	sha1.hash = ca.HashSHA1
	s.add("sha1-stamped-late", "SHA-1, and a time-stamp from when it no longer counted", signed(cades(sha1))).judgedBy(h).
		refused("#signature-1", "signature-algorithm", "pdf.weak-signature").noPOE("#signature-1")
	lasting := world.issuing.Person("rsa-2048-lasting", ca.Lasting("2024-01-01", "2035-01-01"), ca.Holding(rsaSigner().Key))
	d = signed(cades(container{by: lasting}))
	s.add("rsa-2048-2030", "an RSA key of 2048 bits in the last second of 2030", d).at("2030-12-31T23:59:59Z")
	s.add("rsa-2048-2031", "an RSA key of 2048 bits a second later", d).at("2031-01-01T00:00:00Z").
		refused("#signature-1", "signature-algorithm", "pdf.weak-signature").noPOE("#signature-1")
}
