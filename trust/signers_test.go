package trust

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"
)

// made are keys of one test run, as SubjectPublicKeyInfo.
var made = struct{ p256, p384, p521, ed, rsa []byte }{
	spkiOf(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)), spkiOf(ecdsa.GenerateKey(elliptic.P384(), rand.Reader)),
	spkiOf(ecdsa.GenerateKey(elliptic.P521(), rand.Reader)), edSPKI(), spkiOf(rsa.GenerateKey(rand.Reader, 2048)),
}

func spkiOf[K interface {
	*ecdsa.PrivateKey | *rsa.PrivateKey
}](k K, err error) []byte {
	if err != nil {
		panic(err)
	}
	var pub any
	switch k := any(k).(type) {
	case *ecdsa.PrivateKey:
		pub = &k.PublicKey
	case *rsa.PrivateKey:
		pub = &k.PublicKey
	}
	b, err := x509.MarshalPKIXPublicKey(pub)
	if err != nil {
		panic(err)
	}
	return b
}

func edSPKI() []byte {
	pub, _, _ := ed25519.GenerateKey(rand.Reader)
	b, err := x509.MarshalPKIXPublicKey(pub)
	if err != nil {
		panic(err)
	}
	return b
}

func inPEM(kind string, b []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b})
}

// A key given alone signs as the command line promises.
func TestParseKey(t *testing.T) {
	for _, c := range []struct {
		name      string
		file      []byte
		alg, hash string
	}{
		{"P-256", made.p256, ECDSA, "sha256"}, {"P-384", made.p384, ECDSA, "sha384"}, {"P-521", made.p521, ECDSA, "sha512"},
		{"Ed25519", made.ed, Ed25519, "sha256"}, {"RSA", made.rsa, RSAPKCS1, "sha256"},
		{"PEM", inPEM("PUBLIC KEY", made.p256), ECDSA, "sha256"}, {"PEM with words", append([]byte("our key\n"), inPEM("PUBLIC KEY", made.p256)...), ECDSA, "sha256"},
	} {
		k, err := ParseKey(c.file, "k")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if k.Alg != c.alg || k.Hash != c.hash || k.Signs != Message || k.Encoding != "" || k.LowS || k.ID != "" || k.Origin != "k" || !k.NotAfter.IsZero() {
			t.Errorf("%s: %+v", c.name, k)
		}
		if k.Name() != "sha256:"+k.SHA256() || len(k.SHA256()) != 64 {
			t.Errorf("%s: name %s", c.name, k.Name())
		}
		detached, p1363 := k.EncodingFor(""), k.EncodingFor(P1363)
		if want := map[bool]string{true: DER, false: Raw}[c.alg == ECDSA]; detached != want || p1363 != P1363 {
			t.Errorf("%s: encodings %s, %s", c.name, detached, p1363)
		}
	}
	for name, bad := range map[string][]byte{
		"empty": nil, "words": []byte("hello"), "DER cut short": made.p256[:40], "bytes behind DER": append(bytes.Clone(made.p256), 0),
		"a secret key": inPEM("PRIVATE KEY", made.p256), "two keys": append(inPEM("PUBLIC KEY", made.p256), inPEM("PUBLIC KEY", made.p384)...),
		"a cut block": inPEM("PUBLIC KEY", made.p256)[:60], "a key called a certificate": inPEM("CERTIFICATE", made.p256),
		"a bare point": pointOf(made.p256), "32 bytes": make([]byte, 32),
	} {
		if k, err := ParseKey(bad, "k"); err == nil || k.Public != nil {
			t.Errorf("%s is read", name)
		}
	}
}

// pointOf cuts the point off the end of a SubjectPublicKeyInfo.
func pointOf(spki []byte) []byte { return spki[len(spki)-65:] }

// A certificate bounds the key by its validity, unless the entry does.
func TestCertificateKey(t *testing.T) {
	priv, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	from, to := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "x"}, NotBefore: from, NotAfter: to}
	cert, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &priv.PublicKey, priv)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range [][]byte{cert, inPEM("CERTIFICATE", cert)} {
		if k, err := ParseKey(file, "k"); err != nil || !k.NotBefore.Equal(from) || !k.NotAfter.Equal(to) {
			t.Errorf("%v %v", k, err)
		}
	}
	read := func(string) ([]byte, error) { return cert, nil }
	keys, _, err := ParseSigners([]byte(`[{"key_id":"a","file":"c","not_before":"2024-01-01T00:00:00Z"}]`), read)
	if err != nil || len(keys) != 1 || keys[0].NotBefore.Year() != 2024 || !keys[0].NotAfter.Equal(to) {
		t.Errorf("%v %v", keys, err)
	}
}

// entryOf writes one entry with the P-256 key; a nil value takes a member away.
func entryOf(edit map[string]any) string {
	e := map[string]any{"key_id": "a", "spki_pem": string(inPEM("PUBLIC KEY", made.p256)), "alg": "ecdsa"}
	for k, v := range edit {
		if e[k] = v; v == nil {
			delete(e, k)
		}
	}
	b, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestParseSigners(t *testing.T) {
	full := entryOf(map[string]any{
		"curve": "P-256", "hash": "sha512", "low_s": true, "encoding": "p1363", "signs": "hex-digest",
		"not_before": "2025-01-01T00:00:00Z", "not_after": "2026-01-01T00:00:00+01:00", "revoked_at": "2025-06-01T00:00:00.5Z", "source": "their page",
	})
	for _, form := range []string{"[%s]", `{"keys":[%s]}`} {
		keys, bad, err := ParseSigners(fmt.Appendf(nil, form, full), nil)
		if err != nil || len(bad) != 0 || len(keys) != 1 {
			t.Fatal(err, bad)
		}
		k := keys[0]
		if k.ID != "a" || k.Name() != "a" || k.Alg != ECDSA || k.Hash != "sha512" || !k.LowS || k.Encoding != P1363 || k.Signs != HexDigest ||
			k.NotBefore.Year() != 2025 || k.NotAfter.UTC().Hour() != 23 || k.RevokedAt.Nanosecond() != 5e8 || k.Source != "their page" || k.EncodingFor("") != P1363 {
			t.Errorf("%+v", k)
		}
	}
	if keys, bad, err := ParseSigners([]byte("[]"), nil); err != nil || len(keys)+len(bad) != 0 {
		t.Errorf("an empty list: %v", err)
	}
}

// What leaves in doubt what the owner decided on is refused as a whole.
func TestParseSignersRefuses(t *testing.T) {
	for name, bad := range map[string]string{
		"nothing": "", "no list": `{}`, "a number": "1", "truncated": "[" + entryOf(nil), "trailing": "[] []", "no object": "[1]",
		"another member beside keys": `{"keys":[],"x":1}`, "unknown member": "[" + entryOf(map[string]any{"kid": "a"}) + "]",
		"a member in capitals": "[" + entryOf(map[string]any{"HASH": "sha256"}) + "]", "a member twice": `[{"key_id":"a","key_id":"b"}]`,
		"no id": "[" + entryOf(map[string]any{"key_id": nil}) + "]", "an empty id": "[" + entryOf(map[string]any{"key_id": ""}) + "]",
		"an id with a line end": "[" + entryOf(map[string]any{"key_id": "a\nb"}) + "]", "an id that is too long": "[" + entryOf(map[string]any{"key_id": strings.Repeat("a", maxKeyID+1)}) + "]",
		"an id twice": "[" + entryOf(nil) + "," + entryOf(nil) + "]", "no key": "[" + entryOf(map[string]any{"spki_pem": nil}) + "]",
		"file and key": "[" + entryOf(map[string]any{"file": "a.pem"}) + "]", "a time without a zone": "[" + entryOf(map[string]any{"not_after": "2025-01-01T00:00:00"}) + "]",
		"a time that is a number": "[" + entryOf(map[string]any{"not_after": 1735689600}) + "]", "low_s that is text": "[" + entryOf(map[string]any{"low_s": "true"}) + "]",
		"an empty hash": "[" + entryOf(map[string]any{"hash": ""}) + "]", "null": "[" + entryOf(map[string]any{"hash": json.RawMessage("null")}) + "]",
	} {
		if keys, broken, err := ParseSigners([]byte(bad), nil); err == nil || keys != nil || broken != nil {
			t.Errorf("%s is read: %v", name, keys)
		}
	}
}

// An entry whose key cannot be used is left out and named; the others count.
func TestParseSignersLeavesOut(t *testing.T) {
	off := bytes.Clone(made.p256)
	off[len(off)-1] ^= 1
	hybrid := bytes.Clone(made.p256)
	hybrid[len(hybrid)-65] = 6 + hybrid[len(hybrid)-1]&1
	spki := func(b []byte) map[string]any { return map[string]any{"spki_pem": string(inPEM("PUBLIC KEY", b))} }
	with := func(m map[string]any, k string, v any) map[string]any { m[k] = v; return m }
	for name, edit := range map[string]map[string]any{
		"off the curve": spki(off), "hybrid": spki(hybrid), "cut": spki(made.p256[:50]), "unknown alg": {"alg": "dsa"}, "alg of another key": {"alg": "ed25519"},
		"RSA without alg": with(spki(made.rsa), "alg", nil), "another curve": {"curve": "P-384"}, "an unknown curve": {"curve": "P-192"},
		"unknown hash": {"hash": "SHA-256"}, "raw ECDSA": {"encoding": "raw"}, "unknown encoding": {"encoding": "asn1"},
		"jose with another hash": {"encoding": "jose", "hash": "sha512"}, "jose with RSA": with(with(spki(made.rsa), "alg", "rsa-pss"), "encoding", "jose"),
		"der with Ed25519": with(with(spki(made.ed), "alg", "ed25519"), "encoding", "der"), "low_s with RSA": with(with(spki(made.rsa), "alg", "rsa-pkcs1"), "low_s", true),
		"an odd profile": {"signs": "Message"}, "an inverted window": {"not_before": "2026-01-01T00:00:00Z", "not_after": "2025-01-01T00:00:00Z"},
		"a file above": {"spki_pem": nil, "file": "../a.pem"}, "an absolute file": {"spki_pem": nil, "file": "/a.pem"}, "a file that is not there": {"spki_pem": nil, "file": "b.pem"},
		"no PEM": {"spki_pem": "hello"},
	} {
		if edit["key_id"] = "broken"; name == "RSA without alg" {
			edit["alg"] = nil
		}
		read := func(string) ([]byte, error) { return nil, errors.New("not there") }
		keys, bad, err := ParseSigners([]byte("["+entryOf(edit)+","+entryOf(nil)+"]"), read)
		if err != nil || len(keys) != 1 || keys[0].ID != "a" || len(bad) != 1 || bad[0].ID != "broken" || bad[0].Index != 0 || bad[0].Unwrap() == nil {
			t.Errorf("%s: keys %v, bad %v, err %v", name, len(keys), bad, err)
		}
	}
}

// The forms of a key file, and a bare key only where its kind is stated.
func TestKeyFiles(t *testing.T) {
	point := pointOf(made.p256)
	ed := made.ed[len(made.ed)-32:]
	for _, c := range []struct {
		name string
		file []byte
		edit map[string]any
		ok   bool
	}{
		{"DER", made.p256, nil, true}, {"PEM", inPEM("PUBLIC KEY", made.p256), nil, true},
		{"point", point, map[string]any{"curve": "P-256"}, true}, {"coordinates", point[1:], map[string]any{"curve": "P-256"}, true},
		{"hex", []byte(hex.EncodeToString(point) + "\n"), map[string]any{"curve": "P-256"}, true},
		{"point of another curve", point, map[string]any{"curve": "secp256k1"}, false}, {"point without a curve", point, nil, false},
		{"Ed25519", ed, map[string]any{"alg": "ed25519"}, true}, {"Ed25519 as hex", []byte(hex.EncodeToString(ed)), map[string]any{"alg": "ed25519"}, true},
		{"JWK with another id", []byte(`{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"b"}`), map[string]any{"alg": "ed25519"}, false},
		{"JWK", []byte(`{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"a"}`), map[string]any{"alg": "ed25519"}, true},
	} {
		edit := map[string]any{"spki_pem": nil, "file": "k"}
		for k, v := range c.edit {
			edit[k] = v
		}
		keys, bad, err := ParseSigners([]byte("["+entryOf(edit)+"]"), func(string) ([]byte, error) { return c.file, nil })
		if err != nil || (len(keys) == 1) != c.ok || (len(bad) == 0) != c.ok || c.ok && keys[0].Origin != "k" {
			t.Errorf("%s: %v %v", c.name, bad, err)
		}
	}
}

func TestSignersLimit(t *testing.T) {
	list := func(n int) []byte {
		entries := make([]string, n)
		for i := range entries {
			entries[i] = entryOf(map[string]any{"key_id": fmt.Sprint(i)})
		}
		return []byte("[" + strings.Join(entries, ",") + "]")
	}
	if keys, _, err := ParseSigners(list(maxSigners), nil); err != nil || len(keys) != maxSigners {
		t.Errorf("at the limit: %v", err)
	}
	if _, _, err := ParseSigners(list(maxSigners+1), nil); err == nil {
		t.Error("above the limit")
	}
}

func FuzzParseSigners(f *testing.F) {
	f.Add([]byte("[" + entryOf(nil) + "]"))
	f.Add([]byte(`{"keys":[{"key_id":"a","file":"k","curve":"P-256"}]}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		keys, bad, err := ParseSigners(in, func(string) ([]byte, error) { return pointOf(made.p256), nil })
		if err != nil && (keys != nil || bad != nil) {
			t.Fatal("keys and an error")
		}
		seen := map[string]bool{}
		for _, k := range keys {
			if k.ID == "" || seen[k.ID] || k.Public == nil || k.Alg == "" || k.Hash == "" || k.Signs == "" || k.Scheme().Scheme == 0 {
				t.Fatalf("%+v", k)
			}
			seen[k.ID] = true
		}
	})
}
