package verify

import "testing"

func TestEveryVerdictHasItsWordAndExitCode(t *testing.T) {
	for _, c := range []struct {
		v        Verdict
		word     string
		exit     int
		withLoss int // the run could not read everything
	}{
		{TotalPassed, "TOTAL-PASSED", 0, 5},
		{TotalFailed, "TOTAL-FAILED", 1, 1},
		{Indeterminate, "INDETERMINATE", 3, 5},
		{NothingToVerify, "NOTHING-TO-VERIFY", 4, 5},
		{Verdict(99), "INDETERMINATE", 3, 5},
	} {
		r := Report{Verdict: c.v}
		if c.v.String() != c.word || r.ExitCode() != c.exit {
			t.Errorf("%d: %s, exit code %d", c.v, c.v, r.ExitCode())
		}
		if r.Incomplete = true; r.ExitCode() != c.withLoss {
			t.Errorf("%s and incomplete: exit code %d", c.v, r.ExitCode())
		}
		var back Verdict
		if err := back.UnmarshalText([]byte(c.word)); err != nil || back.String() != c.word {
			t.Errorf("%s: %v", c.word, err)
		}
	}
	if new(Verdict).UnmarshalText([]byte("PASSED")) == nil {
		t.Error("an unknown word was accepted")
	}
	if (&Report{}).ExitCode() == 0 {
		t.Error("the zero report passes")
	}
}

// The contract's order: the first of 1, 5, 3, 4, 0 that occurs.
func TestSettleOrder(t *testing.T) {
	of := func(v ...Verdict) (out []Result) {
		for _, w := range v {
			out = append(out, Result{Verdict: w, Sub: "CUSTOM", Reason: "run.test"})
		}
		return out
	}
	for _, c := range []struct {
		results        []Result
		incomplete     bool
		allowUncovered bool
		want           Verdict
	}{
		{of(TotalPassed, NothingToVerify, Indeterminate, TotalFailed), true, false, TotalFailed},
		{of(TotalPassed, NothingToVerify, Indeterminate), true, false, Indeterminate},
		{of(TotalPassed), true, true, Indeterminate},
		{of(TotalPassed, NothingToVerify, Indeterminate), false, false, Indeterminate},
		{of(TotalPassed, NothingToVerify), false, false, NothingToVerify},
		{of(TotalPassed, NothingToVerify), false, true, TotalPassed},
		{of(NothingToVerify), false, true, NothingToVerify},
		{nil, false, true, NothingToVerify},
		{of(TotalPassed, TotalPassed), false, false, TotalPassed},
	} {
		if got, _, _ := settle(c.results, c.incomplete, c.allowUncovered); got != c.want {
			t.Errorf("%v: %s, want %s", c.results, got, c.want)
		}
	}
}
