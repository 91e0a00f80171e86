package sigalg

import (
	"bytes"
	"crypto/elliptic"
	"math/big"

	"github.com/ProtonMail/go-crypto/brainpool"
	"github.com/btcsuite/btcd/btcec/v2"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// curve is a named curve. Its order is kept as bytes, so that a range is checked
// without making numbers.
type curve struct {
	name  string // as RFC 7518 and RFC 5639 write it
	jose  string // the JWS algorithm of the curve, "" when it has none
	oid   der.OID
	std   elliptic.Curve // nil for secp256k1
	n     []byte         // order
	half  []byte         // order / 2: the largest low s
	bits  int            // of the order
	field int            // bytes of a coordinate
}

// size is the length of one number in IEEE P1363 form.
func (c *curve) size() int { return len(c.n) }

var curveList = []*curve{
	newCurve("P-224", "", "1.3.132.0.33", elliptic.P224()),
	newCurve("P-256", "ES256", "1.2.840.10045.3.1.7", elliptic.P256()),
	newCurve("P-384", "ES384", "1.3.132.0.34", elliptic.P384()),
	newCurve("P-521", "ES512", "1.3.132.0.35", elliptic.P521()),
	newCurve("secp256k1", "ES256K", "1.3.132.0.10", nil),
	newCurve("brainpoolP256r1", "", "1.3.36.3.3.2.8.1.1.7", brainpool.P256r1()),
	newCurve("brainpoolP256t1", "", "1.3.36.3.3.2.8.1.1.8", brainpool.P256t1()),
	newCurve("brainpoolP384r1", "", "1.3.36.3.3.2.8.1.1.11", brainpool.P384r1()),
	newCurve("brainpoolP384t1", "", "1.3.36.3.3.2.8.1.1.12", brainpool.P384t1()),
	newCurve("brainpoolP512r1", "", "1.3.36.3.3.2.8.1.1.13", brainpool.P512r1()),
	newCurve("brainpoolP512t1", "", "1.3.36.3.3.2.8.1.1.14", brainpool.P512t1()),
}

func newCurve(name, jose, oid string, std elliptic.Curve) *curve {
	c := &curve{name: name, jose: jose, oid: der.MustOID(oid), std: std}
	params := btcec.S256().Params()
	if std != nil {
		params = std.Params()
	}
	c.n = params.N.Bytes()
	c.half = new(big.Int).Rsh(params.N, 1).FillBytes(make([]byte, len(c.n)))
	c.bits, c.field = params.N.BitLen(), (params.BitSize+7)/8
	return c
}

func curveByOID(oid der.OID) *curve {
	for _, c := range curveList {
		if c.oid == oid {
			return c
		}
	}
	return nil
}

// KnownCurve reports whether a curve has this name here.
func KnownCurve(name string) bool { return curveByName(name) != nil }

func curveByName(name string) *curve {
	for _, c := range curveList {
		if c.name == name {
			return c
		}
	}
	return nil
}

// P1363Size reports whether a signature of some known curve has this many bytes in
// IEEE P1363 form.
func P1363Size(n int) bool {
	for _, c := range curveList {
		if n == 2*c.size() {
			return true
		}
	}
	return false
}

// Curve returns the name of the key's curve, "" when it has none.
func (k *Key) Curve() string {
	if k.curve == nil {
		return ""
	}
	return k.curve.name
}

// JOSE returns the JWS algorithm of the key's curve (RFC 7518, section 3.4, and RFC
// 8812), "" when it has none.
func (k *Key) JOSE() string {
	if k.curve == nil {
		return ""
	}
	return k.curve.jose
}

// NumberSize returns the length of r and of s in IEEE P1363 form, 0 for a key that
// is not for ECDSA.
func (k *Key) NumberSize() int {
	if k.curve == nil {
		return 0
	}
	return k.curve.size()
}

// compare orders two numbers that are written without leading zeros.
func compare(a, b []byte) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return bytes.Compare(a, b)
}

func trim(b []byte) []byte {
	for len(b) > 0 && b[0] == 0 {
		b = b[1:]
	}
	return b
}
