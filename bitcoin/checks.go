package bitcoin

import "slices"

// Kind is the kind of the nodes that this package makes.
const Kind = "bitcoin"

// The owed checks. Their order decides which defect names the verdict: format, data, what
// vouches for the header, the header itself, digest, time, algorithms.
const (
	checkFormat    = "format"
	checkHeader    = "header"
	checkChain     = "chain"
	checkWork      = "work"
	checkRules     = "consensus-rules"
	checkRoot      = "merkle-root"
	checkTime      = "time"
	checkDigestAlg = "digest-algorithm"
)

var owed = []string{checkFormat, checkHeader, checkChain, checkWork, checkRules, checkRoot, checkTime, checkDigestAlg}

// Checks returns the names of the checks that every attestation owes, in their order.
func Checks() []string { return slices.Clone(owed) }

// The clauses that ask for the checks. Bitcoin's rules are written as a program; the names
// are those of its functions.
const (
	refHeader     = "Bitcoin, block header"
	refChain      = "Bitcoin, block chain"
	refWork       = "Bitcoin, CheckProofOfWork"
	refRules      = "Bitcoin, ContextualCheckBlockHeader and GetNextWorkRequired"
	refTime       = "Bitcoin, MAX_FUTURE_BLOCK_TIME"
	refAlgorithms = "EN 319 102-1 5.2.8"
)

// The reason codes.
const (
	reasonRootLength = "btc.root-length"
	reasonMissing    = "btc.header-missing"
	reasonNotTrusted = "btc.header-not-trusted"
	reasonWorkOnly   = "btc.work-only"
	reasonHeaderOnly = "btc.header-only"
	reasonRoot       = "btc.merkle-root"
	reasonFuture     = "btc.time-future"
	reasonWeakDigest = "btc.weak-digest"
	reasonNoTime     = "policy.no-time"
	reasonIncomplete = "run.incomplete"
)

// The codes of warnings.
const (
	warnTestNetwork = "btc.test-network"
	warnFewer       = "btc.fewer-successors"
)
