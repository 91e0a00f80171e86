package pdf

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// written is a PDF that is written revision by revision.
type written struct {
	bytes.Buffer
	prev    int64
	size    int
	at      map[int]int64 // where the newest version of an object lies
	trailer string        // entries that each trailer has
}

// part is what a revision has: an object, an entry, or bytes.
type part struct {
	number, gen int
	body        string // of an object; without one there is only an entry
	entry       string // a row of the table, where it is not the object's place
	raw         string // bytes that no table names
	trailer     string // further entries of the trailer
	only        bool   // the object has no entry
}

func obj(number int, body string) part { return part{number: number, body: body} }

func streamOf(number int, dict, data string) part {
	return obj(number, fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(data), data))
}

func freed(number int) part         { return part{number: number, entry: "0000000000 00001 f"} }
func trailerWith(text string) part  { return part{trailer: text} }
func rawBytes(text string) part     { return part{raw: text} }
func unnamed(p part) part           { p.only = true; return p }
func generation(p part, n int) part { p.gen = n; return p }

// pointing is an entry that leads to bytes that are there.
func pointing(number int, at int64) part {
	return part{number: number, entry: fmt.Sprintf("%010d 00000 n", at)}
}

func newWritten(parts ...part) *written {
	d := &written{at: map[int]int64{}, trailer: "/Root 1 0 R"}
	d.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	return d.update(parts...)
}

// clone returns a copy, so that one signed document serves many tests.
func (d *written) clone() *written {
	c := &written{prev: d.prev, size: d.size, at: map[int]int64{}, trailer: d.trailer}
	c.Write(d.Bytes())
	for n, at := range d.at {
		c.at[n] = at
	}
	return c
}

// update adds a revision with a table.
func (d *written) update(parts ...part) *written {
	rows, trailer := d.objects(parts)
	if d.prev == 0 {
		rows[0] = "0000000000 65535 f"
	}
	start := int64(d.Len())
	d.WriteString("xref\n")
	for _, n := range sortedKeys(rows) {
		fmt.Fprintf(d, "%d 1\n%s \n", n, rows[n])
	}
	if len(rows) == 0 {
		d.WriteString("0 0\n")
	}
	fmt.Fprintf(d, "trailer\n<<%s /Size %d%s %s>>\n", d.trailer, d.size, d.link(), trailer)
	d.end(start)
	return d
}

func (d *written) link() string {
	if d.prev == 0 {
		return ""
	}
	return fmt.Sprintf(" /Prev %d", d.prev)
}

func (d *written) end(start int64) {
	fmt.Fprintf(d, "startxref\n%d\n%%%%EOF\n", start)
	d.prev = start
}

// objects writes the objects and returns the rows of their table.
func (d *written) objects(parts []part) (rows map[int]string, trailer string) {
	rows = map[int]string{}
	for _, p := range parts {
		trailer += p.trailer
		d.WriteString(p.raw)
		at := int64(d.Len())
		if p.body != "" {
			fmt.Fprintf(d, "%d %d obj\n%s\nendobj\n", p.number, p.gen, p.body)
		}
		if p.only || p.number == 0 {
			continue
		}
		d.size = max(d.size, p.number+1)
		rows[p.number] = p.entry
		if p.entry == "" {
			rows[p.number] = fmt.Sprintf("%010d %05d n", at, p.gen)
			d.at[p.number] = at
		}
	}
	return rows, trailer
}

// row is an entry of a cross-reference stream.
type row struct{ kind, a, b int }

// updateStream adds a revision with a cross-reference stream of the number. extra are
// further entries, such as those of objects in object streams.
func (d *written) updateStream(number int, extra map[int]row, parts ...part) *written {
	text, trailer := d.objects(parts)
	rows := map[int]row{}
	for n := range text {
		var at, gen int
		var kind string
		fmt.Sscanf(text[n], "%d %d %s", &at, &gen, &kind)
		rows[n] = row{1, at, gen}
		if kind == "f" {
			rows[n] = row{0, 0, gen}
		}
	}
	for n, r := range extra {
		rows[n] = r
		d.size = max(d.size, n+1)
	}
	d.size = max(d.size, number+1)
	start := int64(d.Len())
	rows[number] = row{1, int(start), 0}
	d.xref(number, rows, fmt.Sprintf("%s /Size %d%s %s", d.trailer, d.size, d.link(), trailer))
	d.end(start)
	return d
}

func (d *written) xref(number int, rows map[int]row, entries string) {
	var data []byte
	index := ""
	for _, n := range sortedKeys(rows) {
		index += fmt.Sprintf(" %d 1", n)
		data = append(data, byte(rows[n].kind))
		data = binary.BigEndian.AppendUint32(data, uint32(rows[n].a))
		data = binary.BigEndian.AppendUint16(data, uint16(rows[n].b))
	}
	fmt.Fprintf(d, "%d 0 obj\n<</Type/XRef /W[1 4 2] /Index[%s] /Length %d %s>>\nstream\n%s\nendstream\nendobj\n", number, index, len(data), entries, data)
}

// updateHybrid adds a revision with a table, and a stream beside it that hides objects
// from readers which only know tables.
func (d *written) updateHybrid(number int, hidden map[int]row, parts ...part) *written {
	rows, trailer := d.objects(parts)
	stream := int64(d.Len())
	d.size = max(d.size, number+1)
	for n := range hidden {
		d.size = max(d.size, n+1)
	}
	d.xref(number, hidden, fmt.Sprintf("%s /Size %d", d.trailer, d.size))
	start := int64(d.Len())
	d.WriteString("xref\n0 0\n")
	for _, n := range sortedKeys(rows) {
		fmt.Fprintf(d, "%d 1\n%s \n", n, rows[n])
	}
	fmt.Fprintf(d, "trailer\n<<%s /Size %d%s /XRefStm %d %s>>\n", d.trailer, d.size, d.link(), stream, trailer)
	d.end(start)
	return d
}

// objStm is an object stream with objects.
func objStm(number int, inside ...part) part {
	head, data := "", ""
	for _, p := range inside {
		head += fmt.Sprintf("%d %d ", p.number, len(data))
		data += p.body + "\n"
	}
	return streamOf(number, fmt.Sprintf("/Type/ObjStm /N %d /First %d", len(inside), len(head)), head+data)
}

func sortedKeys[V any](m map[int]V) []int {
	out := make([]int, 0, len(m))
	for n := range m {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

func (d *written) open(t testing.TB) *pdffile.File {
	t.Helper()
	f, err := pdffile.Open(context.Background(), bytes.NewReader(d.Bytes()), int64(d.Len()), pdffile.Options{})
	if err != nil {
		t.Fatalf("%v\n%s", err, d.Bytes())
	}
	return f
}

const sigValue = "<</Type/Sig /Filter/Adobe.PPKLite /SubFilter/ETSI.CAdES.detached /ByteRange[0 10 20 30] /Contents<00>>>"
const stampValue = "<</Type/DocTimeStamp /Filter/Adobe.PPKLite /SubFilter/ETSI.RFC3161 /ByteRange[0 10 20 30] /Contents<00>>>"

// signedDocument is a page with a text, fields, an annotation and a signature over
// revision 0. Its objects:
//
//	1 catalog, 2 pages, 3 page, 4 contents, 5 form, 6 signed field, 7 its signature,
//	8 text field, 9 its appearance, 10 waiting signature field, 11 its appearance,
//	12 resources, 13 font, 14 image, 15 annotation, 16 its appearance, 17 Info,
//	18 metadata, 19 default resources, 20 font of fields, 21 layer, 22 name tree,
//	23 file, 24 structure tree, 25 structure element, 26 unreachable content,
//	27 outlines, 28 second page, 29 parent field with 30 and 31 as kids, 32 check box
var signedDocument = newWritten(signedParts()...)

func signedParts() []part {
	return []part{
		obj(1, "<</Type/Catalog /Pages 2 0 R /AcroForm 5 0 R /Metadata 18 0 R /OCProperties<</OCGs[21 0 R] /D<</OFF[21 0 R]>>>>"+
			" /Names<</EmbeddedFiles 22 0 R>> /StructTreeRoot 24 0 R /Outlines 27 0 R>>"),
		obj(2, "<</Type/Pages /Kids[3 0 R 28 0 R] /Count 2 /MediaBox[0 0 300 200]>>"),
		obj(3, "<</Type/Page /Parent 2 0 R /Contents 4 0 R /Resources 12 0 R /Annots[6 0 R 8 0 R 10 0 R 15 0 R 30 0 R 31 0 R 32 0 R]>>"),
		streamOf(4, "", "BT /F1 12 Tf (pay 100) Tj ET"),
		obj(5, "<</Fields[6 0 R 8 0 R 10 0 R 29 0 R 32 0 R] /SigFlags 1 /DR 19 0 R /DA(/Helv 0 Tf)>>"),
		obj(6, "<</FT/Sig /T(first) /Type/Annot /Subtype/Widget /F 132 /Rect[0 0 0 0] /P 3 0 R /V 7 0 R>>"),
		obj(7, sigValue),
		obj(8, "<</FT/Tx /T(text) /Type/Annot /Subtype/Widget /F 4 /Rect[10 10 100 20] /P 3 0 R /V(old) /AP<</N 9 0 R>>>>"),
		streamOf(9, "/Type/XObject /Subtype/Form /BBox[0 0 90 10] /Resources<<>>", "BT (old) Tj ET"),
		obj(10, "<</FT/Sig /T(second) /Type/Annot /Subtype/Widget /F 4 /Rect[10 40 100 60] /P 3 0 R /AP<</N 11 0 R>>>>"),
		streamOf(11, "/Type/XObject /Subtype/Form /BBox[0 0 90 20] /Resources<<>>", "0 0 90 20 re S"),
		obj(12, "<</Font<</F1 13 0 R>> /XObject<</I 14 0 R>>>>"),
		obj(13, "<</Type/Font /Subtype/Type1 /BaseFont/Times-Roman>>"),
		streamOf(14, "/Type/XObject /Subtype/Image /Width 1 /Height 1 /ColorSpace/DeviceGray /BitsPerComponent 8", "x"),
		obj(15, "<</Type/Annot /Subtype/Text /Rect[200 100 220 120] /P 3 0 R /Contents(note) /AP<</N 16 0 R>>>>"),
		streamOf(16, "/Type/XObject /Subtype/Form /BBox[0 0 20 20] /Resources<<>>", "0 0 20 20 re f"),
		obj(17, "<</Title(Invoice) /Producer(one) /ModDate(D:20250101000000Z)>>"),
		streamOf(18, "/Type/Metadata /Subtype/XML", "<x/>"),
		obj(19, "<</Font<</Helv 20 0 R>>>>"),
		obj(20, "<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>"),
		obj(21, "<</Type/OCG /Name(layer)>>"),
		obj(22, "<</Names[(a.txt) <</Type/Filespec /F(a.txt) /EF<</F 23 0 R>>>>]>>"),
		streamOf(23, "/Type/EmbeddedFile", "attached"),
		obj(24, "<</Type/StructTreeRoot /K 25 0 R>>"),
		obj(25, "<</Type/StructElem /S/P /P 24 0 R /Pg 3 0 R /K 0>>"),
		streamOf(26, "", "BT /F1 12 Tf (pay 999) Tj ET"),
		obj(27, "<</Type/Outlines /Count 0>>"),
		obj(28, "<</Type/Page /Parent 2 0 R /Contents[4 0 R] /Resources 12 0 R>>"),
		obj(29, "<</T(group) /Kids[30 0 R 31 0 R]>>"),
		obj(30, "<</FT/Tx /T(a) /Parent 29 0 R /Type/Annot /Subtype/Widget /Rect[10 70 100 80] /P 3 0 R>>"),
		obj(31, "<</FT/Tx /T(b) /Parent 29 0 R /Type/Annot /Subtype/Widget /Rect[10 90 100 95] /P 3 0 R>>"),
		obj(32, "<</FT/Btn /T(box) /Type/Annot /Subtype/Widget /F 4 /Rect[150 10 160 20] /P 3 0 R /V/Off /AS/Off>>"),
		trailerWith("/Info 17 0 R"),
	}
}

// was returns the text of an object of signedDocument with a replacement.
func was(number int, old, new string) part {
	for _, p := range signedParts() {
		if p.number == number {
			if !strings.Contains(p.body, old) {
				panic(fmt.Sprintf("object %d has no %q", number, old))
			}
			return obj(number, strings.Replace(p.body, old, new, 1))
		}
	}
	panic("no such object")
}

// keepInfo is what every later trailer of signedDocument has.
var keepInfo = trailerWith("/Info 17 0 R")
