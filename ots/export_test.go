package ots

import (
	"context"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/verdict"
)

// VerifyIgnoring verifies with one owed check switched off, so that a test can prove
// that there is evidence which this check alone refuses.
func VerifyIgnoring(p *Proof, s verdict.Subject, env bitcoin.Env, check string) Result {
	return p.verify(context.Background(), s, &env, check)
}

// MaxJudged is a limit, for the tests at it and above.
const MaxJudged = maxJudged

// Reasons are all reason codes of this package.
var Reasons = []string{
	codeMalformed, codeLimit, reasonSubject, reasonDigest, reasonWeakDigest, reasonPending, reasonUnsupported,
	reasonUnknown, reasonNoTime, reasonIncomplete,
}
