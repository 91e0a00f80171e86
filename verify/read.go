package verify

import (
	"io"
	"slices"

	"github.com/exhibit-dev/exhibit/verdict"
)

// read takes, in one pass over each item, every digest that any of the evidence
// names its subject by, what was asked of this item alone, and SHA-256 for the
// report. Parsed evidence lies in memory and is hashed there, because it can be a
// subject itself.
func (r *run) read() {
	want := r.wanted()
	r.total.Store(int64(len(r.entries)))
	r.each(len(r.entries), func(i int) {
		e := r.entries[i]
		if e.err == nil {
			r.guard(e, func() { r.hash(e, want) })
		}
		r.step(0)
	})
	r.index.digests(r.entries, want)
}

// wanted lists the digests, each once.
func (r *run) wanted() []verdict.DigestOf {
	want := []verdict.DigestOf{{Algorithm: "sha256"}}
	seen := map[verdict.DigestOf]bool{want[0]: true}
	for _, e := range r.entries {
		for _, c := range e.commitments {
			if of := c.of(); !seen[of] {
				seen[of] = true
				want = append(want, of)
			}
		}
	}
	return want
}

func (r *run) hash(e *entry, want []verdict.DigestOf) {
	e.wants = slices.Concat(want, e.asked)
	if d, ok := e.held.(digesting); ok && e.document && !e.keep {
		if err := r.digest(r.ctx, e, d); err != nil && r.ctx.Err() == nil {
			r.unreadable(e, err)
		}
		return
	}
	src, err := e.source()
	if err != nil {
		r.unreadable(e, err)
		return
	}
	defer src.Close()
	stream := io.Reader(&counting{src, r})
	kept := &keeper{limit: r.opts.limits.content}
	if e.keep {
		stream = io.TeeReader(stream, kept)
	}
	digests, n, err := verdict.HashStream(r.ctx, stream, e.wants)
	if err == nil {
		err = e.checkSize(n)
	}
	if err != nil {
		switch {
		case r.ctx.Err() != nil:
		case e.beside:
			e.err = err
			r.note(e.Path, "could not be read: "+reason(err))
		default:
			r.unreadable(e, err)
		}
		return
	}
	e.digests, e.size = digests, n
	if e.keep {
		e.data = kept.bytes()
	}
}

func (e *entry) source() (io.ReadCloser, error) {
	if e.begun != nil {
		return e.begun, nil
	}
	if e.data != nil {
		return BytesItem(e.Path, e.data).Open()
	}
	return e.Open()
}

// counting tells the run how many bytes went by.
type counting struct {
	io.Reader
	r *run
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.r.bytes.Add(int64(n))
	if c.r.opts.Progress != nil {
		c.r.tell()
	}
	return n, err
}
