package main

import (
	"bytes"
	"fmt"
	"strings"
)

// document writes a PDF file, revision by revision. Objects are written at once and stay
// where they are; catalog, page and form are kept apart and written once, when their
// revision ends. Nothing is checked: what is asked for is written, however wrong.
//
//	d := newDocument()      // objects 1 to 6, nothing of it ended
//	d.end()                 // the first revision
//	d.sign(cades(container{}))
//	d.end(asStream)         // the second, signed
type document struct {
	b    []byte
	rows map[int]row // of the revision that is being written
	next int         // free object number
	prev int         // place of the last table

	catalog        entries
	page           entries
	fields, annots []string
	formMore       string       // further entries of the form
	dirty          map[int]bool // which of catalog, page and form must be written
	embedded       []string     // name tree, key and value in turn
	associated     []string     // AF of the catalog
	crypt          *crypt
	holes          []*hole
	nodes          []string // sources of signatures and time-stamps, in their order
	values         [][]byte // the Contents of each, when its revision has ended
	signatures     int
	timestamps     int
	attachments    int // that are named
	revisionEnds   []int
}

// row is one entry of a cross-reference: n in the file at a, f free, c in object stream
// a with index b.
type row struct {
	kind byte
	a, b int
}

// The numbers of the usual objects.
const (
	objCatalog = 1
	objPages   = 2
	objPage    = 3
	objForm    = 4
	objContent = 5
	objText    = 6 // a text field with its widget
	firstFree  = 7
)

const drawing = "BT /F1 12 Tf 20 150 Td (This is agreed.) Tj ET\n"

// newDocument begins a document of one page, with a text and a text field.
func newDocument() *document { return begin(nil) }

func begin(c *crypt) *document {
	d := &document{
		b: []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), rows: map[int]row{}, next: firstFree, dirty: map[int]bool{}, crypt: c,
		annots: []string{ref(objText)}, fields: []string{ref(objText)},
		catalog: entries{{"Type", "/Catalog"}, {"Pages", ref(objPages)}, {"AcroForm", ref(objForm)}},
		page: entries{{"Type", "/Page"}, {"Parent", ref(objPages)}, {"MediaBox", "[0 0 200 200]"},
			{"Resources", "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"}, {"Contents", ref(objContent)}},
	}
	for _, n := range []int{objCatalog, objPage, objForm} {
		d.dirty[n] = true
	}
	d.obj(objPages, "<</Type/Pages/Kids["+ref(objPage)+"]/Count 1>>")
	d.stream(objContent, "", []byte(drawing))
	d.fillIn("none")
	return d
}

func ref(n int) string { return fmt.Sprintf("%d 0 R", n) }

// number hands out a free object number.
func (d *document) number() int {
	d.next++
	return d.next - 1
}

// obj writes an object; the same number again makes a shadow, and the last one counts.
func (d *document) obj(n int, body string) {
	d.rows[n] = row{'n', len(d.b), 0}
	d.next = max(d.next, n+1)
	d.b = fmt.Appendf(d.b, "%d 0 obj\n%s\nendobj\n", n, body)
}

// add writes an object under a free number.
func (d *document) add(body string) int {
	n := d.number()
	d.obj(n, body)
	return n
}

// stream writes a stream, encrypted if the document is.
func (d *document) stream(n int, more string, data []byte) {
	data = d.crypt.apply(n, data)
	d.obj(n, fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", more, len(data), data))
}

func (d *document) addStream(more string, data []byte) int {
	n := d.number()
	d.stream(n, more, data)
	return n
}

// text is a string of object n, encrypted if the document is.
func (d *document) text(n int, s string) string {
	if d.crypt == nil {
		return "(" + s + ")"
	}
	return fmt.Sprintf("<%x>", d.crypt.apply(n, []byte(s)))
}

// raw writes any bytes at this place.
func (d *document) raw(s string) { d.b = append(d.b, s...) }

// point gives an object another place in the table, free frees it, and forget leaves it
// out of the table.
func (d *document) point(n, at int) { d.rows[n] = row{'n', at, 0} }
func (d *document) free(n, gen int) { d.rows[n] = row{'f', 0, gen} }
func (d *document) forget(n int)    { delete(d.rows, n) }

// item is an object of an object stream.
type item struct {
	n    int
	body string
}

// pack writes an object stream, and returns its number. The revision needs a
// cross-reference stream, or a hybrid.
func (d *document) pack(list ...item) int {
	return d.packWith("", func(b []byte) []byte { return b }, list...)
}

// packWith adds entries to the dictionary of the object stream, and encodes its data.
func (d *document) packWith(more string, encode func([]byte) []byte, list ...item) int {
	var head, body bytes.Buffer
	n := d.number()
	for i, x := range list {
		fmt.Fprintf(&head, "%d %d ", x.n, body.Len())
		body.WriteString(x.body + "\n")
		d.rows[x.n] = row{'c', n, i}
		d.next = max(d.next, x.n+1)
	}
	d.stream(n, fmt.Sprintf("/Type/ObjStm/N %d/First %d%s", len(list), head.Len(), more), encode(append(head.Bytes(), body.Bytes()...)))
	return n
}

// set changes an entry of the catalog, setPage one of the page; an empty value removes
// it.
func (d *document) set(key, value string)     { d.change(objCatalog, &d.catalog, key, value) }
func (d *document) setPage(key, value string) { d.change(objPage, &d.page, key, value) }

func (d *document) change(n int, list *entries, key, value string) {
	*list = list.with(key, value)
	d.dirty[n] = true
}

// usual returns what is to be written for catalog, page or form as they stand now.
func (d *document) usual(n int) string {
	switch n {
	case objCatalog:
		return d.catalog.String()
	case objPage:
		return d.page.with("Annots", "["+strings.Join(d.annots, " ")+"]").String()
	}
	return "<</Fields[" + strings.Join(d.fields, " ") + "]/SigFlags 3" + d.formMore + ">>"
}

// flush writes what waits for the end of the revision.
func (d *document) flush() {
	for _, n := range []int{objCatalog, objPage, objForm} {
		if d.dirty[n] {
			d.obj(n, d.usual(n))
		}
	}
	clear(d.dirty)
}

// annotation adds an annotation to the page.
func (d *document) annotation(body string) int {
	n := d.add("<</Type/Annot/P " + ref(objPage) + body + ">>")
	d.annots = append(d.annots, ref(n))
	d.dirty[objPage] = true
	return n
}

// field adds a field, which is its own widget, to form and page.
func (d *document) field(name, body string) int {
	n := d.number()
	d.obj(n, "<</Type/Annot/Subtype/Widget/Rect[20 50 120 70]/P "+ref(objPage)+"/T"+d.text(n, name)+body+">>")
	d.enlist(n)
	return n
}

func (d *document) enlist(n int) {
	d.annots, d.fields = append(d.annots, ref(n)), append(d.fields, ref(n))
	d.dirty[objPage], d.dirty[objForm] = true, true
}

// entries are those of a dictionary, in the order in which they are written.
type entries [][2]string

func (e entries) with(key, value string) entries {
	var out entries
	done := value == ""
	for _, x := range e {
		switch {
		case x[0] != key:
			out = append(out, x)
		case !done:
			out, done = append(out, [2]string{key, value}), true
		}
	}
	if !done {
		out = append(out, [2]string{key, value})
	}
	return out
}

func (e entries) String() string {
	var b strings.Builder
	b.WriteString("<<")
	for _, x := range e {
		b.WriteString("/" + x[0] + " " + x[1])
	}
	return b.String() + ">>"
}
