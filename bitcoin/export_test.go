package bitcoin

import (
	"context"
	"math/big"
)

// VerifyIgnoring verifies with one owed check switched off, so that a test can prove that
// there is an attestation which this check alone refuses.
func VerifyIgnoring(ctx context.Context, a Attestation, env Env, check string) Result {
	return a.verify(ctx, env, check)
}

// Limits, for the tests at them and above.
const (
	MaxHeaders     = maxHeaders
	MaxBreaks      = maxBreaks
	MaxUnplaced    = maxUnplaced
	MaxCheckpoints = maxCheckpoints
	MaxHeight      = maxHeight
	Interval       = interval
	MedianSpan     = medianSpan
)

// BuiltinText is the embedded list.
var BuiltinText = builtinText

// Reasons are all reason codes of this package.
var Reasons = []string{
	reasonRootLength, reasonMissing, reasonNotTrusted, reasonWorkOnly, reasonHeaderOnly, reasonRoot, reasonFuture,
	reasonWeakDigest, reasonNoTime,
}

// CommittedHeader returns a committed header that is at hand.
func CommittedHeader(c *Chain, height uint32) ([HeaderSize]byte, bool) {
	return c.committedHeader(height)
}

// Compact returns the compact form of a number.
func Compact(n *big.Int) uint32 { return compact(n) }

// Meets reports whether a hash meets a target.
func Meets(bits uint32, n *Network, hash Hash) bool {
	t, ok := newThreshold(bits, n)
	return ok && t.meets(&hash)
}

// RecentTimes holds the times of up to eleven headers.
type RecentTimes = recentTimes

func (r *recentTimes) Add(t uint32)         { r.add(t) }
func (r *recentTimes) Admits(t uint32) bool { return r.admits(t) }
func (r *recentTimes) Median() uint32       { return r.median() }
