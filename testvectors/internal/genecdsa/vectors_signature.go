package main

//lint:file-ignore SA1019 the vectors are computed from the equations, on every curve alike

import (
	"crypto"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"strings"
)

const outOfRange = "ecdsa.out-of-range"

// ranges: numbers outside 1..n-1, before anything is reduced.
func (s *suite) ranges() {
	n := s.p256.n()
	p := s.p256.ecdsa(crypto.SHA256, letter)
	zero := new(big.Int)
	plus := func(x *big.Int) *big.Int { return new(big.Int).Add(x, n) }
	for _, c := range []struct {
		id, comment string
		p           pair
	}{
		{"r-zero", "r is 0", pair{zero, p.s}}, {"s-zero", "s is 0", pair{p.r, zero}},
		{"r-n", "r is the order", pair{n, p.s}}, {"s-n", "s is the order", pair{p.r, n}},
		{"r-plus-n", "r with the order added: the same after reduction", pair{plus(p.r), p.s}},
		{"s-plus-n", "s with the order added: the same after reduction", pair{p.r, plus(p.s)}},
		{"r-negative", "r is negative", pair{new(big.Int).Neg(p.r), p.s}},
		{"s-negative", "s is negative", pair{p.r, new(big.Int).Neg(p.s)}},
		{"s-huge", "s is longer than the order of any curve", pair{p.r, new(big.Int).Lsh(big.NewInt(1), 600)}},
	} {
		s.add("range-"+c.id, c.comment, ".sig", c.p.der()).usual().refused(outOfRange).openssl("refuse")
	}
	for _, c := range []struct {
		id string
		p  pair
	}{{"r-zero", pair{zero, p.s}}, {"s-zero", pair{p.r, zero}}, {"s-n", pair{p.r, n}}, {"r-n", pair{n, p.s}}} {
		s.add("range-p1363-"+c.id, "out of range in IEEE P1363 form", ".p1363", c.p.p1363(n)).usualP1363().refused(outOfRange)
	}
	// A number so small that the order can be added to it without another byte.
	k, sig := s.smallS()
	wrapped := sig
	wrapped.s = new(big.Int).Add(sig.s, n)
	s.add("range-p1363-small-s", "a signature with a small s", ".p1363", sig.p1363(n)).signers("small-s", k.as("a", encoding("p1363")))
	s.add("range-p1363-wrapped-s", "the same with the order added to s", ".p1363", wrapped.p1363(n)).
		signers("small-s", k.as("a", encoding("p1363"))).refused(outOfRange)
	t := s.p256.jws(letter, member{"kid", "a"})
	t.sig = pair{p.r, n}.p1363(n)
	s.add("range-jws", "a JWS whose s is the order", ".jws", t.compact()).usualJWS().refused(outOfRange)
	t.sig = make([]byte, 64)
	s.add("range-jws-zero", "a JWS whose signature is all zero", ".jws", t.compact()).usualJWS().refused(outOfRange)
	s.add("range-no-key", "r is 0, and no key is trusted: no key can have made it", ".sig", pair{zero, p.s}.der()).refused(outOfRange).alsoOthers()
}

// smallS makes a key under which a chosen small s signs the letter: d = (s·k - e) / r.
func (s *suite) smallS() (*key, pair) {
	n := s.p256.n()
	nonce, small := scalar("small-s", n), big.NewInt(0x5a5a5a)
	x, _ := s.p256.curve.ScalarBaseMult(nonce.Bytes())
	r := new(big.Int).Mod(x, n)
	d := new(big.Int).Mul(small, nonce)
	d.Sub(d, leftmost(sum(crypto.SHA256, letter), n)).Mul(d, new(big.Int).ModInverse(r, n)).Mod(d, n)
	return ecKeyOf("P-256", "small-s", d), pair{r, small}
}

// signature: the equation does not hold under the key that the evidence names.
func (s *suite) signature() {
	kid := member{"kid", "a"}
	const invalid = "ecdsa.signature-invalid"
	forged := s.other256.jws(letter, kid)
	s.add("jws-other-signer", "a stranger's signature under the trusted key's id", ".jws", forged.compact()).usualJWS().refused(invalid)
	s.add("jws-key-confusion", "the id names one trusted key, another trusted key signed", ".jws", forged.compact()).
		signers("two-jws", s.p256.as("a", encoding("jose")), s.other256.as("b", encoding("jose"))).refused(invalid)
	moved := s.p256.jws(other, kid)
	moved.payload = letter
	s.add("jws-payload-replaced", "the signature of another letter's JWS", ".jws", moved.compact()).usualJWS().refused(invalid)
	header := s.p256.jws(letter, kid)
	header.header = object(member{"alg", "ES256"}, member{"kid", "a"}, member{"typ", "x"})
	s.add("jws-header-changed", "a header that was not signed", ".jws", header.compact()).usualJWS().refused(invalid)
	s.add("jws-detached-other", "a detached JWS of another letter", ".jws", detached(s.p256.jws(other, kid)).compact()).usualJWS().refused(invalid)
	s.add("jws-jwk-forged", "the trusted key in the header, a stranger's signature", ".jws",
		s.other256.jws(letter, member{"jwk", json.RawMessage(s.p256.jwk())}).compact()).usualJWS().refused(invalid)
	s.add("jws-jwk-untrusted-invalid", "a stranger's key in the header, and not even his signature", ".jws",
		s.p256.jws(letter, member{"jwk", json.RawMessage(s.other256.jwk())}).compact()).usualJWS().refused(invalid).alsoOthers()
	der := s.p256.jws(letter, kid)
	swapped := append(append([]byte{}, der.sig[32:]...), der.sig[:32]...)
	der.sig = swapped
	s.add("jws-swapped", "r and s in each other's place", ".jws", der.compact()).usualJWS().refused(invalid)
}

// digest: a payload that is not what the key signs about this subject.
func (s *suite) digest() {
	kid := member{"kid", "a"}
	hexLetter := hex.EncodeToString(sum(crypto.SHA256, letter))
	byText := func(v *vector) *vector {
		return v.signers("jws-hex-digest", s.p256.as("a", encoding("jose"), signs("hex-digest"))).refused("ecdsa.digest-mismatch")
	}
	s.add("jws-other-letter", "a good JWS of another letter", ".jws", s.p256.jws(other, kid).compact()).usualJWS().refused("ecdsa.digest-mismatch")
	s.add("jws-other-given", "the subject is given by the digest of another letter", ".jws", s.p256.jws(letter, kid).compact()).
		usualJWS().withDigest("sha256", sum(crypto.SHA256, other)).refused("ecdsa.digest-mismatch")
	s.add("jws-digest-as-message", "the payload is the digest, the key signs the message", ".jws", s.p256.jws(sum(crypto.SHA256, letter), kid).compact()).
		usualJWS().refused("ecdsa.digest-mismatch")
	byText(s.add("jws-message-as-text", "the payload is the message, the key signs the digest's text", ".jws", s.p256.jws(letter, kid).compact()))
	byText(s.add("jws-text-upper", "the digest's text in upper case", ".jws", s.p256.jws([]byte(strings.ToUpper(hexLetter)), kid).compact()))
	byText(s.add("jws-text-other", "the text of another letter's digest", ".jws",
		s.p256.jws([]byte(hex.EncodeToString(sum(crypto.SHA256, other))), kid).compact()))
	byText(s.add("jws-text-line-end", "a line end behind the digest's text", ".jws", s.p256.jws([]byte(hexLetter+"\n"), kid).compact()))
}

// subject: the data is not at hand.
func (s *suite) subject() {
	const missing = "ecdsa.subject-missing"
	sig := s.p256.ecdsa(crypto.SHA256, letter).der()
	s.add("subject-missing", "no data", ".sig", sig).usual().withoutSubject().refused(missing)
	s.add("subject-missing-jws", "no data; the JWS holds its payload and verifies", ".jws", s.p256.jws(letter, member{"kid", "a"}).compact()).
		usualJWS().withoutSubject().refused(missing)
	s.add("subject-other-digest", "a digest of another algorithm than the key's", ".sig", sig).
		usual().withDigest("sha512", sum(crypto.SHA512, letter)).refused(missing)
	s.add("subject-digest-ed25519", "a digest, where Ed25519 signs the message itself", ".sig", s.ed.ed(letter)).
		signers("ed", s.ed.as("a")).withDigest("sha256", sum(crypto.SHA256, letter)).refused(missing)
	s.add("subject-digest-detached", "a digest, where a detached JWS signs the message itself", ".jws", detached(s.p256.jws(letter, member{"kid", "a"})).compact()).
		usualJWS().withDigest("sha256", sum(crypto.SHA256, letter)).refused(missing)
}
