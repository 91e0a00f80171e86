package verdict_test

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// A verifier declares what it owes; what it forgets keeps it from passing.
func Example() {
	p := verdict.Begin("demo", "digest", "signature")
	p.Pass("digest", "sha256 fits", "")
	r := p.Finish()
	fmt.Println(r.Indication(), r.Reason)

	p.Fail("signature", verdict.SigCryptoFailure, "demo.signature", "does not verify", "")
	r = p.Finish()
	fmt.Println(r.Indication(), r.Sub, r.Reason)
	// Output:
	// INDETERMINATE run.check-not-executed
	// FAILED SIG_CRYPTO_FAILURE demo.signature
}
