package bitcoin

import "fmt"

// Error is why headers, an anchor pack, a list of checkpoints or a network cannot be
// used. It says nothing against any evidence: all of these are the verifier's material.
type Error struct {
	// Code is stable: btc.headers, btc.pack, btc.checkpoints, btc.compact, btc.network
	// or btc.limit.
	Code string
	text string
}

func (e *Error) Error() string { return "bitcoin: " + e.text }

// The codes of errors.
const (
	codeHeaders     = "btc.headers"
	codePack        = "btc.pack"
	codeCheckpoints = "btc.checkpoints"
	codeCompact     = "btc.compact"
	codeNetwork     = "btc.network"
	codeLimit       = "btc.limit"
)

// malformed returns the error of input that is not what it claims to be.
func malformed(code, format string, args ...any) *Error {
	return &Error{code, fmt.Sprintf(format, args...)}
}

// limit returns the error of input that may be sound and is more than is read.
func limit(format string, args ...any) *Error {
	return &Error{codeLimit, fmt.Sprintf(format, args...)}
}
