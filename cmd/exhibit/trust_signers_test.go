package main

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/testvectors"
)

// signersDir is a trust directory with three keys of the vectors: one with all that
// can be said of a key, one with nothing, one that hashes by itself.
func signersDir(t *testing.T) string {
	t.Helper()
	_, folder, err := testvectors.Load("ecdsa")
	noError(t, err)
	read := func(name string) []byte {
		b, err := fs.ReadFile(folder, "trust/signers/"+name)
		noError(t, err)
		return b
	}
	return trustDir(t, map[string][]byte{
		"signers/alone/a.pem": read("alone-p384/a.pem"), "signers/ed/a.pem": read("ed/a.pem"), "signers/full/a.pem": read("alone/a.pem"),
		"signers/full/signers.json": []byte(`[{"key_id": "2025-a", "file": "a.pem", "low_s": true, "encoding": "p1363", "signs": "hex-digest",
			"not_before": "2025-01-01T00:00:00Z", "not_after": "2025-12-31T23:59:59Z", "revoked_at": "2025-06-01T00:00:00Z", "source": "a letter"}]`),
	})
}

func TestTrustShowsSigners(t *testing.T) {
	root := signersDir(t)
	out, errs, code, err := trustRun(t, "", "show", root)
	if err != nil || code != 0 || errs != "" {
		t.Fatalf("code %d, %v, %q", code, err, errs)
	}
	for _, want := range []string{
		"\nsigners: 2025-a\n", "key id       2025-a\n", "key          ecdsa on P-256, 256 bits\n", "signs        hex-digest, by sha256, with a low s only, encoded p1363\n",
		"valid        2025-01-01T00:00:00Z to 2025-12-31T23:59:59Z\n", "revoked at   2025-06-01T00:00:00Z\n", "source       a letter\n", "origin       signers/full/a.pem\n",
		"\nsigners: sha256:", "key id       none\n", "key          ecdsa on P-384, 384 bits\n", "signs        message, by sha384, encoded as the extension says\n",
		"valid        unbounded to unbounded\n", "revoked at   none\n",
		"key          ed25519, 256 bits\n", "signs        message, encoded as the extension says\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	out, _, _, err = trustRun(t, "", "show", root, "--json")
	var v trustView
	noError(t, err)
	noError(t, json.Unmarshal([]byte(out), &v))
	if len(v.Signers) != 3 {
		t.Fatalf("%+v", v.Signers)
	}
	full := v.Signers[2]
	if len(full.SHA256) != 64 {
		t.Error(full.SHA256)
	}
	full.SHA256 = ""
	want := signerView{
		"2025-a", "", "ecdsa", "P-256", 256, "sha256", true, "p1363", "hex-digest",
		"2025-01-01T00:00:00Z", "2025-12-31T23:59:59Z", "2025-06-01T00:00:00Z", "a letter", "signers/full/a.pem",
	}
	if full != want {
		t.Errorf("got  %+v\nwant %+v", full, want)
	}
}

func TestTrustChecksSigners(t *testing.T) {
	root := signersDir(t)
	for at, want := range map[string]string{
		"2025-03-01T00:00:00Z": "findings 0",
		"2024-03-01T00:00:00Z": "signers/full/a.pem: not-yet-valid: key 2025-a is valid from 2025-01-01T00:00:00Z\n",
		"2025-06-01T00:00:00Z": "signers/full/a.pem: revoked: key 2025-a is revoked since 2025-06-01T00:00:00Z\n",
		"2026-01-01T00:00:00Z": "signers/full/a.pem: expired: key 2025-a is valid until 2025-12-31T23:59:59Z\n",
	} {
		out, _, code, err := trustRun(t, "", "check", root, "--at", at)
		wantCode := trustFindings
		if want == "findings 0" {
			wantCode = 0
		}
		if err != nil || code != wantCode || !strings.Contains(out, want) {
			t.Errorf("%s: code %d, %v\n%s", at, code, err, out)
		}
	}
}
