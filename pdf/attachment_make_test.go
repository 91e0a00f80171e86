package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// fileMaker writes PDF files object by object, revision by revision.
type fileMaker struct {
	bytes.Buffer
	offsets    map[int]int // of the revision that is being written; 0 for a freed object
	prev, size int
}

func newFileMaker() *fileMaker {
	m := &fileMaker{offsets: map[int]int{}}
	m.WriteString("%PDF-2.0\n%\xe2\xe3\xcf\xd3\n")
	return m
}

func (m *fileMaker) object(n int, body string) *fileMaker {
	m.offsets[n], m.size = m.Len(), max(m.size, n+1)
	fmt.Fprintf(m, "%d 0 obj\n%s\nendobj\n", n, body)
	return m
}

func (m *fileMaker) stream(n int, entries, data string) *fileMaker {
	return m.object(n, fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(data), data))
}

// file writes an embedded file.
func (m *fileMaker) file(n int, data string) *fileMaker {
	return m.stream(n, "/Type /EmbeddedFile", data)
}

func (m *fileMaker) free(n int) *fileMaker {
	m.offsets[n] = 0
	return m
}

// end ends the revision. Object 1 is the catalog.
func (m *fileMaker) end() *fileMaker { return m.endWith("/Root 1 0 R") }

func (m *fileMaker) endWith(entries string) *fileMaker {
	at := m.Len()
	m.WriteString("xref\n")
	if m.prev == 0 {
		m.WriteString("0 1\n0000000000 65535 f \n")
	} else {
		entries += fmt.Sprintf(" /Prev %d", m.prev)
	}
	for n := range m.size {
		off, ok := m.offsets[n]
		switch {
		case ok && off == 0:
			fmt.Fprintf(m, "%d 1\n0000000000 00001 f \n", n)
		case ok:
			fmt.Fprintf(m, "%d 1\n%010d 00000 n \n", n, off)
		}
	}
	fmt.Fprintf(m, "trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n", m.size, entries, at)
	m.prev, m.offsets = at, map[int]int{}
	return m
}

// oneFile is a document with an embedded file in object 5, its file specification in
// object 4 and the entries in the catalog.
func oneFile(catalog string) *fileMaker {
	m := newFileMaker()
	m.object(1, "<< /Type /Catalog /Pages 2 0 R "+catalog+" >>").object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	m.object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>")
	m.object(4, "<< /Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F 5 0 R /UF 5 0 R >> >>")
	return m.file(5, "content")
}

const inNameTree = "/Names << /EmbeddedFiles << /Names [(a.txt) 4 0 R] >> >>"

func openBytes(b []byte, password string) (*pdffile.File, error) {
	return pdffile.Open(context.Background(), bytes.NewReader(b), int64(len(b)), pdffile.Options{Password: []byte(password)})
}

func openMaker(t testing.TB, m *fileMaker) *pdffile.File {
	t.Helper()
	f, err := openBytes(m.Bytes(), "")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// attachmentsOf lists attachments, with the codes of all findings.
func attachmentsOf(t testing.TB, m *fileMaker) ([]*Attachment, []string) {
	t.Helper()
	list, found, err := findAttachments(openMaker(t, m))
	if err != nil {
		t.Fatal(err)
	}
	return list, codesOf(found)
}

func codesOf(found []pdffile.Finding) (out []string) {
	for _, x := range found {
		out = append(out, x.Code)
	}
	return out
}

// mustFind fails unless the attachments have these names, in this order, and the
// findings are of these codes.
func mustFind(t testing.TB, m *fileMaker, names, codes string) []*Attachment {
	t.Helper()
	list, found := attachmentsOf(t, m)
	var got []string
	for _, a := range list {
		got = append(got, a.Name)
	}
	slices.Sort(found)
	if strings.Join(got, ",") != names || strings.Join(slices.Compact(found), ",") != codes {
		t.Fatalf("attachments %q, findings %q; want %q and %q", got, found, names, codes)
	}
	return list
}

func contentOf(t testing.TB, e *EmbeddedFile) string {
	t.Helper()
	var b bytes.Buffer
	n, err := e.WriteTo(t.Context(), &b)
	if err != nil || n != int64(b.Len()) {
		t.Fatal(n, err)
	}
	return b.String()
}

func deflated(data []byte) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.String()
}
