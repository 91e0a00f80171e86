package merkle_test

import (
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/vectest"
	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/verdict"
)

// vectorCount is asserted, so that vectors cannot vanish.
const vectorCount = 222

type vectorCase struct {
	vectest.Case
	with []merkle.Anchored
	of   verdict.Subject
}

func vectors(t testing.TB) (out []vectorCase) {
	t.Helper()
	for _, c := range vectest.Load(t, "merkle", vectorCount) {
		v := vectorCase{Case: c}
		v.with, v.of = v.anchors(t), v.subject(t)
		out = append(out, v)
	}
	return out
}

func vector(t testing.TB, id string) *vectorCase {
	t.Helper()
	v := vectorCase{Case: vectest.Find(t, vectest.Load(t, "merkle", vectorCount), id)}
	v.with, v.of = v.anchors(t), v.subject(t)
	return &v
}

func (v *vectorCase) subject(t testing.TB) verdict.Subject {
	t.Helper()
	s := v.Data(t)
	if v.Subject != "" {
		return s
	}
	if v.Merkle.Leaf != "" {
		return merkle.Leaf(unhex(t, v.Merkle.Leaf))
	}
	if n := v.Merkle.SubjectSize; n != nil {
		s = merkle.Sized{Subject: s, Bytes: *n}
	}
	return s
}

func (v *vectorCase) anchors(t testing.TB) (list []merkle.Anchored) {
	t.Helper()
	for _, a := range v.Merkle.Anchors {
		list = append(list, merkle.Anchored{
			Root: unhex(t, a.Root), Size: a.Size, Depth: a.Depth, NotLaterThan: a.NotLaterThan,
			Trust: verdict.Trust{Anchor: "the vector's anchor"},
		})
	}
	return list
}

// judged is the answer to a vector; proven is what Proven says, and whether it does.
type judged struct {
	verdict.Result
	facts  merkle.Facts
	proven bool
}

// judge reads the evidence and judges it; ignore names a check to switch off.
func (v *vectorCase) judge(evidence []byte, ignore string) judged {
	of := func(r merkle.Result) judged {
		f, ok := r.Proven()
		return judged{r.Result, f, ok}
	}
	bad := func(err error) judged { return judged{Result: merkle.Unreadable(err)} }
	switch v.Merkle.Form {
	case "consistency":
		c, err := merkle.ParseConsistency(evidence)
		if err != nil {
			return bad(err)
		}
		r := merkle.VerifyConsistencyIgnoring(c, ignore, v.with...)
		return judged{Result: r, proven: r.Passed()}
	case "merkleblock":
		b, err := merkle.ParseBlock(evidence)
		if err != nil {
			return bad(err)
		}
		return of(merkle.VerifyBlockIgnoring(b, v.of, ignore, v.with...))
	case "rfc6962":
		p, err := merkle.ParseRFC6962(evidence, v.Merkle.Convention)
		if err != nil {
			return bad(err)
		}
		return of(merkle.VerifyIgnoring(p, v.of, ignore, v.with...))
	}
	p, err := merkle.Parse(evidence)
	if err != nil {
		return bad(err)
	}
	return of(merkle.VerifyIgnoring(p.Under(v.Merkle.Convention), v.of, ignore, v.with...))
}

func (v *vectorCase) run(t testing.TB, ignore string) judged {
	return v.judge(v.File(t, v.Evidence), ignore)
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			r := v.run(t, "")
			existed := ""
			if !r.ExistedNotLaterThan.IsZero() {
				existed = verdict.FormatTime(r.ExistedNotLaterThan)
			}
			got := testvectors.Expectation{Verdict: r.Indication().String(), SubIndication: string(r.Sub), Reason: r.Reason, Existed: existed}
			if got != v.Expect {
				t.Errorf("%s\n got %+v\nwant %+v\n%v", v.Comment, got, v.Expect, r.Err())
			}
			if r.proven != r.Passed() {
				t.Errorf("proven is %v", r.proven)
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

// Every reason that this package gives has a vector.
func TestEveryReasonHasAVector(t *testing.T) {
	var seen []string
	for _, v := range vectors(t) {
		seen = append(seen, v.Expect.Reason)
	}
	for _, reason := range merkle.Reasons {
		if !slices.Contains(seen, reason) {
			t.Errorf("no vector for %s", reason)
		}
	}
}
