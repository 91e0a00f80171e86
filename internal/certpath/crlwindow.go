package certpath

import (
	"fmt"
	"hash"
	"io"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// maxCRLEntry bounds one entry with its header: a serial number, a time and up to
// four extensions, of which the certificate issuer is the only long one. Real
// entries stay below 300 bytes.
const maxCRLEntry = 16 << 10

// crlWindow is the part of a list that is held while its entries are read.
const crlWindow = 4 * maxCRLEntry

// entryWindow hands out the entries of a list one by one and hashes all that it
// reads.
type entryWindow struct {
	r       io.ReaderAt
	at, end int64 // what is still to be read
	buf     []byte
	rest    cryptobyte.String // what was read and not handed out; lies in buf
	hash    hash.Hash
}

func newEntryWindow(r io.ReaderAt, at, end int64, h hash.Hash) *entryWindow {
	return &entryWindow{r: r, at: at, end: end, buf: make([]byte, min(end-at, crlWindow)), hash: h}
}

// next returns the contents of the next entry, valid until the next call; more is
// false after the last one.
func (w *entryWindow) next() (entry cryptobyte.String, more bool, err error) {
	if len(w.rest) < maxCRLEntry && w.at < w.end {
		if err := w.fill(); err != nil {
			return nil, false, err
		}
	}
	if w.rest.Empty() {
		return nil, false, nil
	}
	before := len(w.rest)
	if !w.rest.ReadASN1(&entry, asn1.SEQUENCE) || before-len(w.rest) > maxCRLEntry {
		return nil, false, malformed(fmt.Sprintf("CRL: an entry, or one of more than %d bytes", maxCRLEntry))
	}
	return entry, true, nil
}

func (w *entryWindow) fill() error {
	n := copy(w.buf, w.rest)
	more := w.buf[n:min(len(w.buf), n+int(min(w.end-w.at, crlWindow)))]
	if err := readAt(w.r, more, w.at); err != nil {
		return err
	}
	w.hash.Write(more)
	w.at += int64(len(more))
	w.rest = w.buf[:n+len(more)]
	return nil
}
