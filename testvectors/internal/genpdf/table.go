package main

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// ending says how a revision ends. The zero value is a table, and all is in order.
type ending struct {
	form      string // table, stream or hybrid
	trailer   string // further entries
	prev      func(prev int) string
	startxref func(at int) string
	size      int    // another Size
	after     string // bytes behind the end-of-file marker; "-" leaves the marker out
	before    string // bytes in front of the table
	noFlush   bool   // catalog, page and form are not written
	root      int    // another catalog
}

type endEdit func(*ending)

func asStream(e *ending) { e.form = "stream" }
func asHybrid(e *ending) { e.form = "hybrid" }

// trailing adds entries to the trailer.
func trailing(s string) endEdit { return func(e *ending) { e.trailer += s } }

// leading writes what startxref says instead of the place of the table.
func leading(f func(at int) string) endEdit { return func(e *ending) { e.startxref = f } }

// end writes what waits, the table and the trailer, and then fills in the signatures of
// the revision: their ByteRange ends here.
func (d *document) end(edits ...endEdit) *document {
	e := ending{form: "table"}
	for _, f := range edits {
		f(&e)
	}
	if !e.noFlush {
		d.flush()
	}
	if d.prev == 0 {
		d.rows[0] = row{'f', 0, 65535}
	}
	d.raw(e.before)
	at := d.table(&e)
	start := fmt.Sprint(at)
	if e.startxref != nil {
		start = e.startxref(at)
	}
	d.raw("startxref\n" + start + "\n")
	if e.after != "-" {
		d.raw("%%EOF\n" + e.after)
	}
	d.prev, d.rows = at, map[int]row{}
	d.revisionEnds = append(d.revisionEnds, len(d.b))
	for _, h := range d.holes {
		d.fill(h)
	}
	d.holes = nil
	return d
}

// table writes the cross-reference in its form and returns where it is.
func (d *document) table(e *ending) int {
	switch e.form {
	case "stream":
		return d.xrefStream(e, d.number(), d.rows, true)
	case "hybrid":
		packed := map[int]row{}
		for n, r := range d.rows {
			if r.kind == 'c' {
				packed[n], d.rows[n] = r, row{'f', 0, 65535}
			}
		}
		if len(packed) > 0 {
			n := d.number()
			at := d.xrefStream(e, n, packed, false)
			d.rows[n] = row{'n', at, 0}
			e.trailer += fmt.Sprintf("/XRefStm %d", at)
		}
	}
	at := len(d.b)
	d.raw("xref\n")
	if len(d.rows) == 0 {
		d.raw("0 0\n")
	}
	for _, run := range runs(d.rows) {
		d.raw(fmt.Sprintf("%d %d\n", run[0], len(run)))
		for _, n := range run {
			r := d.rows[n]
			if r.kind == 'c' {
				panic("an object of an object stream in a table")
			}
			d.raw(fmt.Sprintf("%010d %05d %c \n", r.a, r.b, r.kind))
		}
	}
	d.raw("trailer\n<<" + d.trailer(e) + ">>\n")
	return at
}

func (d *document) trailer(e *ending) string {
	size := d.next
	if e.size != 0 {
		size = e.size
	}
	t := fmt.Sprintf("/Size %d/Root %s/ID[<%x><%x>]", size, ref(max(e.root, objCatalog)), documentID, documentID)
	switch {
	case e.prev != nil:
		t += e.prev(d.prev)
	case d.prev > 0:
		t += fmt.Sprintf("/Prev %d", d.prev)
	}
	if d.crypt != nil {
		t += "/Encrypt " + d.crypt.dictionary()
	}
	return t + e.trailer
}

func (d *document) xrefStream(e *ending, n int, rows map[int]row, itself bool) int {
	at := len(d.b)
	if itself {
		rows[n] = row{'n', at, 0}
	}
	index, data := "", []byte(nil)
	for _, run := range runs(rows) {
		index += fmt.Sprintf("%d %d ", run[0], len(run))
		for _, n := range run {
			r := rows[n]
			data = append(data, map[byte]byte{'f': 0, 'n': 1, 'c': 2}[r.kind])
			data = binary.BigEndian.AppendUint32(data, uint32(r.a))
			data = binary.BigEndian.AppendUint16(data, uint16(r.b))
		}
	}
	more := ""
	if itself {
		more = d.trailer(e)
	} else {
		more = fmt.Sprintf("/Size %d", d.next)
	}
	d.raw(fmt.Sprintf("%d 0 obj\n<</Type/XRef/W[1 4 2]/Index[%s]%s/Length %d>>\nstream\n%s\nendstream\nendobj\n", n, index, more, len(data), data))
	return at
}

// runs are the numbers in order, cut where one is missing.
func runs(rows map[int]row) (out [][]int) {
	var all []int
	for n := range rows {
		all = append(all, n)
	}
	slices.Sort(all)
	for _, n := range all {
		if k := len(out); k > 0 && out[k-1][len(out[k-1])-1] == n-1 {
			out[k-1] = append(out[k-1], n)
		} else {
			out = append(out, []int{n})
		}
	}
	return out
}
