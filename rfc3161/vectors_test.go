package rfc3161_test

import (
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/vectest"
	"github.com/exhibit-dev/exhibit/rfc3161"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// vectorCount is asserted, so that vectors cannot vanish.
const vectorCount = 447

type vectorCase struct{ vectest.Case }

func vectors(t testing.TB) (list []vectorCase) {
	t.Helper()
	for _, c := range vectest.Load(t, "rfc3161", vectorCount) {
		list = append(list, vectorCase{c})
	}
	return list
}

func vector(t testing.TB, id string) vectorCase {
	t.Helper()
	return vectorCase{vectest.Find(t, vectest.Load(t, "rfc3161", vectorCount), id)}
}

// env loads the vector's trust files, given alone.
func (v vectorCase) env(t testing.TB) pki.Env {
	t.Helper()
	trusted := v.Trusted(t)
	env := trusted.Env()
	env.At, env.Policy = v.At, trust.Policy(v.Policy)
	return env
}

func (v vectorCase) token(t testing.TB) (*rfc3161.Token, error) {
	tok, err := rfc3161.Parse(v.File(t, v.Evidence))
	if err == nil && v.Query != "" {
		q, err := rfc3161.ParseRequest(v.File(t, v.Query))
		if err != nil {
			t.Fatal(err)
		}
		tok = tok.Expect(q)
	}
	return tok, err
}

// judge runs the vector; ignore names a check to switch off.
func (v vectorCase) judge(t testing.TB, ignore string) verdict.Result {
	t.Helper()
	tok, err := v.token(t)
	if err != nil {
		return rfc3161.Unreadable(err)
	}
	env := v.env(t)
	for _, e := range v.Existences {
		env.Existences = append(env.Existences, verdict.Existence{
			Algorithm: "sha256", Digest: verdict.Sum("sha256", tok.Raw()),
			NotLaterThan: e.NotLaterThan, Policy: v.Policy, Source: "a proof handed in",
		})
	}
	return rfc3161.VerifyIgnoring(tok, v.Data(t), env, ignore).Result
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			r := v.judge(t, "")
			existed := ""
			if r.Passed() {
				existed = verdict.FormatTime(r.ExistedNotLaterThan)
			}
			got := testvectors.Expectation{Verdict: r.Indication().String(), SubIndication: string(r.Sub), Reason: r.Reason, Existed: existed}
			if got != v.Expect {
				t.Errorf("%s\n got %+v\nwant %+v\n%v", v.Comment, got, v.Expect, r.Err())
			}
			for _, w := range v.Warnings {
				if !slices.ContainsFunc(r.Warnings, func(x verdict.Warning) bool { return x.Code == w }) {
					t.Errorf("no warning %s in %v", w, r.Warnings)
				}
			}
			if v.Only != "" {
				for _, c := range r.Checks() {
					if (c.State != verdict.CheckPassed) != (c.Name == v.Only) && c.State != verdict.NotExecuted {
						t.Errorf("only %s should refuse, but %s is %s %s", v.Only, c.Name, c.State, c.Reason)
					}
				}
			}
		})
	}
}
