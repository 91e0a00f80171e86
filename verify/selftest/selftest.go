// Package selftest runs the canonical vectors that the program carries, good and
// bad, through the whole of package verify, or where no file can stand for them
// through the package that judges them, and compares each answer with the one that was
// expected. It is the tool's validation of itself on the machine at hand.
package selftest

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
)

// Report is the outcome of all vectors.
type Report struct {
	AlgorithmTable string `json:"algorithm_table"` // source of the dates
	Total          int    `json:"total"`
	OK             int    `json:"ok"`
	Kinds          []Kind `json:"kinds"`
	Cases          []Case `json:"cases"`
}

// Kind counts the vectors of one kind of evidence.
type Kind struct {
	Name  string `json:"name"`
	Total int    `json:"total"`
	OK    int    `json:"ok"`
}

// Passed reports whether there were vectors of each kind and each gave what it must.
func (r *Report) Passed() bool {
	for _, k := range r.Kinds {
		if k.Total == 0 {
			return false
		}
	}
	return len(r.Kinds) > 0 && r.OK == r.Total
}

// Case is one vector.
type Case struct {
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Comment  string `json:"comment"`
	Expected string `json:"expected"`
	Got      string `json:"got"`
	OK       bool   `json:"ok"`
}

// Kinds lists the kinds of evidence that have vectors.
func Kinds() []string { return []string{"rfc3161", "ecdsa", "merkle", "tlog", "ots", "pdf"} }

// Run runs every vector of every kind. The error is for vectors that cannot be
// loaded, which is a defect of the program.
func Run(ctx context.Context) (*Report, error) {
	r := &Report{AlgorithmTable: trust.Builtin().Source()}
	for _, name := range Kinds() {
		if err := r.run(ctx, name); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *Report) run(ctx context.Context, kind string) error {
	list, folder, err := testvectors.Load(kind)
	if err != nil {
		return err
	}
	k := Kind{Name: kind, Total: len(list)}
	for i := range list {
		c := Case{Kind: kind, ID: list[i].ID, Comment: list[i].Comment, Expected: expected(&list[i])}
		if c.Got, err = judge(ctx, folder, &list[i]); err != nil {
			c.Got = "error: " + err.Error()
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if c.OK = c.Got == c.Expected; c.OK {
			k.OK++
		}
		r.Cases = append(r.Cases, c)
	}
	r.Kinds = append(r.Kinds, k)
	r.Total, r.OK = r.Total+k.Total, r.OK+k.OK
	return nil
}

// judge gives the answer to one vector.
func judge(ctx context.Context, folder fs.FS, v *testvectors.Vector) (string, error) {
	if node, ok, err := direct(folder, v); ok || err != nil {
		return nodeAnswer(&node, v), err
	}
	rep, err := Judge(ctx, folder, v)
	if err != nil {
		return "", err
	}
	return got(rep, v), nil
}

// expected writes what a vector must give in the form that got uses.
func expected(v *testvectors.Vector) string {
	e := &v.Expect
	return withParts(answer(e.Verdict, e.SubIndication, e.Reason, e.Existed, v.Warnings), v, expectedParts(v))
}

func answer(verdict, sub, reason, existed string, warnings []string) string {
	parts := []string{verdict}
	for _, p := range []string{sub, reason, existed} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if len(warnings) > 0 {
		warnings = slices.Clone(warnings)
		slices.Sort(warnings)
		parts = append(parts, "warns "+strings.Join(slices.Compact(warnings), " "))
	}
	return strings.Join(parts, " ")
}

// got writes the answer that the report gives on the vector's evidence. Of the
// warnings only those count that the vector asks for.
func got(rep *verify.Report, v *testvectors.Vector) string {
	n := node(rep, v.Evidence)
	if n == nil {
		return fmt.Sprintf("no answer: %s, %d results", rep.Verdict, len(rep.Results))
	}
	if word := total(n.Indication()); rep.Verdict != word {
		return fmt.Sprintf("the evidence is %s, but the run is %s", n.Indication(), rep.Verdict)
	}
	return nodeAnswer(n, v)
}

func nodeAnswer(n *verdict.Result, v *testvectors.Vector) string {
	existed := ""
	if n.Passed() && !n.ExistedNotLaterThan.IsZero() {
		existed = verdict.FormatTime(n.ExistedNotLaterThan)
	}
	var warned []string
	for _, w := range warningsOf(n, v) {
		if slices.Contains(v.Warnings, w.Code) {
			warned = append(warned, w.Code)
		}
	}
	return withParts(answer(n.Indication().String(), string(n.Sub), n.Reason, existed, warned), v, gotParts(n))
}

func total(i verdict.Indication) verify.Verdict {
	switch i {
	case verdict.Passed:
		return verify.TotalPassed
	case verdict.Failed:
		return verify.TotalFailed
	}
	return verify.Indeterminate
}

// node finds the one node of the evidence.
func node(rep *verify.Report, source string) *verdict.Result {
	var found *verdict.Result
	for i := range rep.Results {
		for j := range rep.Results[i].Evidence {
			n := &rep.Results[i].Evidence[j]
			if n.Source != source {
				continue
			}
			if found != nil {
				return nil
			}
			found = n
		}
	}
	return found
}
