package merkle

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// format checks what can be said of the statement alone, and takes the hashes over.
func (v *verifier) format() bool {
	s := &v.proof.s
	v.index, v.size = s.Index, s.Size
	if code, why := v.defect(); code != "" {
		v.refuse(checkFormat, verdict.FormatFailure, code, why, refForm)
		if v.ignore != checkFormat {
			return false
		}
	}
	v.root, v.start = v.hash(s.Root), v.hash(s.Leaf)
	for _, step := range s.Path {
		v.path = append(v.path, v.hash(step.Hash))
		v.named = append(v.named, step.Side)
	}
	return true
}

// hash takes a hash over, in the order in which it was computed.
func (v *verifier) hash(b []byte) (h Hash) {
	if v.c.Reversed && v.proof.texts {
		b = reversed(b)
	}
	copy(h[:], b)
	return h
}

// defect returns the first defect of the statement's form.
func (v *verifier) defect() (code, why string) {
	s := &v.proof.s
	for i, step := range s.Path {
		if len(step.Hash) != HashSize {
			return codeHashLength, fmt.Sprintf("hash %d of the path has %d bytes", i, len(step.Hash))
		}
		switch {
		case v.c.Sides == Named && step.Side == Unnamed:
			return codeSides, "the convention needs the side of every hash"
		case v.c.Sides == Sorted && step.Side != Unnamed:
			return codeSides, "the convention sorts its pairs, yet the path names sides"
		}
	}
	switch {
	case len(s.Root) != HashSize:
		return codeHashLength, fmt.Sprintf("the root has %d bytes", len(s.Root))
	case len(s.Leaf) != HashSize && len(s.Leaf) != 0:
		return codeHashLength, fmt.Sprintf("the leaf has %d bytes", len(s.Leaf))
	case len(s.LeafSuffix) != v.c.Leaf.Suffix:
		return codeSuffix, fmt.Sprintf("%d bytes of leaf behind the digest, want %d", len(s.LeafSuffix), v.c.Leaf.Suffix)
	case s.Index == nil && (v.c.Sides == ByIndex || v.c.OmitsSelf):
		return codePosition, "no index"
	case s.Size == nil && (v.c.Sides == ByIndex && v.c.Odd == Promote || v.c.OmitsSelf):
		return codePosition, "no size"
	case s.Size != nil && *s.Size == 0:
		return codeIndex, "a tree of size 0 has no leaves"
	case s.Index != nil && s.Size != nil && *s.Index >= *s.Size && (v.c.Odd != Duplicate || v.c.Sides == Sorted):
		return codeIndex, fmt.Sprintf("index %d is not below the size %d", *s.Index, *s.Size)
	}
	return "", "" // an index behind a duplicated node is for the check of odd nodes
}
