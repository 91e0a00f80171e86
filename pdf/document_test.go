package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/verdict"
)

func verifyMade(t testing.TB, m *maker, at string) Result {
	t.Helper()
	return openMade(t, m.b).Verify(context.Background(), usualEnv(theHouse(), at))
}

// Only a time-stamp over the whole file gives the document a time.
func TestWholeFile(t *testing.T) {
	h := theHouse()
	m := newMaker()
	then(signedBy(container{}), addStamp("2024-03-01"), addStamp("2024-04-01"))(t, m, h)
	r := verifyMade(t, m, usualDay)
	if !r.Passed() || !r.ExistedNotLaterThan.Equal(dayOf("2024-04-01")) || fmt.Sprint(r.Proves) != "[existence signature]" {
		t.Errorf("%s %v %v", wordsOf(&r.Result), r.ExistedNotLaterThan, r.Proves)
	}
	if c := r.Covers; c.Kind != "file" || c.Range != "" || c.SHA256 != fmt.Sprintf("%x", sha256.Sum256(m.b)) {
		t.Errorf("covers %+v", c)
	}
	if r.Trust == nil || r.Trust.Origin != "stamp root.pem" {
		t.Errorf("trust %+v", r.Trust)
	}
	facts, ok := r.Proven()
	if !ok || len(facts.Signatures) != 1 || len(facts.Timestamps) != 2 || !facts.NotLaterThan.Equal(r.ExistedNotLaterThan) {
		t.Fatalf("%v %+v", ok, facts)
	}
	if s := facts.Signatures[0]; s.Signer.Subject() != "CN=signer" || s.Anchor.Origin != "root.pem" || !s.NotLaterThan.Equal(dayOf("2024-03-01")) || s.Source != "#signature-1" || s.Revision != 1 {
		t.Errorf("%+v", s)
	}
	for i, want := range []string{"#signature-1", "#timestamp-1", "#timestamp-2"} {
		c := r.Children[i]
		end := openMade(t, m.b).file.Revisions()[i+1].End
		if c.Source != want || c.Covers.Kind != "pdf-revision" || c.Covers.Range != fmt.Sprintf("0-%d without the Contents", end) ||
			c.Covers.SHA256 != fmt.Sprintf("%x", sha256.Sum256(m.b[:end])) {
			t.Errorf("%s covers %+v", c.Source, c.Covers)
		}
		if claims := c.Claims.(signatureClaims); claims.WholeFile != (i == 2) || claims.Revision != i+1 || !claims.Integrity {
			t.Errorf("%+v", claims)
		}
	}

	m.sign(t, signedBy(container{}))
	m.end(t)
	if r := verifyMade(t, m, usualDay); !r.Passed() || !r.ExistedNotLaterThan.IsZero() || fmt.Sprint(r.Proves) != "[signature]" {
		t.Errorf("with a later signature: %s %v %v", wordsOf(&r.Result), r.ExistedNotLaterThan, r.Proves)
	}
}

// A document with nothing but time-stamps proves existence alone.
func TestOnlyTimestamps(t *testing.T) {
	m := newMaker()
	one(stampedAt(theHouse(), "2024-03-01"))(t, m, theHouse())
	if r := verifyMade(t, m, usualDay); !r.Passed() || fmt.Sprint(r.Proves) != "[existence]" || !r.ExistedNotLaterThan.Equal(dayOf("2024-03-01")) {
		t.Errorf("%s %v", wordsOf(&r.Result), r.Proves)
	}
}

// Signatures are claims of their own, time-stamps are alternatives, and nothing may
// fail.
func TestJoin(t *testing.T) {
	h := theHouse()
	good, spoilt := signedBy(container{}), signedBy(container{spoil: true})
	later := stampedAt(h, "2025-03-01") // of the future
	wrong := stampedAt(h, "2024-03-01")
	wrong.value = func([]byte) []byte { return h.token([]byte("else"), "2024-03-01") }
	const failed = "FAILED SIG_CRYPTO_FAILURE pdf.signature-invalid"
	for name, x := range map[string]struct {
		list []dictionary
		want string
	}{
		"two":                           {[]dictionary{good, good}, passed},
		"one fails":                     {[]dictionary{good, spoilt}, failed},
		"one fails, one open":           {[]dictionary{signedBy(container{noCerts: true}), spoilt}, failed},
		"one open":                      {[]dictionary{good, signedBy(container{noAttrs: true})}, "INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.no-signed-attributes"},
		"a time-stamp passes, one open": {[]dictionary{good, stampedAt(h, "2024-03-01"), later}, passed},
		"no time-stamp passes":          {[]dictionary{good, later}, "INDETERMINATE TIMESTAMP_ORDER_FAILURE tsp.gen-time-future"},
		"a time-stamp fails":            {[]dictionary{good, stampedAt(h, "2024-03-01"), wrong}, "FAILED HASH_FAILURE tsp.imprint-mismatch"},
	} {
		m := newMaker().end(t)
		for _, d := range x.list {
			m.sign(t, d)
			m.end(t)
		}
		if r := verifyMade(t, m, usualDay); wordsOf(&r.Result) != x.want {
			t.Errorf("%s: %s, want %s", name, wordsOf(&r.Result), x.want)
		}
	}
	m := newMaker().end(t)
	if d := openMade(t, m.b); d.Evidence() {
		t.Error("an unsigned document is evidence")
	} else if r := d.Verify(context.Background(), usualEnv(h, usualDay)); wordsOf(&r.Result) != "INDETERMINATE CUSTOM pdf.nothing-signed" {
		t.Error(wordsOf(&r.Result))
	}
	if _, ok := new(Result).Proven(); ok {
		t.Error("nothing is proven")
	}
}

// Claims are shown as they stand, cleaned of what a terminal would obey.
func TestClaims(t *testing.T) {
	m := newMaker().end(t)
	s := signedBy(container{}).with(func(d *dictionary) {
		d.field = "Clerk"
		d.entries = `/M(D:20240102030405+02'00')/Reason(\007[2J fine)/Location<FEFF00C4>/Name(N)/ContactInfo(C)/Prop_Build<</App<</Name/Maker>>>>` + docMDP("/P 2")
	})
	m.sign(t, s)
	m.end(t)
	r := verifyMade(t, m, usualDay)
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var node struct {
		Kind, Verdict string
		Children      []struct {
			Kind, Source string
			Proves       []string
			Claims       struct {
				Field, Filter, Reason, Location, Name, Contact, Application string
				SubFilter                                                   string `json:"sub_filter"`
				Time                                                        string `json:"claimed_time"`
				DocMDP                                                      int
				ByteRange                                                   []int64 `json:"byte_range"`
				Integrity                                                   bool
				Later                                                       string `json:"later_changes"`
				Signer                                                      struct{ Subject string }
			}
		}
	}
	if err := json.Unmarshal(raw, &node); err != nil {
		t.Fatal(err)
	}
	c := node.Children[0].Claims
	if node.Kind != "pdf" || node.Children[0].Kind != "pdf-signature" || c.Field != "Clerk" || c.Filter != "Adobe.PPKLite" || c.Reason != "�[2J fine" ||
		c.Location != "Ä" || c.Name != "N" || c.Contact != "C" || c.Application != "Maker" || c.SubFilter != "adbe.pkcs7.detached" ||
		c.Time != "2024-01-02T03:04:05+02:00" || c.DocMDP != 2 || len(c.ByteRange) != 4 || !c.Integrity || c.Signer.Subject != "CN=signer" {
		t.Errorf("%s", raw)
	}
}

func TestClaimTime(t *testing.T) {
	for in, want := range map[string]string{
		"D:20240102030405+02'00'": "2024-01-02T03:04:05+02:00", "D:20240102030405-0530": "2024-01-02T03:04:05-05:30",
		"D:20240102030405+02'": "2024-01-02T03:04:05+02:00", "D:20240102030405Z00'00'": "2024-01-02T03:04:05Z",
		"20240102": "2024-01-02T00:00:00Z", "D:2024": "2024-01-01T00:00:00Z", "D:20241302": "D:20241302", "yesterday": "yesterday", "D:20240102+x": "D:20240102+x", "": "",
	} {
		if got := claimTime(pdffile.String{Bytes: []byte(in)}); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := claimText(pdffile.String{Bytes: bytes.Repeat([]byte("a"), maxClaimText)}); len(got) != maxClaimText {
		t.Error(len(got))
	}
	if got := claimText(pdffile.String{Bytes: bytes.Repeat([]byte("a"), maxClaimText+1)}); got != strings.Repeat("a", maxClaimText)+"…" {
		t.Error(len(got))
	}
	if claimText(pdffile.String{Bytes: []byte("a"), Sealed: true}) != "" {
		t.Error("a sealed string is shown")
	}
}

// An encrypted document that does not open keeps what can be said of its signatures,
// and passes nothing.
func TestEncrypted(t *testing.T) {
	m := newMaker()
	m.obj(8, "<</Filter/Acme/V 4>>")
	m.trailer = "/Encrypt 8 0 R/ID[(a)(a)]"
	m.sign(t, signedBy(container{}))
	m.end(t)
	r := verifyMade(t, m, usualDay)
	if wordsOf(&r.Result) != "INDETERMINATE CUSTOM pdf.encrypted" {
		t.Error(wordsOf(&r.Result))
	}
	if len(r.Children) != 1 || !r.Children[0].Claims.(signatureClaims).Integrity {
		t.Errorf("%+v", r.Children)
	}
}

func TestUnreadable(t *testing.T) {
	for text, want := range map[string]string{
		"%PDF-1.7\nnothing": "FAILED FORMAT_FAILURE pdf.unreadable", "no PDF": "FAILED FORMAT_FAILURE pdf.unreadable",
	} {
		_, err := Open(context.Background(), strings.NewReader(text), int64(len(text)), Options{})
		if r := Unreadable(err); wordsOf(&r) != want {
			t.Errorf("%q: %s", text, wordsOf(&r))
		}
	}
	for err, want := range map[error]string{
		&pdffile.Error{Code: pdffile.CodeLimit}: "INDETERMINATE CUSTOM pdf.limit", errors.New("broken disk"): "INDETERMINATE CUSTOM run.incomplete",
	} {
		if r := Unreadable(err); wordsOf(&r) != want {
			t.Errorf("%v: %s", err, wordsOf(&r))
		}
	}
	for text, want := range map[string]bool{
		"/ByteRange /Contents": true, "/ByteRange": false, "": false,
		strings.Repeat(" ", readSize-5) + "/ByteRange" + strings.Repeat(" ", readSize) + "/Contents": true,
	} {
		if got, err := HoldsSignature(context.Background(), strings.NewReader(text), int64(len(text))); got != want || err != nil {
			t.Errorf("%d bytes: %v %v", len(text), got, err)
		}
	}
	for text, want := range map[string]bool{"%PDF-1.7": true, strings.Repeat(" ", 1019) + "%PDF-": true, strings.Repeat(" ", 1020) + "%PDF-": false, "": false} {
		if Sniff([]byte(text)) != want {
			t.Errorf("%d bytes", len(text))
		}
	}
}

// A reader that fails makes nothing pass, and nothing fail.
func TestBrokenReader(t *testing.T) {
	m := newMaker()
	noise(m, 1<<20) // a smaller file is held, and not read again
	one(signedBy(container{}))(t, m, theHouse())
	r := &breaking{Reader: bytes.NewReader(m.b)}
	d, err := Open(context.Background(), r, int64(len(m.b)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.broken = true
	env := usualEnv(theHouse(), usualDay)
	if got := d.Verify(context.Background(), env); wordsOf(&got.Result) != "INDETERMINATE CUSTOM run.incomplete" {
		t.Error(wordsOf(&got.Result))
	}
	r.broken = false
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if got := d.Verify(ctx, env); wordsOf(&got.Result) != "INDETERMINATE CUSTOM run.incomplete" {
		t.Error(wordsOf(&got.Result))
	}
	if got := d.Verify(context.Background(), env); !got.Passed() {
		t.Error(wordsOf(&got.Result))
	}
	if _, err := Open(ctx, bytes.NewReader(m.b), int64(len(m.b)), Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

type breaking struct {
	*bytes.Reader
	broken bool
}

func (b *breaking) ReadAt(p []byte, off int64) (int, error) {
	if b.broken {
		return 0, errors.New("broken disk")
	}
	return b.Reader.ReadAt(p, off)
}

// Two verifications of one document read the file once, also at the same time.
func TestConcurrentVerify(t *testing.T) {
	m := newMaker()
	then(signedBy(container{}), addStamp("2024-03-01"))(t, m, theHouse())
	d := openMade(t, m.b)
	done := make(chan string)
	for range 8 {
		go func() {
			r := d.Verify(context.Background(), usualEnv(theHouse(), usualDay))
			raw, _ := json.Marshal(r)
			done <- string(raw)
		}()
	}
	first := <-done
	for range 7 {
		if next := <-done; next != first {
			t.Fatalf("%s\n%s", first, next)
		}
	}
	if !strings.Contains(first, verdict.ProvesSignature) {
		t.Error(first)
	}
}
