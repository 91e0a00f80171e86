package verify

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// ask goes to the files that evidence may turn out to speak of, before they are read,
// and leaves with them what it asks for: each file is read only once. It works in the
// order of the items, so that the limit always stops at the same one.
func (r *run) ask() {
	for _, e := range r.entries {
		asking, ok := e.ev.(Asking)
		if !ok {
			continue
		}
		r.guard(e, func() {
			needs := asking.Asks(r.opts.Env)
			for _, t := range r.candidates(e) {
				t.asked = append(t.asked, needs.Digests...)
				if needs.Content {
					r.keep(t)
				}
			}
		})
	}
}

// candidates lists what e can be paired with without knowing a digest.
func (r *run) candidates(e *entry) []*entry {
	if t := r.bindingOf(e); t != nil {
		return []*entry{t}
	}
	if n := r.index.sameStem(e, r.opts.Formats); len(n) <= maxGuesses && len(r.opts.Digests) == 0 {
		return n
	}
	return nil
}

// keep has the bytes of a file kept while it is read, if there is room for them. A
// file of unknown size may turn out to be as large as the limit.
func (r *run) keep(t *entry) {
	size := t.Size
	if size < 0 {
		size = r.opts.limits.content
	}
	if t.keep || t.data != nil || size > r.opts.limits.content || r.held+size > r.opts.limits.inAll {
		return
	}
	r.held += size
	t.keep = true
}

// fitting returns the neighbours of the same stem that e is over. Evidence that names
// its subject by a digest would have found it.
func (r *run) fitting(e *entry, neighbours []*entry) (out []*entry) {
	asking, ok := e.ev.(Asking)
	if !ok || len(neighbours) > maxGuesses {
		return nil
	}
	r.guard(e, func() {
		for _, n := range neighbours {
			if n.err == nil && asking.Fits(n.subject(), r.opts.Env) {
				out = append(out, n)
			}
		}
	})
	return out
}

// keeper keeps what goes by, but nothing of what is larger than the limit.
type keeper struct {
	b     []byte
	limit int64
	over  bool
}

func (k *keeper) Write(p []byte) (int, error) {
	if k.over = k.over || int64(len(k.b)+len(p)) > k.limit; k.over {
		k.b = nil
	} else {
		k.b = append(k.b, p...)
	}
	return len(p), nil
}

// bytes returns all that went by; nil only when it was too much.
func (k *keeper) bytes() []byte {
	if k.over || k.b != nil {
		return k.b
	}
	return []byte{}
}

// fileSubject is a file that was read once: its digests and its size are known, and
// its bytes where they were kept.
type fileSubject struct {
	verdict.Subject
	data []byte
	size int64
}

func (e *entry) subject() verdict.Subject { return fileSubject{e.digests, e.data, e.size} }

// Size returns the number of bytes.
func (s fileSubject) Size() int64 { return s.size }

// Content returns the bytes.
func (s fileSubject) Content() ([]byte, error) {
	if s.data == nil {
		return nil, fmt.Errorf("the signature is over the bytes themselves, which are kept of files of at most %d bytes: %w",
			MaxContent, verdict.ErrNotAtHand)
	}
	return s.data, nil
}
