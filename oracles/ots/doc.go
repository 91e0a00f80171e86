// Package ots compares how this project reads OpenTimestamps proofs with how another
// implementation in Go does, and measures both.
//
// It is a module of its own: the other implementation needs packages of btcd that the
// release which package bitcoin is compared with has no longer.
package ots
