package pdffile_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

func mustOpen(t testing.TB, b []byte) *pdffile.File {
	t.Helper()
	f, err := open(b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// value reads an object and shows it.
func value(t testing.TB, v *pdffile.View, number uint32) string {
	t.Helper()
	_, e := v.Where(pdffile.Ref{Number: number})
	o, err := v.Get(pdffile.Ref{Number: number, Generation: e.Generation})
	if err != nil {
		return "error: " + err.Error()
	}
	return fmt.Sprint(o)
}

// Each revision keeps its own entries, and each view sees what was in force.
func TestRevisions(t *testing.T) {
	m := newMaker()
	m.pages()
	m.object(4, "(one)")
	m.object(5, "(five)")
	m.table("")
	first := m.Len()
	m.object(4, "(two)")
	m.table("")
	second := m.Len()
	m.WriteString("xref\n5 1\n0000000000 00001 f \ntrailer\n<< /Size 6 /Root 1 0 R /Prev ")
	fmt.Fprintf(m, "%d >>\nstartxref\n%d\n%%%%EOF\r\n", m.prev, second)
	f := mustOpen(t, m.Bytes())
	revs := f.Revisions()
	if len(revs) != 3 {
		t.Fatal(len(revs))
	}
	for i, want := range [][2]int{{0, first}, {first, second}, {second, m.Len()}} {
		r := revs[i]
		if r.Start != int64(want[0]) || r.End != int64(want[1]) || string(read(t, f, r.Marker, r.Marker+5)) != "%%EOF" {
			t.Errorf("revision %d: %d to %d, want %d", i, r.Start, r.End, want)
		}
	}
	if n := revs[0].Len(); n != 6 {
		t.Errorf("%d entries in the first revision", n)
	}
	for n, e := range revs[1].Entries() {
		if n != 4 || e.Kind != pdffile.InFile || string(read(t, f, e.Offset, e.End)) != "4 0 obj\n(two)\nendobj" {
			t.Errorf("object %d: %+v", n, e)
		}
	}
	for i, want := range []struct{ four, five string }{{"one", "five"}, {"two", "five"}, {"two", ""}} {
		v := f.View(i)
		four, _, err := pdffile.Value[pdffile.String](v, pdffile.Ref{Number: 4})
		five, ok, err2 := pdffile.Value[pdffile.String](v, pdffile.Ref{Number: 5})
		if err != nil || err2 != nil || string(four.Bytes) != want.four || string(five.Bytes) != want.five || ok != (want.five != "") {
			t.Errorf("revision %d: %q %q", i, four.Bytes, five.Bytes)
		}
		if v.Revision() != i || v.File() != f {
			t.Error("a view of another revision")
		}
	}
	if rev, e := f.View(2).Where(pdffile.Ref{Number: 5}); rev != 2 || e.Kind != pdffile.Free || e.Generation != 1 {
		t.Errorf("%d %+v", rev, e)
	}
	if rev, e := f.View(2).Where(pdffile.Ref{Number: 99}); rev != -1 || e.Kind != pdffile.Free {
		t.Errorf("%d %+v", rev, e)
	}
	if got := slices.Collect(f.View(2).Numbers()); !slices.Equal(got, []uint32{1, 2, 3, 4}) {
		t.Error(got)
	}
	if o, err := f.Last().Get(pdffile.Ref{Number: 4, Generation: 1}); o != (pdffile.Null{}) || err != nil {
		t.Errorf("another generation: %v, %v", o, err)
	}
}

// A linearized file is one revision: the catalog is in the part whose Prev leads forward.
func linearized() []byte {
	m := newMaker()
	m.object(9, "<< /Linearized 1 /L 0 >>")
	m.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
	at := m.Len()
	table := func(prev int) string {
		return fmt.Sprintf("xref\n1 1\n%010d 00000 n \n9 1\n%010d 00000 n \ntrailer\n<< /Size 10 /Root 1 0 R /Prev %10d >>\nstartxref\n0\n%%%%EOF\n", m.offsets[1], m.offsets[9], prev)
	}
	length := len(table(0))
	rest := &maker{offsets: map[int]int{}}
	rest.object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	rest.object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>")
	base := at + length
	m.WriteString(table(base + rest.Len()))
	m.Write(rest.Bytes())
	fmt.Fprintf(m, "xref\n0 1\n0000000000 65535 f \n2 2\n%010d 00000 n \n%010d 00000 n \ntrailer\n<< /Size 4 >>\nstartxref\n%d\n%%%%EOF\n",
		base+rest.offsets[2], base+rest.offsets[3], at)
	m.prev, m.size, m.offsets = at, 10, map[int]int{}
	return append(m.Bytes(), 0)[:m.Len()]
}

func TestLinearized(t *testing.T) {
	b := linearized()
	f := mustOpen(t, b)
	checkFindings(t, "linearized", f, "")
	revs := f.Revisions()
	if len(revs) != 1 || len(revs[0].Sections) != 2 || revs[0].End != int64(len(b)) || revs[0].Len() != 5 {
		t.Fatalf("%d revisions, %+v", len(revs), revs[0])
	}
	// The same without the dictionary that says so.
	f = mustOpen(t, replace(b, "/Linearized", "/Linearised"))
	if len(f.Revisions()) != 1 || !slices.ContainsFunc(f.Findings(), func(x pdffile.Finding) bool { return x.Code == pdffile.FoundOrder }) {
		t.Errorf("%d revisions, %+v", len(f.Revisions()), f.Findings())
	}
	// And with an update.
	m := &maker{offsets: map[int]int{}, size: 10, prev: bytes.Index(b, []byte("xref\n1 1"))}
	m.Write(b)
	m.object(3, "<< /Type /Page /Parent 2 0 R >>")
	m.table("")
	f = mustOpen(t, m.Bytes())
	checkFindings(t, "updated", f, "")
	if len(f.Revisions()) != 2 || f.Revisions()[0].End != int64(len(b)) {
		t.Errorf("%d revisions", len(f.Revisions()))
	}
	if got := mustRebuild(t, m.Bytes()); len(got.Revisions()) != 2 || got.Revisions()[0].End != int64(len(b)) {
		t.Errorf("%d revisions by search", len(got.Revisions()))
	}
}

func mustRebuild(t testing.TB, b []byte) *pdffile.File {
	t.Helper()
	f, err := openWith(b, pdffile.Options{Rebuild: true})
	if err != nil {
		t.Fatal(err)
	}
	if f.Strict() {
		t.Error("strict")
	}
	return f
}

// Cross-reference streams, object streams, and a container that is replaced.
func streams() *maker {
	m := newMaker()
	m.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
	entries, data := box(2, "<< /Type /Pages /Kids [] /Count 0 >>", 5, "(five)", 6, "6 0 R")
	m.stream(4, entries, data)
	m.crossStream(9, "", inside{2, 4, 0}, inside{5, 4, 1}, inside{6, 4, 2})
	return m
}

func TestStreams(t *testing.T) {
	m := streams()
	first := m.Len()
	f := mustOpen(t, m.Bytes())
	checkFindings(t, "streams", f, "")
	five, _, err := pdffile.Value[pdffile.String](f.Last(), pdffile.Ref{Number: 5})
	if err != nil || string(five.Bytes) != "five" || five.From != -1 {
		t.Errorf("%+v, %v", five, err)
	}
	if _, err := f.Last().Resolve(pdffile.Ref{Number: 6}); err == nil {
		t.Error("a reference to itself is resolved")
	}
	if rev, e := f.Last().Where(pdffile.Ref{Number: 6}); rev != 0 || e.Kind != pdffile.InStream || e.Container != 4 || e.Index != 2 {
		t.Errorf("%d %+v", rev, e)
	}
	entries, data := box(2, "<< /Type /Pages /Kids [] /Count 0 >>", 5, "(other)", 6, "1")
	m.stream(4, entries, data)
	m.crossStream(9, "")
	f = mustOpen(t, m.Bytes())
	checkFindings(t, "replaced", f, "pdf.container-overridden")
	if f.Revisions()[0].End != int64(first) {
		t.Error("the first revision ends elsewhere")
	}
	for i, want := range []string{"five", "other"} {
		five, _, err := pdffile.Value[pdffile.String](f.View(i), pdffile.Ref{Number: 5})
		if err != nil || string(five.Bytes) != want {
			t.Errorf("revision %d: %q, %v", i, five.Bytes, err)
		}
	}
	var changed []string
	for c := range pdffile.Changes(f.View(0), f.View(1)) {
		changed = append(changed, fmt.Sprint(c.Number, c.Container))
	}
	if got := strings.Join(changed, ", "); got != "2 true, 4 false, 5 true, 6 true, 9 false" {
		t.Error(got)
	}
}

// What is wrong with an object stream.
func TestObjectStreams(t *testing.T) {
	catalog, pages := "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"
	for name, c := range map[string]struct {
		objects  []any
		entries  string
		in       inside
		findings string
		want     string
	}{
		"right":             {[]any{5, "(x)"}, "", inside{5, 4, 0}, "", "{[120] false false false -1 -1}"},
		"another number":    {[]any{6, "(x)"}, "", inside{5, 4, 0}, "pdf.object-stream", "error: PDF, byte N: object 5 is not number 0 of this object stream"},
		"another index":     {[]any{5, "(x)"}, "", inside{5, 4, 1}, "pdf.object-stream", "error: PDF, byte N: object 5 is not number 1 of this object stream"},
		"a number twice":    {[]any{5, "(x)", 5, "(y)"}, "", inside{5, 4, 1}, "pdf.object-stream", "{[121] false false false -1 -1}"},
		"no object stream":  {[]any{5, "(x)"}, "", inside{5, 2, 0}, "pdf.object-stream", "error: PDF: an object stream that is no stream"},
		"no object":         {[]any{5, "(x)"}, "", inside{5, 77, 0}, "pdf.object-stream", "error: PDF: object stream 77 is not an object of the file"},
		"itself":            {[]any{5, "(x)"}, "", inside{5, 5, 0}, "pdf.object-stream", "error: PDF: object stream 5 is not an object of the file"},
		"another type":      {[]any{5, "(x)"}, "/Type /Other", inside{5, 4, 0}, "pdf.object-stream", "error: PDF, byte N: object 4 is no object stream"},
		"N too large":       {[]any{5, "(x)"}, "/N 2", inside{5, 4, 0}, "pdf.object-stream", "error: PDF, byte N: the head of object stream 4 is not N pairs of numbers"},
		"N huge":            {[]any{5, "(x)"}, "/N 1000000", inside{5, 4, 0}, "pdf.object-stream", "error: PDF, byte N: the head of object stream 4 is not N pairs of numbers"},
		"N negative":        {[]any{5, "(x)"}, "/N -1", inside{5, 4, 0}, "pdf.object-stream", "error: PDF, byte N: object 4 is no object stream"},
		"First in a number": {[]any{5, "(xxxxxxxxxxxx)", 6, "[]"}, "/First 7", inside{5, 4, 0}, "pdf.object-stream", "error: PDF, byte N: the head of object stream 4 is not N pairs of numbers"},
		"First too large":   {[]any{5, "(x)"}, "/First 90", inside{5, 4, 0}, "", "error: PDF, byte N: object 5 lies behind the end of this object stream"},
		"extends itself":    {[]any{5, "(x)"}, "/Extends 4 0 R", inside{5, 4, 0}, "pdf.object-stream", "{[120] false false false -1 -1}"},
		"extends a page":    {[]any{5, "(x)"}, "/Extends 2 0 R", inside{5, 4, 0}, "pdf.object-stream", "{[120] false false false -1 -1}"},
		"a broken object":   {[]any{5, "[1"}, "", inside{5, 4, 0}, "", "error: PDF: the array does not end"},
		"an unknown filter": {[]any{5, "(x)"}, "/Filter /Zip", inside{5, 4, 0}, "pdf.object-stream", "error: PDF, byte N: the filter Zip is not decoded here"},
	} {
		m := newMaker()
		m.object(1, catalog)
		m.object(2, pages)
		entries, data := box(c.objects...)
		m.stream(4, c.entries+" "+entries, data) // the first value counts
		m.crossStream(9, "", c.in)
		f := mustOpen(t, m.Bytes())
		checkFindings(t, name, f, c.findings)
		got := value(t, f.Last(), 5)
		if i := strings.Index(c.want, "N"); i >= 0 && strings.HasPrefix(got, c.want[:i]) {
			got = got[:i] + "N" + strings.TrimLeft(got[i:], "0123456789")
		}
		if got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	// A circle of two, and their chain.
	m := newMaker()
	m.object(1, catalog)
	m.object(2, pages)
	for i := range 3 {
		entries, data := box(10+i, "(x)")
		m.stream(4+i, fmt.Sprintf("%s /Extends %d 0 R", entries, 4+(i+1)%3), data)
	}
	m.crossStream(9, "", inside{10, 4, 0}, inside{11, 5, 0}, inside{12, 6, 0})
	checkFindings(t, "circle", mustOpen(t, m.Bytes()), "pdf.object-stream pdf.object-stream pdf.object-stream")
	// Streams and object streams may not lie in one.
	m = streams()
	entries, data := box(7, "<< /Length 1 >> stream\nx\nendstream")
	m.stream(6, entries, data)
	m.crossStream(9, "", inside{7, 6, 0}, inside{8, 7, 0})
	f := mustOpen(t, m.Bytes())
	if _, ok, err := pdffile.Value[pdffile.Dict](f.Last(), pdffile.Ref{Number: 7}); !ok || err != nil {
		t.Error("the dictionary of a stream inside an object stream is not one")
	}
	if notes := f.Last().Notes(pdffile.Ref{Number: 7}); len(notes) != 1 || notes[0].Code != pdffile.FoundContainer {
		t.Errorf("%+v", notes)
	}
	if _, err := f.Last().Get(pdffile.Ref{Number: 8}); err == nil {
		t.Error("an object stream inside an object stream is read")
	}
}

// hybrid is a file whose table hides object 5 and whose stream reveals it.
func hybrid(row string) []byte {
	m := newMaker()
	m.pages()
	m.object(4, "(four)")
	five := m.Len()
	m.object(5, "(five)")
	delete(m.offsets, 5)
	at := m.Len()
	data := append([]byte{1, byte(five >> 8), byte(five), 0}, 1, byte(five>>8), byte(five), 0)
	m.stream(6, "/Type /XRef /Size 7 /W [1 2 1] /Index [4 2]", data)
	table := m.Len()
	fmt.Fprintf(m, "xref\n0 7\n0000000005 65535 f \n")
	for n := 1; n < 7; n++ {
		switch off, ok := m.offsets[n]; {
		case ok:
			fmt.Fprintf(m, "%010d 00000 n \n", off)
		default:
			m.WriteString(row)
		}
	}
	fmt.Fprintf(m, "trailer\n<< /Size 7 /Root 1 0 R /XRefStm %d >>\n", at)
	m.end(table)
	return m.Bytes()
}

// What the table has in use counts, then the stream, then what the table has free.
func TestHybrid(t *testing.T) {
	f := mustOpen(t, hybrid("0000000000 65535 f \n"))
	checkFindings(t, "hybrid", f, "pdf.hybrid-conflict")
	if got := value(t, f.Last(), 5); !strings.Contains(got, fmt.Sprint([]byte("five"))) {
		t.Error(got)
	}
	if got := value(t, f.Last(), 4); !strings.Contains(got, fmt.Sprint([]byte("four"))) {
		t.Error(got)
	}
	if s := f.Revisions()[0].Sections; len(s) != 2 || s[0].Kind != pdffile.Table || s[1].Kind != pdffile.Hybrid || s[1].Ref.Number != 6 || s[1].End != -1 {
		t.Errorf("%+v", s)
	}
}

// Chains that lead nowhere, out, or back end the strict pass, not the reading.
func TestBrokenChains(t *testing.T) {
	b := small().Bytes()
	at := bytes.LastIndex(b, []byte("xref\n0 1"))
	start := fmt.Sprintf("startxref\n%d", at)
	for name, b := range map[string][]byte{
		"Prev back":            replace(b, "/Size 4", fmt.Sprintf("/Size 4 /Prev %d", at)),
		"Prev out":             replace(b, "/Size 4", "/Size 4 /Prev 999999"),
		"Prev negative":        replace(b, "/Size 4", "/Size 4 /Prev -1"),
		"Prev no number":       replace(b, "/Size 4", "/Size 4 /Prev 1 0 R"),
		"Prev to an object":    replace(b, "/Size 4", "/Size 4 /Prev 15"),
		"XRefStm out":          replace(b, "/Size 4", "/Size 4 /XRefStm 999999"),
		"XRefStm to an object": replace(b, "/Size 4", "/Size 4 /XRefStm 15"),
		"startxref out":        replace(b, start, "startxref\n999999"),
		"startxref huge":       replace(b, start, "startxref\n99999999999999999999"),
		"startxref 0":          replace(b, start, "startxref\n0"),
		"no startxref":         replace(b, "startxref", ""),
		"far startxref":        append(bytes.Clone(b), bytes.Repeat([]byte("text "), 300)...),
		"no trailer":           replace(b, "trailer", ""),
		"a broken trailer":     replace(b, "/Root 1 0 R", "/Root [ 1 0 R"),
		"trailer no dict":      replace(b, "<< /Size", "[] << /Size"),
		"no Root":              replace(b, "/Root 1 0 R", ""),
		"Root to nothing":      replace(b, "/Root 1 0 R", "/Root 8 0 R"),
		"Root to a number":     replace(b, "/Root 1 0 R", "/Root 7"),
		"a broken row":         replace(b, "00000 n", "00000 x"),
		"rows missing":         replace(b, "3 1\n", "3 2\n"),
		"numbers beyond":       replace(b, "3 1\n", "4294967295 1\n"),
		"all moved":            slices.Concat(b[:15], []byte("    "), b[15:]),
	} {
		f, err := open(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if root, err := f.Last().Root(); err != nil || !root.Has("Pages") || f.Strict() || len(f.Revisions()) != 1 {
			t.Errorf("%s: strict %v, %d revisions, %v", name, f.Strict(), len(f.Revisions()), err)
		}
		if !slices.ContainsFunc(f.Findings(), func(x pdffile.Finding) bool { return x.Code == pdffile.FoundNotStrict }) {
			t.Errorf("%s: no finding says why", name)
		}
	}
}

// The search finds the same revisions and objects as the strict pass in sound files.
func TestRebuildAgrees(t *testing.T) {
	m := streams()
	m.object(5, "(new)")
	m.object(7, "(seven)")
	m.crossStream(9, "")
	for name, b := range map[string][]byte{"small": small().Bytes(), "linearized": linearized(), "streams": m.Bytes()} {
		strict, search := mustOpen(t, b), mustRebuild(t, b)
		checkFindings(t, name, search, "")
		if len(strict.Revisions()) != len(search.Revisions()) {
			t.Fatalf("%s: %d revisions, %d by search", name, len(strict.Revisions()), len(search.Revisions()))
		}
		for i, r := range strict.Revisions() {
			s := search.Revisions()[i]
			if r.Start != s.Start || r.End != s.End || r.Marker != s.Marker {
				t.Errorf("%s: revision %d from %d to %d, by search from %d to %d", name, i, r.Start, r.End, s.Start, s.End)
			}
			a, b := slices.Collect(strict.View(i).Numbers()), slices.Collect(search.View(i).Numbers())
			if !slices.Equal(a, b) {
				t.Errorf("%s: revision %d: %d, by search %d", name, i, a, b)
			}
			for _, n := range a {
				_, x := strict.View(i).Where(pdffile.Ref{Number: n})
				_, y := search.View(i).Where(pdffile.Ref{Number: n})
				if x != y || value(t, strict.View(i), n) != value(t, search.View(i), n) {
					t.Errorf("%s: revision %d, object %d: %+v, by search %+v", name, i, n, x, y)
				}
			}
		}
	}
}

// What the search finds in a file that has no tables: of objects with one number the
// last counts, wherever it lies.
func TestRebuild(t *testing.T) {
	text := "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages>>endobj\n"
	inner, data := box(3, "(inside)", 4, "(inside)")
	stream := fmt.Sprintf("8 0 obj<<%s/Length %d>>stream\n%s\nendstream endobj\n", inner, len(data), data)
	for name, c := range map[string]struct{ body, three string }{
		"once":              {"3 0 obj(a)endobj", "a"},
		"twice":             {"3 0 obj(a)endobj 3 0 obj(b)endobj", "b"},
		"without space":     {"3 0 obj(a)endobj3 0 obj(b)endobj", "b"},
		"broken last":       {"3 0 obj(a)endobj 3 0 obj[(b)endobj", "a"},
		"in a comment":      {"3 0 obj(a)endobj\n%3 0 obj(b)endobj", "a"},
		"in a stream":       {"3 0 obj(a)endobj 5 0 obj<</Length 18>>stream\n3 0 obj(b)endobj  \nendstream endobj", "a"},
		"in a string":       {"3 0 obj(a)endobj 5 0 obj( 3 0 obj(b)endobj )endobj", "a"},
		"in a container":    {stream, "inside"},
		"container last":    {"3 0 obj(a)endobj " + stream, "inside"},
		"container first":   {stream + "3 0 obj(a)endobj ", "a"},
		"behind a revision": {"3 0 obj(a)endobj\nstartxref\n0\n%%EOF\n3 0 obj(b)endobj", "b"},
		"no revision":       {"3 0 obj(a)endobj\n%%EOF\n4 0 obj(b)endobj", "a"},
		"no number":         {"3 0 obj(a)endobj\nx3 0 obj(b)endobj 3 obj(c)endobj obj(d)endobj", "a"},
	} {
		f := mustRebuild(t, []byte(text+c.body))
		s, _, err := pdffile.Value[pdffile.String](f.Last(), pdffile.Ref{Number: 3})
		if err != nil || string(s.Bytes) != c.three {
			t.Errorf("%s: %q, %v", name, s.Bytes, err)
		}
	}
}
