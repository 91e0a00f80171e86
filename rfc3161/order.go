package rfc3161

import "bytes"

// Order says which of two proven times came first.
type Order int

// The answers of Compare.
const (
	Unordered Order = iota // the accuracies overlap, or one of them is not stated
	Before
	After
)

// Compare orders two tokens by RFC 3161, section 2.4.2: by genTime alone when one
// authority issued both and promises ordering in both; otherwise only when the
// times lie further apart than both accuracies together, which both tokens must
// state. It takes proven facts, so that no claim can be ordered.
func Compare(a, b Facts) Order {
	if a.Signer == nil || b.Signer == nil {
		return Unordered
	}
	margin := a.Accuracy + b.Accuracy
	if a.Ordering && b.Ordering && bytes.Equal(a.Signer.Raw, b.Signer.Raw) {
		margin = 0
	} else if !a.HasAccuracy || !b.HasAccuracy {
		return Unordered
	}
	switch d := b.GenTime.Sub(a.GenTime); {
	case d > margin:
		return Before
	case -d > margin:
		return After
	}
	return Unordered
}
