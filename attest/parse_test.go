package attest_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/attest"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

func TestFormOf(t *testing.T) {
	for name, want := range map[string]attest.Form{"a.pdf.sig": attest.Sig, "A.P1363": attest.P1363, "x.jws": attest.JWS, "sig": "", "a.sig.txt": "", "": ""} {
		if got, ok := attest.FormOf(name); got != want || ok != (want != "") {
			t.Errorf("%q: %q", name, got)
		}
	}
	if a, err := attest.Parse("pgp", nil); err == nil || a != nil {
		t.Error("an unknown form is read")
	}
}

// Exactly at each limit and one above.
func TestLimits(t *testing.T) {
	code := func(form attest.Form, in []byte) string {
		_, err := attest.Parse(form, in)
		var e *attest.Error
		errors.As(err, &e)
		if e == nil {
			return ""
		}
		return e.Code
	}
	value := func(n int) []byte { return bytes.Repeat([]byte{0xa5}, n) }
	if got := code(attest.Sig, value(2048)); got != "" {
		t.Errorf("a value at the limit: %s", got)
	}
	if got := code(attest.Sig, value(2049)); got != "ecdsa.limit" {
		t.Errorf("a value above the limit: %q", got)
	}
	jws := func(n int) []byte { return append([]byte("x."), make([]byte, n-2)...) }
	if got := code(attest.JWS, jws(16<<20)); got != "ecdsa.bad-encoding" {
		t.Errorf("a JWS at the limit: %q", got)
	}
	if got := code(attest.JWS, jws(16<<20+1)); got != "ecdsa.limit" {
		t.Errorf("a JWS above the limit: %q", got)
	}
	nested := func(n int) []byte {
		inner := strings.Repeat("[", n-1) + strings.Repeat("]", n-1)
		return []byte(base64url(fmt.Sprintf(`{"alg":"ES256","x":%s}`, inner)) + "." + ".")
	}
	if got := code(attest.JWS, nested(64)); got != "ecdsa.bad-encoding" { // no signature
		t.Errorf("a header at the limit: %q", got)
	}
	if got := code(attest.JWS, nested(65)); got != "ecdsa.limit" {
		t.Errorf("a header above the limit: %q", got)
	}
}

// stream is a subject of which only digests are known, and the bytes on request.
type stream struct {
	verdict.Digests
	data []byte
	err  error
}

func (s stream) Content() ([]byte, error) { return s.data, s.err }

// What signs the message itself takes the bytes from a subject that can give them.
func TestContent(t *testing.T) {
	for _, id := range []string{"ed25519", "jws-detached"} {
		v := vector(t, id)
		letter := v.File(t, v.Subject)
		known, err := verdict.NewDigests(map[string][]byte{"sha256": verdict.Sum("sha256", letter)})
		if err != nil {
			t.Fatal(err)
		}
		a, err := attest.Parse(v.form(t), v.File(t, v.Evidence))
		if err != nil {
			t.Fatal(err)
		}
		if r := a.Verify(stream{known, letter, nil}, v.env(t)); !r.Passed() {
			t.Errorf("%s: %v", id, r.Err())
		}
		if r := a.Verify(known, v.env(t)); r.Reason != "ecdsa.subject-missing" || r.Sub != verdict.SignedDataNotFound {
			t.Errorf("%s without the bytes: %v", id, r.Err())
		}
		if r := a.Verify(stream{known, nil, errors.New("the disk is gone")}, v.env(t)); r.Reason != "run.incomplete" || r.Indication() != verdict.Indeterminate {
			t.Errorf("%s with an error of reading: %v", id, r.Err())
		}
		if needs := a.NeedsContent(v.env(t)); !needs {
			t.Errorf("%s does not say that it needs the bytes", id)
		}
	}
}

// A service's profile: what it signs is its own, which key counts is not.
func TestParts(t *testing.T) {
	priv, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	file := verdict.Bytes("a file")
	message := func(s verdict.Subject) ([]byte, error) {
		d, err := s.Digest("sha256", nil)
		return fmt.Appendf(nil, "1|%x", d), err
	}
	m, _ := message(file)
	digest := sha256.Sum256(m)
	sig, err := ecdsa.SignASN1(rand.Reader, priv, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	spki, _ := x509.MarshalPKIXPublicKey(&priv.PublicKey)
	other, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	otherSPKI, _ := x509.MarshalPKIXPublicKey(&other.PublicKey)
	entry := func(id, signs string) []trust.Key {
		return signers(t, map[string]any{"key_id": id, "alg": "ecdsa", "signs": signs,
			"spki_pem": string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: spki}))})
	}
	parts := attest.Parts{Name: "receipt", Encoding: trust.DER, Signature: sig, KeyID: "k1", Message: message}
	for _, c := range []struct {
		name    string
		keys    []trust.Key
		edit    func(*attest.Parts)
		subject verdict.Subject
		want    string
	}{
		{"good", entry("k1", "receipt"), nil, file, ""},
		{"unnamed", entry("k1", "receipt"), func(p *attest.Parts) { p.KeyID = "" }, file, ""},
		{"embedded and trusted", entry("k1", "receipt"), func(p *attest.Parts) { p.PublicKey = spki }, file, ""},
		{"other id", entry("k2", "receipt"), nil, file, "INDETERMINATE ecdsa.key-id-unknown"},
		{"other id, same key", entry("k2", "receipt"), func(p *attest.Parts) { p.PublicKey = spki }, file, "INDETERMINATE ecdsa.key-id-mismatch"},
		{"other profile", entry("k1", "message"), nil, file, "INDETERMINATE ecdsa.key-profile"},
		{"embedded alone", nil, func(p *attest.Parts) { p.PublicKey = spki }, file, "INDETERMINATE ecdsa.key-not-trusted"},
		{"a stranger's key", nil, func(p *attest.Parts) { p.PublicKey = otherSPKI }, file, "INDETERMINATE ecdsa.key-not-trusted"},
		{"other file", entry("k1", "receipt"), nil, verdict.Bytes("another"), "FAILED ecdsa.signature-invalid"},
		{"no file", entry("k1", "receipt"), nil, verdict.Absent{}, "INDETERMINATE ecdsa.subject-missing"},
		{"no keys", nil, nil, file, "INDETERMINATE ecdsa.key-id-unknown"},
	} {
		p := parts
		if c.edit != nil {
			c.edit(&p)
		}
		a, err := attest.New(p)
		if err != nil {
			t.Fatal(err)
		}
		r := a.Verify(c.subject, trust.Env{At: at, Policy: trust.Issuance, Keys: c.keys})
		got := ""
		if !r.Passed() {
			got = r.Indication().String() + " " + r.Reason
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q (%v)", c.name, got, c.want, r.Err())
		}
	}
	for _, bad := range []attest.Parts{
		{Encoding: trust.DER, Signature: sig[1:]}, {Encoding: trust.P1363, Signature: sig}, {Encoding: trust.Raw}, {Encoding: "pgp", Signature: sig},
		{Encoding: trust.DER, Signature: sig, PublicKey: spki[1:]},
	} {
		if a, err := attest.New(bad); err == nil || a != nil {
			t.Errorf("%+v is read", bad)
		}
	}
}

// The zero environment, a key without anything in it and an absent subject
// decide nothing and break nothing.
func TestNothingGiven(t *testing.T) {
	v := vector(t, "der-p-256")
	a, err := attest.Parse(v.form(t), v.File(t, v.Evidence))
	if err != nil {
		t.Fatal(err)
	}
	for _, env := range []trust.Env{{}, {Keys: []trust.Key{{}}}, {Keys: v.env(t).Keys}} {
		if r := a.Verify(verdict.Absent{}, env); r.Indication() != verdict.Indeterminate || r.Reason == "" {
			t.Errorf("%v", r.Err())
		}
	}
	if r := attest.Unreadable(errors.New("x")); r.Indication() != verdict.Failed || r.Reason != "ecdsa.bad-encoding" {
		t.Errorf("%v", r.Err())
	}
}

// Ed25519 by another implementation's signer, through --key.
func TestEd25519Key(t *testing.T) {
	pub, priv, _ := ed25519.GenerateKey(rand.Reader)
	spki, _ := x509.MarshalPKIXPublicKey(pub)
	k, err := trust.ParseKey(spki, "k.der")
	if err != nil {
		t.Fatal(err)
	}
	env := trust.Env{At: at, Policy: trust.Issuance, Keys: []trust.Key{k}}
	if r := judge(attest.Sig, ed25519.Sign(priv, []byte("m")), verdict.Bytes("m"), env); !r.Passed() {
		t.Error(r.Err())
	}
}

func TestClaims(t *testing.T) {
	v := vector(t, "jws-header-url")
	a, err := attest.Parse(v.form(t), v.File(t, v.Evidence))
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(a.Claims())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"form":"jws"`, `"algorithm":"ES256"`, `"key_id":"a"`, `"key_urls":["https://keys.example/set.json"]`, `"detached":false`, `"payload_sha256":"`} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("no %s in %s", want, b)
		}
	}
	if p, ok := a.Payload(); !ok || !bytes.Equal(p, v.File(t, v.Subject)) || a.KeyID() != "a" || a.Form() != attest.JWS {
		t.Error("payload, key id or form")
	}
}

func base64url(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
