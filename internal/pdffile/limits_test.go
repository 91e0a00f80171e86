package pdffile_test

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

func isLimit(err error) bool {
	var e *pdffile.Error
	return errors.As(err, &e) && e.Code == pdffile.CodeLimit
}

// atLimit runs a case at its limit and one above.
func atLimit(t *testing.T, name string, limit int, run func(n int) error) {
	t.Helper()
	if err := run(limit); err != nil {
		t.Errorf("%s, %d: %v", name, limit, err)
	}
	if err := run(limit + 1); !isLimit(err) {
		t.Errorf("%s, %d: %v", name, limit+1, err)
	}
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write(b)
	w.Close()
	return out.Bytes()
}

// zeros is deflated data that give n zero bytes. A piece of them repeats itself.
func zeros(n int64) []byte {
	const piece = 1 << 20
	var out bytes.Buffer
	out.WriteString("\x78\x9c")
	w, _ := flate.NewWriter(&out, 9)
	if n >= piece {
		_, _ = w.Write(make([]byte, piece))
		w.Flush()
		again := bytes.Clone(out.Bytes()[2:])
		for n -= piece; n >= piece; n -= piece {
			out.Write(again)
		}
	}
	_, _ = w.Write(make([]byte, n))
	w.Close()
	return out.Bytes()
}

func TestLimits(t *testing.T) {
	atLimit(t, "revisions", pdffile.MaxRevisions, func(n int) error {
		m := small()
		for range n - 1 {
			m.table("")
		}
		f, err := open(m.Bytes())
		if err == nil && len(f.Revisions()) != n {
			return fmt.Errorf("%d revisions", len(f.Revisions()))
		}
		if _, err2 := openWith(m.Bytes(), pdffile.Options{Rebuild: true}); isLimit(err2) != isLimit(err) {
			return fmt.Errorf("%v, by search %v", err, err2)
		}
		return err
	})
	atLimit(t, "bytes in an object", pdffile.MaxObject, func(n int) error {
		m := newMaker()
		m.pages()
		m.WriteString("4 0 obj")
		m.offsets[4], m.size = m.Len()-7, 5
		m.WriteString("(" + strings.Repeat("x", n-9) + ")") // from the number to the bracket
		m.WriteString("endobj\n")
		m.table("")
		f, err := open(m.Bytes())
		if err != nil {
			return err
		}
		_, err = f.Last().Get(pdffile.Ref{Number: 4})
		return err
	})
	filters := func(n int) error {
		f := mustOpen(t, withStream("/Length 7 /Filter ["+strings.Repeat("/Crypt ", n)+"]", "\nABCDEFG\nendstream"))
		s, _, err := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: 4})
		if err != nil {
			return err
		}
		_, err = f.Decode(s)
		return err
	}
	atLimit(t, "filters", pdffile.MaxFilters, filters)
	atLimit(t, "a row of a predictor", pdffile.MaxPredictorRow, func(n int) error {
		f := mustOpen(t, withStream(fmt.Sprintf("/Length 7 /Filter/FlateDecode /DecodeParms <</Predictor 12 /Columns %d>>", n), "\nABCDEFG\nendstream"))
		s, _, err := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: 4})
		if err != nil {
			return err
		}
		if _, err = f.Decode(s); isLimit(err) {
			return err
		}
		return nil
	})
	atLimit(t, "references", pdffile.MaxRefs-1, func(n int) error {
		m := newMaker()
		m.pages()
		for i := range n {
			m.object(4+i, fmt.Sprintf("%d 0 R", 5+i))
		}
		m.object(4+n, "(end)")
		m.table("")
		_, _, err := pdffile.Value[pdffile.String](mustOpen(t, m.Bytes()).Last(), pdffile.Ref{Number: 4})
		if err != nil && !isLimit(err) { // a circle looks the same
			return &pdffile.Error{Code: pdffile.CodeLimit}
		}
		return err
	})
	atLimit(t, "objects in an object stream", pdffile.MaxInObjectStream, func(n int) error {
		head := strings.Repeat("5 0 ", n)
		return openContainer(fmt.Sprintf("/N %d /First %d", n, len(head)), head+"(x)")
	})
	atLimit(t, "bytes in an object stream", pdffile.MaxObjectStream, func(n int) error {
		return openContainer("/N 1 /First 4", "5 0 (x)"+strings.Repeat(" ", n-7))
	})
}

// openContainer reads object 5 out of an object stream.
func openContainer(entries, data string) error {
	m := newMaker()
	m.pages()
	m.stream(4, "/Type /ObjStm "+entries+" /Filter /FlateDecode", deflate([]byte(data)))
	m.crossStream(9, "", inside{5, 4, 0})
	f, err := open(append(m.Bytes(), bytes.Repeat([]byte{' '}, 1000)...))
	if err != nil {
		return err
	}
	s, ok, err := pdffile.Value[pdffile.String](f.Last(), pdffile.Ref{Number: 5})
	if err == nil && (!ok || string(s.Bytes) != "x") {
		return errors.New("another object")
	}
	return err
}

// Four million entries are read, one more is not; and never more than a file has bytes.
func TestRows(t *testing.T) {
	file := func(n int, size int) []byte {
		m := newMaker()
		m.pages()
		at := m.Len()
		m.offsets[4] = at
		m.stream(4, fmt.Sprintf("/Type /XRef /Root 1 0 R /Size %d /W [1 1 0] /Index [5 %d] /Filter /FlateDecode", n, n-5), zeros(2*int64(n-5)))
		m.end(at)
		m.offsets = map[int]int{1: bytes.Index(m.Bytes(), []byte("1 0 obj")), 2: bytes.Index(m.Bytes(), []byte("2 0 obj")), 3: bytes.Index(m.Bytes(), []byte("3 0 obj"))}
		m.offsets[4], m.size = at, 5
		m.prev = at
		m.WriteString(strings.Repeat(" ", max(0, size-m.Len()-400)))
		m.table("")
		m.Write(bytes.Repeat([]byte{' '}, max(0, size-m.Len())))
		return m.Bytes()
	}
	// 4 entries in the table and n-5 in the stream.
	atLimit(t, "entries", pdffile.MaxRows, func(n int) error {
		b := file(n+1, 4_100_000)
		f, err := open(b)
		if err == nil && f.Rows() != n {
			return fmt.Errorf("%d entries", f.Rows())
		}
		return err
	})
	size := len(file(3000, 3000))
	if size != 3000 {
		t.Fatal(size)
	}
	atLimit(t, "entries for the size", size, func(n int) error {
		b := file(n+1, size)
		if len(b) != size {
			return fmt.Errorf("%d bytes", len(b))
		}
		_, err := open(b)
		return err
	})
}

// All decoded data together are limited, in one stream and over many.
func TestDecodedLimit(t *testing.T) {
	m := newMaker()
	m.pages()
	m.stream(4, "/Filter /FlateDecode", zeros(pdffile.MaxDecoded-1000))
	m.stream(5, "/Filter /FlateDecode", zeros(1000))
	m.stream(6, "/Filter /FlateDecode", zeros(1))
	m.stream(7, "", []byte("not encoded"))
	m.table("")
	f := mustOpen(t, m.Bytes())
	for _, c := range []struct {
		number uint32
		ok     bool
	}{{4, true}, {5, true}, {6, false}, {7, true}, {4, false}} {
		s, _, err := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: c.number})
		if err != nil {
			t.Fatal(err)
		}
		r, err := f.Reader(s)
		if err == nil {
			_, err = io.Copy(io.Discard, r)
			r.Close()
		}
		if (err == nil) != c.ok || err != nil && !isLimit(err) {
			t.Errorf("stream %d: %v", c.number, err)
		}
	}
}

// reread reads a stream to its end as often as the caller likes.
func reread(f *pdffile.File, number uint32) (int64, error) {
	s, _, err := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: number})
	if err != nil {
		return 0, err
	}
	r, err := f.Reread(s)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return io.Copy(io.Discard, r)
}

// A stream that is read again by Reread counts once, also when two read it at the same
// time; others are refused beyond the total, and one that was refused did not count.
func TestRereadLimit(t *testing.T) {
	m := newMaker()
	m.pages()
	m.stream(4, "/Filter /FlateDecode", zeros(pdffile.MaxDecoded-1000))
	m.stream(5, "/Filter /FlateDecode", zeros(1000))
	m.stream(6, "/Filter /FlateDecode", zeros(1))
	m.stream(7, "/Filter /FlateDecode", zeros(pdffile.MaxDecoded))
	m.stream(8, "/Filter /FlateDecode", zeros(pdffile.MaxDecoded+1))
	m.table("")
	f := mustOpen(t, m.Bytes())
	var g sync.WaitGroup
	for range 2 {
		g.Go(func() {
			if n, err := reread(f, 4); n != pdffile.MaxDecoded-1000 || err != nil {
				t.Error(n, err)
			}
		})
	}
	g.Wait()
	for _, c := range []struct {
		number uint32
		ok     bool
	}{{8, false}, {5, true}, {6, false}, {4, true}, {5, true}, {6, false}} {
		if _, err := reread(f, c.number); (err == nil) != c.ok || err != nil && !isLimit(err) {
			t.Errorf("stream %d: %v", c.number, err)
		}
	}
	f = mustOpen(t, m.Bytes())
	for range 2 {
		if _, err := reread(f, 7); err != nil {
			t.Error(err)
		}
	}
	s, _, _ := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: 5})
	if _, err := f.Decode(s); !isLimit(err) {
		t.Errorf("the total is used up: %v", err)
	}
	if _, err := reread(mustOpen(t, m.Bytes()), 8); !isLimit(err) {
		t.Error(err)
	}
	if _, err := f.Reread(nil); err == nil {
		t.Error("no stream is read")
	}
}

// Of too many streams, the last ones count each time.
func TestMeterLimit(t *testing.T) {
	m := newMaker()
	m.pages()
	for i := range pdffile.MaxMeters + 1 {
		m.stream(4+i, "/Filter /AHx", []byte("0>"))
	}
	m.table("")
	f := mustOpen(t, m.Bytes())
	read := func(i int) int64 {
		t.Helper()
		before := f.Decoded()
		if _, err := reread(f, uint32(4+i)); err != nil {
			t.Fatal(err)
		}
		return f.Decoded() - before
	}
	for i := range pdffile.MaxMeters + 1 {
		if n := read(i); n != 1 {
			t.Fatalf("stream %d counts %d", i, n)
		}
	}
	if n := read(pdffile.MaxMeters - 1); n != 0 {
		t.Errorf("at the limit, a stream counts %d again", n)
	}
	if n := read(pdffile.MaxMeters); n != 1 {
		t.Errorf("above the limit, a stream counts %d again", n)
	}
}

// The same data with other filters in another view are another content.
func TestRereadOtherFilters(t *testing.T) {
	m := newMaker()
	m.pages()
	m.stream(4, "/Filter 5 0 R", []byte("30313233>"))
	m.object(5, "null")
	m.table("")
	m.object(5, "/ASCIIHexDecode")
	m.table("")
	m.object(5, "[/ASCIIHexDecode /ASCIIHexDecode]")
	m.table("")
	f := mustOpen(t, m.Bytes())
	for n, want := range []struct {
		text  string
		total int64
	}{{"30313233>", 0}, {"0123", 4}, {"\x01\x23", 10}} {
		for range 2 {
			s, _, err := pdffile.Value[*pdffile.Stream](f.View(n), pdffile.Ref{Number: 4})
			if err != nil {
				t.Fatal(err)
			}
			r, err := f.Reread(s)
			if err != nil {
				t.Fatal(err)
			}
			if b, err := io.ReadAll(r); string(b) != want.text || err != nil || f.Decoded() != want.total {
				t.Errorf("view %d: %q, %v, %d in all", n, b, err, f.Decoded())
			}
			r.Close()
		}
	}
}

// Findings are cut off, and that is said.
func TestFindingsLimit(t *testing.T) {
	for n, cut := range map[int]bool{pdffile.MaxFindings: false, pdffile.MaxFindings + 1: true} {
		m := newMaker()
		m.pages()
		for range n {
			m.WriteString("9 0 obj 1 endobj ")
		}
		m.table("")
		f := mustOpen(t, m.Bytes())
		list := f.Findings()
		if got := list[len(list)-1].Code == pdffile.FoundCut; got != cut || len(list) != n {
			t.Errorf("%d oddities: %d findings, the last is %s", n, len(list), list[len(list)-1].Code)
		}
	}
}

// Files that would cost more than they are worth.
func TestCosts(t *testing.T) {
	overlapping := func() []byte { // every entry leads to a string that ends nowhere
		m := newMaker()
		m.pages()
		for i := range 40_000 {
			m.offsets[4+i] = m.Len()
			fmt.Fprintf(m, "%d 0 obj(\n", 4+i)
		}
		m.size = 40_004
		m.table("")
		return m.Bytes()
	}
	bomb := func() []byte {
		m := newMaker()
		m.pages()
		data := zeros(50 << 20)
		for i := range 20 {
			m.stream(4+i, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", data)
		}
		var in []inside
		for i := range 20 {
			in = append(in, inside{100 + i, 4 + i, 0})
		}
		m.crossStream(99, "", in...)
		return m.Bytes()
	}
	lengths := func() []byte { // each Length lies in a stream that needs the next
		m := newMaker()
		m.pages()
		var in []inside
		for i := range 10_000 {
			entries, data := box(20_000+i, "9")
			m.offsets[4+i] = m.Len()
			fmt.Fprintf(m, "%d 0 obj<<%s/Length %d 0 R>>stream\n%s\nendstream endobj\n", 4+i, entries, 20_001+i, data)
			in = append(in, inside{20_000 + i, 4 + i, 0})
		}
		m.size = 20_000
		m.crossStream(15_000, "", in...)
		return m.Bytes()
	}
	markers := func() []byte {
		return append(small().Bytes(), bytes.Repeat([]byte("startxref\n0\n%%EOF\n"), 200_000)...)
	}
	streams := func() []byte {
		return append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("1 0 obj<<>>stream\n"), 200_000)...)
	}
	nestedObjects := func() []byte { return append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("1 0 obj["), 300_000)...) }
	words := func() []byte { return append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("obj "), 2_000_000)...) }
	tables := func() []byte {
		return append(bytes.Repeat([]byte("%PDF-1.7\nxref 0 0 trailer<<>>"), 100_000), "startxref\n9\n%%EOF"...)
	}
	for name, make := range map[string]func() []byte{
		"overlapping strings": overlapping, "bombs": bomb, "lengths": lengths, "markers": markers,
		"streams without end": streams, "objects in objects": nestedObjects, "words": words, "tables": tables,
	} {
		b := make()
		cheap(t, name, 2*time.Second, 96<<20, func() {
			start := time.Now()
			for _, o := range []pdffile.Options{{}, {Rebuild: true}} {
				f, err := openWith(b, o)
				if err == nil {
					everything(f)
				}
				t.Logf("%s: %d bytes, %v, %v", name, len(b), time.Since(start), err)
			}
		})
	}
}
