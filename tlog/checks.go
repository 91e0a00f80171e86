package tlog

import "slices"

// Kind is the kind of the nodes that this package makes.
const Kind = "tlog"

// The owed checks. Their order decides which defect names the verdict: format, data,
// digests, signatures, signer, algorithms, what the policy asks of a log.
const (
	checkFormat       = "format"
	checkSubject      = "subject"
	checkStated       = "checkpoint-match"
	checkInclusion    = "inclusion"
	checkSignature    = "signature"
	checkCosignatures = "cosignatures"
	checkLogKey       = "log-key"
	checkDigestAlg    = "digest-algorithm"
	checkKeyAlg       = "key-algorithm"
	checkOrigin       = "origin"
	checkWitnesses    = "witnesses"
	checkWitnessTime  = "witness-time"

	checkOlder       = "older-checkpoint"
	checkNewer       = "newer-checkpoint"
	checkSameLog     = "same-log"
	checkConsistency = "consistency"
)

var (
	owedCheckpoint = []string{
		checkFormat, checkSignature, checkCosignatures, checkLogKey, checkDigestAlg, checkKeyAlg,
		checkOrigin, checkWitnesses, checkWitnessTime,
	}
	owedProof       = slices.Concat([]string{checkFormat, checkSubject, checkStated, checkInclusion}, owedCheckpoint[1:])
	owedConsistency = []string{checkConsistency, checkOlder, checkNewer, checkSameLog}
)

// CheckpointChecks returns the names of the checks that every checkpoint owes, in
// their order.
func CheckpointChecks() []string { return slices.Clone(owedCheckpoint) }

// ProofChecks returns those of a proof with its checkpoint.
func ProofChecks() []string { return slices.Clone(owedProof) }

// ConsistencyChecks returns those of two checkpoints and a path between them.
func ConsistencyChecks() []string { return slices.Clone(owedConsistency) }

// The clauses that ask for the checks.
const (
	refNote        = "C2SP signed-note, Format"
	refSignatures  = "C2SP signed-note, Signatures"
	refCheckpoint  = "C2SP tlog-checkpoint, Note text"
	refOrigin      = "C2SP tlog-checkpoint, Signatures"
	refProof       = "C2SP tlog-proof, Format"
	refCosignature = "C2SP tlog-cosignature"
	refLeaf        = "RFC 6962 2.1"
	refPath        = "RFC 6962 2.1.1"
	refConsistency = "RFC 6962 2.1.2"
	refAlgorithms  = "EN 319 102-1 5.2.8"
	refLimit       = "limits of this program"
)

// The reason codes. What package merkle finds keeps its own.
const (
	codeMalformed   = "tlog.malformed"
	codeLimit       = "tlog.limit"
	codeUnsupported = "tlog.unsupported"

	reasonSubject     = "tlog.subject-missing"
	reasonStated      = "tlog.checkpoint-mismatch"
	reasonSignature   = "tlog.signature-invalid"
	reasonCosignature = "tlog.cosignature-invalid"
	reasonLogUnknown  = "tlog.log-unknown"
	reasonWeakDigest  = "tlog.weak-digest"
	reasonWeakKey     = "tlog.weak-key"
	reasonOrigin      = "tlog.origin-mismatch"
	reasonQuorum      = "tlog.quorum"
	reasonFuture      = "tlog.cosignature-future"
	reasonOtherLog    = "tlog.other-log"
	reasonNoTime      = "policy.no-time"
	reasonIncomplete  = "run.incomplete"
)
