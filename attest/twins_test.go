package attest_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/attest"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// twin is one key that is trusted under two ids.
type twin struct {
	priv *ecdsa.PrivateKey
	key  *sigalg.Key
}

func newTwin(t *testing.T) twin {
	t.Helper()
	priv, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(&priv.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	key, err := sigalg.ParseKey(spki)
	if err != nil {
		t.Fatal(err)
	}
	return twin{priv, key}
}

func (w twin) entry(t *testing.T, id string, edit func(*trust.Key)) trust.Key {
	t.Helper()
	k, err := trust.NewKey(w.key)
	if err != nil {
		t.Fatal(err)
	}
	k.ID = id
	edit(&k)
	return k
}

func judged(t *testing.T, form attest.Form, file, subject []byte, keys ...trust.Key) verdict.Result {
	t.Helper()
	a, err := attest.Parse(form, file)
	if err != nil {
		t.Fatal(err)
	}
	env := trust.Env{At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Policy: trust.Issuance, Keys: keys}
	return a.Verify(verdict.Bytes(subject), env).Result
}

// A key that is revoked in one entry is not good in another.
func TestRevokedTwin(t *testing.T) {
	w, letter := newTwin(t), []byte("letter")
	sum := sha256.Sum256(letter)
	sig, err := ecdsa.SignASN1(rand.Reader, w.priv, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	open := w.entry(t, "b", func(*trust.Key) {})
	revoked := w.entry(t, "a", func(k *trust.Key) { k.RevokedAt = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC) })
	if r := judged(t, attest.Sig, sig, letter, open); !r.Passed() {
		t.Fatalf("one entry: %v", r.Err())
	}
	for _, keys := range [][]trust.Key{{open, revoked}, {revoked, open}} {
		if r := judged(t, attest.Sig, sig, letter, keys...); r.Sub != verdict.RevokedNoPOE {
			t.Errorf("%s first: %s %v", keys[0].ID, r.Indication(), r.Err())
		}
	}
}

// Of two entries of one key the one that signs such payloads is meant.
func TestTwinsThatSignDifferently(t *testing.T) {
	w, letter := newTwin(t), []byte("letter")
	sum := sha256.Sum256(letter)
	b64 := base64.RawURLEncoding.EncodeToString
	signed := b64([]byte(`{"alg":"ES256"}`)) + "." + b64([]byte(hex.EncodeToString(sum[:])))
	digest := sha256.Sum256([]byte(signed))
	r, s, err := ecdsa.Sign(rand.Reader, w.priv, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	raw := append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	message := w.entry(t, "a", func(k *trust.Key) { k.Encoding = trust.JOSE })
	hexed := w.entry(t, "b", func(k *trust.Key) { k.Encoding, k.Signs = trust.JOSE, trust.HexDigest })
	for _, keys := range [][]trust.Key{{message, hexed}, {hexed, message}} {
		if r := judged(t, attest.JWS, []byte(signed+"."+b64(raw)), letter, keys...); !r.Passed() {
			t.Errorf("%s first: %v", keys[0].ID, r.Err())
		}
	}
	if r := judged(t, attest.JWS, []byte(signed+"."+b64(raw)), letter, message); r.Sub != verdict.HashFailure {
		t.Errorf("the other entry alone: %v", r.Err())
	}
}
