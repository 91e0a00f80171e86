package trust

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"time"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/verdict"
)

// PublicKey is a parsed public key.
type PublicKey = sigalg.Key

// The ways a key signs.
const (
	ECDSA    = "ecdsa"
	Ed25519  = "ed25519"
	RSAPKCS1 = "rsa-pkcs1" // RSASSA-PKCS1-v1_5, RFC 8017, section 8.2
	RSAPSS   = "rsa-pss"   // RSASSA-PSS with MGF1 by the same digest and a salt as long as it
)

// The encodings of a signature value.
const (
	DER   = "der"   // Ecdsa-Sig-Value
	P1363 = "p1363" // r and s, each as long as the order of the curve
	JOSE  = "jose"  // inside a JWS
	Raw   = "raw"   // the octet string of an Ed25519 or RSA signature
)

// What a key signs. Every other value is the name of a service's profile.
const (
	// Message is the subject itself. A service that is handed a digest and signs it
	// without hashing once more makes the same signature.
	Message = "message"
	// Digest is the digest of the subject, as bytes: the scheme hashes them again.
	Digest = "digest"
	// HexDigest is the digest of the subject as lower-case hexadecimal text.
	HexDigest = "hex-digest"
)

// Key is a trusted key of an attestation service or of a signer. How it signs stands
// here, with the key, and never in the evidence: nothing is tried.
//
// A Key comes from ParseKey or ParseSigners and is not changed afterwards.
type Key struct {
	ID       string // "" when the key was given without one
	Public   *PublicKey
	Alg      string
	Hash     string // of the subject, by the names of verdict.NewHash
	LowS     bool   // ECDSA: s must not lie above half the order
	Encoding string // "" leaves it to the extension of the evidence
	Signs    string

	NotBefore, NotAfter time.Time // zero: unbounded
	RevokedAt           time.Time // zero: not revoked

	Source string // where its owner has it from
	Origin string // the file it was read from

	sha256 string
}

// SHA256 returns the digest of the key's SubjectPublicKeyInfo in lower-case hex.
func (k *Key) SHA256() string {
	if k.sha256 != "" {
		return k.sha256
	}
	return fingerprint(k.Public)
}

func fingerprint(p *PublicKey) string {
	sum := sha256.Sum256(p.SPKI())
	return hex.EncodeToString(sum[:])
}

// Name returns the key's id, or its digest where it has none.
func (k *Key) Name() string {
	if k.ID != "" {
		return k.ID
	}
	return "sha256:" + k.SHA256()
}

// EncodingFor returns how the key encodes a signature in a file of the given
// encoding: its own, or, where it was given without one, DER for a plain file by
// ECDSA and raw for the rest.
func (k *Key) EncodingFor(file string) string {
	switch {
	case k.Encoding != "":
		return k.Encoding
	case file != "":
		return file
	case k.Alg == ECDSA:
		return DER
	}
	return Raw
}

// Scheme returns the algorithm to verify with.
func (k *Key) Scheme() sigalg.Algorithm {
	switch k.Alg {
	case ECDSA:
		return sigalg.Algorithm{Scheme: sigalg.ECDSA, Digest: k.Hash}
	case Ed25519:
		return sigalg.Algorithm{Scheme: sigalg.Ed25519, Digest: "sha512"}
	case RSAPKCS1:
		return sigalg.Algorithm{Scheme: sigalg.PKCS1, Digest: k.Hash}
	case RSAPSS:
		return sigalg.PSSWith(k.Hash)
	}
	return sigalg.Algorithm{}
}

// JOSEHash returns the digest that a JWS algorithm fixes (RFC 7518, section 3.4, and
// RFC 8812, section 3.2); "" for one that is not ECDSA.
func JOSEHash(alg string) string {
	switch alg {
	case "ES256", "ES256K":
		return "sha256"
	case "ES384":
		return "sha384"
	case "ES512":
		return "sha512"
	}
	return ""
}

// complete fills in what was not stated and refuses what does not fit together.
func (k *Key) complete() error {
	kinds := map[string]string{ECDSA: "ec", Ed25519: "ed25519", RSAPKCS1: "rsa", RSAPSS: "rsa"}
	if k.Alg == "" {
		k.Alg = k.usualAlg()
	}
	if k.Hash == "" {
		k.Hash = k.usualHash()
	}
	if k.Signs == "" {
		k.Signs = Message
	}
	k.sha256 = fingerprint(k.Public)
	switch {
	case kinds[k.Alg] == "":
		return fmt.Errorf("alg %q is not one of ecdsa, ed25519, rsa-pkcs1, rsa-pss", k.Alg)
	case kinds[k.Alg] != k.Public.Kind:
		return fmt.Errorf("alg %s does not fit a key of kind %s", k.Alg, k.Public.Kind)
	case k.Alg == RSAPKCS1 && k.Public.PSSOnly():
		return fmt.Errorf("the key names RSASSA-PSS, which forbids rsa-pkcs1")
	case verdict.DigestSize(k.Hash) == 0:
		return fmt.Errorf("hash %q is not known", k.Hash)
	case k.LowS && k.Alg != ECDSA:
		return fmt.Errorf("low_s has no meaning for %s", k.Alg)
	case !profileName.MatchString(k.Signs):
		return fmt.Errorf("signs %q is not message, digest, hex-digest or the name of a profile", k.Signs)
	case !k.NotBefore.IsZero() && !k.NotAfter.IsZero() && k.NotAfter.Before(k.NotBefore):
		return fmt.Errorf("not_after lies before not_before")
	}
	return k.checkEncoding()
}

var profileName = regexp.MustCompile(`^[a-z0-9][a-z0-9._/-]{0,63}$`)

func (k *Key) checkEncoding() error {
	fits := map[string][]string{ECDSA: {"", DER, P1363, JOSE}}[k.Alg]
	if fits == nil {
		fits = []string{"", Raw}
	}
	for _, e := range fits {
		if e != k.Encoding {
			continue
		}
		if e == JOSE && JOSEHash(k.Public.JOSE()) != k.Hash {
			return fmt.Errorf("no JWS algorithm signs %s with a key on %s", k.Hash, k.Public.Curve())
		}
		return nil
	}
	return fmt.Errorf("encoding %q does not fit %s", k.Encoding, k.Alg)
}

func (k *Key) usualAlg() string {
	switch k.Public.Kind {
	case "ec":
		return ECDSA
	case "ed25519":
		return Ed25519
	case "rsa":
		if k.Public.PSSOnly() {
			return RSAPSS
		}
		return RSAPKCS1
	}
	return k.Public.Kind
}

// usualHash is the digest that matches the strength of the curve.
func (k *Key) usualHash() string {
	switch bits := k.Public.Bits; {
	case k.Public.Kind != "ec" || bits <= 256:
		return "sha256"
	case bits <= 384:
		return "sha384"
	}
	return "sha512"
}
