package ca

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha512"
	"crypto/x509"
	"encoding/binary"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Key is a signing key with the SubjectPublicKeyInfo that certificates show.
// Keys are derived from their label, so that each run writes the same bytes.
type Key struct {
	Signer crypto.Signer
	SPKI   []byte
}

// Stream expands a label to n bytes.
func Stream(label string, n int) []byte {
	var out []byte
	for i := uint32(0); len(out) < n; i++ {
		sum := sha512.Sum512(binary.BigEndian.AppendUint32([]byte(label), i))
		out = append(out, sum[:]...)
	}
	return out[:n]
}

func NewKey(signer crypto.Signer) *Key {
	spki, err := x509.MarshalPKIXPublicKey(signer.Public())
	must(err)
	return &Key{Signer: signer, SPKI: spki}
}

func ECKey(curve elliptic.Curve, label string) *Key {
	size := (curve.Params().N.BitLen() + 7) / 8
	d := Stream("ec "+label, size)
	if curve == elliptic.P521() {
		d[0] = 0 // the order has 521 bits: keep below it
	}
	k, err := ecdsa.ParseRawPrivateKey(curve, d)
	must(err)
	return NewKey(k)
}

func P256(label string) *Key { return ECKey(elliptic.P256(), label) }

func EdKey(label string) *Key {
	return NewKey(ed25519.NewKeyFromSeed(Stream("ed25519 "+label, ed25519.SeedSize)))
}

func RSAKey(bits int, label string) *Key {
	p, q := Prime(label+" p", bits/2), Prime(label+" q", bits/2)
	one := big.NewInt(1)
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	k := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: 65537},
		D:         new(big.Int).ModInverse(big.NewInt(65537), phi),
		Primes:    []*big.Int{p, q},
	}
	k.Precompute()
	must(k.Validate())
	return NewKey(k)
}

// Prime is the first prime after a start derived from the label; both top bits are set so that
// the modulus has its full length.
func Prime(label string, bits int) *big.Int {
	p := new(big.Int).SetBytes(Stream("rsa "+label, bits/8))
	p.SetBit(p, bits-1, 1).SetBit(p, bits-2, 1).SetBit(p, 0, 1)
	for !p.ProbablyPrime(20) {
		p.Add(p, big.NewInt(2))
	}
	return p
}

// PublicBits are the bytes of the public key inside its BIT STRING.
func (k *Key) PublicBits() []byte {
	var body, bits cryptobyte.String
	s := cryptobyte.String(k.SPKI)
	if !s.ReadASN1(&body, asn1.SEQUENCE) || !body.SkipASN1(asn1.SEQUENCE) || !body.ReadASN1(&bits, asn1.BIT_STRING) {
		panic("PublicBits: not a SubjectPublicKeyInfo")
	}
	return bits[1:]
}

// ID is the usual key identifier: SHA-1 over the public key.
func (k *Key) ID() []byte {
	sum := sha1.Sum(k.PublicBits())
	return sum[:]
}

// PSSOnly is the same key, announced for RSASSA-PSS alone.
func (k *Key) PSSOnly() *Key {
	pub := k.Signer.Public().(*rsa.PublicKey)
	return &Key{Signer: k.Signer, SPKI: Seq(Algorithm(OIDPSS), BitString(x509.MarshalPKCS1PublicKey(pub)))}
}
