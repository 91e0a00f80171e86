package verdict

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"sync"
)

// ErrNotAtHand is what a Subject answers when it cannot give the digest that was
// asked for: the data is not there, or only a digest of another algorithm is. It
// becomes SIGNED_DATA_NOT_FOUND, never HASH_FAILURE.
var ErrNotAtHand = errors.New("the covered data is not at hand")

// Subject is the data that evidence speaks of.
type Subject interface {
	// Digest returns the digest, by the named algorithm, of prefix followed by the
	// data (the prefix serves leaf hashes such as those of RFC 6962). The error
	// wraps ErrNotAtHand when the subject cannot know; every other error is one of
	// reading. The caller must not change the slice.
	Digest(algorithm string, prefix []byte) ([]byte, error)
}

// DigestOf names one digest of a subject.
type DigestOf struct {
	Algorithm string
	Prefix    string // raw bytes before the data, usually none
}

// Bytes is a subject that lies in memory.
type Bytes []byte

// Digest hashes the bytes.
func (b Bytes) Digest(algorithm string, prefix []byte) ([]byte, error) {
	if len(prefix) == 0 {
		if d := Sum(algorithm, b); d != nil {
			return d, nil
		}
		return nil, unknownDigest(algorithm)
	}
	h := NewHash(algorithm)
	if h == nil {
		return nil, unknownDigest(algorithm)
	}
	h.Write(prefix)
	h.Write(b)
	return h.Sum(nil), nil
}

// Digests is a subject of which only digests are known: given by a caller, or
// taken in one pass over a stream. The zero value knows nothing.
type Digests struct{ known map[DigestOf][]byte }

// NewDigests returns a subject that knows the given digests, by algorithm name.
// A digest whose length does not fit its algorithm is an error.
func NewDigests(known map[string][]byte) (Digests, error) {
	m := make(map[DigestOf][]byte, len(known))
	for alg, d := range known {
		if DigestSize(alg) == 0 {
			return Digests{}, unknownDigest(alg)
		}
		if len(d) != DigestSize(alg) {
			return Digests{}, fmt.Errorf("a %s digest has %d bytes, got %d", alg, DigestSize(alg), len(d))
		}
		m[DigestOf{Algorithm: alg}] = append([]byte(nil), d...)
	}
	return Digests{m}, nil
}

// Digest returns a known digest, or ErrNotAtHand.
func (d Digests) Digest(algorithm string, prefix []byte) ([]byte, error) {
	if v, ok := d.known[DigestOf{algorithm, string(prefix)}]; ok {
		return v, nil
	}
	return nil, fmt.Errorf("no %s digest: %w", algorithm, ErrNotAtHand)
}

// Absent is the subject that is not there.
type Absent struct{}

// Digest always answers ErrNotAtHand.
func (Absent) Digest(string, []byte) ([]byte, error) { return nil, ErrNotAtHand }

// streamBuffer is the read size for subjects: large enough that the hashes, not
// the calls, cost the time.
const streamBuffer = 256 << 10

// HashStream reads r once to its end and returns a subject that knows all the
// digests asked for, and how many bytes were read. Algorithms that are unknown
// are left out, so that asking for them later answers ErrNotAtHand. The read ends
// early with the context's error; an error of r is returned as it is.
func HashStream(ctx context.Context, r io.Reader, want []DigestOf) (Digests, int64, error) {
	states := make(map[DigestOf]hash.Hash, len(want))
	for _, w := range want {
		if h := NewHash(w.Algorithm); h != nil && states[w] == nil {
			io.WriteString(h, w.Prefix)
			states[w] = h
		}
	}
	n, err := feed(ctx, r, states)
	if err != nil {
		return Digests{}, n, err
	}
	known := make(map[DigestOf][]byte, len(states))
	for w, h := range states {
		known[w] = h.Sum(nil)
	}
	return Digests{known}, n, nil
}

func feed(ctx context.Context, r io.Reader, states map[DigestOf]hash.Hash) (n int64, err error) {
	buf := streamBuffers.Get().(*[]byte)
	defer streamBuffers.Put(buf)
	for {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		m, err := r.Read(*buf)
		for _, h := range states {
			h.Write((*buf)[:m])
		}
		n += int64(m)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

var streamBuffers = sync.Pool{New: func() any { b := make([]byte, streamBuffer); return &b }}

func unknownDigest(algorithm string) error {
	return fmt.Errorf("unknown digest algorithm %q: %w", algorithm, ErrNotAtHand)
}
