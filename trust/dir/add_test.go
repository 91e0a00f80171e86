package dir

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAddWritesWhatLoadTakes(t *testing.T) {
	a := newAuthority(t, "Test Authority 1")
	fp := a.fingerprint()
	for use, count := range map[string]func(*Trust) int{
		UseTSA:           func(tr *Trust) int { return len(tr.TSA) },
		UseDocuments:     func(tr *Trust) int { return len(tr.Documents) },
		UseIntermediates: func(tr *Trust) int { return len(tr.Intermediates) },
	} {
		root := filepath.Join(t.TempDir(), "new", "trust")
		path, err := Add(root, use, a.der(), "a.der", fp)
		must(t, err)
		if want := filepath.Join(root, use, "test-authority-1-"+fp[:8]+".pem"); path != want {
			t.Errorf("path %s, want %s", path, want)
		}
		tr, err := Load(os.DirFS(root), root)
		must(t, err)
		if count(tr) != 1 || len(tr.Files) != 1 || len(tr.Errors)+len(tr.Unused) != 0 {
			t.Errorf("%s: files %v, errors %v, unused %v", use, tr.Files, tr.Errors, tr.Unused)
		}
		info, err := os.Stat(filepath.Dir(path))
		must(t, err)
		if info.Mode().Perm()&0o700 != 0o700 || info.Mode().Perm()&0o022 != 0 {
			t.Errorf("folder mode %v", info.Mode())
		}
	}
}

func TestAddWantsTheFingerprint(t *testing.T) {
	a, b := newAuthority(t, "A"), newAuthority(t, "B")
	fp := a.fingerprint()
	var pairs []string
	for i := 0; i < len(fp); i += 2 {
		pairs = append(pairs, fp[i:i+2])
	}
	for _, good := range []string{fp, strings.ToUpper(fp), strings.Join(pairs, ":"), strings.ToUpper(strings.Join(pairs, " "))} {
		if _, err := Add(t.TempDir(), UseTSA, a.pem(), "a.pem", good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for bad, want := range map[string]error{
		"": ErrFingerprint, fp[:62]: ErrFingerprint, fp + "00": ErrFingerprint, "zz" + fp[2:]: ErrFingerprint, fp[:63]: ErrFingerprint,
		b.fingerprint(): ErrMismatch,
	} {
		root := filepath.Join(t.TempDir(), "trust")
		path, err := Add(root, UseTSA, a.pem(), "a.pem", bad)
		if !errors.Is(err, want) || path != "" {
			t.Errorf("%q: %v, want %v", bad, err, want)
		}
		if strings.Contains(err.Error(), fp) {
			t.Errorf("%q: the error tells the file's own fingerprint", bad)
		}
		if _, err := os.Stat(root); !os.IsNotExist(err) {
			t.Errorf("%q: a refused certificate left a folder", bad)
		}
	}
}

func TestAddWantsExactlyOneCertificate(t *testing.T) {
	a := newAuthority(t, "A")
	for name, file := range map[string][]byte{
		"two":             append(a.pem(), newAuthority(t, "B").pem()...),
		"the same twice":  append(a.pem(), a.pem()...),
		"none":            []byte("words"),
		"empty":           nil,
		"a damaged block": append(a.pem(), a.pem()[:100]...),
		"bytes after DER": append(a.der(), 0),
		"too large":       append(a.pem(), bytes.Repeat([]byte("\n"), maxCertificateFile)...),
	} {
		root := filepath.Join(t.TempDir(), "trust")
		if path, err := Add(root, UseTSA, file, "a.pem", a.fingerprint()); err == nil || path != "" || !strings.Contains(err.Error(), "a.pem") {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(root); !os.IsNotExist(err) {
			t.Errorf("%s: a refused file left a folder", name)
		}
	}
	for _, use := range []string{"", "signers", "../x", UseRevocation} {
		if _, err := Add(t.TempDir(), use, a.pem(), "a.pem", a.fingerprint()); err == nil {
			t.Errorf("use %q was accepted", use)
		}
	}
}

func TestAddWritesTheCertificateAndNothingElse(t *testing.T) {
	a := newAuthority(t, "A")
	root := t.TempDir()
	path, err := Add(root, UseTSA, append(inPEM("PRIVATE KEY", []byte("secret")), a.pem()...), "a.pem", a.fingerprint())
	must(t, err)
	b, err := os.ReadFile(path)
	must(t, err)
	block, rest := pem.Decode(b)
	if len(rest) != 0 || !bytes.Equal(block.Bytes, a.der()) {
		t.Errorf("wrote %s", b)
	}
	if names, _ := os.ReadDir(filepath.Join(root, UseTSA)); len(names) != 1 {
		t.Errorf("left %v", names)
	}
}

func TestAddNeverReplaces(t *testing.T) {
	a := newAuthority(t, "A")
	root := t.TempDir()
	path, err := Add(root, UseTSA, a.pem(), "a.pem", a.fingerprint())
	must(t, err)
	if again, err := Add(root, UseTSA, a.der(), "a.der", a.fingerprint()); err != nil || again != path {
		t.Errorf("the same again: %s, %v", again, err)
	}
	must(t, os.WriteFile(path, []byte("other"), 0o644))
	if _, err := Add(root, UseTSA, a.pem(), "a.pem", a.fingerprint()); !errors.Is(err, ErrExists) {
		t.Errorf("a different file: %v", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "other" {
		t.Errorf("the file was replaced by %s", b)
	}
	if names, _ := os.ReadDir(filepath.Dir(path)); len(names) != 1 {
		t.Errorf("left %v", names)
	}
}

func TestAddStaysInsideTheDirectory(t *testing.T) {
	outside, root := t.TempDir(), t.TempDir()
	must(t, os.Symlink(outside, filepath.Join(root, UseTSA)))
	a := newAuthority(t, "A")
	if _, err := Add(root, UseTSA, a.pem(), "a.pem", a.fingerprint()); err == nil {
		t.Error("wrote through a link")
	}
	if names, _ := os.ReadDir(outside); len(names) != 0 {
		t.Errorf("wrote %v outside", names)
	}
}

func TestNamesFromHostileSubjectsAreSafe(t *testing.T) {
	for cn, want := range map[string]string{
		"../../etc/passwd": "etc-passwd", "README": "readme", ".hidden": "hidden", `C:\con`: "c-con", "a\x00b\nc": "a-b-c",
		"\u202egnp.exe": "gnp-exe", "Zürich": "z-rich", "日本": "certificate", "a, CN=b": "a-cn-b", "--": "certificate",
		strings.Repeat("a", 39) + " b": strings.Repeat("a", 39), strings.Repeat("x", 60): strings.Repeat("x", maxNameLength),
	} {
		a := newAuthority(t, cn, func(c *x509.Certificate) { c.Subject.Organization = nil })
		root := t.TempDir()
		path, err := Add(root, UseTSA, a.pem(), "a.pem", a.fingerprint())
		must(t, err)
		if got := filepath.Base(path); got != want+"-"+a.fingerprint()[:8]+".pem" {
			t.Errorf("%q: %s, want %s-…", cn, got, want)
		}
		tr, err := Load(os.DirFS(root), root)
		must(t, err)
		if len(tr.TSA) != 1 {
			t.Errorf("%q: not taken: %v, %v", cn, tr.Errors, tr.Unused)
		}
	}
	if got := safeName("O=Only Org, C=DE"); got != "only-org" {
		t.Errorf("without a common name: %q", got)
	}
}

// A folder cannot be linked, which stands for a file system without links.
func TestMoveWithoutLinksNeverReplaces(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "from"), 0o755))
	root, err := os.OpenRoot(dir)
	must(t, err)
	defer root.Close()
	must(t, os.WriteFile(filepath.Join(dir, "there"), nil, 0o644))
	if err := moveNew(root, "from", "there"); !os.IsExist(err) {
		t.Errorf("onto a file: %v", err)
	}
	if err := moveNew(root, "from", "to"); err != nil {
		t.Errorf("to a free name: %v", err)
	}
}
