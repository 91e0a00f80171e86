package attest_test

import (
	"encoding/hex"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/attest"
	"github.com/exhibit-dev/exhibit/internal/vectest"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// vectorCount is asserted, so that vectors cannot vanish.
const vectorCount = 261

type vectorCase struct{ vectest.Case }

func vectors(t testing.TB) (list []vectorCase) {
	t.Helper()
	for _, c := range vectest.Load(t, "ecdsa", vectorCount) {
		list = append(list, vectorCase{c})
	}
	return list
}

func vector(t testing.TB, id string) vectorCase {
	t.Helper()
	return vectorCase{vectest.Find(t, vectest.Load(t, "ecdsa", vectorCount), id)}
}

func (v vectorCase) form(t testing.TB) attest.Form {
	t.Helper()
	f, ok := attest.FormOf(v.Evidence)
	if !ok {
		t.Fatalf("%s claims no form", v.Evidence)
	}
	return f
}

// env loads the vector's trust files, given alone.
func (v vectorCase) env(t testing.TB) trust.Env {
	t.Helper()
	trusted := v.Trusted(t)
	env := trusted.Env().Env
	env.At, env.Policy = v.At, trust.Policy(v.Policy)
	return env
}

// judge runs the vector; ignore names a check to switch off.
func (v vectorCase) judge(t testing.TB, ignore string) verdict.Result {
	t.Helper()
	a, err := attest.Parse(v.form(t), v.File(t, v.Evidence))
	if err != nil {
		return attest.Unreadable(err)
	}
	env := v.env(t)
	for _, e := range v.Existences {
		over := map[string][]byte{"signature": a.SignatureValue(), "evidence": v.File(t, v.Evidence), "subject": v.File(t, v.Subject)}[e.Over]
		env.Existences = append(env.Existences, verdict.Existence{
			Algorithm: "sha256", Digest: verdict.Sum("sha256", over), NotLaterThan: e.NotLaterThan, Policy: v.Policy, Source: "a proof handed in",
		})
	}
	return attest.VerifyIgnoring(a, v.Data(t), env, ignore).Result
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			r := v.judge(t, "")
			got := testvectors.Expectation{Verdict: r.Indication().String(), SubIndication: string(r.Sub), Reason: r.Reason}
			if got != v.Expect {
				t.Errorf("%s\n got %+v\nwant %+v\n%v", v.Comment, got, v.Expect, r.Err())
			}
			if !r.ExistedNotLaterThan.IsZero() || !slices.Equal(r.Proves, []string{verdict.ProvesSignature}) {
				t.Errorf("it proves %v at %v", r.Proves, r.ExistedNotLaterThan)
			}
			for _, w := range v.Warnings {
				if !slices.ContainsFunc(r.Warnings, func(x verdict.Warning) bool { return x.Code == w }) {
					t.Errorf("no warning %s in %v", w, r.Warnings)
				}
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

// A passed vector names its key and digest, and nothing else gives facts.
func TestFacts(t *testing.T) {
	for _, v := range vectors(t) {
		a, err := attest.Parse(v.form(t), v.File(t, v.Evidence))
		if err != nil || len(v.Existences) > 0 {
			continue
		}
		r := a.Verify(v.Data(t), v.env(t))
		f, ok := r.Proven()
		if ok != (v.Expect.Verdict == "PASSED") || ok != (r.Err() == nil) {
			t.Errorf("%s: proven %v, error %v", v.ID, ok, r.Err())
		}
		if !ok {
			if f.Key.Public != nil || f.Digest != nil {
				t.Errorf("%s: facts without a pass", v.ID)
			}
			continue
		}
		want, _ := v.Data(t).Digest(f.Algorithm, nil)
		if hex.EncodeToString(f.Digest) != hex.EncodeToString(want) || r.Trust == nil || r.Trust.SHA256 != f.Key.SHA256() || r.Trust.Origin == "" {
			t.Errorf("%s: facts %+v, trust %+v", v.ID, f, r.Trust)
		}
	}
}
