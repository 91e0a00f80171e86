package main

import (
	"bytes"
	"crypto/sha256"

	"golang.org/x/crypto/sha3"
)

// rule is how a tree is hashed.
type rule struct {
	name   string
	leaf   func(data []byte) []byte
	pair   func(l, r []byte) []byte
	sorted bool // pairs are sorted before they are hashed
	order  bool // leaves are sorted before the tree is built
	odd    int
	sides  bool // paths name sides
	index  bool // proofs state the index
	omit   bool // paths leave out a node's step with itself
	show   bool // texts reverse the bytes
	suffix []byte
}

// What becomes of the last node of a level that has no sibling.
const (
	promote = iota
	duplicate
	heap
)

func sha(parts ...[]byte) []byte {
	h := sha256.Sum256(bytes.Join(parts, nil))
	return h[:]
}

func sha2(parts ...[]byte) []byte { return sha(sha(parts...)) }

func keccak(parts ...[]byte) []byte {
	h := sha3.NewLegacyKeccak256()
	h.Write(bytes.Join(parts, nil))
	return h.Sum(nil)
}

// step is one sibling on the way up.
type step struct {
	hash []byte
	left bool
	self bool
}

// tree keeps all levels, so that any node can be shown.
type tree struct {
	rule
	levels [][][]byte // levels[0] are the leaves
}

func (r rule) node(a, b []byte) []byte {
	if r.sorted && bytes.Compare(a, b) > 0 {
		a, b = b, a
	}
	return r.pair(a, b)
}

func (r rule) grow(leaves [][]byte) *tree {
	t := &tree{r, [][][]byte{leaves}}
	if r.odd == heap {
		return t.heap(leaves)
	}
	for level := leaves; len(level) > 1; {
		var up [][]byte
		for i := 0; i+1 < len(level); i += 2 {
			up = append(up, r.node(level[i], level[i+1]))
		}
		if last := level[len(level)-1]; len(level)%2 == 1 {
			if r.odd == duplicate {
				last = r.node(last, last)
			}
			up = append(up, last)
		}
		level = up
		t.levels = append(t.levels, up)
	}
	return t
}

// heap lays the tree out in an array, root first, leaves last and backwards.
func (t *tree) heap(leaves [][]byte) *tree {
	n := len(leaves)
	all := make([][]byte, 2*n-1)
	for i, l := range leaves {
		all[2*n-2-i] = l
	}
	for i := n - 2; i >= 0; i-- {
		all[i] = t.node(all[2*i+1], all[2*i+2])
	}
	t.levels = [][][]byte{all}
	return t
}

func (t *tree) root() []byte {
	top := t.levels[len(t.levels)-1]
	return top[0]
}

func (t *tree) path(index int) (path []step) {
	if t.odd == heap {
		all := t.levels[0]
		for at := len(all) - 1 - index; at > 0; at = (at - 1) / 2 {
			other := at - 1
			if at%2 == 1 {
				other = at + 1
			}
			path = append(path, step{hash: all[other]})
		}
		return path
	}
	for _, level := range t.levels[:len(t.levels)-1] {
		switch {
		case index%2 == 1:
			path = append(path, step{hash: level[index-1], left: true})
		case index+1 < len(level):
			path = append(path, step{hash: level[index+1]})
		case t.odd == duplicate:
			path = append(path, step{hash: level[index], self: true})
		}
		index /= 2
	}
	return path
}
