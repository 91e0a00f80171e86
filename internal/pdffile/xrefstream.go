package pdffile

import (
	"io"
	"math"
)

// xrefStream reads the cross-reference stream that is the object at off (7.5.8).
func (f *File) xrefStream(w *window, off int64) (Section, error) {
	s := Section{Kind: StreamSection, From: off, rows: [2]int{len(f.rows), len(f.rows)}}
	spot, err := f.outline(w, off, -1)
	if err == errNoObject {
		return s, unreadable(off, "neither a table nor a cross-reference stream")
	}
	if err != nil {
		return s, err
	}
	if spot.broken != nil {
		return s, spot.broken
	}
	o, _, err := f.parseAt(w, spot.body)
	if err != nil {
		return s, err
	}
	d, ok := o.(Dict)
	if !ok || !spot.stream || d.name("Type") != "XRef" {
		return s, unreadable(off, "object %d is no cross-reference stream", spot.ref.Number)
	}
	s.From, s.To, s.Trailer, s.Ref = spot.from, spot.to, d, spot.ref
	stream := &Stream{Dict: d, From: spot.data, To: spot.dataTo, Ref: spot.ref}
	stream.filters, stream.broken = f.filters(nil, d)
	if err := f.rowsOf(stream, &s); err != nil {
		return s, err
	}
	s.rows[1] = len(f.rows)
	return s, nil
}

// rowsOf decodes the rows of a cross-reference stream.
func (f *File) rowsOf(stream *Stream, s *Section) error {
	widths, err := fieldWidths(stream.Dict, s.From)
	if err != nil {
		return err
	}
	index, err := indexOf(stream.Dict, s.From)
	if err != nil {
		return err
	}
	src, err := f.open(stream, false)
	if err != nil {
		return err
	}
	defer src.Close()
	r := rowReader{f: f, r: src, widths: widths, at: s.From}
	for i := 0; i+1 < len(index); i += 2 {
		if err := r.subsection(index[i], index[i+1]); err != nil {
			return err
		}
	}
	var one [1]byte
	if n, _ := io.ReadFull(src, one[:]); n > 0 {
		r.sized = true
	}
	if r.sized {
		f.found(FoundRowSize, s.From, s.Ref, "the stream has fewer or more entries than it says")
	}
	if r.typed {
		f.found(FoundRowType, s.From, s.Ref, "the stream has entries of an unknown type, or in use at offset 0")
	}
	return nil
}

// fieldWidths reads W: three small numbers, not all 0.
func fieldWidths(d Dict, at int64) (w [3]int, err error) {
	a, _ := d.Get("W").(Array)
	if len(a) < 3 {
		return w, unreadable(at, "W of the cross-reference stream is not three numbers")
	}
	for i := range w {
		n, ok := a[i].(Integer)
		if !ok || n < 0 || n > 8 {
			return w, unreadable(at, "W of the cross-reference stream: a field is not 0 to 8 bytes wide")
		}
		w[i] = int(n)
	}
	if w[1] == 0 {
		return w, unreadable(at, "W of the cross-reference stream: no room for an offset")
	}
	return w, nil
}

// indexOf reads Index: pairs of a first number and a count.
func indexOf(d Dict, at int64) (out []int64, err error) {
	size, _ := d.Integer("Size")
	if size < 0 {
		return nil, unreadable(at, "Size of the cross-reference stream is negative")
	}
	a, ok := d.Get("Index").(Array)
	if !ok {
		return []int64{0, size}, nil
	}
	for _, o := range a {
		n, ok := o.(Integer)
		if !ok || n < 0 || n > math.MaxUint32 {
			return nil, unreadable(at, "Index of the cross-reference stream holds what is no object number")
		}
		out = append(out, int64(n))
	}
	return out, nil
}

// rowReader reads rows of three big-endian fields.
type rowReader struct {
	f            *File
	r            io.Reader
	widths       [3]int
	at           int64
	buf          [64 * 24]byte
	sized, typed bool
}

// subsection reads the rows of one subsection, or those that are there.
func (r *rowReader) subsection(number, count int64) error {
	width := r.widths[0] + r.widths[1] + r.widths[2]
	for count > 0 {
		n := int(min(count, 64)) * width
		n, err := io.ReadFull(r.r, r.buf[:n])
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return err
		}
		for i := 0; i+width <= n; i += width {
			if number > math.MaxUint32 {
				return unreadable(r.at, "an object number beyond 32 bits")
			}
			if err := r.row(uint32(number), r.buf[i:i+width]); err != nil {
				return err
			}
			number++
			count--
		}
		if err != nil {
			r.sized = true
			return nil
		}
	}
	return nil
}

func (r *rowReader) row(number uint32, b []byte) error {
	kind := uint64(1)
	if r.widths[0] > 0 {
		kind = field(b[:r.widths[0]])
	}
	b = b[r.widths[0]:]
	second, third := field(b[:r.widths[1]]), field(b[r.widths[1]:])
	switch kind {
	case 0:
		return r.f.addRow(makeRow(number, uint16(min(third, 65535)), Free, 0), r.at)
	case 1:
		pos := int64(min(second, math.MaxInt64/2))
		if pos == 0 {
			r.typed = true
			return r.f.addRow(makeRow(number, 0, Free, 0), r.at)
		}
		return r.f.addRow(makeRow(number, uint16(min(third, 65535)), InFile, pos+r.f.base), r.at)
	case 2:
		if second < 1<<29 && third < MaxInObjectStream {
			return r.f.addRow(inStream(number, uint32(second), uint32(third)), r.at)
		}
	}
	r.typed = true
	return r.f.addRow(makeRow(number, 0, Unknown, 0), r.at)
}

func field(b []byte) (n uint64) {
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}
