// Package ots reads, judges, unites and prunes OpenTimestamps proofs. A proof leads
// from the digest of a file, through operations that anyone can repeat, to messages
// that something vouches for: the merkle root of a Bitcoin block, or a calendar's
// promise to put the message into one.
//
// [Parse], [ParseTree] and [ParseCommit] read syntax and carry out the operations, once,
// while they read; nothing of what they return is trusted, and nothing is fetched.
// [Proof.Verify] judges, by package bitcoin. [Proof.Marshal], [Merge] and
// [Proof.Prune] write proofs.
//
// # Supported
//
// Version 1 of the format, as the reference implementation reads it; there is no other
// standard. Digests of files by SHA-1, RIPEMD-160, SHA-256 and Keccak-256; the
// operations append, prepend, reverse, hexlify and the four digests; attestations of
// Bitcoin, Litecoin and Ethereum blocks and of calendars. Attestations of other types are
// kept as they are.
//
// Three forms: a detached file, which names the digest itself; a bare tree, as
// calendars answer it, whose digest the caller gives; and a commit of Git that carries
// a proof behind its signature, in the versions 1.0 and 1.1.
//
// # Refused
//
// Another magic number or version, unknown operations, anything behind the end, a
// payload of a known type that is not used up, characters in an address that the format
// does not allow, and everything that ends early: each is an [Error] whose Class says
// which, in the words of the reference. In a commit also everything that the digest of
// commit and signature would leave out: see [ParseCommit].
//
// # Reported, not refused
//
// The format has one canonical spelling, and proofs in use do not always keep to it:
// elements out of order or twice, numbers in more bytes than they need. [Proof.Findings]
// says so. Of an operation that stands twice the reference keeps the later branch
// alone; here both count, and Marshal unites them.
//
// # Judging
//
// Verify compares the subject's digest with the proof's and hands each Bitcoin
// attestation to package bitcoin. The attestations are alternatives: one that passes
// suffices. See [Checks].
//
// # Limits
//
// Of the format: 255 nested operations, messages and arguments of 4096 bytes,
// hexlify of 2048, payloads of 8192, addresses of 1000. Of this program: files of
// 16 MiB, 8192 operations, 4096 attestations, 1 MiB of attested messages; what
// exceeds those says nothing against the evidence and is ots.limit.
package ots
