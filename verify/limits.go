package verify

// The limits of a run. Each is ours, none belongs to a format: what goes beyond is
// not judged, and the verdict says so.
const (
	// MaxEvidence bounds one file that is read whole: the largest evidence in use,
	// records with many archive time-stamps, stays below a megabyte.
	MaxEvidence = 16 << 20
	// MaxEvidenceInAll bounds what all parsed evidence of a run may hold in
	// memory, and what is kept of subjects: MaxItems tokens of the usual size take
	// a quarter of it.
	MaxEvidenceInAll = 256 << 20
	// MaxContent bounds one subject whose bytes are kept for evidence that asks for
	// them. Signed so, by Ed25519 or in a JWS, are letters and manifests; what is
	// large is signed by its digest.
	MaxContent = 16 << 20
	// maxGuesses bounds the neighbours of one stem that evidence is tried over.
	maxGuesses = 8
	// MaxItems bounds the files of one run, those inside containers included.
	MaxItems = 10000
	// MaxDepth bounds the nesting of folders: no archive of documents comes near.
	MaxDepth = 64
	// MaxPairs bounds evidence times subject: many equal files beside many tokens
	// would otherwise multiply.
	MaxPairs = 2 * MaxItems
	// MaxParts bounds the parts of evidence, such as the attestations of a proof, that
	// are judged, each for every subject: every one is a node of the report. All files of
	// a run may be proofs of the usual size, with half a dozen.
	MaxParts = 64 << 10
	// headSize is what a format sees to recognise its kind.
	headSize = 4 << 10
)

// limits holds the numbers a run goes by, so that tests can reach them.
type limits struct {
	evidence, inAll, content int64
	items, pairs, parts      int
}

var usualLimits = limits{MaxEvidence, MaxEvidenceInAll, MaxContent, MaxItems, MaxPairs, MaxParts}
