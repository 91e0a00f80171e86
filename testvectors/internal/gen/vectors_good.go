package main

import (
	"crypto/elliptic"
	"encoding/base64"
	"encoding/pem"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// plain is the token that vectors share when they are about trust, time or policy.
func (s *suite) plain() evidence {
	e := s.token()
	e.name = "plain.tst"
	return e
}

// goodSigners: every kind of key and signature that authorities use.
func (s *suite) goodSigners() {
	s.add("plain", "the usual case: a bare token, ECDSA P-256 with SHA-256, one intermediate", s.plain()).warns("tsp.revocation-missing")
	s.goodRSA()
	s.goodPSS()
	for _, c := range []struct {
		id    string
		curve elliptic.Curve
		hash  ca.HashAlg
	}{
		{"signer-p224", elliptic.P224(), ca.HashSHA256},
		{"signer-p384", elliptic.P384(), ca.HashSHA384},
		{"signer-p521", elliptic.P521(), ca.HashSHA512},
	} {
		tsa := s.issuing.TSA(c.id, ca.Holding(ca.ECKey(c.curve, c.id)))
		s.add(c.id, "signer with a key on "+c.curve.Params().Name+", CMS digest "+c.hash.Name,
			s.token(by(tsa, s.issuing), digestBy(c.hash)))
	}
	ed := s.issuing.TSA("signer-ed25519", ca.Holding(ca.EdKey("tsa")))
	s.add("signer-ed25519", "Ed25519 signs the attributes themselves; the CMS digest is SHA-512 (RFC 8419)",
		s.token(by(ed, s.issuing), digestBy(ca.HashSHA512))).openssl("")
	s.add("cms-sha384", "the CMS digest is longer than the curve: it is cut to its leftmost bits",
		s.token(digestBy(ca.HashSHA384)))
}

func (s *suite) rsaTSA(bits int) *ca.Cert {
	label := map[int]string{1024: "rsa-1024", 2048: "rsa-2048", 3072: "rsa-3072"}[bits]
	return s.issuing.TSA("signer-"+label, ca.Holding(s.rsa(bits)))
}

func (s *suite) goodRSA() {
	r2048, r3072 := s.rsaTSA(2048), s.rsaTSA(3072)
	s.add("signer-rsa-2048", "RSA 2048 with PKCS#1 v1.5: good until the end of 2030", s.token(by(r2048, s.issuing)))
	s.add("signer-rsa-3072", "RSA 3072 with PKCS#1 v1.5", s.token(by(r3072, s.issuing)))
	s.add("signer-rsa-plain-oid", "signatureAlgorithm names only rsaEncryption; the hash is the digestAlgorithm's",
		s.token(by(r3072, s.issuing), signedWith(ca.RSAPlain(ca.HashSHA512), ca.HashSHA512)))
}

func (s *suite) goodPSS() {
	tsa := s.rsaTSA(3072)
	pss := ca.PSSWith(ca.HashSHA256, ca.HashSHA256)
	s.add("signer-pss", "RSASSA-PSS with SHA-256 throughout",
		s.token(by(tsa, s.issuing), signedWith(pss, ca.HashSHA256))).openssl("")
	s.add("signer-pss-other-mask", "RSASSA-PSS whose mask uses another hash than the message",
		s.token(by(tsa, s.issuing), signedWith(ca.PSSWith(ca.HashSHA512, ca.HashSHA256), ca.HashSHA512))).openssl("")
	only := s.issuing.TSA("signer-pss-key", ca.Holding(s.rsa(2048).PSSOnly()))
	s.add("signer-pss-key", "the certificate's key is announced for RSASSA-PSS alone",
		s.token(by(only, s.issuing), signedWith(pss, ca.HashSHA256))).openssl("")
}

// goodEncodings: the same token in other wrappings.
func (s *suite) goodEncodings() {
	token := s.token()
	s.add("reply-granted", "a whole reply, status granted", reply(granted, token.der))
	s.add("reply-granted-with-mods", "a whole reply, status grantedWithMods", reply(grantedWithMods, token.der))
	text := evidence{ext: ".tsr", der: ca.Seq(ca.Seq(ca.Integer(granted), ca.Seq(ca.UTF8("Operation okay"))), token.der)}
	s.add("reply-status-text", "a reply with a status text, which nothing protects", text).
		uncommitted([]byte("Operation okay"))
	s.goodText(token)
	ber := evidence{ext: ".tst", der: s.signedData().EncodeBER()}
	s.add("ber-outer", "indefinite lengths around the signed parts, content cut into two segments", ber)
	inReply := reply(granted, ber.der)
	s.add("ber-outer-reply", "the same inside a reply", inReply)
}

func (s *suite) goodText(token evidence) {
	armoured := func(label string) evidence {
		return evidence{ext: ".tst", der: pem.EncodeToMemory(&pem.Block{Type: label, Bytes: token.der})}
	}
	s.add("pem-cms", "PEM with the label CMS", armoured("CMS")).openssl("")
	s.add("pem-pkcs7", "PEM with the label PKCS7", armoured("PKCS7")).openssl("")
	line := base64.StdEncoding.EncodeToString(token.der)
	s.add("base64-line", "base64 in one line", evidence{ext: ".tst", der: []byte(line + "\n")}).openssl("")
	whole := base64.StdEncoding.EncodeToString(reply(granted, token.der).der)
	s.add("base64-reply", "a reply as base64, one line, no newline at the end",
		evidence{ext: ".tsr", der: []byte(whole)}).openssl("")
}
