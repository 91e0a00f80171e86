package pdf

import (
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
)

// shadowed are the checks whose removal cannot show, because another check stands
// behind them on purpose.
var shadowed = map[string]string{}

// Every owed check of this package has a document that it alone refuses: with the check
// switched off, the document turns to PASSED. Those of the signer are held to the same
// in internal/signercheck.
func TestEveryCheckDecides(t *testing.T) {
	var owed []string
	for _, list := range [][]string{detachedChecks, sha1Checks, rawChecks, unknownChecks, timestampChecks} {
		for _, c := range list {
			if !slices.Contains(owed, c) && !slices.Contains(signercheck.Document.CMSChecks(), c) {
				owed = append(owed, c)
			}
		}
	}
	list := situations()
	for _, check := range owed {
		var turned []string
		for _, s := range list {
			if s.only != check {
				continue
			}
			if r := s.judge(t, check); r.Passed() || r.Children[s.node].Passed() && s.doc != "" {
				turned = append(turned, s.name)
			}
		}
		switch why := shadowed[check]; {
		case why == "" && len(turned) == 0:
			t.Errorf("%s: no document is refused by this check alone", check)
		case why != "" && len(turned) > 0:
			t.Errorf("%s: listed as shadowed (%s), but %v turn", check, why, turned)
		}
	}
}

// The checks of the document as a whole, too: with one switched off a document passes
// that only this one refuses. Its format is answered by Open, or by Unreadable.
func TestEveryDocumentCheckDecides(t *testing.T) {
	for check, name := range map[string]string{
		checkEncryption: "encrypted, and closed",
		checkSignatures: "value spoilt",
		checkTimestamps: "time-stamp of the future",
	} {
		for _, s := range situations() {
			if s.name != name {
				continue
			}
			if r := s.judge(t, ""); r.Passed() {
				t.Errorf("%s passes", name)
			}
			if r := s.judge(t, check); !r.Passed() {
				t.Errorf("%s: not refused by %s alone: %s", name, check, wordsOf(&r.Result))
			}
		}
	}
	if len(documentChecks) != 4 || documentChecks[0] != checkFormat {
		t.Error(documentChecks)
	}
}
