package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
)

var trustNow = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// trustRun runs a trust command as the program does.
func trustRun(t *testing.T, env string, args ...string) (stdout, stderr string, code int, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app{
		stdin: strings.NewReader(""), stdout: &out, stderr: &errs, now: func() time.Time { return trustNow },
		getenv: func(name string) string { return map[string]string{"EXHIBIT_TRUST": env}[name] },
	}
	cmd := newTrustCmd(a)
	cmd.SetArgs(args)
	cmd.SetOut(&out)
	cmd.SetErr(&errs)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	err = cmd.Execute()
	return out.String(), errs.String(), a.code, err
}

func wantUsage(t *testing.T, err error, word string) {
	t.Helper()
	var usage usageError
	if !errors.As(err, &usage) || !strings.Contains(err.Error(), word) {
		t.Errorf("got %v, want a usage error with %q", err, word)
	}
}

// madeCertificate returns a CA in PEM and its fingerprint.
func madeCertificate(t *testing.T, cn string) (file []byte, fingerprint string) {
	t.Helper()
	pub, key, err := ed25519.GenerateKey(rand.Reader)
	noError(t, err)
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: cn}, SubjectKeyId: []byte{0xab, 0xcd},
		NotBefore: trustNow.AddDate(-1, 0, 0), NotAfter: trustNow.AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, pub, key)
	noError(t, err)
	sum := sha256.Sum256(der)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), hex.EncodeToString(sum[:])
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// trustDir writes files into a new directory.
func trustDir(t *testing.T, files map[string][]byte) string {
	t.Helper()
	root := t.TempDir()
	for name, data := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		noError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		noError(t, os.WriteFile(path, data, 0o644))
	}
	return root
}

func TestTrustShow(t *testing.T) {
	file, fp := madeCertificate(t, "Show CA")
	root := trustDir(t, map[string][]byte{"tsa/a.pem": file, "notes.txt": nil, "documents/bad.pem": []byte("x")})
	out, errs, code, err := trustRun(t, "", "show", root)
	if err != nil || code != 0 {
		t.Fatalf("code %d, %v", code, err)
	}
	for _, want := range []string{
		"trust directory " + root, "built-in: NIST", "tsa: CN=Show CA", "key id       abcd", fp, "ed25519, 256 bits",
		"2025-01-01T00:00:00Z to 2027-01-01T00:00:00Z", "CA           yes", "origin       tsa/a.pem", "notes.txt",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if errs != "exhibit: documents/bad.pem: neither DER nor PEM\n" {
		t.Errorf("stderr %q", errs)
	}
}

func TestTrustShowJSON(t *testing.T) {
	file, fp := madeCertificate(t, "Show CA")
	root := trustDir(t, map[string][]byte{
		"intermediates/a.pem": file, "algorithms.json": []byte(`{"source": "house rules"}`), "tsa/b.pem": []byte("x"),
	})
	out, _, code, err := trustRun(t, root, "show", "--json")
	if err != nil || code != 0 {
		t.Fatalf("code %d, %v", code, err)
	}
	var v trustView
	noError(t, json.Unmarshal([]byte(out), &v))
	if v.Schema != "exhibit.trust/v1" || v.Dir != root || len(v.SHA256) != 64 || v.Algorithms != (algorithmsView{"house rules", "algorithms.json"}) {
		t.Errorf("%+v", v)
	}
	want := certView{"intermediates", "CN=Show CA", "abcd", fp, "ed25519", 256, "2025-01-01T00:00:00Z", "2027-01-01T00:00:00Z", true, "intermediates/a.pem"}
	if len(v.Certificates) != 1 || v.Certificates[0] != want {
		t.Errorf("certificates %+v", v.Certificates)
	}
	if len(v.Files) != 2 || len(v.Errors) != 1 || v.Errors[0].Path != "tsa/b.pem" {
		t.Errorf("files %v, errors %v", v.Files, v.Errors)
	}
	if strings.Contains(out, "null") {
		t.Errorf("null in\n%s", out)
	}
}

func TestTrustShowLists(t *testing.T) {
	pub, key, err := ed25519.GenerateKey(rand.Reader)
	noError(t, err)
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Lister"}, SubjectKeyId: []byte{1}, KeyUsage: x509.KeyUsageCRLSign}
	der, err := x509.CreateCertificate(rand.Reader, c, c, pub, key)
	noError(t, err)
	c, err = x509.ParseCertificate(der)
	noError(t, err)
	crl, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: trustNow, NextUpdate: trustNow.AddDate(0, 0, 7)}, c, key)
	noError(t, err)
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	noError(t, err)
	answer, err := ocsp.CreateResponse(c, c, ocsp.Response{SerialNumber: big.NewInt(7), ThisUpdate: trustNow, NextUpdate: trustNow}, ecKey)
	noError(t, err)
	root := trustDir(t, map[string][]byte{"revocation/a.crl": crl, "revocation/a.ocsp": answer})
	out, errs, code, err := trustRun(t, root, "show")
	if err != nil || code != 0 || errs != "" {
		t.Fatalf("code %d, %v, %q", code, err, errs)
	}
	for _, want := range []string{
		"crl: CN=Lister", "this update  2026-01-01T00:00:00Z", "next update  2026-01-08T00:00:00Z", "origin       revocation/a.crl",
		"ocsp response", "produced at  ", "origin       revocation/a.ocsp",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	out, _, code, err = trustRun(t, root, "check", "--at", "2026-01-08T00:00:01Z")
	if err != nil || code != 3 || !strings.Contains(out, "revocation/a.crl: stale-crl: the next list was due on 2026-01-08T00:00:00Z") {
		t.Errorf("code %d, %v, %s", code, err, out)
	}
}

func TestTrustNamesItsDirectory(t *testing.T) {
	for _, sub := range []string{"show", "check"} {
		_, _, _, err := trustRun(t, "", sub)
		wantUsage(t, err, "EXHIBIT_TRUST")
		_, _, _, err = trustRun(t, "", sub, "a", "b")
		wantUsage(t, err, "arg")
		_, errs, code, err := trustRun(t, "", sub, filepath.Join(t.TempDir(), "none"))
		if err != nil || code != 5 || !strings.HasPrefix(errs, "exhibit: ") {
			t.Errorf("%s of nothing: code %d, %v, %q", sub, code, err, errs)
		}
	}
	_, _, _, err := trustRun(t, "")
	wantUsage(t, err, "show, check or add")
	_, _, _, err = trustRun(t, "", "remove")
	wantUsage(t, err, "remove")
}

func TestTrustCheck(t *testing.T) {
	file, _ := madeCertificate(t, "Check CA")
	clean := map[string][]byte{"tsa/a.pem": file}
	for _, c := range []struct {
		name  string
		files map[string][]byte
		at    string
		code  int
		out   string
	}{
		{"clean", clean, "", 0, "at 2026-01-01T00:00:00Z: files taken 1, defective 0, findings 0\n"},
		{"last second", clean, "2027-01-01T00:00:00Z", 0, "findings 0"},
		{"expired", clean, "2027-01-01T00:00:01Z", 3, "tsa/a.pem: expired: valid until 2027-01-01T00:00:00Z\n"},
		{"exact moment", clean, "2024-12-31T23:59:59.5Z", 3, "tsa/a.pem: not-yet-valid: "},
		{"another zone", clean, "2025-01-01T01:00:00+01:00", 0, "at 2025-01-01T00:00:00Z"},
		{"no use", map[string][]byte{"a.pem": file}, "", 3, "a.pem: not-used: no file of a trust directory has this name\n"},
		{"defective", map[string][]byte{"tsa/a.pem": file, "tsa/b.pem": file, "tsa/c.pem": []byte("x")}, "", 5, "tsa/c.pem: defective: neither DER nor PEM\ntsa/b.pem: duplicate: the same as tsa/a.pem\n"},
	} {
		args := []string{"check", trustDir(t, c.files)}
		if c.at != "" {
			args = append(args, "--at", c.at)
		}
		out, errs, code, err := trustRun(t, "", args...)
		if err != nil || code != c.code || !strings.Contains(out, c.out) || errs != "" {
			t.Errorf("%s: code %d, want %d; %v\n%s%s", c.name, code, c.code, err, out, errs)
		}
	}
	_, _, _, err := trustRun(t, "", "check", t.TempDir(), "--at", "yesterday")
	wantUsage(t, err, "--at")
}

func TestTrustAdd(t *testing.T) {
	file, fp := madeCertificate(t, "Add CA")
	cert := filepath.Join(trustDir(t, map[string][]byte{"ca.pem": file}), "ca.pem")
	for flag, folder := range map[string]string{"--tsa": "tsa", "--document": "documents", "--intermediate": "intermediates"} {
		root := filepath.Join(t.TempDir(), "trust")
		out, errs, code, err := trustRun(t, "", "add", root, flag, cert, "--sha256", strings.ToUpper(fp))
		want := filepath.Join(root, folder, "add-ca-"+fp[:8]+".pem")
		if err != nil || code != 0 || out != "added "+want+"\n" || errs != "" {
			t.Errorf("%s: code %d, %v, %q, %q", flag, code, err, out, errs)
		}
		if b, err := os.ReadFile(want); err != nil || !bytes.Equal(b, file) {
			t.Errorf("%s: %v", flag, err)
		}
	}
}

func TestTrustAddRefuses(t *testing.T) {
	file, fp := madeCertificate(t, "Add CA")
	_, other := madeCertificate(t, "Other")
	in := trustDir(t, map[string][]byte{"ca.pem": file, "two.pem": append(bytes.Clone(file), file...), "bad.pem": []byte("x")})
	ca := filepath.Join(in, "ca.pem")
	for _, c := range []struct {
		name  string
		args  []string
		code  int
		usage string
	}{
		{"no fingerprint", []string{"--tsa", ca}, 0, "another way"},
		{"empty fingerprint", []string{"--tsa", ca, "--sha256", ""}, 0, "another way"},
		{"half a fingerprint", []string{"--tsa", ca, "--sha256", fp[:32]}, 0, "--sha256"},
		{"no file", []string{"--sha256", fp}, 0, "exactly one"},
		{"two files", []string{"--tsa", ca, "--document", ca, "--sha256", fp}, 0, "exactly one"},
		{"another certificate's fingerprint", []string{"--tsa", ca, "--sha256", other}, 1, ""},
		{"two certificates", []string{"--tsa", filepath.Join(in, "two.pem"), "--sha256", fp}, 5, ""},
		{"no certificate", []string{"--tsa", filepath.Join(in, "bad.pem"), "--sha256", fp}, 5, ""},
		{"no such file", []string{"--tsa", filepath.Join(in, "none.pem"), "--sha256", fp}, 5, ""},
	} {
		root := filepath.Join(t.TempDir(), "trust")
		out, errs, code, err := trustRun(t, "", append([]string{"add", root}, c.args...)...)
		if c.usage != "" {
			wantUsage(t, err, c.usage)
		} else if err != nil || code != c.code || !strings.HasPrefix(errs, "exhibit: ") {
			t.Errorf("%s: code %d, %v, %q", c.name, code, err, errs)
		}
		if text := out + errs; strings.Contains(strings.ToLower(text), fp[:8]) || out != "" {
			t.Errorf("%s: prints %q", c.name, text)
		}
		if _, err := os.Stat(root); !os.IsNotExist(err) {
			t.Errorf("%s: left a directory", c.name)
		}
	}
	_, _, _, err := trustRun(t, "", "add", "--tsa", ca, "--sha256", fp)
	wantUsage(t, err, "arg")
}

func TestNamesCannotRearrangeTheTerminal(t *testing.T) {
	root := trustDir(t, map[string][]byte{"tsa/\u202e\x1b[31m\u009b.pem": []byte("x"), "evil\u202e\u0085.txt": nil})
	for _, args := range [][]string{{"show", root}, {"show", root, "--json"}, {"check", root}} {
		out, errs, _, err := trustRun(t, "", args...)
		if err != nil || strings.ContainsAny(out+errs, "\u202e\x1b\u009b\u0085") {
			t.Errorf("%v: %v, %q", args, err, out+errs)
		}
	}
	out, _, _, _ := trustRun(t, root, "show", "--json")
	var v trustView
	noError(t, json.Unmarshal([]byte(out), &v))
	if len(v.Unused) != 1 || v.Unused[0].Name != "evil\u202e\u0085.txt" {
		t.Errorf("JSON changes a name: %q", v.Unused)
	}
}
