package pdffile

import "math"

// table reads the cross-reference table whose keyword xref stands at off, and its
// trailer (7.5.4, 7.5.5).
func (f *File) table(w *window, off int64) (Section, error) {
	s := Section{Kind: Table, From: off, rows: [2]int{len(f.rows), 0}}
	t := tableReader{f: f, w: w, at: off + 4}
	for {
		more, err := t.subsection()
		if err != nil {
			return s, err
		}
		if !more {
			break
		}
	}
	s.rows[1] = len(f.rows)
	if t.loose > 0 {
		f.found(FoundRowForm, t.firstLoose, Ref{}, "%d rows of a table are not 20 bytes in the prescribed form", t.loose)
	}
	p, to, err := f.parseAt(w, t.at)
	if err != nil {
		return s, err
	}
	d, ok := p.(Dict)
	if !ok {
		return s, unreadable(t.at, "no dictionary behind the keyword trailer")
	}
	s.Trailer, s.To = d, to
	return s, nil
}

// tableReader stands at a place of a table.
type tableReader struct {
	f          *File
	w          *window
	at         int64
	loose      int // rows that are not by the letter
	firstLoose int64
}

const rowSize = 20

// subsection reads the next subsection; more is false behind the keyword trailer.
func (t *tableReader) subsection() (more bool, err error) {
	b, err := t.w.peek(t.at, 1024)
	if err != nil {
		return false, err
	}
	i := blanks(b, 0)
	if hasPrefix(b, i, "trailer") {
		t.at += int64(i) + 7
		return false, nil
	}
	start, j := digits(b, i)
	k := spaces(b, j)
	count, end := digits(b, k)
	if j == i || k == j || end == k {
		return false, unreadable(t.at+int64(i), "neither a subsection of a table nor its trailer")
	}
	if start+count > math.MaxUint32 {
		return false, unreadable(t.at+int64(i), "a subsection with object numbers beyond 32 bits")
	}
	for end < len(b) && b[end] == ' ' {
		end++
	}
	t.at += int64(eol(b, end))
	return true, t.entries(uint32(start), count)
}

// entries reads count rows.
func (t *tableReader) entries(number uint32, count int64) error {
	for count > 0 {
		b, last, err := t.w.at(t.at, 200*rowSize)
		if err != nil {
			return err
		}
		i := 0
		for ; count > 0 && (len(b)-i >= 2*rowSize || last); count-- {
			r, n := strictRow(b[i:])
			if n == 0 {
				if r, n = looseRow(b[i:]); n == 0 {
					return unreadable(t.at+int64(i), "no row of a table")
				}
				if t.loose++; t.loose == 1 {
					t.firstLoose = t.at + int64(i)
				}
			}
			if err := t.add(number, r, t.at+int64(i)); err != nil {
				return err
			}
			number++
			i += n
		}
		t.at += int64(i)
	}
	return nil
}

// add keeps a row whose pos is as the table has it.
func (t *tableReader) add(number uint32, r row, at int64) error {
	k, pos := r.kind(), r.offset()
	if k == InFile && pos == 0 {
		t.f.found(FoundRowType, at, Ref{number, r.gen}, "object %d is in use at offset 0", number)
		k = Free
	}
	if k == InFile {
		pos += t.f.base
	} else {
		pos = 0 // the number of the next free object, which nobody needs
	}
	return t.f.addRow(makeRow(number, r.gen, k, pos), at)
}

// addRow keeps a row within the limits.
func (f *File) addRow(r row, at int64) error {
	if n := int64(len(f.rows)); n >= MaxRows || n >= f.src.size {
		return limit(at, "entries in the cross-reference tables", min(MaxRows, f.src.size))
	}
	f.rows = append(f.rows, r)
	return nil
}

// strictRow reads a row by the letter: ten digits, five digits, n or f, and two
// characters that end the line. n is 0 if it is not one.
func strictRow(b []byte) (r row, n int) {
	if len(b) < rowSize || b[10] != ' ' || b[16] != ' ' || b[17] != 'n' && b[17] != 'f' {
		return row{}, 0
	}
	switch string(b[18:20]) {
	case " \r":
		if len(b) > rowSize && b[rowSize] == '\n' { // 21 bytes
			return row{}, 0
		}
	case " \n", "\r\n":
	default:
		return row{}, 0
	}
	var pos, gen int64
	for _, c := range b[:10] {
		if !isDigit(c) {
			return row{}, 0
		}
		pos = pos*10 + int64(c-'0')
	}
	for _, c := range b[11:16] {
		if !isDigit(c) {
			return row{}, 0
		}
		gen = gen*10 + int64(c-'0')
	}
	return tableRow(pos, gen, b[17]), rowSize
}

// looseRow reads a row that has other white space or fewer digits.
func looseRow(b []byte) (r row, n int) {
	b = b[:min(len(b), 2*rowSize)]
	i := spaces(b, 0)
	pos, j := digits(b, i)
	k := spaces(b, j)
	gen, l := digits(b, k)
	m := spaces(b, l)
	if j == i || k == j || l == k || m == l || m == len(b) || b[m] != 'n' && b[m] != 'f' {
		return row{}, 0
	}
	end := m + 1
	for end < len(b) && b[end] == ' ' {
		end++
	}
	return tableRow(pos, gen, b[m]), eol(b, end)
}

func tableRow(pos, gen int64, kind byte) row {
	k := Free
	if kind == 'n' {
		k = InFile
	}
	return makeRow(0, uint16(min(gen, 65535)), k, pos)
}
