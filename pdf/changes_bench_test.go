package pdf

import "testing"

// BenchmarkCompare compares what came after a signature: nothing, DSS and a time-stamp,
// five further revisions, and the fields of a form with 2,900 objects. The file is open.
func BenchmarkCompare(b *testing.B) {
	_, dir := changedSignatures(b)
	for _, x := range []struct {
		name, file string
		from       int
	}{
		{"nothing", "dss__testdoc-signed.pdf", 3},
		{"store and time-stamp", "dss__testdoc-signed.pdf", 1},
		{"five revisions", "dss__PAdES-LT.pdf", 2},
		{"form", "dss__pades-signed-filled-form.pdf", 3},
	} {
		b.Run(x.name, func(b *testing.B) {
			f := openChanged(b, dir, x.file)
			b.ReportAllocs()
			for b.Loop() {
				if r := compareRevisions(f, x.from, permissions{}); r.Err != nil {
					b.Fatal(r.Err)
				}
			}
		})
	}
}

// TestCost: nothing is looked at where nothing came later, and little where little did.
func TestCost(t *testing.T) {
	c := newComparer(signedDocument.open(t))
	if c.after(0, 0, permissions{}); c.visits != maxVisits {
		t.Errorf("%d objects were looked at", maxVisits-c.visits)
	}
	d := signedDocument.clone()
	var parts []part
	for i := range 1000 {
		parts = append(parts, obj(100+i, "<</Unused true>>"))
	}
	d.update(append(parts, keepInfo)...).update(was(17, "(one)", "(two)"), keepInfo)
	c = newComparer(d.open(t))
	if c.after(1, 0, permissions{}); maxVisits-c.visits > 100 {
		t.Errorf("%d objects were looked at", maxVisits-c.visits)
	}
}
