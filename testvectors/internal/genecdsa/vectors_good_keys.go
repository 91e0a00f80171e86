package main

import (
	"crypto"
	"encoding/hex"
	"encoding/pem"
)

// goodKeys: the forms that a trusted key comes in.
func (s *suite) goodKeys() {
	sig := s.p256.ecdsa(crypto.SHA256, letter).der()
	cert := certificate(s.p256.spki)
	for _, c := range []struct {
		id, comment, file string
		data              []byte
	}{
		{"spki-der", "SubjectPublicKeyInfo in DER", "a.der", s.p256.spki},
		{"spki-compressed", "SubjectPublicKeyInfo with a compressed point", "a.der", s.p256.spkiWith(s.p256.compressed())},
		{"certificate-der", "an X.509 certificate in DER", "a.crt", cert},
		{"certificate-pem", "an X.509 certificate in PEM", "a.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})},
		{"jwk", "a JSON Web Key", "a.jwk", s.p256.jwk(member{"kid", "a"}, member{"use", "sig"}, member{"alg", "ES256"})},
		{"point", "a bare uncompressed point", "a.bin", s.p256.point()},
		{"point-compressed", "a bare compressed point", "a.bin", s.p256.compressed()},
		{"point-64", "the two coordinates alone", "a.bin", s.p256.point()[1:]},
		{"point-hex", "a point as hexadecimal text", "a.txt.hex", []byte(hex.EncodeToString(s.p256.point()) + "\n")},
	} {
		s.add("key-"+c.id, "the trusted key is "+c.comment, ".sig", sig).signers("key-"+c.id, s.p256.as("a", file(c.file, c.data)))
	}
	s.add("key-inline", "the trusted key stands inside signers.json", ".sig", sig).signers("key-inline", s.p256.as("a", inline))
	s.add("key-k1-point", "a bare compressed point on secp256k1", ".sig", s.k1.ecdsa(crypto.SHA256, letter).der()).
		signers("key-k1-point", s.k1.as("a", file("a.bin", s.k1.compressed())))
	s.add("key-alone", "a key without signers.json: the message, SHA-256, DER", ".sig", sig).bare("alone", "a.pem", s.p256.pem()).openssl("accept")
	s.add("key-alone-p1363", "a key without signers.json and a .p1363 file", ".p1363", s.p256.ecdsa(crypto.SHA256, letter).p1363(s.p256.n())).
		bare("alone", "a.pem", s.p256.pem())
	s.add("key-alone-p384", "a key on P-384 without signers.json signs with SHA-384", ".sig", s.p384.ecdsa(crypto.SHA384, letter).der()).
		bare("alone-p384", "a.pem", s.p384.pem()).openssl("accept")
	s.add("key-alone-kid", "the evidence names an id, and the key was given without one", ".jws", s.p256.jws(letter, member{"kid", "z"}).compact()).
		bare("alone", "a.pem", s.p256.pem())
	s.add("key-alone-rsa", "an RSA key without signers.json signs by PKCS#1", ".sig", s.rsa3072.pkcs1(crypto.SHA256, letter)).
		bare("alone-rsa", "a.pem", s.rsa3072.pem()).openssl("accept")
}

// goodProfiles: what is signed stands with the key.
func (s *suite) goodProfiles() {
	digest := sum(crypto.SHA256, letter)
	text := []byte(hex.EncodeToString(digest))
	s.add("signs-digest", "the key signs the digest as bytes", ".sig", s.p256.ecdsa(crypto.SHA256, digest).der()).
		signers("signs-digest", s.p256.as("a", signs("digest")))
	s.add("signs-hex-digest", "the key signs the digest as hexadecimal text", ".sig", s.p256.ecdsa(crypto.SHA256, text).der()).
		signers("signs-hex-digest", s.p256.as("a", signs("hex-digest")))
	s.add("signs-hex-digest-ed25519", "an Ed25519 key signs the digest as hexadecimal text", ".sig", s.ed.ed(text)).
		signers("ed-hex-digest", s.ed.as("a", signs("hex-digest"))).withDigest("sha256", digest)
	s.add("signs-digest-jws", "the payload is the digest as bytes", ".jws", s.p256.jws(digest, member{"kid", "a"}).compact()).
		signers("jws-digest", s.p256.as("a", encoding("jose"), signs("digest")))
	s.add("signs-hex-digest-jws", "the payload is the digest as text", ".jws", s.p256.jws(text, member{"kid", "a"}).compact()).
		signers("jws-hex-digest", s.p256.as("a", encoding("jose"), signs("hex-digest")))
	s.add("signs-hex-digest-detached", "the payload is the digest as text and is left out", ".jws", detached(s.p256.jws(text, member{"kid", "a"})).compact()).
		signers("jws-hex-digest", s.p256.as("a", encoding("jose"), signs("hex-digest")))
	s.add("digest-given", "the subject is known by its digest alone", ".sig", s.p256.ecdsa(crypto.SHA256, letter).der()).
		usual().withDigest("sha256", digest)
	s.add("digest-given-jws", "a JWS with its payload, the subject known by its digest alone", ".jws", s.p256.jws(letter, member{"kid", "a"}).compact()).
		usualJWS().withDigest("sha256", digest)
}

func detached(t token) token {
	t.hide = true
	return t
}

const (
	jan25, jan26, jul26 = "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z"
	mar25, mar26        = "2025-03-01T00:00:00Z", "2026-03-01T00:00:00Z"
	end25               = "2025-12-31T23:59:59Z"
)

// goodTimes: windows, rotation and proofs of existence.
func (s *suite) goodTimes() {
	sig := s.p256.ecdsa(crypto.SHA256, letter).der()
	s.add("window-open", "the time of validation lies in the key's window", ".sig", sig).
		signers("window-open", s.p256.as("a", window(jan25, jul26)))
	s.add("window-last-second", "the last second of the window counts whole", ".sig", sig).
		signers("window-2025", s.p256.as("a", window(jan25, end25))).at("2025-12-31T23:59:59.9Z")
	s.add("window-first-second", "the window begins at the time of validation", ".sig", sig).
		signers("window-2025", s.p256.as("a", window(jan25, end25))).at(jan25)
	s.add("expired-proven", "the window is over, and the signature value is proven to be older", ".sig", sig).
		signers("window-2025", s.p256.as("a", window(jan25, end25))).existed("signature", mar25)
	s.add("expired-proven-text", "the proof is over the file, a text around the value", ".sig", []byte(hex.EncodeToString(sig)+"\n")).
		signers("window-2025", s.p256.as("a", window(jan25, end25))).existed("evidence", mar25)
	s.add("revoked-later", "the key is revoked after the time of validation", ".sig", sig).
		signers("revoked-later", s.p256.as("a", revoked(jul26)))
	s.add("revoked-proven", "the key is revoked, and the signature value is proven to be older", ".sig", sig).
		signers("revoked", s.p256.as("a", revoked(jan26))).existed("signature", mar25)
	s.add("rotation-new", "two keys, the evidence names none: the newer one signed", ".sig", s.other256.ecdsa(crypto.SHA256, letter).der()).
		signers("rotation", s.rotation()...)
	s.add("rotation-old-proven", "two keys: the older one signed, as is proven, in its window", ".sig", sig).
		signers("rotation", s.rotation()...).existed("signature", mar25)
	s.add("rotation-same-key", "one key under two ids: the entry in force counts", ".sig", sig).
		signers("rotation-same-key", s.p256.as("old", window(jan25, end25)), s.p256.as("new", window(jan26, jul26)))
	s.add("rotation-jws", "the key id chooses the newer key", ".jws", s.other256.jws(letter, member{"kid", "new"}).compact()).
		signers("rotation-jws", s.p256.as("old", encoding("jose"), window(jan25, end25)), s.other256.as("new", encoding("jose"), window(jan26, jul26)))
	s.add("many-keys", "keys of every curve: the one that signed is found", ".sig", s.p384.ecdsa(crypto.SHA384, letter).der()).
		signers("many", s.many()...)
}

func (s *suite) rotation() []entry {
	return []entry{s.p256.as("old", window(jan25, end25)), s.other256.as("new", window(jan26, jul26))}
}

func (s *suite) many() (out []entry) {
	for _, k := range s.all() {
		out = append(out, k.as(k.curveID))
	}
	return append(out, s.ed.as("ed"), s.rsa3072.as("rsa"))
}
