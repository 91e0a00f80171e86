package verify

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/verdict"
)

func judgePDF(t testing.TB, o Options, pairs ...string) *Report {
	t.Helper()
	return judgePDFItems(t, files(pairs...), o)
}

func judgePDFItems(t testing.TB, items []Item, o Options) *Report {
	t.Helper()
	if o.Formats == nil {
		o.Formats = withPDF()
	}
	r, err := Items(context.Background(), items, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A document is evidence over itself, and a subject like any file.
func TestPDFPairing(t *testing.T) {
	doc, o := pdfVector(t, "detached")
	stamped, _ := pdfVector(t, "timestamp-alone")
	bad, _ := pdfVector(t, "value-wrong")
	unreadable, _ := pdfVector(t, "unreadable")
	plain := holding()
	for _, c := range []struct {
		name  string
		files []string
		exit  int
		want  []string
	}{
		{"alone", []string{"a.pdf", doc}, 0, []string{"a.pdf TOTAL-PASSED [a.pdf PASSED]"}},
		{"with another name", []string{"a.bin", doc}, 0, []string{"a.bin TOTAL-PASSED [a.bin PASSED]"}},
		{"defective", []string{"a.pdf", bad}, 1, []string{"a.pdf TOTAL-FAILED SIG_CRYPTO_FAILURE pdf.signature-invalid [a.pdf FAILED]"}},
		{"bound by its name", []string{"a.pdf", doc, "a.pdf.fk", over(doc, behavesWell)}, 0, []string{"a.pdf TOTAL-PASSED [a.pdf PASSED] [a.pdf.fk PASSED]"}},
		{"bound, and over something else", []string{"a.pdf", doc, "a.pdf.fk", over("x", behavesWell)}, 1,
			[]string{"a.pdf TOTAL-FAILED HASH_FAILURE fake.mismatch [a.pdf PASSED] [a.pdf.fk FAILED]"}},
		{"the same stem", []string{"a.pdf", doc, "a.fk", over(doc, behavesWell)}, 0, []string{"a.pdf TOTAL-PASSED [a.pdf PASSED] [a.fk PASSED]"}},
		{"the same stem, and over something else", []string{"a.pdf", doc, "a.fk", over("x", behavesWell)}, 3,
			[]string{"a.pdf INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [a.pdf PASSED] [a.fk INDETERMINATE !run.stem-mismatch]"}},
		{"by its digest", []string{"a.pdf", doc, "z.fk", over(doc, behavesWell)}, 0, []string{"a.pdf TOTAL-PASSED [a.pdf PASSED] [z.fk PASSED]"}},
		{"a signature beside must pass, too", []string{"a.pdf", doc, "a.pdf.fsig", signed(doc, behavesOpen)}, 3,
			[]string{"a.pdf INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND fakesig.chain [a.pdf PASSED] [a.pdf.fsig INDETERMINATE]"}},
		{"a time-stamp beside need not", []string{"a.pdf", stamped, "a.pdf.fk", over(stamped, behavesOpen)}, 0,
			[]string{"a.pdf TOTAL-PASSED [a.pdf PASSED] [a.pdf.fk INDETERMINATE]"}},
		{"a failing one beside fails", []string{"a.pdf", doc, "a.pdf.fk", over(doc, behavesBad)}, 1,
			[]string{"a.pdf TOTAL-FAILED SIG_CRYPTO_FAILURE fake.signature [a.pdf PASSED] [a.pdf.fk FAILED]"}},
		{"a good one beside does not save", []string{"a.pdf", bad, "a.pdf.fk", over(bad, behavesWell)}, 1,
			[]string{"a.pdf TOTAL-FAILED SIG_CRYPTO_FAILURE pdf.signature-invalid [a.pdf FAILED] [a.pdf.fk PASSED]"}},
		{"evidence over the evidence beside", []string{"a.pdf", doc, "a.pdf.fk", over(doc, behavesPOE), "a.pdf.fk.fk", over(over(doc, behavesPOE), behavesWell)}, 0,
			[]string{"a.pdf TOTAL-PASSED [a.pdf PASSED] [a.pdf.fk PASSED]", "a.pdf.fk TOTAL-PASSED [a.pdf.fk.fk PASSED]"}},
		{"the same twice", []string{"a.pdf", doc, "b.pdf", doc, "z.fk", over(doc, behavesWell)}, 0,
			[]string{"a.pdf TOTAL-PASSED [a.pdf PASSED] [z.fk PASSED]", "b.pdf TOTAL-PASSED [b.pdf PASSED] [z.fk PASSED]"}},
		{"not signed", []string{"a.pdf", plain}, 4, []string{"a.pdf NOTHING-TO-VERIFY"}},
		{"not signed, with evidence", []string{"a.pdf", plain, "a.pdf.fk", over(plain, behavesWell)}, 0, []string{"a.pdf TOTAL-PASSED [a.pdf.fk PASSED]"}},
		{"no PDF", []string{"a.pdf", "hello"}, 4, []string{"a.pdf NOTHING-TO-VERIFY"}},
		{"empty", []string{"a.pdf", ""}, 4, []string{"a.pdf NOTHING-TO-VERIFY"}},
		{"unreadable and signed", []string{"a.pdf", unreadable, "a.pdf.fk", over(unreadable, behavesWell)}, 1,
			[]string{"a.pdf TOTAL-FAILED FORMAT_FAILURE pdf.unreadable [a.pdf FAILED] [a.pdf.fk PASSED]"}},
		{"unreadable and not signed", []string{"a.pdf", "%PDF-1.7\nnothing", "a.pdf.fk", over("%PDF-1.7\nnothing", behavesWell)}, 0,
			[]string{"a.pdf TOTAL-PASSED [a.pdf.fk PASSED]"}},
		{"another kind by its name", []string{"a.fk", doc}, 1, []string{"a.fk TOTAL-FAILED FORMAT_FAILURE fake.malformed [a.fk FAILED]"}},
		{"other evidence that holds the word", []string{"a.bin", "A", "x.pdx", over("A", behavesWell) + "\n%PDF-1.7"}, 0, []string{"a.bin TOTAL-PASSED [x.pdx PASSED]"}},
		{"a file with the name before the extension", []string{"a", "x", "a.pdf", doc}, 4, []string{"a NOTHING-TO-VERIFY", "a.pdf TOTAL-PASSED [a.pdf PASSED]"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantOutline(t, judgePDF(t, o, c.files...), c.exit, c.want...) })
	}
}

// What is passed over the whole file says so, and supports the signatures inside.
func TestPDFSupported(t *testing.T) {
	doc, o := pdfVector(t, "expired")
	r := judgePDF(t, o, "a.pdf", doc, "a.pdf.fk", over(doc, behavesWell))
	if n := r.Results[0].Evidence[1]; n.Covers == nil || n.Covers.Kind != "file" {
		t.Errorf("%+v", n.Covers)
	}
	wantOutline(t, r, 0, "a.pdf TOTAL-PASSED [a.pdf PASSED] [a.pdf.fk PASSED]")
	if got := r.Results[0].ExistedNotLaterThan; got.IsZero() || fmt.Sprint(r.Results[0].Proves) != "[existence signature]" {
		t.Errorf("%v %v", got, r.Results[0].Proves)
	}
	wantOutline(t, judgePDF(t, o, "a.pdf", doc, "a.pdf.fk", over(doc, behavesOpen)), 3,
		"a.pdf INDETERMINATE OUT_OF_BOUNDS_NO_POE pdf.expired-no-poe [a.pdf INDETERMINATE] [a.pdf.fk INDETERMINATE]")
	wantOutline(t, judgePDF(t, o, "a.pdf", doc, "b.fk", over("b", behavesWell)), 3,
		"a.pdf INDETERMINATE OUT_OF_BOUNDS_NO_POE pdf.expired-no-poe [a.pdf INDETERMINATE]", "sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [b.fk INDETERMINATE]")
}

// The time-stamps inside a document support nothing beside it.
func TestPDFSupportsNothing(t *testing.T) {
	doc, o := pdfVector(t, "timestamp-alone")
	wantOutline(t, judgePDF(t, o, "a.pdf", doc, "a.pdf.fk", over(doc, behavesPOE)), 0,
		"a.pdf TOTAL-PASSED [a.pdf PASSED] [a.pdf.fk INDETERMINATE]")
}

func TestPDFClaimExistence(t *testing.T) {
	for _, c := range []struct {
		id, want string
		exit     int
	}{
		{"detached", "a.pdf INDETERMINATE NO_POE policy.no-existence-proof [a.pdf PASSED]", 3},
		{"cades-t", "a.pdf INDETERMINATE NO_POE policy.no-existence-proof [a.pdf PASSED]", 3},
		{"timestamp-alone", "a.pdf TOTAL-PASSED [a.pdf PASSED]", 0},
		{"cades-lta", "a.pdf TOTAL-PASSED [a.pdf PASSED]", 0},
	} {
		doc, o := pdfVector(t, c.id)
		o.Claim = ClaimExistence
		wantOutline(t, judgePDF(t, o, "a.pdf", doc), c.exit, c.want)
	}
	doc, o := pdfVector(t, "detached")
	o.Claim = ClaimExistence
	wantOutline(t, judgePDF(t, o, "a.pdf", doc, "a.fk", over(doc, behavesWell)), 0, "a.pdf TOTAL-PASSED [a.pdf PASSED] [a.fk PASSED]")
}

func TestPDFPassword(t *testing.T) {
	doc, o := pdfVector(t, "encrypted-password")
	wantOutline(t, judgePDF(t, o, "a.pdf", doc), 0, "a.pdf TOTAL-PASSED [a.pdf PASSED]")
	o.PDFPassword = []byte("wrong")
	if r := judgePDF(t, o, "a.pdf", doc); r.ExitCode() != 3 || r.Reason != "pdf.encrypted" {
		t.Error(outline(r))
	}
}

// What cannot be read in any order is held in memory, up to the limit of evidence.
func TestPDFFromAStream(t *testing.T) {
	doc, o := pdfVector(t, "detached")
	stream := func(path, content string) Item {
		s := &once{src: strings.NewReader(content)}
		return Item{Path: path, Size: -1, Open: s.open}
	}
	r := judgePDFItems(t, []Item{stream("-", doc), BytesItem("z.fk", []byte(over(doc, behavesWell)))}, o)
	wantOutline(t, r, 0, "- TOTAL-PASSED [- PASSED] [z.fk PASSED]")
	plain := holding()
	wantOutline(t, judgePDFItems(t, []Item{stream("-", plain), BytesItem("z.fk", []byte(over(plain, behavesWell)))}, o), 0, "- TOTAL-PASSED [z.fk PASSED]")

	small := usualLimits
	small.evidence = int64(len(doc))
	o.limits = &small
	wantOutline(t, judgePDFItems(t, []Item{stream("-", doc)}, o), 0, "- TOTAL-PASSED [- PASSED]")
	small.evidence--
	wantOutline(t, judgePDFItems(t, []Item{stream("-", doc), BytesItem("z.fk", []byte(over(doc, behavesWell)))}, o), 3,
		"- INDETERMINATE CUSTOM pdf.limit [- INDETERMINATE] [z.fk PASSED]")
	wantOutline(t, judgePDFItems(t, files("a.pdf", doc), o), 0, "a.pdf TOTAL-PASSED [a.pdf PASSED]") // no limit for what is a file
}

// A reader that fails is no verdict.
func TestPDFReadErrors(t *testing.T) {
	doc, o := pdfVector(t, "detached")
	for _, from := range []int{0, 100, len(doc) / 2} {
		it := BytesItem("a.pdf", []byte(doc))
		it.OpenAt = func() (RandomAccess, error) {
			return failingAt{inMemory{}, strings.NewReader(doc), int64(from)}, nil
		}
		r := judgePDFItems(t, []Item{it}, o)
		if r.ExitCode() != 5 || r.Results[0].Verdict != Indeterminate || r.Results[0].Reason != "run.incomplete" {
			t.Errorf("%d: %v", from, outline(r))
		}
	}
	it := BytesItem("a.pdf", []byte(doc))
	it.OpenAt = func() (RandomAccess, error) { return changed{inMemory{}, strings.NewReader(doc)}, nil }
	if r := judgePDFItems(t, []Item{it}, o); r.ExitCode() != 5 || len(r.Errors) != 1 || r.Results[0].Reason != "run.incomplete" {
		t.Errorf("%v %v", outline(r), r.Errors)
	}
}

// A document that is another one when it is read again is not judged.
func TestPDFSwapped(t *testing.T) {
	doc, o := pdfVector(t, "detached")
	other, _ := pdfVector(t, "rsa")
	opens := 0
	swapped := Item{Path: "a.pdf", Size: int64(len(doc)), Open: BytesItem("a", []byte(doc)).Open, OpenAt: func() (RandomAccess, error) {
		if opens++; opens > 1 {
			return BytesItem("a", []byte(other + strings.Repeat(" ", max(0, len(doc)-len(other))))[:len(doc)]).OpenAt()
		}
		return BytesItem("a", []byte(doc)).OpenAt()
	}}
	e := newEntry(swapped)
	e.folder, e.name = swapped.place()
	p, _ := o.prepared()
	r := &run{ctx: context.Background(), opts: p, byPath: map[string]int{"a.pdf": 0}, entries: []*entry{e}}
	r.detect()
	r.index = r.newIndex()
	r.read()
	r.pair()
	e.close(r)
	nodes := r.judge(p.Env.Policy)
	if n := nodes[0][0]; n.Indication() != verdict.Indeterminate || n.Reason != reasonIncomplete || !r.incomplete {
		t.Errorf("%s %s", n.Indication(), n.Reason)
	}
}

type failingAt struct {
	inMemory
	r    io.ReaderAt
	from int64
}

func (f failingAt) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.from {
		return 0, fmt.Errorf("disk on fire")
	}
	return f.r.ReadAt(p, off)
}

type changed struct {
	inMemory
	r io.ReaderAt
}

func (c changed) ReadAt(p []byte, off int64) (int, error) { return c.r.ReadAt(p, off) }
func (changed) Close() error                              { return errChanged }

func TestInspectPDF(t *testing.T) {
	doc, _ := pdfVector(t, "detached")
	for _, it := range []Item{BytesItem("a.pdf", []byte(doc)), {Path: "-", Size: -1, Open: (&once{src: strings.NewReader(doc)}).open}} {
		in, err := Inspect(it, nil)
		if err != nil || in.Kind != "pdf" || in.Size != int64(len(doc)) || in.SHA256 != fmt.Sprintf("%x", verdict.Sum("sha256", []byte(doc))) || in.Claims == nil {
			t.Errorf("%+v %v", in, err)
		}
	}
}
