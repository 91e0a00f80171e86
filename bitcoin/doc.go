// Package bitcoin judges whether a hash is the Merkle root of a block of the Bitcoin chain,
// and not later than when that block was made, from block headers and checkpoints alone.
//
// [Scan] reads a file of raw headers once and judges each by Bitcoin's rules;
// [ParseCheckpoints] reads the blocks that the verifier is told to believe, and [Builtin]
// has those that apply without being told; [NewChain] draws what follows from both.
// [Attestation.Verify] judges a root and a height under them, at a time and by dates of
// algorithms that the caller gives. Nothing here opens a file or a connection or reads the
// clock.
//
// # What a pass proves
//
// A checkpoint is the hash of a block. Every header holds the hash of the one before, so
// headers that lead from a block to a checkpoint commit that block: no other header can
// stand in its place while SHA-256 holds. The height follows by counting back. This is
// the one way to a pass that is open by default; it rests on the list of checkpoints,
// whose digest, and whose entry that decided, stand in the result as its trust input.
//
// The proven time is the latest of the times of the block and of the six that follow it,
// rounded up to the hour. A block's own time is what its miner wrote: it must be later than
// the median of the eleven blocks before and was at most two hours ahead of the clocks of
// those who received it, but nothing keeps it from lagging behind. Seven miners in a row
// with slow clocks are not to be expected; where fewer than six blocks are at hand, a
// warning says so.
//
// # The ladder
//
// [Result.Rung] says how far the header was shown to be a block of the chain:
//
//	chain-committed   linked by hashes up to a checkpoint                      PASSED
//	work-consistent   linked above a checkpoint; it and all between have the   btc.work-only
//	                  bits that they must have, and break no rule
//	linked            linked to other headers, but to no checkpoint            btc.header-not-trusted
//	header-matched    one header that has the root and meets the target that   btc.header-only
//	                  it names itself
//	root-computed     no header at hand has the root                           btc.header-missing
//
// All but the first are INDETERMINATE: a block of an old period can be made anew at little
// cost, and real blocks were left behind by the chain that have all the work in the world.
// A work-consistent block above the newest checkpoint passes only if [Env].Confirmations
// asks for a number of successors, so many are at hand, and no other branch at hand has as
// much work; not_checked then names "chain". A root that differs is FAILED only against
// a committed header whose way to the checkpoint breaks no rule; any other header is the
// verifier's own material and refutes nothing.
//
// # What is judged of headers
//
// The hash meets the target that the header names; the target is well-formed and not
// easier than the limit; it is that of its period, where a checkpoint states it or the
// first and last block of the period before are at hand; the time is later than the median
// of the eleven before, where they are at hand. A committed block rests on all headers
// between it and its checkpoint, so a defect in any of them keeps it from passing.
//
// Not judged: versions; transactions, and whether the root is of any; that the chain of the
// checkpoints is the one with the most work; the clocks of nodes at the time. Inside a
// period, miners could in theory drag the times of its ends and lower the target (the "time
// warp"); Bitcoin has no rule against it, so headers above the newest checkpoint are open to
// it, and those below are not.
//
// The test network regtest can be named by a list of checkpoints that replaces the built-in
// one. Every result then carries the warning btc.test-network. The public test networks are
// refused.
//
// The checks, in their fixed order, are listed by [Checks].
//
// # Limits
//
// 4 million headers a file, of which 10 000 whose height nothing tells; 1000 breaks and
// defects a file, 16 an anchor pack; 80 000 checkpoints and 16 MiB a list. A file above them
// is an [Error]. A scan holds one hash and one number for each period of 2016 headers, not
// the headers.
package bitcoin
