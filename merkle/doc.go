// Package merkle judges proofs that an entry is in a Merkle tree, or that one tree is
// the beginning of another, offline and by named conventions.
//
// [VerifyInclusion] and [VerifyConsistency] are the arithmetic of RFC 9162 (and so of
// RFC 6962) alone: numbers and hashes, no allocation. Everything else gives a verdict:
// [Parse] and [ParseRFC6962] read inclusion proofs, [ParseConsistency] consistency
// proofs, [ParseBlock] partial Merkle blocks of Bitcoin, [New] takes the parts of any
// other form; Verify then judges them against a subject and what the caller can vouch
// for.
//
// # Conventions
//
// Trees differ in how leaves and nodes are hashed, in what becomes of a node without a
// sibling, and in how left is told from right. A [Convention] is all of this under a
// name, which the evidence or the caller gives; none is ever guessed. [Conventions]
// lists the names. What a convention cannot show stands under not_checked: sorted
// pairs show no position, no tree of these hashes its size, trees without prefixes do
// not tell a leaf from a node. In those, data as long as the preimage of a node, or a
// mere digest, is undecided unless an anchor vouches for size or depth.
//
// # Roots
//
// Anyone can make a tree, so a path proves nothing until something else vouches for
// its root: a signed checkpoint, a token, a block header. The caller proves that first
// and hands it in as [Anchored].
//
// # The form exhibit.merkle/v1
//
// A JSON object with exactly these members; all but schema, type, path and root are
// left out where the convention does not need them.
//
//	{
//	  "schema": "exhibit.merkle/v1",
//	  "type": "inclusion",
//	  "convention": "rfc6962-sha256",
//	  "leaf": "hash",         the leaf hash, if stated
//	  "leaf_suffix": "bytes", of the leaf behind the digest: sigsum (signature, key
//	                          hash), existbefore-bundle-v2 (digest of the metadata)
//	  "index": 4,
//	  "size": 7,
//	  "path": ["hash", …],    from the leaf upwards; where the convention names sides,
//	                          {"left": "hash"} or {"right": "hash"}
//	  "root": "hash"
//	}
//
// A consistency proof has the type "consistency" and the members convention, older
// ({"size": 3, "root": "hash"}), size, path and root. Hashes are lower-case
// hexadecimal (those of bitcoin-txid in the reversed order in which they are shown),
// numbers are plain decimals. Unknown members, members that stand twice, invalid UTF-8
// and anything behind the object are refused.
//
// # Limits
//
// 64 steps of at most 64 bytes, 16 MiB and 64 levels of JSON. What exceeds them is
// INDETERMINATE merkle.limit.
package merkle
