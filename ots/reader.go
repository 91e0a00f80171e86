package ots

import "math"

// reader takes bytes off an input and never reads behind its end.
type reader struct {
	in   []byte
	pos  int
	base int // where in begins in what errors and findings count
}

func (r *reader) fail(class Class, format string, args ...any) *Error {
	return fail(class, r.base+r.pos, format, args...)
}

func (r *reader) rest() int { return len(r.in) - r.pos }

func (r *reader) byte() (byte, *Error) {
	if r.rest() == 0 {
		return 0, r.fail(ClassTruncated, "it ends where an element must begin or go on")
	}
	r.pos++
	return r.in[r.pos-1], nil
}

// take returns the next n bytes, which alias the input.
func (r *reader) take(n int, what string) ([]byte, *Error) {
	if r.rest() < n {
		return nil, r.fail(ClassTruncated, "it ends within %s: %d bytes of %d", what, r.rest(), n)
	}
	r.pos += n
	return r.in[r.pos-n : r.pos], nil
}

// number reads an unsigned number in LEB128: seven bits a byte, the lowest first. Like
// the reference it takes any length, and so any number of zeros behind the value;
// minimal tells whether there are none. A value above 64 bits is MaxUint64, and big.
func (r *reader) number() (value uint64, big, minimal bool, err *Error) {
	if r.pos < len(r.in) && r.in[r.pos] < 0x80 { // as nearly all are
		r.pos++
		return uint64(r.in[r.pos-1]), false, true, nil
	}
	for i := 0; ; i++ {
		b, err := r.byte()
		if err != nil {
			return 0, false, false, err
		}
		digit := uint64(b & 0x7f)
		switch shift := 7 * uint(i); {
		case digit == 0:
		case shift > 63 || digit > math.MaxUint64>>shift:
			big = true
		default:
			value |= digit << shift
		}
		if b < 0x80 {
			if big {
				value = math.MaxUint64
			}
			return value, big, b != 0 || i == 0, nil
		}
	}
}

// bytes reads a length and as many bytes. The errors come in the order of the
// reference: a wrong length before an early end.
func (r *reader) bytes(least, most int, what string) (b []byte, minimal bool, err *Error) {
	at := r.pos
	if at < len(r.in) { // a length in one byte, as nearly all are, and what it announces
		n := int(r.in[at])
		if end := at + 1 + n; n < 0x80 && n >= least && n <= most && end <= len(r.in) {
			r.pos = end
			return r.in[at+1 : end], true, nil
		}
	}
	n, _, minimal, err := r.number()
	switch {
	case err != nil:
		return nil, false, err
	case n > uint64(most):
		r.pos = at
		return nil, false, r.fail(ClassMalformed, "%s of more than %d bytes", what, most)
	case n < uint64(least):
		r.pos = at
		return nil, false, r.fail(ClassMalformed, "%s of less than %d bytes", what, least)
	}
	b, err = r.take(int(n), what)
	return b, minimal, err
}

// arg notes what has just been read.
func (r *reader) arg(tag byte, b []byte) arg {
	return arg{uint32(r.pos - len(b)), uint16(len(b)), tag}
}
