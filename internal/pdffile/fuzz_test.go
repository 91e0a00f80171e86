package pdffile_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// An object or an error; skip ends where the parser does; and what is read of the first
// bytes is never something else than what is read of all.
func FuzzLex(f *testing.F) {
	for _, s := range []string{
		"<</A 12 0 R/B[(x\\)(y))<4 1>]/C<</D null>>/Length 5>>stream", "[1 -2 +.5 1.2.3 /N#41 true]%c", "(a\\\r\nb\\053)", "<</Length 5 0 R/Type/ObjStm>>",
		"12 0 R", "<<>>", "[[[]]]", "/", "<", "<</A/B/A/C>>", "1 0 obj<</ByteRange[0 1 2 3]/Contents<00>>>endobj",
	} {
		f.Add([]byte(s), 3)
	}
	f.Fuzz(func(t *testing.T, in []byte, cut int) {
		o, end, _, err := pdffile.Parse(in)
		if (err == nil) == (o == nil) || end > len(in) {
			t.Fatalf("%v, %v, %d", o, err, end)
		}
		checkSkip(t, in)
		if cut < 0 || cut > len(in) {
			return
		}
		part, partEnd, more, partErr := pdffile.ParseStart(in[:cut])
		if more {
			return
		}
		if (err == nil) != (partErr == nil) || err == nil && (end != partEnd || !reflect.DeepEqual(o, part)) {
			t.Fatalf("of %q: %v, %v; of %q: %v, %v", in[:cut], part, partErr, in, o, err)
		}
	})
}

// A file or an error with a code; revisions that follow one another; entries at whose
// places their objects stand; and the same in pieces.
func FuzzOpen(f *testing.F) {
	m := streams()
	m.object(5, "(new)")
	m.stream(7, "/Filter /FlateDecode", deflate([]byte("text")))
	m.crossStream(9, "")
	for _, b := range [][]byte{small().Bytes(), linearized(), m.Bytes(), behind(), hybrid("0000000000 65535 f \n"), withStream("/Length 5 0 R", "\nABCDEFG\nendstream")} {
		f.Add(b)
	}
	f.Fuzz(openWhole)
}

// FuzzCorpus begins with real files, and with those that were made to do harm.
func FuzzCorpus(f *testing.F) {
	list, err := filepath.Glob(filepath.Join(testvec.Corpus(f, "pdf"), "*.pdf"))
	if err != nil {
		f.Fatal(err)
	}
	seeds := 0
	for _, name := range list {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(b) <= maxSeed {
			f.Add(b)
			seeds++
		}
	}
	if seeds < 40 {
		f.Fatalf("only %d of %d files are small enough", seeds, len(list))
	}
	f.Fuzz(openWhole)
}

// maxSeed bounds the files that a fuzzer starts from: larger ones are changed where
// nobody looks.
const maxSeed = 30 << 10

// FuzzXref reads a file whose cross-reference is any table, or any stream: see FuzzOpen.
func FuzzXref(f *testing.F) {
	f.Add("0 5\n0000000000 65535 f \n0000000009 00000 n \n", "/Size 5 /Root 1 0 R", []byte{1, 0, 9, 0})
	f.Add("0 1\n0000000000 65535 f \n3 1\n0000000121 00000 n\r\n", "/Size 4 /Root 1 0 R /Prev 9", []byte{2, 0, 4, 1})
	f.Add("0 0\n", "/Size 5 /Root 1 0 R /W [1 2 1] /Index [0 1 3 1]", []byte{0, 0, 0, 255, 1, 0, 121, 0})
	f.Add("1 1\n0000000009 00000 n \n", "/Size 9 /Root 1 0 R /W [0 0 0] /Index [3 9999999999]", []byte{})
	f.Fuzz(func(t *testing.T, rows, trailer string, data []byte) {
		m := newMaker()
		m.pages()
		at := m.Len()
		fmt.Fprintf(m, "xref\n%strailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n", rows, trailer, at)
		openWhole(t, m.Bytes())
		m = newMaker()
		m.pages()
		at = m.Len()
		fmt.Fprintf(m, "9 0 obj\n<</Type/XRef/Length %d %s>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", len(data), trailer, data, at)
		openWhole(t, m.Bytes())
	})
}

func openWhole(t *testing.T, in []byte) {
	for _, o := range []pdffile.Options{{}, {NoScan: true}, {Rebuild: true}} {
		file, err := openWith(in, o)
		pieces, err2 := pdffile.OpenUnheld(bytes.NewReader(in), int64(len(in)), o)
		if (err == nil) != (err2 == nil) {
			t.Fatalf("%v, in pieces %v", err, err2)
		}
		if err != nil {
			var e *pdffile.Error
			if file != nil || !errors.As(err, &e) || e.Code == "" {
				t.Fatalf("%v", err)
			}
			continue
		}
		checkFile(t, file, o.NoScan)
		if !slices.Equal(file.Findings(), pieces.Findings()) {
			t.Fatalf("%+v, in pieces %+v", file.Findings(), pieces.Findings())
		}
		everything(file)
	}
}

// checkFile checks what is true of every file.
func checkFile(t *testing.T, f *pdffile.File, unchecked bool) {
	mixed := slices.ContainsFunc(f.Findings(), func(x pdffile.Finding) bool { return x.Code == pdffile.FoundEncryption })
	start := int64(0)
	for i, r := range f.Revisions() {
		if r.Start != start || r.End < r.Start || r.End > f.Size() || len(r.Sections) == 0 {
			t.Fatalf("revision %d: %d to %d", i, r.Start, r.End)
		}
		start = r.End
		last := int64(-1)
		for n, e := range r.Entries() {
			if int64(n) <= last {
				t.Fatalf("revision %d: object %d behind %d", i, n, last)
			}
			last = int64(n)
			if e.Kind != pdffile.InFile || e.End < 0 || unchecked {
				continue
			}
			number, _, err := f.Lex(e.Offset, e.End)
			if err != nil || number != pdffile.Integer(n) || e.End <= e.Offset || e.End > f.Size() {
				t.Fatalf("object %d at %d to %d: %v, %v", n, e.Offset, e.End, number, err)
			}
		}
		if i == 0 || len(f.Revisions()) > 20 || mixed {
			continue
		}
		a, b := f.View(i-1), f.View(i)
		changed := map[uint32]bool{}
		for c := range pdffile.Changes(a, b) {
			changed[c.Number] = true
		}
		for n := range b.Numbers() {
			_, e := b.Where(pdffile.Ref{Number: n})
			ref := pdffile.Ref{Number: n, Generation: e.Generation}
			if x, err := a.Get(ref); err == nil && !changed[n] {
				y, err := b.Get(ref)
				if err != nil {
					continue // a Length or a container that changed
				}
				if s, ok := x.(*pdffile.Stream); ok {
					x = s.Dict
					y = y.(*pdffile.Stream).Dict
				}
				if same, err := f.Equal(x, y); !same || err != nil {
					t.Fatalf("object %d differs and is not among the changes: %v, %v", n, x, y)
				}
			}
		}
	}
	for _, x := range f.Findings() {
		if x.Code == "" || x.Text == "" || x.Revision < 0 || x.Revision >= len(f.Revisions()) {
			t.Fatalf("%+v", x)
		}
	}
}

// An object of an object stream is what its text says, or an error.
func FuzzObjectStream(f *testing.F) {
	f.Add("/N 1 /First 4", []byte("5 0 (x)"), 0)
	f.Add("/N 2 /First 8 /Extends 4 0 R", []byte("5 0 6 3 [1] <<>>"), 1)
	f.Add("/N 5 0 R /First 5 0 R", []byte("5 0 4"), 0)
	f.Add("/N 3 /First 9999", []byte("5 0 4"), 2)
	f.Add("/N 1 /First 4", []byte("5  05 [] x 5(x)"), 0)
	f.Fuzz(func(t *testing.T, entries string, data []byte, index int) {
		m := newMaker()
		m.object(1, "<< /Type /Catalog >>")
		m.stream(4, "/Type /ObjStm "+entries, data)
		m.crossStream(9, "", inside{5, 4, index & 0xffff}, inside{6, 4, (index + 1) & 0xffff})
		file, err := open(m.Bytes())
		if err != nil {
			return
		}
		everything(file)
		var n, first int
		var number, offset uint32
		if _, err := fmt.Sscanf(entries, "/N %d /First %d", &n, &first); err != nil || entries != fmt.Sprintf("/N %d /First %d", n, first) || n != 1 {
			return
		}
		o, err := file.Last().Get(pdffile.Ref{Number: 5})
		if k, err2 := fmt.Sscanf(string(data[:min(max(first, 0), len(data))]), "%d %d", &number, &offset); k != 2 || err2 != nil || err != nil || index != 0 || o == (pdffile.Null{}) || first+int(offset) > len(data) {
			return
		}
		want, _, _, err := pdffile.Parse(data[first+int(offset):])
		if same, _ := file.Equal(o, want); number != 5 || err != nil || !same {
			t.Fatalf("%v, want %v, %v", o, want, err)
		}
	})
}

// Data or an error with a code; the same however they are read; and what compress/zlib
// inflates is inflated alike.
func FuzzFilter(f *testing.F) {
	f.Add("/Filter /FlateDecode", deflate([]byte("some text, some text")))
	f.Add("/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 4 >>", deflate([]byte("\x02abcd\x01abcd\x03abcd\x04abcd")))
	f.Add("/Filter /LZWDecode", encodeLZW([]byte("-----A---B")))
	f.Add("/Filter [/ASCII85Decode /RunLengthDecode]", []byte("!!*-'~>"))
	f.Add("/Filter /ASCIIHexDecode", []byte("616>"))
	f.Add("/Filter /LZWDecode /DecodeParms << /Predictor 2 /BitsPerComponent 4 /Colors 3 /Columns 5 >>", encodeLZW(noise(100)))
	f.Fuzz(func(t *testing.T, entries string, data []byte) {
		m := newMaker()
		m.pages()
		m.stream(4, entries, data)
		m.table("")
		file, err := open(m.Bytes())
		if err != nil {
			return
		}
		s, ok, err := pdffile.Value[*pdffile.Stream](file.Last(), pdffile.Ref{Number: 4})
		if !ok || err != nil {
			return
		}
		got, err := file.Decode(s)
		var e *pdffile.Error
		if err != nil && (got != nil || !errors.As(err, &e)) {
			t.Fatalf("%q, %v", got, err)
		}
		if r, err2 := file.Reader(s); err2 == nil && len(got) < 1<<16 {
			slow, err2 := io.ReadAll(iotest.OneByteReader(r))
			r.Close()
			if (err == nil) != (err2 == nil) || err == nil && !bytes.Equal(got, slow) {
				t.Fatalf("%q, %v; byte by byte %q, %v", got, err, slow, err2)
			}
		}
		if !slices.Equal(s.Filters(), []pdffile.Name{"FlateDecode"}) || s.Dict.Has("DecodeParms") || s.To-s.From != int64(len(data)) {
			return
		}
		if z, err2 := zlib.NewReader(bytes.NewReader(data)); err2 == nil {
			if want, err2 := io.ReadAll(z); err2 == nil && (err != nil || !bytes.Equal(got, want)) {
				t.Fatalf("%q, %v, want %q", got, err, want)
			}
		}
	})
}
