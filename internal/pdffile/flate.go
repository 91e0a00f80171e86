package pdffile

import (
	"compress/flate"
	"errors"
	"io"
	"sync"
)

// inflaters are kept: each costs 40 kB to make.
var inflaters sync.Pool

// inflate undoes FlateDecode (7.4.4), which is RFC 1950. done must be called once.
func inflate(r io.Reader) (out io.Reader, done func()) {
	z := &inflater{in: r}
	return z, func() {
		if z.flate != nil {
			inflaters.Put(z.flate)
			z.flate = nil
		}
	}
}

type inflater struct {
	in    io.Reader
	flate io.ReadCloser
	began bool
}

var errClosed = errors.New("the reader is closed")

func (z *inflater) Read(b []byte) (int, error) {
	if !z.began {
		z.began = true
		if err := z.begin(); err != nil {
			return 0, err
		}
	}
	if z.flate == nil {
		return 0, errClosed
	}
	return z.flate.Read(b)
}

// begin reads the two bytes before the deflated data.
func (z *inflater) begin() error {
	var head [2]byte
	if _, err := io.ReadFull(z.in, head[:]); err != nil {
		if err == io.EOF { // no data at all: nothing was compressed
			return err
		}
		return errors.New("deflated data without their header")
	}
	if head[0]&15 != 8 || (int(head[0])<<8|int(head[1]))%31 != 0 || head[1]&0x20 != 0 {
		return errors.New("no header of deflated data")
	}
	if old, ok := inflaters.Get().(io.ReadCloser); ok {
		z.flate = old
		return old.(flate.Resetter).Reset(z.in, nil)
	}
	z.flate = flate.NewReader(z.in)
	return nil
}
