package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
)

// sentence says the verdict on one subject as a clerk would read it out.
func sentence(r *verify.Result) string {
	what := subjectWords(&r.Subject)
	switch r.Verdict {
	case verify.TotalPassed:
		return fmt.Sprintf("TOTAL-PASSED: %s %s.", what, provenWords(r))
	case verify.TotalFailed:
		return fmt.Sprintf("TOTAL-FAILED: %s does not prove %s: %s (%s).",
			sourceOf(r, verdict.Failed), what, explain(r.Sub, r.Reason), codes(r.Sub, r.Reason))
	case verify.NothingToVerify:
		return fmt.Sprintf("NOTHING-TO-VERIFY: no evidence speaks of %s.", what)
	}
	return fmt.Sprintf("INDETERMINATE: nothing is decided about %s: %s (%s).",
		what, explain(r.Sub, r.Reason), codes(r.Sub, r.Reason))
}

func subjectWords(s *verify.Subject) string {
	switch {
	case s.Path != "":
		return Clean(s.Path)
	case s.Given:
		return "the data with the given digest"
	}
	return "the data, not at hand, with the digest " + firstOf(s.Digests)
}

// provenWords says what a passed result proves, and according to whom.
func provenWords(r *verify.Result) string {
	signed := slices.Contains(r.Proves, verdict.ProvesSignature)
	switch {
	case !r.ExistedNotLaterThan.IsZero():
		words := "existed, unchanged, not later than " + verdict.FormatTime(r.ExistedNotLaterThan) + ", " + accordingTo(earliest(r))
		if signed {
			words += alsoWords(r)
		}
		return words
	case signed:
		return signedWords(r)
	}
	return "is proven in part; no time is proven for all its bytes"
}

// signedWords says what is proven without a time. A log signs its tree, not the file.
func signedWords(r *verify.Result) string {
	logs, keys := byKeys(r, "tlog"), byKeys(r, "ecdsa")
	if signers, unchanged := documentWords(r); signers != "" {
		words := "is unchanged since it was signed" + signers
		if !unchanged {
			words = "was signed" + signers + "; what was added later is permitted"
		}
		if keys != "" {
			words += "; it is signed, too," + keys
		}
		if logs != "" {
			words += "; it is in a transparency log, whose tree is signed" + logs
		}
		return words + " (signature only; no time is proven for all its bytes)"
	}
	switch {
	case logs == "":
		return "is unchanged since it was signed" + keys + " (signature only; no time is proven)"
	case keys != "":
		return "is unchanged since it was signed" + keys + "; it is in a transparency log, whose tree is signed" + logs + " (no time is proven)"
	}
	return "is in a transparency log, whose tree is signed" + logs + " (no time is proven)"
}

// alsoWords says what is proven beside a time.
func alsoWords(r *verify.Result) (words string) {
	logs, keys := byKeys(r, "tlog"), byKeys(r, "ecdsa")
	if signers, unchanged := documentWords(r); signers != "" {
		words = "; it is signed" + signers
		if !unchanged {
			words += ", and what was added later is permitted"
		}
		if keys == "" && logs == "" {
			return words
		}
	}
	if keys != "" || logs == "" {
		words += "; it is signed, too" + keys
	}
	if logs != "" {
		words += "; it is in a transparency log, whose tree is signed" + logs
	}
	return words
}

// byKeys names the trusted keys that signed evidence of a kind, each once; a key
// without an id by its digest.
func byKeys(r *verify.Result, kind string) string {
	var keys []string
	for i := range r.Evidence {
		n := &r.Evidence[i]
		if !n.Passed() || n.Kind != kind || n.Trust == nil {
			continue
		}
		if key := Clean(n.Trust.Anchor); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	switch len(keys) {
	case 0:
		return ""
	case 1:
		return " by the key " + keys[0]
	}
	last := len(keys) - 1
	return " by the keys " + strings.Join(keys[:last], ", ") + " and " + keys[last]
}

// earliest returns the node whose time the result has.
func earliest(r *verify.Result) *verdict.Result {
	for i := range r.Evidence {
		n := &r.Evidence[i]
		if n.Passed() && n.ExistedNotLaterThan.Equal(r.ExistedNotLaterThan) {
			return n
		}
	}
	return &verdict.Result{}
}

// accordingTo names who says so, and the trust input that decided.
func accordingTo(n *verdict.Result) string {
	anchor := ""
	if n.Trust != nil {
		anchor = Clean(n.Trust.Anchor)
	}
	signer, ok := n.Check("signer-certificate")
	switch {
	case n.Kind == "rfc3161" && ok && signer.Detail != "":
		return fmt.Sprintf("according to the time-stamping authority %s (anchor %s)", Clean(signer.Detail), anchor)
	case n.Kind == "pdf" && anchor != "":
		return "according to a time-stamp in the document (anchor " + anchor + ")"
	case n.Kind == "ots" && n.Time != nil:
		return "according to " + Clean(n.Time.Source) + blockWords(n, anchor) + testWords(n)
	case anchor != "":
		return "according to " + anchor
	}
	return "according to " + Clean(n.Source)
}

// blockWords says what makes the block part of the chain.
func blockWords(n *verdict.Result, anchor string) string {
	for _, u := range n.NotChecked {
		if u.Name == "chain" {
			return ", for which its work alone speaks, above the checkpoint " + anchor
		}
	}
	return ", to which the checkpoint " + anchor + " commits"
}

// testWords says that the time is one of a test network.
func testWords(n *verdict.Result) string {
	for _, w := range n.Warnings {
		if w.Code == "btc.test-network" {
			return "; " + Clean(w.Text)
		}
	}
	return ""
}

// sourceOf names the evidence that decided.
func sourceOf(r *verify.Result, ind verdict.Indication) string {
	for i := range r.Evidence {
		if n := &r.Evidence[i]; n.Indication() == ind {
			return Clean(n.Source)
		}
	}
	return "the evidence"
}

// headline sums up a run with several subjects.
func headline(r *verify.Report) string {
	n := r.Counts()
	word := "files"
	for i := range r.Results {
		if r.Results[i].Subject.Path == "" {
			word = "subjects"
		}
	}
	s := fmt.Sprintf("%s: %d of %d %s proven", r.Verdict, n[verify.TotalPassed], len(r.Results), word)
	for _, more := range []struct {
		v    verify.Verdict
		text string
	}{
		{verify.TotalFailed, "contradicted"},
		{verify.Indeterminate, "not decided"},
		{verify.NothingToVerify, "without evidence"},
	} {
		if n[more.v] > 0 {
			s += fmt.Sprintf(", %d %s", n[more.v], more.text)
		}
	}
	if r.Sub != "" {
		s += fmt.Sprintf("; %s (%s)", explain(r.Sub, r.Reason), codes(r.Sub, r.Reason))
	}
	return s + "."
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return "unknown"
	}
	return list[0]
}
