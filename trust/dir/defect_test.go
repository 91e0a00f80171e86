package dir

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// Each of these files must count as absent, with its name and a reason.
func TestADefectiveFileCountsAsAbsent(t *testing.T) {
	a := newAuthority(t, "A")
	cut := append(a.pem(), a.pem()[:200]...)
	cases := []struct {
		name, path string
		data       []byte
		message    string
	}{
		{"empty", "tsa/x.pem", nil, "neither DER nor PEM"},
		{"words", "documents/x.pem", []byte("hello"), "neither DER nor PEM"},
		{"DER cut short", "tsa/x.der", a.der()[:100], "certificate"},
		{"bytes after DER", "tsa/x.der", append(a.der(), 0), "certificate"},
		{"second block cut short", "intermediates/x.pem", cut, "1 of 2 PEM blocks"},
		{"second block no certificate", "tsa/x.pem", append(a.pem(), inPEM("CERTIFICATE", []byte{0x30, 0})...), "certificate 2"},
		{"three bad certificates", "tsa/x.pem", bytes.Repeat(inPEM("CERTIFICATE", []byte{0x30, 0}), 3), "malformed (and 2 more)"},
		{"a key", "tsa/x.pem", inPEM("PRIVATE KEY", []byte{1}), "no certificate found"},
		{"a list in the wrong folder", "tsa/x.pem", inPEM("X509 CRL", a.crl(t, to)), "no certificate found"},
		{"list cut short", "revocation/x.crl", a.crl(t, to)[:60], ""},
		{"words as a list", "revocation/x.crl", []byte("hello"), "neither DER nor PEM"},
		{"a certificate as a list", "revocation/x.crl", a.pem(), "no CRL found"},
		{"list in a cut block", "revocation/x.crl", inPEM("X509 CRL", a.crl(t, to))[:150], "1 of 1 PEM blocks"},
		{"second list damaged", "revocation/x.crl", append(inPEM("X509 CRL", a.crl(t, to)), inPEM("X509 CRL", []byte{0x30, 0})...), "list 2"},
		{"response cut short", "revocation/x.ocsp", a.ocsp(t)[:40], ""},
		{"empty response", "revocation/x.ocsp", nil, ""},
		{"response in PEM", "revocation/x.ocsp", inPEM("OCSP RESPONSE", a.ocsp(t)), ""},
		{"dates that are no JSON", "algorithms.json", []byte("{"), "algorithm table"},
		{"dates with an unknown member", "algorithms.json", []byte(`{"sources": "x"}`), "algorithm table"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			good := newAuthority(t, "Good")
			tr := load(t, files(c.path, c.data, "tsa/good.pem", good.pem()))
			if len(tr.Errors) != 1 || tr.Errors[0].Path != c.path || tr.Errors[0].Note || !strings.Contains(tr.Errors[0].Message, c.message) {
				t.Errorf("errors %v, want one of %s with %q", tr.Errors, c.path, c.message)
			}
			if len(tr.Files) != 1 || len(tr.TSA) != 1 || len(tr.Documents)+len(tr.Intermediates)+len(tr.CRLs)+len(tr.OCSP) != 0 || tr.Algorithms != nil {
				t.Errorf("a defective file left something behind: %v", tr.Files)
			}
			if tr.SHA256 != load(t, files("tsa/good.pem", good.pem())).SHA256 {
				t.Error("an absent file changes the identity")
			}
		})
	}
}

func TestAPlaceWithoutUseIsNoted(t *testing.T) {
	a := newAuthority(t, "A")
	tr := load(t, files("ca.pem", a.pem(), "TSA/a.pem", a.pem(), "revocation/list.der", a.crl(t, to), "tsa.pem", a.pem()))
	if len(tr.Errors) != 4 || len(tr.Files) != 0 {
		t.Fatalf("errors %v, files %v", tr.Errors, tr.Files)
	}
	for _, e := range tr.Errors {
		if !e.Note || !strings.HasPrefix(e.Message, "not used: ") {
			t.Errorf("%v is no note", e)
		}
	}
}

func TestWhatIsPassedOverIsListedAndNotOpened(t *testing.T) {
	m := files()
	names := []string{
		".DS_Store", ".git/", "README", "bitcoin/deep/er/notes.txt", "notes.txt", "signers/README.md", "tsa/.a.pem.swp", "tsa/ReadMe.PEM", "tsa/about.md", "tsa/sub/x.TXT",
	}
	for _, n := range names {
		m[strings.TrimSuffix(n, "/")] = &fstest.MapFile{}
	}
	m[".git"].Mode = fs.ModeDir
	tr, err := Load(closedFS{m}, "x")
	must(t, err)
	if len(tr.Errors)+len(tr.Files) != 0 {
		t.Errorf("errors %v, files %v", tr.Errors, tr.Files)
	}
	var got []string
	for _, f := range tr.Unused {
		got = append(got, f.Name)
		if f.Use != Unused || f.SHA256 != "" {
			t.Errorf("%v", f)
		}
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("got  %q\nwant %q", got, names)
	}
}

func TestANameThatOnlyBeginsLikeANoteIsTaken(t *testing.T) {
	if tr := load(t, files("tsa/readme-authority-1a2b3c4d.pem", newAuthority(t, "A").pem(), "tsa/txt", newAuthority(t, "B").pem())); len(tr.TSA) != 2 {
		t.Errorf("anchors %d, unused %v", len(tr.TSA), tr.Unused)
	}
}

func TestIrregularFilesAreErrors(t *testing.T) {
	a := newAuthority(t, "A")
	m := files("documents", a.pem(), "tsa/good.pem", a.pem())
	m["tsa/pipe.pem"] = &fstest.MapFile{Data: newAuthority(t, "P").pem(), Mode: fs.ModeNamedPipe}
	m["documents.pem"] = &fstest.MapFile{Data: a.pem(), Mode: fs.ModeDevice}
	m["algorithms.json"] = &fstest.MapFile{Data: []byte(`{}`), Mode: fs.ModeSocket}
	tr := load(t, m)
	want := []FileError{
		{Path: "algorithms.json", Message: "not a regular file"}, {Path: "documents", Message: "must be a folder"},
		{Path: "documents.pem", Message: "not used: no file of a trust directory has this name", Note: true},
		{Path: "tsa/pipe.pem", Message: "not a regular file"},
	}
	if !slices.Equal(tr.Errors, want) || len(tr.TSA) != 1 {
		t.Errorf("errors %v", tr.Errors)
	}
}

func TestUnreadableFilesAndFoldersAreErrors(t *testing.T) {
	m := files("tsa/a.pem", newAuthority(t, "A").pem(), "documents/b.pem", newAuthority(t, "B").pem(),
		"revocation/c.crl", bytes.Repeat([]byte{0x30}, maxParsedCRL+1), "revocation/d.ocsp", []byte{0x30})
	tr, err := Load(closedFS{m}, "x")
	must(t, err)
	if got := strings.Join(errorPaths(tr), " "); got != "documents/b.pem revocation/c.crl revocation/d.ocsp tsa/a.pem" {
		t.Errorf("errors %v", tr.Errors)
	}
	tr, err = Load(lockedFS{m}, "x")
	must(t, err)
	if got := strings.Join(errorPaths(tr), " "); got != "documents revocation tsa" {
		t.Errorf("errors %v", tr.Errors)
	}
}

// closedFS lists its files and opens none of them.
type closedFS struct{ fstest.MapFS }

func (f closedFS) Open(name string) (fs.File, error) {
	if info, err := f.MapFS.Stat(name); err == nil && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.MapFS.Open(name)
}

// lockedFS lists only its root.
type lockedFS struct{ fstest.MapFS }

func (f lockedFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrPermission}
	}
	return f.MapFS.ReadDir(name)
}
