package pdffile_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

func open(b []byte) (*pdffile.File, error) { return openWith(b, pdffile.Options{}) }

func openWith(b []byte, o pdffile.Options) (*pdffile.File, error) {
	return pdffile.Open(context.Background(), bytes.NewReader(b), int64(len(b)), o)
}

// sample is a file of the corpus.
type sample struct {
	name, path string
	data       []byte
	expected   expectation
}

type expectation struct {
	Revisions     *int `json:"revisions"`
	Signatures    int  `json:"signatures"`
	Timestamps    int  `json:"document_timestamps"`
	Encrypted     bool
	EmbeddedFiles []string `json:"embedded_files"`
}

// corpus returns all files of the corpus.
func corpus(t testing.TB) (out []sample) {
	dir := testvec.Corpus(t, "pdf")
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files []struct {
			File     string
			Expected expectation
		}
	}
	if err := json.Unmarshal(b, &manifest); err != nil {
		t.Fatal(err)
	}
	for _, f := range manifest.Files {
		s := sample{name: f.File, path: filepath.Join(dir, f.File), expected: f.Expected}
		if s.data, err = os.ReadFile(s.path); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if len(out) != 157 {
		t.Fatalf("%d files in the corpus, want 157", len(out))
	}
	return out
}

// revisionsOtherwise are files whose revisions the manifest counts in another way, and
// why. It counts the sections of the chain, so a linearized file has one more.
var revisionsOtherwise = map[string]int{
	"pyhanko__minimal-startxref-hopeless.pdf":  1, // no count: refused by the program that counted
	"pyhanko__minimal-startxref-hopeless2.pdf": 1, // the same
	"dss__EmptyPage-corrupted2.pdf":            1, // the same
	"dss__malformed-pades.pdf":                 2, // the same
	"dss__pades_infinite_loop.pdf":             2, // the same
	"pdfjs__prefilled_f1040.pdf":               6, // linearized, and two hybrid updates of two sections with one %%EOF
}

// Every file opens or is refused for the right reason, with the revisions that other
// readers count.
func TestCorpusRevisions(t *testing.T) {
	for _, c := range corpus(t) {
		if strings.HasPrefix(c.name, "hostile__") {
			continue
		}
		f, err := open(c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		want := -1
		if c.expected.Revisions != nil {
			want = *c.expected.Revisions
		}
		if linear := bytes.Contains(c.data[:min(1024, len(c.data))], []byte("/Linearized")); linear && want > 0 {
			want--
		}
		if n, ok := revisionsOtherwise[c.name]; ok {
			want = n
		}
		if got := len(f.Revisions()); got != want {
			t.Errorf("%s: %d revisions, want %d", c.name, got, want)
		}
		start := int64(0)
		for i, r := range f.Revisions() {
			if r.Start != start || r.End < r.Start || r.End > f.Size() {
				t.Errorf("%s: revision %d from %d to %d", c.name, i, r.Start, r.End)
			}
			start = r.End
		}
		marks := len(f.Marks())
		want = c.expected.Signatures + c.expected.Timestamps
		if c.name == "dss__signature-referenced-from-multiple-fields.pdf" {
			want = 1
		}
		if marks < want {
			t.Errorf("%s: %d signature dictionaries, want %d", c.name, marks, want)
		}
	}
}
