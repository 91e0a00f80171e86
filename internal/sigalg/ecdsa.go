package sigalg

//lint:file-ignore SA1019 crypto/ecdh and PublicKey.Bytes have no Brainpool curves

import (
	"crypto/ecdsa"
	"math/big"

	"github.com/btcsuite/btcd/btcec/v2"
	btcecdsa "github.com/btcsuite/btcd/btcec/v2/ecdsa"
)

// maxDERSignature is the longest Ecdsa-Sig-Value of the known curves, that of P-521:
// a header of 3 bytes and two integers of 2 + 66.
const maxDERSignature = 139

// VerifyNumbers checks the equation of ECDSA (FIPS 186-5, section 6.4.2) over a
// digest of any length; its leftmost bits count. The error is nil, or wraps
// ErrVerification, also for numbers out of range, or ErrUnsupported.
func (k *Key) VerifyNumbers(digest []byte, n Numbers) error {
	if k.curve == nil {
		return k.mismatch(Algorithm{Scheme: ECDSA})
	}
	if !k.InRange(n) || !k.holds(digest, n) {
		return ErrVerification
	}
	return nil
}

func (k *Key) holds(digest []byte, n Numbers) bool {
	switch {
	case k.secp != nil:
		return verifySecp(k.secp, digest, n)
	case standardCurve(k.ec.Curve):
		if n.der == nil {
			n.der = n.appendDER(make([]byte, 0, maxDERSignature))
		}
		return ecdsa.VerifyASN1(k.ec, digest, n.der)
	}
	return verifyWeierstrass(k.ec, digest, new(big.Int).SetBytes(n.R), new(big.Int).SetBytes(n.S))
}

// verifySecp needs numbers in range: the library would reduce them in silence.
func verifySecp(k *btcec.PublicKey, digest []byte, n Numbers) bool {
	var r, s btcec.ModNScalar
	if r.SetByteSlice(n.R) || s.SetByteSlice(n.S) {
		return false
	}
	return btcecdsa.NewSignature(&r, &s).Verify(digest[:min(len(digest), 32)], k)
}

// verifyWeierstrass is the verification equation of FIPS 186-5, section 6.4.2, for
// curves that the standard library does not carry. All inputs are public, so it
// need not run in constant time.
func verifyWeierstrass(k *ecdsa.PublicKey, digest []byte, r, s *big.Int) bool {
	n := k.Params().N
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
