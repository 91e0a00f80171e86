package pdf

import (
	"cmp"
	"context"
	"errors"
	"hash"
	"io"
	"slices"
	"sync"

	"github.com/exhibit-dev/exhibit/verdict"
)

// readSize is how much is read at once for hashing: the hashes, not the calls, then cost
// the time.
const readSize = 256 << 10

// hashBudget bounds the bytes that are hashed for one document. All signatures share the
// hash of what comes before their gaps; what comes behind, each hashes alone, and in a
// document that was signed again and again that is less than the file. So twice the file
// is usual, for each algorithm, and what needs more than this is hostile.
func hashBudget(size int64) int64 { return 64<<20 + 16*size }

var errBudget = errors.New("the signatures ask for more hashing than this program does")

// measure is a digest of one or two pieces of the file.
type measure struct {
	algorithm string
	parts     [2]extent // the second may be empty
}

// measures keeps the digests of a document, so that a second verification reads nothing
// again. It is safe for concurrent use.
type measures struct {
	mu    sync.Mutex
	known map[measure][]byte
}

func (m *measures) get(k measure) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b, ok := m.known[k]
	return b, ok
}

// take computes what is not known yet in one pass over the file. What exceeds the budget
// stays unknown.
func (m *measures) take(ctx context.Context, r io.ReaderAt, size int64, want []measure) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[measure][]byte{}
	}
	want = slices.DeleteFunc(slices.Clone(want), func(k measure) bool { return m.known[k] != nil || verdict.DigestSize(k.algorithm) == 0 })
	if len(want) == 0 {
		return nil
	}
	p := newPass(want, hashBudget(size))
	if err := p.run(ctx, r); err != nil {
		return err
	}
	for k, sum := range p.sums {
		m.known[k] = sum
	}
	return nil
}

// lane is a hash that is fed the bytes from at to the first of its stops.
type lane struct {
	h     hash.Hash
	at    int64
	stops []stop
}

// stop is where a part of a measure ends: there the state of the lane is copied, and the
// copy goes on with the rest, or is done.
type stop struct {
	at   int64
	of   measure
	rest extent
}

// pass is one reading of the file from its beginning to the last byte that is asked
// for.
type pass struct {
	lanes  []lane
	sums   map[measure][]byte
	budget int64
}

// newPass sets out one lane for each algorithm that begins at the first byte, shared by
// all measures that do, and one for each other measure.
func newPass(want []measure, budget int64) *pass {
	p := &pass{sums: map[measure][]byte{}, budget: budget}
	slices.SortFunc(want, func(a, b measure) int {
		return cmp.Or(cmp.Compare(a.algorithm, b.algorithm), cmp.Compare(a.parts[0].from, b.parts[0].from),
			cmp.Compare(a.parts[0].to, b.parts[0].to), cmp.Compare(a.parts[1].from, b.parts[1].from), cmp.Compare(a.parts[1].to, b.parts[1].to))
	})
	for _, k := range slices.Compact(want) {
		first, second := k.parts[0], k.parts[1]
		if l := p.shared(k); l != nil {
			if p.pay(first.to - l.stops[len(l.stops)-1].at + second.size()) {
				l.stops = append(l.stops, stop{first.to, k, second})
			}
		} else if p.pay(first.size() + second.size()) {
			p.lanes = append(p.lanes, lane{verdict.NewHash(k.algorithm), first.from, []stop{{first.to, k, second}}})
		}
	}
	return p
}

// shared returns the lane that a measure can be a further stop of, or nil.
func (p *pass) shared(k measure) *lane {
	if len(p.lanes) == 0 {
		return nil
	}
	l := &p.lanes[len(p.lanes)-1]
	of := l.stops[0].of
	if _, ok := l.h.(hash.Cloner); !ok || of.algorithm != k.algorithm || of.parts[0].from != k.parts[0].from {
		return nil
	}
	return l
}

func (x extent) size() int64 { return max(0, x.to-x.from) }

func (p *pass) pay(bytes int64) bool {
	if bytes > p.budget {
		return false
	}
	p.budget -= bytes
	return true
}

// run reads the file once. The lanes are served in the order of the bytes that they
// wait for; a copy that goes on behind a gap becomes a lane of its own.
func (p *pass) run(ctx context.Context, r io.ReaderAt) error {
	var held []byte
	if h, ok := r.(keeper); ok {
		held = h.Held()
	}
	if held == nil {
		buf := buffers.Get().(*[]byte)
		defer buffers.Put(buf)
		return p.serve(ctx, func(from, to int64) ([]byte, error) {
			b := (*buf)[:min(to-from, int64(len(*buf)))]
			if n, err := r.ReadAt(b, from); n < len(b) {
				return nil, cmp.Or(err, io.ErrUnexpectedEOF)
			}
			return b, nil
		})
	}
	return p.serve(ctx, func(from, to int64) ([]byte, error) {
		if to > int64(len(held)) {
			return nil, io.ErrUnexpectedEOF
		}
		return held[from:to], nil
	})
}

// keeper is a reader that may have the whole file in memory.
type keeper interface{ Held() []byte }

// serve feeds the lanes until none is left. read returns the bytes from from on, not
// more than those before to.
func (p *pass) serve(ctx context.Context, read func(from, to int64) ([]byte, error)) error {
	for len(p.lanes) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		from, to := p.next()
		b, err := read(from, to)
		if err != nil {
			return err
		}
		if err := p.feed(b, from); err != nil {
			return err
		}
	}
	return nil
}

// next returns the bytes that are wanted next: from the earliest place at which a lane
// waits, to the earliest place at which something changes.
func (p *pass) next() (from, to int64) {
	from, to = p.lanes[0].at, p.lanes[0].stops[0].at
	for i := range p.lanes {
		from = min(from, p.lanes[i].at)
	}
	for i := range p.lanes {
		l := &p.lanes[i]
		if l.at > from {
			to = min(to, l.at)
		}
		if s := l.stops[0].at; s > from {
			to = min(to, s)
		}
		if l.at == from && l.stops[0].at <= from {
			return from, from // a stop with nothing to read before it
		}
	}
	return from, max(to, from)
}

func (p *pass) feed(b []byte, from int64) error {
	var more []lane
	for i := range p.lanes {
		l := &p.lanes[i]
		if l.at != from {
			continue
		}
		l.h.Write(b)
		l.at += int64(len(b))
		for len(l.stops) > 0 && l.stops[0].at <= l.at {
			next, err := p.arrive(l)
			if err != nil {
				return err
			}
			if next != nil {
				more = append(more, *next)
			}
		}
	}
	p.lanes = append(slices.DeleteFunc(p.lanes, func(l lane) bool { return len(l.stops) == 0 }), more...)
	return nil
}

// arrive takes the first stop of a lane, and returns the lane of the part behind it.
func (p *pass) arrive(l *lane) (*lane, error) {
	s := l.stops[0]
	h := l.h
	if l.stops = l.stops[1:]; len(l.stops) > 0 {
		c, err := h.(hash.Cloner).Clone()
		if err != nil {
			return nil, err
		}
		h = c
	}
	if s.rest.size() > 0 {
		return &lane{h, s.rest.from, []stop{{s.rest.to, s.of, extent{}}}}, nil
	}
	p.sums[s.of] = h.Sum(nil)
	return nil, nil
}

var buffers = sync.Pool{New: func() any { b := make([]byte, readSize); return &b }}
