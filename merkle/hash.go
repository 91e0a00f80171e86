package merkle

import (
	"crypto/sha256"
	"math/bits"
)

// Hash is one hash of a tree. Every convention here has hashes of 32 bytes.
type Hash = [HashSize]byte

// HashSize is the length of a Hash.
const HashSize = 32

// Domain separation of RFC 9162 2.1.1: a leaf can never be taken for a node.
const (
	leafPrefix = 0x00
	nodePrefix = 0x01
)

// LeafHash returns the leaf hash of data: SHA-256 of 00 and the data (RFC 9162 2.1.1).
func LeafHash(data []byte) Hash {
	h := sha256.New()
	h.Write([]byte{leafPrefix})
	h.Write(data)
	return Hash(h.Sum(nil))
}

// NodeHash returns the hash of an inner node: SHA-256 of 01, the left and the right
// hash (RFC 9162 2.1.1).
func NodeHash(left, right Hash) Hash {
	var n node
	return n.join(&left, &right)
}

// node is the preimage of an inner node. A path uses one for all its steps.
type node [1 + 2*HashSize]byte

func (n *node) join(left, right *Hash) Hash {
	n[0] = nodePrefix
	copy(n[1:], left[:])
	copy(n[1+HashSize:], right[:])
	return sha256.Sum256(n[:])
}

// pathLen returns how many steps of an inclusion path lie below the ragged right
// edge of the tree, where the side changes with the index, and how many on it,
// where every sibling is on the left. It requires index < size.
func pathLen(index, size uint64) (inner, border int) {
	inner = bits.Len64(index ^ (size - 1))
	return inner, bits.OnesCount64(index >> inner)
}
