package pdf

import (
	"context"
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// rangeSubject is what a ByteRange names, as the subject of a signature or a token.
type rangeSubject struct {
	ctx context.Context
	d   *Document
	rng *byteRange
}

func (v *verifier) subject(s *signature) verdict.Subject {
	return rangeSubject{v.ctx, v.Document, &s.rng}
}

// Digest returns the digest of the signed bytes. It was usually taken in the pass that
// is made for all signatures; an algorithm that nobody announced costs a pass of its
// own.
func (s rangeSubject) Digest(algorithm string, prefix []byte) ([]byte, error) {
	k, ok := s.rng.measure(algorithm)
	if !ok || len(prefix) > 0 || verdict.DigestSize(algorithm) == 0 {
		return nil, fmt.Errorf("no %s digest of the ByteRange: %w", algorithm, verdict.ErrNotAtHand)
	}
	if b, ok := s.d.measures.get(k); ok {
		return b, nil
	}
	if err := s.d.take(s.ctx, []measure{k}); err != nil {
		return nil, err
	}
	if b, ok := s.d.measures.get(k); ok {
		return b, nil
	}
	return nil, errBudget
}

// measure is the digest of the range as it is written, if it lies in the file.
func (r *byteRange) measure(algorithm string) (measure, bool) {
	return measure{algorithm, r.parts()}, r.inFile
}

// upTo is the digest of all bytes of the file before end: a revision.
func upTo(algorithm string, end int64) measure { return measure{algorithm, [2]extent{{0, end}}} }

// take computes digests of the file.
func (d *Document) take(ctx context.Context, want []measure) error {
	return d.measures.take(ctx, d.file, d.file.Size(), want)
}
