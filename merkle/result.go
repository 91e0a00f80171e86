package merkle

import (
	"encoding/hex"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Result is the verdict on one inclusion proof or partial Merkle block.
type Result struct {
	verdict.Result
	facts Facts
}

// Facts are what a passed proof proves.
type Facts struct {
	Convention string
	Leaf       []byte  // as it was computed, not as texts show it
	Index      *uint64 // nil where the convention or the proof does not say it
	Size       uint64  // as vouched for by the anchor, else 0
	Root       []byte
	Anchor     Anchored
}

// Proven returns the facts, and true only for PASSED.
func (r *Result) Proven() (Facts, bool) {
	if !r.Passed() {
		return Facts{}, false
	}
	return r.facts, true
}

// result settles the verdict and dresses the node.
func (v *verifier) result() Result {
	v.unchecked()
	// The format was held open until the path was walked: an index may lie behind the
	// last leaf by a copy, which is another defect.
	if v.c.Name != "" {
		v.pass(checkFormat, "", refForm)
	}
	r := Result{Result: v.p.Finish()}
	r.Claims = v.proof.Claims()
	v.dress(&r)
	return r
}

// dress adds what inclusion proofs and blocks have in common.
func (v *verifier) dress(r *Result) {
	if v.begun {
		r.Covers = v.covers()
	}
	if v.by == nil {
		return
	}
	r.Trust = new(v.by.Trust)
	if !v.by.NotLaterThan.IsZero() {
		r.Proves = []string{verdict.ProvesExistence}
	}
	if !r.Passed() {
		return
	}
	if !v.by.NotLaterThan.IsZero() {
		r.ExistedNotLaterThan = v.by.NotLaterThan
		r.Time = &verdict.TimeBasis{Source: "anchor of the root", Basis: "the leaf existed before the root was made"}
	}
	r.facts = Facts{
		Convention: v.c.Name, Leaf: v.start[:], Index: v.position, Size: v.by.Size,
		Root: v.root[:], Anchor: *v.by,
	}
	if !v.indexProven() {
		r.facts.Index = nil
	}
}

// indexProven: the sides of a path are an index only in a tree of known size, or of
// known depth where all leaves stand on one level.
func (v *verifier) indexProven() bool {
	return v.position != nil && v.by != nil && (v.by.Size != 0 || v.by.Depth != 0 && v.c.Odd == Duplicate)
}

// covers says what the leaf speaks of.
func (v *verifier) covers() *verdict.Covers {
	_, leafOnly := v.subject.(Leaf)
	if _, absent := v.subject.(verdict.Absent); absent || leafOnly {
		return &verdict.Covers{Kind: "digest", Algorithm: v.c.Name, Digest: hex.EncodeToString(v.show(v.start))}
	}
	c := &verdict.Covers{Kind: "file"}
	matches := v.p.State(checkLeaf) == verdict.CheckPassed
	if matches && v.c.Leaf.Prefix == "" && (v.c.Leaf.Function == SHA256 || v.c.Leaf.Function == DoubleSHA256) {
		if d, err := v.subject.Digest("sha256", nil); err == nil {
			c.SHA256 = hex.EncodeToString(d)
			return c
		}
	}
	c.Algorithm, c.Digest = v.c.Name, hex.EncodeToString(v.show(v.start))
	return c
}

// unchecked lists what the convention, or this proof, cannot show.
func (v *verifier) unchecked() {
	if v.c.Name == "" {
		return
	}
	switch sized := v.by != nil && v.by.Size != 0; {
	case v.size == nil:
		v.p.NotChecked("size", "the proof states none and nothing vouches for one")
	case !sized:
		v.p.NotChecked("size", "it is not hashed: trees of other sizes share this path and root; nothing vouches for it")
	}
	switch {
	case v.c.Sides == Sorted:
		v.p.NotChecked("index", "sorted pairs show that the leaf is in the tree, not where")
	case !v.indexProven():
		v.p.NotChecked("index", "it stands and falls with the size of the tree")
	}
	if !v.c.Separated() && !v.placed {
		v.p.NotChecked("leaf-or-node", "leaves and nodes are hashed alike: only the length of the data speaks for a leaf")
	}
	if v.c.Leaf.Suffix > 0 {
		v.p.NotChecked("leaf-suffix", "the leaf commits to these bytes; what they mean is not judged here")
	}
}
