package tlog

import (
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// The Ignoring functions verify with one owed check switched off, so that a test can
// prove that there is evidence which this check alone refuses.

func VerifyCheckpointIgnoring(c *Checkpoint, env trust.Env, check string) Result {
	return c.verify(&env, check)
}

func VerifyProofIgnoring(p *Proof, s verdict.Subject, env trust.Env, check string) Result {
	return p.verify(s, &env, check)
}

func VerifyConsistencyIgnoring(older, newer *Checkpoint, path [][]byte, env trust.Env, check string) ConsistencyResult {
	return verifyConsistency(older, newer, path, &env, check)
}

// Limits, for the tests at them and above.
const (
	MaxNote       = maxNote
	MaxProof      = maxProof
	MaxSignatures = maxSignatures
)

// Reasons are all reason codes of this package.
var Reasons = []string{
	codeMalformed, codeLimit, codeUnsupported, reasonSubject, reasonStated, reasonSignature, reasonCosignature,
	reasonLogUnknown, reasonWeakDigest, reasonWeakKey, reasonOrigin, reasonQuorum, reasonFuture, reasonOtherLog, reasonNoTime,
}
