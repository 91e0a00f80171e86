package main

import (
	"crypto"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
)

// signer: evidence that names no key, and holds under none; or names one that is not
// there.
func (s *suite) signer() {
	const missing = "ecdsa.signer-missing"
	sig := s.p256.ecdsa(crypto.SHA256, letter).der()
	digest := sum(crypto.SHA256, letter)
	s.add("no-keys", "no key is trusted", ".sig", sig).refused(missing)
	s.add("other-signer", "a stranger's signature; it names nobody", ".sig", s.other256.ecdsa(crypto.SHA256, letter).der()).usual().refused(missing).openssl("refuse")
	s.add("other-letter", "the signature of another letter; it names nobody", ".sig", s.p256.ecdsa(crypto.SHA256, other).der()).usual().refused(missing).openssl("refuse")
	s.add("other-hash", "signed with SHA-512, the key signs with SHA-256", ".sig", s.p256.ecdsa(crypto.SHA512, letter).der()).usual().refused(missing).openssl("refuse")
	s.add("confused-digest", "the digest was signed, the key signs the message", ".sig", s.p256.ecdsa(crypto.SHA256, digest).der()).usual().refused(missing).openssl("refuse")
	s.add("confused-text", "the digest's text was signed, the key signs the message", ".sig",
		s.p256.ecdsa(crypto.SHA256, []byte(hex.EncodeToString(digest))).der()).usual().refused(missing).openssl("refuse")
	s.add("confused-message", "the message was signed, the key signs the digest", ".sig", sig).
		signers("signs-digest", s.p256.as("a", signs("digest"))).refused(missing)
	s.add("confused-profile", "the key signs for a service's profile, not files", ".sig", sig).
		signers("signs-profile", s.p256.as("a", signs("certisigma-t0"))).refused(missing)
	s.add("confused-encoding", "the key signs in IEEE P1363 form, the value is DER", ".sig", sig).usualP1363().refused(missing)
	s.add("confused-extension", "the key signs in DER, the file says p1363", ".p1363", s.p256.ecdsa(crypto.SHA256, letter).p1363(s.p256.n())).
		signers("p256-der", s.p256.as("a", encoding("der"))).refused(missing)
	s.add("other-curve", "a signature on P-384, the key is on P-256", ".sig", s.p384.ecdsa(crypto.SHA384, letter).der()).usual().refused(missing).openssl("refuse")
	s.add("other-curve-p1363", "96 bytes are no signature on P-256", ".p1363", s.p384.ecdsa(crypto.SHA384, letter).p1363(s.p384.n())).usualP1363().refused(missing)
	s.add("rsa-pss-as-pkcs1", "a PSS signature, the key signs by PKCS#1", ".sig", s.rsa3072.pss(crypto.SHA256, letter)).
		signers("rsa", s.rsa3072.as("a")).refused(missing).openssl("refuse")
	s.add("rsa-other-letter", "an RSA signature of another letter", ".sig", s.rsa3072.pkcs1(crypto.SHA256, other)).
		signers("rsa", s.rsa3072.as("a")).refused(missing).openssl("refuse")
	s.add("rsa-no-rsa-key", "an RSA signature, and only an ECDSA key is trusted", ".sig", s.rsa3072.pkcs1(crypto.SHA256, letter)).usual().refused(missing)
	s.add("ed25519-other-letter", "an Ed25519 signature of another letter", ".sig", s.ed.ed(other)).
		signers("ed", s.ed.as("a")).refused(missing).openssl("refuse")
	s.add("jws-no-kid-forged", "a JWS that names no key and holds under none", ".jws", s.other256.jws(letter).compact()).usualJWS().refused(missing)
	s.add("rotation-none", "two keys, and neither signed", ".sig", s.p256.ecdsa(crypto.SHA256, other).der()).signers("rotation", s.rotation()...).refused(missing)
	s.add("kid-unknown", "a key id that is not among the trusted keys", ".jws", s.p256.jws(letter, member{"kid", "z"}).compact()).
		usualJWS().refused("ecdsa.key-id-unknown")
	s.add("kid-case", "a key id in other letters", ".jws", s.p256.jws(letter, member{"kid", "A"}).compact()).usualJWS().refused("ecdsa.key-id-unknown")
	s.add("kid-no-keys", "a key id, and no key is trusted", ".jws", s.p256.jws(letter, member{"kid", "a"}).compact()).refused("ecdsa.key-id-unknown")
}

// trustedKeys: keys that travel with the evidence are no reason to trust them.
func (s *suite) trustedKeys() {
	const untrusted = "ecdsa.key-not-trusted"
	k := s.other256
	jwk := member{"jwk", json.RawMessage(k.jwk())}
	s.add("jwk-untrusted", "a stranger's key in the header, and his good signature", ".jws", k.jws(letter, jwk).compact()).usualJWS().refused(untrusted)
	s.add("jwk-untrusted-kid", "a stranger's key under the trusted key's id", ".jws", k.jws(letter, member{"kid", "a"}, jwk).compact()).usualJWS().refused(untrusted)
	s.add("jwk-no-keys", "a key in the header, and no key is trusted", ".jws", k.jws(letter, jwk).compact()).refused(untrusted)
	s.add("x5c-untrusted", "a stranger's certificate", ".jws",
		k.jws(letter, member{"x5c", []string{base64.StdEncoding.EncodeToString(certificate(k.spki))}}).compact()).usualJWS().refused(untrusted)
	s.add("jwk-untrusted-detached", "a stranger's key, the payload left out", ".jws", detached(k.jws(letter, jwk)).compact()).usualJWS().refused(untrusted)
	s.add("jwk-untrusted-other", "a stranger's key and another letter: what he signs, nobody has said", ".jws", k.jws(other, jwk).compact()).
		usualJWS().refused(untrusted)
	s.add("kid-other-jwk", "the id names one trusted key, the header holds another", ".jws",
		k.jws(letter, member{"kid", "a"}, jwk).compact()).
		signers("two-jws", s.p256.as("a", encoding("jose")), k.as("b", encoding("jose"))).refused("ecdsa.key-id-mismatch")
}

// windows: the key out of its time.
func (s *suite) windows() {
	const expired, early = "ecdsa.key-expired", "ecdsa.key-not-yet-valid"
	sig := s.p256.ecdsa(crypto.SHA256, letter).der()
	old := func(v *vector) *vector { return v.signers("window-2025", s.p256.as("a", window(jan25, end25))) }
	old(s.add("expired", "the window is over, and nothing says that the signature is older", ".sig", sig)).refused(expired)
	old(s.add("expired-second", "the first second after the window", ".sig", sig)).at(jan26).refused(expired)
	old(s.add("expired-proven-late", "the proof is of a day after the window", ".sig", sig)).existed("signature", mar26).refused(expired)
	old(s.add("expired-proven-subject", "the proof is over the letter, not over the signature", ".sig", sig)).existed("subject", mar25).refused(expired)
	old(s.add("early", "the window has not begun", ".sig", sig)).at("2024-12-31T23:59:59Z").refused(early)
	old(s.add("early-proven", "the signature is proven to be older than the window", ".sig", sig)).at(mar25).existed("signature", "2024-06-01T00:00:00Z").refused(early)
	old(s.add("expired-jws-claim", "a time inside the JWS is a claim and opens no window", ".jws",
		s.p256.jws(letter, member{"iat", 1740787200}).compact())).refused(expired)
	s.add("certificate-expired", "the certificate that was given as a key is over", ".sig", sig).
		signers("key-certificate-der", s.p256.as("a", file("a.crt", certificate(s.p256.spki)))).at("2027-06-01T00:00:00Z").refused(expired)
	s.add("rotation-old", "two keys: the older one signed, and nothing says when", ".sig", sig).signers("rotation", s.rotation()...).refused(expired)
	s.add("no-validation-time", "the zero time is no validation time", ".sig", sig).usual().at("0001-01-01T00:00:00Z").refused("policy.no-time").alsoOthers()
}

// revocation: the key was withdrawn.
func (s *suite) revocation() {
	const gone = "ecdsa.key-revoked"
	sig := s.p256.ecdsa(crypto.SHA256, letter).der()
	withdrawn := func(v *vector) *vector {
		return v.signers("revoked", s.p256.as("a", revoked(jan26))).refused(gone)
	}
	withdrawn(s.add("revoked", "the key is revoked, and nothing says that the signature is older", ".sig", sig))
	withdrawn(s.add("revoked-at", "the key is revoked at the time of validation", ".sig", sig)).at(jan26)
	withdrawn(s.add("revoked-proven-at", "the proof is of the moment of revocation", ".sig", sig)).existed("signature", jan26)
	withdrawn(s.add("revoked-proven-subject", "the proof is over the letter, not over the signature", ".sig", sig)).existed("subject", mar25)
}

// algorithms: digests and keys past their dates.
func (s *suite) algorithms() {
	sha1 := s.p256.ecdsa(crypto.SHA1, letter).der()
	bySHA1 := func(v *vector) *vector { return v.signers("p256-sha1", s.p256.as("a", hash("sha1"))) }
	bySHA1(s.add("sha1", "signed with SHA-1", ".sig", sha1)).refused("ecdsa.weak-digest")
	bySHA1(s.add("sha1-proven", "signed with SHA-1, proven to be of its time", ".sig", sha1)).existed("signature", "2012-06-01T00:00:00Z")
	bySHA1(s.add("sha1-proven-late", "signed with SHA-1, proven to exist a day too late", ".sig", sha1)).
		existed("signature", "2014-01-01T00:00:00Z").refused("ecdsa.weak-digest")
	s.add("md5", "signed with MD5, which never counted", ".sig", s.p256.ecdsa(crypto.MD5, letter).der()).
		signers("p256-md5", s.p256.as("a", hash("md5"))).refused("ecdsa.weak-digest").sub("CRYPTO_CONSTRAINTS_FAILURE")
	sha224 := s.p256.ecdsa(crypto.SHA224, letter).der()
	s.add("sha224-last-day", "SHA-224 on its last day", ".sig", sha224).signers("p256-sha224", s.p256.as("a", hash("sha224"))).at("2030-12-31T23:59:59Z")
	s.add("sha224-over", "SHA-224 a second later", ".sig", sha224).signers("p256-sha224", s.p256.as("a", hash("sha224"))).
		at("2031-01-01T00:00:00Z").refused("ecdsa.weak-digest")
	p224 := s.p224.ecdsa(crypto.SHA256, letter).der()
	s.add("p224-over", "P-224 after its last day", ".sig", p224).signers("curve-p-224", s.p224.as("a")).at("2031-01-01T00:00:00Z").refused("ecdsa.weak-key")
	s.add("p224-proven", "P-224, proven to be of its time", ".sig", p224).signers("curve-p-224", s.p224.as("a")).
		at("2031-01-01T00:00:00Z").existed("signature", mar25)
	rsa := s.rsa2048.pkcs1(crypto.SHA256, letter)
	s.add("rsa-2048-last-day", "RSA with 2048 bits on its last day", ".sig", rsa).signers("rsa-2048", s.rsa2048.as("a")).at("2030-12-31T23:59:59Z").openssl("accept")
	s.add("rsa-2048-over", "RSA with 2048 bits a second later", ".sig", rsa).signers("rsa-2048", s.rsa2048.as("a")).
		at("2031-01-01T00:00:00Z").refused("ecdsa.weak-key")
}

// profile: the evidence is not made as its key signs.
func (s *suite) profile() {
	n := s.p256.n()
	sig := s.p256.ecdsa(crypto.SHA256, letter)
	const highS, misfit = "ecdsa.high-s", "ecdsa.key-profile"
	s.add("high-s-der", "s above half the order, where the key asks for less", ".sig", sig.high(n).der()).
		signers("low-s", s.p256.as("a", lowS)).refused(highS)
	s.add("high-s-p1363", "the same in IEEE P1363 form", ".p1363", sig.high(n).p1363(n)).
		signers("low-s-p1363", s.p256.as("a", lowS, encoding("p1363"))).refused(highS)
	k1 := s.k1.ecdsa(crypto.SHA256, letter).high(s.k1.n())
	s.add("high-s-k1", "the same on secp256k1", ".sig", k1.der()).signers("k1-low-s", s.k1.as("a", lowS)).refused(highS)
	t := s.p256.jws(letter, member{"kid", "a"})
	t.sig = s.p256.ecdsa(crypto.SHA256, []byte(b64(t.header)+"."+b64(t.payload))).high(n).p1363(n)
	s.add("high-s-jws", "the same in a JWS", ".jws", t.compact()).signers("low-s-jws", s.p256.as("a", lowS, encoding("jose"))).refused(highS)

	jws := s.p256.jws(letter, member{"kid", "a"}).compact()
	s.add("profile-encoding", "the id names a key that signs in DER", ".jws", jws).signers("p256-der", s.p256.as("a", encoding("der"))).refused(misfit)
	s.add("profile-curve", "the id names a key on another curve", ".jws", jws).signers("jose-es384", s.p384.as("a", encoding("jose"))).refused(misfit)
	s.add("profile-algorithm", "the id names an RSA key", ".jws", jws).signers("rsa", s.rsa3072.as("a")).refused(misfit)
	s.add("profile-service", "the id names a key of a service's profile", ".jws", jws).
		signers("jws-profile", s.p256.as("a", encoding("jose"), signs("certisigma-t0"))).refused(misfit)
	s.add("profile-hash", "the key signs with another hash than the header's algorithm", ".jws", jws).
		signers("p256-sha512", s.p256.as("a", hash("sha512"))).refused(misfit)
}

// several: more than one defect. The first in the fixed order is named, but a proven
// contradiction goes before what is only undecided.
func (s *suite) several() {
	kid := member{"kid", "a"}
	s.add("several-expired-forged", "an expired key (undecided) and a stranger's signature (proven)", ".jws", s.other256.jws(letter, kid).compact()).
		signers("jws-2025", s.p256.as("a", encoding("jose"), window(jan25, end25))).refused("ecdsa.signature-invalid").alsoOthers()
	s.add("several-other-forged", "another letter and a stranger's signature: the letter comes first", ".jws", s.other256.jws(other, kid).compact()).
		usualJWS().refused("ecdsa.digest-mismatch").alsoOthers()
	s.add("several-subject-forged", "no data (undecided) and a stranger's signature (proven)", ".jws", s.other256.jws(letter, kid).compact()).
		usualJWS().withoutSubject().refused("ecdsa.signature-invalid").alsoOthers()
	s.add("several-expired-revoked", "expired and revoked: the window comes first", ".sig", s.p256.ecdsa(crypto.SHA256, letter).der()).
		signers("old-revoked", s.p256.as("a", window(jan25, end25), revoked(jan26))).refused("ecdsa.key-expired").alsoOthers()
	s.add("several-high-s-sha1", "SHA-1 and a high s: the algorithm comes first", ".sig", s.p256.ecdsa(crypto.SHA1, letter).high(s.p256.n()).der()).
		signers("low-s-sha1", s.p256.as("a", hash("sha1"), lowS)).refused("ecdsa.weak-digest").alsoOthers()
}
