package pdf

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// corpusSignature is what other programs say of one signature of the corpus.
type corpusSignature struct {
	file      string
	number    int
	byteRange []int64
	pyhanko   string // none, lta_updates, form_filling, suspicious, or empty
	attack    string
	dss       string // what the tests of DSS assert of the file
	docMDP    int
}

func (s corpusSignature) String() string { return fmt.Sprintf("%s#%d", s.file, s.number) }

func changedSignatures(t testing.TB) (out []corpusSignature, dir string) {
	dir = testvec.Corpus(t, "pdf")
	raw, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Files []struct {
			File     string
			Expected struct {
				Attack       string          `json:"attack_or_anomaly"`
				Assertions   json.RawMessage `json:"source_test_assertions"`
				PerSignature []struct {
					ByteRange []int64 `json:"byte_range"`
					Later     string  `json:"later_changes_pyhanko"`
					DocMDP    string  `json:"docmdp"`
				} `json:"per_signature"`
			}
		}
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	for _, x := range m.Files {
		for i, s := range x.Expected.PerSignature {
			out = append(out, corpusSignature{x.File, i, s.ByteRange, s.Later, x.Expected.Attack, string(x.Expected.Assertions),
				map[string]int{"NO_CHANGES": 1, "FILL_FORMS": 2, "ANNOTATE": 3}[s.DocMDP]})
		}
	}
	return out, dir
}

// from is the revision that holds the end of a ByteRange.
func (s corpusSignature) from(f *pdffile.File) int {
	end := s.byteRange[len(s.byteRange)-2] + s.byteRange[len(s.byteRange)-1]
	for n, r := range f.Revisions() {
		if r.End >= end {
			return n
		}
	}
	return len(f.Revisions()) - 1
}

func openChanged(t testing.TB, dir, name string) *pdffile.File {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	f, err := pdffile.Open(context.Background(), bytes.NewReader(b), int64(len(b)), pdffile.Options{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return f
}

// deniedInCorpus are the classes that are not permitted, for every signature after
// which the document was changed in a way that is not.
var deniedInCorpus = map[string]string{
	"pyhanko__base.pdf#0":                                "metadata",
	"pyhanko__signature-gap-too-big.pdf#0":               "metadata",
	"pyhanko__tail-uncovered.pdf#0":                      "metadata",
	"pyhanko__weird-byterange.pdf#0":                     "metadata",
	"dss__annotation-and-visible-change.pdf#0":           "annotation form-values signature unclassed",
	"dss__hide.pdf#0":                                    "font-or-resource repointed",
	"dss__pades-signed-annot-added.pdf#0":                "annotation",
	"dss__pades-signed-filled-form.pdf#0":                "form-values",
	"dss__pades-spoofing-replaced-reason.pdf#0":          "font-or-resource form-values signature",
	"dss__pdf-removed-pages.pdf#0":                       "font-or-resource form-values page-tree",
	"dss__pdf-signed-added-page.pdf#0":                   "font-or-resource form-values page-tree",
	"dss__pdf-structtreeroot-changes.pdf#0":              "structure-tree",
	"laravel-a1-pdf-sign__certified-then-modified.pdf#0": "extensions metadata page-content",
	"pdfjs__prefilled_f1040.pdf#0":                       "form-values",
}

// differ are the signatures about which pyHanko, or the corpus by its name of an attack,
// says something else than this package, and what the bytes show.
var differ = map[string]string{
	"pyhanko__form-update-no-override-appearance-stream-ap-indirect-sneaky.pdf#0": "pyHanko's own test file for a rule of its own: the old AP dictionary, object 10, has a second use (Root/FooBar) and is left untouched; the field that waited is signed and gets an AP in place",
	"dss__DSS-3577.pdf#0":                            "P=3: the text field FullName is filled, its widget gets DA and AP, DR a font, Info another ModDate",
	"dss__PAdES-LT.pdf#3":                            "only DSS: VRI entries are written anew, which PAdES allows (25sigs.pdf of DSS is the known case)",
	"dss__pades-revoc-removed-from-dss-dict.pdf#1":   "only DSS, with VRI entries written anew, and time-stamps; that a response was left out is listed",
	"dss__pades-revoc-removed-from-dss-dict.pdf#2":   "as before",
	"dss__pades-revoc-removed-from-dss-dict.pdf#0":   "as before; the file's name is about what the store lacks, which is for the signature to miss",
	"dss__annotation-and-visible-change.pdf#1":       "the annotation came before this signature; behind it stand a signature field with its signature and the ReadOnly flag that Adobe Sign sets in the certifying field",
	"dss__pades-lt-extended-abde.pdf#1":              "DSS and a signature; pyHanko trips over AdditionalStreams of LibreOffice in the trailer, whose number PDFBox renews and which leads to no stream",
	"dss__pades-lt-extended-dss.pdf#1":               "as before",
	"dss__pades-multiple-pages-annots-overlap.pdf#0": "widgets of signatures at [0 0 0 0], DSS, a time-stamp; that appearances overlap is for people to see",
	"dss__pades-multiple-pages-annots-overlap.pdf#1": "as before",
	"dss__pdf-byterange-overlap.pdf#0":               "the second revision is a signature whose own ByteRange is wrong, which is that signature's defect",
	"dss__pdf-byterange-overlap.pdf#1":               "its ByteRange is wrong, but ends with the file: nothing comes later",
	"dss__pdf-eof.pdf#0":                             "its ByteRange ends behind the file: nothing comes later",
	"dss__pdf-signed-out-of-byteRange.pdf#0":         "its ByteRange ends behind the file: nothing comes later",
	"dss__siwa.pdf#0":                                "wrapping: the foreign bytes stand in the gap of the signed revision itself, where contents-gap finds them",
	"pdfjs__signed_verified.pdf#0":                   "its gap is wrong, but it ends with the file: nothing comes later",
	"dss__pdf-with-two-empty-sigs.pdf#0":             "a second empty signature with its field",
	"dss__pades-enveloping-empty-bytes-cms.pdf#0":    "a defect of the CMS; behind it stands only DSS",
	"dss__Signature-P-SK-1_HASH_FAILURE_.pdf#0":      "no alteration, says the manifest",
	"dss__Signature-P-SK-1_HASH_FAILURE_.pdf#1":      "no alteration, says the manifest",
	"dss__Signature-P-SK-1_HASH_FAILURE_.pdf#2":      "no alteration, says the manifest",
	"dss__Signature-P-SK-1_HASH_FAILURE_.pdf#3":      "no alteration, says the manifest",
	"dss__Signature-P-SK-1_HASH_FAILURE_.pdf#4":      "no alteration, says the manifest",
	"dss__hello_signed_INCSAVE_signed.pdf#0":         "no attack, says the manifest",
}

// TestChangesInCorpus judges what came after every signature of the corpus.
func TestChangesInCorpus(t *testing.T) {
	signatures, dir := changedSignatures(t)
	files := map[string]*pdffile.File{}
	used := map[string]bool{}
	verdicts := map[string]int{}
	for _, s := range signatures {
		f := files[s.file]
		if f == nil {
			f = openChanged(t, dir, s.file)
			files[s.file] = f
		}
		from := s.from(f)
		r := compareRevisions(f, from, permissions{DocMDP: s.docMDP})
		checkReport(t, r, permissions{DocMDP: s.docMDP})
		verdicts[r.Verdict]++
		var classes []string
		for _, c := range r.Changes {
			if !c.Permitted && !slices.Contains(classes, c.Class) {
				classes = append(classes, c.Class)
			}
		}
		slices.Sort(classes)
		key := s.String()
		if got := strings.Join(classes, " "); got != deniedInCorpus[key] {
			t.Errorf("%s: not permitted %q, want %q\n%s", key, got, deniedInCorpus[key], listChanges(r))
		}
		used[key] = true
		good := r.Verdict != changesNotPermitted
		says := s.pyhanko != "suspicious"
		if s.pyhanko == "" {
			says = good
		}
		odd := good != says || r.Verdict == changesPermitted && s.attack != ""
		if odd && differ[key] == "" {
			t.Errorf("%s: %s; pyHanko says %q, the manifest %q, DSS %s", key, r.Verdict, s.pyhanko, s.attack, s.dss)
		}
		if !odd && differ[key] != "" {
			t.Errorf("%s: there is no difference to explain", key)
		}
	}
	for key := range deniedInCorpus {
		if !used[key] {
			t.Errorf("%s is not in the corpus", key)
		}
	}
	t.Logf("%d signatures: %v", len(signatures), verdicts)
}

// TestChangeHistory tells what every revision of every document of the corpus did.
func TestChangeHistory(t *testing.T) {
	_, dir := changedSignatures(t)
	names, err := filepath.Glob(filepath.Join(dir, "*.pdf"))
	if err != nil || len(names) < 150 {
		t.Fatal(len(names), err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := pdffile.Open(context.Background(), bytes.NewReader(b), int64(len(b)), pdffile.Options{})
		if err != nil {
			continue
		}
		c := newComparer(f)
		for n := 1; n < len(f.Revisions()); n++ {
			r := c.between(n-1, n)
			checkReport(t, r, permissions{})
			if len(r.Changes) == 0 {
				t.Errorf("%s: revision %d has no changes", filepath.Base(name), n)
			}
		}
		for p := range 4 {
			r := c.after(0, 0, permissions{DocMDP: p})
			checkReport(t, r, permissions{DocMDP: p})
		}
	}
}
