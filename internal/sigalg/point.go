package sigalg

//lint:file-ignore SA1019 crypto/ecdh and PublicKey.Bytes have no Brainpool curves

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"fmt"
	"math/big"

	"github.com/btcsuite/btcd/btcec/v2"
)

// ParsePoint reads a bare public key on the named curve: SEC 1, section 2.3.4,
// uncompressed or compressed, or its two coordinates without the leading 04. Hybrid
// points (06, 07), infinity and points off the curve are malformed.
func ParsePoint(name string, point []byte) (*Key, error) {
	c := curveByName(name)
	if c == nil {
		return nil, fmt.Errorf("curve %q: %w", name, ErrUnsupported)
	}
	if len(point) == 2*c.field {
		point = append([]byte{4}, point...)
	}
	return c.key(point)
}

// IsPointSize reports whether a bare key on the named curve can have n bytes.
func IsPointSize(name string, n int) bool {
	c := curveByName(name)
	return c != nil && (n == 1+c.field || n == 2*c.field || n == 1+2*c.field)
}

// ParseEd25519 reads a bare Ed25519 key (RFC 8032, section 5.1.5).
func ParseEd25519(b []byte) (*Key, error) {
	if len(b) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("Ed25519 key of %d bytes: %w", len(b), ErrMalformed)
	}
	return &Key{Kind: "ed25519", Bits: 256, ed25519: ed25519.PublicKey(b)}, nil
}

// key makes a key of an encoded point.
func (c *curve) key(point []byte) (*Key, error) {
	k := &Key{Kind: "ec", Bits: c.bits, curve: c}
	if c.std == nil {
		pub, err := btcec.ParsePubKey(point)
		if err != nil || point[0] == 6 || point[0] == 7 { // hybrid points are in no profile
			return nil, fmt.Errorf("%s point: %w", c.name, ErrMalformed)
		}
		k.secp = pub
		return k, nil
	}
	x, y := unmarshalPoint(c.std, point)
	if x == nil {
		return nil, fmt.Errorf("%s point: %w", c.name, ErrMalformed)
	}
	k.ec = &ecdsa.PublicKey{Curve: c.std, X: x, Y: y}
	return k, nil
}

// unmarshalPoint reads an uncompressed or compressed point and proves that it lies
// on the curve; nil otherwise.
func unmarshalPoint(curve elliptic.Curve, point []byte) (x, y *big.Int) {
	size := (curve.Params().BitSize + 7) / 8
	switch {
	case len(point) == 1+2*size && point[0] == 4:
		x, y = new(big.Int).SetBytes(point[1:1+size]), new(big.Int).SetBytes(point[1+size:])
		p := curve.Params().P
		if x.Cmp(p) >= 0 || y.Cmp(p) >= 0 || !curve.IsOnCurve(x, y) {
			return nil, nil
		}
		return x, y
	case len(point) == 1+size && (point[0] == 2 || point[0] == 3) && standardCurve(curve):
		return elliptic.UnmarshalCompressed(curve, point)
	}
	return nil, nil
}

// standardCurve reports whether the standard library's decompression (a = -3)
// applies. Compressed Brainpool points are in no certificate profile.
func standardCurve(c elliptic.Curve) bool {
	return c == elliptic.P224() || c == elliptic.P256() || c == elliptic.P384() || c == elliptic.P521()
}
