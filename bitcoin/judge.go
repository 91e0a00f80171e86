package bitcoin

import (
	"fmt"
	"time"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// judgeChain asks what puts the header into the chain that the world follows.
func (v *verifier) judgeChain() {
	const check, ref = checkChain, refChain
	switch {
	case v.standing == standsInChain:
		v.pass(check, v.commitment(), ref)
	case !v.rootRight:
		v.notTrusted(check, fmt.Sprintf("the header at hand for %s, %s, is not known to be of the chain; it has another Merkle root, which refutes nothing", v.name(), v.hash), ref)
	case v.standing == standsOnWork:
		v.judgeSuccessors()
	case v.headerOnly():
		v.refuse(check, verdict.NoCertificateChainFound, reasonHeaderOnly, fmt.Sprintf("the header %s has the root and meets the target that it names itself; nothing shows that the target is right, or that it is a block of the chain", v.hash), ref)
	default:
		v.notTrusted(check, fmt.Sprintf("the header %s has the root, but %s", v.hash, v.disconnected()), ref)
	}
}

// commitment says how a checkpoint commits the block.
func (v *verifier) commitment() string {
	n := v.anchor.Height - uint32(v.Height)
	if n == 0 {
		return fmt.Sprintf("%s is a checkpoint", v.name())
	}
	return fmt.Sprintf("%s lies %d below the checkpoint at %d, and the headers up to that are linked by their hashes", v.name(), n, v.anchor.Height)
}

// judgeSuccessors decides on a block that only work speaks for.
func (v *verifier) judgeSuccessors() {
	newest, _ := v.chain.points.Last()
	what := fmt.Sprintf("%s is linked to the checkpoint at %d below it, with the right targets, and %d headers follow", v.name(), v.anchor.Height, v.successors)
	open := ""
	switch {
	case v.height <= newest.Height:
		open = fmt.Sprintf("it lies below the newest checkpoint, at %d, and the headers that lead there are missing", newest.Height)
	case v.env.Confirmations <= 0:
		open = "work alone does not pass unless a number of confirmations is set"
	case v.successors < v.env.Confirmations:
		open = fmt.Sprintf("%d confirmations are asked for", v.env.Confirmations)
	default:
		if tip, ok := v.chain.rival(v.node, v.height, v.hash); ok {
			open = fmt.Sprintf("another branch at hand, up to %s, has as much work", tip)
		}
	}
	if open != "" {
		v.refuse(checkChain, verdict.NoCertificateChainFound, reasonWorkOnly, what+"; "+open, refChain)
		return
	}
	v.byWork = true
	v.pass(checkChain, what, refChain)
}

// headerOnly reports whether a header, which has the root, shows no more than the work that
// it names itself.
func (v *verifier) headerOnly() bool {
	if v.ownDefect(workRule) != nil {
		return false
	}
	if v.loose != nil {
		return v.loose.count == 1
	}
	return uint64(v.height) < v.node.off && (v.node.count == 1 || v.ownDefect(badBits|badRetarget) != nil)
}

// ownDefect returns what the header itself breaks.
func (v *verifier) ownDefect(kinds findings) *Defect {
	if v.loose != nil {
		return v.loose.defect(v.pos, v.pos, kinds)
	}
	return v.node.firstDefect(v.height, v.height, kinds)
}

// disconnected says why a header that is linked to others is not trusted.
func (v *verifier) disconnected() string {
	if d := v.ownDefect(anyRule); d != nil {
		return "breaks a rule: " + d.Text
	}
	if v.loose == nil && uint64(v.height) >= v.node.off {
		return fmt.Sprintf("is not of the chain of the checkpoints: at %d it is another one", v.node.off)
	}
	if v.loose == nil && v.chain.based(v.node) {
		return "between it and the checkpoint below a header breaks a rule, or the target is not known to be right"
	}
	return "is linked to no checkpoint"
}

// judgeWork asks whether every header that the commitment rests on meets its own target.
func (v *verifier) judgeWork() {
	if d := v.defect(workRule); d != nil {
		v.broken = true
		v.notTrusted(checkWork, fmt.Sprintf("header %d: %s", d.Height, d.Text), refWork)
	}
	v.pass(checkWork, fmt.Sprintf("with the headers on top of it at hand, %d, it took 2^%.2f hashes on average", v.successors, v.workLog2), refWork)
}

// defect returns the first header that breaks a rule, of those that the commitment rests
// on; of a header that is not committed, of those below it that it is linked to.
func (v *verifier) defect(kinds findings) *Defect {
	switch {
	case v.loose != nil || v.standing == standsAlone:
		return v.ownDefect(kinds)
	case v.standing == standsLinked:
		return v.node.firstDefect(v.node.first, v.height, kinds)
	}
	for _, spans := range [][]span{v.path, v.after} {
		for _, s := range spans {
			if d := s.firstDefect(s.from, s.to, kinds); d != nil {
				return d
			}
		}
	}
	return nil
}

// judgeRules asks for bits that are constant in a period and follow from the period before,
// and for times later than the median of the eleven before.
func (v *verifier) judgeRules() {
	if d := v.defect(timeRule); d != nil {
		v.broken = true
		v.notTrusted(checkRules, fmt.Sprintf("header %d: %s", d.Height, d.Text), refRules)
	} else if height, ok := v.retargets(); !ok {
		v.broken = true
		v.notTrusted(checkRules, fmt.Sprintf("the bits of the period of block %d do not follow from the times of the period before", height), refRules)
	}
	v.pass(checkRules, "bits, retarget and median time hold wherever the headers for them are at hand", refRules)
}

// judgeRoot compares the root. Only a header that is surely of the chain refutes: one whose
// way to the checkpoint breaks a rule speaks against the list of checkpoints as well.
func (v *verifier) judgeRoot() {
	switch {
	case v.rootRight:
		v.pass(checkRoot, "", refHeader)
	case v.standing == standsInChain && !v.broken:
		has := rootOf(v.raw[:])
		v.refuse(checkRoot, verdict.HashFailure, reasonRoot, fmt.Sprintf("%s has the Merkle root %x, the proof leads to %x%s", v.name(), has[:], v.root[:], v.elsewhere()), refHeader)
	default:
		v.notTrusted(checkRoot, "the header at hand has another root, and is not known to be of the chain", refHeader)
	}
}

// futureAllowed is how far the time of a block may be ahead of the clock of those who
// received it first.
const futureAllowed = 2 * time.Hour

func (v *verifier) judgeTime() {
	switch at := v.env.At; {
	case at.IsZero():
		v.refuse(checkTime, verdict.Custom, reasonNoTime, "no time of validation was given", refTime)
	case v.time.After(at.Add(futureAllowed)):
		v.refuse(checkTime, verdict.TimestampOrderFailure, reasonFuture, fmt.Sprintf("the time of %s, %s, is more than two hours later than the time of validation, %s",
			v.name(), verdict.FormatTime(v.time), verdict.FormatTime(at)), refTime)
	}
	v.pass(checkTime, verdict.FormatTime(v.time), refTime)
}

// judgeDigest judges SHA-256, which links headers and makes their work, at the time of
// validation.
func (v *verifier) judgeDigest() {
	use := trust.Use{Digest: "sha256", Where: "block headers"}
	if v.env.At.IsZero() {
		v.refuse(checkDigestAlg, verdict.Custom, reasonNoTime, "no time of validation was given", refAlgorithms)
	} else if good, last := v.env.Table().Good(use, v.env.At); !good {
		sub := verdict.CryptoConstraintsFailure
		if once, _ := v.env.Table().Good(use, v.latest); once { // when the block was followed
			sub = verdict.CryptoConstraintsFailureNoPOE
		}
		v.refuse(checkDigestAlg, sub, reasonWeakDigest, use.Name()+" ("+use.Where+") is not good enough at "+verdict.FormatTime(v.env.At)+" (last good day: "+last+")", refAlgorithms)
	}
	v.pass(checkDigestAlg, "", refAlgorithms)
}
