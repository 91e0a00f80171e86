package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// attachmentSample is a file of the corpus, with what other readers say of it.
type attachmentSample struct {
	name     string
	data     []byte
	expected struct {
		Revisions *int
		PDFA      *string  `json:"pdfa_claim"`
		Intents   []string `json:"output_intents"`
		Names     []string `json:"embedded_files"`
		Embedded  []struct {
			Key, F, UF, Desc string
			Relationship     *string `json:"af_relationship"`
			Bytes            int64
			SHA256           string
			MIME             *string
			Size             *int64  `json:"declared_size"`
			MD5              *string `json:"declared_md5"`
			Agrees           *bool   `json:"md5_matches"`
			ModDate          string
			CreationDate     string
		} `json:"embedded_detail"`
		VeraPDF *struct {
			Verdict string
			Failed  []string `json:"failed_rules"`
		} `json:"pdfa_conformance_verapdf"`
	}
}

func attachmentCorpus(t testing.TB) (out []attachmentSample) {
	dir := testvec.Corpus(t, "pdf")
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files []struct {
			File     string
			Expected json.RawMessage
		}
	}
	if err := json.Unmarshal(b, &manifest); err != nil {
		t.Fatal(err)
	}
	for _, f := range manifest.Files {
		s := attachmentSample{name: f.File}
		if err := json.Unmarshal(f.Expected, &s.expected); err != nil {
			t.Fatal(f.File, err)
		}
		if s.data, err = os.ReadFile(filepath.Join(dir, f.File)); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if len(out) != 157 {
		t.Fatalf("%d files in the corpus, want 157", len(out))
	}
	return out
}

// moreThanOthers are files in which others list fewer embedded files, and why.
var moreThanOthers = map[string]string{
	"mustangproject__corruptedV2PDF.pdf": "its name tree is gone; AF of the catalog names two files",
}

// Every embedded file that the manifest describes is found, with the same claims and the
// same data, and no others are.
func TestAttachmentsOfCorpus(t *testing.T) {
	described := 0
	for _, c := range attachmentCorpus(t) {
		f, err := openBytes(c.data, "")
		if err != nil {
			if len(c.expected.Names) > 0 {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		list, _, err := findAttachments(f)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		names := map[string]bool{}
		for _, n := range c.expected.Names {
			names[n] = true
		}
		if why := moreThanOthers[c.name]; (why != "") != (len(list) != len(names)) {
			t.Errorf("%s: %d attachments, want %d", c.name, len(list), len(names))
		}
		for i := range c.expected.Embedded {
			described++
			c.compare(t, list, i)
		}
	}
	if described != 21 {
		t.Errorf("%d embedded files compared, want 21", described)
	}
}

// compare looks for a described embedded file.
func (c *attachmentSample) compare(t *testing.T, list []*Attachment, i int) {
	t.Helper()
	want := &c.expected.Embedded[i]
	n := slices.IndexFunc(list, func(a *Attachment) bool { return a.Name == want.UF })
	if n < 0 {
		t.Errorf("%s: no attachment %q", c.name, want.UF)
		return
	}
	a := list[n]
	spelling := func(key string) string {
		for _, n := range a.Names {
			if n.Key == key {
				return n.Text
			}
		}
		return ""
	}
	sum, err := a.Digest("sha256", nil)
	if err != nil {
		t.Fatal(err)
	}
	length, err := a.Length(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return strings.TrimPrefix(*s, "/")
	}
	size := int64(-1)
	if want.Size != nil {
		size = *want.Size
	}
	for what, pair := range map[string][2]any{
		"key": {spelling("Names"), want.Key}, "F": {spelling("F"), want.F}, "UF": {spelling("UF"), want.UF},
		"Desc": {a.Description, want.Desc}, "AFRelationship": {a.Relationship, text(want.Relationship)},
		"MIME": {a.MIME, text(want.MIME)}, "Size": {a.Size, size}, "CheckSum": {hex.EncodeToString(a.CheckSum), text(want.MD5)},
		"ModDate": {a.Modified, want.ModDate}, "CreationDate": {a.Created, want.CreationDate},
		"length": {length, want.Bytes}, "SHA-256": {hex.EncodeToString(sum), want.SHA256},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s %q: %s is %v, want %v", c.name, a.Name, what, pair[0], pair[1])
		}
	}
	found, err := a.checkClaims(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	agrees := (want.Agrees == nil || *want.Agrees) && (want.Size == nil || *want.Size == want.Bytes)
	if agrees != (len(found) == 0) {
		t.Errorf("%s %q: %v", c.name, a.Name, found)
	}
}

// unlikeClaims are files of which we read another claim, and why.
var unlikeClaims = map[string]string{
	"verapdf-corpus__veraPDF_test_suite_6-7-3-t01-fail-a.pdf": "the conformance is empty; the manifest's pattern took the letter behind it",
}

// The claim of PDF/A is that of the manifest, as are the output intents.
func TestPDFAOfCorpus(t *testing.T) {
	claims := 0
	for _, c := range attachmentCorpus(t) {
		f, err := openBytes(c.data, "")
		if err != nil {
			continue
		}
		p, found, err := findPDFA(f, f.Last())
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		want := ""
		if c.expected.PDFA != nil {
			want = *c.expected.PDFA
			claims++
		}
		if why := unlikeClaims[c.name]; (why == "") != (p.String() == want) {
			t.Errorf("%s: PDF/A-%s, want %s; %v", c.name, &p, want, found)
		}
		for _, s := range c.expected.Intents {
			if !slices.Contains(p.OutputIntents, strings.TrimPrefix(s, "/")) {
				t.Errorf("%s: the output intents are %q, want %q", c.name, p.OutputIntents, c.expected.Intents)
			}
		}
	}
	if claims != 28 {
		t.Errorf("%d claims, want 28", claims)
	}
}

// The findings about the claim and about embedded files are those of veraPDF (ISO
// 19005-3, 6.6.4 and 6.8, and their like in other parts), as far as it has the rule.
func TestPDFARulesAgainstVeraPDF(t *testing.T) {
	rules := map[string]string{"6.8-t1": foundPDFAMIME, "6.8-t2": foundPDFANames, "6.8-t3": foundPDFARelation, "6.8-t4": foundPDFAAssociation}
	claimRules := []string{"6.6.4-t2", "6.6.4-t3", "6.7.3-t2", "6.7.3-t3", "6.7.11-t2", "6.7.11-t3"}
	compared := 0
	for _, c := range attachmentCorpus(t) {
		if c.expected.VeraPDF == nil || c.expected.PDFA == nil {
			continue
		}
		f, err := openBytes(c.data, "")
		if err != nil {
			t.Fatal(err)
		}
		p, claim, err := findPDFA(f, f.Last())
		if err != nil {
			t.Fatal(err)
		}
		list, _, err := findAttachments(f)
		if err != nil {
			t.Fatal(err)
		}
		failed := c.expected.VeraPDF.Failed
		refused := slices.ContainsFunc(claimRules, func(rule string) bool { return slices.Contains(failed, rule) })
		if refused != (len(claim) == 1 && claim[0].Code == foundPDFAClaim) {
			t.Errorf("%s: %v, veraPDF refuses %q", c.name, claim, failed)
		}
		got := map[string]bool{}
		for _, x := range pdfaFindings(&p, list) {
			got[x.Code] = true
			if !strings.Contains(x.Text, "claimed") || !strings.Contains(x.Text, "veraPDF") {
				t.Errorf("%s: %s", c.name, x.Text)
			}
		}
		if p.Part != "3" {
			continue
		}
		compared++
		for rule, code := range rules {
			if slices.Contains(failed, rule) != got[code] {
				t.Errorf("%s: %s is %v here, veraPDF refuses %q", c.name, code, got[code], failed)
			}
		}
	}
	if compared != 13 {
		t.Errorf("%d files compared, want 13", compared)
	}
}

// unlikeRevisions are files in which the manifest counts other revisions, and why.
var unlikeRevisions = map[string]string{
	"pdfjs__prefilled_f1040.pdf": "two hybrid updates of two sections with one end-of-file marker",
}

// The revisions are those of the manifest, which counts the sections of the chain: a
// linearized file has one more. Each digest is that of the bytes up to the revision's
// end, and so are the bytes written.
func TestHistoryOfCorpus(t *testing.T) {
	for _, c := range attachmentCorpus(t) {
		f, err := openBytes(c.data, "")
		if err != nil {
			continue
		}
		rows := revisionHistory(f)
		if err := hashRevisions(t.Context(), f, rows); err != nil {
			t.Fatal(err)
		}
		if want := c.expected.Revisions; want != nil {
			n := *want
			if bytes.Contains(c.data[:min(1024, len(c.data))], []byte("/Linearized")) {
				n--
			}
			if why := unlikeRevisions[c.name]; (why == "") != (n == len(rows)) {
				t.Errorf("%s: %d revisions, want %d", c.name, len(rows), n)
			}
		}
		for n, r := range rows {
			if r.SHA256 != sha256.Sum256(c.data[:r.End]) || r.N != n || len(r.Sections) == 0 {
				t.Errorf("%s: revision %d: %+v", c.name, n, r)
			}
			var b bytes.Buffer
			if err := writeRevision(t.Context(), f, n, &b); err != nil || !bytes.Equal(b.Bytes(), c.data[:r.End]) {
				t.Errorf("%s: revision %d: %v", c.name, n, err)
			}
		}
	}
}

// No file of the corpus, hostile ones among them, takes long or goes without an end.
func TestHostileAttachments(t *testing.T) {
	for _, c := range attachmentCorpus(t) {
		f, err := openBytes(c.data, "")
		if err != nil {
			continue
		}
		start := time.Now()
		list, _, err := findAttachments(f)
		if own := (*pdffile.Error)(nil); err != nil && !errors.As(err, &own) {
			t.Errorf("%s: %v", c.name, err)
		}
		for _, a := range list {
			a.checkClaims(t.Context())
		}
		findPDFA(f, f.Last())
		revisionHistory(f)
		if took := time.Since(start); took > testvec.Slack(2*time.Second) {
			t.Errorf("%s: %v", c.name, took)
		}
	}
}
