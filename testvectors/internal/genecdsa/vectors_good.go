package main

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
)

// natural is the digest that a key uses when nothing is said.
func natural(k *key) (crypto.Hash, string) {
	switch bits := k.n().BitLen(); {
	case bits <= 256:
		return crypto.SHA256, "sha256"
	case bits <= 384:
		return crypto.SHA384, "sha384"
	}
	return crypto.SHA512, "sha512"
}

func (s *suite) all() []*key {
	return []*key{s.p224, s.p256, s.p384, s.p521, s.k1, s.bp256, s.bp384, s.bp512}
}

// goodCurves: every curve in DER and in IEEE P1363 form.
func (s *suite) goodCurves() {
	for _, k := range s.all() {
		h, _ := natural(k)
		name := strings.ToLower(k.curveID)
		p := k.ecdsa(h, letter)
		s.add("der-"+name, "a signature on "+k.curveID+" in DER", ".sig", p.der()).
			signers("curve-"+name, k.as("a")).openssl("accept")
		s.add("p1363-"+name, "a signature on "+k.curveID+" in IEEE P1363 form", ".p1363", p.p1363(k.n())).
			signers("curve-"+name, k.as("a"))
	}
	s.add("der-p256-sha512", "the digest is longer than the order: its leftmost bits count", ".sig", s.p256.ecdsa(crypto.SHA512, letter).der()).
		signers("p256-sha512", s.p256.as("a", hash("sha512"))).openssl("accept")
	s.add("der-high-s", "s above half the order, where the key does not ask for less", ".sig",
		s.p256.ecdsa(crypto.SHA256, letter).high(s.p256.n()).der()).usual().openssl("accept")
	s.add("der-low-s", "s below half the order, as the key asks", ".sig", s.k1.ecdsa(crypto.SHA256, letter).der()).
		signers("k1-low-s", s.k1.as("a", lowS)).openssl("accept")
	s.add("sig-holds-p1363", "a plain .sig by a key whose entry says p1363", ".sig", s.p256.ecdsa(crypto.SHA256, letter).p1363(s.p256.n())).
		signers("p256-p1363", s.p256.as("a", encoding("p1363")))
}

// goodText: hexadecimal and base64 around the value, decided once.
func (s *suite) goodText() {
	sig := s.p256.ecdsa(crypto.SHA256, letter).der()
	long := s.rsa3072.pkcs1(crypto.SHA256, letter)
	std, url := base64.StdEncoding, base64.RawURLEncoding
	for _, c := range []struct{ id, comment, text string }{
		{"text-hex", "lower-case hexadecimal with a line end", hex.EncodeToString(sig) + "\n"},
		{"text-hex-upper", "upper-case hexadecimal", strings.ToUpper(hex.EncodeToString(sig))},
		{"text-base64", "base64 on one line", std.EncodeToString(sig) + "\r\n"},
		{"text-base64-76", "base64 in lines of 76 letters", folded(std.EncodeToString(sig), 76)},
		{"text-base64url", "base64url without padding", url.EncodeToString(sig)},
	} {
		s.add(c.id, c.comment, ".sig", []byte(c.text)).usual()
	}
	s.add("text-base64-64", "an RSA signature as openssl base64 writes it, in lines of 64 letters", ".sig", []byte(folded(std.EncodeToString(long), 64))).
		signers("rsa", s.rsa3072.as("a"))
	s.add("text-hex-p1363", "hexadecimal around the IEEE P1363 form", ".p1363",
		[]byte(hex.EncodeToString(s.p256.ecdsa(crypto.SHA256, letter).p1363(s.p256.n())))).usualP1363()
}

func (v *vector) usualP1363() *vector {
	return v.signers("p256-p1363", v.suite.p256.as("a", encoding("p1363")))
}

func folded(text string, n int) string {
	var b strings.Builder
	for len(text) > n {
		b.WriteString(text[:n] + "\n")
		text = text[n:]
	}
	return b.String() + text + "\n"
}

// goodJWS: compact and flattened, with the payload inside and without.
func (s *suite) goodJWS() {
	for _, k := range []*key{s.p256, s.p384, s.p521, s.k1} {
		name := strings.ToLower(k.joseName)
		s.add("jws-"+name, "a compact JWS by "+k.joseName, ".jws", k.jws(letter, member{"kid", "a"}).compact()).
			signers("jose-"+name, k.as("a", encoding("jose")))
	}
	plain := s.p256.jws(letter, member{"kid", "a"})
	s.add("jws-line-end", "a line end behind the JWS", ".jws", append(plain.compact(), '\n')).usualJWS()
	s.add("jws-no-kid", "a JWS that names no key", ".jws", s.p256.jws(letter).compact()).usualJWS()
	s.add("jws-header-more", "header names that mean nothing here", ".jws",
		s.p256.jws(letter, member{"kid", "a"}, member{"typ", "JOSE"}, member{"cty", "text/plain"}, member{"x-note", []int{1, 2}}).compact()).usualJWS()
	s.add("jws-header-url", "an address for the key: told, and not fetched", ".jws",
		s.p256.jws(letter, member{"kid", "a"}, member{"jku", "https://keys.example/set.json"}).compact()).usualJWS().warns("ecdsa.key-url")
	s.add("jws-flattened", "a flattened JWS", ".jws", plain.flattened()).usualJWS()
	s.add("jws-flattened-kid", "the key id in the unsigned header", ".jws",
		s.p256.jws(letter).flattened(member{"header", map[string]string{"kid": "a"}})).usualJWS()
	s.add("jws-jwk", "the header holds the key, and it is the trusted one", ".jws",
		s.p256.jws(letter, member{"jwk", json.RawMessage(s.p256.jwk())}).compact()).usualJWS()
	s.add("jws-jwk-kid", "the header holds the trusted key and its id", ".jws",
		s.p256.jws(letter, member{"kid", "a"}, member{"jwk", json.RawMessage(s.p256.jwk(member{"kid", "a"}))}).compact()).usualJWS()
	s.add("jws-x5c", "the header holds a certificate of the trusted key", ".jws",
		s.p256.jws(letter, member{"x5c", []string{base64.StdEncoding.EncodeToString(certificate(s.p256.spki))}}).compact()).usualJWS()
	for _, t := range []token{plain, s.p256.jws(letter)} {
		t.hide = true
		id, comment := "jws-detached", "a JWS without its payload: the subject is the payload"
		if bytes.Equal(t.header, plain.header) {
			s.add(id, comment, ".jws", t.compact()).usualJWS()
			s.add("jws-flattened-detached", "a flattened JWS without its payload", ".jws", t.flattened()).usualJWS()
		} else {
			s.add(id+"-no-kid", comment+"; it names no key", ".jws", t.compact()).usualJWS()
		}
	}
}

// goodOthers: Ed25519 and RSA.
func (s *suite) goodOthers() {
	s.add("ed25519", "an Ed25519 signature over the letter", ".sig", s.ed.ed(letter)).signers("ed", s.ed.as("a")).openssl("accept")
	s.add("rsa-pkcs1", "an RSA signature, PKCS#1 v1.5", ".sig", s.rsa3072.pkcs1(crypto.SHA256, letter)).signers("rsa", s.rsa3072.as("a")).openssl("accept")
	s.add("rsa-pkcs1-sha512", "an RSA signature with SHA-512", ".sig", s.rsa3072.pkcs1(crypto.SHA512, letter)).
		signers("rsa-sha512", s.rsa3072.as("a", hash("sha512"))).openssl("accept")
	s.add("rsa-pss", "an RSA signature, PSS", ".sig", s.rsa3072.pss(crypto.SHA256, letter)).
		signers("rsa-pss", s.rsa3072.as("a", pssAlg)).openssl("accept")
}
