package dir

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"strings"
	"testing"
	"time"
)

func newKeyPEM(t *testing.T) []byte {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	der, err := x509.MarshalPKIXPublicKey(&k.PublicKey)
	must(t, err)
	return inPEM("PUBLIC KEY", der)
}

func keyNames(tr *Trust) string {
	var out []string
	for _, k := range tr.Keys {
		out = append(out, k.Name()+" "+k.Origin)
	}
	return strings.Join(out, ", ")
}

func fileNames(tr *Trust) string {
	var out []string
	for _, f := range tr.Files {
		out = append(out, f.Name)
	}
	return strings.Join(out, " ")
}

// signers.json names the keys of its folder, and nothing beside them counts.
func TestSignersListed(t *testing.T) {
	a, b := newKeyPEM(t), newKeyPEM(t)
	tr := load(t, files(
		"signers/signers.json", []byte(`[{"key_id":"one","file":"a.pem","alg":"ecdsa"},{"key_id":"two","file":"gone.pem"},{"key_id":"three","file":"a.pem","hash":"sha512"}]`),
		"signers/a.pem", a, "signers/b.pem", b, "signers/old/c.pem", newKeyPEM(t), "signers/README.md", []byte("x"),
	))
	if got := keyNames(tr); got != "one signers/a.pem, three signers/a.pem" {
		t.Errorf("keys %s", got)
	}
	if got := fileNames(tr); got != "signers/a.pem signers/signers.json" {
		t.Errorf("files %s", got)
	}
	want := []string{
		`signers/b.pem: not used: no entry of signers/signers.json names it`,
		`signers/old/c.pem: not used: signers/signers.json does not speak for this folder`,
		`signers/signers.json: entry 2, key id "two": no file "gone.pem" beside it`,
	}
	if len(tr.Errors) != len(want) {
		t.Fatalf("errors %v", tr.Errors)
	}
	for i, e := range tr.Errors {
		if e.Error() != want[i] {
			t.Errorf("error %q, want %q", e.Error(), want[i])
		}
	}
	if env := tr.Env(); len(env.Keys) != 2 || env.Keys[0].ID != "one" {
		t.Error("the environment has other keys")
	}
}

// Without a list each file is a key as the command line takes it; folders with a list
// of their own are apart, and an id counts once.
func TestSignersByFolder(t *testing.T) {
	a, b := newKeyPEM(t), newKeyPEM(t)
	list := []byte(`[{"key_id":"one","file":"k.pem"}]`)
	tr := load(t, files("signers/x/signers.json", list, "signers/x/k.pem", a, "signers/y/signers.json", list, "signers/y/k.pem", b, "signers/alone.pem", b))
	if len(tr.Keys) != 2 || tr.Keys[0].ID != "" || tr.Keys[0].Origin != "signers/alone.pem" || tr.Keys[1].ID != "one" || tr.Keys[1].Origin != "signers/x/k.pem" {
		t.Errorf("keys %s", keyNames(tr))
	}
	if len(tr.Errors) != 1 || !strings.Contains(tr.Errors[0].Message, `key id "one" stands in signers/x/signers.json already`) {
		t.Errorf("errors %v", tr.Errors)
	}
	if got := fileNames(tr); got != "signers/alone.pem signers/x/k.pem signers/x/signers.json signers/y/signers.json" {
		t.Errorf("files %s", got)
	}
}

// A defective list takes all keys of its folder away, a defective key itself.
func TestSignersDefects(t *testing.T) {
	a := newKeyPEM(t)
	for name, c := range map[string]struct {
		list    string
		message string
	}{
		"no JSON": {"{", "JSON"}, "unknown member": {`[{"key_id":"a","file":"a.pem","x":1}]`, "unknown member"},
		"an id twice":  {`[{"key_id":"a","file":"a.pem"},{"key_id":"a","file":"a.pem"}]`, "stands twice"},
		"a broken key": {`[{"key_id":"a","spki_pem":"-----BEGIN PUBLIC KEY-----"}]`, "PEM"},
		"too large":    {strings.Repeat(" ", maxSignersFile+1), "larger than"},
	} {
		tr := load(t, files("signers/signers.json", []byte(c.list), "signers/a.pem", a))
		if len(tr.Keys) != 0 || len(tr.Errors) == 0 {
			t.Errorf("%s: keys %s, errors %v", name, keyNames(tr), tr.Errors)
			continue
		}
		if e := tr.Errors[len(tr.Errors)-1]; e.Path != "signers/signers.json" || !strings.Contains(e.Message, c.message) {
			t.Errorf("%s: %v", name, tr.Errors)
		}
	}
	large := append(a, []byte(strings.Repeat("\n", maxKeyFile))...)
	if tr := load(t, files("signers/a.pem", []byte("no key"), "signers/b.pem", large)); len(tr.Keys) != 0 || len(tr.Errors) != 2 {
		t.Errorf("errors %v", tr.Errors)
	}
}

func TestCheckLooksAtSigners(t *testing.T) {
	list := `[{"key_id":"old","file":"a.pem","not_after":"2025-01-01T00:00:00Z","revoked_at":"2025-01-01T00:00:00Z"},{"key_id":"new","file":"a.pem","not_before":"2027-01-01T00:00:00Z"}]`
	tr := load(t, files("signers/signers.json", []byte(list), "signers/a.pem", newKeyPEM(t)))
	var got []string
	for _, f := range tr.Check(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)) {
		got = append(got, f.Path+" "+f.Code)
	}
	if want := "signers/a.pem expired, signers/a.pem not-yet-valid, signers/a.pem revoked"; strings.Join(got, ", ") != want {
		t.Errorf("got %s", strings.Join(got, ", "))
	}
}
