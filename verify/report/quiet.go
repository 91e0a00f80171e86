package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Quiet writes one line a subject, its columns separated by tabs: the verdict, the
// path (of the evidence, where its data is not at hand) or the given digest,
// sub-indication and reason, the proven time. An empty column is "-".
func (d *Document) Quiet(w io.Writer) error {
	var b strings.Builder
	for i := range d.source.Results {
		r := &d.source.Results[i]
		name := Clean(r.Subject.Path)
		if name == "" {
			name = firstOf(r.Subject.Digests)
			if !r.Subject.Given && len(r.Evidence) > 0 { // a file, where there is one to name
				name = Clean(r.Evidence[0].Source)
			}
		}
		why, existed := "-", "-"
		if r.Sub != "" {
			why = strings.TrimSpace(string(r.Sub) + " " + r.Reason)
		}
		if !r.ExistedNotLaterThan.IsZero() {
			existed = verdict.FormatTime(r.ExistedNotLaterThan)
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", r.Verdict, name, why, existed)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
