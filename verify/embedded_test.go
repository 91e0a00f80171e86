package verify

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/testvectors"
)

const evidenceName = ".fake.json"

func TestEmbeddedPairing(t *testing.T) {
	doc, o := pdfVector(t, "detached")
	bad, _ := pdfVector(t, "value-wrong")
	for _, c := range []struct {
		name  string
		files []string
		exit  int
		want  []string
	}{
		{"by its name", []string{"a.pdf", holding("x.xml", "X", "x.xml.fake.json", over("X", behavesWell))}, 4,
			[]string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!x.xml TOTAL-PASSED [a.pdf!x.xml.fake.json PASSED]"}},
		{"by its name, and over something else", []string{"a.pdf", holding("x.xml", "X", "x.xml.fake.json", over("Y", behavesWell))}, 1,
			[]string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!x.xml TOTAL-FAILED HASH_FAILURE fake.mismatch [a.pdf!x.xml.fake.json FAILED]"}},
		{"by its digest, inside first", []string{"a.pdf", holding("x.bin", "X", "y.fake.json", over("X", behavesWell)), "x.bin", "X"}, 4,
			[]string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!x.bin TOTAL-PASSED [a.pdf!y.fake.json PASSED]", "x.bin NOTHING-TO-VERIFY"}},
		{"by its digest, then outside", []string{"a.pdf", holding("y.fake.json", over("X", behavesWell)), "x.bin", "X"}, 4,
			[]string{"a.pdf NOTHING-TO-VERIFY", "x.bin TOTAL-PASSED [a.pdf!y.fake.json PASSED]"}},
		{"of a name outside", []string{"a.pdf", holding("x.fake.json", over("Y", behavesWell)), "x", "X"}, 3,
			[]string{"a.pdf NOTHING-TO-VERIFY", "sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [a.pdf!x.fake.json INDETERMINATE]", "x NOTHING-TO-VERIFY"}},
		{"of the name of the container", []string{"a.pdf", holding("a.pdf.fake.json", over("Y", behavesWell))}, 3,
			[]string{"a.pdf NOTHING-TO-VERIFY", "sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [a.pdf!a.pdf.fake.json INDETERMINATE]"}},
		{"evidence outside over an attachment beside evidence", []string{"a.pdf", holding("x.bin", "X", "y.bin", "Y", "y.bin.fake.json", over("Y", behavesWell)), "x.fk", over("X", behavesWell)}, 4,
			[]string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!x.bin TOTAL-PASSED [x.fk PASSED]", "a.pdf!y.bin TOTAL-PASSED [a.pdf!y.bin.fake.json PASSED]"}},
		{"nothing but files", []string{"a.pdf", holding("x.xml", "X", "y.json", "{}", "z.bin", "Z")}, 4, []string{"a.pdf NOTHING-TO-VERIFY"}},
		{"a signed document", []string{"a.pdf", holding("b.pdf", doc)}, 4, []string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!b.pdf TOTAL-PASSED [a.pdf!b.pdf PASSED]"}},
		{"a defective one", []string{"a.pdf", holding("b.pdf", bad)}, 1, []string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!b.pdf TOTAL-FAILED SIG_CRYPTO_FAILURE pdf.signature-invalid [a.pdf!b.pdf FAILED]"}},
		{"evidence beside a nested document", []string{"a.pdf", holding("b.pdf", doc, "b.pdf.fake.json", over(doc, behavesWell))}, 4,
			[]string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!b.pdf TOTAL-PASSED [a.pdf!b.pdf PASSED] [a.pdf!b.pdf.fake.json PASSED]"}},
		{"three deep", []string{"a.pdf", holding("b.pdf", holding("c.pdf", holding("x", "X", "x.fake.json", over("X", behavesWell))))}, 4,
			[]string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!b.pdf!c.pdf!x TOTAL-PASSED [a.pdf!b.pdf!c.pdf!x.fake.json PASSED]"}},
		{"two of one name", []string{"a.pdf", holding("x", "X", "x", "Y", "x.fake.json", over("Y", behavesWell))}, 4,
			[]string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!x (2) TOTAL-PASSED [a.pdf!x.fake.json PASSED]"}},
		{"the name of another item", []string{"a.pdf", holding("x", "X", "x.fake.json", over("X", behavesWell)), "a.pdf!x", "other"}, 4,
			[]string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!x (2) TOTAL-PASSED [a.pdf!x.fake.json PASSED]", "a.pdf!x NOTHING-TO-VERIFY"}},
		{"a request", []string{"a.pdf", holding("x.fk.json", "", "x.fake.json", over("X", behavesWell), "x", "X")}, 4,
			[]string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!x TOTAL-PASSED [a.pdf!x.fake.json PASSED]"}},
		{"support for embedded evidence", []string{"a.pdf", holding("x", "X", "x.fake.json", over("X", behavesPOE), "x.fake.json.fake.json", over(over("X", behavesPOE), behavesWell))}, 4,
			[]string{"a.pdf NOTHING-TO-VERIFY", "a.pdf!x.fake.json TOTAL-PASSED [a.pdf!x.fake.json.fake.json PASSED]", "a.pdf!x TOTAL-PASSED [a.pdf!x.fake.json PASSED]"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantOutline(t, judgePDF(t, o, c.files...), c.exit, c.want...) })
	}
}

// What the caller says of the evidence that he gives is not said of what lies in it.
func TestEmbeddedIsNotBoundByTheCaller(t *testing.T) {
	container := holding("y.fake.json", over("Y", behavesWell))
	list := files("a.pdf", container, "s", "S")
	list[1].Subject = true
	wantOutline(t, judgePDFItems(t, list, Options{}), 3, "a.pdf NOTHING-TO-VERIFY",
		"sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [a.pdf!y.fake.json INDETERMINATE]", "s NOTHING-TO-VERIFY")
}

func TestEmbeddedDepth(t *testing.T) {
	nest := func(n int) string {
		b := holding("x", "X", "x.fake.json", over("X", behavesWell))
		for i := 1; i < n; i++ {
			b = holding("b.pdf", b)
		}
		return b
	}
	r := judgePDF(t, Options{}, "a.pdf", nest(maxContainers))
	if r.Incomplete || len(r.Results) != 2 || r.Results[1].Verdict != TotalPassed {
		t.Errorf("%v %v", outline(r), r.Errors)
	}
	r = judgePDF(t, Options{}, "a.pdf", nest(maxContainers+1))
	if !r.Incomplete || r.ExitCode() != ExitIncomplete || len(r.Results) != 1 || len(r.Errors) != 1 {
		t.Errorf("%v %v", outline(r), r.Errors)
	}
}

func TestEmbeddedItemsLimit(t *testing.T) {
	var pairs []string
	for i := range 4 {
		pairs = append(pairs, fmt.Sprintf("%d%s", i, evidenceName), over("X", behavesWell))
	}
	for _, c := range []struct {
		items int
		ok    bool
	}{{7, true}, {6, false}, {5, false}, {3, false}} { // the container, four, x inside, x outside
		small := usualLimits
		small.items = c.items
		r := judgePDF(t, Options{limits: &small}, "a.pdf", holding(append(slices.Clone(pairs), "x", "X")...), "x", "X")
		if r.Incomplete == c.ok || !c.ok && (r.ExitCode() != ExitIncomplete || len(r.Errors) != 1) {
			t.Errorf("%d: %v %v", c.items, outline(r), r.Errors)
		}
		if last := r.Results[len(r.Results)-1]; last.Subject.Path != "x" {
			t.Errorf("%d: what was given is not looked at: %v", c.items, outline(r))
		}
	}
}

func TestEmbeddedName(t *testing.T) {
	long := strings.Repeat("x", 300) + ".tsr"
	for in, want := range map[string]string{
		"a.xml": "a.xml", "Grüße.xml": "Grüße.xml", "/etc/passwd": "passwd", `C:\x\a.xml`: "a.xml", "a:b": "b", "..": "attachment", "": "attachment",
		"x/..": "attachment", " . ": "attachment", "a!b.tsr": "a_b.tsr", "a#1": "a_1", "a\x1b[31m": "a_[31m", "a\u202egnp": "a_gnp", "a\nb": "a_b", "a\xffb": "a_b",
		"x/": "attachment",
	} {
		if got := embeddedName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := embeddedName(long); len(got) > maxEmbeddedName || !strings.HasSuffix(got, "x.tsr") || !strings.Contains(got, "…") {
		t.Errorf("%d %s", len(got), got)
	}
	if exact := strings.Repeat("x", maxEmbeddedName); embeddedName(exact) != exact {
		t.Error("cut at the limit")
	}
}

// A certificate in a document is no anchor, whatever it is called.
func TestEmbeddedAnchorIsNoTrust(t *testing.T) {
	_, folder, err := testvectors.Load("rfc3161")
	if err != nil {
		t.Fatal(err)
	}
	list, _, _ := testvectors.Load("rfc3161")
	at := slices.IndexFunc(list, func(v testvectors.Vector) bool {
		return v.Expect.Verdict == "PASSED" && v.Subject != "" && len(v.Trust) > 0
	})
	v := &list[at]
	read := func(name string) string {
		b, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	pairs := []string{"s.bin", read(v.Subject), "s.bin.tsr", read(v.Evidence)}
	for _, name := range v.Trust {
		pairs = append(pairs, "trust/"+name, read("trust/"+name))
	}
	o := Options{Formats: All()}
	o.Env.At = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	r := judgePDF(t, o, "a.pdf", holding(pairs...))
	if len(r.Results) != 2 || r.Results[1].Verdict != Indeterminate || r.Results[1].Sub != "NO_CERTIFICATE_CHAIN_FOUND" {
		t.Error(outline(r))
	}
}

// What is broken inside of a document and only might have been evidence is passed over;
// what claims to be evidence is not.
func TestEmbeddedUnreadable(t *testing.T) {
	broken := func(name string) string {
		b := holding(name, "x")
		return strings.Replace(b, "/Type/EmbeddedFile/", "/Filter/FlateDecode/Type/EmbeddedFile/", 1)
	}
	r := judgePDF(t, Options{}, "a.pdf", broken("x.json"))
	if r.Incomplete || len(r.Results) != 1 || r.Results[0].Verdict != NothingToVerify {
		t.Errorf("%v %v", outline(r), r.Errors)
	}
	r = judgePDF(t, Options{Formats: All()}, "a.pdf", broken("x.tsr"))
	if !r.Incomplete || r.Verdict != Indeterminate {
		t.Errorf("%v %v", outline(r), r.Errors)
	}
	r = judgePDF(t, Options{Formats: All()}, "a.pdf", holding("x.tsr", "no token"))
	if r.Verdict != TotalFailed || r.Reason != "tsp.malformed" {
		t.Errorf("%v %v", outline(r), r.Errors)
	}
}

func TestPDFSameReportWithAnyNumberOfJobs(t *testing.T) {
	doc, o := pdfVector(t, "cades-lta")
	var list []Item
	for i := range 40 { // more than are kept open
		list = append(list, files(fmt.Sprintf("%02d.pdf", i), doc+strings.Repeat(" ", i), fmt.Sprintf("%02d-h.pdf", i), holding("b.pdf", doc, "x.fake.json", over(doc, behavesWell)))...)
	}
	var first []string
	for _, jobs := range []int{1, 2, 16} {
		o.Jobs = jobs
		got := outline(judgePDFItems(t, list, o))
		if first = append(first[:0:0], append(first, got...)...); !slices.Equal(first[:len(got)], got) || len(got) != 120 {
			t.Fatalf("%d jobs: %d results\n%s", jobs, len(got), strings.Join(got[:4], "\n"))
		}
		first = first[:len(got)]
	}
}

func TestPDFContextEnds(t *testing.T) {
	doc, o := pdfVector(t, "detached")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Items(ctx, files("a.pdf", doc, "b.pdf", holding("b.pdf", doc)), o); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
