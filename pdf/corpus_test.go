package pdf

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// corpusFile is what the manifest says of a document, by other programs.
type corpusFile struct {
	File     string
	Expected struct {
		Signatures int
		Timestamps int    `json:"document_timestamps"`
		Level      string `json:"pades_level_structural"`
		List       []struct {
			ByteRange []int64 `json:"byte_range"`
			Integrity *jsonBool
			Valid     any    `json:"integrity_valid"`
			Coverage  string `json:"coverage_pyhanko"`
			Whole     bool   `json:"covers_whole_file"`
			Settled   *struct{ Verdict, SubIndication string }
		} `json:"per_signature"`
	}
}

type jsonBool = bool

func corpus(t testing.TB) (dir string, list []corpusFile) {
	t.Helper()
	dir = testvec.Corpus(t, "pdf")
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct{ Files []corpusFile }
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != 157 {
		t.Fatalf("%d files in the corpus, want 157", len(m.Files))
	}
	return dir, m.Files
}

func corpusEnv() (env pki.Env) {
	env.At, env.Policy = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), trust.Issuance
	return env
}

// Where this package does not say what the manifest says. Each entry says why.
var corpusDifferences = map[string]string{
	// Two fields have one dictionary as their value; it counts once.
	"dss__signature-referenced-from-multiple-fields.pdf counts": "1 0, not 2 0",
	// A broken signature dictionary is evidence: the negative ByteRange is told.
	"hostile__g_neg_byterange.pdf counts": "1 0, not 0 0",

	// pyHanko asks about the dictionary that replaced the signed one. Here the signed
	// one is the signature, and that it was replaced is a change after signing.
	"dss__pades-spoofing-replaced-reason.pdf #signature-1 coverage": "ENTIRE_REVISION, not CONTIGUOUS_BLOCK_FROM_START",
	// The ByteRange ends one byte behind the file, so it covers nothing.
	"dss__pdf-eof.pdf #signature-1 coverage": "UNCLEAR, not CONTIGUOUS_BLOCK_FROM_START",

	// The manifest's level is of the file, from any time-stamp and any value in the DSS.
	// Here a signature is B-LTA only where a document time-stamp covers revocation data.
	"dss__PAdES-LT.pdf level": "B-LT, not B-LTA",
	"dss__Signature-P-LT-ef971596-8f2e-407d-a413-aae9cb9b8e4a.pdf level": "B-LT, not B-LTA",
	"dss__pades-lt-extended-abde.pdf level":                              "B-LT, not B-LTA",
	"dss__pades-lt-extended-dss.pdf level":                               "B-LT, not B-LTA",
	// The document time-stamp is older than the signature and does not cover it.
	"dss__timestamped_and_signed.pdf level": "B-B, not B-T",
	// There is a token in the unsigned attributes; pyHanko could not read these files.
	"dss__BadEncodedCMS.pdf level":                    "B-T, not B-B",
	"pdfcpu__testPAdES_BT.pdf level":                  "B-T, not B-B",
	"dss__pades-enveloping-empty-bytes-cms.pdf level": "B-LT, not B-B",
	// No level was stated.
	"dss__malformed-pades.pdf level":     "B-B, not ",
	"dss__pades_infinite_loop.pdf level": "B-B, not ",
}

// Number, coverage and arithmetic of all signatures of the corpus are what other
// programs say, but for the differences listed.
func TestCorpus(t *testing.T) {
	dir, files := corpus(t)
	seen := map[string]bool{}
	differ := func(file, what string, got, want any) {
		g, w := fmt.Sprint(got), fmt.Sprint(want)
		if g == w {
			return
		}
		key := file + " " + what
		if seen[key] = true; corpusDifferences[key] != g+", not "+w {
			t.Errorf("%s: %s, not %s", key, g, w)
		}
	}
	compared := 0
	for _, f := range files {
		d := openCorpus(t, dir, f)
		if d == nil {
			continue
		}
		r := d.Verify(context.Background(), corpusEnv())
		var count [2]int
		level := ""
		for i, s := range d.signatures {
			if s.timestamp() {
				count[1]++
			} else {
				count[0]++
			}
			claims := r.Children[i].Claims.(signatureClaims)
			level = max(level, claims.Level)
			at := slices.IndexFunc(f.Expected.List, func(x struct {
				ByteRange []int64 `json:"byte_range"`
				Integrity *jsonBool
				Valid     any    `json:"integrity_valid"`
				Coverage  string `json:"coverage_pyhanko"`
				Whole     bool   `json:"covers_whole_file"`
				Settled   *struct{ Verdict, SubIndication string }
			}) bool {
				return slices.Equal(x.ByteRange, claims.ByteRange)
			})
			if at < 0 {
				if f.File != "hostile__g_neg_byterange.pdf" {
					t.Errorf("%s %s is not listed: %v", f.File, s.source(), claims.ByteRange)
				}
				continue
			}
			compared++
			x := &f.Expected.List[at]
			what := s.source()
			if x.Valid != nil {
				differ(f.File, what+" integrity", claims.Integrity, x.Valid)
			}
			if x.Coverage != "" {
				differ(f.File, what+" coverage", d.coverageWord(s), x.Coverage)
			}
			differ(f.File, what+" whole", claims.WholeFile, x.Whole)
		}
		differ(f.File, "counts", fmt.Sprint(count[0], count[1]), fmt.Sprint(f.Expected.Signatures, f.Expected.Timestamps))
		differ(f.File, "level", level, f.Expected.Level)
	}
	for key := range corpusDifferences {
		if !seen[key] {
			t.Errorf("%s: no longer a difference", key)
		}
	}
	if compared != 128 {
		t.Errorf("%d signatures compared, want 128", compared)
	}
}

func openCorpus(t testing.TB, dir string, f corpusFile) *Document {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, f.File))
	if err != nil {
		t.Fatal(err)
	}
	d, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), Options{})
	if err != nil && len(f.Expected.List) > 0 {
		t.Errorf("%s: %v", f.File, err)
	}
	return d
}

// coverageWord is the coverage in the words of pyHanko.
func (d *Document) coverageWord(s *signature) string {
	switch {
	case !s.sound():
		return "UNCLEAR"
	case s.covered < 0:
		return "CONTIGUOUS_BLOCK_FROM_START"
	case d.whole(s):
		return "ENTIRE_FILE"
	}
	return "ENTIRE_REVISION"
}

// What the documents are refused for, trust aside: with no anchor nothing passes, and
// most are open for that alone. The others are told apart here.
func TestCorpusVerdicts(t *testing.T) {
	const noChain = "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND pdf.no-chain"
	want := map[string]string{
		"pyhanko__base.pdf #signature-1":                         "FAILED FORMAT_FAILURE pdf.contents-empty",
		"pyhanko__signature-gap-too-big.pdf #signature-1":        "FAILED FORMAT_FAILURE pdf.contents-gap",
		"pyhanko__tail-uncovered.pdf #signature-1":               "INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.coverage",
		"pyhanko__weird-byterange.pdf #signature-1":              "FAILED FORMAT_FAILURE pdf.contents-gap",
		"pyhanko__pdf-sig-with-econtent.pdf #signature-1":        "FAILED FORMAT_FAILURE pdf.encapsulated-content",
		"pyhanko__sig-no-signed-attrs.pdf #signature-1":          "INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.no-signed-attributes",
		"dss__AD-RB.pdf #signature-1":                            "INDETERMINATE CUSTOM pdf.sub-filter",
		"dss__DSS-1683.pdf #signature-1":                         "INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.no-signed-attributes",
		"dss__Signature-P-HU_NET-2.pdf #signature-1":             "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE pdf.digest-algorithm",
		"dss__malformed-pades.pdf #signature-1":                  "FAILED HASH_FAILURE pdf.message-digest-mismatch",
		"dss__pades-enveloping-empty-bytes-cms.pdf #signature-1": "FAILED FORMAT_FAILURE pdf.encapsulated-content",
		"dss__pades_infinite_loop.pdf #signature-1":              "FAILED FORMAT_FAILURE pdf.byte-range-outside",
		"dss__pdf-byterange-overlap.pdf #signature-2":            "FAILED FORMAT_FAILURE pdf.contents-gap",
		"dss__pdf-eof.pdf #signature-1":                          "FAILED FORMAT_FAILURE pdf.byte-range-outside",
		"dss__pdf-signed-out-of-byteRange.pdf #signature-1":      "FAILED FORMAT_FAILURE pdf.byte-range-outside",
		"dss__pdf-with-empty-sig.pdf #signature-1":               "FAILED FORMAT_FAILURE pdf.contents-empty",
		"dss__pdf-with-two-empty-sigs.pdf #signature-1":          "FAILED FORMAT_FAILURE pdf.contents-empty",
		"dss__pdf-with-two-empty-sigs.pdf #signature-2":          "FAILED FORMAT_FAILURE pdf.contents-empty",
		"dss__siwa.pdf #signature-1":                             "FAILED FORMAT_FAILURE pdf.contents-gap",
		"pdfjs__signed_verified.pdf #signature-1":                "FAILED FORMAT_FAILURE pdf.contents-gap",
		"digidoc4j__hellopades-lt-b.pdf #signature-1":            "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE pdf.signature-unsupported",
		"digidoc4j__hellopades-lt-b.pdf #signature-2":            "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE pdf.signature-unsupported",
		"siva__hellopades-pades-b-sha256-auth.pdf #signature-1":  "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE pdf.signature-unsupported",
		"hostile__g_neg_byterange.pdf #signature-1":              "FAILED FORMAT_FAILURE pdf.cms",
	}
	dir, files := corpus(t)
	for _, f := range files {
		d := openCorpus(t, dir, f)
		if d == nil {
			continue
		}
		r := d.Verify(context.Background(), corpusEnv())
		for i, s := range d.signatures {
			expect, listed := want[f.File+" "+s.source()]
			delete(want, f.File+" "+s.source())
			switch {
			case listed:
			case s.timestamp():
				expect = "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND tsp.no-chain"
			default:
				expect = noChain
			}
			if got := wordsOf(&r.Children[i]); got != expect {
				t.Errorf("%s %s: got %s, want %s", f.File, s.source(), got, expect)
			}
			if r.Children[i].Passed() {
				t.Errorf("%s %s passes with no anchor", f.File, s.source())
			}
		}
	}
	for key := range want {
		t.Errorf("%s: not there", key)
	}
}

// Peers decide otherwise where the rules of this project decide so on purpose.
var peerDifferences = map[string]string{
	// ByteRange and gap: pyHanko and pdfsig judge the digest over whatever is named.
	"pyhanko__signature-gap-too-big.pdf pyhanko": "the gap is larger than the string",
	"pyhanko__signature-gap-too-big.pdf pdfsig":  "the gap is larger than the string",
	"pyhanko__weird-byterange.pdf pyhanko":       "[0 10 20 30]",
	"pyhanko__weird-byterange.pdf pdfsig":        "[0 10 20 30]",
	"dss__siwa.pdf pyhanko":                      "foreign bytes in the gap",
	"dss__siwa.pdf pdfsig":                       "foreign bytes in the gap",
	"pdfjs__signed_verified.pdf pyhanko":         "the brackets are among the signed bytes",
	"dss__pdf-eof.pdf pyhanko":                   "the ByteRange ends behind the file",
	// OpenSSL and pdfsig put the ByteRange in the place of the content that is there.
	"pyhanko__pdf-sig-with-econtent.pdf pdfsig":        "encapsulated content in a detached signature",
	"dss__pades-enveloping-empty-bytes-cms.pdf pdfsig": "encapsulated content in a detached signature",
	// DSS and pyHanko sort signed attributes before they hash them; here they are hashed
	// as they stand, as OpenSSL and pdfsig do.
	"dss__AD-RB.pdf dss":                                  "signed attributes not sorted",
	"dss__Signature-P-DE_CRY-2_HASH_FAILURE_.pdf dss":     "signed attributes not sorted",
	"dss__Signature-P-DE_CRY-2_HASH_FAILURE_.pdf pyhanko": "signed attributes not sorted",
	"dss__Signature-P-SK-1_HASH_FAILURE_.pdf dss":         "signed attributes not sorted",
	// A signature algorithm where a digest belongs: read as that digest all fits, so it
	// is no HASH_FAILURE.
	"dss__Signature-P-HU_NET-2.pdf dss": "digestAlgorithm holds a signature algorithm",
}

// The integrity that pyHanko, DSS and pdfsig state for a whole document is what the
// verdicts here say of it, but for the differences listed. A failed document is one
// with a failed signature.
func TestPeers(t *testing.T) {
	dir, files := corpus(t)
	b, err := os.ReadFile(filepath.Join(dir, "peers.json"))
	if err != nil {
		t.Fatal(err)
	}
	var peers struct {
		Files map[string]map[string]struct{ Verdict, Integrity string }
	}
	if err := json.Unmarshal(b, &peers); err != nil {
		t.Fatal(err)
	}
	seen, agreed := map[string]bool{}, 0
	for _, f := range files {
		d := openCorpus(t, dir, f)
		if d == nil || len(d.signatures) == 0 {
			continue
		}
		r := d.Verify(context.Background(), corpusEnv())
		for _, peer := range []string{"pyhanko", "dss", "pdfsig"} {
			p, key := peers.Files[f.File][peer], f.File+" "+peer
			if p.Integrity != "PASSED" && p.Integrity != "FAILED" {
				continue
			}
			if (p.Integrity == "FAILED") == (r.Indication() == verdict.Failed) {
				agreed++
			} else if seen[key] = true; peerDifferences[key] == "" {
				t.Errorf("%s: integrity %s, here %s", key, p.Integrity, wordsOf(&r.Result))
			}
		}
	}
	for key := range peerDifferences {
		if !seen[key] {
			t.Errorf("%s: no longer a difference", key)
		}
	}
	if agreed < 150 {
		t.Errorf("only %d answers agree", agreed)
	}
}
