package pdf

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/rfc3161"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// anyAlgorithm takes every algorithm for good: old documents are not the question here.
var anyAlgorithm = mustAlgorithms(`{"digests": {"md5": "", "sha1": "", "ripemd160": "", "sha224": "", "sha256": "", "sha384": "", "sha512": "", "sha3-256": "", "sha3-384": "", "sha3-512": "", "shake256-512": ""},
	"keys": {"rsa": [{"below": 0}], "dsa": [{"below": 0}], "ec": [{"below": 0}], "ed25519": [{"below": 0}], "ed448": [{"below": 0}]}}`)

func mustAlgorithms(text string) *trust.Algorithms {
	a, err := trust.ParseAlgorithms([]byte(text))
	if err != nil {
		panic(err)
	}
	return a
}

// trusting is an Env that trusts the top of every chain in the document, at a time when
// all its certificates and tokens were there: nothing but the evidence itself is left
// that could keep it from passing.
func trusting(d *Document) (env pki.Env) {
	var list []*pki.Certificate
	at := time.Time{}
	later := func(t time.Time) {
		if t.After(at) {
			at = t
		}
	}
	take := func(raws [][]byte) {
		for _, raw := range raws {
			if c, err := pki.ParseCertificate(raw); err == nil {
				list = append(list, c)
			}
		}
	}
	for _, s := range d.signatures {
		take(s.value.certs)
		if s.value.cms != nil {
			take(s.value.cms.Certificates)
		}
		tokens := []*rfc3161.Token{s.value.token}
		for _, x := range s.value.stamps {
			tokens = append(tokens, x.token)
		}
		for _, x := range tokens {
			if x == nil {
				continue
			}
			if sd, _, err := cms.Parse(x.Raw()); err == nil {
				take(sd.Certificates)
			}
			var claims struct {
				GenTime time.Time `json:"gen_time"`
			}
			if b, err := json.Marshal(x.Claims()); err == nil && json.Unmarshal(b, &claims) == nil {
				later(claims.GenTime)
			}
		}
	}
	for i := range d.store.items {
		if c := d.store.items[i].cert; c != nil {
			list = append(list, c)
		}
	}
	for _, c := range list {
		later(c.NotBefore)
		issued := func(x *pki.Certificate) bool { return !bytes.Equal(x.Raw, c.Raw) && x.Subject() == c.Issuer() }
		if c.SelfIssued() || !slices.ContainsFunc(list, issued) {
			env.Documents = append(env.Documents, pki.Anchor{Certificate: c, Origin: "the document"})
		}
	}
	env.TSA = env.Documents
	env.At, env.Policy, env.Algorithms = at.Add(time.Hour), trust.Issuance, anyAlgorithm
	return env
}

// What a document of the corpus is that is marked as an attack or an oddity.
const (
	altered  = "altered"  // must not pass
	sound    = "sound"    // every signature of it holds arithmetically
	unsigned = "unsigned" // has no signature that could be judged, or cannot be opened
)

const (
	modified = "INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.modified-after-signing"
	expired  = "INDETERMINATE OUT_OF_BOUNDS_NO_POE pdf.expired-no-poe"
	wrong    = "FAILED FORMAT_FAILURE pdf."
)

// attackFiles has what the bytes show, and the verdict of each signature and time-stamp
// in the order of the ends of their ByteRanges, with every chain trusted.
var attackFiles = []struct {
	file, kind string
	nodes      []string
	why        string
}{
	{"pyhanko__broken-objstream3.pdf", unsigned, nil, ""},
	{"pyhanko__broken-objstream5.pdf", unsigned, nil, ""},
	{"pyhanko__circular-page-tree.pdf", unsigned, nil, ""},
	{"pyhanko__base.pdf", altered, []string{wrong + "contents-empty"},
		"room for a signature that was never filled in"},
	{"pyhanko__signature-gap-too-big.pdf", altered, []string{wrong + "contents-gap"},
		"the gap is larger than the string of Contents"},
	{"pyhanko__tail-uncovered.pdf", altered, []string{"INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.coverage"},
		"the ByteRange ends inside its revision"},
	{"pyhanko__weird-byterange.pdf", altered, []string{wrong + "contents-gap"},
		"ByteRange [0 10 20 30]"},
	{"pyhanko__form-tree-circular-ref-input.pdf", unsigned, nil, ""},
	{"pyhanko__form-update-no-override-appearance-stream-ap-indirect-sneaky.pdf", sound, []string{passed, passed},
		"sound: the field that waited is signed; object 10, which FooBar of the catalog names too, stays at offset 1143 as it was signed"},
	{"pyhanko__pdf-sig-with-econtent.pdf", altered, []string{wrong + "encapsulated-content"},
		"content inside a detached signature"},
	{"pyhanko__sig-no-signed-attrs.pdf", altered, []string{"INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.no-signed-attributes"},
		"no signed attributes"},
	{"pyhanko__struct-tree-circular-ref.pdf", unsigned, nil, ""},
	{"mustangproject__corruptedV2PDF.pdf", unsigned, nil, ""},
	{"dss__EmptyPage-corrupted2.pdf", unsigned, nil, ""},
	{"dss__BadEncodedCMS.pdf", sound, []string{passed},
		"sound but for a serial number with a superfluous zero byte in a certificate, over which OpenSSL, DSS, pyHanko and pdfsig stumble; nothing was altered"},
	{"dss__pades-revoc-removed-from-dss-dict.pdf", sound, []string{passed, passed, passed, passed},
		"sound: later revisions bring stores with less in them, and time-stamps; what is missed is missed by the signature"},
	{"dss__annotation-and-visible-change.pdf", altered, []string{modified, "INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.permissions", passed},
		"#signature-1 has text fields, an annotation and a certification behind it, which must come first; the two others only signatures and the ReadOnly flag"},
	{"dss__hide.pdf", altered, []string{modified},
		"object 5, a font, leads to older bytes"},
	{"dss__Signature-P-DE_CRY-2_HASH_FAILURE_.pdf", sound, []string{passed},
		"sound: signed attributes that are not sorted, hashed as they stand"},
	{"dss__Signature-P-SK-1_HASH_FAILURE_.pdf", sound, []string{passed, passed, expired, expired, passed, passed},
		"sound: as before; the certificates of two had expired before the time-stamp"},
	{"dss__hello_signed_INCSAVE_signed.pdf", sound, []string{passed, passed},
		"sound: a revision without changes, and a second signature"},
	{"dss__malformed-pades.pdf", altered, []string{"FAILED HASH_FAILURE pdf.message-digest-mismatch"},
		"the digest is not that of the document"},
	{"dss__pades-enveloping-empty-bytes-cms.pdf", altered, []string{wrong + "encapsulated-content"},
		"content inside a detached signature, of no bytes"},
	{"dss__pades-multiple-pages-annots-overlap.pdf", sound, []string{passed, passed, passed},
		"sound: the widgets lie at [0 0 0 0]; the overlap is of annotations that were signed"},
	{"dss__pades-signed-annot-added.pdf", altered, []string{modified},
		"an annotation was added"},
	{"dss__pades-signed-filled-form.pdf", altered, []string{modified},
		"fields were filled, which no DocMDP permits"},
	{"dss__pades-spoofing-replaced-reason.pdf", altered, []string{modified},
		"the signature dictionary was replaced"},
	{"dss__pades_infinite_loop.pdf", altered, []string{wrong + "byte-range-outside"},
		"the ByteRange ends behind the file"},
	{"dss__pdf-byterange-overlap.pdf", altered, []string{passed, wrong + "contents-gap"},
		"the gap of the second is not its Contents; the first has only that signature behind it"},
	{"dss__pdf-eof.pdf", altered, []string{wrong + "byte-range-outside"},
		"the ByteRange ends one byte behind the file"},
	{"dss__pdf-removed-pages.pdf", altered, []string{"INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.padding"},
		"pages were removed; besides, memory of the signer lies behind the value"},
	{"dss__pdf-signed-added-page.pdf", altered, []string{modified},
		"a page was added"},
	{"dss__pdf-signed-out-of-byteRange.pdf", altered, []string{wrong + "byte-range-outside"},
		"the ByteRange ends behind the file"},
	{"dss__pdf-structtreeroot-changes.pdf", altered, []string{modified, passed},
		"the structure tree was changed before the second signature"},
	{"dss__pdf-with-empty-sig.pdf", altered, []string{wrong + "contents-empty"},
		"room that was never filled in"},
	{"dss__pdf-with-two-empty-sigs.pdf", altered, []string{wrong + "contents-empty", wrong + "contents-empty"},
		"room that was never filled in, twice"},
	{"dss__signature-referenced-from-multiple-fields.pdf", sound, []string{passed},
		"sound: one signature, which two fields of its own revision have"},
	{"dss__siwa.pdf", altered, []string{wrong + "contents-gap"},
		"foreign bytes in the gap"},
	{"laravel-a1-pdf-sign__certified-then-modified.pdf", altered, []string{modified},
		"P=1, and the page was changed"},
	{"hostile__a_selflength.pdf", unsigned, nil, ""},
	{"hostile__b_mutual_ref.pdf", unsigned, nil, ""},
	{"hostile__b2_self_ref.pdf", unsigned, nil, ""},
	{"hostile__b3_root_self.pdf", unsigned, nil, ""},
	{"hostile__c_prev_self.pdf", unsigned, nil, ""},
	{"hostile__e_xrefstm_size_1e10.pdf", unsigned, nil, ""},
	{"hostile__e2_xrefstm_size_1e18.pdf", unsigned, nil, ""},
	{"hostile__e3_neg_size.pdf", unsigned, nil, ""},
	{"hostile__e4_index_huge.pdf", unsigned, nil, ""},
	{"hostile__e5_index_neg.pdf", unsigned, nil, ""},
	{"hostile__e6_W_huge.pdf", unsigned, nil, ""},
	{"hostile__e7_W_neg.pdf", unsigned, nil, ""},
	{"hostile__e8_index_1e9cnt.pdf", unsigned, nil, ""},
	{"hostile__f_table_huge_start.pdf", unsigned, nil, ""},
	{"hostile__f2_table_big_start.pdf", unsigned, nil, ""},
	{"hostile__f3_size_huge.pdf", unsigned, nil, ""},
	{"hostile__g_neg_byterange.pdf", altered, []string{wrong + "cms"},
		"a negative ByteRange, and no CMS"},
	{"hostile__i_objstm_cycle.pdf", unsigned, nil, ""},
	{"hostile__j_extends_self.pdf", unsigned, nil, ""},
	{"hostile__l_unterminated_string.pdf", unsigned, nil, ""},
	{"hostile__m_empty.pdf", unsigned, nil, ""},
	{"hostile__m2_header_only.pdf", unsigned, nil, ""},
	{"hostile__n_xrefstm_W_short.pdf", unsigned, nil, ""},
	{"hostile__o_root_missing.pdf", unsigned, nil, ""},
	{"hostile__q_predictor.pdf", unsigned, nil, ""},
	{"hostile__q2_predictor_neg.pdf", unsigned, nil, ""},
	{"hostile__q3_predictor1.pdf", unsigned, nil, ""},
}

// markedFiles are the documents of the corpus that are marked, and as what.
func markedFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Files []struct {
			File     string
			Expected struct {
				Attack string `json:"attack_or_anomaly"`
			}
		}
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range m.Files {
		if f.Expected.Attack != "" {
			out[f.File] = f.Expected.Attack
		}
	}
	return out
}

// TestAttackFiles: no altered document passes although everything in it is trusted, and
// every sound one is right in its arithmetic.
func TestAttackFiles(t *testing.T) {
	dir, files := corpus(t)
	table := map[string]int{}
	for i, x := range attackFiles {
		table[x.file] = i
	}
	attacks, marked := markedFiles(t, dir), 0
	for _, f := range files {
		if attacks[f.File] == "" {
			continue
		}
		marked++
		i, ok := table[f.File]
		if !ok {
			t.Errorf("%s (%s) is not in the table", f.File, attacks[f.File])
			continue
		}
		x := attackFiles[i]
		d := openCorpus(t, dir, f)
		if d == nil || len(d.signatures) == 0 {
			if x.kind != unsigned {
				t.Errorf("%s has no signatures", f.File)
			}
			continue
		}
		r := d.Verify(context.Background(), trusting(d))
		var got []string
		for n := range d.signatures { // attachments come behind them
			got = append(got, wordsOf(&r.Children[n]))
			if c := r.Children[n].Claims.(signatureClaims); x.kind == sound && !c.Integrity {
				t.Errorf("%s %s: the arithmetic does not hold", f.File, r.Children[n].Source)
			}
		}
		if !slices.Equal(got, x.nodes) {
			t.Errorf("%s: %q, want %q (%s)", f.File, got, x.nodes, x.why)
		}
		if x.kind == altered && r.Passed() {
			t.Errorf("%s passes: %s", f.File, x.why)
		}
	}
	if marked != len(attackFiles) || marked != 66 {
		t.Errorf("%d files are marked, %d are in the table, want 66", marked, len(attackFiles))
	}
}

// TestTrustingPasses: with every chain trusted most of the corpus passes, so that what
// does not pass above does not for want of trust.
func TestTrustingPasses(t *testing.T) {
	dir, files := corpus(t)
	passed, all := 0, 0
	for _, f := range files {
		d := openCorpus(t, dir, f)
		if d == nil {
			continue
		}
		r := d.Verify(context.Background(), trusting(d))
		for i := range d.signatures {
			all++
			if r.Children[i].Passed() {
				passed++
			}
		}
	}
	if passed != 91 || all != 129 {
		t.Errorf("%d of %d pass, want 91 of 129", passed, all)
	}
}
