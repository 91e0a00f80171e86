package sigalg

//lint:file-ignore SA1019 chains of the years before 2014 use DSA, and it is judged weak by date

import (
	"crypto"
	"crypto/dsa"
	"crypto/ed25519"
	"crypto/rsa"
	"fmt"
	"math/big"

	"github.com/cloudflare/circl/sign/ed448"

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
	case a.Scheme == ECDSA && k.curve != nil:
		return k.verifyECDSA(digest, sig)
	case a.Scheme == DSA && k.dsa != nil:
		return verifyDSA(k.dsa, digest, sig)
	}
	return k.mismatch(a)
}

func (k *Key) mismatch(a Algorithm) error {
	return fmt.Errorf("%s with a key of kind %s: %w", a.Scheme, k.Kind, ErrUnsupported)
}

// stdHash holds the digests for which crypto/rsa makes the encoding in use. For
// RIPEMD-160 it writes another identifier than every signer does (1.3.36.3.2.1).
var stdHash = map[string]crypto.Hash{
	"md5": crypto.MD5, "sha1": crypto.SHA1,
	"sha224": crypto.SHA224, "sha256": crypto.SHA256, "sha384": crypto.SHA384, "sha512": crypto.SHA512,
	"sha512-224": crypto.SHA512_224, "sha512-256": crypto.SHA512_256,
	"sha3-224": crypto.SHA3_224, "sha3-256": crypto.SHA3_256, "sha3-384": crypto.SHA3_384, "sha3-512": crypto.SHA3_512,
}

// verifyECDSA reads Ecdsa-Sig-Value strictly.
func (k *Key) verifyECDSA(digest, sig []byte) error {
	n, ok := ParseDER(sig)
	if !ok {
		return ErrVerification
	}
	return k.VerifyNumbers(digest, n)
}

func verifyDSA(k *dsa.PublicKey, digest, sig []byte) error {
	n, ok := ParseDER(sig)
	if size := (k.Q.BitLen() + 7) / 8; len(digest) > size {
		digest = digest[:size] // FIPS 186-4, section 4.6: the leftmost bits
	}
	if !ok || !dsa.Verify(k, digest, new(big.Int).SetBytes(n.R), new(big.Int).SetBytes(n.S)) {
		return ErrVerification
	}
	return nil
}

// verifyPKCS1 is the standard verification, or the own one for keys and digests that
// crypto/rsa refuses.
func (k *rsaKey) verifyPKCS1(name string, digest, sig []byte) error {
	if h, ok := stdHash[name]; ok && k.std != nil {
		if err := rsa.VerifyPKCS1v15(k.std, h, digest, sig); err != nil {
			return ErrVerification
		}
		return nil
	}
	return k.ownPKCS1(name, digest, sig)
}

func (k *rsaKey) verifyPSS(a Algorithm, digest, sig []byte) error {
	if a.salt > k.size { // it would have to lie inside the modulus
		return ErrVerification
	}
	h, ok := stdHash[a.Digest]
	if !ok || k.std == nil || a.mgf != a.Digest || a.salt == 0 { // 0 means "detect" to crypto/rsa
		return k.ownPSS(a, digest, sig)
	}
	if err := rsa.VerifyPSS(k.std, h, digest, sig, &rsa.PSSOptions{SaltLength: a.salt, Hash: h}); err != nil {
		return ErrVerification
	}
	return nil
}
