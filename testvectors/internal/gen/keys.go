package main

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

// key is a signing key with the SubjectPublicKeyInfo that certificates show.
// Keys are derived from their label, so that each run writes the same bytes.
type key struct {
	signer crypto.Signer
	spki   []byte
}

// stream expands a label to n bytes.
func stream(label string, n int) []byte {
	var out []byte
	for i := uint32(0); len(out) < n; i++ {
		sum := sha512.Sum512(binary.BigEndian.AppendUint32([]byte(label), i))
		out = append(out, sum[:]...)
	}
	return out[:n]
}

func newKey(signer crypto.Signer) *key {
	spki, err := x509.MarshalPKIXPublicKey(signer.Public())
	must(err)
	return &key{signer: signer, spki: spki}
}

func ecKey(curve elliptic.Curve, label string) *key {
	size := (curve.Params().N.BitLen() + 7) / 8
	d := stream("ec "+label, size)
	if curve == elliptic.P521() {
		d[0] = 0 // the order has 521 bits: keep below it
	}
	k, err := ecdsa.ParseRawPrivateKey(curve, d)
	must(err)
	return newKey(k)
}

func p256(label string) *key { return ecKey(elliptic.P256(), label) }

func edKey(label string) *key {
	return newKey(ed25519.NewKeyFromSeed(stream("ed25519 "+label, ed25519.SeedSize)))
}

func rsaKey(bits int, label string) *key {
	p, q := prime(label+" p", bits/2), prime(label+" q", bits/2)
	one := big.NewInt(1)
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	k := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: 65537},
		D:         new(big.Int).ModInverse(big.NewInt(65537), phi),
		Primes:    []*big.Int{p, q},
	}
	k.Precompute()
	must(k.Validate())
	return newKey(k)
}

// prime is the first prime after a start derived from the label; both top bits are set so that
// the modulus has its full length.
func prime(label string, bits int) *big.Int {
	p := new(big.Int).SetBytes(stream("rsa "+label, bits/8))
	p.SetBit(p, bits-1, 1).SetBit(p, bits-2, 1).SetBit(p, 0, 1)
	for !p.ProbablyPrime(20) {
		p.Add(p, big.NewInt(2))
	}
	return p
}

// pssOnly is the same key, announced for RSASSA-PSS alone.
func (k *key) pssOnly() *key {
	pub := k.signer.Public().(*rsa.PublicKey)
	return &key{signer: k.signer, spki: seq(algorithm(oidPSS), bitString(x509.MarshalPKCS1PublicKey(pub)))}
}

// publicBits are the bytes of the public key inside its BIT STRING.
func (k *key) publicBits() []byte {
	var body, bits cryptobyte.String
	s := cryptobyte.String(k.spki)
	if !s.ReadASN1(&body, asn1.SEQUENCE) || !body.SkipASN1(asn1.SEQUENCE) || !body.ReadASN1(&bits, asn1.BIT_STRING) {
		panic("publicBits: not a SubjectPublicKeyInfo")
	}
	return bits[1:]
}

// id is the usual key identifier: SHA-1 over the public key.
func (k *key) id() []byte {
	sum := sha1.Sum(k.publicBits())
	return sum[:]
}
