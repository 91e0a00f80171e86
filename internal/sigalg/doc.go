// Package sigalg reads public keys and signature algorithms as they stand in X.509
// and CMS, and verifies signatures with them: RSA PKCS#1 v1.5 and PSS, ECDSA on the
// NIST, Brainpool and secp256k1 curves, Ed25519, Ed448 and DSA.
//
// It answers only "does this value verify under this key". Whether the algorithm
// was good enough at some date is for the algorithm table: weak keys and digests
// are used here as they come, because old evidence must stay readable.
package sigalg

import "errors"

// The errors of this package, for errors.Is.
var (
	// ErrUnsupported: an algorithm, curve or parameter set that is not known here.
	ErrUnsupported = errors.New("unsupported algorithm")
	// ErrMalformed: a key or parameter that breaks its own encoding.
	ErrMalformed = errors.New("malformed key or parameters")
	// ErrVerification: the value does not verify under the key.
	ErrVerification = errors.New("signature does not verify")
	// ErrNeedsMessage: the algorithm signs the message itself, a digest is not enough.
	ErrNeedsMessage = errors.New("the algorithm needs the whole message")
)
