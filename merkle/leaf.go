package merkle

import (
	"crypto/sha256"
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Sized is a subject whose length is known. In conventions without domain separation
// the length of the data is often all that tells a leaf from a node: a subject of
// which only digests are known stays undecided without it. verdict.Bytes needs none.
type Sized struct {
	verdict.Subject
	Bytes int64
}

// Leaf is the leaf hash itself, which the caller knows from elsewhere: the subject of
// a program that has made it. It answers no digest.
type Leaf Hash

// Digest always answers verdict.ErrNotAtHand.
func (Leaf) Digest(string, []byte) ([]byte, error) { return nil, verdict.ErrNotAtHand }

// open returns the subject itself and the length of its data, -1 when it is not known.
func open(subject verdict.Subject) (verdict.Subject, int64) {
	switch s := subject.(type) {
	case nil:
		return verdict.Absent{}, -1
	case verdict.Bytes:
		return s, int64(len(s))
	case Sized:
		inner, _ := open(s.Subject)
		return inner, s.Bytes
	}
	return subject, -1
}

// leaf makes the leaf hash of the subject.
func (c Convention) leaf(subject verdict.Subject, suffix []byte) (Hash, error) {
	if l, ok := subject.(Leaf); ok {
		return Hash(l), nil
	}
	digest, err := c.Leaf.digest(subject)
	if err != nil || c.Leaf.Wrap == "" {
		return digest, err
	}
	b := append([]byte(c.Leaf.Wrap), digest[:]...)
	return sha256.Sum256(append(b, suffix...)), nil
}

func (r LeafRule) digest(subject verdict.Subject) (Hash, error) {
	once, algorithm := r.Function, "sha256"
	switch r.Function {
	case DoubleSHA256:
		once = SHA256
	case Keccak256, DoubleKeccak256:
		once, algorithm = Keccak256, "keccak256"
	}
	var digest []byte
	var err error
	if data, ok := subject.(verdict.Bytes); ok {
		h := once.sum(append([]byte(r.Prefix), data...))
		digest = h[:]
	} else if digest, err = subject.Digest(algorithm, []byte(r.Prefix)); err != nil {
		return Hash{}, err
	}
	if len(digest) != HashSize {
		return Hash{}, fmt.Errorf("the subject gives a %s digest of %d bytes", algorithm, len(digest))
	}
	if once != r.Function {
		return once.sum(digest), nil
	}
	return Hash(digest), nil
}
