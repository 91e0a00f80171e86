package dir

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/exhibit-dev/exhibit/trust"
)

func TestLoadTakesEverythingByItsFolder(t *testing.T) {
	tsa, second, doc, mid := newAuthority(t, "TSA"), newAuthority(t, "Second"), newAuthority(t, "Doc"), newAuthority(t, "Mid")
	list, answer := tsa.crl(t, to), tsa.ocsp(t)
	m := files(
		"tsa/b.der", tsa.der(),
		"tsa/a/two.pem", append([]byte("words before\n"), append(second.pem(), newAuthority(t, "Third").pem()...)...),
		"documents/d.pem", doc.pem(),
		"intermediates/m.crt", mid.der(),
		"revocation/l.crl", list,
		"revocation/L2.CRL", inPEM("X509 CRL", second.crl(t, to)),
		"revocation/r.ocsp", answer,
		"algorithms.json", []byte(`{"source": "ours", "digests": {"sha256": ""}, "keys": {}}`),
	)
	tr := load(t, m)
	if len(tr.Errors)+len(tr.Unused)+len(tr.Duplicates) != 0 {
		t.Errorf("errors %v, unused %v, duplicates %v", tr.Errors, tr.Unused, tr.Duplicates)
	}
	var got []string
	for _, a := range tr.TSA {
		got = append(got, "tsa "+a.Origin+" "+a.Certificate.Subject())
	}
	for _, a := range tr.Documents {
		got = append(got, "documents "+a.Origin+" "+a.Certificate.Subject())
	}
	for _, c := range tr.Intermediates {
		got = append(got, "intermediates "+tr.Origin(c)+" "+c.Subject())
	}
	for _, c := range tr.CRLs {
		got = append(got, "crl "+c.Origin)
	}
	for _, r := range tr.OCSP {
		got = append(got, "ocsp "+r.Origin)
	}
	want := []string{
		"tsa tsa/a/two.pem CN=Second, O=Test", "tsa tsa/a/two.pem#2 CN=Third, O=Test", "tsa tsa/b.der CN=TSA, O=Test",
		"documents documents/d.pem CN=Doc, O=Test", "intermediates intermediates/m.crt CN=Mid, O=Test",
		"crl revocation/L2.CRL", "crl revocation/l.crl", "ocsp revocation/r.ocsp",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if tr.Name != "trust" || tr.Algorithms == nil || tr.Algorithms.Source() != "ours" {
		t.Errorf("name %q, algorithms %v", tr.Name, tr.Algorithms)
	}
}

func TestIdentityIsWhatSha256sumPrints(t *testing.T) {
	a, b := newAuthority(t, "A"), newAuthority(t, "B")
	tr := load(t, files("tsa/b.pem", b.pem(), "documents/a.der", a.der(), "tsa/broken.pem", []byte("no")))
	lines := ""
	for _, f := range []struct {
		name string
		data []byte
	}{{"documents/a.der", a.der()}, {"tsa/b.pem", b.pem()}} {
		lines += fmt.Sprintf("%x  %s\n", sha256.Sum256(f.data), f.name)
	}
	sum := sha256.Sum256([]byte(lines))
	if tr.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("got %s, want the digest of\n%s", tr.SHA256, lines)
	}
	if len(tr.Files) != 2 || tr.Files[0].Use != UseDocuments || tr.Files[1].Use != UseTSA {
		t.Errorf("files %v", tr.Files)
	}
	one := []File{{Name: "tsa/a\n" + tr.Files[1].SHA256 + "  tsa/b", SHA256: tr.Files[0].SHA256}}
	two := []File{{Name: "tsa/a", SHA256: tr.Files[0].SHA256}, {Name: "tsa/b", SHA256: tr.Files[1].SHA256}}
	if identity(one) == identity(two) {
		t.Error("a line end in a name poses as two files")
	}
}

func TestLoadIsDeterministic(t *testing.T) {
	a := newAuthority(t, "A")
	m := files("tsa/z.pem", a.pem(), "tsa/a.pem", a.pem(), "tsa/bad", []byte("x"), "x", []byte("x"), "bitcoin/k.bin", []byte("x"), "logs/k.vkey", []byte("x"), "readme", []byte("x"))
	one, two := load(t, m), load(t, m)
	if !reflect.DeepEqual(one.Files, two.Files) || !reflect.DeepEqual(one.Errors, two.Errors) ||
		!reflect.DeepEqual(one.Unused, two.Unused) || !reflect.DeepEqual(one.Duplicates, two.Duplicates) || one.SHA256 != two.SHA256 {
		t.Error("two loads of one directory differ")
	}
}

func TestFilesAreInOrderOfTheirNames(t *testing.T) {
	tr := load(t, files("tsa/a/x.pem", newAuthority(t, "X").pem(), "tsa/a.pem", newAuthority(t, "A").pem(), "tsa/b/bad", []byte("x"), "tsa/b.bad", []byte("x"),
		"bitcoin/c/x.md", []byte{}, "bitcoin/c.x.md", []byte{}))
	got := []string{tr.Files[0].Name, tr.Files[1].Name, tr.Errors[0].Path, tr.Errors[1].Path, tr.Unused[0].Name, tr.Unused[1].Name}
	if want := []string{"tsa/a.pem", "tsa/a/x.pem", "tsa/b.bad", "tsa/b/bad", "bitcoin/c.x.md", "bitcoin/c/x.md"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestADuplicateIsKeptOncePerUse(t *testing.T) {
	a := newAuthority(t, "A")
	list := a.crl(t, to)
	tr := load(t, files("tsa/1.pem", a.pem(), "tsa/2.der", a.der(), "documents/3.pem", append(a.pem(), a.pem()...),
		"revocation/1.crl", list, "revocation/2.crl", inPEM("X509 CRL", list), "revocation/3.ocsp", a.ocsp(t)))
	if len(tr.TSA) != 1 || len(tr.Documents) != 1 || len(tr.CRLs) != 1 || len(tr.OCSP) != 1 || len(tr.Files) != 6 {
		t.Errorf("tsa %d, documents %d, crls %d, files %d", len(tr.TSA), len(tr.Documents), len(tr.CRLs), len(tr.Files))
	}
	want := []Duplicate{
		{"documents/3.pem#2", "documents/3.pem", UseDocuments}, {"revocation/2.crl", "revocation/1.crl", UseRevocation},
		{"tsa/2.der", "tsa/1.pem", UseTSA},
	}
	if !slices.Equal(tr.Duplicates, want) {
		t.Errorf("got %v, want %v", tr.Duplicates, want)
	}
}

func TestEnvHandsOverTheMaterialAndDecidesNothing(t *testing.T) {
	a := newAuthority(t, "A")
	tr := load(t, files("tsa/a.pem", a.pem(), "documents/a.pem", a.pem(), "intermediates/a.pem", a.pem(),
		"revocation/a.crl", a.crl(t, to), "revocation/a.ocsp", a.ocsp(t), "algorithms.json", []byte(`{"source":"s"}`)))
	env := tr.Env()
	if len(env.TSA) != 1 || len(env.Documents) != 1 || len(env.Intermediates) != 1 || len(env.CRLs) != 1 || len(env.OCSP) != 1 {
		t.Errorf("env %+v", env)
	}
	if env.Cache == nil || env.Cache == tr.Env().Cache || env.Algorithms != tr.Algorithms {
		t.Error("want a fresh cache and the directory's dates")
	}
	if !env.At.IsZero() || env.Policy != trust.Policy("") || env.Existences != nil {
		t.Error("time, policy and proofs are the caller's to set")
	}
}

func TestEmptyTrustsNothing(t *testing.T) {
	env := Empty().Env()
	if len(env.TSA)+len(env.Documents)+len(env.Intermediates) != 0 || env.Algorithms != nil || Empty().SHA256 != "" {
		t.Error("the empty trust holds something")
	}
	if tr := load(t, fstest.MapFS{}); tr.SHA256 != identity(nil) || len(tr.Files) != 0 {
		t.Error("an empty directory is a trust of nothing")
	}
}

func TestADirectoryThatCannotBeReadIsAnError(t *testing.T) {
	sub, err := fs.Sub(fstest.MapFS{"a/b": {}}, "none")
	must(t, err)
	if tr, err := Load(sub, "x"); err == nil || tr != nil {
		t.Errorf("got %v, %v", tr, err)
	}
}
