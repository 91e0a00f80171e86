package verify

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/dir"
)

// holding writes a PDF file with attachments, as pairs of name and content.
func holding(pairs ...string) string {
	b := "%PDF-1.7\n"
	var offsets []int
	obj := func(body string) int {
		offsets = append(offsets, len(b))
		b += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", len(offsets), body)
		return len(offsets)
	}
	var names strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		n := obj(fmt.Sprintf("<</Type/EmbeddedFile/Length %d>>\nstream\n%s\nendstream", len(pairs[i+1]), pairs[i+1]))
		fmt.Fprintf(&names, "(%05d)<</Type/Filespec/F<%x>/EF<</F %d 0 R>>>>", i, pairs[i], n)
	}
	pages := obj("<</Type/Pages/Kids[]/Count 0>>")
	root := obj(fmt.Sprintf("<</Type/Catalog/Pages %d 0 R/Names<</EmbeddedFiles<</Names[%s]>>>>>>", pages, names.String()))
	at := len(b)
	b += fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		b += fmt.Sprintf("%010d 00000 n \n", o)
	}
	return b + fmt.Sprintf("trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, root, at)
}

// withPDF are the fake formats and the one of documents.
func withPDF() []Format { return append(fakeFormats(), PDF()) }

// pdfVector returns a signed document and what it is judged with.
func pdfVector(t testing.TB, id string) (string, Options) {
	t.Helper()
	list, folder, err := testvectors.Load("pdf")
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		v := &list[i]
		if v.ID != id {
			continue
		}
		b, err := fs.ReadFile(folder, v.Evidence)
		if err != nil {
			t.Fatal(err)
		}
		view, err := v.TrustFS(folder)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := dir.Load(view, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		o := Options{Formats: withPDF(), Env: Env{Env: tr.Env()}}
		o.Env.At, o.Env.Policy = v.At, trust.Policy(v.Policy)
		if v.PDF != nil {
			o.PDFPassword = []byte(v.PDF.Password)
		}
		return string(b), o
	}
	t.Fatalf("no vector %q", id)
	return "", Options{}
}
