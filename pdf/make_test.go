package pdf

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

// maker writes a PDF file, revision by revision, by the letter and with no code of the
// reader.
type maker struct {
	b       []byte
	offsets map[int]int // of this revision
	next    int
	prev    int
	hole    *hole
	trailer string // further entries of the trailers
	lost    bool   // startxref leads nowhere
}

// hole is a signature that is filled in when its revision is complete.
type hole struct {
	sig              dictionary
	byteRange, value [2]int // from and to
}

// The numbers of the first document.
const (
	objCatalog = 1
	objPages   = 2
	objPage    = 3
	objForm    = 4
	objFree    = 10
)

// newMaker begins a document of one empty page with an empty form; nothing is written of
// the first revision but its objects.
func newMaker() *maker {
	m := &maker{b: []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), offsets: map[int]int{}, next: objFree}
	m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>")
	m.obj(objPages, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
	m.obj(objPage, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[9 0 R]>>")
	m.obj(objForm, "<</Fields[9 0 R]/SigFlags 3>>")
	m.obj(9, "<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/P 3 0 R/FT/Tx/T(Text)/V(empty)>>")
	return m
}

func (m *maker) obj(n int, body string) {
	m.offsets[n] = len(m.b)
	m.b = fmt.Appendf(m.b, "%d 0 obj\n%s\nendobj\n", n, body)
	m.next = max(m.next, n+1)
}

func (m *maker) stream(n int, data []byte) {
	m.obj(n, fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(data), data))
}

// number hands out a free object number.
func (m *maker) number() int {
	m.next++
	return m.next - 1
}

// end writes the table and what stands behind it, and fills in the signature.
func (m *maker) end(t testing.TB) *maker {
	t.Helper()
	at := len(m.b)
	m.b = append(m.b, "xref\n"...)
	if m.prev == 0 {
		m.b = append(m.b, "0 1\n0000000000 65535 f \n"...)
	}
	for n := range m.next {
		if off, ok := m.offsets[n]; ok {
			m.b = fmt.Appendf(m.b, "%d 1\n%010d 00000 n \n", n, off)
		}
	}
	m.b = fmt.Appendf(m.b, "trailer\n<</Size %d/Root 1 0 R", m.next)
	if m.prev > 0 {
		m.b = fmt.Appendf(m.b, "/Prev %d", m.prev)
	}
	start := at
	if m.lost {
		start = len(m.b) * 2
	}
	m.b = fmt.Appendf(m.b, "%s>>\nstartxref\n%d\n%%%%EOF\n", m.trailer, start)
	m.prev, m.offsets = at, map[int]int{}
	if m.hole != nil {
		m.fill(t)
	}
	return m
}

// dictionary is a signature to be written into a document. The zero value of each
// member is the usual.
type dictionary struct {
	typ       string // Sig; "-" leaves it out
	filter    string // Adobe.PPKLite
	subFilter string // adbe.pkcs7.detached
	entries   string // further ones
	field     string // name; Signature and the number of the object
	noField   bool
	perms     bool   // the permissions dictionary names it as the certification
	inField   bool   // the dictionary lies directly in its field
	fieldMore string // further entries of the field
	room      int    // bytes for the value: 12000

	// value makes it, over the signed bytes.
	value func(content []byte) []byte
	// padding is what stands behind the value, zeros if it is nil.
	padding []byte
	// ranges writes another ByteRange than the usual one; the value is made over the
	// usual bytes, unless covers says otherwise.
	ranges func(r [4]int) string
	covers func(file []byte, r [4]int) []byte
	// string writes the value otherwise than in hexadecimal; it must be as long.
	string func(hex string) string
}

const rangeRoom = "                                                  "

// sign adds a signature to the revision that is being written: dictionary, field and
// widget, and the entries that name them. It returns the number of the dictionary.
func (m *maker) sign(t testing.TB, s dictionary) int {
	t.Helper()
	if s.subFilter == "" {
		s.subFilter = "adbe.pkcs7.detached"
	}
	if s.room == 0 {
		s.room = 12000
	}
	n := m.number()
	if s.inField {
		m.widget(n, "", s)
		return n
	}
	m.offsets[n] = len(m.b)
	m.b = fmt.Appendf(m.b, "%d 0 obj\n", n)
	m.dictionary(s)
	m.b = append(m.b, "\nendobj\n"...)
	if s.perms {
		m.obj(objCatalog, fmt.Sprintf("<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Perms<</DocMDP %d 0 R>>>>", n))
	}
	if !s.noField {
		m.widget(m.number(), fmt.Sprintf("%d 0 R", n), s)
	}
	return n
}

func (m *maker) dictionary(s dictionary) {
	h := &hole{sig: s}
	m.b = append(m.b, "<<"...)
	if s.typ != "-" {
		m.b = append(m.b, "/Type/"+strings.TrimSuffix(s.typ+"Sig", map[bool]string{true: "Sig"}[s.typ != ""])...)
	}
	m.b = append(m.b, "/Filter/"+cmp.Or(s.filter, "Adobe.PPKLite")+"/SubFilter/"+s.subFilter+s.entries+"/ByteRange "...)
	h.byteRange[0] = len(m.b)
	m.b = append(m.b, rangeRoom...)
	h.byteRange[1] = len(m.b)
	m.b = append(m.b, "/Contents "...)
	h.value[0] = len(m.b)
	m.b = append(m.b, "<"+strings.Repeat("00", s.room)+">"...)
	h.value[1] = len(m.b)
	m.b = append(m.b, ">>"...)
	m.hole = h
}

// widget writes a field that is its own widget.
func (m *maker) widget(n int, value string, s dictionary) {
	name := s.field
	if name == "" {
		name = fmt.Sprintf("Signature%d", n)
	}
	m.offsets[n] = len(m.b)
	m.b = fmt.Appendf(m.b, "%d 0 obj\n<</Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P 3 0 R/FT/Sig/T(%s)%s/V ", n, name, s.fieldMore)
	if value == "" {
		m.dictionary(s)
	}
	m.b = append(m.b, value+">>\nendobj\n"...)
	m.fields(n)
}

// fields adds a field to the form and to the page.
func (m *maker) fields(n int) {
	list := fmt.Sprintf("%d 0 R", n)
	for _, key := range []string{"/Fields[", "/Annots["} {
		at := bytes.LastIndex(m.b, []byte(key)) + len(key)
		old := string(m.b[at : at+bytes.IndexByte(m.b[at:], ']')])
		if key == "/Fields[" {
			m.obj(objForm, "<</Fields["+strings.TrimSpace(old+" "+list)+"]/SigFlags 3>>")
		} else {
			m.obj(objPage, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots["+strings.TrimSpace(old+" "+list)+"]>>")
		}
	}
}

// fill writes ByteRange and value of the signature into the complete revision.
func (m *maker) fill(t testing.TB) {
	t.Helper()
	h := m.hole
	m.hole = nil
	s := h.sig
	r := [4]int{0, h.value[0], h.value[1], len(m.b) - h.value[1]}
	text := fmt.Sprint(r)
	if s.ranges != nil {
		text = s.ranges(r)
	}
	if len(text) > len(rangeRoom) {
		t.Fatal("ByteRange too long")
	}
	copy(m.b[h.byteRange[0]:], text)
	if s.value == nil {
		return
	}
	covers := s.covers
	if covers == nil {
		covers = around
	}
	value := s.value(covers(m.b, r))
	if len(value)+len(s.padding) > s.room {
		t.Fatalf("%d bytes and more, and room for %d", len(value), s.room)
	}
	all := append(append([]byte(nil), value...), s.padding...)
	all = append(all, make([]byte, s.room-len(all))...)
	out := "<" + hex.EncodeToString(all) + ">"
	if s.string != nil {
		out = s.string(out)
	}
	if len(out) != h.value[1]-h.value[0] {
		t.Fatal("a value of another length")
	}
	copy(m.b[h.value[0]:], out)
}

// around are the bytes that a ByteRange names.
func around(file []byte, r [4]int) []byte {
	return append(bytes.Clone(file[r[0]:r[0]+r[1]]), file[r[2]:r[2]+r[3]]...)
}

func openMade(t testing.TB, b []byte) *Document {
	t.Helper()
	d, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}
