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
