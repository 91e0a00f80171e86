package headerfile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/btcsuite/btcd/chainhash/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// maxHeaders bounds the different headers of an import, each of which takes about 120
// bytes of memory: twice the chain of 2026 and its stale blocks, enough until 2046.
const maxHeaders = 2_000_000

// collection holds every header that meets its target once: the headers in a file, their
// places in it by hash in memory.
type collection struct {
	cps    *bitcoin.Checkpoints
	limit  int
	index  map[bitcoin.Hash]uint32
	known  map[uint32]uint32 // heights of the headers that are checkpoints or genesis
	stated bool
	slots  []uint32 // where the headers stood in their file, if heights are stated

	spool *os.File
	w     *bufio.Writer

	duplicates int
	target     target
}

func newCollection(folder string, o *Options) (*collection, error) {
	spool, err := os.CreateTemp(folder, ".headers-*")
	if err != nil {
		return nil, err
	}
	os.Remove(spool.Name()) // where that works, nothing stays behind, whatever happens
	return &collection{
		cps: o.Checkpoints, limit: o.limit, stated: o.First != nil,
		index: make(map[bitcoin.Hash]uint32), known: make(map[uint32]uint32),
		spool: spool, w: bufio.NewWriterSize(spool, 1<<16),
	}, nil
}

func (c *collection) close() {
	c.spool.Close()
	os.Remove(c.spool.Name())
}

// read collects the headers of one file.
func (c *collection) read(ctx context.Context, name string, told func(done int64)) (Form, error) {
	form := Form{Name: name}
	f, size, err := openFile(name)
	if err != nil {
		return form, err
	}
	defer f.Close()
	mask, err := readMask(filepath.Dir(name))
	if err != nil {
		return form, err
	}
	src, kind, err := recognise(f, size, name, mask, c.cps.Network())
	if err != nil {
		return form, fmt.Errorf("%s: %w", name, err)
	}
	form.Form, form.Size = kind, size
	if c.stated && kind != FormRaw {
		return form, fmt.Errorf("%s: a height can be stated for a file of raw headers only", name)
	}
	err = src.each(ctx, &reading{form: &form, take: c.take, told: told})
	switch {
	case err != nil:
		return form, fmt.Errorf("%s: %w", name, err)
	case kind == FormRaw && form.Headers == 0:
		return form, fmt.Errorf("%s: no header in it: none of %d meets the target that it states", name, form.Refused)
	}
	return form, nil
}

// take keeps a header if it meets its own target and is new. It reports the former.
func (c *collection) take(header []byte, slot uint32) (bool, error) {
	hash := chainhash.DoubleHashH(header)
	if name := foreign(&hash, c.cps.Network()); name != "" {
		return false, otherNetwork(name, c.cps.Network())
	}
	if !c.target.meets(header, &hash, c.cps.Network()) {
		return false, nil
	}
	if _, there := c.index[hash]; there {
		c.duplicates++
		return true, nil
	}
	at := uint32(len(c.index))
	if int(at) == c.limit {
		return true, fmt.Errorf("more than %d different headers", c.limit)
	}
	c.index[hash] = at
	if cp, ok := c.cps.ByHash(hash); ok {
		c.known[at] = cp.Height
	} else if hash == c.cps.Network().Genesis() {
		c.known[at] = 0
	}
	if c.stated {
		c.slots = append(c.slots, slot)
	}
	_, err := c.w.Write(header)
	return true, err
}

// foreign returns the name of another network whose first block this is.
func foreign(h *bitcoin.Hash, n *bitcoin.Network) string {
	for _, p := range networks {
		if p.Name != n.Name() && *p.GenesisHash == *h {
			return p.Name
		}
	}
	return ""
}

// each calls f for every header that was kept, in the order of their places.
func (c *collection) each(ctx context.Context, f func(at uint32, header []byte)) error {
	if err := c.w.Flush(); err != nil {
		return err
	}
	r := bufio.NewReaderSize(io.NewSectionReader(c.spool, 0, int64(len(c.index))*bitcoin.HeaderSize), 1<<16)
	var h [bitcoin.HeaderSize]byte
	for at := range uint32(len(c.index)) {
		if at%tickEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if _, err := io.ReadFull(r, h[:]); err != nil {
			return errors.Join(errSpool, err)
		}
		f(at, h[:])
	}
	return nil
}

var errSpool = errors.New("the temporary file of headers cannot be read again")

// copyPath writes headers in a given order. Neighbours are read together.
func (c *collection) copyPath(ctx context.Context, w io.Writer, path []uint32) error {
	const together = 1024
	part := make([]byte, together*bitcoin.HeaderSize)
	for len(path) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := 1
		for n < min(len(path), together) && path[n] == path[0]+uint32(n) {
			n++
		}
		b := part[:n*bitcoin.HeaderSize]
		if _, err := c.spool.ReadAt(b, int64(path[0])*bitcoin.HeaderSize); err != nil {
			return errors.Join(errSpool, err)
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
		path = path[n:]
	}
	return nil
}
