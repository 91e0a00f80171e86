package merkle

// PathLen returns the number of hashes in the inclusion path of entry index in a
// tree of the given size, at most 64. It requires index < size.
func PathLen(index, size uint64) int {
	inner, border := pathLen(index, size)
	return inner + border
}

// VerifyInclusion returns nil when path shows that leaf is entry index of the tree
// of the given size and root, by RFC 9162 2.1.3.2. The empty path is right only for
// size 1. Index and the length of the path are checked before the first hash.
//
// The size is not hashed: another size that gives the entry the same shape has the
// same path and root. It is worth what vouches for it.
//
// It makes no allocation when it returns nil.
func VerifyInclusion(index, size uint64, leaf, root Hash, path []Hash) error {
	got, err := RootFromInclusion(index, size, leaf, path)
	if err != nil {
		return err
	}
	if got != root {
		return text(codeRoot, "the path leads to %x, not to %x", got, root)
	}
	return nil
}

// RootFromInclusion returns the root that an inclusion path leads to. It fails when
// index is not below size, or the path is longer or shorter than both allow.
func RootFromInclusion(index, size uint64, leaf Hash, path []Hash) (Hash, error) {
	if index >= size {
		return Hash{}, indexError(index, size)
	}
	inner, border := pathLen(index, size)
	if len(path) != inner+border {
		return Hash{}, lengthError(len(path), inner+border)
	}
	var n node
	h := leaf
	for i := range path[:inner] {
		if index>>i&1 == 0 {
			h = n.join(&h, &path[i])
		} else {
			h = n.join(&path[i], &h)
		}
	}
	for i := range path[inner:] {
		h = n.join(&path[inner+i], &h)
	}
	return h, nil
}

func indexError(index, size uint64) error {
	return text(codeIndex, "index %d is not below the size %d", index, size)
}

func lengthError(got, want int) error {
	return text(codeLength, "the path has %d steps, index and size allow %d", got, want)
}
