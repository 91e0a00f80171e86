package dir

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestFileCountLimit(t *testing.T) {
	m := files("tsa/z.pem", newAuthority(t, "A").pem())
	for i := range maxFiles - 1 {
		m[fmt.Sprintf("documents/.%05d", i)] = &fstest.MapFile{}
	}
	if tr := load(t, m); len(tr.Errors) != 0 || len(tr.TSA) != 1 || len(tr.Unused) != maxFiles-1 {
		t.Errorf("at the limit: errors %v", tr.Errors)
	}
	m["documents/.one-more"] = &fstest.MapFile{}
	tr := load(t, m)
	if len(tr.Errors) != 2 || tr.Errors[1].Path != "tsa/z.pem" || !strings.Contains(tr.Errors[1].Message, "10000 files") || len(tr.TSA) != 0 {
		t.Errorf("one above: errors %v", tr.Errors)
	}
	if n := tr.Bitcoin.Checkpoints().Len(); n != 0 {
		t.Errorf("%d checkpoints count, though a list may lie beyond the limit", n)
	}
}

func TestDepthLimit(t *testing.T) {
	at, above := "tsa/1/2/3/4/a.pem", "tsa/1/2/3/4/5/a.pem"
	if tr := load(t, files(at, newAuthority(t, "A").pem())); len(tr.TSA) != 1 || len(tr.Errors) != 0 {
		t.Errorf("at the limit: errors %v", tr.Errors)
	}
	tr := load(t, files(above, newAuthority(t, "A").pem()))
	if len(tr.TSA) != 0 || len(tr.Errors) != 1 || tr.Errors[0].Path != "tsa/1/2/3/4/5" {
		t.Errorf("one above: errors %v", tr.Errors)
	}
}

func TestFileSizeLimits(t *testing.T) {
	a := newAuthority(t, "A")
	pad := func(b []byte, size int) []byte {
		return append(bytes.Clone(b), bytes.Repeat([]byte("\n"), size-len(b))...)
	}
	cases := []struct {
		name  string
		limit int
		data  []byte
		took  bool // the padded file is good up to the limit
	}{
		{"tsa/a.pem", maxCertificateFile, a.pem(), true},
		{"algorithms.json", maxAlgorithmsFile, []byte(`{"source":"x"}`), true},
		{"revocation/a.crl", maxWholeCRL, inPEM("X509 CRL", a.crl(t, to)), true},
		{"revocation/a.ocsp", maxOCSPFile, a.ocsp(t), false},
	}
	for _, c := range cases {
		at := load(t, files(c.name, pad(c.data, c.limit)))
		if took := len(at.Files) == 1; took != c.took || !took && strings.Contains(at.Errors[0].Message, "larger") {
			t.Errorf("%s at the limit: taken %v, errors %v", c.name, took, at.Errors)
		}
		above := load(t, files(c.name, pad(c.data, c.limit+1)))
		if len(above.Files) != 0 || len(above.Errors) != 1 || !strings.Contains(above.Errors[0].Message, "larger than") {
			t.Errorf("%s one above: errors %v", c.name, above.Errors)
		}
	}
}

func TestLargeListsStayInTheirFiles(t *testing.T) {
	a := newAuthority(t, "A")
	at, above := a.crlOfSize(t, maxParsedCRL), a.crlOfSize(t, maxParsedCRL+1)
	tr, err := Load(&countingFS{FS: files("revocation/a.crl", at), noReadAt: true}, "x")
	must(t, err)
	if len(tr.CRLs) != 1 {
		t.Errorf("at the limit the list is read once: %v", tr.Errors)
	}
	tr, err = Load(&countingFS{FS: files("revocation/a.crl", above), noRead: true}, "x")
	must(t, err)
	if len(tr.CRLs) != 1 {
		t.Fatalf("above the limit it is streamed: %v", tr.Errors)
	}
	if tr.CRLs[0].Origin != "revocation/a.crl" || tr.Files[0].SHA256 != load(t, files("revocation/a.crl", above)).Files[0].SHA256 {
		t.Errorf("streamed: origin %q, files %v", tr.CRLs[0].Origin, tr.Files)
	}
	if got := tr.CRLs[0].Issuer(); !strings.Contains(got, "CN=A") {
		t.Errorf("issuer %q", got)
	}
	tr, err = Load(&countingFS{FS: files("revocation/a.crl", above), noReadAt: true}, "x")
	must(t, err)
	if len(tr.CRLs) != 1 {
		t.Errorf("without random access it is held: %v", tr.Errors)
	}
}

func TestALargeListIsReadToItsEnd(t *testing.T) {
	list := newAuthority(t, "A").crlOfSize(t, maxParsedCRL+1)
	for i := range 40 { // more than one entry
		list[len(list)/2+i] = 0xff
	}
	tr := load(t, files("revocation/a.crl", list))
	if len(tr.CRLs) != 0 || len(tr.Files) != 0 || len(tr.Errors) != 1 {
		t.Errorf("a list with a broken entry was taken: errors %v", tr.Errors)
	}
}

func TestSizeLimitOfAList(t *testing.T) {
	for size, want := range map[int64]string{maxCRLFile: "shorter than", maxCRLFile + 1: "larger than"} {
		m := &countingFS{FS: files("revocation/a.crl", []byte{0x30, 0}), size: size}
		tr, err := Load(m, "x")
		must(t, err)
		if len(tr.Errors) != 1 || !strings.Contains(tr.Errors[0].Message, want) {
			t.Errorf("size %d: errors %v, want %q", size, tr.Errors, want)
		}
	}
}

func TestAListThatChangesIsRefused(t *testing.T) {
	root := t.TempDir()
	name := filepath.Join(root, "revocation", "a.crl")
	must(t, os.Mkdir(filepath.Dir(name), 0o755))
	must(t, os.WriteFile(name, newAuthority(t, "A").crlOfSize(t, maxParsedCRL+1), 0o644))
	l := &loader{fsys: os.DirFS(root)}
	f, err := l.steady("revocation/a.crl")
	must(t, err)
	_, size, closeFile, err := f.open()
	must(t, err)
	must(t, closeFile())
	if size != maxParsedCRL+1 {
		t.Errorf("size %d", size)
	}
	must(t, os.Chtimes(name, time.Time{}, time.Now().Add(time.Hour)))
	if _, _, _, err := f.open(); err == nil {
		t.Error("a changed file was opened")
	}
}

func TestSymbolicLinks(t *testing.T) {
	root := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(root, "tsa"), 0o755))
	must(t, os.WriteFile(filepath.Join(root, ".real"), newAuthority(t, "A").pem(), 0o644))
	for link, target := range map[string]string{"tsa/ok.pem": "../.real", "tsa/none.pem": "nothing", "tsa/loop": ".", "documents": "tsa"} {
		must(t, os.Symlink(target, filepath.Join(root, filepath.FromSlash(link))))
	}
	tr, err := Load(os.DirFS(root), root)
	must(t, err)
	if got := strings.Join(errorPaths(tr), " "); got != "documents tsa/loop tsa/none.pem" || len(tr.TSA) != 1 {
		t.Errorf("errors %v, anchors %d", tr.Errors, len(tr.TSA))
	}
	if got := tr.Errors[1].Message; got != "a symbolic link to a folder is not followed" {
		t.Errorf("message %q", got)
	}
}

// countingFS is a file system that lacks what the test says must not be used.
type countingFS struct {
	fs.FS
	noRead, noReadAt bool
	size             int64 // to state; 0 = the true one
}

func (c *countingFS) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if err != nil || strings.HasSuffix(name, "revocation") || name == "." {
		return f, err
	}
	if c.noReadAt {
		return struct{ fs.File }{&limitedFile{f, c}}, nil
	}
	return &limitedFile{f, c}, nil
}

type limitedFile struct {
	fs.File
	c *countingFS
}

func (f *limitedFile) Read(b []byte) (int, error) {
	if f.c.noRead {
		return 0, fs.ErrInvalid
	}
	return f.File.Read(b)
}

func (f *limitedFile) ReadAt(b []byte, off int64) (int, error) {
	return f.File.(io.ReaderAt).ReadAt(b, off)
}

func (f *limitedFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	if f.c.size != 0 && err == nil {
		return sized{info, f.c.size}, nil
	}
	return info, err
}

type sized struct {
	fs.FileInfo
	size int64
}

func (s sized) Size() int64 { return s.size }
