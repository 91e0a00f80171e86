package rfc3161

import (
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// VerifyIgnoring verifies with one owed check switched off, so that a test can prove
// that there is evidence which this check alone refuses.
func VerifyIgnoring(t *Token, s verdict.Subject, env pki.Env, check string) Result {
	return t.verify(s, &env, check)
}
