package pdffile

import (
	"errors"
	"io"
)

// predict undoes the predictor that the parameters name (7.4.4.4); nil for none.
func predict(in *pipe, parms Dict) (io.Reader, error) {
	kind, ok := parms.Integer("Predictor")
	if !ok || kind == 1 {
		return nil, nil
	}
	p, err := newPredictor(parms)
	if err != nil {
		return nil, err
	}
	switch {
	case kind == 2:
		return in.filler(p.tiff), nil
	case kind >= 10 && kind <= 15:
		return in.filler(p.rows), nil
	}
	return nil, &Error{CodeFilter, parms.From, "a predictor that does not exist"}
}

// predictor holds the form of a row.
type predictor struct {
	colors, bits, columns int
	pixel                 int // bytes of a pixel, at least one
	size                  int // bytes of a row
	row, above            []byte
}

func newPredictor(d Dict) (*predictor, error) {
	get := func(key Name, otherwise, most int64) (int, bool) {
		n, ok := d.Integer(key)
		if !ok {
			n = otherwise
		}
		return int(min(max(n, 0), most)), n >= 1 && n <= most
	}
	colors, ok1 := get("Colors", 1, 64)
	bits, ok2 := get("BitsPerComponent", 8, 16)
	columns, ok3 := get("Columns", 1, 8*maxPredictorRow)
	if !ok1 || !ok2 || !ok3 || bits&(bits-1) != 0 {
		return nil, &Error{CodeFilter, d.From, "Colors, BitsPerComponent or Columns of a predictor out of range"}
	}
	size := (int64(colors)*int64(bits)*int64(columns) + 7) / 8
	if size > maxPredictorRow {
		return nil, limit(d.From, "bytes in a row of a predictor", maxPredictorRow)
	}
	p := &predictor{colors: colors, bits: bits, columns: columns, pixel: max(1, colors*bits/8)}
	p.size = int(size)
	return p, nil
}

// read fills a row, whose memory grows with the data: a short stream may claim a long
// row. The error is io.EOF if the data end first.
func (p *predictor) read(r io.Reader) (n int, err error) {
	for n < p.size {
		if n == len(p.row) {
			more := make([]byte, min(max(n, 512), p.size-n))
			p.row, p.above = append(p.row, more...), append(p.above, more...)
		}
		m, err := io.ReadFull(r, p.row[n:])
		n += m
		switch {
		case err == io.EOF, err == io.ErrUnexpectedEOF:
			return n, io.EOF
		case err != nil:
			return n, err
		}
	}
	return n, nil
}

// rows undoes some rows at a time: those of cross-reference streams are short.
func (p *predictor) rows(f *filler) (err error) {
	for err == nil && len(f.out) < 1024 {
		err = p.png(f)
	}
	return err
}

// png undoes one row, whose first byte names the function (RFC 2083, 6). A last row
// that is short is taken as far as it goes.
func (p *predictor) png(f *filler) error {
	tag, err := f.in.ReadByte()
	if err != nil {
		return err
	}
	n, err := p.read(f.in)
	if err != nil && err != io.EOF {
		return err
	}
	row, above, pixel := p.row[:n], p.above, p.pixel
	switch tag {
	case 0:
	case 1:
		for i := pixel; i < n; i++ {
			row[i] += row[i-pixel]
		}
	case 2:
		for i := range row {
			row[i] += above[i]
		}
	case 3:
		for i := range row {
			left := 0
			if i >= pixel {
				left = int(row[i-pixel])
			}
			row[i] += byte((left + int(above[i])) / 2)
		}
	case 4:
		for i := range row {
			var left, corner int
			if i >= pixel {
				left, corner = int(row[i-pixel]), int(above[i-pixel])
			}
			row[i] += paeth(left, int(above[i]), corner)
		}
	default:
		return errors.New("a row of a predictor with an unknown function")
	}
	f.out = append(f.out, row...)
	p.row, p.above = p.above, p.row
	return err
}

// paeth returns the neighbour that is closest to left + above - corner.
func paeth(left, above, corner int) byte {
	p := left + above - corner
	a, b, c := abs(p-left), abs(p-above), abs(p-corner)
	switch {
	case a <= b && a <= c:
		return byte(left)
	case b <= c:
		return byte(above)
	}
	return byte(corner)
}

func abs(n int) int { return max(n, -n) }

// tiff undoes one row of differences between components (TIFF 6.0, 14).
func (p *predictor) tiff(f *filler) error {
	n, err := p.read(f.in)
	if err != nil && err != io.EOF {
		return err
	}
	row := p.row[:n]
	switch p.bits {
	case 8:
		for i := p.colors; i < n; i++ {
			row[i] += row[i-p.colors]
		}
	case 16:
		for i := 2 * p.colors; i+1 < n; i += 2 {
			sum := uint16(row[i])<<8 + uint16(row[i+1]) + uint16(row[i-2*p.colors])<<8 + uint16(row[i-2*p.colors+1])
			row[i], row[i+1] = byte(sum>>8), byte(sum)
		}
	default:
		p.small(row)
	}
	f.out = append(f.out, row...)
	return err
}

// small adds components of 1, 2 or 4 bits.
func (p *predictor) small(row []byte) {
	mask := byte(1<<p.bits - 1)
	at := func(i int) (index int, shift uint) {
		bit := i * p.bits
		return bit / 8, uint(8 - p.bits - bit%8)
	}
	for i := p.colors; i < min(p.columns*p.colors, len(row)*8/p.bits); i++ {
		k, shift := at(i)
		j, before := at(i - p.colors)
		sum := (row[k]>>shift + row[j]>>before) & mask
		row[k] = row[k]&^(mask<<shift) | sum<<shift
	}
}
