// Package merkle compares the Merkle proofs of this project with those of two other
// implementations, and measures all three against the hashing alone.
package merkle
