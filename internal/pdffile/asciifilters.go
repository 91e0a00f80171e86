package pdffile

import (
	"errors"
	"io"
)

// newHex undoes ASCIIHexDecode (7.4.2). A missing > ends the data like the one there.
func newHex(p *pipe) io.Reader {
	return p.filler(func(f *filler) error {
		for len(f.out) < 512 {
			high, err := f.hexDigit()
			if err != nil {
				return err
			}
			low, err := f.hexDigit()
			if err == io.EOF {
				f.out = append(f.out, high<<4)
			}
			if err != nil {
				return err
			}
			f.out = append(f.out, high<<4|low)
		}
		return nil
	})
}

// hexDigit reads the next digit; the error is io.EOF at the end of the data.
func (f *filler) hexDigit() (byte, error) {
	for {
		c, err := f.in.ReadByte()
		switch {
		case err != nil:
			return 0, err
		case c == '>':
			return 0, io.EOF
		case hexValue[c] != 0xff:
			return hexValue[c], nil
		case class[c] != white:
			return 0, errors.New("a character that is no hexadecimal digit")
		}
	}
}

// new85 undoes ASCII85Decode (7.4.3).
func new85(p *pipe) io.Reader {
	return p.filler(func(f *filler) error {
		for len(f.out) < 508 {
			if err := f.group(); err != nil {
				return err
			}
		}
		return nil
	})
}

// group reads up to five characters, which are four bytes.
func (f *filler) group() error {
	var value uint64
	n := 0
	for n < 5 {
		c, err := f.in.ReadByte()
		if err == io.EOF || err == nil && c == '~' {
			return f.lastGroup(value, n)
		}
		switch {
		case err != nil:
			return err
		case class[c] == white:
			continue
		case c == 'z' && n == 0:
			f.out = append(f.out, 0, 0, 0, 0)
			return nil
		case c < '!' || c > 'u':
			return errors.New("a character that is not of base 85")
		}
		value = value*85 + uint64(c-'!')
		n++
	}
	return f.put85(value, 4)
}

// lastGroup puts out one byte less than there are characters.
func (f *filler) lastGroup(value uint64, n int) error {
	switch n {
	case 0:
		return io.EOF
	case 1:
		return errors.New("a single character at the end of base 85")
	}
	for i := n; i < 5; i++ {
		value = value*85 + 84
	}
	if err := f.put85(value, n-1); err != nil {
		return err
	}
	return io.EOF
}

func (f *filler) put85(value uint64, n int) error {
	if value > 1<<32-1 {
		return errors.New("a group of base 85 beyond 32 bits")
	}
	for i := range n {
		f.out = append(f.out, byte(value>>(24-8*i)))
	}
	return nil
}

// newRuns undoes RunLengthDecode (7.4.5).
func newRuns(p *pipe) io.Reader {
	return p.filler(func(f *filler) error {
		length, err := f.in.ReadByte()
		if err != nil {
			return err
		}
		switch {
		case length == 128:
			return io.EOF
		case length < 128:
			f.out = f.out[:int(length)+1]
			if _, err = io.ReadFull(f.in, f.out); err != nil {
				f.out = f.out[:0]
				return errors.New("a run that does not end")
			}
		default:
			c, err := f.in.ReadByte()
			if err != nil {
				return errors.New("a run without its byte")
			}
			for range 257 - int(length) {
				f.out = append(f.out, c)
			}
		}
		return nil
	})
}
