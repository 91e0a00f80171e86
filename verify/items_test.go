package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

func judgeFakes(t *testing.T, items []Item, o Options) *Report {
	t.Helper()
	o.Formats = fakeFormats()
	r, err := Items(context.Background(), items, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wantOutline(t *testing.T, r *Report, exit int, want ...string) {
	t.Helper()
	if got := outline(r); !slices.Equal(got, want) {
		t.Errorf("got\n %s\nwant\n %s", strings.Join(got, "\n "), strings.Join(want, "\n "))
	}
	if r.ExitCode() != exit {
		t.Errorf("exit code %d, want %d", r.ExitCode(), exit)
	}
}

func TestSupport(t *testing.T) {
	token := over("A", behavesPOE)
	r := judgeFakes(t, files("a", "A", "a.fk", token), Options{})
	wantOutline(t, r, 3, "a INDETERMINATE OUT_OF_BOUNDS_NO_POE fake.expired [a.fk INDETERMINATE]")

	t.Log("a proof over the evidence's own bytes lifts it, by name or by digest")
	for _, name := range []string{"a.fk.fk", "elsewhere.bin"} {
		r = judgeFakes(t, files("a", "A", "a.fk", token, name, over(token, behavesWell)), Options{})
		wantOutline(t, r, 0, "a TOTAL-PASSED [a.fk PASSED]", "a.fk TOTAL-PASSED ["+name+" PASSED]")
	}
	t.Log("a proof over the same subject lifts nothing")
	r = judgeFakes(t, files("a", "A", "a.fk", token, "b.fsig", over("A", behavesOpen)), Options{})
	wantOutline(t, r, 3, "a INDETERMINATE OUT_OF_BOUNDS_NO_POE fake.expired [a.fk INDETERMINATE] [b.fsig INDETERMINATE]")

	t.Log("nor does one that did not pass")
	r = judgeFakes(t, files("a", "A", "a.fk", token, "a.fk.fk", over(token, behavesOpen)), Options{})
	wantOutline(t, r, 3, "a INDETERMINATE OUT_OF_BOUNDS_NO_POE fake.expired [a.fk INDETERMINATE]",
		"a.fk INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND fake.chain [a.fk.fk INDETERMINATE]")

	t.Log("nor one over a part of it, nor a signature")
	r = judgeFakes(t, files("a", "A", "a.fk", token, "a.fk.fk", over(token, behavesPart), "a.fk.fsig", signed(token, behavesWell)), Options{})
	wantOutline(t, r, 3, "a INDETERMINATE OUT_OF_BOUNDS_NO_POE fake.expired [a.fk INDETERMINATE]",
		"a.fk TOTAL-PASSED [a.fk.fk PASSED] [a.fk.fsig PASSED]")

	t.Log("a chain is judged from its end")
	second := over(token, behavesPOE)
	r = judgeFakes(t, files("a", "A", "a.fk", token, "b.fk", second, "c.fk", over(second, behavesWell)), Options{})
	wantOutline(t, r, 0, "a TOTAL-PASSED [a.fk PASSED]", "a.fk TOTAL-PASSED [b.fk PASSED]", "b.fk TOTAL-PASSED [c.fk PASSED]")

	t.Log("evidence waits for all that lies over it")
	r = judgeFakes(t, files("a", "A", "a.fk", token, "x", over(token, behavesOpen), "y", over(token, behavesPOE), "z",
		over(over(token, behavesPOE), behavesWell)), Options{})
	wantOutline(t, r, 0, "a TOTAL-PASSED [a.fk PASSED]", "a.fk TOTAL-PASSED [x INDETERMINATE] [y PASSED]", "y TOTAL-PASSED [z PASSED]")

	t.Log("a proof that holds under one policy supports under that one only")
	o := Options{}
	o.Env.Policy = trust.Issuance
	r = judgeFakes(t, files("a", "A", "a.fk", token, "a.fk.fk", over(token, behavesETSI)), o)
	wantOutline(t, r, 0, "a TOTAL-PASSED [a.fk PASSED]", "a.fk TOTAL-PASSED [a.fk.fk PASSED]")
	if r.Other.Name != trust.ETSI || r.Other.Verdict != Indeterminate || r.Other.Sub != verdict.OutOfBoundsNoPOE {
		t.Errorf("other policy: %+v", r.Other)
	}
}

func TestOtherPolicy(t *testing.T) {
	for _, asked := range []trust.Policy{trust.Issuance, trust.ETSI} {
		o := Options{}
		o.Env.Policy = asked
		r := judgeFakes(t, files("a", "A", "a.fk", over("A", behavesETSI)), o)
		got := map[trust.Policy]Verdict{r.Policy: r.Verdict, r.Other.Name: r.Other.Verdict}
		if want := (map[trust.Policy]Verdict{trust.Issuance: TotalPassed, trust.ETSI: Indeterminate}); !maps.Equal(got, want) {
			t.Errorf("asked for %s: %v", asked, got)
		}
	}
	if r := judgeFakes(t, nil, Options{}); r.Policy != trust.ETSI {
		t.Errorf("without a policy: %q, want the strict one", r.Policy)
	}
}

// A circle that the caller binds must end, and must not support itself.
func TestCircle(t *testing.T) {
	items := files("a.fk", over("x", behavesPOE), "a.fk.fk", over("y", behavesPOE))
	items[1].Subject = true // a.fk.fk names a.fk, and the caller binds a.fk to a.fk.fk
	r := judgeFakes(t, items, Options{})
	if r.ExitCode() != 1 {
		t.Errorf("%v", outline(r))
	}
}

func TestExpectation(t *testing.T) {
	token := over("A", behavesWell)
	for _, c := range []struct {
		name string
		list []Item
		exit int
		want []string
	}{
		{"answered", files("a.p", "A", "a.p.fk", token, "a.p.fq", "expect ok"), 0, []string{"a.p TOTAL-PASSED [a.p.fk PASSED]"}},
		{"not answered", files("a.p", "A", "a.p.fk", token, "a.p.fq", "expect x"), 3,
			[]string{"a.p INDETERMINATE SIG_CONSTRAINTS_FAILURE fake.nonce [a.p.fk INDETERMINATE]"}},
		{"short name asks the long one", files("a.p", "A", "a.p.fk", token, "a.fq", "expect x"), 3,
			[]string{"a.p INDETERMINATE SIG_CONSTRAINTS_FAILURE fake.nonce [a.p.fk INDETERMINATE]"}},
		{"long name asks the short one", files("a.p", "A", "a.fk", token, "a.p.fq", "expect x"), 3,
			[]string{"a.p INDETERMINATE SIG_CONSTRAINTS_FAILURE fake.nonce [a.fk INDETERMINATE]"}},
		{"the exact name goes first", files("a.p", "A", "a.p.fk", token, "a.fk", token, "a.fq", "expect ok", "a.p.fq", "expect ok"), 0,
			[]string{"a.p TOTAL-PASSED [a.p.fk PASSED] [a.fk PASSED]"}},
		{"one question a piece of evidence", files("a.p", "A", "a.p.fk", token, "a.fq", "expect x", "a.p.fq", "expect ok"), 5,
			[]string{"a.p TOTAL-PASSED [a.p.fk PASSED]"}},
		{"defective", files("a.p", "A", "a.p.fk", token, "a.p.fq", "junk"), 5,
			[]string{"a.p TOTAL-PASSED [a.p.fk PASSED !run.expectation-unreadable]"}},
		{"nobody to answer", files("a.p", "A", "a.p.fk", token, "b.fq", "expect ok"), 5, []string{"a.p TOTAL-PASSED [a.p.fk PASSED]"}},
		{"no evidence at all", files("a.p", "A", "a.p.fq", "expect ok"), 4, []string{"a.p NOTHING-TO-VERIFY"}},
		{"another folder", files("a.p", "A", "a.p.fk", token, "x/a.p.fq", "expect x"), 5, []string{"a.p TOTAL-PASSED [a.p.fk PASSED]"}},
		{"can be a subject", files("a.fq", "expect x", "a.fq.fk", over("expect x", behavesWell)), 5, []string{"a.fq TOTAL-PASSED [a.fq.fk PASSED]"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantOutline(t, judgeFakes(t, c.list, Options{}), c.exit, c.want...) })
	}
}

func TestGivenDigest(t *testing.T) {
	a, b := verdict.Sum("sha256", []byte("A")), verdict.Sum("sha256", []byte("B"))
	e := files("e.fk", over("A", behavesWell))
	wantOutline(t, judgeFakes(t, e, Options{Digests: map[string][]byte{"sha256": a}}), 0, "given sha256 TOTAL-PASSED [e.fk PASSED]")
	wantOutline(t, judgeFakes(t, e, Options{Digests: map[string][]byte{"sha256": b}}), 1,
		"given sha256 TOTAL-FAILED HASH_FAILURE fake.mismatch [e.fk FAILED]")
	other := map[string][]byte{"sha512": verdict.Sum("sha512", []byte("A"))}
	wantOutline(t, judgeFakes(t, e, Options{Digests: other}), 3,
		"given sha512 INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [e.fk INDETERMINATE]")
	wantOutline(t, judgeFakes(t, nil, Options{Digests: other}), 4, "given sha512 NOTHING-TO-VERIFY")
	both := map[string][]byte{"sha256": a, "sha512": other["sha512"]}
	list := files("e.fk", over("A", behavesWell), "f.bin", evidenceOf("fake", "sha512", "A", behavesWell))
	r := judgeFakes(t, list, Options{Digests: both})
	wantOutline(t, r, 0, "given sha256 TOTAL-PASSED [e.fk PASSED] [f.bin PASSED]")
	if len(r.Results[0].Subject.Digests) != 2 {
		t.Error("both digests belong to the subject")
	}
}

func TestClaimAndUncovered(t *testing.T) {
	sig := files("a", "A", "a.fsig", signed("A", behavesWell))
	r := judgeFakes(t, sig, Options{})
	wantOutline(t, r, 0, "a TOTAL-PASSED [a.fsig PASSED]")
	if !slices.Equal(r.Results[0].Proves, []string{"signature"}) || !r.Results[0].ExistedNotLaterThan.IsZero() {
		t.Errorf("%+v", r.Results[0])
	}
	wantOutline(t, judgeFakes(t, sig, Options{Claim: ClaimExistence}), 3, "a INDETERMINATE NO_POE policy.no-existence-proof [a.fsig PASSED]")
	part := files("a", "A", "a.fk", over("A", behavesPart))
	wantOutline(t, judgeFakes(t, part, Options{Claim: ClaimExistence}), 3, "a INDETERMINATE NO_POE policy.no-existence-proof [a.fk PASSED]")

	two := files("a", "A", "a.fk", over("A", behavesWell), "b", "B")
	wantOutline(t, judgeFakes(t, two, Options{AllowUncovered: true}), 0, "a TOTAL-PASSED [a.fk PASSED]", "b NOTHING-TO-VERIFY")
	wantOutline(t, judgeFakes(t, files("b", "B"), Options{AllowUncovered: true}), 4, "b NOTHING-TO-VERIFY")
}

func TestEarliestTimeOfAllBytes(t *testing.T) {
	long, short := over("A", behavesWell+" padding makes it later"), over("A", behavesWell)
	r := judgeFakes(t, files("a", "A", "x.bin", long, "y.bin", short, "z.bin", over("A", behavesPart)), Options{})
	n := r.Results[0].Evidence
	if got := r.Results[0].ExistedNotLaterThan; !got.Equal(n[1].ExistedNotLaterThan) {
		t.Errorf("got %v, want that of y.bin", got)
	}
}

func TestPDFSaysWhatWasNotJudged(t *testing.T) {
	for _, list := range [][]Item{files("a.PDF", "x"), files("a", "junk %PDF-1.7")} {
		r := judgeFakes(t, list, Options{})
		if n := r.Results[0].NotChecked; len(n) != 1 || n[0].Name != "pdf-signatures" {
			t.Errorf("%v", n)
		}
	}
}

func TestPanicsAreNoVerdict(t *testing.T) {
	r := judgeFakes(t, files("a", "A", "a.fk", over("A", behavesPanic)), Options{})
	wantOutline(t, r, 5, "a INDETERMINATE CUSTOM run.internal-error [a.fk INDETERMINATE]")
	r = judgeFakes(t, files("a", "A", "a.fk", over("A", "open-panic")), Options{})
	if r.ExitCode() != 5 || r.Verdict != Indeterminate || r.Reason != "run.incomplete" {
		t.Errorf("%v", outline(r))
	}
}

func TestReadErrors(t *testing.T) {
	broken := func(path string) Item {
		return Item{Path: path, Size: -1, Open: func() (io.ReadCloser, error) { return nil, errors.New("disk on fire") }}
	}
	late := func(path, begin string) Item {
		return Item{Path: path, Size: -1, Open: func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(strings.NewReader(begin+strings.Repeat(" ", headSize)), brokenReader{})), nil
		}}
	}
	good := BytesItem("a.fk", []byte(over("A", behavesWell)))
	for _, s := range []Item{broken("a"), late("a", "A")} {
		r := judgeFakes(t, []Item{s, good}, Options{})
		wantOutline(t, r, 5, "a INDETERMINATE CUSTOM run.incomplete [a.fk INDETERMINATE]")
		if want := []Problem{{"a", "disk on fire"}}; !reflect.DeepEqual(r.Errors, want) {
			t.Errorf("%v", r.Errors)
		}
	}
	for _, e := range []Item{broken("a.fk"), late("a.fk", "fake ")} {
		r := judgeFakes(t, append(files("a", "A"), e), Options{})
		wantOutline(t, r, 5, "a INDETERMINATE CUSTOM run.incomplete [a.fk INDETERMINATE]")
	}
	grown := BytesItem("a", []byte("A"))
	grown.Size = 2
	wantOutline(t, judgeFakes(t, []Item{grown, good}, Options{}), 5, "a INDETERMINATE CUSTOM run.incomplete [a.fk INDETERMINATE]")

	t.Log("evidence that is itself defective still fails")
	r := judgeFakes(t, []Item{broken("a"), BytesItem("a.fk", []byte("junk"))}, Options{})
	wantOutline(t, r, 1, "a TOTAL-FAILED FORMAT_FAILURE fake.malformed [a.fk FAILED]")
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("disk on fire") }

func TestItemsRefusesNonsense(t *testing.T) {
	two := files("a", "A", "b", "B")
	two[0].Subject, two[1].Subject = true, true
	for name, c := range map[string]struct {
		items []Item
		o     Options
	}{
		"a path twice":      {items: files("a", "A", "a", "B")},
		"no path":           {items: files("", "A")},
		"no way to open":    {items: []Item{{Path: "a"}}},
		"two subjects":      {items: two},
		"subject by both":   {items: marked(files("a", "A"), "a"), o: Options{Digests: map[string][]byte{"sha256": make([]byte, 32)}}},
		"digest too short":  {o: Options{Digests: map[string][]byte{"sha256": {1}}}},
		"unknown claim":     {o: Options{Claim: "truth"}},
		"unknown policy":    {o: Options{Env: Env{Env: pki.Env{Env: trust.Env{Policy: "lenient"}}}}},
		"unknown algorithm": {o: Options{Digests: map[string][]byte{"crc32": {1, 2, 3, 4}}}},
	} {
		if r, err := Items(context.Background(), c.items, c.o); err == nil || r != nil {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
}

func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := Items(ctx, files("a", "A"), Options{}); !errors.Is(err, context.Canceled) || r != nil {
		t.Errorf("%v, %v", r, err)
	}
}

func TestSameReportWithAnyNumberOfJobs(t *testing.T) {
	var list []Item
	for i := range 200 {
		how := []string{behavesWell, behavesBad, behavesOpen, behavesPanic}[i%4]
		name, content := fmt.Sprintf("f%03d", i), fmt.Sprint(i)
		list = append(list, files(name, content, name+".fk", over(content, how))...)
	}
	first := judgeFakes(t, list, Options{Jobs: 1})
	for range 5 {
		steps := 0
		next := judgeFakes(t, list, Options{Jobs: 8, Progress: func(Progress) { steps++ }})
		next.At = first.At
		if !reflect.DeepEqual(outline(first), outline(next)) || !reflect.DeepEqual(first.Errors, next.Errors) {
			t.Fatal("the order or the content depends on the number of jobs")
		}
		if steps == 0 {
			t.Error("no progress was told")
		}
	}
}
