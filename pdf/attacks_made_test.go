package pdf

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/verdict"
)

// judgeBytes verifies a file whose signer is trusted. A file that cannot be opened
// passes as little as one that is refused.
func judgeBytes(t *testing.T, b []byte) (Result, bool) {
	t.Helper()
	d, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), Options{})
	if err != nil {
		return Result{}, false
	}
	return d.Verify(context.Background(), usualEnv(theHouse(), usualDay)), true
}

// signedFile is a document with a good signature over all of it, and where its table lies.
func signedFile(t *testing.T, edit func(*dictionary)) (*maker, []byte) {
	t.Helper()
	m := newMaker()
	d := signedBy(container{})
	if edit != nil {
		edit(&d)
	}
	one(d)(t, m, theHouse())
	return m, bytes.Clone(m.b)
}

// TestIncrementalSaving appends to a signed document what readers may take for another
// revision, with ever more of its parts missing (ISA; Mladenov et al., 2019).
func TestIncrementalSaving(t *testing.T) {
	m, good := signedFile(t, nil)
	if r, ok := judgeBytes(t, good); !ok || !r.Passed() {
		t.Fatal(wordsOf(&r.Result))
	}
	at := len(good)
	const head = "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 90 0 R/Annots[9 0 R]>>\nendobj\n90 0 obj\n<</Length 4>>\nstream\nevil\nendstream\nendobj\n"
	second := at + strings.Index(head, "90 0 obj")
	rows := fmt.Sprintf("xref\n3 1\n%010d 00000 n \n90 1\n%010d 00000 n \n", at, second)
	trailer := fmt.Sprintf("trailer\n<</Size 91/Root 1 0 R/Prev %d>>\n", m.prev)
	start := fmt.Sprintf("startxref\n%d\n", at+len(head))
	for name, more := range map[string]string{
		"complete":                     head + rows + trailer + start + "%%EOF\n",
		"objects only":                 head,
		"no table":                     head + trailer,
		"no trailer":                   head + rows,
		"no trailer, but the rest":     head + rows + start + "%%EOF\n",
		"no startxref":                 head + rows + trailer,
		"no startxref, but the end":    head + rows + trailer + "%%EOF\n",
		"no end":                       head + rows + trailer + start,
		"the end cut":                  head + rows + trailer + start + "%%E",
		"trailer only":                 "trailer\n<</Size 91/Root 90 0 R>>\n",
		"startxref to the old table":   head + fmt.Sprintf("startxref\n%d\n%%%%EOF\n", m.prev),
		"startxref to nothing":         head + "startxref\n0\n%%EOF\n",
		"startxref to a wrong place":   head + rows + trailer + fmt.Sprintf("startxref\n%d\n%%%%EOF\n", at+len(head)+2),
		"no Prev":                      head + rows + strings.Replace(trailer, fmt.Sprintf("/Prev %d", m.prev), "", 1) + start + "%%EOF\n",
		"Prev to nothing":              head + rows + strings.Replace(trailer, fmt.Sprint(m.prev), "1", 1) + start + "%%EOF\n",
		"Prev to itself":               head + rows + strings.Replace(trailer, fmt.Sprint(m.prev), fmt.Sprint(at+len(head)), 1) + start + "%%EOF\n",
		"sloppy rows":                  head + strings.ReplaceAll(rows, " \n", "\n") + trailer + start + "%%EOF\n",
		"sloppy offsets":               head + strings.Replace(rows, fmt.Sprintf("%010d", at), fmt.Sprintf("%010d", at+1), 1) + trailer + start + "%%EOF\n",
		"sloppy numbers":               head + strings.Replace(rows, "3 1\n", "4 1\n", 1) + trailer + start + "%%EOF\n",
		"table in a comment":           head + "%" + strings.ReplaceAll(rows, "\n", "\r") + trailer + start + "%%EOF\n",
		"another file":                 string(good[:m.prev]),
		"two ends":                     "%%EOF\n" + head + "%%EOF\n",
		"an object in a comment":       "%" + strings.ReplaceAll(head, "\n", "\r"),
		"one byte":                     "x",
		"a name of an end":             "startxref\n",
		"only white space and an end":  "\n\n%%EOF\n",
		"free entries":                 "xref\n3 1\n0000000000 00001 f \n" + trailer + fmt.Sprintf("startxref\n%d\n%%%%EOF\n", at),
		"entries into the signed part": fmt.Sprintf("xref\n3 1\n%010d 00000 n \n", bytes.Index(good, []byte("3 0 obj"))) + trailer + fmt.Sprintf("startxref\n%d\n%%%%EOF\n", at),
	} {
		r, ok := judgeBytes(t, append(bytes.Clone(good), more...))
		if ok && (r.Passed() || len(r.Children) != 1 || r.Children[0].Passed()) {
			t.Errorf("%s: %s, %d children", name, wordsOf(&r.Result), len(r.Children))
		}
		// The signed bytes are intact, which is no proof against them.
		if ok && r.Indication() == verdict.Failed {
			t.Errorf("%s: %s", name, wordsOf(&r.Result))
		}
	}
}

// TestForgery takes away or spoils what says which bytes are signed, and the value (USF).
func TestForgery(t *testing.T) {
	_, good := signedFile(t, nil)
	at := bytes.Index(good, []byte("/ByteRange "))
	value := bytes.Index(good, []byte("/Contents <"))
	end := value + bytes.IndexByte(good[value:], '>') + 1
	ranges := string(good[at:value])
	// pad keeps the length, so that nothing else moves.
	pad := func(s string, n int) string { return s + strings.Repeat(" ", max(0, n-len(s))) }
	put := func(what string, from, to int) []byte {
		b := append(bytes.Clone(good[:from]), pad(what, to-from)...)
		return append(b, good[to:]...)
	}
	for name, b := range map[string][]byte{
		"no ByteRange":                 put("", at, value),
		"ByteRange null":               put("/ByteRange null", at, value),
		"ByteRange empty":              put("/ByteRange[]", at, value),
		"ByteRange of nothing":         put("/ByteRange[0 0 0 0]", at, value),
		"ByteRange of zero and all":    put(fmt.Sprintf("/ByteRange[0 0 0 %d]", len(good)), at, value),
		"ByteRange of one":             put("/ByteRange[0]", at, value),
		"ByteRange of two":             put(fmt.Sprintf("/ByteRange[0 %d]", len(good)), at, value),
		"ByteRange of names":           put("/ByteRange[/a/b/c/d]", at, value),
		"ByteRange negative":           put("/ByteRange[0 -1 -1 -1]", at, value),
		"ByteRange a reference":        put("/ByteRange 90 0 R", at, value),
		"ByteRange a string":           put("/ByteRange(0 1 2 3)", at, value),
		"ByteRange a dictionary":       put("/ByteRange<<>>", at, value),
		"ByteRange under another name": put(strings.Replace(ranges, "ByteRange", "ByteRangE", 1), at, value),
		"no Contents":                  put("", value, end),
		"Contents null":                put("/Contents null", value, end),
		"Contents empty":               put("/Contents <>", value, end),
		"Contents literal":             put("/Contents ()", value, end),
		"Contents zero":                put("/Contents <00>", value, end),
		"Contents all zero":            put("/Contents <"+strings.Repeat("0", end-value-12)+">", value, end),
		"Contents a number":            put("/Contents 0", value, end),
		"Contents a reference":         put("/Contents 90 0 R", value, end),
		"Contents of another name":     put("/ContentS"+string(good[value+9:end]), value, end),
	} {
		r, ok := judgeBytes(t, b)
		if ok && r.Passed() {
			t.Errorf("%s: %s", name, wordsOf(&r.Result))
		}
		for i := range r.Children {
			if r.Children[i].Passed() {
				t.Errorf("%s: a signature passes", name)
			}
		}
	}
}

// TestWrapping moves what is signed behind the value to another place, and puts other
// bytes in between (SWA). The digest is right in all of them.
func TestWrapping(t *testing.T) {
	const evil = "/Evil true>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[9 0 R]>>\nendobj\n"
	wrap := func(gap string, write func(r [4]int, gap int) string) []byte {
		m := newMaker()
		d := signedBy(container{})
		var r [4]int
		d.ranges = func(x [4]int) string { r = x; return write(x, len(gap)) }
		one(d)(t, m, theHouse())
		return append(append(bytes.Clone(m.b[:r[2]]), gap...), m.b[r[2]:]...)
	}
	moved := func(r [4]int, n int) string { return fmt.Sprint([4]int{0, r[1], r[2] + n, r[3]}) }
	for name, b := range map[string][]byte{
		"objects in the gap":             wrap(evil, moved),
		"another ByteRange in the gap":   wrap("/ByteRange[0 1 2 3]"+evil, moved),
		"another value in the gap":       wrap("/Contents<00>"+evil, moved),
		"white space in the gap":         wrap("    ", moved),
		"comment in the gap":             wrap("%x\n", moved),
		"a second string in the gap":     wrap("<00>", moved),
		"five numbers":                   wrap(evil, func(r [4]int, n int) string { return fmt.Sprint([]int{0, r[1], r[2] + n, r[3], 0}) }),
		"six numbers":                    wrap(evil, func(r [4]int, n int) string { return fmt.Sprint([]int{0, r[1], r[2] + n, r[3], r[2] + n + r[3], 0}) }),
		"first part in two":              wrap(evil, func(r [4]int, n int) string { return fmt.Sprint([]int{0, 9, 9, r[1] - 9, r[2] + n, r[3]}) }),
		"ranges in another order":        wrap(evil, func(r [4]int, n int) string { return fmt.Sprint([4]int{r[2] + n, r[3], 0, r[1]}) }),
		"numbers as reals":               wrap("", func(r [4]int, n int) string { return fmt.Sprintf("[0 %d. %d %d]", r[1], r[2], r[3]) }),
		"numbers with a fraction":        wrap("", func(r [4]int, n int) string { return fmt.Sprintf("[0 %d %d.5 %d]", r[1], r[2], r[3]) }),
		"a number as an indirect object": wrap("", func(r [4]int, n int) string { return fmt.Sprintf("[9 0 R %d %d %d]", r[1], r[2], r[3]) }),
		"two ByteRanges, the good second": wrap(evil, func(r [4]int, n int) string {
			return fmt.Sprintf("[0 1 2 3]/ByteRange%v", [4]int{0, r[1], r[2] + n, r[3]})
		}),
		"two ByteRanges, the good first": wrap(evil, func(r [4]int, n int) string {
			return fmt.Sprintf("%v/ByteRange[0 1 2 3]", [4]int{0, r[1], r[2] + n, r[3]})
		}),
	} {
		r, ok := judgeBytes(t, b)
		if !ok || r.Passed() || len(r.Children) == 0 || r.Children[0].Passed() {
			t.Errorf("%s: %s", name, wordsOf(&r.Result))
		} else if got := wordsOf(&r.Children[0]); strings.HasSuffix(name, "in the gap") && !strings.HasPrefix(got, "FAILED FORMAT_FAILURE ") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestSneakySignature: a later signature may be seen where it likes (SSA), so one that
// is no good must be judged, and the document with it.
func TestSneakySignature(t *testing.T) {
	for _, entries := range []string{"", docMDP("/P 2"), docMDP("/P 3"), docMDP("/P 1")} {
		for name, fake := range map[string]string{
			"no CMS":                    "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<00>>>",
			"no type":                   "<</ByteRange[0 1 2 3]/Contents<00>>>",
			"ByteRange null":            "<</Type/Sig/ByteRange null/Contents<00>>>",
			"ByteRange empty":           "<</Type/Sig/ByteRange[]/Contents<00>>>",
			"no Contents":               "<</Type/Sig/ByteRange[0 1 2 3]>>",
			"a time-stamp":              "<</Type/DocTimeStamp/SubFilter/ETSI.RFC3161/ByteRange[0 1 2 3]/Contents<00>>>",
			"something of another type": "<</Type/Font/ByteRange[0 1 2 3]/Contents<00>>>",
			"a filter nobody knows":     "<</Type/Sig/Filter/X/SubFilter/Y/ByteRange[0 1 2 3]/Contents<00>>>",
			"empty":                     "<<>>",
			"a string":                  "(signed)",
		} {
			m, _ := signedFile(t, func(d *dictionary) { d.entries = entries })
			m.obj(90, fake)
			m.stream(92, []byte("evil"))
			m.obj(91, "<</Type/Annot/Subtype/Widget/FT/Sig/T(sneaky)/Rect[0 0 100 100]/P 3 0 R/AP<</N 92 0 R>>/V 90 0 R>>")
			m.fields(91)
			m.end(t)
			r, ok := judgeBytes(t, m.b)
			if !ok || r.Passed() || len(r.Children) == 0 {
				t.Errorf("%q %s: %s", entries, name, wordsOf(&r.Result))
			}
			if entries == docMDP("/P 1") && r.Children[0].Passed() {
				t.Errorf("P=1, %s: the signature passes", name)
			}
		}
	}
}
