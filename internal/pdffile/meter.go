package pdffile

import (
	"fmt"
	"strings"
	"sync"
)

// maxMeters bounds the streams that count once; further ones count each time. A
// document has some thousand attachments at most.
const maxMeters = 50_000

// content is what the decoded data of a stream depend on. Filters that are other objects
// may differ from view to view.
type content struct {
	from, to int64
	ref      Ref
	how      string
}

func (s *Stream) content() content {
	var how strings.Builder
	if s.crypt != nil {
		how.WriteByte('0' + byte(s.crypt.methodFor(s)))
	}
	for _, x := range s.filters {
		fmt.Fprintf(&how, "/%s", x.name)
		for _, key := range [...]Name{"Predictor", "Colors", "BitsPerComponent", "Columns", "EarlyChange"} {
			n, _ := x.parms.Integer(key)
			fmt.Fprintf(&how, " %d", n)
		}
	}
	return content{s.From, s.To, s.Ref, how.String()}
}

// meters know how far each stream was read that counts once.
type meters struct {
	mu sync.Mutex
	m  map[content]*meter
}

// meter is the most that one pass over a stream put out.
type meter struct {
	mu   sync.Mutex
	most int64
}

// of returns the meter of a stream, nil if there are too many.
func (l *meters) of(s *Stream) *meter {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := s.content()
	if m, ok := l.m[key]; ok || len(l.m) >= maxMeters {
		return m
	}
	if l.m == nil {
		l.m = map[content]*meter{}
	}
	m := &meter{}
	l.m[key] = m
	return m
}

// count adds bytes that a filter put out to the total, and reports whether that is
// still within MaxDecoded. What was refused does not count for a stream that counts once.
func (p *pipe) count(n int64) bool {
	if p.meter == nil {
		return p.f.decoded.Add(n) <= MaxDecoded
	}
	p.meter.mu.Lock()
	defer p.meter.mu.Unlock()
	p.put += n
	more := p.put - p.meter.most
	if more <= 0 {
		return true
	}
	if p.f.decoded.Add(more) > MaxDecoded {
		p.f.decoded.Add(-more)
		return false
	}
	p.meter.most = p.put
	return true
}
