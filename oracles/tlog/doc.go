// Package tlog compares the checkpoints and proofs of this project with those of
// golang.org/x/mod: sumdb/note and sumdb/tlog.
package tlog
