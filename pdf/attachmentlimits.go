package pdf

// Limits of the search for attachments. What exceeds one is not listed, and a finding
// pdf.attachments-cut says so: its Revision is the last one where what is cut belongs
// to the present document, and an older one where only history is.
const (
	// maxAttachments bounds the embedded streams of all revisions, as many as a run may
	// have items.
	maxAttachments = 10_000
	// maxVersions bounds the older versions of all of them together.
	maxVersions = 10_000
	// maxPlaces bounds the places that are listed for one attachment.
	maxPlaces = 64
	// maxTreeNames bounds one node of a name tree; writers put in less than a hundred.
	maxTreeNames = 20_000
	// maxFileReads bounds the objects that are read for their files, in all revisions:
	// pages, annotations, XObjects. It takes a second.
	maxFileReads = 400_000
	// maxFileSteps bounds the references that are followed, in all revisions: pages that
	// share files multiply. It takes half a second.
	maxFileSteps = 1_000_000
	// maxStructureNodes bounds the structure tree of a revision, which is larger than
	// all else and rarely names files.
	maxStructureNodes = 50_000
	// maxSwept bounds the objects that are looked at for their type; it takes a tenth of
	// a second.
	maxSwept = 1_000_000
	// maxFileText bounds all names and descriptions of a document together. Beyond it
	// they are cut to shortFileName bytes.
	maxFileText = 4 << 20
	// maxFileRefs is how many references may lead one to the next.
	maxFileRefs = 32
	// maxAttachmentFindings is far above what one would read.
	maxAttachmentFindings = 200
)

// fileLimits holds the numbers a search goes by, so that tests can reach them.
type fileLimits struct {
	attachments, versions, treeNames, reads, steps, structure, swept, text int
}

var usualFileLimits = fileLimits{maxAttachments, maxVersions, maxTreeNames, maxFileReads, maxFileSteps, maxStructureNodes, maxSwept, maxFileText}
