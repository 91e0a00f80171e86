package pdffile

import (
	"bytes"
	"context"
)

// hit is something that a search came upon: the word obj, xref, trailer, startxref or
// %%EOF. at is where it begins, for an object its number.
type hit struct {
	word string
	at   int64
	spot spot // of an object
}

// needles are what is searched for; xref is also the end of startxref.
var needles = [...][]byte{[]byte("obj"), []byte("xref"), []byte("trailer"), []byte("%%EOF")}

// searchChunk fits the second cache of a processor, so that searching for each needle
// in turn reads the file once.
const searchChunk = 256 << 10

// search looks for objects, trailers and markers in [from, to), in one pass. What it
// takes for an object is stepped over with its stream data. scan shows the bytes, w the
// objects.
func (f *File) search(ctx context.Context, scan, w *window, from, to int64, take func(hit) error) error {
	const overlap = 16 // longer than any needle
	for at := from; at < to; {
		if err := ctx.Err(); err != nil {
			return err
		}
		b, _, err := scan.at(at, searchChunk)
		if err != nil {
			return err
		}
		b = b[:min(int64(len(b)), to-at)]
		end := len(b) // hits begin before it
		if at+int64(end) < to {
			end -= overlap
		}
		n := finder{b: b}
		next := at + int64(end)
		for i := 0; i < end; {
			which, j := n.next(i)
			if which < 0 || j >= end {
				break
			}
			after, err := f.hit(w, at+int64(j), which, take)
			if err != nil {
				return err
			}
			if after >= next {
				next = after
				break
			}
			i = int(after - at)
		}
		at = next
	}
	return nil
}

// finder remembers for each needle where it is next, so that none is searched twice.
type finder struct {
	b    []byte
	at   [len(needles)]int
	done [len(needles)]bool
}

// next returns the first needle from i on; which is -1 at the end.
func (n *finder) next(i int) (which, at int) {
	which = -1
	for k := range needles {
		if !n.done[k] && (n.at[k] < i || i == 0 && n.at[k] == 0) {
			j := bytes.Index(n.b[i:], needles[k])
			n.done[k] = j < 0
			n.at[k] = i + j
		}
		if !n.done[k] && (which < 0 || n.at[k] < at) {
			which, at = k, n.at[k]
		}
	}
	return which, at
}

// hit judges the needle that stands at the place, and returns where to go on.
func (f *File) hit(w *window, at int64, which int, take func(hit) error) (next int64, err error) {
	next = at + int64(len(needles[which]))
	if which == 3 {
		return next, take(hit{word: "%%EOF", at: at})
	}
	// What stands before: numbers, or the line's beginning.
	from := max(0, at-256)
	before, err := w.peek(from, int(at-from))
	if err != nil {
		return next, err
	}
	word := string(needles[which])
	start := len(before)
	switch {
	case which == 0:
		if start = numbersBefore(before); start < 0 {
			return next, nil
		}
	case which == 1 && bytes.HasSuffix(before, []byte("start")):
		word, start = "startxref", start-5
	}
	before = before[:start]
	if start > 0 && class[before[start-1]] == regular && !bytes.HasSuffix(before, []byte("endobj")) || commented(before) {
		return next, nil
	}
	at = from + int64(start)
	if which != 0 {
		return next, take(hit{word: word, at: at})
	}
	s, err := f.outline(w, at, -1)
	if err == errNoObject {
		return next, nil
	}
	if err != nil {
		return next, err
	}
	if s.broken == nil { // step over what is whole
		next = max(next, s.to)
	}
	return next, take(hit{"obj", at, s})
}

// numbersBefore returns where the two numbers begin that end b, or -1.
func numbersBefore(b []byte) int {
	i := len(b)
	for range 2 {
		for i > 0 && class[b[i-1]] == white {
			i--
		}
		end := i
		for i > 0 && isDigit(b[i-1]) {
			i--
		}
		if i == end {
			return -1
		}
	}
	return i
}

// commented reports whether a comment is open at the end of b, a line's beginning.
func commented(b []byte) bool {
	line := max(bytes.LastIndexByte(b, '\n'), bytes.LastIndexByte(b, '\r')) + 1
	return bytes.IndexByte(b[line:], '%') >= 0
}
