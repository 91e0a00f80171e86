package bitcoin

import (
	"fmt"
	"time"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Rung says how far the header of an attestation was shown to be a block of the chain.
type Rung string

// The rungs, from the highest. Only the first proves by itself.
const (
	ChainCommitted Rung = "chain-committed" // linked by hashes up to a checkpoint
	WorkConsistent Rung = "work-consistent" // linked above a checkpoint, with the right targets
	Linked         Rung = "linked"          // linked to others, which meet their own targets
	HeaderMatched  Rung = "header-matched"  // it has the root, and meets the target that it names
	RootComputed   Rung = "root-computed"   // no header at hand has the root
)

// Result is the verdict on one attestation.
type Result struct {
	verdict.Result
	rung  Rung
	facts Facts
}

// Facts are what a passed attestation proves.
type Facts struct {
	Network string
	Height  uint32
	Hash    Hash
	Root    Hash
	// BlockTime is what the miner wrote; it is no upper bound by itself.
	BlockTime time.Time
	// MedianTimePast is the median time of the eleven blocks before; zero where they are
	// not at hand.
	MedianTimePast time.Time
	// NotLaterThan is the proven time.
	NotLaterThan time.Time
	Successors   int // headers at hand that are linked on top
	Rung         Rung
	// Checkpoint commits the block, or, where the rung is WorkConsistent, lies below it.
	Checkpoint Checkpoint
}

// Proven returns the facts, and true only for PASSED. It is the only way to a time.
func (r *Result) Proven() (Facts, bool) {
	if !r.Passed() {
		return Facts{}, false
	}
	return r.facts, true
}

// Rung returns how far the header was shown to be a block of the chain. It is no verdict.
func (r *Result) Rung() Rung { return r.rung }

// rung finds the rung.
func (v *verifier) rung() Rung {
	switch {
	case !v.found || !v.rootRight || v.ownDefect(workRule) != nil:
		return RootComputed
	case v.standing == standsInChain && v.defect(anyRule) == nil:
		return ChainCommitted
	case v.standing == standsOnWork:
		return WorkConsistent
	case v.standing >= standsLinked:
		return Linked
	}
	return HeaderMatched
}

const (
	basisFollowed = "the latest of the times of the block and the six that follow, rounded up to the hour"
	basisFewer    = "fewer-successors"
)

// result settles the verdict and dresses the node.
func (v *verifier) result() Result {
	fewer := v.found && v.followers < followersForTime
	if fewer && v.p.Passes() {
		v.p.Warn(warnFewer, fmt.Sprintf("of the %d blocks that follow %s only %d could be counted: the proven time rests on fewer clocks", followersForTime, v.name(), v.followers))
	}
	r := Result{Result: v.p.Finish(), rung: v.rung()}
	r.Proves = []string{verdict.ProvesExistence}
	r.Claims = v.claims(r.rung)
	if v.anchored {
		r.Trust = &verdict.Trust{
			Anchor: fmt.Sprintf("block %d %s", v.anchor.Height, v.anchor.Hash),
			SHA256: v.chain.points.digest, Origin: v.anchor.Origin,
		}
	}
	if !r.Passed() {
		return r
	}
	r.ExistedNotLaterThan = ceilHour(v.latest)
	r.Time = &verdict.TimeBasis{Source: "bitcoin block " + v.HeightText, Basis: basisFollowed}
	if fewer {
		r.Time.Basis = basisFewer
	}
	r.facts = Facts{
		Network: v.chain.points.network.name, Height: v.height, Hash: v.hash, Root: v.root,
		BlockTime: v.time, MedianTimePast: v.median, NotLaterThan: r.ExistedNotLaterThan,
		Successors: v.successors, Rung: r.rung, Checkpoint: v.anchor,
	}
	return r
}

// ceilHour rounds up to the full hour: the times of blocks are not better than that.
func ceilHour(t time.Time) time.Time {
	if h := t.Truncate(time.Hour); !h.Equal(t) {
		return h.Add(time.Hour)
	}
	return t
}
