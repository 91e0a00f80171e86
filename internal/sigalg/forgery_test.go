package sigalg

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/hex"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/btcsuite/btcd/btcec/v2"
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/verdict"
)

// sealed applies the private operation to any encoded message: a signer who makes
// what no standard allows.
func sealed(priv *rsa.PrivateKey, em []byte) []byte {
	m := new(big.Int).SetBytes(em)
	return m.Exp(m, priv.D, priv.N).FillBytes(make([]byte, (priv.N.BitLen()+7)/8))
}

func ownKey(priv *rsa.PrivateKey) *rsaKey {
	return &rsaKey{n: priv.N, e: big.NewInt(int64(priv.E)), size: (priv.N.BitLen() + 7) / 8}
}

// Each rule of EMSA-PKCS1-v1_5 refuses its own forgery.
func TestOwnPKCS1Forgeries(t *testing.T) {
	priv, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	k := ownKey(priv)
	digest := verdict.Sum("sha256", []byte("evidence"))
	info := digestInfo("sha256", digest)
	encode := func(pad, tail int) []byte {
		em := append([]byte{0, 1}, bytes.Repeat([]byte{0xff}, pad)...)
		em = append(append(append(em, 0), info...), make([]byte, tail)...)
		return em
	}
	full := k.size - len(info) - 3
	good := sealed(priv, encode(full, 0))
	if err := k.ownPKCS1("sha256", digest, good); err != nil {
		t.Fatal(err)
	}
	if k.ownPKCS1("sha256", digest, sealed(priv, encode(8, full-8))) == nil {
		t.Error("data after the digest is accepted")
	}
	broken := encode(full, 0)
	broken[10] = 0xfe
	if k.ownPKCS1("sha256", digest, sealed(priv, broken)) == nil {
		t.Error("other padding is accepted")
	}
	// The same signature plus the modulus has the same power, and is out of range.
	shifted := new(big.Int).Add(new(big.Int).SetBytes(good), priv.N)
	if b := shifted.Bytes(); len(b) == k.size && k.ownPKCS1("sha256", digest, b) == nil {
		t.Error("a value not below the modulus is accepted")
	}
	// Padding below eight bytes (section 9.2, step 3): a modulus just too short.
	for bits, want := range map[int]bool{(len(info) + 11) * 8: true, (len(info) + 10) * 8: false} {
		small, err := smallKey(bits)
		if err != nil {
			t.Fatal(err)
		}
		k := ownKey(small)
		em := append([]byte{0, 1}, bytes.Repeat([]byte{0xff}, k.size-len(info)-3)...)
		em = append(append(em, 0), info...)
		if got := k.ownPKCS1("sha256", digest, sealed(small, em)) == nil; got != want {
			t.Errorf("modulus of %d bits: %v", bits, got)
		}
	}
}

// smallKey makes a key that crypto/rsa no longer makes.
func smallKey(bits int) (*rsa.PrivateKey, error) {
	e := big.NewInt(65537)
	for {
		p, err := rand.Prime(rand.Reader, bits/2)
		if err != nil {
			return nil, err
		}
		q, err := rand.Prime(rand.Reader, bits-bits/2)
		if err != nil {
			return nil, err
		}
		one := big.NewInt(1)
		phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
		n := new(big.Int).Mul(p, q)
		if d := new(big.Int).ModInverse(e, phi); d != nil && n.BitLen() == bits {
			return &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: n, E: 65537}, D: d}, nil
		}
	}
}

// Each step of EMSA-PSS-VERIFY refuses its own forgery.
func TestOwnPSSForgeries(t *testing.T) {
	priv, err := rsa.GenerateKey(rand.Reader, 1030) // five unused bits
	if err != nil {
		t.Fatal(err)
	}
	k := ownKey(priv)
	a := Algorithm{Scheme: PSS, Digest: "sha256", mgf: "sha1", salt: 20}
	digest := verdict.Sum("sha256", []byte("evidence"))
	forge := func(spoil func(db []byte), after func(em []byte)) []byte {
		salt := bytes.Repeat([]byte{7}, a.salt)
		h := verdict.Sum("sha256", append(append(make([]byte, 8), digest...), salt...))
		emLen := (k.bits() - 1 + 7) / 8
		db := make([]byte, emLen-len(h)-1)
		db[len(db)-len(salt)-1] = 1
		copy(db[len(db)-len(salt):], salt)
		spoil(db)
		for i, b := range mgf1(a.mgf, h, len(db)) {
			db[i] ^= b
		}
		db[0] &= 0xff >> (8*emLen - (k.bits() - 1))
		em := append(append(db, h...), 0xbc)
		after(em)
		return sealed(priv, em)
	}
	none := func([]byte) {}
	if err := k.ownPSS(a, digest, forge(none, none)); err != nil {
		t.Fatal(err)
	}
	for name, sig := range map[string][]byte{
		"other trailer":         forge(none, func(em []byte) { em[len(em)-1] = 0xcc }),
		"unused bit":            forge(none, func(em []byte) { em[0] |= 0x20 }),
		"padding not zero":      forge(func(db []byte) { db[5] = 1 }, none),
		"no one before salt":    forge(func(db []byte) { db[len(db)-a.salt-1] = 2 }, none),
		"another salt":          forge(func(db []byte) { db[len(db)-1] ^= 1 }, none),
		"not below the modulus": bytes.Repeat([]byte{0xff}, k.size),
	} {
		if k.ownPSS(a, digest, sig) == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if key := (&Key{Kind: "rsa", rsa: k, restrict: &Algorithm{Scheme: PSS, Digest: "sha256", mgf: "sha1", salt: 21}}); key.VerifyDigest(a, digest, forge(none, none)) == nil {
		t.Error("a salt below the key's minimum is accepted")
	}
	for _, salt := range []int{k.size + 1, 1<<31 - 1} {
		long := a
		long.salt = salt
		if err := k.verifyPSS(long, digest, forge(none, none)); !errors.Is(err, ErrVerification) {
			t.Errorf("salt of %d bytes: %v", salt, err)
		}
	}
}

// RIPEMD-160 with the identifier that signers use, by an independent program.
func TestRIPEMD160(t *testing.T) {
	openssl := testvec.Tool(t, "openssl")
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	digest := verdict.Sum("ripemd160", []byte("evidence"))
	// The DigestInfo is written out: OpenSSL 3 signs it without its legacy provider.
	info, _ := hex.DecodeString("3021300906052b2403020105000414")
	if err := os.WriteFile(in("info"), append(info, digest...), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, openssl, "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", in("key"))
	run(t, openssl, "pkey", "-in", in("key"), "-pubout", "-outform", "DER", "-out", in("pub"))
	run(t, openssl, "pkeyutl", "-sign", "-inkey", in("key"), "-in", in("info"), "-out", in("sig"))
	pub, _ := os.ReadFile(in("pub"))
	sig, _ := os.ReadFile(in("sig"))
	key, err := ParseKey(pub)
	if err != nil {
		t.Fatal(err)
	}
	a := Algorithm{Scheme: PKCS1, Digest: "ripemd160"}
	if err := key.VerifyDigest(a, digest, sig); err != nil {
		t.Error(err)
	}
	if key.VerifyDigest(a, flip(digest, 0), sig) == nil {
		t.Error("another digest verifies")
	}
}

// Parameters belong to no PKCS#1 or ECDSA signature algorithm, but for NULL.
func TestSignatureParameters(t *testing.T) {
	for _, dotted := range []string{"1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"} {
		for params, want := range map[string]error{"": nil, "0500": nil, "0400": ErrMalformed, "3000": ErrMalformed} {
			raw, _ := hex.DecodeString(params)
			if _, err := Parse(der.Algorithm{OID: der.MustOID(dotted), Params: raw}, ""); !errors.Is(err, want) {
				t.Errorf("%s with parameters %q: %v", dotted, params, err)
			}
		}
	}
}

// A coordinate that is not reduced names the same point twice; a hybrid point names it
// a third time.
func TestPointsHaveOneSpelling(t *testing.T) {
	point := func(c *curve, x, y *big.Int) []byte {
		b := make([]byte, 1+2*c.field)
		b[0] = 4
		x.FillBytes(b[1 : 1+c.field])
		y.FillBytes(b[1+c.field:])
		return b
	}
	c := curveByName("brainpoolP512r1")
	p := c.std.Params()
	if _, err := c.key(point(c, p.Gx, p.Gy)); err != nil {
		t.Fatal(err)
	}
	if x := new(big.Int).Add(p.Gx, p.P); x.BitLen() <= 8*c.field {
		if _, err := c.key(point(c, x, p.Gy)); !errors.Is(err, ErrMalformed) {
			t.Errorf("a coordinate above the prime: %v", err)
		}
	}
	g := btcec.Generator()
	hybrid := g.SerializeUncompressed()
	hybrid[0] = 6 | hybrid[64]&1
	if _, err := curveByName("secp256k1").key(hybrid); !errors.Is(err, ErrMalformed) {
		t.Errorf("a hybrid point: %v", err)
	}
	var spki cryptobyte.Builder
	spki.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(asn1.OBJECT_IDENTIFIER, func(b *cryptobyte.Builder) { b.AddBytes([]byte(oidEC)) })
			b.AddASN1(asn1.SEQUENCE, func(*cryptobyte.Builder) {}) // explicit parameters
		})
		b.AddASN1BitString(hybrid)
	})
	if _, err := ParseKey(spki.BytesOrPanic()); !errors.Is(err, ErrUnsupported) {
		t.Errorf("explicit parameters: %v", err)
	}
}
