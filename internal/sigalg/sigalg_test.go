package sigalg

//lint:file-ignore SA1019 DSA is tested because old chains use it

import (
	"crypto"
	"crypto/dsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/cloudflare/circl/sign/ed448"
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/verdict"
)

// The own RSA primitives and crypto/rsa must agree on every modulus length around a
// byte boundary, on good values and on spoiled ones.
func TestOwnRSAAgreesWithStandard(t *testing.T) {
	for _, bits := range []int{1024, 1025, 1030, 1031, 1032, 1033} {
		priv, err := rsa.GenerateKey(rand.Reader, bits)
		if err != nil {
			t.Fatal(err)
		}
		std := &rsaKey{std: &priv.PublicKey, size: (bits + 7) / 8}
		own := &rsaKey{n: priv.N, e: big.NewInt(int64(priv.E)), size: (bits + 7) / 8}
		for _, name := range []string{"sha1", "sha256", "sha512"} {
			digest := verdict.Sum(name, []byte("message"))
			sig, err := rsa.SignPKCS1v15(nil, priv, stdHash[name], digest)
			if err != nil {
				t.Fatal(err)
			}
			agree(t, bits, sig, func(s []byte) error { return std.verifyPKCS1(name, digest, s) },
				func(s []byte) error { return own.verifyPKCS1(name, digest, s) })
			for _, salt := range []int{0, 1, 20, 32} {
				a := Algorithm{Scheme: PSS, Digest: name, mgf: name, salt: salt}
				opts := &rsa.PSSOptions{SaltLength: salt, Hash: stdHash[name]}
				if salt == 0 {
					opts.SaltLength = rsa.PSSSaltLengthAuto // crypto/rsa cannot make an empty salt
					a.salt = (bits-1+7)/8 - verdict.DigestSize(name) - 2
				}
				sig, err := rsa.SignPSS(rand.Reader, priv, stdHash[name], digest, opts)
				if err != nil {
					t.Fatal(bits, name, salt, err)
				}
				agree(t, bits, sig, func(s []byte) error { return std.verifyPSS(a, digest, s) },
					func(s []byte) error { return own.ownPSS(a, digest, s) })
				wrong := a
				wrong.salt++
				if own.ownPSS(wrong, digest, sig) == nil {
					t.Errorf("%d bits: a salt of another length verifies", bits)
				}
			}
		}
	}
}

func agree(t *testing.T, bits int, sig []byte, std, own func([]byte) error) {
	t.Helper()
	if std(sig) != nil || own(sig) != nil {
		t.Fatalf("%d bits: good signature: standard %v, own %v", bits, std(sig), own(sig))
	}
	for _, spoiled := range [][]byte{
		flip(sig, 0), flip(sig, len(sig)-1), flip(sig, len(sig)/2), sig[1:], append([]byte{0}, sig...), nil, make([]byte, len(sig)),
	} {
		if std(spoiled) == nil || own(spoiled) == nil {
			t.Errorf("%d bits: spoiled signature: standard %v, own %v", bits, std(spoiled), own(spoiled))
		}
	}
}

func flip(b []byte, at int) []byte {
	c := append([]byte(nil), b...)
	c[at] ^= 1
	return c
}

// Keys that the standard library refuses or lacks, signed by an independent program.
func TestOpenSSLSignatures(t *testing.T) {
	openssl := testvec.Tool(t, "openssl")
	for _, c := range []struct {
		name string
		gen  []string
		sign []string
		alg  Algorithm
	}{
		{"rsa-768", []string{"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:768"}, []string{"-pkeyopt", "digest:sha256"}, Algorithm{Scheme: PKCS1, Digest: "sha256"}},
		{"rsa-large-exponent", []string{"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024", "-pkeyopt", "rsa_keygen_pubexp:18446744073709551629"}, []string{"-pkeyopt", "digest:sha256"}, Algorithm{Scheme: PKCS1, Digest: "sha256"}},
		{"rsa-exponent-3", []string{"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024", "-pkeyopt", "rsa_keygen_pubexp:3"}, []string{"-pkeyopt", "digest:sha512"}, Algorithm{Scheme: PKCS1, Digest: "sha512"}},
		{"pss-other-mask", []string{"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1536"}, []string{"-pkeyopt", "digest:sha512", "-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_mgf1_md:sha256", "-pkeyopt", "rsa_pss_saltlen:17"}, Algorithm{Scheme: PSS, Digest: "sha512", mgf: "sha256", salt: 17}},
		{"pss-no-salt", []string{"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"}, []string{"-pkeyopt", "digest:sha256", "-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:0"}, Algorithm{Scheme: PSS, Digest: "sha256", mgf: "sha256", salt: 0}},
		{"brainpoolP384r1", []string{"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP384r1"}, nil, Algorithm{Scheme: ECDSA, Digest: "sha384"}},
		{"brainpoolP512r1", []string{"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP512r1"}, nil, Algorithm{Scheme: ECDSA, Digest: "sha512"}},
		{"brainpoolP256t1", []string{"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256t1"}, nil, Algorithm{Scheme: ECDSA, Digest: "sha256"}},
		{"secp256k1", []string{"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"}, nil, Algorithm{Scheme: ECDSA, Digest: "sha512"}},
		{"secp224r1", []string{"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-224"}, nil, Algorithm{Scheme: ECDSA, Digest: "sha3-256"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			in := func(name string) string { return filepath.Join(dir, name) }
			digest := verdict.Sum(c.alg.Digest, []byte("evidence"))
			if err := os.WriteFile(in("digest"), digest, 0o600); err != nil {
				t.Fatal(err)
			}
			run(t, openssl, append([]string{"genpkey", "-out", in("key")}, c.gen...)...)
			run(t, openssl, "pkey", "-in", in("key"), "-pubout", "-outform", "DER", "-out", in("pub"))
			run(t, openssl, append([]string{"pkeyutl", "-sign", "-inkey", in("key"), "-in", in("digest"), "-out", in("sig")}, c.sign...)...)
			pub, _ := os.ReadFile(in("pub"))
			sig, _ := os.ReadFile(in("sig"))
			key, err := ParseKey(pub)
			if err != nil {
				t.Fatal(err)
			}
			if err := key.VerifyDigest(c.alg, digest, sig); err != nil {
				t.Errorf("good signature: %v", err)
			}
			if err := key.VerifyDigest(c.alg, flip(digest, 0), sig); !errors.Is(err, ErrVerification) {
				t.Errorf("other digest: %v", err)
			}
			if err := key.VerifyDigest(c.alg, digest, flip(sig, len(sig)-1)); !errors.Is(err, ErrVerification) {
				t.Errorf("other signature: %v", err)
			}
		})
	}
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

func TestEdwards(t *testing.T) {
	message := []byte("evidence")
	pub, priv, _ := ed25519.GenerateKey(rand.Reader)
	check(t, spki(oidEd25519, nil, pub), Algorithm{Scheme: Ed25519, Digest: "sha512"}, message, ed25519.Sign(priv, message))
	pub4, priv4, _ := ed448.GenerateKey(rand.Reader)
	check(t, spki(oidEd448, nil, pub4), Algorithm{Scheme: Ed448, Digest: "shake256-512"}, message, ed448.Sign(priv4, message, ""))
}

func TestDSA(t *testing.T) {
	var priv dsa.PrivateKey
	if err := dsa.GenerateParameters(&priv.Parameters, rand.Reader, dsa.L1024N160); err != nil {
		t.Fatal(err)
	}
	if err := dsa.GenerateKey(&priv, rand.Reader); err != nil {
		t.Fatal(err)
	}
	message := []byte("evidence")
	r, s, err := dsa.Sign(rand.Reader, &priv, verdict.Sum("sha256", message)[:20])
	if err != nil {
		t.Fatal(err)
	}
	var params, sig, y cryptobyte.Builder
	params.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1BigInt(priv.P)
		b.AddASN1BigInt(priv.Q)
		b.AddASN1BigInt(priv.G)
	})
	sig.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1BigInt(r); b.AddASN1BigInt(s) })
	y.AddASN1BigInt(priv.Y)
	check(t, spki(oidDSA, params.BytesOrPanic(), y.BytesOrPanic()), Algorithm{Scheme: DSA, Digest: "sha256"}, message, sig.BytesOrPanic())
}

func check(t *testing.T, spki []byte, a Algorithm, message, sig []byte) {
	t.Helper()
	key, err := ParseKey(spki)
	if err != nil {
		t.Fatal(err)
	}
	if err := key.Verify(a, message, sig); err != nil {
		t.Errorf("%s: %v", a, err)
	}
	if err := key.Verify(a, append(message, '!'), sig); !errors.Is(err, ErrVerification) {
		t.Errorf("%s over another message: %v", a, err)
	}
	for _, other := range []Scheme{PKCS1, PSS, ECDSA, DSA, Ed25519, Ed448} {
		if other == a.Scheme {
			continue
		}
		if err := key.Verify(Algorithm{Scheme: other, Digest: "sha256", mgf: "sha256"}, message, sig); !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s key with %s: %v", a, other, err)
		}
	}
}

func spki(oid der.OID, params, key []byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(asn1.OBJECT_IDENTIFIER, func(b *cryptobyte.Builder) { b.AddBytes([]byte(oid)) })
			b.AddBytes(params)
		})
		b.AddASN1BitString(key)
	})
	return b.BytesOrPanic()
}

// A key that names RSASSA-PSS must not verify PKCS#1 signatures.
func TestPSSKeyRefusesPKCS1(t *testing.T) {
	priv, _ := rsa.GenerateKey(rand.Reader, 1024)
	digest := verdict.Sum("sha256", []byte("evidence"))
	sig, _ := rsa.SignPKCS1v15(nil, priv, crypto.SHA256, digest)
	key, err := ParseKey(spki(oidPSS, nil, x509.MarshalPKCS1PublicKey(&priv.PublicKey)))
	if err != nil {
		t.Fatal(err)
	}
	if err := key.VerifyDigest(Algorithm{Scheme: PKCS1, Digest: "sha256"}, digest, sig); err == nil {
		t.Error("a PSS key verified a PKCS#1 signature")
	}
}

// Limits on RSA keys, exactly at and one above.
func TestRSALimits(t *testing.T) {
	odd := func(bits int) *big.Int {
		n := new(big.Int).Lsh(big.NewInt(1), uint(bits-1))
		return n.SetBit(n, 0, 1)
	}
	rsaSPKI := func(n, e *big.Int) []byte {
		var b cryptobyte.Builder
		b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1BigInt(n); b.AddASN1BigInt(e) })
		return spki(oidRSA, []byte{5, 0}, b.BytesOrPanic())
	}
	three := big.NewInt(3)
	for _, c := range []struct {
		n, e *big.Int
		want error
	}{
		{odd(maxRSABits), three, nil},
		{odd(maxRSABits + 1), three, ErrUnsupported},
		{odd(1024), odd(maxExpBits), nil},
		{odd(1024), odd(maxExpBits + 1), ErrUnsupported},
		{odd(1024), big.NewInt(1), ErrMalformed},
		{odd(1024), big.NewInt(4), ErrMalformed},
		{new(big.Int).Lsh(big.NewInt(1), 1023), three, ErrMalformed},
		{big.NewInt(-7), three, ErrMalformed},
	} {
		if _, err := ParseKey(rsaSPKI(c.n, c.e)); !errors.Is(err, c.want) {
			t.Errorf("modulus of %d bits, exponent of %d: got %v, want %v", c.n.BitLen(), c.e.BitLen(), err, c.want)
		}
	}
}
