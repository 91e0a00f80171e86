package pdffile_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
)

// maker writes PDF files for tests, object by object.
type maker struct {
	bytes.Buffer
	offsets map[int]int // of the revision that is being written
	prev    int
	size    int
}

func newMaker() *maker {
	m := &maker{offsets: map[int]int{}}
	m.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	return m
}

// object writes an object.
func (m *maker) object(n int, body string) {
	m.offsets[n] = m.Len()
	m.size = max(m.size, n+1)
	fmt.Fprintf(m, "%d 0 obj\n%s\nendobj\n", n, body)
}

// stream writes a stream with the entries and its Length.
func (m *maker) stream(n int, entries string, data []byte) {
	m.offsets[n] = m.Len()
	m.size = max(m.size, n+1)
	fmt.Fprintf(m, "%d 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n", n, entries, len(data), data)
}

// table ends a revision with a table.
func (m *maker) table(entries string) {
	at := m.Len()
	m.WriteString("xref\n")
	if m.prev == 0 {
		m.WriteString("0 1\n0000000000 65535 f \n")
	}
	for n := range m.size {
		if off, ok := m.offsets[n]; ok {
			fmt.Fprintf(m, "%d 1\n%010d 00000 n \n", n, off)
		}
	}
	if m.prev > 0 {
		entries += fmt.Sprintf(" /Prev %d", m.prev)
	}
	fmt.Fprintf(m, "trailer\n<< /Size %d /Root 1 0 R %s >>\n", m.size, entries)
	m.end(at)
}

// end writes startxref and the marker, and begins the next revision.
func (m *maker) end(at int) {
	fmt.Fprintf(m, "startxref\n%d\n%%%%EOF\n", at)
	m.prev, m.offsets = at, map[int]int{}
}

// pages writes the objects 1 to 3.
func (m *maker) pages() {
	m.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
	m.object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	m.object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>")
}

// large makes a file of n streams of a size.
func large(n, size int) []byte {
	m := newMaker()
	m.pages()
	data := make([]byte, size)
	rand.NewChaCha8([32]byte{}).Read(data)
	for i := range n {
		m.stream(4+i, "", data)
	}
	m.table("")
	return m.Bytes()
}

// box is an object stream: numbers and texts in turn.
func box(objects ...any) (entries string, data []byte) {
	var head, body bytes.Buffer
	for i := 0; i < len(objects); i += 2 {
		fmt.Fprintf(&head, "%d %d ", objects[i], body.Len())
		fmt.Fprintf(&body, "%s ", objects[i+1])
	}
	return fmt.Sprintf("/Type /ObjStm /N %d /First %d", len(objects)/2, head.Len()), append(head.Bytes(), body.Bytes()...)
}

// inside names a place in an object stream.
type inside struct{ number, container, index int }

// crossStream ends a revision with a cross-reference stream, which is object n.
func (m *maker) crossStream(n int, entries string, in ...inside) {
	at := m.Len()
	m.size = max(m.size, n+1)
	m.offsets[n] = at
	rows := map[int][]byte{0: {0, 0, 0, 0, 0, 0xff, 0xff}}
	for number, off := range m.offsets {
		rows[number] = append(binary.BigEndian.AppendUint32([]byte{1}, uint32(off)), 0, 0)
	}
	for _, x := range in {
		m.size = max(m.size, x.number+1)
		rows[x.number] = append(binary.BigEndian.AppendUint32([]byte{2}, uint32(x.container)), byte(x.index>>8), byte(x.index))
	}
	var index, data bytes.Buffer
	for i := range m.size {
		if row, ok := rows[i]; ok && (i > 0 || m.prev == 0) {
			fmt.Fprintf(&index, "%d 1 ", i)
			data.Write(row)
		}
	}
	if m.prev > 0 {
		entries += fmt.Sprintf(" /Prev %d", m.prev)
	}
	m.stream(n, fmt.Sprintf("/Type /XRef /Size %d /Root 1 0 R /W [1 4 2] /Index [%s] %s", m.size, index.String(), entries), data.Bytes())
	m.end(at)
}

// small is a file of one revision.
func small() *maker {
	m := newMaker()
	m.pages()
	m.table("")
	return m
}
