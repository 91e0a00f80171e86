package pdffile

import (
	"errors"
	"io"
)

// lzw undoes LZWDecode (7.4.4.2): codes of 9 to 12 bits, the highest bit first. The
// compress/lzw of the standard library cannot widen its codes one code early.
type lzw struct {
	bits   uint32 // not yet used, in the low n bits
	n      uint
	width  uint
	next   int // the code that the next entry of the table gets
	early  int
	last   int // the code before, -1 behind a clear
	prefix [4096]uint16
	suffix [4096]byte
	length [4096]uint16
}

const (
	lzwClear = 256
	lzwEnd   = 257
)

func newLZW(p *pipe, parms Dict) io.Reader {
	z := &lzw{early: 1}
	if n, ok := parms.Integer("EarlyChange"); ok && n == 0 {
		z.early = 0
	}
	for i := range 256 {
		z.suffix[i], z.length[i] = byte(i), 1
	}
	z.clear()
	return p.filler(z.fill)
}

func (z *lzw) clear() { z.width, z.next, z.last = 9, lzwEnd+1, -1 }

func (z *lzw) fill(f *filler) error {
	for len(f.out) < 4096 {
		code, err := z.code(f)
		if err != nil {
			return err
		}
		switch {
		case code == lzwEnd:
			return io.EOF
		case code == lzwClear:
			z.clear()
			continue
		case z.last < 0:
			if code > 255 {
				return errors.New("an LZW code before its entry")
			}
			f.out = append(f.out, byte(code))
		case code < z.next:
			z.put(f, code)
			z.enter(f.out[len(f.out)-int(z.length[code])])
		case code == z.next && z.next < 4096: // the entry that this code makes
			z.put(f, z.last)
			first := f.out[len(f.out)-int(z.length[z.last])]
			f.out = append(f.out, first)
			z.enter(first)
		default:
			return errors.New("an LZW code before its entry")
		}
		z.last = code
	}
	return nil
}

// code reads the next code. Data that end without one end there.
func (z *lzw) code(f *filler) (int, error) {
	for z.n < z.width {
		c, err := f.in.ReadByte()
		if err != nil {
			return 0, err
		}
		z.bits, z.n = z.bits<<8|uint32(c), z.n+8
	}
	z.n -= z.width
	return int(z.bits>>z.n) & (1<<z.width - 1), nil
}

// put appends what a code stands for, from its end to its beginning.
func (z *lzw) put(f *filler, code int) {
	n := int(z.length[code])
	from := len(f.out)
	for range n {
		f.out = append(f.out, 0)
	}
	for i := from + n - 1; i >= from; i-- {
		f.out[i] = z.suffix[code]
		code = int(z.prefix[code])
	}
}

// enter adds the text of the last code with one more byte to the table. A full table
// stays as it is.
func (z *lzw) enter(c byte) {
	if z.next == 4096 {
		return
	}
	z.prefix[z.next], z.suffix[z.next], z.length[z.next] = uint16(z.last), c, z.length[z.last]+1
	z.next++
	if z.next+z.early >= 1<<z.width && z.width < 12 {
		z.width++
	}
}
