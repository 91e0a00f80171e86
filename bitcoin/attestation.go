package bitcoin

import (
	"context"

	"github.com/exhibit-dev/exhibit/trust"
)

// Env is what an attestation is judged with.
type Env struct {
	trust.Env
	// Chain holds checkpoints and headers; nil means the built-in checkpoints, and no
	// headers.
	Chain *Chain
	// Confirmations lets a block above the newest checkpoint pass that has at least so
	// many successors, by their work alone. 0, the default, never does.
	Confirmations int
}

// Attestation says: this is the Merkle root of the block of this height.
type Attestation struct {
	Root   []byte // 32 bytes, in the order of headers
	Height uint64
	// HeightText is the height in decimal digits, also where it exceeds 64 bits, or in
	// words where it is longer still; then Height is the greatest number of 64 bits. It may
	// be left empty.
	HeightText string
}

// Verify judges the attestation; the checks and what they ask are in the comment of the
// package. It returns no error: what cannot be decided is a verdict. Env gives
// checkpoints, headers, the algorithm dates and the time; a zero time is INDETERMINATE
// policy.no-time. The context ends the work before headers are read.
//
// The node covers nothing: how the root commits to something is for the caller to say.
func (a Attestation) Verify(ctx context.Context, env Env) Result { return a.verify(ctx, env, "") }

// verify is Verify with one check switched off; only tests name one.
func (a Attestation) verify(ctx context.Context, env Env, ignore string) Result {
	if env.Chain == nil {
		env.Chain = NewChain(nil)
	}
	v := begin(a, &env, ignore)
	if v.find(ctx) {
		v.look()
		v.judgeChain()
		v.judgeWork()
		v.judgeRules()
		v.judgeRoot()
		v.judgeTime()
		v.judgeDigest()
		v.unchecked()
	}
	return v.result()
}
