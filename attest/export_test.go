package attest

import (
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// VerifyIgnoring verifies with one owed check switched off, so that a test can prove
// that there is evidence which this check alone refuses.
func VerifyIgnoring(a *Attestation, s verdict.Subject, env trust.Env, check string) Result {
	return a.verify(s, &env, check)
}
