package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// Objects are counted against the revision before.
func TestRevisionHistory(t *testing.T) {
	m := oneFile("").end()                                   // objects 1 to 5
	m.object(3, "<< >>").object(6, "(new)").end()            // one changed, one added
	m.free(6).free(5).end()                                  // two freed
	m.free(6).end()                                          // and again, which is nothing
	m.object(5, "(back)").end()                              // one added
	m.offsets[4] = bytes.Index(m.Bytes(), []byte("4 0 obj")) // the same place again is no change
	m.end()
	f := openMaker(t, m)
	var got []string
	for n, r := range revisionHistory(f) {
		got = append(got, fmt.Sprintf("%d+%d~%d-", r.Added, r.Changed, r.Freed))
		if r.N != n || r.End != f.Revisions()[n].End || r.Start != f.Revisions()[n].Start || strings.Join(r.Sections, " ") != "table" || r.Incomplete {
			t.Errorf("%+v", r)
		}
	}
	if s := strings.Join(got, " "); s != "5+0~0- 1+1~0- 0+0~2- 0+0~0- 1+0~0- 0+0~0-" {
		t.Error(s)
	}
	for n, want := range []string{"table", "stream", "hybrid", "rebuilt"} {
		if got := sectionName(pdffile.SectionKind(n)); got != want {
			t.Error(got)
		}
	}
}

// Objects in replaced object streams are counted, up to a limit.
func TestReplacedObjectStreams(t *testing.T) {
	for above := range 2 {
		n := maxReplaced + above
		m := newFileMaker().object(1, "<< /Type /Catalog >>")
		boxes := map[int]int{}
		for round := range 2 {
			for i := range n {
				m.stream(10+i, "/Type /ObjStm /N 1 /First 10", fmt.Sprintf("%-10s(%d)", fmt.Sprintf("%d 0", 100+i), round))
				boxes[100+i] = 10 + i
			}
			if round > 0 {
				boxes = nil
			}
			m.boxed(3+round, boxes)
		}
		f := openMaker(t, m)
		rows := revisionHistory(f)
		if len(rows) != 2 || rows[1].Changed != n+maxReplaced || rows[1].Added != 1 || rows[1].Incomplete != (above == 1) {
			t.Errorf("%d above: %+v", above, rows)
		}
		c := objectCount{f: f, left: maxReplaced - above}
		var row revisionRow
		if c.revision(1, &row); row.Incomplete != (above == 1) {
			t.Errorf("%d members above: %+v", above, row)
		}
	}
}

func TestWriteRevision(t *testing.T) {
	m := oneFile("").end()
	old := bytes.Clone(m.Bytes())
	m.object(3, "<< >>").end()
	present := bytes.Clone(m.Bytes())
	m.WriteString("trailing bytes")
	f := openMaker(t, m)
	rows := revisionHistory(f)
	if err := hashRevisions(t.Context(), f, rows); err != nil {
		t.Fatal(err)
	}
	for n, want := range [][]byte{old, present} {
		var b bytes.Buffer
		if err := writeRevision(t.Context(), f, n, &b); err != nil || !bytes.Equal(b.Bytes(), want) || rows[n].SHA256 != sha256.Sum256(want) {
			t.Errorf("%d: %v", n, err)
		}
	}
	for _, n := range []int{-1, 2} {
		if err := writeRevision(t.Context(), f, n, io.Discard); err == nil || !strings.Contains(err.Error(), "the revisions 0 to 1") {
			t.Error(err)
		}
	}
	if err := writeRevision(t.Context(), f, 0, brokenWriter{}); err != errBroken {
		t.Error(err)
	}
	if err := writeRevision(t.Context(), f, 0, shortWriter{}); err != io.ErrShortWrite {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := writeRevision(ctx, f, 0, io.Discard); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := hashRevisions(ctx, f, rows); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

type shortWriter struct{}

func (shortWriter) Write(b []byte) (int, error) { return len(b) / 2, nil }

// fadingFile is a file whose bytes can be taken away: reading then fails, or finds the
// end.
type fadingFile struct {
	b    []byte
	gone bool
	err  error
}

func (f *fadingFile) ReadAt(b []byte, off int64) (int, error) {
	if f.gone {
		return 0, f.err
	}
	return bytes.NewReader(f.b).ReadAt(b, off)
}

// An error of the file's reader is told, and is no word about the document.
func TestFileReaderErrors(t *testing.T) {
	m := oneFile(inNameTree+" /Metadata 6 0 R /Collection 7 0 R").stream(5, "/Type /EmbeddedFile /Filter /FlateDecode", deflated([]byte("content")))
	m.stream(6, "", xmpPacket("")).object(7, "<< >>").stream(8, "", strings.Repeat("x", 2<<20)).end() // too large to be kept
	for _, broken := range []error{errBroken, io.EOF} {
		r := &fadingFile{b: m.Bytes(), err: broken}
		f, err := pdffile.Open(t.Context(), r, int64(m.Len()), pdffile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		list, _, err := findAttachments(f)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		rows := revisionHistory(f)
		r.gone = true
		tries := map[string]func() error{
			"attachments": func() error { _, _, err := findAttachments(f); return err },
			"history":     func() error { return hashRevisions(t.Context(), f, rows) },
			"revision":    func() error { return writeRevision(t.Context(), f, 0, io.Discard) },
		}
		if broken != io.EOF { // an early end is an end for what decodes data
			tries["content"] = func() error { _, err := list[0].WriteTo(t.Context(), io.Discard); return err }
			tries["claims"] = func() error { _, err := list[0].checkClaims(t.Context()); return err }
			tries["evidence"] = func() error { _, err := embeddedItems(list); return err }
		}
		for what, try := range tries {
			var own *pdffile.Error
			if err := try(); errors.As(err, &own) || !errors.Is(err, errBroken) && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%v, %s: %v", broken, what, err)
			}
		}
	}
}
