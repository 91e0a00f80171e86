package pdf

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Open returns the decrypted and decoded data. It must be closed. For its errors see
// WriteTo.
func (e *EmbeddedFile) Open() (io.ReadCloser, error) { return e.file.Reread(e.stream) }

// WriteTo writes the data to w, and returns how many bytes it wrote. The error is one of
// w, of the context or of the file's reader; or an *pdffile.Error: CodeEncrypted without
// the password, CodeFilter for data that are damaged, CodeUndecoded for an unknown
// filter, CodeLimit when all that was decoded since the document was opened is more than
// pdffile.MaxDecoded bytes. Reading the same file again does not count.
func (e *EmbeddedFile) WriteTo(ctx context.Context, w io.Writer) (int64, error) {
	r, err := e.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return copyBytes(ctx, w, r)
}

// Prepare takes digests, and the size, in one pass over the data; what is known already
// is not taken again. For its errors see WriteTo.
func (e *EmbeddedFile) Prepare(ctx context.Context, want ...verdict.DigestOf) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	var missing []verdict.DigestOf
	for _, w := range want {
		if e.digests[w] == nil && verdict.DigestSize(w.Algorithm) > 0 {
			missing = append(missing, w)
		}
	}
	if len(missing) == 0 && e.digests != nil {
		return nil
	}
	r, err := e.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	got, n, err := verdict.HashStream(ctx, r, missing)
	if err != nil {
		return err
	}
	if e.digests == nil {
		e.digests = map[verdict.DigestOf][]byte{}
	}
	e.length = n
	for _, w := range missing {
		if e.digests[w], err = got.Digest(w.Algorithm, []byte(w.Prefix)); err != nil {
			return err
		}
	}
	return nil
}

// Digest implements verdict.Subject: what Prepare did not take costs a pass over the
// data. Data that are sealed are not at hand.
func (e *EmbeddedFile) Digest(algorithm string, prefix []byte) ([]byte, error) {
	if verdict.DigestSize(algorithm) == 0 {
		return nil, fmt.Errorf("unknown digest algorithm %q: %w", algorithm, verdict.ErrNotAtHand)
	}
	if e.Sealed {
		return nil, fmt.Errorf("the embedded file is encrypted: %w", verdict.ErrNotAtHand)
	}
	of := verdict.DigestOf{Algorithm: algorithm, Prefix: string(prefix)}
	if err := e.Prepare(context.Background(), of); err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.digests[of], nil
}

// Length returns the real size of the data, which Prepare takes. For its errors see
// WriteTo.
func (e *EmbeddedFile) Length(ctx context.Context) (int64, error) {
	if err := e.Prepare(ctx); err != nil {
		return 0, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.length, nil
}

var fileDigest, md5Digest = verdict.DigestOf{Algorithm: "sha256"}, verdict.DigestOf{Algorithm: "md5"}

// checkClaims reads the data and compares them with the claimed size and checksum
// (Table 45). Data that cannot be decoded are a finding; sealed ones are none. The error
// is one of the context or of the file's reader, or an *pdffile.Error with CodeLimit.
func (e *EmbeddedFile) checkClaims(ctx context.Context) ([]pdffile.Finding, error) {
	if e.Sealed {
		return nil, nil
	}
	want := []verdict.DigestOf{fileDigest}
	if e.CheckSum != nil {
		want = append(want, md5Digest)
	}
	err := e.Prepare(ctx, want...)
	var own *pdffile.Error
	if errors.As(err, &own) && own.Code != pdffile.CodeLimit {
		return []pdffile.Finding{e.finding(foundAttachmentUndecoded, "the embedded file cannot be read: %v", err)}, nil
	}
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []pdffile.Finding
	if e.Size >= 0 && e.Size != e.length {
		out = append(out, e.finding(foundAttachmentChecksum, "the size of the embedded file is %d bytes, its producer says %d", e.length, e.Size))
	}
	sum := e.digests[md5Digest]
	switch {
	case e.CheckSum == nil || string(e.CheckSum) == string(sum):
	case strings.EqualFold(string(e.CheckSum), hex.EncodeToString(sum)):
		out = append(out, e.finding(foundAttachmentChecksum, "the MD5 of the embedded file agrees with its producer's, which is written as text instead of %d bytes", md5.Size))
	default:
		out = append(out, e.finding(foundAttachmentChecksum, "the MD5 of the embedded file is %x, its producer says %x", sum, e.CheckSum))
	}
	return out, nil
}

func (e *EmbeddedFile) finding(code, format string, args ...any) pdffile.Finding {
	return pdffile.Finding{Code: code, Offset: e.Offset, Revision: e.Revision, Ref: e.Ref, Text: fmt.Sprintf(format, args...)}
}
