package pdf

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestHostileComparisons: documents made to be expensive end at the limit, which all
// signatures of a file share, and say so. On a quiet machine each takes about a second
// and less than 64 megabytes; the bound here is for busy ones.
func TestHostileComparisons(t *testing.T) {
	many := func(n int, body func(i int) string) (out []part) {
		for i := range n {
			out = append(out, obj(1000+i, body(i)))
		}
		return out
	}
	refs := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, " %d 0 R", 1000+i)
		}
		return b.String()
	}
	text := func(v any) func(int) string {
		return func(i int) string { return fmt.Sprintf("<</FT/Tx /T(f%d) /V(%v)>>", i, v) }
	}
	for _, x := range []struct {
		name  string
		doc   *written
		times int
		step  func(i int) []part
	}{
		{"a long list of fields", prepared(append(many(5000, text("x")), was(5, "32 0 R]", "32 0 R"+refs(5000)+"]"))...), 300, func(i int) []part {
			return []part{was(5, "32 0 R]", "32 0 R"+refs(5000)+fmt.Sprintf(" %d 0 R]", 50000+i)), obj(50000+i, fmt.Sprintf("<</FT/Sig /T(s%d) /V 60000 0 R>>", i)), obj(60000, sigValue)}
		}},
		{"a long list of annotations", prepared(append(many(5000, func(int) string { return "<</Type/Annot /Subtype/Text>>" }), was(3, "32 0 R]", "32 0 R"+refs(5000)+"]"))...), 300, func(i int) []part {
			return []part{was(3, "32 0 R]", "32 0 R"+refs(5000-i)+"]")}
		}},
		{"many values", prepared(append(many(2000, text("x")), was(5, "32 0 R]", "32 0 R"+refs(2000)+"]"))...), 100, func(i int) []part { return many(2000, text(i)) }},
		{"many stores", signedDocument, 900, func(i int) []part {
			return append(many(100, func(j int) string { return fmt.Sprintf("<</X %d>>", i*j) }), was(1, "/Pages", "/DSS<</Certs["+refs(100)+"]>> /Pages"))
		}},
		{"many fields below each other", prepared(append(many(20000, func(i int) string { return fmt.Sprintf("<</T(x) /Kids[%d 0 R]>>", 1001+i) }), was(5, "32 0 R]", "32 0 R 1000 0 R]"))...), 900, func(int) []part { return newSignature(sigValue) }},
		{"a stream whose length is elsewhere", prepared(was(28, "[4 0 R]", "[4 0 R 33 0 R]"), streamOf(33, "", strings.Repeat("A", 2<<20))), 900, func(i int) []part {
			if i == 0 {
				return []part{obj(33, "<</Length 34 0 R>>\nstream\n"+strings.Repeat("A", 2<<20)+"\nendstream"), obj(34, fmt.Sprint(2<<20))}
			}
			return []part{obj(3000+i, "1")}
		}},
	} {
		t.Run(x.name, func(t *testing.T) {
			d := x.doc.clone()
			for i := range x.times {
				d.update(append(x.step(i), keepInfo)...)
			}
			f := d.open(t)
			c, start := newComparer(f), time.Now()
			ended := 0
			for k := range f.Revisions() {
				if r := c.after(k, 0, permissions{DocMDP: 2}); strings.Contains(listChanges(r), "not looked at") {
					if ended++; r.Verdict != changesNotPermitted {
						t.Errorf("revision %d: %s", k, r.Verdict)
					}
				}
			}
			if took := time.Since(start); took > 20*time.Second || ended == 0 || c.visits > 0 {
				t.Errorf("%v, %d comparisons ended early, %d visits left", took, ended, c.visits)
			}
		})
	}
}
