package tlog

import (
	"bytes"
	"fmt"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Convention is the one of the trees of all these logs.
const Convention = "rfc6962-sha256"

// Verify judges the proof: whether the subject is the entry, whether the path leads to
// the root of the checkpoint, and the checkpoint itself as Checkpoint.Verify does. A
// nil subject is one that is not there; merkle.Leaf is one of which only the leaf hash
// is known.
//
// PASSED says: a trusted log signed a tree in which the subject is an entry. It says
// no time.
func (p *Proof) Verify(subject verdict.Subject, env trust.Env) Result {
	return p.verify(subject, &env, "")
}

// verify is Verify with one check switched off; only tests name one.
func (p *Proof) verify(subject verdict.Subject, env *trust.Env, ignore string) Result {
	v := begin(p.checkpoint, env, ignore, owedProof, p.raw, p.checkpoint.raw)
	v.pass(checkFormat, "", refProof)
	v.stated(p)
	entry := v.include(p, subject)
	v.judge()
	if len(p.extra) > 0 {
		v.p.NotChecked("extra", "nothing authenticates the extra data of a proof")
	}
	r := v.result(p.Claims())
	r.Covers = entry.Covers
	if facts, ok := entry.Proven(); ok && r.Passed() {
		r.facts.Leaf, r.facts.Index = merkle.Hash(facts.Leaf), facts.Index
	}
	return r
}

// stated compares what the proof states beside the checkpoint.
func (v *verifier) stated(p *Proof) {
	if p.size != nil && *p.size != v.size {
		v.refuse(checkStated, verdict.HashFailure, reasonStated, fmt.Sprintf("the proof is for a tree of %d entries, the checkpoint of %d", *p.size, v.size), refCheckpoint)
	}
	if p.root != nil && !bytes.Equal(p.root, v.root[:]) {
		v.refuse(checkStated, verdict.HashFailure, reasonStated, fmt.Sprintf("the proof is for the root %x, the checkpoint of %x", p.root, v.root), refCheckpoint)
	}
	v.pass(checkStated, "", refCheckpoint)
}

// include has package merkle judge the path, against the tree of the checkpoint.
// Whether anything vouches for that tree is for the other checks.
func (v *verifier) include(p *Proof, subject verdict.Subject) merkle.Result {
	steps := make([]merkle.Step, len(p.path))
	for i, h := range p.path {
		steps[i].Hash = h
	}
	proof, err := merkle.New(merkle.Statement{
		Convention: Convention, Index: new(p.index), Size: new(v.size), Path: steps, Root: v.root[:],
	})
	if err != nil { // the limits of merkle are those of this package
		v.refuse(checkInclusion, verdict.Custom, reasonIncomplete, err.Error(), refPath)
		return merkle.Result{}
	}
	r := proof.Verify(subject, merkle.Anchored{Root: v.root[:], Size: v.size})
	if c, _ := r.Check("subject"); c.State == verdict.CheckIndeterminate {
		reason := c.Reason
		if c.Sub == verdict.SignedDataNotFound {
			reason = reasonSubject
		}
		v.refuse(checkSubject, c.Sub, reason, c.Detail, refLeaf)
	}
	v.adopt(checkInclusion, &r.Result, "subject")
	if c, _ := r.Check("subject"); c.State == verdict.CheckPassed {
		v.pass(checkSubject, "", refLeaf)
	}
	return r
}

// adopt takes the decisive finding of package merkle over into one check, but for the
// named one. A path that was not walked leaves the check open.
func (v *verifier) adopt(check string, r *verdict.Result, but string) {
	walked := false
	for _, state := range []verdict.State{verdict.CheckFailed, verdict.CheckIndeterminate} {
		for _, c := range r.Checks() {
			walked = walked || c.Name == "root" && c.State != verdict.NotExecuted
			if c.Name != but && c.State == state {
				v.refuse(check, c.Sub, c.Reason, c.Detail, c.Reference)
			}
		}
	}
	if walked {
		v.pass(check, "", refPath)
	}
}
