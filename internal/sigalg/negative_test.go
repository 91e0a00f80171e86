package sigalg_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/asn1"
	"errors"
	"math/big"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// A modulus without its leading zero octet is refused, and the key that was meant is told
// beside the error.
func TestNegativeModulus(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	spki := func(n *big.Int) []byte {
		bits, err := asn1.Marshal(struct {
			N *big.Int
			E int
		}{n, key.E})
		if err != nil {
			t.Fatal(err)
		}
		out, err := asn1.Marshal(struct {
			Algorithm struct {
				OID  asn1.ObjectIdentifier
				Null asn1.RawValue
			}
			Key asn1.BitString
		}{struct {
			OID  asn1.ObjectIdentifier
			Null asn1.RawValue
		}{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}, asn1.NullRawValue}, asn1.BitString{Bytes: bits, BitLength: 8 * len(bits)}})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	sum := sha256.Sum256([]byte("signed"))
	value, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	alg := sigalg.Algorithm{Scheme: sigalg.PKCS1, Digest: "sha256"}

	negative := new(big.Int).Sub(key.N, new(big.Int).Lsh(big.NewInt(1), 2048)) // the same octets
	k, err := sigalg.ParseKey(spki(negative))
	var odd *sigalg.NegativeModulusError
	if k != nil || !errors.As(err, &odd) || !errors.Is(err, sigalg.ErrMalformed) {
		t.Fatalf("%v, %v", k, err)
	}
	if err := odd.Unsigned.VerifyDigest(alg, sum[:], value); err != nil || odd.Unsigned.Bits != 2048 {
		t.Errorf("%d bits, %v", odd.Unsigned.Bits, err)
	}
	for _, n := range []int64{-1, -2, -128, -(1 << 40)} { // refused, whatever the other reading is
		if k, err := sigalg.ParseKey(spki(big.NewInt(n))); k != nil || !errors.Is(err, sigalg.ErrMalformed) {
			t.Errorf("%d: %v, %v", n, k, err)
		}
	}
}
