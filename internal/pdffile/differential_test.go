package pdffile_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// twoRevisions is a file whose second revision has another page and entries of its own.
func twoRevisions(second string) []byte {
	m := small()
	m.object(3, "<< /Type /Page /Parent 2 0 R >>")
	m.table(second)
	return m.Bytes()
}

// withObject is a file whose object 4 is written as it is given.
func withObject(text string) []byte {
	m := newMaker()
	m.pages()
	m.offsets[4], m.size = m.Len(), 5
	m.WriteString(text)
	m.table("")
	return m.Bytes()
}

// What other readers read in another way has a finding or a note, or one reading that
// is stated here.
func TestDifferentials(t *testing.T) {
	for name, c := range map[string]struct {
		file   []byte
		object string // what object 4 or 3 is read as; empty: not looked at
		codes  string // of findings and then of the notes of that object
	}{
		"a comment inside the header of an object": {withObject("4 %x\n0 %y\robj 5 endobj\n"), "5", ""},
		"a null byte and a form feed there":        {withObject("4\x000\fobj\x005\fendobj\n"), "5", ""},
		"no white space behind the header":         {withObject("4 0 obj(x)endobj\n"), "(x)", ""},
		"a sign before the number of an object":    {withObject("+4 0 obj 5 endobj\n"), "error", "pdf.entry-misplaced"},
		"zeros before the number of an object":     {withObject("0004 000 obj 5 endobj\n"), "5", ""},
		"a number with a sign":                     {withObject("4 0 obj +5 endobj\n"), "5", ""},
		"a number with two signs":                  {withObject("4 0 obj --5 endobj\n"), "keyword --5", "pdf.irregular"},
		"a number with a sign inside":              {withObject("4 0 obj 5-3 endobj\n"), "keyword 5-3", "pdf.irregular"},
		"a number with an exponent":                {withObject("4 0 obj 5e3 endobj\n"), "keyword 5e3", "pdf.irregular"},
		"a number of two points":                   {withObject("4 0 obj 1.2.3 endobj\n"), "keyword 1.2.3", "pdf.irregular"},
		"a reference with a sign":                  {withObject("4 0 obj [+1 0 R] endobj\n"), "[1 0 keyword R]", "pdf.irregular"},
		"a number beyond 64 bits":                  {withObject("4 0 obj 99999999999999999999 endobj\n"), "real 99999999999999999999", ""},
		"a name with #00":                          {withObject("4 0 obj /A#00B endobj\n"), "/A\x00B", ""},
		"a key in two spellings":                   {withObject("4 0 obj << /A 1 /#41 2 >> endobj\n"), "<</A 1/A 2>>", "pdf.key-twice"},
		"a key twice":                              {withObject("4 0 obj << /A 1 /A 2 >> endobj\n"), "<</A 1/A 2>>", "pdf.key-twice"},
		"text between an object and endobj":        {withObject("4 0 obj 5 6 endobj\n"), "5", "pdf.endobj-missing"},
		"endobj missing before another object":     {withObject("4 0 obj 5\n9 0 obj 6 endobj\n"), "5", "pdf.endobj-missing pdf.object-unnamed"},
		"a dictionary with an object inside":       {withObject("4 0 obj << /A 1 obj >> endobj\n"), "error", "pdf.object-broken"},
		"a stream with %%EOF and startxref": {func() []byte {
			m := newMaker()
			m.pages()
			m.stream(4, "", []byte("9 0 obj 1 endobj\nxref\n0 0\ntrailer<<>>\nstartxref\n0\n%%EOF\n"))
			m.table("")
			return m.Bytes()
		}(), "", ""},
		"rows of 19 bytes": {replace(small().Bytes(), " 00000 n \n", " 00000 n\n"), "", "pdf.row-form"},
		"rows of 21 bytes": {replace(small().Bytes(), " 00000 n \n", " 00000 n \r\n"), "", "pdf.row-form"},
		"a subsection that starts at 1": {func() []byte {
			b := small().Bytes()
			return replace(b, "xref\n0 1\n", "xref\n1 1\n") // object 1, the catalog, is free
		}(), "", "not strict"},
		"startxref back to the first revision": {func() []byte {
			b := twoRevisions("")
			at := bytes.Index(b, []byte("\nxref\n")) + 1
			i := bytes.LastIndex(b, []byte("startxref\n"))
			return slices.Concat(b[:i], fmt.Appendf(nil, "startxref\n%d\n%%%%EOF\n", at))
		}(), "", "pdf.object-twice pdf.trailing-bytes pdf.section-orphan pdf.section-orphan pdf.startxref pdf.section-orphan"},
		"Prev behind its own section": {func() []byte {
			b := twoRevisions("")
			at := bytes.LastIndex(b, []byte("\nxref\n")) + 1
			return replace(b, "/Prev ", fmt.Sprintf("/Prev %d /Old ", at))
		}(), "", "not strict"},
	} {
		f, err := open(c.file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if c.codes == "not strict" {
			if f.Strict() {
				t.Errorf("%s: strict", name)
			}
			continue
		}
		var codes []string
		for _, x := range f.Findings() {
			codes = append(codes, x.Code)
		}
		ref := pdffile.Ref{Number: 4}
		for _, x := range f.Last().Notes(ref) {
			codes = append(codes, x.Code)
		}
		if got := strings.Join(codes, " "); got != c.codes || !f.Strict() {
			t.Errorf("%s: %q, want %q, strict %v", name, got, c.codes, f.Strict())
		}
		if c.object == "" {
			continue
		}
		o, err := f.Last().Get(ref)
		if got := written(o, err); got != c.object {
			t.Errorf("%s: %s, want %s", name, got, c.object)
		}
	}
}

// The catalog is the one of the trailer in force, in each view: that a later revision
// names another one is a change of its trailer, which callers compare.
func TestAnotherRoot(t *testing.T) {
	m := small()
	m.object(9, "<< /Type /Catalog /Pages 2 0 R /New true >>")
	m.table("")
	f := mustOpen(t, replace(m.Bytes(), "/Root 1 0 R", "/Root 9 0 R"))
	for n, want := range []bool{false, true} {
		d, err := f.View(n).Root()
		if err != nil || d.Has("New") != want {
			t.Errorf("revision %d: %v, %v", n, d, err)
		}
	}
	if a, b := f.View(0).Trailer().Get("Root"), f.View(1).Trailer().Get("Root"); a == b {
		t.Error("the trailers name the same catalog")
	}
}

// written is an object in the notation of the test above.
func written(o pdffile.Object, err error) string {
	if err != nil {
		return "error"
	}
	switch o := o.(type) {
	case pdffile.Keyword:
		return "keyword " + string(o)
	case pdffile.Real:
		return "real " + string(o)
	case pdffile.Name:
		return "/" + string(o)
	case pdffile.String:
		return "(" + string(o.Bytes) + ")"
	case pdffile.Array:
		var parts []string
		for _, x := range o {
			parts = append(parts, written(x, nil))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case pdffile.Dict:
		var out strings.Builder
		for _, m := range o.Members {
			fmt.Fprintf(&out, "/%s %s", m.Key, written(m.Value, nil))
		}
		return "<<" + out.String() + ">>"
	}
	return fmt.Sprint(o)
}
