package headerfile

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

const (
	recordHead = 8 // magic and length, before each block
	headBytes  = recordHead + bitcoin.HeaderSize

	// maxBlock is the largest block that the rules of Bitcoin allow, in bytes.
	maxBlock = 4_000_000
	// searchPart is how much is read at a time when looking for the next block.
	searchPart = 64 << 10
	// tickEvery is after how many headers a stop is looked for and progress is told.
	tickEvery = 1024
)

// blockFile is one block file of Bitcoin Core.
type blockFile struct {
	r     io.ReaderAt
	size  int64
	magic [4]byte
	key   []byte // eight bytes that the file is disguised with, or none

	part   []byte // what a search read last, undisguised,
	partAt int64  // from here on
}

// read returns what the last search read from a place on.
func (f *blockFile) read(at int64) []byte {
	if at < f.partAt || at >= f.partAt+int64(len(f.part)) {
		return nil
	}
	return f.part[at-f.partAt:]
}

// head returns the first bytes of a record, fewer at the end of the file. It reads no
// more than these: the next record is far away.
func (f *blockFile) head(b *[headBytes]byte, at int64) ([]byte, error) {
	if part := f.read(at); len(part) >= headBytes {
		return part[:headBytes], nil
	}
	n, err := f.r.ReadAt(b[:min(headBytes, f.size-at)], at)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	unmask(b[:n], f.key, at)
	return b[:n], nil
}

// unmask takes the disguise off bytes that stand at a place of a file.
func unmask(b, key []byte, at int64) {
	if len(key) == 0 {
		return
	}
	for i := range b {
		b[i] ^= key[(at+int64(i))%int64(len(key))]
	}
}

// each gives the header of every block to the reading. Only the heads of the records are
// read. However the lengths lie, no byte is searched twice: every search begins behind
// where the one before ended, and in what that one read.
func (f *blockFile) each(ctx context.Context, to *reading) error {
	var buf [headBytes]byte
	at, behind := int64(0), int64(0) // behind what was taken
	for n := 0; at < f.size; n++ {
		if n%tickEvery == 0 {
			if err := to.tick(ctx, at); err != nil {
				return err
			}
		}
		head, err := f.head(&buf, at)
		if err != nil {
			return err
		}
		from := behind
		switch {
		case len(head) == headBytes && [4]byte(head) == f.magic:
			sound, err := to.header(head[recordHead:])
			if err != nil {
				return err
			}
			from = at + int64(len(f.magic))
			if sound {
				length := int64(binary.LittleEndian.Uint32(head[4:]))
				behind, from = at+headBytes, at+headBytes
				if length >= bitcoin.HeaderSize && length <= maxBlock && length <= f.size-at-recordHead {
					at += recordHead + length
					continue
				}
			}
			to.form.lies(at)
		case f.padding(head, at):
			from = at
		default:
			to.form.lies(at)
		}
		if at, err = f.search(ctx, from); err != nil {
			return err
		}
		behind = at + int64(len(f.magic))
	}
	return nil
}

// padding reports whether zeros begin here. Where Bitcoin Core reserved room and wrote
// nothing, they stand in the file without the disguise.
func (f *blockFile) padding(head []byte, at int64) bool {
	zeros := make([]byte, min(len(head), 4))
	if bytes.HasPrefix(head, zeros) {
		return true
	}
	unmask(zeros, f.key, at)
	return bytes.HasPrefix(head, zeros)
}

// search returns where the next magic stands, at or behind a place; the end of the file
// if there is none.
func (f *blockFile) search(ctx context.Context, from int64) (int64, error) {
	for {
		part := f.read(from)
		if len(part) < len(f.magic) {
			if err := errors.Join(ctx.Err(), f.fill(from)); err != nil {
				return 0, err
			}
			if part = f.read(from); len(part) < len(f.magic) {
				return f.size, nil
			}
		}
		if i := bytes.Index(part, f.magic[:]); i >= 0 {
			return from + int64(i), nil
		}
		from += int64(len(part) - len(f.magic) + 1) // a magic may lie across the parts
	}
}

// fill reads a part of the file, which is empty at its end.
func (f *blockFile) fill(at int64) error {
	f.part, f.partAt = slices.Grow(f.part[:0], searchPart)[:max(0, min(searchPart, f.size-at))], at
	n, err := f.r.ReadAt(f.part, at)
	f.part = f.part[:n]
	unmask(f.part, f.key, at)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
