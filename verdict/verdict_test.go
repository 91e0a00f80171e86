package verdict

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

// Every number that fits the type reads as one of the three words, and only 1 reads
// as a pass.
func TestIndicationWalk(t *testing.T) {
	for n := range 256 {
		i := Indication(n)
		want, total, uri := "INDETERMINATE", "INDETERMINATE", "urn:etsi:019102:mainindication:indeterminate"
		switch i {
		case Passed:
			want, total, uri = "PASSED", "TOTAL-PASSED", "urn:etsi:019102:mainindication:passed"
		case Failed:
			want, total, uri = "FAILED", "TOTAL-FAILED", "urn:etsi:019102:mainindication:failed"
		}
		if i.String() != want || i.Total() != total || i.URI() != uri {
			t.Errorf("%d: %s %s %s", n, i, i.Total(), i.URI())
		}
		text, _ := i.MarshalText()
		var back Indication
		if err := back.UnmarshalText(text); err != nil || back.String() != want {
			t.Errorf("%d does not read back", n)
		}
		if State(n).String() == "PASSED" != (n == int(CheckPassed)) {
			t.Errorf("state %d is %s", n, State(n))
		}
		if text, _ := State(n).MarshalText(); string(text) != State(n).String() {
			t.Errorf("state %d", n)
		}
	}
	var i Indication
	if i.UnmarshalText([]byte("TOTAL-PASSED")) == nil || i.UnmarshalText(nil) == nil {
		t.Error("a word of another list was read")
	}
}

// The list of EN 319 102-1 with the usual main indication of each.
func TestSubIndications(t *testing.T) {
	list := map[string]string{}
	for _, s := range strings.Fields("FORMAT_FAILURE HASH_FAILURE SIG_CRYPTO_FAILURE REVOKED EXPIRED NOT_YET_VALID") {
		list[s] = "FAILED"
	}
	for _, s := range strings.Fields(`SIG_CONSTRAINTS_FAILURE CHAIN_CONSTRAINTS_FAILURE CERTIFICATE_CHAIN_GENERAL_FAILURE
		CRYPTO_CONSTRAINTS_FAILURE POLICY_PROCESSING_ERROR SIGNATURE_POLICY_NOT_AVAILABLE TIMESTAMP_ORDER_FAILURE
		NO_SIGNING_CERTIFICATE_FOUND NO_CERTIFICATE_CHAIN_FOUND NO_CERTIFICATE_CHAIN_FOUND_NO_POE REVOKED_NO_POE REVOKED_CA_NO_POE
		OUT_OF_BOUNDS_NO_POE OUT_OF_BOUNDS_NOT_REVOKED REVOCATION_OUT_OF_BOUNDS_NO_POE CRYPTO_CONSTRAINTS_FAILURE_NO_POE NO_POE
		TRY_LATER SIGNED_DATA_NOT_FOUND CUSTOM`) {
		list[s] = "INDETERMINATE"
	}
	if len(list) != len(usual) {
		t.Errorf("%d sub-indications, want %d", len(usual), len(list))
	}
	for s, want := range list {
		sub := SubIndication(s)
		if !sub.Known() || sub.Usual().String() != want {
			t.Errorf("%s: known %v, usual %s", s, sub.Known(), sub.Usual())
		}
		if uri := sub.URI(); (uri == "") != (s == "CUSTOM") || uri != "" && uri != "urn:etsi:019102:subindication:"+s {
			t.Errorf("%s: %s", s, uri)
		}
	}
	for _, s := range []SubIndication{"", "PASSED", "NO_SIGNATURE_FOUND"} {
		if s.Known() || s.Usual() != Indeterminate || s.URI() != "" {
			t.Errorf("%q is known", s)
		}
	}
}

func TestZeroValuesFailClosed(t *testing.T) {
	var r Result
	var p Procedure
	f := p.Finish()
	joined := Join("x", JoinAll)
	for name, r := range map[string]*Result{"result": &r, "procedure": &f, "join of nothing": &joined} {
		if r.Passed() || r.Indication() != Indeterminate || r.Err() == nil {
			t.Errorf("zero %s passes", name)
		}
	}
	if f.Reason != "run.check-not-executed" || joined.Reason != "run.nothing-to-join" {
		t.Errorf("reasons %q %q", f.Reason, joined.Reason)
	}
	if unknown := Join("x", JoinMode(9), pass("a")); unknown.Passed() {
		t.Error("an unknown way to join passes")
	}
}

func pass(kind string) Result {
	p := Begin(kind, "one")
	p.Pass("one", "", "")
	return p.Finish()
}

func refused(sub SubIndication, reason string) Result {
	p := Begin("x", "one")
	p.Refuse("one", sub, reason, "why", "clause")
	return p.Finish()
}

func TestProcedure(t *testing.T) {
	for _, c := range []struct {
		name   string
		record func(p *Procedure)
		want   Indication
		sub    SubIndication
		reason string
	}{
		{"nothing", func(*Procedure) {}, Indeterminate, Custom, "run.check-not-executed"},
		{"one forgotten", func(p *Procedure) { p.Pass("a", "", ""); p.Pass("b", "", "") }, Indeterminate, Custom, "run.check-not-executed"},
		{"all", func(p *Procedure) { p.Pass("c", "", ""); p.Pass("a", "", ""); p.Pass("b", "", "") }, Passed, "", ""},
		{"the first open question decides", func(p *Procedure) {
			p.Pass("a", "", "")
			p.Undecided("c", TryLater, "x.c", "", "")
			p.Undecided("b", NoPOE, "x.b", "", "")
		}, Indeterminate, NoPOE, "x.b"},
		{"a defect wins over an earlier question", func(p *Procedure) {
			p.Undecided("a", NoPOE, "x.a", "", "")
			p.Fail("c", HashFailure, "x.c", "", "")
		}, Failed, HashFailure, "x.c"},
		{"the first defect decides", func(p *Procedure) {
			p.Fail("c", HashFailure, "x.c", "", "")
			p.Fail("b", Revoked, "x.b", "", "")
		}, Failed, Revoked, "x.b"},
		{"a pass repairs nothing", func(p *Procedure) {
			p.Fail("a", Revoked, "x.a", "", "")
			p.Pass("a", "", "")
			p.Pass("b", "", "")
			p.Pass("c", "", "")
		}, Failed, Revoked, "x.a"},
		{"a refusal undoes a pass", func(p *Procedure) {
			p.Pass("a", "", "")
			p.Pass("b", "", "")
			p.Pass("c", "", "")
			p.Undecided("a", NoPOE, "x.a", "", "")
		}, Indeterminate, NoPOE, "x.a"},
		{"a defect replaces a question, not the reverse", func(p *Procedure) {
			p.Undecided("a", NoPOE, "x.open", "", "")
			p.Fail("a", Expired, "x.defect", "", "")
			p.Undecided("a", TryLater, "x.late", "", "")
		}, Failed, Expired, "x.defect"},
		{"an undeclared check counts", func(p *Procedure) {
			p.Pass("a", "", "")
			p.Pass("b", "", "")
			p.Pass("c", "", "")
			p.Undecided("d", NoPOE, "x.d", "", "")
		}, Indeterminate, NoPOE, "x.d"},
	} {
		p := Begin("x", "a", "b", "c")
		c.record(p)
		r := p.Finish()
		if r.Indication() != c.want || r.Sub != c.sub || r.Reason != c.reason || p.Passes() != (c.want == Passed) {
			t.Errorf("%s: %s %s %s", c.name, r.Indication(), r.Sub, r.Reason)
		}
	}
}

// Refuse takes the main indication from the sub-indication.
func TestRefuse(t *testing.T) {
	for sub, want := range usual {
		r := refused(sub, "x.y")
		if r.Indication() != want || r.Sub != sub {
			t.Errorf("%s gives %s", sub, r.Indication())
		}
		var e *Error
		if err := r.Err(); !errors.As(err, &e) || e.Sub != sub || e.Detail != "why" || !strings.Contains(err.Error(), "x.y") {
			t.Errorf("%s: %v", sub, err)
		}
	}
}

func TestJoin(t *testing.T) {
	good, open, bad := pass("x"), refused(NoPOE, "x.open"), refused(HashFailure, "x.bad")
	for _, c := range []struct {
		mode     JoinMode
		children []Result
		want     Indication
		reason   string
		warnings int
	}{
		{JoinAll, []Result{good, good}, Passed, "", 0},
		{JoinAll, []Result{good, open}, Indeterminate, "x.open", 0},
		{JoinAll, []Result{open, bad, good}, Failed, "x.bad", 0},
		{JoinAny, []Result{open, good}, Passed, "", 0},
		{JoinAny, []Result{bad, good}, Passed, "", 1},
		{JoinAny, []Result{bad, open}, Indeterminate, "x.open", 0},
		{JoinAny, []Result{bad, bad}, Failed, "x.bad", 0},
	} {
		r := Join("x", c.mode, c.children...)
		if r.Indication() != c.want || r.Reason != c.reason || len(r.Warnings) != c.warnings {
			t.Errorf("%s of %d: %s %s %v", c.mode, len(c.children), r.Indication(), r.Reason, r.Warnings)
		}
	}
}

// A node has its time only when it passed, and null otherwise.
func TestNodeJSON(t *testing.T) {
	at := time.Date(2025, 3, 1, 12, 0, 1, 0, time.FixedZone("x", 3600))
	good, bad := pass("rfc3161"), refused(HashFailure, "x.bad")
	good.ExistedNotLaterThan, bad.ExistedNotLaterThan = at, at
	for _, c := range []struct {
		r    Result
		want any
	}{{good, "2025-03-01T11:00:01Z"}, {bad, nil}, {Result{}, nil}} {
		b, err := json.Marshal(c.r)
		if err != nil {
			t.Fatal(err)
		}
		var node map[string]any
		if err := json.Unmarshal(b, &node); err != nil {
			t.Fatal(err)
		}
		if got, ok := node["existed_not_later_than"]; !ok || got != c.want {
			t.Errorf("%s", b)
		}
		if node["verdict"] != c.r.Indication().String() {
			t.Errorf("%s", b)
		}
	}
	checks := good.Checks()
	checks[0].State = CheckFailed
	if c, ok := good.Check("one"); !ok || c.State != CheckPassed {
		t.Error("the checks of a result can be changed from outside")
	}
	if _, ok := good.Check("none"); ok {
		t.Error("a check that is not owed was found")
	}
}

func TestCeilSecond(t *testing.T) {
	whole := time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)
	for in, want := range map[time.Duration]time.Duration{0: 0, 1: time.Second, time.Second - 1: time.Second, time.Second: time.Second} {
		if got := CeilSecond(whole.Add(in)); !got.Equal(whole.Add(want)) {
			t.Errorf("%v: %v", in, got)
		}
	}
}

// What is recorded after Finish does not reach back into the result.
func TestFinishedResultStays(t *testing.T) {
	p := Begin("x", "a")
	p.Pass("a", "", "")
	r := p.Finish()
	p.Fail("a", HashFailure, "x.a", "", "")
	later := p.Finish()
	if c, _ := r.Check("a"); c.State != CheckPassed || !r.Passed() || later.Passed() {
		t.Errorf("%+v, then %s", c, later.Indication())
	}
}

// A part brings its answers along, also the ones that it still owes.
func TestAdopt(t *testing.T) {
	part := Begin("x", "b", "c", "d")
	part.Pass("b", "fits", "clause")
	part.Undecided("c", NoPOE, "x.c", "why", "clause")
	part.Warn("x.w", "text")
	part.NotChecked("n", "why")
	done := part.Finish()
	p := Begin("x", "a")
	p.Pass("a", "", "")
	p.Adopt(&done)
	r := p.Finish()
	b, _ := r.Check("b")
	c, _ := r.Check("c")
	d, owed := r.Check("d")
	if r.Reason != "x.c" || b.Detail != "fits" || c.Sub != NoPOE || !owed || d.State != NotExecuted || len(r.Warnings) != 1 || len(r.NotChecked) != 1 {
		t.Errorf("%+v", r)
	}
}
