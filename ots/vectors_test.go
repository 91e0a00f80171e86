package ots_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/vectest"
	"github.com/exhibit-dev/exhibit/ots"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// vectorCount is asserted, so that vectors cannot vanish.
const vectorCount = 241

type vectorCase struct{ vectest.Case }

func vectors(t testing.TB) (list []vectorCase) {
	t.Helper()
	for _, c := range vectest.Load(t, "ots", vectorCount) {
		list = append(list, vectorCase{c})
	}
	return list
}

func vector(t testing.TB, id string) vectorCase {
	t.Helper()
	return vectorCase{vectest.Find(t, vectest.Load(t, "ots", vectorCount), id)}
}

// env loads the vector's trust files, given alone, and the packs beside it.
func (v vectorCase) env(t testing.TB) bitcoin.Env {
	t.Helper()
	trusted := v.Trusted(t, v.OTS.Ignored...)
	env := bitcoin.Env{Env: trusted.Env().Env, Chain: trusted.Bitcoin, Confirmations: v.OTS.Confirmations}
	env.At, env.Policy = v.At, trust.Policy(v.Policy)
	for _, e := range v.Existences {
		env.Existences = append(env.Existences, verdict.Existence{
			Algorithm: "sha512", Digest: verdict.Sum("sha512", v.over(t, e.Over)), NotLaterThan: e.NotLaterThan, Policy: v.Policy, Source: "a proof handed in",
		})
	}
	for _, name := range v.OTS.Beside {
		pack, err := bitcoin.ParsePack(v.File(t, name))
		if err != nil {
			continue
		}
		if run, err := pack.Run(env.Chain.Checkpoints(), name); err == nil {
			env.Chain = env.Chain.With(run)
		}
	}
	return env
}

func (v vectorCase) over(t testing.TB, what string) []byte {
	t.Helper()
	if what == "subject" {
		return v.File(t, v.Subject)
	}
	return v.File(t, v.Evidence)
}

func (v vectorCase) parse(evidence []byte) (*ots.Proof, error) {
	switch v.OTS.Form {
	case ots.FormCommit:
		return ots.ParseCommit(evidence)
	case ots.FormTree:
		alg, text, _ := strings.Cut(v.Digest, ":")
		digest, err := hex.DecodeString(text)
		if err != nil {
			return nil, err
		}
		return ots.ParseTree(evidence, alg, digest)
	}
	return ots.Parse(evidence)
}

// judge reads the evidence and judges it; ignore names a check to switch off.
func (v vectorCase) judge(t testing.TB, evidence []byte, env bitcoin.Env, ignore string) ots.Result {
	t.Helper()
	p, err := v.parse(evidence)
	if err != nil {
		return ots.Result{Result: ots.Unreadable(err)}
	}
	return ots.VerifyIgnoring(p, v.Data(t), env, ignore)
}

func (v vectorCase) run(t testing.TB, ignore string) ots.Result {
	t.Helper()
	return v.judge(t, v.File(t, v.Evidence), v.env(t), ignore)
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			r := v.run(t, "")
			got := testvectors.Expectation{Verdict: r.Indication().String(), SubIndication: string(r.Sub), Reason: r.Reason}
			if r.Passed() {
				got.Existed = verdict.FormatTime(r.ExistedNotLaterThan)
			}
			if got != v.Expect {
				t.Errorf("%s\n got %+v\nwant %+v\n%v", v.Comment, got, v.Expect, r.Err())
			}
			facts, proven := r.Proven()
			if proven != r.Passed() || r.Passed() && !facts.NotLaterThan.Equal(r.ExistedNotLaterThan) || !r.Passed() && !r.ExistedNotLaterThan.IsZero() {
				t.Errorf("proven is %v, facts %+v, time %v", proven, facts, r.ExistedNotLaterThan)
			}
			for _, code := range v.Warnings {
				if !slices.ContainsFunc(r.Warnings, func(w verdict.Warning) bool { return w.Code == code }) {
					t.Errorf("no warning %s in %v", code, r.Warnings)
				}
			}
			v.checkOnly(t, &r)
		})
	}
}

// checkOnly looks for checks that refuse beside the only one that should.
func (v vectorCase) checkOnly(t *testing.T, r *ots.Result) {
	if v.Only == "" {
		return
	}
	inner, isInner := strings.CutPrefix(v.Only, bitcoin.Kind+"/")
	for _, c := range r.Checks() {
		want := c.Name == v.Only || isInner && c.Name == "attestation"
		if (c.State != verdict.CheckPassed) != want && c.State != verdict.NotExecuted {
			t.Errorf("only %s should refuse, but %s is %s %s", v.Only, c.Name, c.State, c.Reason)
		}
	}
	if !isInner {
		return
	}
	for i := range r.Children {
		for _, c := range r.Children[i].Checks() {
			if (c.State != verdict.CheckPassed) != (c.Name == inner) && c.State != verdict.NotExecuted {
				t.Errorf("only %s should refuse, but %s is %s %s", v.Only, c.Name, c.State, c.Reason)
			}
		}
	}
}

// Every reason that this package gives has a vector.
func TestEveryReasonHasAVector(t *testing.T) {
	var seen []string
	for _, v := range vectors(t) {
		seen = append(seen, v.Expect.Reason)
	}
	for _, reason := range ots.Reasons {
		if !slices.Contains(seen, reason) && reason != "ots.limit" && reason != "run.incomplete" && reason != "policy.no-time" {
			t.Errorf("no vector for %s", reason)
		}
	}
}

// Without a time nothing is judged.
func TestNoTime(t *testing.T) {
	v := vector(t, "mainnet-genesis")
	env := v.env(t)
	env.At = trust.Env{}.At
	if r := v.judge(t, v.File(t, v.Evidence), env, ""); r.Passed() || r.Reason != "policy.no-time" {
		t.Error(r.Indication(), r.Reason)
	}
}

// One proof and one environment serve many goroutines.
func TestConcurrentUse(t *testing.T) {
	v := vector(t, "mainnet-raw")
	env := v.env(t)
	p, err := v.parse(v.File(t, v.Evidence))
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan bool)
	for range 8 {
		go func() {
			r := p.Verify(context.Background(), v.Data(t), env)
			done <- r.Passed()
		}()
	}
	for range 8 {
		if !<-done {
			t.Error("did not pass")
		}
	}
}

// A commit as other programs write it is not judged, and not failed either.
func TestCommitOfAnotherForm(t *testing.T) {
	object := string(vector(t, "commit-good").File(t, "commit-good.commit"))
	end := " -----END OPENTIMESTAMPS GIT TIMESTAMP-----\n"
	for _, header := range []string{"encoding ISO-8859-1\n", "gpgsig-sha256 x\n"} {
		other := strings.Replace(object, end, end+header, 1)
		_, err := ots.ParseCommit([]byte(other))
		if r := ots.Unreadable(err); other == object || err == nil || r.Indication() != verdict.Indeterminate || r.Reason != "ots.commit-form" {
			t.Errorf("%s: %v", header, err)
		}
	}
}

// The parts of a proof are numbered as they stand in the file, also where not all of them
// are judged; Bitcoin's are judged before others.
func TestManyAttestations(t *testing.T) {
	v := vector(t, "mainnet-genesis")
	env := v.env(t)
	for _, n := range []int{ots.MaxJudged - 1, ots.MaxJudged, ots.MaxJudged + 44} {
		var tree []byte
		for i := range n {
			tree = append(append(tree, 0xff), pending("a"+strings.Repeat("b", i))...)
		}
		good := v.File(t, v.Evidence)
		p, err := ots.Parse(append(append(bytes.Clone(good[:65]), tree...), good[65:]...))
		if err != nil {
			t.Fatal(err)
		}
		r := p.Verify(context.Background(), v.Data(t), env)
		last := r.Children[len(r.Children)-1]
		if !r.Passed() || len(r.Children) != min(n+1, ots.MaxJudged) || last.Source != fmt.Sprintf("#attestation-%d", n+1) || last.Kind != bitcoin.Kind {
			t.Errorf("%d pending: %v, %d nodes, the last is %s %s", n, r.Err(), len(r.Children), last.Source, last.Kind)
		}
	}
}
