package pdf

import (
	"bytes"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// byteRange is the ByteRange of a signature dictionary: which bytes of the file are
// signed.
type byteRange struct {
	written pdffile.Array
	count   int      // of numbers, -1 if something is none
	apart   bool     // it is another object, or one of its numbers is
	n       [4]int64 // offset and length of two parts
	inFile  bool     // four numbers, of which none is negative and no part leaves the file
	size    int64    // of the file
}

// maxRangeShown bounds the numbers of a broken ByteRange that a report repeats.
const maxRangeShown = 16

// readRange reads a ByteRange. The error is one of the reader.
func readRange(v *pdffile.View, o pdffile.Object) (r byteRange, err error) {
	r.count = -1
	a, ok, err := pdffile.Value[pdffile.Array](v, o)
	if err != nil || !ok {
		return r, passing(err)
	}
	r.written, r.count = a, len(a)
	_, r.apart = o.(pdffile.Ref)
	for i, x := range a[:min(len(a), 4)] {
		if _, ref := x.(pdffile.Ref); ref {
			r.apart = true
		}
		n, ok, err := pdffile.Value[pdffile.Integer](v, x)
		if passing(err) != nil {
			return r, err
		}
		if err != nil || !ok {
			r.count = -1
			return r, nil
		}
		r.n[i] = int64(n)
	}
	return r, nil
}

// fit says whether the range lies in a file of that size.
func (r *byteRange) fit(size int64) {
	r.size = size
	r.inFile = r.count == 4 && min(r.n[0], r.n[1], r.n[2], r.n[3]) >= 0 &&
		r.n[0] <= size && r.n[1] <= size-r.n[0] && r.n[2] <= size && r.n[3] <= size-r.n[2]
}

func (r *byteRange) gapFrom() int64 { return r.n[0] + r.n[1] }
func (r *byteRange) gapTo() int64   { return r.n[2] }
func (r *byteRange) end() int64     { return r.n[2] + r.n[3] }

// parts are the signed bytes, in the order of the numbers.
func (r *byteRange) parts() [2]extent {
	return [2]extent{{r.n[0], r.gapFrom()}, {r.gapTo(), r.end()}}
}

// holds reports whether all bytes of x are signed.
func (r *byteRange) holds(x extent) bool {
	for _, p := range r.parts() {
		if r.inFile && x.from >= p.from && x.to <= p.to {
			return true
		}
	}
	return false
}

// extent is a piece of the file, from the first byte to behind the last.
type extent struct{ from, to int64 }

// defect says why the numbers are no ByteRange of the file; the code is empty if they
// are.
func (r *byteRange) defect() (code, text string) {
	switch {
	case r.count < 0:
		return reasonRange, "the signature dictionary has no ByteRange of integers"
	case r.count > 4 && r.count%2 == 0:
		return reasonRangeGaps, "the ByteRange leaves out more than one gap"
	case r.count != 4:
		return reasonRange, "the ByteRange is not four integers"
	case min(r.n[0], r.n[1], r.n[2], r.n[3]) < 0:
		return reasonRangeNegative, "the ByteRange has a negative number"
	case !r.inFile:
		return reasonRangeOutside, "the ByteRange ends behind the end of the file"
	case r.n[0] != 0:
		return reasonRangeStart, "the ByteRange does not begin with the first byte of the file"
	case r.gapFrom() > r.gapTo():
		return reasonRangeOverlap, "the two parts of the ByteRange overlap"
	}
	return "", ""
}

// reaches returns the revision at whose end the range ends, -1 if it is none's. The end
// of line behind the last marker may be left out: some writers add it with the next
// revision.
func (r *byteRange) reaches(f *pdffile.File) int {
	if r.fit(f.Size()); !r.inFile {
		return -1
	}
	const marker = int64(len("%%EOF"))
	for n, rev := range f.Revisions() {
		to := rev.End
		if n == len(f.Revisions())-1 && f.EndsInSpace() { // white space behind may be signed too
			to = f.Size()
		}
		if rev.Marker >= 0 && r.end() >= rev.Marker+marker && r.end() <= to {
			return n
		}
	}
	return -1
}

// signedEnd is where the range ends, 0 if it is none of this file.
func (r *byteRange) signedEnd() int64 {
	if !r.inFile {
		return 0
	}
	return r.end()
}

// contents is the Contents of a signature dictionary: where the value stands.
type contents struct {
	extent            // with the brackets, -1 in an object stream
	bytes      []byte // decoded, with the padding
	code, text string // why it is not where the value belongs
	undecided  bool   // the code is no defect that is proven
}

// readContents reads the Contents. The error is one of the reader.
func readContents(v *pdffile.View, d pdffile.Dict) (c contents, err error) {
	c.extent = extent{-1, -1}
	o := d.Get("Contents")
	_, indirect := o.(pdffile.Ref)
	s, ok, err := pdffile.Value[pdffile.String](v, o)
	switch {
	case passing(err) != nil:
		return c, err
	case err != nil || !ok:
		c.code, c.text = reasonContents, "the signature dictionary has no string in Contents"
		return c, nil
	}
	c.extent, c.bytes = extent{s.From, s.To}, s.Bytes
	switch {
	case !s.Hex:
		c.code, c.text = reasonLiteral, "Contents is a literal string beside a ByteRange"
	case s.Irregular:
		c.code, c.text = reasonHexadecimal, "Contents has other characters than hexadecimal digits and white space"
	case indirect:
		c.code, c.text, c.undecided = reasonIndirect, "Contents is another object, which can be replaced without touching the dictionary", true
	}
	return c, nil
}

// fills reports whether the gap of the range is exactly the string, with its brackets,
// at its own place in the file.
func (c *contents) fills(r byteRange) bool {
	return c.from >= 0 && r.gapFrom() == c.from && r.gapTo() == c.to
}

// blank reports whether there is nothing but zeros.
func blank(b []byte) bool { return len(bytes.TrimLeft(b, "\x00")) == 0 }
