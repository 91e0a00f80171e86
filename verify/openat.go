package verify

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// documentOf returns the format that reads e in any order, or nil. A name claims nothing
// here, and content that claims another kind by its name is of that kind.
func (r *run) documentOf(e *entry, claimed *Format, head []byte) *Format {
	if claimed != nil {
		return nil
	}
	for i := range r.opts.Formats {
		f := &r.opts.Formats[i]
		if f.OpenAt != nil && (f.Sniff != nil && f.Sniff(head) || extension(e.name, f.Names) != "") {
			return f
		}
	}
	return nil
}

// leads reports whether a document is a document before it is anything else: by its name,
// or because it begins as one.
func leads(f *Format, e *entry, head []byte) bool {
	return extension(e.name, f.Names) != "" || bytes.HasPrefix(head, []byte("%PDF-"))
}

// openDocument reads e with OpenAt. It stays a subject in any case, and is evidence over
// itself if the format says so.
func (r *run) openDocument(e *entry, f *Format) {
	e.pdf = false
	at, size, err := r.anyOrder(e)
	if errors.Is(err, errTooLarge) {
		e.format, e.document = f, true
		e.fixed = undecided(f, f.Code+".limit", r.tooLarge(e))
		return
	}
	if err != nil {
		r.cannotRead(e, f, err)
		return
	}
	ev, err := f.OpenAt(r.ctx, at, size, OpenOptions{Password: r.opts.PDFPassword})
	if r.ctx.Err() != nil {
		return
	}
	if ev == nil && err == nil {
		e.close(r)
		return
	}
	if err != nil {
		r.notOpened(e, f, err)
		return
	}
	if c, ok := ev.(Containing); ok {
		e.container = c
	}
	e.held = ev
	if e.container == nil || !e.container.Plain() {
		e.format, e.ev, e.document = f, ev, true
		e.commitments = ev.Commitments(r.opts.Env)
	}
	r.use(e)
}

// notOpened is for a file that OpenAt refused: what the format says of it, unless the
// file itself could not be read.
func (r *run) notOpened(e *entry, f *Format, err error) {
	node := cannotParse(f, err)
	if node.Reason == reasonIncomplete {
		r.cannotRead(e, f, err)
		return
	}
	e.close(r)
	e.format, e.fixed, e.document = f, node, true
}

func (r *run) cannotRead(e *entry, f *Format, err error) {
	e.close(r)
	r.unreadable(e, err)
	e.format, e.document = f, true
	e.fixed = undecided(f, reasonIncomplete, "the file could not be read")
}

// anyOrder returns e for reading in any order: from the file, or else from memory.
func (r *run) anyOrder(e *entry) (io.ReaderAt, int64, error) {
	if e.OpenAt != nil && e.Size >= 0 {
		e.at = &lazyReader{open: e.OpenAt}
		return e.at, e.Size, nil
	}
	if e.data == nil {
		data, err := r.hold(e)
		if err != nil {
			return nil, 0, err
		}
		e.data = data
	}
	return bytes.NewReader(e.data), int64(len(e.data)), nil
}

// hold reads the whole item into memory. What is too large for that can still be hashed,
// also where it can be read only once.
func (r *run) hold(e *entry) ([]byte, error) {
	limit := min(r.opts.limits.evidence, r.opts.limits.inAll-r.held)
	if e.Size > limit {
		return nil, errTooLarge
	}
	src, err := e.Open()
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(src, max(limit, 0)+1))
	switch {
	case err != nil:
		src.Close()
		return nil, err
	case int64(len(b)) > limit:
		if e.depth > 0 {
			return nil, errors.Join(errTooLarge, src.Close())
		}
		e.begun = &begun{io.MultiReader(bytes.NewReader(b), src), src}
		return nil, errTooLarge
	}
	if err := errors.Join(src.Close(), e.checkSize(int64(len(b)))); err != nil {
		return nil, err
	}
	r.held += int64(len(b))
	return b, nil
}

// begun is an item of which the beginning was read before.
type begun struct {
	io.Reader
	io.Closer
}

// digest takes the digests of a document in the pass that it makes for itself, and
// reports what happened to the file meanwhile.
func (r *run) digest(ctx context.Context, e *entry, d digesting) error {
	r.use(e)
	s, err := d.Digests(ctx, e.wants)
	if e.at != nil {
		err = errors.Join(err, e.at.Close())
	}
	if err != nil {
		return err
	}
	e.digests = s
	if e.size = e.Size; e.at == nil {
		e.size = int64(len(e.data))
	}
	r.bytes.Add(e.size)
	r.tell()
	return nil
}
