package pdffile

// Limits, so that no input costs more than its size is worth.
const (
	// MaxRows bounds the entries of all cross-reference tables together: 4 million
	// objects. An entry costs 24 bytes. No file may have more entries than bytes.
	MaxRows = 4_000_000
	// MaxRevisions is far above what signing again and again leads to.
	MaxRevisions = 1000
	// MaxDepth bounds the recursion of the reader and of what walks an object.
	MaxDepth = 100
	// MaxDecoded bounds what all filters put out together while a file is open, each
	// time that the reader or Reader needs a stream, and once for Reread.
	MaxDecoded = 256 << 20
	// MaxFilters is the longest chain of filters; two are usual.
	MaxFilters = 8
	// MaxObject bounds the bytes of one object without its stream data. The largest in
	// use are signatures with revocation lists, a few megabytes.
	MaxObject = 16 << 20
	// MaxValues bounds the memory of one object: a value may be two bytes long and
	// costs about fifty.
	MaxValues = 1 << 19
	// MaxObjectStream bounds one decoded object stream, which is kept in memory.
	MaxObjectStream = 16 << 20
	// MaxInObjectStream bounds the objects of one object stream; writers put in hundreds.
	MaxInObjectStream = 1 << 20
	// MaxFindings keeps a file of nothing but oddities from filling the memory.
	MaxFindings = 2000

	// maxPredictorRow is the longest row of a predictor: 16 times the widest page image.
	maxPredictorRow = 1 << 20
	// maxSections: a revision has one section, two when it is linearized or hybrid.
	maxSections = 3 * MaxRevisions
	// maxRefs is how many references may lead one to the next.
	maxRefs = 32
	// maxHeader is how far from the start the header is looked for, and from the end the
	// last startxref: what readers have always done.
	maxHeader = 1024
	// maxHeld is the largest file that is kept: below, pieces cost more than they save.
	maxHeld = 1 << 20
	// chunk is what is read at once of a larger file where reading goes on, jump is what
	// is read elsewhere: behind the data of a stream, little is looked at.
	chunk = 64 << 10
	jump  = 4 << 10
	// maxCache is about how many bytes of objects are kept before all are forgotten.
	maxCache = 12 << 20
)

// lexBudget bounds the bytes that are looked at in a file of a size: entries may point
// into each other's objects, so that every byte is read for each of them.
func lexBudget(size int64) int64 { return 64<<20 + 8*min(size, 1<<40) }
