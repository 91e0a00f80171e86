package attest_test

import (
	"encoding/hex"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/attest"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/dir"
	"github.com/exhibit-dev/exhibit/verdict"
)

// vectorCount is asserted, so that vectors cannot vanish.
const vectorCount = 261

type vectorCase struct {
	testvectors.Vector
	folder fs.FS
}

func vectors(t testing.TB) []vectorCase {
	t.Helper()
	list, folder, err := testvectors.Load("ecdsa")
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != vectorCount {
		t.Fatalf("%d vectors, want %d", len(list), vectorCount)
	}
	out := make([]vectorCase, len(list))
	for i, v := range list {
		out[i] = vectorCase{v, folder}
	}
	return out
}

func vector(t testing.TB, id string) vectorCase {
	t.Helper()
	for _, v := range vectors(t) {
		if v.ID == id {
			return v
		}
	}
	t.Fatalf("no vector %s", id)
	return vectorCase{}
}

func (v vectorCase) read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(v.folder, name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (v vectorCase) form(t testing.TB) attest.Form {
	t.Helper()
	f, ok := attest.FormOf(v.Evidence)
	if !ok {
		t.Fatalf("%s claims no form", v.Evidence)
	}
	return f
}

func (v vectorCase) subject(t testing.TB) verdict.Subject {
	t.Helper()
	switch {
	case v.Subject != "":
		return verdict.Bytes(v.read(t, v.Subject))
	case v.Digest != "":
		alg, text, _ := strings.Cut(v.Digest, ":")
		d, err := verdict.NewDigests(map[string][]byte{alg: unhex(t, text)})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	return verdict.Absent{}
}

// env loads the vector's trust files, given alone.
func (v vectorCase) env(t testing.TB) trust.Env {
	t.Helper()
	view, err := v.TrustFS(v.folder)
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := dir.Load(view, "trust")
	if err != nil {
		t.Fatal(err)
	}
	if len(trusted.Errors) > 0 {
		t.Fatalf("trust of %s: %v", v.ID, trusted.Errors)
	}
	env := trusted.Env().Env
	env.At, env.Policy = v.At, trust.Policy(v.Policy)
	return env
}

// judge runs the vector; ignore names a check to switch off.
func (v vectorCase) judge(t testing.TB, ignore string) verdict.Result {
	t.Helper()
	a, err := attest.Parse(v.form(t), v.read(t, v.Evidence))
	if err != nil {
		return attest.Unreadable(err)
	}
	env := v.env(t)
	for _, e := range v.Existences {
		over := map[string][]byte{"signature": a.SignatureValue(), "evidence": v.read(t, v.Evidence), "subject": v.read(t, v.Subject)}[e.Over]
		env.Existences = append(env.Existences, verdict.Existence{
			Algorithm: "sha256", Digest: verdict.Sum("sha256", over), NotLaterThan: e.NotLaterThan, Policy: v.Policy, Source: "a proof handed in",
		})
	}
	return attest.VerifyIgnoring(a, v.subject(t), env, ignore).Result
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
		a, err := attest.Parse(v.form(t), v.read(t, v.Evidence))
		if err != nil || len(v.Existences) > 0 {
			continue
		}
		r := a.Verify(v.subject(t), v.env(t))
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
		want, _ := v.subject(t).Digest(f.Algorithm, nil)
		if hex.EncodeToString(f.Digest) != hex.EncodeToString(want) || r.Trust == nil || r.Trust.SHA256 != f.Key.SHA256() || r.Trust.Origin == "" {
			t.Errorf("%s: facts %+v, trust %+v", v.ID, f, r.Trust)
		}
	}
}
