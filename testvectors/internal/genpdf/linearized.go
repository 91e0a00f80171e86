package main

import "fmt"

// linear are the places in a linearized file (ISO 32000-2, Annex F): it begins with the
// table of the first page, and ends with that of all else. All numbers are written with
// ten digits, so that a second round has the right ones.
type linear struct {
	rows              map[int]row
	hints, hintLength int
	main, end, length int
}

// linearized is the usual document in this order, signed in an update. Its hints are
// empty: a reader that waits for the whole file asks for none.
func linearized() *document {
	var x linear
	x.write()
	d := x.write()
	d.sign(cades(container{}))
	return d.end()
}

const (
	objLinear = firstFree
	objHints  = firstFree + 1
)

func (x *linear) write() *document {
	d := newDocument()
	d.b, d.rows, d.next = d.b[:len("%PDF-1.7\n%....\n")], map[int]row{}, objHints+1
	clear(d.dirty)
	d.obj(objLinear, fmt.Sprintf("<</Linearized 1/L %010d/H[%010d %010d]/O %d/E %010d/N 1/T %010d>>", x.length, x.hints, x.hintLength, objPage, x.end, x.main))
	first := len(d.b)
	d.raw("xref\n1 1\n" + x.line(objCatalog) + fmt.Sprintf("%d %d\n", objPage, objHints-objPage+1))
	for n := objPage; n <= objHints; n++ {
		d.raw(x.line(n))
	}
	d.raw(fmt.Sprintf("trailer\n<</Size %d/Root %s/ID[<%x><%x>]/Prev %010d>>\nstartxref\n0\n%%%%EOF\n", d.next, ref(objCatalog), documentID, documentID, x.main))
	d.obj(objCatalog, d.usual(objCatalog))
	x.hints = len(d.b)
	d.stream(objHints, "/S 36", make([]byte, 72))
	x.hintLength = len(d.b) - x.hints
	d.obj(objForm, d.usual(objForm))
	d.obj(objPage, d.usual(objPage))
	d.stream(objContent, "", []byte(drawing))
	d.fillIn("none")
	x.end = len(d.b)
	d.obj(objPages, "<</Type/Pages/Kids["+ref(objPage)+"]/Count 1>>")
	x.rows, x.main = d.rows, len(d.b)
	d.raw("xref\n0 1\n0000000000 65535 f \n2 1\n" + x.line(objPages))
	d.raw(fmt.Sprintf("trailer\n<</Size %d/ID[<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n", objPage, documentID, documentID, first))
	x.length = len(d.b)
	d.prev, d.rows, d.revisionEnds = first, map[int]row{}, []int{len(d.b)}
	return d
}

// line is a row of a table.
func (x *linear) line(n int) string { return fmt.Sprintf("%010d 00000 n \n", x.rows[n].a) }
