package merkle

import (
	"errors"
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Verify judges the proof: whether the subject's leaf is in the tree, and whether
// one of the anchors vouches for the root. It returns no error: what cannot be
// decided is a verdict. Without an anchor that has the proof's root the verdict is at
// best INDETERMINATE merkle.root-not-anchored. A nil subject is one that is not there.
func (p *Proof) Verify(subject verdict.Subject, anchors ...Anchored) Result {
	return p.verify(subject, anchors, "")
}

// verify is Verify with one check switched off; only tests name one.
func (p *Proof) verify(subject verdict.Subject, anchors []Anchored, ignore string) Result {
	v := &verifier{proof: p, recorder: recorder{verdict.Begin(Kind, owed...), ignore}}
	v.subject, v.length = open(subject)
	if v.convention() && v.format() {
		v.anchor(anchors)
		if v.begun = v.leaf(v.proof.s.LeafSuffix, len(v.proof.s.Leaf) > 0); v.begun {
			v.walk()
		}
		v.ambiguity()
	}
	return v.result()
}

// recorder records answers, and passes the one check that a test switches off.
type recorder struct {
	p      *verdict.Procedure
	ignore string
}

func (r *recorder) pass(check, detail, ref string) { r.p.Pass(check, detail, ref) }

func (r *recorder) refuse(check string, sub verdict.SubIndication, reason, detail, ref string) {
	if check == r.ignore {
		r.p.Pass(check, "", ref)
		return
	}
	r.p.Refuse(check, sub, reason, detail, ref)
}

// verifier carries one verification.
type verifier struct {
	recorder
	proof   *Proof
	subject verdict.Subject
	length  int64 // of the subject's data, -1 when it is not known
	c       Convention

	node  Hash // the leaf, and what the path makes of it
	start Hash // the leaf
	path  []Hash
	named []Side // the sides that the path names
	root  Hash
	index *uint64   // stated
	size  *uint64   // stated, or else vouched for
	by    *Anchored // what vouches for the root, nil if nothing

	begun    bool    // there is a leaf to start from
	placed   bool    // a vouched size or depth leaves no doubt that the path begins at a leaf
	position *uint64 // the index, where the path proves it
}

func (v *verifier) convention() bool {
	name := v.proof.name()
	c, ok := conventions[name]
	if !ok {
		detail := fmt.Sprintf("convention %q is not known", name)
		if name == "" {
			detail = "neither the evidence nor the caller names a convention"
			if v.proof.s.Convention != "" {
				detail = fmt.Sprintf("the evidence names convention %q, the caller %q", v.proof.s.Convention, v.proof.expected)
			}
		}
		v.refuse(checkConvention, verdict.Custom, codeConvention, detail, refForm)
		return false
	}
	v.c = c
	v.pass(checkConvention, name, refForm)
	return true
}

// leaf compares the subject with the leaf; it reports whether there is a leaf to
// start from.
func (v *verifier) leaf(suffix []byte, stated bool) bool {
	got, err := v.c.leaf(v.subject, suffix)
	switch {
	case err == nil:
	case errors.Is(err, verdict.ErrNotAtHand):
		v.refuse(checkSubject, verdict.SignedDataNotFound, codeSubject, err.Error(), refLeaf)
		return stated
	default:
		v.refuse(checkSubject, verdict.Custom, "run.incomplete", err.Error(), refLeaf)
		return stated
	}
	v.pass(checkSubject, "", refLeaf)
	switch {
	case !stated:
		v.start = got
		v.pass(checkLeaf, fmt.Sprintf("%x, from the subject", v.show(got)), refLeaf)
	case got != v.start:
		v.refuse(checkLeaf, verdict.HashFailure, codeLeaf,
			fmt.Sprintf("the proof is for leaf %x, the subject gives %x", v.show(v.start), v.show(got)), refLeaf)
	default:
		v.pass(checkLeaf, fmt.Sprintf("%x", v.show(got)), refLeaf)
	}
	return true
}

// anchor looks for what vouches for the root and for the size.
func (v *verifier) anchor(anchors []Anchored) {
	v.by = find(anchors, v.root[:], v.size)
	if v.by == nil {
		detail := "nothing given vouches for a root"
		if len(anchors) > 0 {
			detail = "what was given vouches for other roots"
		}
		v.refuse(checkAnchor, verdict.NoCertificateChainFound, codeAnchor, detail, refHead)
		v.pass(checkSize, "nothing to compare with", refHead)
		return
	}
	v.pass(checkAnchor, v.by.Trust.Anchor, refHead)
	switch {
	case v.by.Size == 0:
		v.pass(checkSize, "the anchor names none", refHead)
	case v.size == nil:
		v.size = new(v.by.Size)
		v.pass(checkSize, fmt.Sprintf("%d, by the anchor", *v.size), refHead)
	case *v.size != v.by.Size:
		v.refuse(checkSize, verdict.HashFailure, codeSize,
			fmt.Sprintf("the proof is for a tree of %d leaves, the anchor vouches for %d", *v.size, v.by.Size), refHead)
	default:
		v.pass(checkSize, fmt.Sprintf("%d, as the anchor says", *v.size), refHead)
	}
}

// ambiguity asks whether what was shown to be in the tree is a leaf at all.
func (v *verifier) ambiguity() {
	n, bad := v.length, v.c.confusing()
	switch {
	case v.c.Separated():
		v.pass(checkAmbiguity, "leaves and nodes are hashed differently", refLeaf)
	case v.c.Unique && n == bad:
		v.refuse(checkAmbiguity, verdict.SigConstraintsFailure, codeAmbiguous,
			"the data is 64 bytes long, as the preimage of an inner node is", "CVE-2017-12842")
	case v.placed:
		v.pass(checkAmbiguity, "size or depth of the tree leave no doubt", refLeaf)
	case n < 0:
		v.refuse(checkAmbiguity, verdict.SigConstraintsFailure, codeAmbiguous,
			"only a digest is given, which may be that of an inner node; neither the data's length nor the tree's size is vouched for", refLeaf)
	case n == bad:
		v.refuse(checkAmbiguity, verdict.SigConstraintsFailure, codeAmbiguous,
			fmt.Sprintf("the data is %d bytes long, as the preimage of an inner node is", n), refLeaf)
	default:
		v.pass(checkAmbiguity, fmt.Sprintf("data of %d bytes is no preimage of a node", n), refLeaf)
	}
}

// show returns a hash as texts of the convention do.
func (v *verifier) show(h Hash) []byte {
	if v.c.Reversed {
		return reversed(h[:])
	}
	return h[:]
}
