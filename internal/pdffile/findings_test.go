package pdffile_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// replace changes the last occurrence of a text.
func replace(b []byte, old, new string) []byte {
	i := bytes.LastIndex(b, []byte(old))
	if i < 0 {
		panic("no " + old)
	}
	return slices.Concat(b[:i], []byte(new), b[i+len(old):])
}

// Each finding, in a file that has only that one wrong with it.
func TestFindings(t *testing.T) {
	for name, c := range map[string]struct {
		make func() []byte
		want string // codes, in the order of the file
	}{
		"nothing": {func() []byte { return small().Bytes() }, ""},
		"nothing, in two revisions": {func() []byte {
			m := small()
			m.object(3, "<< /Type /Page /Parent 2 0 R >>")
			m.table("")
			return m.Bytes()
		}, ""},
		"comments and other text between objects": {func() []byte {
			m := newMaker()
			m.pages()
			m.WriteString("% 1 0 obj\n%xref\r%startxref\nsome text, no objects, endobj\n")
			m.table("")
			return m.Bytes()
		}, ""},
		"no header": {func() []byte {
			return slices.Concat([]byte("%PDX"), small().Bytes()[4:])
		}, "pdf.header-missing"},
		"bytes before": {func() []byte { return slices.Concat([]byte("HTTP/1.1\r\n"), small().Bytes()) }, "pdf.bytes-before"},
		"bytes before, counted by the file": {func() []byte {
			m := &maker{offsets: map[int]int{}}
			m.WriteString("HTTP/1.1\r\n%PDF-1.7\n")
			m.pages()
			m.table("")
			return m.Bytes()
		}, "pdf.bytes-before"},
		"bytes behind":       {func() []byte { return slices.Concat(small().Bytes(), []byte("<html>")) }, "pdf.trailing-bytes"},
		"white space behind": {func() []byte { return slices.Concat(small().Bytes(), []byte("\n\n")) }, "pdf.trailing-space"},
		"another startxref behind": {func() []byte {
			b := small().Bytes()
			i := bytes.LastIndex(b, []byte("startxref"))
			return slices.Concat(b, b[i:])
		}, "pdf.startxref pdf.trailing-bytes pdf.section-orphan"},
		"an object behind": {func() []byte { return slices.Concat(small().Bytes(), []byte("9 0 obj 1 endobj\n")) },
			"pdf.object-unnamed pdf.trailing-bytes"},
		"a number without %%EOF":     {func() []byte { return replace(small().Bytes(), "%%EOF\n", "") }, "pdf.eof-missing"},
		"text before %%EOF":          {func() []byte { return replace(small().Bytes(), "%%EOF", "1\n%%EOF") }, "pdf.eof-missing"},
		"text before startxref":      {func() []byte { return replace(small().Bytes(), "startxref", "text startxref") }, "pdf.startxref"},
		"a comment before startxref": {func() []byte { return replace(small().Bytes(), "startxref", "%text\nstartxref") }, ""},
		"white space before the table": {func() []byte {
			b := small().Bytes()
			at := bytes.LastIndex(b, []byte("xref\n0 1"))
			return replace(b, fmt.Sprintf("startxref\n%d", at), fmt.Sprintf("startxref\n%d", at-1))
		}, "pdf.startxref pdf.startxref"},
		"an older startxref with another number": {func() []byte {
			m := small()
			b := bytes.Clone(m.Bytes())
			m.object(3, "<< /Type /Page /Parent 2 0 R >>")
			m.table("")
			at := bytes.LastIndex(b, []byte("startxref"))
			out := bytes.Clone(m.Bytes())
			out[at+10]++
			return out
		}, "pdf.startxref"},
		"no Size":      {func() []byte { return replace(small().Bytes(), "/Size 4", "") }, "pdf.trailer"},
		"a small Size": {func() []byte { return replace(small().Bytes(), "/Size 4", "/Size 3") }, "pdf.row-size"},
		"Prev 0":       {func() []byte { return replace(small().Bytes(), "/Size 4", "/Size 4 /Prev 0") }, "pdf.trailer"},
		"no Root in the newer trailer": {func() []byte {
			m := small()
			m.object(3, "<< /Type /Page /Parent 2 0 R >>")
			m.table("")
			return replace(m.Bytes(), "/Root 1 0 R", "")
		}, "pdf.trailer"},
		"short rows": {func() []byte { return replace(small().Bytes(), " 00000 n \n", " 00000 n\n") }, "pdf.row-form"},
		"rows with spaces": {func() []byte {
			b := small().Bytes()
			i := bytes.Index(b, []byte("\n00000000"))
			return slices.Concat(b[:i+1], bytes.ReplaceAll(b[i+1:], []byte("\n00000000"), []byte("\n        ")))
		}, "pdf.row-form"},
		"a row twice": {func() []byte {
			b := small().Bytes()
			i := bytes.LastIndex(b, []byte("3 1\n"))
			return slices.Concat(b[:i], b[i:i+24], b[i:])
		}, "pdf.row-twice"},
		"in use at 0": {func() []byte { return replace(small().Bytes(), "trailer", "9 1\n0000000000 00000 n \ntrailer") }, "pdf.row-type"},
		"an entry out of the file": {func() []byte {
			return replace(small().Bytes(), "trailer\n<< /Size 4", "9 1\n9999999999 00000 n \ntrailer\n<< /Size 10")
		}, "pdf.entry-outside"},
		"an entry to nothing": {func() []byte {
			return replace(small().Bytes(), "trailer\n<< /Size 4", "9 1\n0000000003 00000 n \ntrailer\n<< /Size 10")
		}, "pdf.entry-misplaced"},
		"an entry to another object": {func() []byte {
			return replace(small().Bytes(), "trailer\n<< /Size 4", "9 1\n0000000015 00000 n \ntrailer\n<< /Size 10")
		}, "pdf.entry-misplaced"},
		"an entry with another generation": {func() []byte {
			m := newMaker()
			m.pages()
			m.object(4, "1")
			m.table("")
			return replace(m.Bytes(), "00000 n", "00001 n")
		}, "pdf.entry-misplaced"},
		"an entry to white space": {func() []byte {
			m := newMaker()
			m.pages()
			m.WriteString("\n")
			m.object(4, "1")
			m.offsets[4]--
			m.table("")
			return m.Bytes()
		}, "pdf.entry-nearly"},
		"an entry behind its revision": {behind, "pdf.entry-outside"},
		"an entry back to an older object": {func() []byte {
			m := small()
			old := bytes.Index(m.Bytes(), []byte("3 0 obj"))
			m.object(3, "<< /Type /Page /Parent 2 0 R >>")
			m.table("")
			m.offsets[3] = old
			m.table("")
			return m.Bytes()
		}, "pdf.entry-repointed"},
		"entries repeated": {func() []byte {
			m := small()
			for i := range 3 {
				m.offsets[i+1] = bytes.Index(m.Bytes(), fmt.Appendf(nil, "%d 0 obj", i+1))
			}
			m.table("")
			return m.Bytes()
		}, ""},
		"an object inside another": {func() []byte {
			m := newMaker()
			m.pages()
			m.object(4, "(\n5 0 obj 1 endobj)")
			m.offsets[5], m.size = bytes.Index(m.Bytes(), []byte("5 0 obj")), 6
			m.table("")
			return m.Bytes()
		}, "pdf.object-overlap"},
		"a second object of the number": {func() []byte {
			m := newMaker()
			m.object(3, "1")
			m.pages()
			m.table("")
			return m.Bytes()
		}, "pdf.object-twice"},
		"an object that nobody names": {func() []byte {
			m := newMaker()
			m.pages()
			m.WriteString("9 0 obj<<>>endobj")
			m.table("")
			return m.Bytes()
		}, "pdf.object-unnamed"},
		"a revision left out": {func() []byte {
			m := small()
			prev := m.prev
			m.object(3, "<< /Type /Page /Parent 2 0 R >>")
			m.table("")
			m.object(4, "1")
			m.prev = prev
			m.table("")
			return m.Bytes()
		}, "pdf.object-unnamed pdf.section-orphan pdf.section-orphan pdf.section-orphan pdf.section-orphan"},
		"a broken object": {func() []byte {
			m := newMaker()
			m.pages()
			m.object(4, "<< /A [ >>")
			m.table("")
			return m.Bytes()
		}, "pdf.object-broken"},
		"no endobj":                     {func() []byte { return replace(small().Bytes(), "endobj", "      ") }, "pdf.endobj-missing"},
		"a Length too short":            {func() []byte { return withStream("/Length 3", "\nABCDEFG\nendstream") }, "pdf.stream-length"},
		"a Length too long":             {func() []byte { return withStream("/Length 9", "\nABCDEFG\nendstream") }, "pdf.stream-length"},
		"a Length out of the file":      {func() []byte { return withStream("/Length 9223372036854775807", "\nABCDEFG\nendstream") }, "pdf.stream-length"},
		"no Length":                     {func() []byte { return withStream("", "\nABCDEFG\nendstream") }, "pdf.stream-length"},
		"a Length before white space":   {func() []byte { return withStream("/Length 7", "\nABCDEFG \nendstream") }, "pdf.stream-length"},
		"a Length with the end of line": {func() []byte { return withStream("/Length 8", "\nABCDEFG\nendstream") }, ""},
		"a Length by reference":         {func() []byte { return withStream("/Length 5 0 R", "\nABCDEFG\nendstream") }, ""},
		"a Length that leads back":      {func() []byte { return withStream("/Length 4 0 R", "\nABCDEFG\nendstream") }, "pdf.stream-length"},
		"a carriage return":             {func() []byte { return withStream("/Length 7", "\rABCDEFG\nendstream") }, "pdf.stream-eol"},
		"a blank behind stream":         {func() []byte { return withStream("/Length 7", " \nABCDEFG\nendstream") }, "pdf.stream-eol"},
		"no line feed":                  {func() []byte { return withStream("/Length 7", "ABCDEFG\nendstream") }, "pdf.stream-eol"},
		"no endstream":                  {func() []byte { return withStream("/Length 7", "\nABCDEFG\n") }, "pdf.stream-length pdf.endstream-missing"},
	} {
		f, err := open(c.make())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkFindings(t, name, f, c.want)
		if !f.Strict() {
			t.Errorf("%s: not strict", name)
		}
	}
}

func checkFindings(t testing.TB, name string, f *pdffile.File, want string) {
	t.Helper()
	var codes []string
	for _, x := range f.Findings() {
		codes = append(codes, x.Code)
		if x.Offset < 0 || x.Offset > f.Size() || x.Text == "" || x.Revision < 0 || x.Revision >= len(f.Revisions()) {
			t.Errorf("%s: %+v", name, x)
		}
	}
	if got := strings.Join(codes, " "); got != want {
		t.Errorf("%s: %q, want %q", name, got, want)
		for _, x := range f.Findings() {
			t.Logf("%+v", x)
		}
	}
}

// behind is a file whose first revision names an object that only the second has.
func behind() []byte {
	m := newMaker()
	m.pages()
	m.offsets[4], m.size = 1000, 5
	m.table("")
	m.WriteString(strings.Repeat(" ", 1000-m.Len()))
	m.object(4, "1")
	m.table("")
	return m.Bytes()
}

// withStream is a file whose object 4 is a stream, and object 5 the number 7.
func withStream(entries, data string) []byte {
	m := newMaker()
	m.pages()
	m.object(4, "<< "+entries+" >>\nstream"+data)
	m.object(5, "7")
	m.table("")
	return m.Bytes()
}

// In all of these the data are the same.
func TestStreamData(t *testing.T) {
	for _, c := range [][2]string{
		{"/Length 7", "\nABCDEFG\nendstream"}, {"/Length 7", "\r\nABCDEFG\r\nendstream"}, {"/Length 7", "\nABCDEFGendstream"},
		{"/Length 7", "\nABCDEFG \n endstream"}, {"/Length 5 0 R", "\nABCDEFG\rendstream"},
		{"/Length 3", "\nABCDEFG\nendstream"}, {"/Length 3", "\nABCDEFG\r\nendstream"}, {"", "\nABCDEFG\rendstream"}, {"", "\nABCDEFGendstream"},
		{"/Length 4 0 R", "\nABCDEFG\nendstream"}, {"/Length -1", "\nABCDEFG\nendstream"}, {"/Length null", " \t \nABCDEFG\nendstream"},
		{"/Length 7", "\rABCDEFG\nendstream"}, {"/Length 7", "ABCDEFG\nendstream"}, {"/Length 7", "\nABCDEFG"},
	} {
		f, err := open(withStream(c[0], c[1]))
		if err != nil {
			t.Errorf("%q: %v", c, err)
			continue
		}
		s, ok, err := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: 4})
		if !ok || err != nil {
			t.Errorf("%q: %v", c, err)
			continue
		}
		if b, err := f.Decode(s); err != nil || string(b) != "ABCDEFG" {
			t.Errorf("%q: %q, %v", c, b, err)
		}
		if _, e := f.Last().Where(s.Ref); !bytes.HasSuffix(read(t, f, e.Offset, e.End), []byte("endobj")) {
			t.Errorf("%q: the object ends with %q", c, read(t, f, e.Offset, e.End))
		}
	}
}

func read(t testing.TB, f *pdffile.File, from, to int64) []byte {
	t.Helper()
	b := make([]byte, max(to-from, 0))
	if _, err := f.ReadAt(b, from); err != nil {
		t.Error(err)
	}
	return b
}
