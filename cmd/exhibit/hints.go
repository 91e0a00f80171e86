package main

import (
	"errors"
	"slices"

	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
)

// maxHints bounds the anchors and keys that are named.
const maxHints = 5

// hints says the next step where trust, a password or the header of a block is what is
// missing.
func (a *app) hints(rep *verify.Report, t *trustInput, f *verifyFlags) {
	if f.quiet || rep.Verdict != verify.Indeterminate {
		return
	}
	missing := missingTrust(rep)
	if len(missing) == 0 {
		return
	}
	if t.view.Source == "none" && !only(rep, "btc.header-missing", "pdf.encrypted") {
		a.hint("nothing is trusted yet: name a trust directory with --trust, an anchor with --anchor tsa:FILE or document:FILE, or a key with --key FILE")
	}
	for i, text := range missing {
		if i == maxHints {
			a.hint("and %d more; see the report", len(missing)-maxHints)
			break
		}
		a.hint("%s", onScreen(text))
	}
	if only(rep, "btc.header-missing") {
		a.hint("whoever has the headers can cut what is missing: exhibit headers pack --height N --from headers.bin; give it by --headers or lay it beside the evidence")
	}
}

// only reports whether nothing is undecided for other reasons.
func only(rep *verify.Report, reasons ...string) bool {
	for i := range rep.Results {
		for j := range rep.Results[i].Evidence {
			if n := &rep.Results[i].Evidence[j]; !n.Passed() && !slices.Contains(reasons, n.Reason) {
				return false
			}
		}
	}
	return true
}

// missingTrust collects what the verifiers say about the anchors and keys that they
// miss, each once, in the order of the results.
func missingTrust(rep *verify.Report) (out []string) {
	seen := make(map[string]bool)
	for i := range rep.Results {
		for j := range rep.Results[i].Evidence {
			for _, text := range missingFor(&rep.Results[i].Evidence[j]) {
				if !seen[text] {
					seen[text] = true
					out = append(out, text)
				}
			}
		}
	}
	return out
}

func missingFor(n *verdict.Result) (out []string) {
	if n.Passed() {
		return nil // an alternative that was not needed
	}
	switch n.Reason {
	case "pdf.encrypted":
		out = append(out, n.Source+": the document is encrypted: --pdf-password-file FILE gives the password")
	case "ecdsa.signer-missing", "ecdsa.key-id-unknown", "ecdsa.key-not-trusted", "tlog.log-unknown":
		var e *verdict.Error
		if errors.As(n.Err(), &e) {
			out = append(out, n.Source+": "+e.Detail)
		}
	}
	for i := range n.Children {
		if c := &n.Children[i]; c.Reason == "btc.header-missing" {
			var e *verdict.Error
			if errors.As(c.Err(), &e) {
				out = append(out, n.Source+": "+e.Detail)
			}
		}
	}
	return append(out, missingAnchors(n, 0)...)
}

// anchorHints are the warnings that name a missing anchor, and what would be given.
var anchorHints = map[string]string{"tsp.missing-anchor": "", "pdf.missing-anchor": ", of document signers: --anchor document:FILE"}

// maxHintDepth is deeper than documents hold signatures and these time-stamps.
const maxHintDepth = 8

// missingAnchors collects the anchors that evidence and its parts miss, those of alternatives
// that were not needed aside.
func missingAnchors(n *verdict.Result, depth int) (out []string) {
	if n.Passed() || depth > maxHintDepth {
		return nil
	}
	if n.Sub == verdict.NoCertificateChainFound {
		for _, w := range n.Warnings {
			if what, ok := anchorHints[w.Code]; ok {
				out = append(out, w.Text+what)
			}
		}
	}
	for i := range n.Children {
		out = append(out, missingAnchors(&n.Children[i], depth+1)...)
	}
	return out
}
