package pdffile_test

import (
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// Only a file of which every object was seen to its end, without the name EF in any
// spelling, is said to name no embedded file.
func TestNoEmbedded(t *testing.T) {
	for body, want := range map[string]bool{
		"<< /Type /Filespec /F (a) >>":                 true,
		"<< /A (/EF) /B <</EFF 1 /F /E /F>> %/EF\n >>": true,
		"(/EF)":                        true,
		"<< /EF << /F 5 0 R >> >>":     false,
		"<< /A [ << /EF 5 0 R >> ] >>": false,
		"[<</EF 5 0 R>>]":              false,
		"<< /#45F << /F 5 0 R >> >>":   false,
		"<< /E#46 << /F 5 0 R >> >>":   false,
		"<< /#45#46 5 0 R >>":          false,
		"<< /A ) /EF 5 0 R >>":         false, // broken: what is behind is not seen
	} {
		m := small()
		m.object(4, body)
		m.table("")
		f := mustOpen(t, m.Bytes())
		if got := f.NoEmbedded(); got != want {
			t.Errorf("%s: %v", body, got)
		}
		for _, o := range []pdffile.Options{{NoScan: true}, {Rebuild: true}} {
			if f, err := openWith(m.Bytes(), o); err != nil || f.NoEmbedded() {
				t.Errorf("%s: %+v: %v", body, o, err)
			}
		}
	}
}

// What an earlier revision names counts, and what lies in an object stream is not known.
func TestNoEmbeddedRevisions(t *testing.T) {
	m := small()
	m.object(4, "<< /EF << /F 5 0 R >> >>")
	m.table("")
	m.object(4, "<< >>")
	m.table("")
	if mustOpen(t, m.Bytes()).NoEmbedded() {
		t.Error("an earlier revision")
	}
	m = small()
	entries, data := box(4, "<< /A 1 >>")
	m.stream(5, entries, data)
	m.crossStream(6, "", inside{4, 5, 0})
	f := mustOpen(t, m.Bytes())
	if f.NoEmbedded() || !f.Strict() {
		t.Error("an object stream", f.Findings())
	}
}
