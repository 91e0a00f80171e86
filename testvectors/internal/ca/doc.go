// Package ca makes the X.509, CMS and time-stamp parts of test vectors: certificates,
// revocation data, signed attributes and containers. Keys are derived from labels and
// signatures are deterministic, so that each run makes the same bytes. It uses no code of
// the verifier.
package ca
