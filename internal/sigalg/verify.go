package sigalg

import (
	"crypto"
	"crypto/dsa" //nolint:staticcheck // SA1019: see key.go
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"fmt"
	"math/big"

	decred "github.com/btcsuite/btcd/btcec/v2"
	btcecdsa "github.com/btcsuite/btcd/btcec/v2/ecdsa"
	"github.com/cloudflare/circl/sign/ed448"
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Verify checks sig over message. The error is nil, or wraps ErrVerification,
// ErrUnsupported (also when key and algorithm are of different kinds) or
// ErrMalformed.
func (k *Key) Verify(a Algorithm, message, sig []byte) error {
	switch a.Scheme {
	case Ed25519:
		if k.ed25519 == nil {
			return k.mismatch(a)
		}
		if !ed25519.Verify(k.ed25519, message, sig) {
			return ErrVerification
		}
		return nil
	case Ed448:
		if k.ed448 == nil {
			return k.mismatch(a)
		}
		if !ed448.Verify(k.ed448, message, sig, "") {
			return ErrVerification
		}
		return nil
	}
	digest := verdict.Sum(a.Digest, message)
	if digest == nil {
		return fmt.Errorf("digest %q: %w", a.Digest, ErrUnsupported)
	}
	return k.VerifyDigest(a, digest, sig)
}

// VerifyDigest checks sig over a message of which the digest, by a.Digest, is
// given. Ed25519 and Ed448 answer ErrNeedsMessage.
func (k *Key) VerifyDigest(a Algorithm, digest, sig []byte) error {
	if verdict.DigestSize(a.Digest) != len(digest) && a.Scheme != Ed25519 && a.Scheme != Ed448 {
		return fmt.Errorf("digest %q of %d bytes: %w", a.Digest, len(digest), ErrUnsupported)
	}
	switch {
	case a.Scheme == Ed25519 || a.Scheme == Ed448:
		return ErrNeedsMessage
	case a.Scheme == PKCS1 && k.rsa != nil && !k.pssOnly:
		return k.rsa.verifyPKCS1(a.Digest, digest, sig)
	case a.Scheme == PSS && k.rsa != nil:
		if r := k.restrict; r != nil && (r.Digest != a.Digest || r.mgf != a.mgf || a.salt < r.salt) {
			return fmt.Errorf("the key's RSASSA-PSS parameters forbid %s: %w", a, ErrVerification)
		}
		return k.rsa.verifyPSS(a, digest, sig)
	case a.Scheme == ECDSA && k.ec != nil:
		return verifyECDSA(k.ec, digest, sig)
	case a.Scheme == ECDSA && k.secp != nil:
		return verifySecp(k.secp, digest, sig)
	case a.Scheme == DSA && k.dsa != nil:
		return verifyDSA(k.dsa, digest, sig)
	}
	return k.mismatch(a)
}

func (k *Key) mismatch(a Algorithm) error {
	return fmt.Errorf("%s with a key of kind %s: %w", a.Scheme, k.Kind, ErrUnsupported)
}

var stdHash = map[string]crypto.Hash{
	"md5": crypto.MD5, "sha1": crypto.SHA1, "ripemd160": crypto.RIPEMD160,
	"sha224": crypto.SHA224, "sha256": crypto.SHA256, "sha384": crypto.SHA384, "sha512": crypto.SHA512,
	"sha512-224": crypto.SHA512_224, "sha512-256": crypto.SHA512_256,
	"sha3-224": crypto.SHA3_224, "sha3-256": crypto.SHA3_256, "sha3-384": crypto.SHA3_384, "sha3-512": crypto.SHA3_512,
}

// readRS reads Ecdsa-Sig-Value or Dss-Sig-Value strictly: DER, both positive.
func readRS(sig []byte) (r, s *big.Int, ok bool) {
	r, s = new(big.Int), new(big.Int)
	in := cryptobyte.String(sig)
	var seq cryptobyte.String
	ok = in.ReadASN1(&seq, asn1.SEQUENCE) && in.Empty() && seq.ReadASN1Integer(r) && seq.ReadASN1Integer(s) &&
		seq.Empty() && r.Sign() > 0 && s.Sign() > 0
	return r, s, ok
}

func verifyECDSA(k *ecdsa.PublicKey, digest, sig []byte) error {
	if standardCurve(k.Curve) {
		if !ecdsa.VerifyASN1(k, digest, sig) {
			return ErrVerification
		}
		return nil
	}
	r, s, ok := readRS(sig)
	if !ok || !verifyWeierstrass(k, digest, r, s) {
		return ErrVerification
	}
	return nil
}

// verifyWeierstrass is the verification equation of FIPS 186-5, section 6.4.2, for
// curves that the standard library does not carry. All inputs are public, so it
// need not run in constant time.
func verifyWeierstrass(k *ecdsa.PublicKey, digest []byte, r, s *big.Int) bool {
	n := k.Params().N
	if r.Cmp(n) >= 0 || s.Cmp(n) >= 0 {
		return false
	}
	w := new(big.Int).ModInverse(s, n)
	if w == nil {
		return false
	}
	e := leftmost(digest, n.BitLen())
	u1 := e.Mul(e, w)
	u1.Mod(u1, n)
	u2 := w.Mul(r, w)
	u2.Mod(u2, n)
	x1, y1 := k.ScalarBaseMult(u1.Bytes())
	x2, y2 := k.ScalarMult(k.X, k.Y, u2.Bytes())
	x, y := k.Add(x1, y1, x2, y2)
	if x.Sign() == 0 && y.Sign() == 0 {
		return false
	}
	return x.Mod(x, n).Cmp(r) == 0
}

// leftmost turns a digest into an integer of at most bits bits.
func leftmost(digest []byte, bits int) *big.Int {
	e := new(big.Int).SetBytes(digest)
	if excess := len(digest)*8 - bits; excess > 0 {
		e.Rsh(e, uint(excess))
	}
	return e
}

func verifySecp(k *decred.PublicKey, digest, sig []byte) error {
	r, s, ok := readRS(sig)
	n := decred.S256().N
	if !ok || r.Cmp(n) >= 0 || s.Cmp(n) >= 0 {
		return ErrVerification
	}
	var rs, ss decred.ModNScalar
	rs.SetByteSlice(r.Bytes())
	ss.SetByteSlice(s.Bytes())
	if !btcecdsa.NewSignature(&rs, &ss).Verify(leftmost(digest, 256).FillBytes(make([]byte, 32)), k) {
		return ErrVerification
	}
	return nil
}

func verifyDSA(k *dsa.PublicKey, digest, sig []byte) error {
	r, s, ok := readRS(sig)
	if size := (k.Q.BitLen() + 7) / 8; len(digest) > size {
		digest = digest[:size] // FIPS 186-4, section 4.6: the leftmost bits
	}
	if !ok || !dsa.Verify(k, digest, r, s) {
		return ErrVerification
	}
	return nil
}

// standard verification, or the own one for keys that crypto/rsa refuses.
func (k *rsaKey) verifyPKCS1(name string, digest, sig []byte) error {
	if k.std != nil {
		if err := rsa.VerifyPKCS1v15(k.std, stdHash[name], digest, sig); err != nil {
			return ErrVerification
		}
		return nil
	}
	return k.oldPKCS1(name, digest, sig)
}

func (k *rsaKey) verifyPSS(a Algorithm, digest, sig []byte) error {
	if k.std != nil && a.mgf == a.Digest {
		opts := rsa.PSSOptions{SaltLength: a.salt, Hash: stdHash[a.Digest]}
		if a.salt != 0 { // 0 means "detect" to crypto/rsa
			if err := rsa.VerifyPSS(k.std, stdHash[a.Digest], digest, sig, &opts); err != nil {
				return ErrVerification
			}
			return nil
		}
	}
	return k.ownPSS(a, digest, sig)
}
