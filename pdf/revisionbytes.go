package pdf

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// writeRevision writes the document as it stood at the end of revision n: the bytes of
// the file from its first one to the end of the revision, unchanged. The error is one of
// w, of the context, of the file's reader, or says that there is no such revision.
func writeRevision(ctx context.Context, f *pdffile.File, n int, w io.Writer) error {
	list := f.Revisions()
	if n < 0 || n >= len(list) {
		return fmt.Errorf("there is no revision %d: the document has the revisions 0 to %d", n, len(list)-1)
	}
	return copySection(ctx, w, f, 0, list[n].End)
}

// copySection writes the bytes of the file between two places.
func copySection(ctx context.Context, w io.Writer, f *pdffile.File, from, to int64) error {
	n, err := copyBytes(ctx, w, f.Section(from, to))
	if err == nil && n < to-from {
		err = fmt.Errorf("reading the file at %d: %w", from+n, io.ErrUnexpectedEOF)
	}
	return err
}

// copySize is how much is copied at once: large enough that the calls cost nothing.
const copySize = 64 << 10

var copyBuffers = sync.Pool{New: func() any { b := make([]byte, copySize); return &b }}

// copyBytes is io.Copy that ends with the context.
func copyBytes(ctx context.Context, w io.Writer, r io.Reader) (n int64, err error) {
	buf := copyBuffers.Get().(*[]byte)
	defer copyBuffers.Put(buf)
	for {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		got, err := r.Read(*buf)
		put, werr := w.Write((*buf)[:got])
		n += int64(put)
		switch {
		case werr != nil:
			return n, werr
		case put < got:
			return n, io.ErrShortWrite
		case err == io.EOF:
			return n, nil
		case err != nil:
			return n, err
		}
	}
}
