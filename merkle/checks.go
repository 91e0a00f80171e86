package merkle

// Kind is the kind of the nodes that this package makes.
const Kind = "merkle"

// The owed checks of an inclusion proof, in their fixed order.
const (
	checkFormat     = "format"
	checkConvention = "convention"
	checkSubject    = "subject"
	checkLeaf       = "leaf"
	checkLength     = "path-length"
	checkSides      = "sides"
	checkOdd        = "odd-node"
	checkRoot       = "root"
	checkAnchor     = "anchor"
	checkSize       = "size"
	checkAmbiguity  = "leaf-or-node"
)

var owed = []string{
	checkFormat, checkConvention, checkSubject, checkLeaf,
	checkLength, checkSides, checkOdd, checkRoot, checkAnchor, checkSize, checkAmbiguity,
}

var owedConsistency = []string{
	checkFormat, checkConvention, checkLength, checkRoot, checkAnchor, checkSize,
}

// A partial Merkle block brings its sides and its length with it: they are read, not
// compared.
var owedBlock = []string{
	checkFormat, checkSubject, checkLeaf, checkOdd, checkRoot, checkAnchor, checkSize, checkAmbiguity,
}

// Checks returns the names of the checks that every inclusion proof owes, in their
// order.
func Checks() []string { return append([]string(nil), owed...) }

// ConsistencyChecks returns those of a consistency proof.
func ConsistencyChecks() []string { return append([]string(nil), owedConsistency...) }

// BlockChecks returns those of a partial Merkle block.
func BlockChecks() []string { return append([]string(nil), owedBlock...) }

// The clauses that ask for the checks.
const (
	refForm        = "exhibit.merkle/v1"
	refLimit       = "limits of this program"
	refLeaf        = "RFC 9162 2.1.1"
	refInclusion   = "RFC 9162 2.1.3.2"
	refConsistency = "RFC 9162 2.1.4.2"
	refHead        = "RFC 9162 4.9"
	refPhantom     = "CVE-2012-2459"
	refBlock       = "BIP 37"
)

// Limits of what is read: real proofs stay far below.
const (
	MaxSteps    = 64  // a tree of 2^64 leaves has no longer path
	MaxHashSize = 64  // SHA-512; a longer text is no hash
	MaxSuffix   = 256 // bytes of a leaf beside the subject's digest
)
