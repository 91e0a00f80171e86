package pdf

import (
	"context"
	"fmt"

	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Digests takes digests of the whole file, in the same pass over it as those that Verify
// needs of its parts: a Verify that comes after reads nothing again, also with proofs of
// existence over the file or a revision by the same algorithms. Unknown algorithms are
// left out. Digests with a prefix cost a pass of their own.
//
// The error is one of the reader or of the context.
func (d *Document) Digests(ctx context.Context, want ...verdict.DigestOf) (verdict.Subject, error) {
	v := &verifier{Document: d, ctx: ctx, env: &pki.Env{}}
	s := fileDigests{known: map[verdict.DigestOf][]byte{}}
	list := v.wanted()
	var whole []measure
	var prefixed []verdict.DigestOf
	for _, w := range want {
		if w.Prefix != "" {
			prefixed = append(prefixed, w)
			continue
		}
		whole = append(whole, upTo(w.Algorithm, d.file.Size()))
		for _, end := range d.ends() { // the size is one of them
			list = append(list, upTo(w.Algorithm, end))
		}
	}
	if err := d.take(ctx, list); err != nil {
		return nil, err
	}
	if err := d.take(ctx, whole); err != nil { // what hostile signatures took the budget of
		return nil, err
	}
	for _, k := range whole {
		if sum, ok := d.measures.get(k); ok {
			s.known[verdict.DigestOf{Algorithm: k.algorithm}] = sum
		}
	}
	if len(prefixed) > 0 {
		got, _, err := verdict.HashStream(ctx, d.file.Section(0, d.file.Size()), prefixed)
		if err != nil {
			return nil, err
		}
		s.prefixed = got
	}
	return s, nil
}

// Size is the number of bytes of the file.
func (d *Document) Size() int64 { return d.file.Size() }

// fileDigests is the file as a subject.
type fileDigests struct {
	known    map[verdict.DigestOf][]byte
	prefixed verdict.Digests
}

// Digest returns a digest that was asked for, or verdict.ErrNotAtHand.
func (s fileDigests) Digest(algorithm string, prefix []byte) ([]byte, error) {
	if len(prefix) > 0 {
		return s.prefixed.Digest(algorithm, prefix)
	}
	if sum, ok := s.known[verdict.DigestOf{Algorithm: algorithm}]; ok {
		return sum, nil
	}
	return nil, fmt.Errorf("no %s digest: %w", algorithm, verdict.ErrNotAtHand)
}

// Parts is how many signatures, document time-stamps and attachments Verify answers for,
// at most: each is a node.
func (d *Document) Parts() int {
	n := 0
	list, _ := d.Attachments()
	for _, a := range list {
		if a.Removed < 0 && !a.Unnamed {
			n++
		}
	}
	return len(d.signatures) + min(n, maxAttachmentNodes)
}
