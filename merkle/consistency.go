package merkle

// VerifyConsistency returns nil when path shows that the tree of size1 and root1 is
// the beginning of the tree of size2 and root2, by RFC 9162 2.1.4.2. Size 0 is
// refused: everything begins with nothing, so it would prove nothing. Sizes and the
// length of the path are checked before the first hash.
//
// That a path is wrong proves a split or rewritten log only when both roots are
// signed by the log.
func VerifyConsistency(size1, size2 uint64, root1, root2 Hash, path []Hash) error {
	if size1 == 0 {
		return text(codeFromZero, "a consistency proof from the empty tree proves nothing")
	}
	if size1 > size2 {
		return text(codeSizes, "size %d is above size %d", size1, size2)
	}
	return verifySubtree(0, size1, size2, root1, root2, path)
}

// ConsistencyLen returns the number of hashes in the consistency proof between two
// sizes. It requires 0 < size1 <= size2.
func ConsistencyLen(size1, size2 uint64) int { return subtreeLen(0, size1, size2) }
