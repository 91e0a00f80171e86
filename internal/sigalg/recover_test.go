package sigalg

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"testing"

	"github.com/exhibit-dev/exhibit/verdict"
)

func parsedKey(t testing.TB, public crypto.PublicKey) *Key {
	t.Helper()
	spki, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	k, err := ParseKey(spki)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// What crypto/rsa signed is found again, for each digest, and nothing else is.
func TestSignedDigest(t *testing.T) {
	priv, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	k := parsedKey(t, &priv.PublicKey)
	for name, h := range map[string]crypto.Hash{
		"md5": crypto.MD5, "sha1": crypto.SHA1, "sha224": crypto.SHA224, "sha256": crypto.SHA256, "sha384": crypto.SHA384,
		"sha512": crypto.SHA512, "sha512-256": crypto.SHA512_256, "sha3-256": crypto.SHA3_256,
	} {
		digest := verdict.Sum(name, []byte("evidence"))
		sig, err := rsa.SignPKCS1v15(nil, priv, h, digest)
		if err != nil {
			t.Fatal(err)
		}
		got, value, err := k.SignedDigest(sig)
		if err != nil || got != name || !bytes.Equal(value, digest) {
			t.Errorf("%s: %s %x %v", name, got, value, err)
		}
		if _, _, err := parsedKey(t, &other.PublicKey).SignedDigest(sig); !errors.Is(err, ErrVerification) {
			t.Errorf("%s under another key: %v", name, err)
		}
	}
}

// Each rule of the encoding refuses its own forgery; a digest that is not known is no
// proof against the signature.
func TestSignedDigestForgeries(t *testing.T) {
	priv, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	k := parsedKey(t, &priv.PublicKey)
	info := digestInfo("sha256", verdict.Sum("sha256", []byte("evidence")))
	full := 128 - len(info) - 3
	encode := func(pad int, tail ...byte) []byte {
		em := append([]byte{0, 1}, bytes.Repeat([]byte{0xff}, pad)...)
		return append(append(append(em, 0), info...), tail...)
	}
	change := func(at int, b byte) []byte {
		em := encode(full)
		em[at] = b
		return em
	}
	unknown := change(128-32-3-8, 0x77) // inside the object identifier
	absent := encode(full)              // NULL turned into something else
	absent[128-32-4] = 0x04
	for name, c := range map[string]struct {
		em   []byte
		want error
	}{
		"good":                  {encode(full), nil},
		"first byte":            {change(0, 1), ErrVerification},
		"block type 2":          {change(1, 2), ErrVerification},
		"other padding":         {change(50, 0xfe), ErrVerification},
		"other padding, first":  {change(2, 0xfe), ErrVerification},
		"no end of the padding": {change(2+full, 1), ErrVerification},
		"all padding":           {append([]byte{0, 1}, bytes.Repeat([]byte{0xff}, 126)...), ErrVerification},
		"data after the digest": {encode(minPadding, make([]byte, full-minPadding)...), ErrVerification},
		"short padding":         {encode(minPadding-1, make([]byte, full-minPadding+1)...), ErrVerification},
		"another digest":        {unknown, ErrUnsupported},
		"other parameters":      {absent, ErrVerification},
	} {
		_, _, err := k.SignedDigest(sealed(priv, c.em))
		if !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for name, sig := range map[string][]byte{"empty": nil, "short": make([]byte, 127), "long": make([]byte, 129), "zero": make([]byte, 128), "all ones": bytes.Repeat([]byte{0xff}, 128)} {
		if _, _, err := k.SignedDigest(sig); !errors.Is(err, ErrVerification) {
			t.Errorf("%s: %v", name, err)
		}
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := parsedKey(t, &curve.PublicKey).SignedDigest(make([]byte, 64)); !errors.Is(err, ErrUnsupported) {
		t.Errorf("a key on a curve: %v", err)
	}
	pss := *k
	pss.pssOnly = true
	if _, _, err := pss.SignedDigest(sealed(priv, encode(full))); !errors.Is(err, ErrUnsupported) {
		t.Errorf("a key for RSASSA-PSS: %v", err)
	}
}
