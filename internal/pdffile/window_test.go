package pdffile_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// A file that is read piece by piece is read like one that is held.
func TestUnheld(t *testing.T) {
	for _, c := range corpus(t) {
		for _, o := range []pdffile.Options{{}, {Rebuild: true}} {
			held, err := openWith(c.data, o)
			pieces, err2 := pdffile.OpenUnheld(bytes.NewReader(c.data), int64(len(c.data)), o)
			if (err == nil) != (err2 == nil) || err != nil && err.Error() != err2.Error() {
				t.Errorf("%s: %v, in pieces %v", c.name, err, err2)
			}
			if err != nil || err2 != nil {
				continue
			}
			if !slices.Equal(held.Findings(), pieces.Findings()) || !slices.Equal(held.Marks(), pieces.Marks()) || held.Strict() != pieces.Strict() {
				t.Errorf("%s: %+v, in pieces %+v", c.name, held.Findings(), pieces.Findings())
			}
			for n := range held.Last().Numbers() {
				r, e := held.Last().Where(pdffile.Ref{Number: n})
				if r2, e2 := pieces.Last().Where(pdffile.Ref{Number: n}); r != r2 || e != e2 {
					t.Errorf("%s: object %d: %+v, in pieces %+v", c.name, n, e, e2)
				}
				ref := pdffile.Ref{Number: n, Generation: e.Generation}
				a, err := held.Last().Get(ref)
				b, err2 := pieces.Last().Get(ref)
				if (err == nil) != (err2 == nil) {
					t.Errorf("%s: object %d: %v, in pieces %v", c.name, n, err, err2)
				}
				x, ok := a.(*pdffile.Stream)
				if y, _ := b.(*pdffile.Stream); ok && y != nil {
					if x.From != y.From || x.To != y.To {
						t.Errorf("%s: stream %d: %d to %d, in pieces %d to %d", c.name, n, x.From, x.To, y.From, y.To)
					}
					a, b = x.Dict, y.Dict
				}
				if !reflect.DeepEqual(a, b) {
					t.Errorf("%s: object %d differs in pieces", c.name, n)
				}
			}
		}
	}
}

// A large file is not read: of 80 MB, only what is around the objects.
func TestLargeFile(t *testing.T) {
	b := large(800, 100_000)
	r := &counter{r: bytes.NewReader(b)}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, err := pdffile.Open(context.Background(), r, int64(len(b)), pdffile.Options{})
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	checkFindings(t, "large", f, "")
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 || r.bytes > int64(len(b))/2 {
		t.Errorf("%d bytes allocated, %d read", used, r.bytes)
	}
	t.Logf("%d bytes allocated, %d of %d read in %d pieces", after.TotalAlloc-before.TotalAlloc, r.bytes, len(b), r.calls)
	s, _, err := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: 803})
	if err != nil || s == nil || s.To-s.From != 100_000 {
		t.Errorf("%+v, %v", s, err)
	}
	cheap(t, "search", 1e9, 4<<20, func() {
		if _, err := pdffile.Open(context.Background(), r, int64(len(b)), pdffile.Options{Rebuild: true}); err != nil {
			t.Error(err)
		}
	})
}

type counter struct {
	r     io.ReaderAt
	bytes int64
	calls int
}

func (c *counter) ReadAt(b []byte, off int64) (int, error) {
	c.calls++
	c.bytes += int64(len(b))
	return c.r.ReadAt(b, off)
}

var errDisk = errors.New("the disk is gone")

// broken fails from its n-th call on.
type broken struct {
	r io.ReaderAt
	n int
}

func (b *broken) ReadAt(p []byte, off int64) (int, error) {
	if b.n--; b.n < 0 {
		return 0, errDisk
	}
	return b.r.ReadAt(p, off)
}

// An error of the reader is no word about the file, wherever it comes.
func TestReaderFails(t *testing.T) {
	b := append(streams().Bytes(), bytes.Repeat([]byte{' '}, 100)...)
	for _, o := range []pdffile.Options{{}, {Rebuild: true}, {NoScan: true}} {
		for n := 0; ; n++ {
			f, err := pdffile.OpenUnheld(&broken{bytes.NewReader(b), n}, int64(len(b)), o)
			if err == nil {
				if n == 0 {
					t.Error("nothing is read")
				}
				_, err := f.Last().Get(pdffile.Ref{Number: 1})
				if o.Rebuild || err == nil {
					break
				}
			}
			if !errors.Is(err, errDisk) {
				t.Fatalf("after %d calls: %v", n, err)
			}
		}
	}
	for _, size := range []int64{int64(len(b)) + 1, 2 << 20} {
		if _, err := pdffile.Open(context.Background(), bytes.NewReader(b), size, pdffile.Options{}); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("a file shorter than its size: %v", err)
		}
	}
}

// shrinking is a file that loses its end.
type shrinking struct {
	b    []byte
	size int64
}

func (s *shrinking) ReadAt(p []byte, off int64) (int, error) {
	return bytes.NewReader(s.b[:s.size]).ReadAt(p, off)
}

// A file that gets shorter while it is open never looks like one whose streams are
// shorter; one that is held stays as it was.
func TestShrinks(t *testing.T) {
	for name, c := range map[string]struct {
		entries string
		data    []byte
	}{
		"plain": {"", noise(50_000)}, "deflated": {"/Filter /FlateDecode", deflate(noise(50_000))},
		"hexadecimal": {"/Filter /AHx", bytes.Repeat([]byte("30"), 50_000)}, "base 85": {"/Filter /A85", bytes.Repeat([]byte("z"), 50_000)},
		"runs": {"/Filter /RL", bytes.Repeat([]byte("\xffx"), 50_000)}, "LZW": {"/Filter /LZW", encodeLZW(noise(50_000))},
		"predicted": {"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 9 >>", deflate(make([]byte, 500_000))},
	} {
		m := newMaker()
		m.pages()
		m.stream(4, c.entries, c.data)
		m.stream(5, c.entries, c.data)
		m.table("")
		for at := range 4 {
			r := &shrinking{m.Bytes(), int64(m.Len())}
			f, err := pdffile.OpenUnheld(r, r.size, pdffile.Options{})
			if err != nil {
				t.Fatal(name, err)
			}
			a, _, err := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: 4})
			b, _, err2 := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: 5})
			if err != nil || err2 != nil {
				t.Fatal(name, err, err2)
			}
			if same, err := f.Equal(a, b); !same || err != nil {
				t.Errorf("%s: %v, %v", name, same, err)
			}
			r.size = []int64{b.From, b.From + 1, (b.From + b.To) / 2, b.To - 6}[at] // 4 bytes of checksum are not needed
			if same, err := f.Equal(a, b); same || !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%s, cut at %d: equal %v, %v", name, at, same, err)
			}
			if _, err := f.Decode(b); !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%s, cut at %d: %v", name, at, err)
			}
			for what, r := range map[string]io.Reader{"Raw": f.Raw(b), "Section": f.Section(0, f.Size())} {
				if n, err := io.Copy(io.Discard, r); !errors.Is(err, io.ErrUnexpectedEOF) {
					t.Errorf("%s, cut at %d: %s gave %d bytes, %v", name, at, what, n, err)
				}
			}
			if _, err := f.ReadAt(make([]byte, 10), b.To-5); !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%s, cut at %d: ReadAt %v", name, at, err)
			}
		}
	}
	r := &shrinking{small().Bytes(), int64(small().Len())}
	f, err := pdffile.Open(t.Context(), r, r.size, pdffile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.size = 5
	if b, err := io.ReadAll(f.Section(0, f.Size())); !bytes.Equal(b, r.b) || err != nil {
		t.Errorf("a file that is held changed: %q, %v", b, err)
	}
	for off, want := range map[int64]error{f.Size(): io.EOF, f.Size() - 1: io.EOF, f.Size() - 2: nil} {
		if _, err := f.ReadAt(make([]byte, 2), off); err != want {
			t.Errorf("ReadAt %d: %v, want %v", off, err, want)
		}
	}
	if _, err := f.ReadAt(make([]byte, 2), -1); err == nil || err == io.EOF {
		t.Errorf("ReadAt before the file: %v", err)
	}
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	b := streams().Bytes()
	for _, o := range []pdffile.Options{{}, {Rebuild: true}} {
		if _, err := pdffile.Open(ctx, bytes.NewReader(b), int64(len(b)), o); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

// A File serves many at once.
func TestConcurrent(t *testing.T) {
	m := streams()
	m.object(5, "(new)")
	m.crossStream(9, "")
	f := mustOpen(t, m.Bytes())
	var g sync.WaitGroup
	for range 8 {
		g.Go(func() {
			everything(f)
			f.Encrypted()
			if o, _, err := f.Lex(9, 60); err != nil || o != pdffile.Integer(1) {
				t.Errorf("%v, %v", o, err)
			}
			for range pdffile.Changes(f.View(0), f.View(1)) {
			}
		})
	}
	g.Wait()
}
