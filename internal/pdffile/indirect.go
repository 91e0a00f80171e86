package pdffile

import (
	"errors"
)

// spot is an indirect object in the file: where it and its parts lie, and what is
// wrong with it. Only its outline is read.
type spot struct {
	ref      Ref
	from, to int64 // the number, and behind endobj
	body     int64 // behind the keyword obj
	shape
	stream       bool
	data, dataTo int64
	odd          oddity
	broken       error // what ended the reading; to is where it ended
	seen         int64 // how many bytes were looked at for header and body
}

// oddity is a set of findings about one object.
type oddity uint8

const (
	oddSpace oddity = 1 << iota // white space before the number
	oddEOL
	oddLength
	oddEndStream
	oddEndObj
)

var errNoObject = errors.New("no object stands here")

// header reads "N G obj" at the place: where that starts, and where it ends. White space
// may stand before, comments between, but not more than a kilobyte.
func header(b []byte, last bool) (ref Ref, start, end int, err error) {
	if len(b) > maxHeader {
		b, last = b[:maxHeader], true
	}
	start = spaces(b, 0)
	n, i := digits(b, start)
	j := blanks(b, i)
	g, k := digits(b, j)
	m := blanks(b, k)
	if hasPrefix(b, m, "obj") && i > start && j > i && k > j && n < 1<<32 && g < 1<<16 {
		return Ref{uint32(n), uint16(g)}, start, m + 3, nil
	}
	if !last && m+3 > len(b) {
		return ref, 0, 0, errMore
	}
	return ref, 0, 0, errNoObject
}

// outline looks at the object at off. view is the revision in which a Length that is a
// reference is looked up. The error is errNoObject, or one that ends all reading; an
// object that is broken has the reason in itself.
func (f *File) outline(w *window, off int64, view int) (s spot, err error) {
	if err := f.spent(); err != nil {
		return s, err
	}
	if f.src.held != nil { // the usual case, without the cost of growing
		b, last, _ := w.at(off, chunk)
		if err = s.look(b, last, off); err != nil {
			return s, err
		}
	} else if err = w.grow(off, func(b []byte, last bool) error { return s.look(b, last, off) }); err != nil {
		if !isCode(err, CodeLimit) {
			return s, err
		}
		s.broken = err
	}
	if err := f.spend(s.seen); err != nil {
		return s, err
	}
	if s.broken == nil {
		err = f.tail(w, &s, view)
	}
	return s, err
}

// look reads header and body. s.to is left behind the body.
func (s *spot) look(b []byte, last bool, off int64) error {
	ref, start, end, err := header(b, last)
	if err != nil {
		return err
	}
	*s = spot{ref: ref, from: off + int64(start), body: off + int64(end), to: off + int64(end)}
	if start > 0 {
		s.odd = oddSpace
	}
	i := blanks(b, end)
	if i < len(b) && (b[i] == '[' || hasPrefix(b, i, "<<")) {
		s.shape, err = skip(b, i, last)
		end = s.end
	} else {
		p := parser{lexer: lexer{b: b, i: end, last: last}, base: off}
		_, err = p.object(0)
		end, s.end = p.i, p.seen()
	}
	s.seen = int64(s.end)
	var e *Error
	switch {
	case err == nil:
		s.to = off + int64(end)
	case errors.As(err, &e):
		if s.dict || i < len(b) && b[i] == '[' { // offsets of skip count from the window
			e.Offset += off
		}
		s.broken = err
		s.to = max(s.to, e.Offset)
	default:
		return err
	}
	return nil
}

// tail reads what stands behind the body: stream data, endobj.
func (f *File) tail(w *window, s *spot, view int) error {
	b, err := w.peek(s.to, 1024)
	if err != nil {
		return err
	}
	i := blanks(b, 0)
	if s.dict && hasPrefix(b, i, "stream") {
		if err := f.data(w, s, s.to+int64(i)+6, view); err != nil || s.broken != nil {
			return err
		}
		if b, err = w.peek(s.to, 1024); err != nil {
			return err
		}
		i = blanks(b, 0)
	}
	if !hasPrefix(b, i, "endobj") {
		s.odd |= oddEndObj
		return nil
	}
	s.to += int64(i) + 6
	return nil
}

// data finds the end of the data of a stream whose keyword ends at the place
// (7.3.8.1): by its Length where endstream stands behind it, else by endstream.
func (f *File) data(w *window, s *spot, at int64, view int) error {
	s.stream = true
	b, err := w.peek(at, 64)
	if err != nil {
		return err
	}
	i := 0
	for i < len(b) && (b[i] == ' ' || b[i] == '\t') {
		i++
	}
	switch end := eol(b, i); {
	case end == i: // no line ends here, so the blanks may be data
		s.odd |= oddEOL
		i = 0
	default:
		if i > 0 || end == i+1 && b[i] == '\r' {
			s.odd |= oddEOL
		}
		i = end
	}
	s.data = at + int64(i)
	n, err := f.lengthOf(s.length, view)
	if err != nil {
		return err
	}
	if n >= 0 && n <= f.src.size-s.data {
		b, err := w.peek(s.data+n, 64)
		if err != nil {
			return err
		}
		if j := spaces(b, 0); hasPrefix(b, j, "endstream") {
			if eol(b, 0) != j {
				s.odd |= oddLength
			}
			s.dataTo, s.to = s.data+n, s.data+n+int64(j)+9
			return nil
		}
	}
	s.odd |= oddLength
	return f.searchEnd(w, s)
}

// searchEnd ends the data at the next endstream, or endobj, without the end of line
// before it.
func (f *File) searchEnd(w *window, s *spot) error {
	word := "endstream"
	at, err := f.nextWord(w, s.data, 0)
	if err == nil && at < 0 {
		word = "endobj"
		at, err = f.nextWord(w, s.data, 1)
		s.odd |= oddEndStream
	}
	if err != nil {
		return err
	}
	if at < 0 {
		s.broken, s.to, s.dataTo = unreadable(s.data, "the stream does not end"), f.src.size, f.src.size
		return nil
	}
	s.dataTo, s.to = at, at
	if word == "endstream" {
		s.to += int64(len(word))
	}
	before := max(s.data, at-2)
	b, err := w.peek(before, int(at-before))
	if err != nil {
		return err
	}
	switch n := len(b); {
	case n == 2 && b[0] == '\r' && b[1] == '\n':
		s.dataTo -= 2
	case n > 0 && (b[n-1] == '\n' || b[n-1] == '\r'):
		s.dataTo--
	}
	return nil
}

// nextWord finds the next endstream (0) or endobj (1), or returns -1. Behind a place
// where none was found, none is searched again.
func (f *File) nextWord(w *window, from int64, which int) (at int64, err error) {
	if none := f.noMore[which]; none > 0 && from >= none {
		return -1, nil
	}
	if at, err = w.find(from, f.src.size, [...]string{"endstream", "endobj"}[which]); err != nil {
		return at, err
	}
	if at < 0 {
		f.noMore[which] = from
		return at, f.spend(f.src.size - from)
	}
	return at, f.spend(at - from)
}

// spend counts bytes that were looked at.
func (f *File) spend(n int64) error {
	f.looked += max(n, 0) + 16
	return f.spent()
}

// spent reports an error when the budget is used up. Whoever looks at much asks before,
// so that what comes after the end costs nothing.
func (f *File) spent() error {
	if f.looked > lexBudget(f.src.size) {
		return &Error{CodeLimit, -1, "objects that overlap each other again and again"}
	}
	return nil
}
