package sigalg

//lint:file-ignore SA1019 crypto/ecdh and PublicKey.Bytes have no Brainpool curves

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"
)

// DER is read in its one spelling, and what is written is what is read.
func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		name string
		der  []byte
		ok   bool
		zero bool
	}{
		{"one and one", []byte{0x30, 6, 2, 1, 1, 2, 1, 1}, true, false},
		{"zero", []byte{0x30, 6, 2, 1, 0, 2, 1, 1}, true, true},
		{"negative", []byte{0x30, 6, 2, 1, 0xff, 2, 1, 1}, true, true},
		{"high bit", []byte{0x30, 7, 2, 2, 0, 0x80, 2, 1, 1}, true, false},
		{"padded", []byte{0x30, 7, 2, 2, 0, 1, 2, 1, 1}, false, false},
		{"empty integer", []byte{0x30, 5, 2, 0, 2, 1, 1}, false, false},
		{"trailing", []byte{0x30, 6, 2, 1, 1, 2, 1, 1, 0}, false, false},
		{"long length", []byte{0x30, 0x81, 6, 2, 1, 1, 2, 1, 1}, false, false},
	} {
		n, ok := ParseDER(c.der)
		if ok != c.ok || ok && n.Zero() != c.zero {
			t.Errorf("%s: %v, zero %v", c.name, ok, n.Zero())
		}
		if ok && !n.Zero() && !bytes.Equal(n.appendDER(nil), c.der) {
			t.Errorf("%s: written as %x", c.name, n.appendDER(nil))
		}
	}
	for _, n := range []int{0, 63, 65, 64} {
		if _, ok := ParseP1363(make([]byte, n), 32); ok != (n == 64) {
			t.Errorf("%d bytes: %v", n, ok)
		}
	}
}

// Order, half of it, and the numbers beside them, on every curve.
func TestRangeAndHalf(t *testing.T) {
	one := big.NewInt(1)
	for _, c := range curveList {
		k := &Key{curve: c}
		n := new(big.Int).SetBytes(c.n)
		half := new(big.Int).Rsh(n, 1)
		numbers := func(s *big.Int) Numbers { return Numbers{R: []byte{1}, S: s.Bytes()} }
		for _, x := range []struct {
			s       *big.Int
			in, low bool
		}{
			{new(big.Int), false, true}, {one, true, true}, {half, true, true}, {new(big.Int).Add(half, one), true, false},
			{new(big.Int).Sub(n, one), true, false}, {n, false, false}, {new(big.Int).Add(n, one), false, false},
		} {
			if got := numbers(x.s); k.InRange(got) != x.in || k.HighS(got) == x.low {
				t.Errorf("%s, s = %x: in range %v, high %v", c.name, x.s, k.InRange(got), k.HighS(got))
			}
		}
		if !P1363Size(2*c.size()) || KnownCurve(c.name) != true {
			t.Errorf("%s is not known", c.name)
		}
	}
	if P1363Size(65) || P1363Size(0) || KnownCurve("") {
		t.Error("a size or curve of nothing")
	}
}

// DER and P1363 of one signature verify alike on every curve with a standard signer.
func TestEncodingsAgree(t *testing.T) {
	for _, curve := range []elliptic.Curve{elliptic.P224(), elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		priv, _ := ecdsa.GenerateKey(curve, rand.Reader)
		spki, _ := x509.MarshalPKIXPublicKey(&priv.PublicKey)
		key, err := ParseKey(spki)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 20 {
			digest := sha256.Sum256([]byte{byte(i)})
			sig, _ := ecdsa.SignASN1(rand.Reader, priv, digest[:])
			n, ok := ParseDER(sig)
			size := key.NumberSize()
			raw := append(append(make([]byte, size-len(n.R)), n.R...), append(make([]byte, size-len(n.S)), n.S...)...)
			m, ok2 := ParseP1363(raw, size)
			if !ok || !ok2 || key.VerifyNumbers(digest[:], n) != nil || key.VerifyNumbers(digest[:], m) != nil {
				t.Fatalf("%s: a good signature does not verify", curve.Params().Name)
			}
			digest[0] ^= 1
			if key.VerifyNumbers(digest[:], m) == nil {
				t.Fatalf("%s: another digest verifies", curve.Params().Name)
			}
		}
	}
}

// Every form of one point gives one key, and only the forms of SEC 1 are read.
func TestPoints(t *testing.T) {
	for _, name := range []string{"P-224", "P-256", "P-384", "P-521", "secp256k1", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1"} {
		c := curveByName(name)
		base := basePoint(c)
		want, err := ParsePoint(name, base)
		if err != nil {
			t.Fatal(name, err)
		}
		back, err := ParseKey(want.SPKI())
		if err != nil || !back.Equal(want) || back.Curve() != name {
			t.Errorf("%s: SPKI does not read back: %v", name, err)
		}
		if k, err := ParsePoint(name, base[1:]); err != nil || !k.Equal(want) {
			t.Errorf("%s: bare coordinates: %v", name, err)
		}
		compressed := append([]byte{2 + base[len(base)-1]&1}, base[1:1+c.field]...)
		if k, err := ParsePoint(name, compressed); (err == nil) != (c.std == nil || standardCurve(c.std)) || err == nil && !k.Equal(want) {
			t.Errorf("%s: compressed: %v", name, err)
		}
		hybrid := bytes.Clone(base)
		hybrid[0] = 6 + base[len(base)-1]&1
		off := bytes.Clone(base)
		off[len(off)-1] ^= 1
		for what, bad := range map[string][]byte{
			"hybrid": hybrid, "off the curve": off, "infinity": {0}, "empty": {}, "0, 0": append([]byte{4}, make([]byte, 2*c.field)...),
			"short": base[:len(base)-1], "long": append(bytes.Clone(base), 0), "other prefix": append([]byte{5}, base[1:]...),
			"all ones": append([]byte{4}, bytes.Repeat([]byte{0xff}, 2*c.field)...),
		} {
			if k, err := ParsePoint(name, bad); !errors.Is(err, ErrMalformed) || k != nil {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
	}
	if _, err := ParsePoint("P-192", nil); !errors.Is(err, ErrUnsupported) {
		t.Error("an unknown curve is read")
	}
}

func basePoint(c *curve) []byte {
	if c.std == nil { // the base point of SEC 2, section 2.4.1
		g, _ := new(big.Int).SetString("79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8", 16)
		return append([]byte{4}, g.FillBytes(make([]byte, 64))...)
	}
	p := c.std.Params()
	x, y := c.std.ScalarBaseMult([]byte{1})
	size := (p.BitSize + 7) / 8
	return append(append([]byte{4}, x.FillBytes(make([]byte, size))...), y.FillBytes(make([]byte, size))...)
}

// The standard library's keys read back the same, and as JWK.
func TestSPKIAndJWK(t *testing.T) {
	priv, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	r, _ := rsa.GenerateKey(rand.Reader, 2048)
	ec := func(x, y *big.Int) (string, string) {
		return b64(x.FillBytes(make([]byte, 32))), b64(y.FillBytes(make([]byte, 32)))
	}
	x, y := ec(priv.X, priv.Y)
	n, e := b64(r.N.Bytes()), b64(big.NewInt(int64(r.E)).Bytes())
	for _, c := range []struct {
		pub any
		jwk string
	}{
		{&priv.PublicKey, fmt.Sprintf(`{"kty":"EC","crv":"P-256","x":%q,"y":%q,"kid":"id","use":"sig","alg":"ES256","key_ops":["verify"],"other":1}`, x, y)},
		{&r.PublicKey, fmt.Sprintf(`{"kty":"RSA","n":%q,"e":%q,"kid":"id","alg":"PS256"}`, n, e)},
	} {
		spki, err := x509.MarshalPKIXPublicKey(c.pub)
		if err != nil {
			t.Fatal(err)
		}
		k, err := ParseKey(spki)
		if err != nil || !bytes.Equal(k.SPKI(), spki) {
			t.Errorf("SPKI: %v", err)
		}
		j, err := ParseJWK([]byte(c.jwk))
		if err != nil || j.ID != "id" || !j.Key.Equal(k) {
			t.Errorf("JWK: %v", err)
		}
	}
	okp := `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}` // RFC 8037, appendix A.2
	if j, err := ParseJWK([]byte(okp)); err != nil || j.Key.Kind != "ed25519" {
		t.Errorf("OKP: %v", err)
	}
	for bad, want := range map[string]error{
		`{`:                     ErrMalformed,
		`[]`:                    ErrMalformed,
		`{"kty":"EC"}`:          ErrMalformed,
		`{"kty":1}`:             ErrMalformed,
		`{"kty":"oct"}`:         ErrUnsupported,
		`{"kty":"oct","k":"x"}`: ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","crv":"P-192","x":%q,"y":%q}`, x, y):                               ErrUnsupported,
		fmt.Sprintf(`{"kty":"EC","crv":"P-384","x":%q,"y":%q}`, x, y):                               ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","crv":"secp256k1","x":%q,"y":%q}`, x, y):                           ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","crv":"P-256","x":%q,"y":%q}`, x+"=", y):                           ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","crv":"P-256","x":%q,"y":%q}`, x, x):                               ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","crv":"P-256","x":%q,"y":%q,"d":"AQ"}`, x, y):                      ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","crv":"P-256","x":%q,"y":%q,"use":"enc"}`, x, y):                   ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","crv":"P-256","x":%q,"y":%q,"alg":"ES384"}`, x, y):                 ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","crv":"P-256","x":%q,"y":%q,"alg":"ES521"}`, x, y):                 ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","crv":"P-256","x":%q,"y":%q,"key_ops":["sign"]}`, x, y):            ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","crv":"P-256","x":%q,"y":%q,"key_ops":["verify","verify"]}`, x, y): ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","crv":"P-256","x":%q,"y":%q,"kid":7}`, x, y):                       ErrMalformed,
		fmt.Sprintf(`{"kty":"EC","kty":"EC","crv":"P-256","x":%q,"y":%q}`, x, y):                    ErrMalformed,
		fmt.Sprintf(`{"kty":"RSA","n":%q,"e":%q}`, b64(append([]byte{0}, r.N.Bytes()...)), e):       ErrMalformed,
		fmt.Sprintf(`{"kty":"RSA","n":%q,"e":"AQ"}`, n):                                             ErrMalformed,
		`{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`:            ErrUnsupported,
		`{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUR"}`:            ErrMalformed,
	} {
		if j, err := ParseJWK([]byte(bad)); !errors.Is(err, want) || j.Key != nil {
			t.Errorf("%s: %v, want %v", bad, err, want)
		}
	}
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func TestCertificateSPKI(t *testing.T) {
	priv, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	from := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "x"}, NotBefore: from, NotAfter: from.AddDate(1, 0, 0)}
	cert, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &priv.PublicKey, priv)
	if err != nil {
		t.Fatal(err)
	}
	spki, notBefore, notAfter, err := CertificateSPKI(cert)
	want, _ := x509.MarshalPKIXPublicKey(&priv.PublicKey)
	if err != nil || !bytes.Equal(spki, want) || !notBefore.Equal(from) || !notAfter.Equal(from.AddDate(1, 0, 0)) {
		t.Errorf("%v %v %v", notBefore, notAfter, err)
	}
	for n := range cert {
		if _, _, _, err := CertificateSPKI(cert[:n]); err == nil {
			t.Fatalf("the first %d bytes are a certificate", n)
		}
	}
	if _, _, _, err := CertificateSPKI(append(cert, 0)); err == nil {
		t.Error("a byte behind the certificate passes")
	}
}

func TestPSSWith(t *testing.T) {
	if a := PSSWith("sha384"); a.Scheme != PSS || a.Digest != "sha384" || a.mgf != "sha384" || a.salt != 48 {
		t.Errorf("%+v", a)
	}
}

// Numbers beyond one curve may be another's: a verifier that holds a Brainpool or a
// shorter key must not call a genuine P-256 signature a contradiction.
func TestOutsideAll(t *testing.T) {
	number := func(hex string) []byte { return unhex(t, hex) }
	ff := func(n int) string { return strings.Repeat("ff", n) }
	orderP256 := "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
	for _, c := range []struct {
		curve, r string
		want     bool
	}{
		{"P-256", orderP256, true},                       // n itself
		{"P-256", "01" + orderP256, true},                // n plus 2^256
		{"P-256", "01", false},                           // in range
		{"P-256", ff(40), false},                         // far above: another curve
		{"P-256", "ff" + ff(47), false},                  // as long as P-384
		{"brainpoolP256r1", "b0" + ff(31), false},        // above its order, within that of P-256
		{"brainpoolP512r1", "ff" + ff(63), false},        // P-521 may have it
		{"P-224", "f0" + ff(31), false},                  // P-256 has it
		{"P-521", "02" + strings.Repeat("00", 65), true}, // above every order
	} {
		k := &Key{curve: curveByName(c.curve)}
		if got := k.OutsideAll(Numbers{R: number(c.r), S: []byte{1}}); got != c.want {
			t.Errorf("%s, r = %s: %v", c.curve, c.r, got)
		}
	}
}
