package main

//lint:file-ignore SA1019 the vectors are computed from the equations, on every curve alike

import (
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/pem"
	"math/big"

	"github.com/ProtonMail/go-crypto/brainpool"
	"github.com/decred/dcrd/dcrec/secp256k1/v4"
)

// key is a signing key with its public forms.
type key struct {
	label    string
	curve    elliptic.Curve // nil for the others
	curveID  string
	d        *big.Int
	x, y     *big.Int
	edKey    ed25519.PrivateKey
	rsaKey   *rsa.PrivateKey
	spki     []byte
	joseName string
}

const (
	oidEC      = "1.2.840.10045.2.1"
	oidRSA     = "1.2.840.113549.1.1.1"
	oidEd25519 = "1.3.101.112"
)

// curves lists the curves by the names of signers.json.
var curves = map[string]struct {
	curve elliptic.Curve
	oid   string
	jose  string
}{
	"P-224":           {elliptic.P224(), "1.3.132.0.33", ""},
	"P-256":           {elliptic.P256(), "1.2.840.10045.3.1.7", "ES256"},
	"P-384":           {elliptic.P384(), "1.3.132.0.34", "ES384"},
	"P-521":           {elliptic.P521(), "1.3.132.0.35", "ES512"},
	"secp256k1":       {secp256k1.S256(), "1.3.132.0.10", "ES256K"},
	"brainpoolP256r1": {brainpool.P256r1(), "1.3.36.3.3.2.8.1.1.7", ""},
	"brainpoolP384r1": {brainpool.P384r1(), "1.3.36.3.3.2.8.1.1.11", ""},
	"brainpoolP512r1": {brainpool.P512r1(), "1.3.36.3.3.2.8.1.1.13", ""},
}

func (k *key) n() *big.Int { return k.curve.Params().N }

func ecKey(curve, label string) *key {
	c := curves[curve]
	return ecKeyOf(curve, label, scalar("key "+curve+label, c.curve.Params().N))
}

func ecKeyOf(curve, label string, d *big.Int) *key {
	c := curves[curve]
	k := &key{label: label, curve: c.curve, curveID: curve, d: d, joseName: c.jose}
	k.x, k.y = c.curve.ScalarBaseMult(d.Bytes())
	k.spki = k.spkiWith(k.point())
	return k
}

func (k *key) spkiWith(point []byte) []byte {
	return seq(seq(oid(oidEC), oid(curves[k.curveID].oid)), bitString(point))
}

func (k *key) coordinate(n *big.Int) []byte {
	return n.FillBytes(make([]byte, (k.curve.Params().BitSize+7)/8))
}

// point is the uncompressed form of SEC 1, section 2.3.3; compressed the shorter one,
// hybrid the one that no profile allows.
func (k *key) point() []byte { return concat([]byte{4}, k.coordinate(k.x), k.coordinate(k.y)) }
func (k *key) compressed() []byte {
	return append([]byte{2 + byte(k.y.Bit(0))}, k.coordinate(k.x)...)
}
func (k *key) hybrid() []byte {
	return concat([]byte{6 + byte(k.y.Bit(0))}, k.coordinate(k.x), k.coordinate(k.y))
}

func edKey(label string) *key {
	k := &key{label: label, edKey: ed25519.NewKeyFromSeed(stream("ed25519 "+label, ed25519.SeedSize))}
	k.spki = seq(seq(oid(oidEd25519)), bitString(k.edKey.Public().(ed25519.PublicKey)))
	return k
}

func rsaKey(bits int, label string) *key {
	p, q := prime(label+" p", bits/2), prime(label+" q", bits/2)
	one, e := big.NewInt(1), big.NewInt(65537)
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	r := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: 65537},
		D:         new(big.Int).ModInverse(e, phi), Primes: []*big.Int{p, q},
	}
	r.Precompute()
	must(r.Validate())
	return &key{label: label, rsaKey: r, spki: seq(seq(oid(oidRSA), null()), bitString(seq(integer(r.N), integer(e))))}
}

// prime is the first prime after a start derived from the label; both top bits are
// set, so that the modulus has its full length.
func prime(label string, bits int) *big.Int {
	p := new(big.Int).SetBytes(stream("rsa "+label, bits/8))
	p.SetBit(p, bits-1, 1).SetBit(p, bits-2, 1).SetBit(p, 0, 1)
	for !p.ProbablyPrime(20) {
		p.Add(p, big.NewInt(2))
	}
	return p
}

func (k *key) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: k.spki})
}

// jwk is the JSON Web Key, RFC 7518, section 6.2.1, with further members behind it.
func (k *key) jwk(more ...member) []byte {
	m := []member{{"kty", "EC"}, {"crv", k.curveID}, {"x", b64(k.coordinate(k.x))}, {"y", b64(k.coordinate(k.y))}}
	return object(append(m, more...)...)
}
