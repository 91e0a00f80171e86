package pdffile

import (
	"bufio"
	"sync"
)

// filler makes a reader of a function that puts out some bytes at a time.
type filler struct {
	in   *bufio.Reader
	out  []byte
	at   int
	err  error
	fill func(*filler) error // appends to out, at least a byte unless it returns an error
}

// buffers are kept: most streams are shorter than one.
var buffers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// filler makes one that reads from the end of the pipe.
func (p *pipe) filler(fill func(*filler) error) *filler {
	f := &filler{in: buffers.Get().(*bufio.Reader), out: make([]byte, 0, 512), fill: fill}
	f.in.Reset(p.end)
	p.closed = append(p.closed, func() {
		f.in.Reset(nil)
		buffers.Put(f.in)
	})
	return f
}

func (f *filler) Read(b []byte) (int, error) {
	for f.at == len(f.out) {
		if f.err != nil {
			return 0, f.err
		}
		f.out, f.at = f.out[:0], 0
		f.err = f.fill(f)
	}
	n := copy(b, f.out[f.at:])
	f.at += n
	return n, nil
}
