package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
)

// Text writes the report for people: the sentence first, then why. A single subject
// is shown with every check; of several, only what did not pass.
func (d *Document) Text(w io.Writer) error {
	t := &text{}
	r := d.source
	switch len(r.Results) {
	case 0:
		t.para(0, "%s: no evidence and no subject was found.", r.Verdict)
	case 1:
		t.single(r)
	default:
		t.several(r)
	}
	t.errors(d.Errors)
	t.footer(d)
	_, err := w.Write(t.b.Bytes())
	return err
}

type text struct{ b bytes.Buffer }

func (t *text) line(format string, args ...any) {
	t.b.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// para writes wrapped text with a hanging indent.
func (t *text) para(indent int, format string, args ...any) {
	t.b.WriteString(strings.Repeat(" ", indent) + wrapFrom(fmt.Sprintf(format, args...), indent, indent+2) + "\n")
}

func (t *text) field(name, format string, args ...any) {
	t.b.WriteString(wrapField(name, fmt.Sprintf(format, args...)) + "\n")
}

func (t *text) single(r *verify.Report) {
	res := &r.Results[0]
	if res.Verdict != r.Verdict { // the run lacks something that the subject does not
		t.para(0, "%s: %s (%s).", r.Verdict, explain(r.Sub, r.Reason), codes(r.Sub, r.Reason))
	}
	t.para(0, "%s", sentence(res))
	t.subject(&res.Subject)
	for i := range res.Evidence {
		t.evidence(&res.Evidence[i])
		t.checks(res.Evidence[i].Checks(), true)
		t.remarks(&res.Evidence[i])
	}
	t.unchecked(res.NotChecked)
}

func (t *text) subject(s *verify.Subject) {
	switch {
	case s.Given:
		t.field("subject", "a digest given by the caller; no file was read")
	case s.Path == "":
		t.field("subject", "not at hand")
	case s.Size >= 0:
		t.field("subject", "%s, %d bytes", Clean(s.Path), s.Size)
	default:
		t.field("subject", "%s", Clean(s.Path))
	}
	for _, digest := range s.Digests {
		t.field("", "%s", digest)
	}
	if s.SHA256 != "" {
		t.field("", "sha256:%s", s.SHA256)
	}
}

func (t *text) evidence(n *verdict.Result) {
	words := fmt.Sprintf("%s, %s: %s", Clean(n.Source), n.Kind, n.Indication())
	if !n.Passed() {
		words += " (" + codes(n.Sub, n.Reason) + ")"
	} else if !n.ExistedNotLaterThan.IsZero() {
		words += ", not later than " + verdict.FormatTime(n.ExistedNotLaterThan)
	}
	t.field("evidence", "%s", words)
	if n.Trust != nil {
		label := "anchor"
		if n.Kind == "ecdsa" || n.Kind == "tlog" {
			label = "key"
		}
		t.field(label, "%s, from %s", Clean(n.Trust.Anchor), Clean(n.Trust.Origin))
	}
	t.pdfPart(n)
}

// checks writes a line for each check that has something to tell, what did not pass
// in full. Those that passed and have nothing to add stand together at the end, so
// that the report of one token fits a screen and still names every check.
func (t *text) checks(list []verdict.Check, all bool) {
	var plain []string
	for _, c := range list {
		head := fmt.Sprintf("  %-14s %-20s ", c.State, c.Name)
		switch c.State {
		case verdict.CheckPassed:
			if detail := Clean(c.Detail); detail == "" {
				plain = append(plain, c.Name)
			} else if all {
				t.line("%s", clip(head+detail))
			}
		case verdict.NotExecuted:
			if all {
				t.line("%s", head)
			}
		default:
			t.b.WriteString(head + wrapFrom(fmt.Sprintf("%s, %s: %s", c.Sub, c.Reason, Clean(c.Detail)), len(head), len(head)) + "\n")
		}
	}
	if all && len(plain) > 0 {
		head := fmt.Sprintf("  %-14s ", verdict.CheckPassed)
		t.b.WriteString(head + wrapFrom(strings.Join(plain, ", "), len(head), len(head)) + "\n")
	}
}

func (t *text) remarks(n *verdict.Result) {
	for _, w := range n.Warnings {
		t.field("warning", "%s: %s", w.Code, Clean(w.Text))
	}
	t.unchecked(n.NotChecked)
	list, more := children(n)
	for _, c := range list {
		t.evidence(c)
		if n.Passed() && c.Indication() == verdict.Indeterminate {
			continue // an alternative that was not needed
		}
		t.checks(c.Checks(), c.Kind == "bitcoin")
		t.remarks(c)
	}
	if more > 0 {
		t.field("attachment", "and %d more, in the JSON report", more)
	}
}

func (t *text) unchecked(list []verdict.Unchecked) {
	for _, u := range list {
		t.field("not checked", "%s: %s", Clean(u.Name), Clean(u.Why))
	}
}

// gravity is the order in which several subjects are shown.
var gravity = map[verify.Verdict]int{verify.TotalFailed: 0, verify.Indeterminate: 1, verify.NothingToVerify: 2, verify.TotalPassed: 3}

func (t *text) several(r *verify.Report) {
	t.para(0, "%s", headline(r))
	order := make([]*verify.Result, len(r.Results))
	for i := range order {
		order[i] = &r.Results[i]
	}
	slices.SortStableFunc(order, func(a, b *verify.Result) int { return cmp.Compare(gravity[a.Verdict], gravity[b.Verdict]) })
	notes := newNotes()
	for _, res := range order {
		t.para(0, "%s", sentence(res))
		if res.Subject.Given {
			t.field("subject", "a digest given by the caller; no file was read")
		}
		for i := range res.Evidence {
			n := &res.Evidence[i]
			if n.Passed() {
				notes.node(n)
				continue
			}
			t.evidence(n)
			t.checks(n.Checks(), false)
			t.remarks(n)
		}
		notes.unchecked(res.NotChecked)
	}
	t.notes(notes)
}

func (t *text) errors(list []problem) {
	for _, p := range list {
		if p.Path == "" {
			t.field("error", "%s", Clean(p.Message))
			continue
		}
		t.field("error", "%s: %s", Clean(p.Path), Clean(p.Message))
	}
}
