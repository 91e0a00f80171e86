package sigalg

//lint:file-ignore SA1019 chains of the years before 2014 use DSA, and it is judged weak by date

import (
	"crypto/dsa"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"fmt"
	"math/big"

	"github.com/btcsuite/btcd/btcec/v2"
	"github.com/cloudflare/circl/sign/ed448"
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// Limits on keys. They bound the time of one verification, not the trust in it.
const (
	maxRSABits = 16384 // OpenSSL refuses larger ones too; one verification stays near 20 ms
	maxExpBits = 256   // FIPS 186-5 asks for an exponent below 2^256
	maxDSABits = 4096  // the standard ends at 3072
)

// Key is a public key.
type Key struct {
	Kind string // rsa, dsa, ec, ed25519, ed448
	Bits int    // of the modulus or of the curve's order
	// restrict is set when the key itself names RSASSA-PSS: it must not verify
	// PKCS#1 signatures (RFC 4055, section 1.2), and its parameters bind.
	restrict *Algorithm
	pssOnly  bool
	rsa      *rsaKey
	curve    *curve // of ec or secp
	ec       *ecdsa.PublicKey
	secp     *btcec.PublicKey
	dsa      *dsa.PublicKey
	ed25519  ed25519.PublicKey
	ed448    ed448.PublicKey
}

type rsaKey struct {
	std  *rsa.PublicKey // nil when the standard library refuses the key
	n, e *big.Int       // only then
	size int            // of the modulus in bytes
}

// ParseKey reads a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7). The error
// wraps ErrUnsupported or ErrMalformed, and may be a *NegativeModulusError.
func ParseKey(spki []byte) (*Key, error) {
	s := cryptobyte.String(spki)
	var seq, bits cryptobyte.String
	var id der.Algorithm
	var unused uint8
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() || !der.ReadAlgorithm(&seq, &id) ||
		!seq.ReadASN1(&bits, asn1.BIT_STRING) || !seq.Empty() || !bits.ReadUint8(&unused) || unused != 0 {
		return nil, fmt.Errorf("SubjectPublicKeyInfo: %w", ErrMalformed)
	}
	switch id.OID {
	case oidRSA, oidPSS:
		return parseRSA(id.OID, id.Params, bits)
	case oidEC:
		return parseEC(id.Params, bits)
	case oidDSA:
		return parseDSA(id.Params, bits)
	case oidEd25519:
		return ParseEd25519(bits)
	case oidEd448:
		if len(bits) != ed448.PublicKeySize {
			return nil, fmt.Errorf("Ed448 key of %d bytes: %w", len(bits), ErrMalformed)
		}
		return &Key{Kind: "ed448", Bits: 448, ed448: ed448.PublicKey(bits)}, nil
	}
	return nil, fmt.Errorf("public key %s: %w", id.OID, ErrUnsupported)
}

func parseRSA(oid der.OID, params []byte, bits cryptobyte.String) (*Key, error) {
	n, e := new(big.Int), new(big.Int)
	var seq cryptobyte.String
	if !bits.ReadASN1(&seq, asn1.SEQUENCE) || !bits.Empty() || !seq.ReadASN1Integer(n) ||
		!seq.ReadASN1Integer(e) || !seq.Empty() {
		return nil, fmt.Errorf("RSAPublicKey: %w", ErrMalformed)
	}
	if n.Sign() < 0 && seq.Empty() {
		if k, err := parseRSA(oid, params, unsigned(n, e)); err == nil {
			return nil, &NegativeModulusError{k}
		}
	}
	if n.Sign() <= 0 || e.Sign() <= 0 || n.Bit(0) == 0 || e.Bit(0) == 0 || e.BitLen() < 2 {
		return nil, fmt.Errorf("RSA modulus or exponent out of range: %w", ErrMalformed)
	}
	if n.BitLen() > maxRSABits || e.BitLen() > maxExpBits {
		return nil, fmt.Errorf("RSA modulus of %d bits, exponent of %d: %w", n.BitLen(), e.BitLen(), ErrUnsupported)
	}
	k := &Key{Kind: "rsa", Bits: n.BitLen(), rsa: &rsaKey{size: (n.BitLen() + 7) / 8}}
	if n.BitLen() >= 1024 && e.BitLen() <= 31 {
		k.rsa.std = &rsa.PublicKey{N: n, E: int(e.Int64())}
	} else {
		k.rsa.n, k.rsa.e = n, e
	}
	if oid == oidPSS {
		k.pssOnly = true
		if len(params) != 0 {
			a, err := parsePSS(params)
			if err != nil {
				return nil, err
			}
			k.restrict = &a
		}
	}
	return k, nil
}

// NegativeModulusError is the error for an RSA key whose modulus is a negative INTEGER
// (RFC 8017, appendix A.1.1, asks for a positive one): the zero octet in front of it was
// forgotten, as in certificates of Estonian identity cards. It wraps ErrMalformed.
type NegativeModulusError struct {
	// Unsigned is the key that was meant: the same octets as a positive number. It may
	// tell what arithmetic comes to, and is never one to trust.
	Unsigned *Key
}

func (*NegativeModulusError) Error() string { return "the RSA modulus is a negative number" }
func (*NegativeModulusError) Unwrap() error { return ErrMalformed }

// unsigned is an RSAPublicKey in which the octets of a negative modulus are those of a
// positive one.
func unsigned(n, e *big.Int) []byte {
	octets := uint((n.BitLen() + 8) / 8)
	positive := new(big.Int).Add(n, new(big.Int).Lsh(big.NewInt(1), 8*octets))
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1BigInt(positive)
		b.AddASN1BigInt(e)
	})
	return b.BytesOrPanic()
}

func parseEC(params []byte, point []byte) (*Key, error) {
	var oid der.OID
	s := cryptobyte.String(params)
	if !s.PeekASN1Tag(asn1.OBJECT_IDENTIFIER) {
		return nil, fmt.Errorf("curve given by explicit parameters: %w", ErrUnsupported)
	}
	if !der.ReadOID(&s, &oid) || !s.Empty() {
		return nil, fmt.Errorf("curve: %w", ErrMalformed)
	}
	if c := curveByOID(oid); c != nil {
		return c.key(point)
	}
	return nil, fmt.Errorf("curve %s: %w", oid, ErrUnsupported)
}

func parseDSA(params []byte, bits cryptobyte.String) (*Key, error) {
	k := &dsa.PublicKey{Parameters: dsa.Parameters{P: new(big.Int), Q: new(big.Int), G: new(big.Int)}, Y: new(big.Int)}
	s := cryptobyte.String(params)
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() || !seq.ReadASN1Integer(k.P) || !seq.ReadASN1Integer(k.Q) ||
		!seq.ReadASN1Integer(k.G) || !seq.Empty() || !bits.ReadASN1Integer(k.Y) || !bits.Empty() {
		return nil, fmt.Errorf("DSA key (inherited parameters are not supported): %w", ErrMalformed)
	}
	if k.P.BitLen() > maxDSABits || k.Q.BitLen() > 512 {
		return nil, fmt.Errorf("DSA modulus of %d bits: %w", k.P.BitLen(), ErrUnsupported)
	}
	one := big.NewInt(1)
	if k.P.Bit(0) == 0 || k.Q.Sign() <= 0 || k.G.Cmp(one) <= 0 || k.G.Cmp(k.P) >= 0 || k.Y.Cmp(one) <= 0 || k.Y.Cmp(k.P) >= 0 {
		return nil, fmt.Errorf("DSA parameters out of range: %w", ErrMalformed)
	}
	return &Key{Kind: "dsa", Bits: k.P.BitLen(), dsa: k}, nil
}

// Slow reports whether a verification takes several milliseconds: curves and moduli
// that run on general big-number code.
func (k *Key) Slow() bool {
	return k.dsa != nil || k.ec != nil && !standardCurve(k.ec.Curve) || k.rsa != nil && (k.rsa.std == nil || k.Bits > 8192)
}
