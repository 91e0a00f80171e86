package pdf

import (
	"slices"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
)

// The kinds of the nodes that this package makes.
const (
	Kind          = "pdf"
	KindSignature = "pdf-signature"
	KindTimestamp = "pdf-document-timestamp"
)

// The owed checks. Their order decides which defect names the verdict: format, bytes
// that are covered, digest, signature and signer (internal/signercheck), constraints.
const (
	checkFormat       = "format"
	checkSubFilter    = "sub-filter"
	checkByteRange    = "byte-range"
	checkContents     = "contents"
	checkGap          = "contents-gap"
	checkCoverage     = "coverage"
	checkEncapsulated = "encapsulated-content"
	checkRangeDigest  = "range-digest"
	checkDigestWeak   = "range-digest-algorithm"
	checkToken        = "token"
	checkPadding      = "padding"
	checkStructure    = "structure"
	checkInForce      = "in-force"
	checkTimeOrder    = "time-order"
	checkPermissions  = "permissions"
	checkSeedValues   = "seed-values"
	checkLaterChanges = "later-changes"

	checkEncryption = "encryption"
	checkSignatures = "signatures"
	checkTimestamps = "time-stamps"
)

// The checks before and behind those of the signer.
var (
	geometryChecks   = []string{checkFormat, checkSubFilter, checkByteRange, checkContents, checkGap, checkCoverage}
	constraintChecks = []string{checkPadding, checkStructure, checkInForce, checkPermissions, checkSeedValues, checkLaterChanges}

	detachedChecks  = slices.Concat(geometryChecks, []string{checkEncapsulated}, signercheck.Document.CMSChecks(), []string{checkTimeOrder}, constraintChecks)
	sha1Checks      = slices.Concat(geometryChecks, []string{checkEncapsulated, checkRangeDigest}, signercheck.Document.CMSChecks(), []string{checkDigestWeak, checkTimeOrder}, constraintChecks)
	rawChecks       = slices.Concat(geometryChecks, signercheck.Document.RawChecks(), constraintChecks)
	unknownChecks   = slices.Concat(geometryChecks, constraintChecks)
	timestampChecks = slices.Concat(geometryChecks, []string{checkToken, checkPadding, checkStructure, checkInForce, checkLaterChanges})
	documentChecks  = []string{checkFormat, checkEncryption, checkSignatures, checkTimestamps}
)

// Checks returns the names of the checks that every signature of the SubFilter owes, in
// their order.
func Checks(subFilter string) []string { return slices.Clone(formOf(subFilter).checks()) }

// The clauses that ask for the checks.
const (
	refFile        = "ISO 32000-2 7.5"
	refEncryption  = "ISO 32000-2 7.6"
	refDictionary  = "ISO 32000-2 12.8.1"
	refRange       = "ISO 32000-2 12.8.1"
	refCMS         = "ISO 32000-2 12.8.3.3"
	refRaw         = "ISO 32000-1 12.8.3.2"
	refCAdES       = "EN 319 142-1 5"
	refTimestamp   = "ISO 32000-2 12.8.5"
	refUpdates     = "ISO 32000-2 7.5.6"
	refDocMDP      = "ISO 32000-2 12.8.2"
	refSeedValues  = "ISO 32000-2 12.7.5.5"
	refContentTime = "EN 319 122-1 5.2.8"
	refAlgorithms  = "EN 319 102-1 5.2.8"
	refJoin        = "EN 319 102-1 5.1"
)
