package tlog

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// ConsistencyResult is the verdict on two checkpoints of a log and a path between
// them. Its children are the two checkpoints and the path.
type ConsistencyResult struct {
	verdict.Result
	split bool
}

// Split reports whether the two checkpoints prove, by themselves, that the log showed
// two trees: they are of one log and one size, both passed, and their roots differ. A
// path that is wrong never proves that, since anybody can make a wrong path.
func (r *ConsistencyResult) Split() bool { return r.split }

// VerifyConsistency judges whether the tree of the older checkpoint is the beginning of
// that of the newer one, by the path of RFC 6962 between them. It passes only when both
// checkpoints do and are of one log.
//
// A path that does not lead from one root to the other is FAILED merkle.inconsistent.
// That is a defect of what was handed in; only Split says that it is one of the log.
func VerifyConsistency(older, newer *Checkpoint, path [][]byte, env trust.Env) ConsistencyResult {
	return verifyConsistency(older, newer, path, &env, "")
}

// verifyConsistency is VerifyConsistency with one check switched off; only tests name
// one.
func verifyConsistency(older, newer *Checkpoint, path [][]byte, env *trust.Env, ignore string) ConsistencyResult {
	v := &verifier{env: env, p: verdict.Begin(Kind, owedConsistency...), ignore: ignore}
	was, is := older.verify(env, ""), newer.verify(env, "")
	v.child(checkOlder, &was.Result)
	v.child(checkNewer, &is.Result)
	oneLog := older.origin == newer.origin
	if !oneLog {
		v.refuse(checkSameLog, verdict.SigConstraintsFailure, reasonOtherLog,
			fmt.Sprintf("the older checkpoint is of %.200q, the newer of %.200q", older.origin, newer.origin), refCheckpoint)
	}
	v.pass(checkSameLog, "", refCheckpoint)
	grown := v.grow(older, newer, path, &was, &is)

	r := ConsistencyResult{Result: v.p.Finish()}
	r.Children = []verdict.Result{was.Result, is.Result, grown}
	r.split = oneLog && was.Passed() && is.Passed() && older.size == newer.size && older.root != newer.root
	if r.split {
		r.Warnings = append(r.Warnings, verdict.Warning{Code: "tlog.split", Text: "two signed checkpoints of one size have different roots: the log showed two trees"})
	}
	if r.Passed() {
		r.Trust = is.Trust
	}
	return r
}

// child takes the verdict on a checkpoint over.
func (v *verifier) child(check string, r *verdict.Result) {
	if r.Passed() {
		v.pass(check, "", refCheckpoint)
		return
	}
	v.refuse(check, r.Sub, r.Reason, r.Err().Error(), refCheckpoint)
}

// grow has package merkle judge the path. Its own node shows what vouches for the roots;
// here that is for the other checks.
func (v *verifier) grow(older, newer *Checkpoint, path [][]byte, was, is *Result) verdict.Result {
	c, err := merkle.NewConsistency(Convention, merkle.Head{Size: older.size, Root: older.root[:]}, merkle.Head{Size: newer.size, Root: newer.root[:]}, path)
	if err != nil { // more than merkle reads
		r := merkle.Unreadable(err)
		v.refuse(checkConsistency, r.Sub, r.Reason, err.Error(), refConsistency)
		return r
	}
	var anchors []merkle.Anchored
	for _, r := range []*Result{was, is} {
		if facts, ok := r.Proven(); ok {
			anchors = append(anchors, facts.Anchored())
		}
	}
	r := c.Verify(anchors...)
	if root, _ := r.Check("root"); root.State == verdict.CheckFailed {
		v.refuse(checkConsistency, root.Sub, root.Reason, "the path does not lead from the older root to the newer one; by itself this proves nothing against the log, since anybody can make a wrong path", refConsistency)
	}
	v.adopt(checkConsistency, &r, "anchor")
	return r
}
