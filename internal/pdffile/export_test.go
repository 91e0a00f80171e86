package pdffile

import (
	"context"
	"io"
)

// Parse reads the object at the beginning of b as if it lay at the start of a file.
func Parse(b []byte) (o Object, end int, notes []Finding, err error) {
	p := parser{lexer: lexer{b: b, i: 0, last: true}, base: 0}
	o, err = p.object(0)
	return o, p.i, p.notes, err
}

// Skip finds the end of the array or dictionary at the beginning of b.
func Skip(b []byte) (end int, length int64, ref Ref, err error) {
	s, err := skip(b, 0, true)
	n := s.length
	switch {
	case err != nil || !s.dict || n.form == 0:
		return s.end, -1, Ref{}, err
	case n.form == indirect:
		return s.end, -1, n.ref, nil
	}
	return s.end, n.value, Ref{}, nil
}

// WantsMore reports whether the parser, and skip, ask for more bytes than b.
func WantsMore(b []byte) (parse, skips bool) {
	p := parser{lexer: lexer{b: b, i: 0, last: false}, base: 0}
	_, err := p.object(0)
	_, err2 := skip(b, 0, false)
	return err == errMore, err2 == errMore
}

// Rows is how many entries all tables have together.
func (f *File) Rows() int { return len(f.all) }

// Looked is how many bytes were looked at, and Budget how many may be.
func (f *File) Looked() (looked, budget int64) { return f.looked, lexBudget(f.src.size) }

// Decoded is how many decoded bytes were counted.
func (f *File) Decoded() int64 { return f.decoded.Load() }

// MaxMeters is exported for the test of the limit.
const MaxMeters = maxMeters

// MaxHeld is exported for tests of what is not held.
const MaxHeld = maxHeld

// MaxPredictorRow is exported for the test of the limit.
const MaxPredictorRow = maxPredictorRow

// MaxRefs is exported for the test of the limit.
const MaxRefs = maxRefs

// OpenUnheld opens a file as if it were too large to be held.
func OpenUnheld(r io.ReaderAt, size int64, o Options) (*File, error) {
	f := &File{src: source{r: r, size: size}, opts: o, lastStart: -1}
	return f.start(context.Background())
}

// ParseStart reads an object from the first bytes of more: more is true when they do not
// suffice.
func ParseStart(b []byte) (o Object, end int, more bool, err error) {
	p := parser{lexer: lexer{b: b, i: 0, last: false}, base: 0}
	o, err = p.object(0)
	return o, p.i, err == errMore, err
}
