package report

import (
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
)

func passedNode(kind, anchor string) verdict.Result {
	p := verdict.Begin(kind, "all")
	p.Pass("all", "", "")
	n := p.Finish()
	n.Trust = &verdict.Trust{Anchor: anchor}
	return n
}

// A log signs its tree, and the sentence does not say that it signed the file.
func TestSentenceOfALog(t *testing.T) {
	key, log := passedNode("ecdsa", "K"), passedNode("tlog", "L")
	dated := passedNode("other", "A")
	dated.ExistedNotLaterThan = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)
	for want, nodes := range map[string][]verdict.Result{
		"is in a transparency log, whose tree is signed by the key L (no time is proven).":                                           {log},
		"is unchanged since it was signed by the key K; it is in a transparency log, whose tree is signed by the key L (no time is ": {key, log},
		"2025-03-01T12:00:00Z, according to A; it is in a transparency log, whose tree is signed by the key L.":                      {dated, log},
		"according to A; it is signed, too by the key K; it is in a transparency log, whose tree is signed by the key L.":            {dated, key, log},
	} {
		r := verify.Result{Verdict: verify.TotalPassed, Subject: verify.Subject{Path: "a"}, Proves: []string{verdict.ProvesSignature}, Evidence: nodes}
		r.ExistedNotLaterThan = nodes[0].ExistedNotLaterThan
		if got := sentence(&r); !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	flat := strings.Join(strings.Fields(vectorText(t, "tlog", "proof-4-of-7")), " ")
	for _, want := range []string{"TOTAL-PASSED: letter.txt is in a transparency log, whose tree is signed by the key log.example/2025", "key log.example/2025"} {
		if !strings.Contains(flat, want) {
			t.Errorf("no %q in %s", want, flat)
		}
	}
}
