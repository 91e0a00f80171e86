package merkle

import (
	"bytes"
	"crypto/sha256"

	"golang.org/x/crypto/sha3"
)

// join returns the hash of the parent of two nodes, by the convention.
func (c Convention) join(left, right Hash) Hash {
	if c.Sides == Sorted && bytes.Compare(left[:], right[:]) > 0 {
		left, right = right, left
	}
	b := make([]byte, 0, len(c.NodePrefix)+2*HashSize)
	b = append(b, c.NodePrefix...)
	b = append(b, left[:]...)
	b = append(b, right[:]...)
	return c.Node.sum(b)
}

// sum returns the hash of b; the zero Hash for a function that is none.
func (f Function) sum(b []byte) Hash {
	switch f {
	case SHA256:
		return sha256.Sum256(b)
	case DoubleSHA256:
		h := sha256.Sum256(b)
		return sha256.Sum256(h[:])
	case Keccak256:
		return keccak256(b)
	case DoubleKeccak256:
		h := keccak256(b)
		return keccak256(h[:])
	}
	return Hash{}
}

func keccak256(b []byte) Hash {
	h := sha3.NewLegacyKeccak256()
	h.Write(b)
	return Hash(h.Sum(nil))
}
