package pdffile

import (
	"bytes"
	"fmt"
	"io"
)

// source is the file. A small one is held in memory.
type source struct {
	r    io.ReaderAt
	size int64
	held []byte
}

// read fills b from the file. A reader that ends before the promised size is not a
// fault of the document.
func (s *source) read(b []byte, off int64) error {
	n, err := s.ReadAt(b, off)
	if n == len(b) {
		return nil
	}
	if err == io.EOF { // beyond the promised size, where no window leads
		err = io.ErrUnexpectedEOF
	}
	return err
}

// ReadAt reads what lies within the promised size. Where the file has become shorter
// that is an error: callers would take io.EOF for the end of what they read.
func (s *source) ReadAt(b []byte, off int64) (int, error) {
	switch {
	case off < 0:
		return 0, fmt.Errorf("reading the file at %d: a negative offset", off)
	case off >= s.size:
		return 0, io.EOF
	case s.held != nil:
		n := copy(b, s.held[off:])
		if n < len(b) {
			return n, io.EOF
		}
		return n, nil
	}
	want := b[:min(int64(len(b)), s.size-off)]
	n, err := s.r.ReadAt(want, off)
	switch {
	case n < len(want) && (err == nil || err == io.EOF):
		return n, fmt.Errorf("reading the file at %d: %w", off+int64(n), io.ErrUnexpectedEOF)
	case n < len(want):
		return n, fmt.Errorf("reading the file at %d: %w", off+int64(n), err)
	case len(want) < len(b):
		return n, io.EOF
	}
	return n, nil
}

// hold reads a small file.
func (s *source) hold() error {
	if s.size > maxHeld {
		return nil
	}
	b := make([]byte, s.size)
	if err := s.read(b, 0); err != nil {
		return err
	}
	s.held = b
	return nil
}

// window shows pieces of the file. What it showed is gone when it shows the next.
type window struct {
	src *source
	buf []byte
	off int64
}

// at returns the bytes from off on, at least n if there are as many; last says that the
// file ends with them.
func (w *window) at(off int64, n int) (b []byte, last bool, err error) {
	size := w.src.size
	if off < 0 || off >= size {
		return nil, true, nil
	}
	if w.src.held != nil {
		return w.src.held[off:], true, nil
	}
	end := off + min(int64(n), size-off)
	if off < w.off || end > w.off+int64(len(w.buf)) {
		piece := jump
		if off >= w.off && off <= w.off+int64(len(w.buf)) {
			piece = chunk
		}
		length := int(min(int64(max(n, piece)), size-off))
		if cap(w.buf) < length {
			w.buf = make([]byte, length)
		}
		w.buf, w.off = w.buf[:length], off
		if err := w.src.read(w.buf, off); err != nil {
			w.buf = w.buf[:0]
			return nil, false, err
		}
	}
	b = w.buf[off-w.off:]
	return b, off+int64(len(b)) == size, nil
}

// peek returns n bytes from off on, or what there is.
func (w *window) peek(off int64, n int) ([]byte, error) {
	b, _, err := w.at(off, n)
	return b[:min(n, len(b))], err
}

// grow shows more and more of the file from off on until read no longer asks for it.
func (w *window) grow(off int64, read func(b []byte, last bool) error) error {
	for n := 512; ; n *= 4 {
		b, last, err := w.at(off, min(n, MaxObject))
		if err != nil {
			return err
		}
		if err = read(b, last); err != errMore {
			return err
		}
		if n >= MaxObject {
			return limit(off, "bytes in an object", MaxObject)
		}
	}
}

// find returns the place of the text in [from, to), or -1. It reads piece by piece.
func (w *window) find(from, to int64, text string) (int64, error) {
	for n := chunk; from < to; n = min(2*n, 16*chunk) {
		b, _, err := w.at(from, n)
		if err != nil {
			return -1, err
		}
		b = b[:min(int64(len(b)), to-from)]
		if i := bytes.Index(b, []byte(text)); i >= 0 {
			return from + int64(i), nil
		}
		if from+int64(len(b)) >= to {
			break
		}
		from += int64(len(b) - len(text) + 1)
	}
	return -1, nil
}
