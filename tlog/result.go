package tlog

import (
	"encoding/hex"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Result is the verdict on one checkpoint or proof.
type Result struct {
	verdict.Result
	facts Facts
}

// Facts are what a passed checkpoint or proof proves.
type Facts struct {
	Origin string
	Size   uint64
	Root   merkle.Hash
	Log    trust.LogKey // whose signature decided
	// Witnesses are those whose cosignatures hold, each key once.
	Witnesses []Cosignature
	// Leaf and Index are those of the entry; Index is nil for a checkpoint alone.
	Leaf  merkle.Hash
	Index *uint64
}

// Cosignature is a cosignature that holds under a trusted key.
type Cosignature struct {
	Witness trust.LogKey
	Seconds int64 // since 1970, when the witness says that it signed: a claim
}

// Proven returns the facts, and true only for PASSED.
func (r *Result) Proven() (Facts, bool) {
	if !r.Passed() {
		return Facts{}, false
	}
	return r.facts, true
}

// Anchored returns the tree as package merkle takes it: root and size, vouched for by
// the log, at no proven time.
func (f Facts) Anchored() merkle.Anchored {
	return merkle.Anchored{Root: f.Root[:], Size: f.Size, Trust: trustOf(&f.Log)}
}

func trustOf(k *trust.LogKey) verdict.Trust {
	return verdict.Trust{Anchor: k.String(), SHA256: k.SHA256(), Origin: k.Origin}
}

// result settles the verdict and dresses the node.
func (v *verifier) result(claims any) Result {
	r := Result{Result: v.p.Finish()}
	r.Claims = claims
	r.Proves = []string{verdict.ProvesSignature}
	r.Covers = &verdict.Covers{Kind: "digest", Algorithm: Convention, Digest: hex.EncodeToString(v.root[:])}
	if v.signed {
		r.Trust = new(trustOf(v.log))
	}
	if !r.Passed() {
		return r
	}
	r.facts = Facts{Origin: v.origin, Size: v.size, Root: v.root, Log: *v.log}
	for _, w := range v.witnesses {
		r.facts.Witnesses = append(r.facts.Witnesses, Cosignature{*w.key, w.seconds})
	}
	return r
}
