package pdf

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/verdict"
)

// laterDifferences are the documents of which other programs say something else about
// what came after a signature, or about the document as a whole where all of its chains
// are trusted, and what the bytes show. TestPeers has those about arithmetic,
// TestChangesInCorpus those about single signatures.
var laterDifferences = map[string]string{
	// DSS warns of changes after signing, and lets the document pass all the same.
	"pyhanko__tail-uncovered.pdf dss: passed":                      "the ByteRange ends inside its revision",
	"dss__hide.pdf dss: passed":                                    "the image over the text was replaced",
	"dss__pdf-structtreeroot-changes.pdf dss: passed":              "the structure tree was changed",
	"laravel-a1-pdf-sign__certified-then-modified.pdf dss: passed": "P=1, and the page was changed",
	// DSS refuses as malformed what has intact signed bytes: no proven defect of these.
	"dss__pades-spoofing-replaced-reason.pdf dss: failed": "the dictionary was replaced, the signed one is intact",
	"dss__pdf-removed-pages.pdf dss: failed":              "pages were removed, the signed bytes are intact",
	"dss__pdf-signed-added-page.pdf dss: failed":          "a page was added, the signed bytes are intact",
	// Arithmetic, see TestPeers.
	"dss__AD-RB.pdf dss: failed":                              "signed attributes that are not sorted",
	"dss__Signature-P-DE_CRY-2_HASH_FAILURE_.pdf dss: failed": "signed attributes that are not sorted",
	"dss__Signature-P-SK-1_HASH_FAILURE_.pdf dss: failed":     "signed attributes that are not sorted",
	"dss__Signature-P-HU_NET-2.pdf dss: failed":               "a signature algorithm where a digest belongs",
	"siva__hellopades-pades-b-sha256-auth.pdf dss: passed":    "the modulus of the key is a negative number",

	// What is permitted here, and why.
	"pyhanko__form-update-no-override-appearance-stream-ap-indirect-sneaky.pdf pyhanko: changed": "the field that waited is signed; the old AP, object 10, has a second use and is left untouched",
	"dss__DSS-3577.pdf pyhanko: changed":          "P=3 in the Lock of the signed field (Table 236): the text field FullName, which it does not lock, is filled; DR gains the font of its DA",
	"dss__DSS-3577.pdf dss: changed":              "as before",
	"dss__PAdES-LT.pdf dss: changed":              "visible signatures with their fonts and their form XObject, which DSS puts under the same name FRM each time, and stores; no appearance of the signed revision takes anything from there",
	"dss__pdf-byterange-overlap.pdf dss: changed": "behind the first signature stands another one, whose own ByteRange is wrong: that one fails",
	// What pyHanko calls a change is no later one.
	"dss__AD-RB.pdf pyhanko: changed":             "behind the first signature: a second one with its field and lock, the dates of Info and XMP, read object by object",
	"dss__pdf-eof.pdf pyhanko: changed":           "the ByteRange ends behind the file: it fails, and nothing comes later",
	"dss__siwa.pdf pyhanko: changed":              "foreign bytes in the gap: it fails, and nothing comes later",
	"pdfjs__signed_verified.pdf pyhanko: changed": "a gap that is too small: it fails, and nothing comes later",
}

// peerWords are what other programs said of the corpus, and what the tests of DSS assert.
type peerWords struct {
	peers  map[string]map[string]struct{ Verdict, Sub string }
	claims map[string][]map[string]any
}

func readPeerWords(t *testing.T, dir string) (w peerWords) {
	t.Helper()
	var p struct {
		Files map[string]map[string]struct {
			Verdict string
			Sub     string `json:"sub_indication"`
		}
	}
	var m struct {
		Files []struct {
			File     string
			Expected struct {
				Assertions []map[string]any `json:"source_test_assertions"`
			}
		}
	}
	for name, into := range map[string]any{"peers.json": &p, "manifest.json": &m} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, into); err != nil {
			t.Fatal(err)
		}
	}
	w.peers, w.claims = map[string]map[string]struct{ Verdict, Sub string }{}, map[string][]map[string]any{}
	for file, list := range p.Files {
		w.peers[file] = map[string]struct{ Verdict, Sub string }{}
		for peer, x := range list {
			w.peers[file][peer] = struct{ Verdict, Sub string }{x.Verdict, x.Sub}
		}
	}
	for _, f := range m.Files {
		w.claims[f.File] = f.Expected.Assertions
	}
	return w
}

// asserts answers whether the tests of DSS find changes that are not harmless.
func (w peerWords) asserts(file string) (changed, said bool) {
	for _, x := range w.claims[file] {
		for _, key := range []string{"object_modifications", "undefined_changes", "page_difference"} {
			v, ok := x[key].(bool)
			changed, said = changed || v, said || ok
		}
	}
	return changed, said
}

// TestLaterDifferences compares what is said here with what others say. A difference
// without an explanation fails, and so does an explanation without a difference.
func TestLaterDifferences(t *testing.T) {
	dir, files := corpus(t)
	words := readPeerWords(t, dir)
	seen, agreed := map[string]bool{}, 0
	compare := func(file, what string, theirs, ours bool) {
		if theirs == ours {
			agreed++
			return
		}
		key := file + " " + what
		if seen[key] = true; laterDifferences[key] == "" {
			t.Errorf("%s: %v, here %v", key, theirs, ours)
		}
	}
	for _, f := range files {
		d := openCorpus(t, dir, f)
		if d == nil || len(d.signatures) == 0 {
			continue
		}
		r := d.Verify(context.Background(), trusting(d))
		changed := slices.ContainsFunc(r.Children, func(x verdict.Result) bool {
			return slices.ContainsFunc(x.Checks(), func(c verdict.Check) bool {
				return c.Reason == reasonModified && c.State != verdict.CheckPassed
			})
		})
		if p := words.peers[f.File]["pyhanko"]; p.Verdict == "INDETERMINATE" {
			compare(f.File, "pyhanko: changed", p.Sub == "SIG_CONSTRAINTS_FAILURE", changed)
		}
		if said, ok := words.asserts(f.File); ok {
			compare(f.File, "dss: changed", said, changed)
		}
		switch p := words.peers[f.File]["dss-embedded"]; p.Verdict {
		case "PASSED":
			compare(f.File, "dss: passed", true, r.Passed())
		case "FAILED":
			compare(f.File, "dss: failed", true, r.Indication() == verdict.Failed)
		}
	}
	for key := range laterDifferences {
		if !seen[key] {
			t.Errorf("%s: no longer a difference", key)
		}
	}
	t.Log(agreed, "answers agree")
}
