package pdf

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// sweptHead is how much of an object is looked at: the dictionary of an embedded file with
// all its entries has some 250 bytes.
const sweptHead = 1024

// sweptJump is what is read at once where the objects are far apart: what lies behind
// the head of a large one is not looked at.
const sweptJump = 4 << 10

// embeddedStream is a stream that says of itself that it is an embedded file, in the
// revision whose table has it.
type embeddedStream struct {
	ref      pdffile.Ref
	revision int
}

// sweep lists the streams of all revisions with the type EmbeddedFile, whether anything
// names them or not, by looking at the first bytes of each object. Streams that leave
// the type out, as they may, are not among them.
func (s *attachmentScan) sweep() (out []embeddedStream, err error) {
	buf := copyBuffers.Get().(*[]byte)
	defer copyBuffers.Put(buf)
	w := sweepWindow{file: s.file, all: *buf}
	left := s.max.swept
	for n, r := range s.file.Revisions() {
		for number, e := range r.Entries() {
			if e.Kind != pdffile.InFile {
				continue
			}
			if left--; left < 0 {
				s.cutAt("objects of the file", s.max.swept, s.last)
				return out, nil
			}
			likely, err := w.likely(e)
			if err != nil {
				return out, err
			}
			if !likely {
				continue
			}
			x := embeddedStream{pdffile.Ref{Number: number, Generation: e.Generation}, n}
			file, err := newEmbeddedFile(s.file.View(n), s.file, x.ref)
			if err != nil {
				return out, err
			}
			if file != nil && file.typed {
				out = append(out, x)
			}
		}
	}
	return out, nil
}

// sweepWindow shows the beginnings of objects.
type sweepWindow struct {
	file *pdffile.File
	all  []byte // as much of the file as is read at once
	buf  []byte // what is there
	off  int64
}

// likely reports whether the first bytes of an object hold the name, or one that may be
// it in another spelling.
func (w *sweepWindow) likely(e pdffile.Entry) (bool, error) {
	end := min(e.Offset+sweptHead, w.file.Size())
	if e.End >= 0 {
		end = min(end, e.End)
	}
	if e.Offset >= end {
		return false, nil
	}
	if e.Offset < w.off || end > w.off+int64(len(w.buf)) {
		piece := int64(len(w.all))
		if e.Offset < w.off || e.Offset > w.off+int64(len(w.buf)) { // a jump over data
			piece = sweptJump
		}
		w.off = e.Offset
		w.buf = w.all[:min(piece, w.file.Size()-w.off)]
		if n, err := w.file.ReadAt(w.buf, w.off); n < len(w.buf) {
			if err == nil || err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return false, fmt.Errorf("reading the file at %d: %w", w.off+int64(n), err)
		}
	}
	b := w.buf[e.Offset-w.off : end-w.off]
	return bytes.Contains(b, embeddedType) || escapesLetter(b), nil
}

var embeddedType = []byte("EmbeddedFile")

// escapesLetter reports whether a letter of the name stands there as #xx, as no writer
// spells it.
func escapesLetter(b []byte) bool {
	for {
		i := bytes.IndexByte(b, '#')
		if i < 0 || i+2 >= len(b) {
			return false
		}
		var letter [1]byte
		if _, err := hex.Decode(letter[:], b[i+1:i+3]); err == nil && bytes.IndexByte(embeddedType, letter[0]) >= 0 {
			return true
		}
		b = b[i+1:]
	}
}

// unnamed makes attachments of what the sweep found and nothing names. The newest
// revision that has it counts.
func (s *attachmentScan) unnamed(swept []embeddedStream) ([]*Attachment, error) {
	var out []*Attachment
	at := map[pdffile.Ref]*Attachment{}
	for _, x := range slices.Backward(swept) {
		if s.files[x.ref] != nil {
			continue
		}
		e, err := newEmbeddedFile(s.file.View(x.revision), s.file, x.ref)
		if err != nil {
			return out, err
		}
		a := at[x.ref]
		switch {
		case e == nil:
		case a != nil:
			if s.versions++; s.versions > s.max.versions {
				s.cut("older versions of embedded files", s.max.versions)
				return out, nil
			}
			a.Older = append(a.Older, e)
		case len(s.order)+len(at) >= s.max.attachments:
			s.cut("embedded files", s.max.attachments)
			return out, nil
		default:
			a = &Attachment{EmbeddedFile: e, FirstNamed: -1, Removed: -1, Unnamed: true}
			at[x.ref] = a
			out = append(out, a)
			s.found(foundAttachmentUnnamed, x.ref, "an embedded file that nothing names")
		}
	}
	return out, nil
}
