package ots

import (
	"slices"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// The owed checks of a proof. Their order decides which defect names the verdict:
// format, data, digest, what vouches for the time, algorithms.
const (
	checkFormat      = "format"
	checkSubject     = "subject"
	checkFileDigest  = "file-digest"
	checkAttestation = "attestation"
	checkDigestAlg   = "digest-algorithm"

	// checkPathAlg is owed by the node of a Bitcoin attestation, beside the checks of
	// package bitcoin.
	checkPathAlg = "path-algorithms"
	// checkKnown is the one check of an attestation of any other type.
	checkKnown = "attestation-type"
)

var (
	owed        = []string{checkFormat, checkSubject, checkFileDigest, checkAttestation, checkDigestAlg}
	owedBitcoin = append(bitcoin.Checks(), checkPathAlg)
)

// Checks returns the names of the checks that every proof owes, in their order.
func Checks() []string { return slices.Clone(owed) }

// AttestationChecks returns those of the node of a Bitcoin attestation.
func AttestationChecks() []string { return slices.Clone(owedBitcoin) }

// KindAttestation is the kind of the nodes of attestations that are not Bitcoin's.
const KindAttestation = "ots-attestation"

// The clauses that ask for the checks. The format has no standard; its definition is
// the reference implementation.
const (
	refDetached    = "OpenTimestamps, detached file version 1"
	refCommit      = "OpenTimestamps, proofs in Git commits"
	refAttestation = "OpenTimestamps, attestations"
	refAlgorithms  = "EN 319 102-1 5.2.8"
	refLimit       = "limits of this program"
)

// The reason codes. What package bitcoin finds keeps its own.
const (
	reasonSubject     = "ots.subject-missing"
	reasonDigest      = "ots.digest-mismatch"
	reasonWeakDigest  = "ots.weak-digest"
	reasonPending     = "ots.pending"
	reasonUnsupported = "ots.chain-unsupported"
	reasonUnknown     = "ots.unknown-attestation"
	reasonNone        = "ots.no-attestation"
	reasonLimit       = "ots.limit"
	reasonNoTime      = "policy.no-time"
	reasonIncomplete  = "run.incomplete"
)

// warnArmour is the code of the warning of what a proof in a commit leaves out.
const warnArmour = "ots.armour-not-covered"

// nearest lists the reasons of attestations that did not pass, the one nearest to a
// pass first. An unknown attestation decides only where there is no other. Every other
// reason concerns what comes after the block, or the run, and comes before all of them.
var nearest = []string{
	"btc.work-only", "btc.header-not-trusted", "btc.header-only", "btc.header-missing",
	reasonUnsupported, reasonPending, reasonUnknown,
}
