package main

import (
	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
)

// maxHints bounds the anchors that are named.
const maxHints = 5

// hints says the next step where trust is what is missing.
func (a *app) hints(rep *verify.Report, t *trustInput, f *verifyFlags) {
	if f.quiet || rep.Verdict != verify.Indeterminate {
		return
	}
	missing := missingAnchors(rep)
	if len(missing) == 0 {
		return
	}
	if t.view.Source == "none" {
		a.hint("nothing is trusted yet: name a trust directory with --trust, or an anchor with --anchor tsa:FILE")
	}
	for i, text := range missing {
		if i == maxHints {
			a.hint("and %d more; see the warnings in the report", len(missing)-maxHints)
			break
		}
		a.hint("%s", onScreen(text))
	}
}

// missingAnchors collects what the verifiers say about the anchors they miss, each
// once, in the order of the results.
func missingAnchors(rep *verify.Report) (out []string) {
	seen := make(map[string]bool)
	for i := range rep.Results {
		for j := range rep.Results[i].Evidence {
			n := &rep.Results[i].Evidence[j]
			if n.Sub != verdict.NoCertificateChainFound {
				continue
			}
			for _, w := range n.Warnings {
				if w.Code == "tsp.missing-anchor" && !seen[w.Text] {
					seen[w.Text] = true
					out = append(out, w.Text)
				}
			}
		}
	}
	return out
}
