package tlog_test

import (
	"encoding/hex"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/vectest"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/tlog"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// vectorCount is asserted, so that vectors cannot vanish.
const vectorCount = 205

type vectorCase struct{ vectest.Case }

func vectors(t testing.TB) (list []vectorCase) {
	t.Helper()
	for _, c := range vectest.Load(t, "tlog", vectorCount) {
		list = append(list, vectorCase{c})
	}
	return list
}

func vector(t testing.TB, id string) vectorCase {
	t.Helper()
	return vectorCase{vectest.Find(t, vectest.Load(t, "tlog", vectorCount), id)}
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// env loads the vector's trust files, given alone.
func (v vectorCase) env(t testing.TB) trust.Env {
	t.Helper()
	trusted := v.Trusted(t)
	env := trusted.Env().Env
	env.At, env.Policy = v.At, trust.Policy(v.Policy)
	for _, e := range v.Existences {
		env.Existences = append(env.Existences, verdict.Existence{
			Algorithm: "sha512", Digest: verdict.Sum("sha512", v.File(t, v.Evidence)), NotLaterThan: e.NotLaterThan, Policy: v.Policy, Source: "a proof handed in",
		})
	}
	return env
}

func (v vectorCase) path(t testing.TB) (p [][]byte) {
	for _, h := range v.Tlog.Path {
		p = append(p, unhex(t, h))
	}
	return p
}

// judged is the answer to a vector; proven is what Proven says, and whether it does.
type judged struct {
	verdict.Result
	facts  tlog.Facts
	proven bool
	split  bool
}

// judge reads the evidence and judges it; ignore names a check to switch off.
func (v vectorCase) judge(t testing.TB, evidence []byte, env trust.Env, ignore string) judged {
	t.Helper()
	of := func(r tlog.Result) judged {
		f, ok := r.Proven()
		return judged{r.Result, f, ok, false}
	}
	bad := func(err error) judged { return judged{Result: tlog.Unreadable(err)} }
	switch v.Tlog.Form {
	case "tlog-proof":
		p, err := tlog.ParseProof(evidence)
		if err != nil {
			return bad(err)
		}
		return of(tlog.VerifyProofIgnoring(p, v.Data(t), env, ignore))
	case "entry":
		parts := tlog.Parts{Index: *v.Tlog.Index, Path: v.path(t), Checkpoint: evidence, Size: v.Tlog.Size}
		if v.Tlog.Root != "" {
			parts.Root = unhex(t, v.Tlog.Root)
		}
		p, err := tlog.New(parts)
		if err != nil {
			return bad(err)
		}
		return of(tlog.VerifyProofIgnoring(p, v.Data(t), env, ignore))
	}
	c, err := tlog.ParseCheckpoint(evidence)
	if err != nil {
		return bad(err)
	}
	if v.Tlog.Form == "checkpoint" {
		return of(tlog.VerifyCheckpointIgnoring(c, env, ignore))
	}
	older, err := tlog.ParseCheckpoint(v.File(t, v.Tlog.Older))
	if err != nil {
		t.Fatal(err)
	}
	r := tlog.VerifyConsistencyIgnoring(older, c, v.path(t), env, ignore)
	return judged{Result: r.Result, proven: r.Passed(), split: r.Split()}
}

func (v vectorCase) run(t testing.TB, ignore string) judged {
	t.Helper()
	return v.judge(t, v.File(t, v.Evidence), v.env(t), ignore)
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			r := v.run(t, "")
			got := testvectors.Expectation{Verdict: r.Indication().String(), SubIndication: string(r.Sub), Reason: r.Reason}
			if got != v.Expect {
				t.Errorf("%s\n got %+v\nwant %+v\n%v", v.Comment, got, v.Expect, r.Err())
			}
			if r.proven != r.Passed() || !r.ExistedNotLaterThan.IsZero() {
				t.Errorf("proven is %v, a time %v", r.proven, r.ExistedNotLaterThan)
			}
			if r.split != (v.ID == "consistency-split") {
				t.Errorf("split is %v", r.split)
			}
			if v.Only == "" {
				return
			}
			for _, c := range r.Checks() {
				if (c.State != verdict.CheckPassed) != (c.Name == v.Only) && c.State != verdict.NotExecuted {
					t.Errorf("only %s should refuse, but %s is %s %s", v.Only, c.Name, c.State, c.Reason)
				}
			}
		})
	}
}

// Every reason that this package gives has a vector.
func TestEveryReasonHasAVector(t *testing.T) {
	var seen []string
	for _, v := range vectors(t) {
		seen = append(seen, v.Expect.Reason)
	}
	for _, reason := range tlog.Reasons {
		if !slices.Contains(seen, reason) {
			t.Errorf("no vector for %s", reason)
		}
	}
}
