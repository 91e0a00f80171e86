package pdf

import (
	"errors"
	"strings"
	"sync"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/verdict"
)

// EmbeddedFile is one version of a file inside a document: an embedded file stream (ISO
// 32000-2, 7.11.4). It is a verdict.Subject. Its data are read from the document at each
// use, and never kept; it is safe for concurrent use.
type EmbeddedFile struct {
	// Ref is the stream object. Revision is the revision whose table gives it these
	// bytes, Offset and End are where the object stands in the file.
	Ref         pdffile.Ref
	Revision    int
	Offset, End int64
	// MIME is the media type that the stream claims, such as text/xml; empty without.
	MIME string
	// Size is the claimed size, -1 without. CheckSum is the claimed MD5 as it is written,
	// which should be 16 bytes; nil without.
	Size     int64
	CheckSum []byte
	// Created and Modified are the claimed dates as they are written.
	Created, Modified string
	// Sealed: the data are encrypted and the password is missing.
	Sealed bool

	file   *pdffile.File
	stream *pdffile.Stream
	named  []revisionRange // newest first
	typed  bool            // says of itself that it is an embedded file

	mu      sync.Mutex
	length  int64
	digests map[verdict.DigestOf][]byte
}

// maxClaim bounds the texts that a stream says of itself. Dates have 23 characters, a
// checksum 16 bytes, a media type at most 255.
const maxClaim = 256

// newEmbeddedFile reads what a stream says of itself. It returns nil for an object that
// is none or cannot be read. The error is one of the reader.
func newEmbeddedFile(v *pdffile.View, f *pdffile.File, ref pdffile.Ref) (*EmbeddedFile, error) {
	s, ok, err := pdffile.Value[*pdffile.Stream](v, ref)
	if own := (*pdffile.Error)(nil); errors.As(err, &own) && own.Code != pdffile.CodeLimit {
		return nil, nil
	}
	if err != nil || !ok {
		return nil, err
	}
	rev, entry := v.Where(s.Ref)
	e := &EmbeddedFile{Ref: ref, Revision: rev, Offset: entry.Offset, End: entry.End, file: f, stream: s}
	c := claimReader{v: v}
	e.typed = c.name(s.Dict.Get("Type")) == "EmbeddedFile"
	e.MIME = c.name(s.Dict.Get("Subtype"))
	params := c.dict(s.Dict.Get("Params"))
	e.Size = c.integer(params.Get("Size"))
	e.CheckSum = c.string(params.Get("CheckSum"))
	e.Created = decodeText(c.string(params.Get("CreationDate")))
	e.Modified = decodeText(c.string(params.Get("ModDate")))
	if _, locked := f.Encrypted(); locked {
		e.Sealed = e.sealed()
	}
	return e, c.err
}

// claimReader reads values that may be other objects. What cannot be read is absent.
type claimReader struct {
	v   *pdffile.View
	err error // one of the reader
}

func claimOf[T pdffile.Object](c *claimReader, o pdffile.Object) (value T, ok bool) {
	value, ok, err := pdffile.Value[T](c.v, o)
	if own := (*pdffile.Error)(nil); err != nil && (!errors.As(err, &own) || own.Code == pdffile.CodeLimit) {
		c.err = err
	}
	return value, ok
}

func (c *claimReader) name(o pdffile.Object) string {
	n, _ := claimOf[pdffile.Name](c, o)
	return shown(strings.ToValidUTF8(string(n[:min(len(n), maxClaim)]), "\uFFFD"))
}

func (c *claimReader) dict(o pdffile.Object) pdffile.Dict {
	d, _ := claimOf[pdffile.Dict](c, o)
	return d
}

// integer returns -1 for what is no number, or a negative one.
func (c *claimReader) integer(o pdffile.Object) int64 {
	if n, ok := claimOf[pdffile.Integer](c, o); ok && n >= 0 {
		return int64(n)
	}
	return -1
}

// string returns nil for a string that is sealed.
func (c *claimReader) string(o pdffile.Object) []byte {
	s, ok := claimOf[pdffile.String](c, o)
	if !ok || s.Sealed {
		return nil
	}
	return append([]byte{}, s.Bytes[:min(len(s.Bytes), maxClaim)]...)
}

func (e *EmbeddedFile) sealed() bool {
	r, err := e.Open()
	if err == nil {
		r.Close()
		return false
	}
	var own *pdffile.Error
	return errors.As(err, &own) && own.Code == pdffile.CodeEncrypted
}

// InRevision reports whether the document named exactly these bytes at the end of a
// revision.
func (e *EmbeddedFile) InRevision(n int) bool {
	for _, r := range e.named {
		if r.from <= n && n <= r.to {
			return true
		}
	}
	return false
}
