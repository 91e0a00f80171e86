package verify

import (
	"testing"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Only a passed proof of existence over all bytes gives a subject its time.
func TestProvesTime(t *testing.T) {
	passed := func(change func(*verdict.Result)) *verdict.Result {
		p := verdict.Begin("fake", "check")
		p.Pass("check", "", "")
		r := p.Finish()
		r.Proves = []string{verdict.ProvesExistence}
		r.Covers = &verdict.Covers{Kind: "file"}
		r.ExistedNotLaterThan = fakeTime
		change(&r)
		return &r
	}
	if !provesTime(passed(func(*verdict.Result) {})) {
		t.Fatal("a whole proof gives no time")
	}
	for name, change := range map[string]func(*verdict.Result){
		"not passed": func(r *verdict.Result) {
			*r = verdict.Result{Proves: r.Proves, Covers: r.Covers, ExistedNotLaterThan: fakeTime}
		},
		"no time":              func(r *verdict.Result) { r.ExistedNotLaterThan = verdict.Result{}.ExistedNotLaterThan },
		"a signature":          func(r *verdict.Result) { r.Proves = []string{verdict.ProvesSignature} },
		"nothing said":         func(r *verdict.Result) { r.Proves = nil },
		"unknown extent":       func(r *verdict.Result) { r.Covers = nil },
		"a range":              func(r *verdict.Result) { r.Covers = &verdict.Covers{Kind: "file", Range: "0-9"} },
		"an earlier revision":  func(r *verdict.Result) { r.Covers = &verdict.Covers{Kind: "pdf-revision"} },
		"a signature's value":  func(r *verdict.Result) { r.Covers = &verdict.Covers{Kind: "signature-value"} },
		"an attachment within": func(r *verdict.Result) { r.Covers = &verdict.Covers{Kind: "attachment"} },
	} {
		if provesTime(passed(change)) {
			t.Errorf("%s: gives a time", name)
		}
	}
}
