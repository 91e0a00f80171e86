package headerfile

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// maxSlots bounds the places of a raw file, empty ones included: the same as the headers
// that bitcoin.Scan takes, 76 years of blocks.
const maxSlots = 4_000_000

var emptySlot [bitcoin.HeaderSize]byte

// rawFile is a file of headers of 80 bytes each, some of which may be zeros.
type rawFile struct {
	r    io.ReaderAt
	size int64
}

// each gives every header that is there to the reading.
func (f *rawFile) each(ctx context.Context, to *reading) error {
	part := make([]byte, tickEvery*bitcoin.HeaderSize)
	for at := int64(0); at < f.size; {
		if err := to.tick(ctx, at); err != nil {
			return err
		}
		n, err := f.r.ReadAt(part[:min(int64(len(part)), f.size-at)], at)
		if n%bitcoin.HeaderSize != 0 || n == 0 {
			return errors.Join(errChanged, err)
		}
		for slot := part[:n]; len(slot) > 0; slot = slot[bitcoin.HeaderSize:] {
			if bytes.Equal(slot[:bitcoin.HeaderSize], emptySlot[:]) {
				to.form.Empty++
				to.slot++
				continue
			}
			if _, err := to.header(slot[:bitcoin.HeaderSize]); err != nil {
				return err
			}
		}
		at += int64(n)
	}
	return nil
}

var errChanged = errors.New("the file changed while it was read")
