package pdf

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/vectest"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// vectorCount is asserted, so that vectors cannot vanish.
const vectorCount = 504

type vectorCase struct{ vectest.Case }

func vectors(t testing.TB) (list []vectorCase) {
	t.Helper()
	for _, c := range vectest.Load(t, Kind, vectorCount) {
		list = append(list, vectorCase{c})
	}
	return list
}

// run judges the document with the trust of the vector alone; ignore names a check to
// switch off.
func (v vectorCase) run(t testing.TB, ignore string) Result {
	t.Helper()
	env := v.Trusted(t).Env()
	env.At, env.Policy = v.At, trust.Policy(v.Policy)
	b := v.File(t, v.Evidence)
	d, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), Options{Password: []byte(v.PDF.Password)})
	if err != nil {
		return Result{Result: Unreadable(err)}
	}
	return d.verify(context.Background(), &env, ignore)
}

func expectationOf(r *verdict.Result) testvectors.Expectation {
	e := testvectors.Expectation{Verdict: r.Indication().String(), SubIndication: string(r.Sub), Reason: r.Reason}
	if !r.ExistedNotLaterThan.IsZero() {
		e.Existed = verdict.FormatTime(r.ExistedNotLaterThan)
	}
	return e
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			r := v.run(t, "")
			if got := expectationOf(&r.Result); got != v.Expect {
				t.Errorf("%s\n got %+v\nwant %+v\n%v", v.Comment, got, v.Expect, r.Err())
			}
			got := make([]testvectors.PDFNode, len(r.Children))
			for i := range r.Children {
				got[i] = testvectors.PDFNode{Source: r.Children[i].Source, Expectation: expectationOf(&r.Children[i])}
			}
			if !slices.Equal(got, v.PDF.Nodes) {
				t.Errorf("%s\n got %+v\nwant %+v", v.Comment, got, v.PDF.Nodes)
			}
			warnings := r.Warnings
			for i := range r.Children {
				warnings = append(slices.Clone(warnings), r.Children[i].Warnings...)
			}
			for _, code := range v.Warnings {
				if !slices.ContainsFunc(warnings, func(w verdict.Warning) bool { return w.Code == code }) {
					t.Errorf("no warning %s in %v", code, warnings)
				}
			}
			v.checkOnly(t, &r)
		})
	}
}

// only splits the name of the check that alone refuses; the source is empty for one of
// the document.
func (v vectorCase) only() (source, check string) {
	if i := strings.LastIndexByte(v.Only, '/'); i >= 0 {
		return v.Only[:i], v.Only[i+1:]
	}
	return "", v.Only
}

// checkOnly looks for checks that refuse beside the only one that should.
func (v vectorCase) checkOnly(t *testing.T, r *Result) {
	if v.Only == "" {
		return
	}
	source, check := v.only()
	node := &r.Result
	if source != "" {
		i := slices.IndexFunc(r.Children, func(c verdict.Result) bool { return c.Source == source })
		if i < 0 {
			t.Fatalf("no node %s", source)
		}
		node = &r.Children[i]
	}
	for _, c := range node.Checks() {
		if (c.State != verdict.CheckPassed) != (c.Name == check) && c.State != verdict.NotExecuted {
			t.Errorf("only %s should refuse, but %s is %s %s", v.Only, c.Name, c.State, c.Reason)
		}
	}
}

// uncovered are the checks that no vector shows to decide, each with the reason.
var uncovered = map[string]string{
	checkSignatures: joins, checkTimestamps: joins,
	"certification-path": "without a path nothing behind it is judged, and the verdict is no better",

	"signed-attributes":  "without signed attributes there is no content type and no digest to be compared",
	"signer-certificate": "without a certificate there is no key to verify the signature with",
}

const (
	joins = "it takes over what a signature or time-stamp refuses with a check of its own"
)

// Every check that a signature, a time-stamp or a document owes has a vector that it alone
// refuses: with the check switched off, the vector turns to PASSED.
func TestEveryCheckHasAVector(t *testing.T) {
	turned := map[string][]string{}
	for _, v := range vectors(t) {
		if v.Only == "" {
			continue
		}
		_, check := v.only()
		if r := v.run(t, check); r.Passed() {
			turned[check] = append(turned[check], v.ID)
		} else if uncovered[check] == "" {
			t.Errorf("%s: without %s it is %v %s", v.ID, check, r.Indication(), r.Reason)
		}
	}
	owed := slices.Clone(documentChecks)
	for _, subFilter := range []string{"adbe.pkcs7.detached", "ETSI.CAdES.detached", "adbe.pkcs7.sha1", "adbe.x509.rsa_sha1", "ETSI.RFC3161", "unknown"} {
		owed = append(owed, Checks(subFilter)...)
	}
	slices.Sort(owed)
	for _, check := range slices.Compact(owed) {
		switch why := uncovered[check]; {
		case why == "" && turned[check] == nil:
			t.Errorf("%s: no vector is refused by this check alone", check)
		case why != "" && turned[check] != nil:
			t.Errorf("%s: listed as uncovered (%s), but %v turn", check, why, turned[check])
		}
	}
}
