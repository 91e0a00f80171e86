// Package tlog judges what transparency logs give to those who have no connection to
// them: signed checkpoints, proofs that an entry is in the tree of one, and proofs
// that one tree is the beginning of another.
//
// [ParseCheckpoint] and [ParseProof] read syntax only, strictly: one spelling for one
// checkpoint. [Checkpoint.Verify] and [Proof.Verify] judge under trusted keys, a
// policy and a time that the caller gives ([trust.Env], [trust.Logs]); they open no
// file and no connection and do not read the clock. [New] takes the parts of other
// forms that hold a checkpoint, such as the entries of Sigstore bundles.
// [VerifyConsistency] compares two checkpoints.
//
// # Supported
//
// C2SP signed-note, tlog-checkpoint, tlog-proof v1 and tlog-cosignature v1 with
// Ed25519: signatures of the types 01 (Ed25519), 02 (ECDSA over SHA-256 on P-256,
// P-384 and P-521; its key id is a digest of the key alone) and 04 (Ed25519 with a
// time). A signature of type 05 (tree head of RFC 6962) by a trusted key is
// INDETERMINATE tlog.unsupported where no other signature of a log decides. Lines
// whose name and key id belong to no trusted key are passed over, as signed-note asks;
// so are all other types. A line whose name and key id do, and whose signature does
// not hold, is a proven defect, whoever else signed.
//
// # What a pass proves
//
// The log signed a tree of this size and root, and the entry is in it. That is a
// statement of the log, and no time. A cosignature holds a time that its witness
// states; like every time that a signer writes next to its own signature, it remains
// a claim: it is in [Facts] and in the detail of the check "witnesses", chooses
// nothing, and never becomes existed_not_later_than. The tree's root can be handed to
// package merkle ([Facts.Anchored]); it comes without a time for the same reason. A
// token over the checkpoint's bytes proves one.
//
// A cosignature also says that its witness saw the log only grow. [trust.Logs].Quorum
// asks for a number of witnesses with different keys, none of them the log's own key.
// Without a quorum nothing shows that the log presents one tree to everybody, and
// not_checked says so.
//
// The checks, in their fixed order, are listed by [CheckpointChecks], [ProofChecks] and
// [ConsistencyChecks].
//
// # Limits
//
// 1 MiB for a checkpoint, 2 MiB for a proof, 100 signatures, 64 hashes. What exceeds
// them is INDETERMINATE tlog.limit.
package tlog
