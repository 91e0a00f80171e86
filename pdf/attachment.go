package pdf

import (
	"cmp"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// Attachment is a file inside a document, with all that names it. What a document says
// of it are claims: names, relationship, description, media type, size, checksum and
// dates are what its producer wrote.
type Attachment struct {
	// EmbeddedFile is the file as the present document has it, or the last one that
	// named it.
	*EmbeddedFile
	// Name is the name that readers show: UF, else F, Unix, Mac, DOS, else the key in
	// the name tree; empty if there is none. What is not printed is U+FFFD. It may hold
	// path separators, and is never to be taken for a path.
	Name string
	// Names are all names, under all keys and at all places, each spelling once.
	Names []FileName
	// Description and Relationship are the Desc and the AFRelationship of the first file
	// specification that has them, as they are written: like the Text of a name, they
	// may hold anything.
	Description, Relationship string
	// Places are where the document names the file; MorePlaces is how many there are
	// beyond maxPlaces.
	Places     []Place
	MorePlaces int
	// FirstNamed is the revision at whose end the file, in any version, was first named,
	// as far back as the search went.
	FirstNamed int
	// Removed is the revision that no longer names the file, -1 if the present one does.
	Removed int
	// Older are its earlier versions, newest first: another stream in the same object,
	// or a file of the same name that this one took the place of.
	Older []*EmbeddedFile
	// Unnamed: the document holds the file, and nothing in any revision names it. It has
	// no places then, and FirstNamed is -1.
	Unnamed bool
	// Folder is the folder of a portfolio that the file is in, its parts joined by
	// slashes. Initial: the portfolio opens with it.
	Folder  string
	Initial bool

	specs []*fileSpec
}

// PlaceKind says what names an embedded file.
type PlaceKind string

// The kinds of places (ISO 32000-2, 7.11.4.1 and 14.13).
const (
	PlaceNameTree     PlaceKind = "name-tree"             // EmbeddedFiles of the name dictionary
	PlaceDocument     PlaceKind = "document"              // AF of the catalog
	PlacePage         PlaceKind = "page"                  // AF of a page
	PlaceXObject      PlaceKind = "xobject"               // AF of a form or an image
	PlaceContent      PlaceKind = "content"               // MCAF of a property list
	PlaceStructure    PlaceKind = "structure"             // AF of a structure element
	PlaceAnnotation   PlaceKind = "annotation"            // FS of an annotation
	PlaceAnnotationAF PlaceKind = "annotation-associated" // AF of an annotation
	PlaceRichMedia    PlaceKind = "rich-media"            // the assets of an annotation
)

// Associated reports whether the place is an AF entry.
func (k PlaceKind) Associated() bool {
	switch k {
	case PlaceDocument, PlacePage, PlaceXObject, PlaceContent, PlaceStructure, PlaceAnnotationAF:
		return true
	}
	return false
}

// Place is where a document names an embedded file.
type Place struct {
	Kind PlaceKind
	// Holder is the object that names it, or that the naming part is directly in.
	Holder pdffile.Ref
	// Spec is the file specification; its number is 0 where it is no object of its own.
	Spec pdffile.Ref
	// Entry is the entry of EF that leads to the stream; RF for a related file.
	Entry string

	key *FileName // in the name tree
}

// Codes of findings about attachments.
const (
	foundAttachmentMissing   = "pdf.attachment-missing"   // a place names an embedded file that is not there
	foundAttachmentUnnamed   = "pdf.attachment-unnamed"   // an embedded file that nothing names
	foundAttachmentUnread    = "pdf.attachment-unread"    // an object that may name files cannot be read
	foundAttachmentAmbiguous = "pdf.attachment-ambiguous" // one file specification, two different streams
	foundAttachmentName      = "pdf.attachment-name"      // a name that is not what it looks like, or too long
	foundAttachmentSpelling  = "pdf.attachment-spelling"  // a file specification with two names
	foundAttachmentTwice     = "pdf.attachment-twice"     // two attachments of the same name
	foundAttachmentChecksum  = "pdf.attachment-checksum"  // CheckSum or Size do not agree with the data
	foundAttachmentUndecoded = "pdf.attachment-undecoded" // the data cannot be decoded
	foundAttachmentsCut      = "pdf.attachments-cut"      // a limit ended the search
	foundNameTree            = "pdf.name-tree"            // out of order, twice, outside of limits
	foundPortfolio           = "pdf.portfolio"            // the collection dictionary
)

// findAttachments lists the embedded files of a document (ISO 32000-2, 7.11.4): those
// that it names, behind them those that only older revisions named, and those that
// nothing names. It reads no file's data.
//
// Places are the name tree, annotations, and AF entries of the catalog, pages,
// annotations, XObjects, property lists and structure elements. The last three are
// looked at where any other place, or the type of a stream, shows that there are embedded
// files at all.
//
// The error is one of the reader, or an *pdffile.Error with CodeLimit; what was found
// until then is returned with it. Objects that cannot be read, for want of a password
// too, are findings.
func findAttachments(f *pdffile.File) ([]*Attachment, []pdffile.Finding, error) {
	return scanAttachments(f, usualFileLimits)
}

func scanAttachments(f *pdffile.File, max fileLimits) ([]*Attachment, []pdffile.Finding, error) {
	s := newAttachmentScan(f, max)
	swept, err := s.sweep()
	if err != nil {
		return nil, s.findings, err
	}
	found := s.findings
	s.deep = len(swept) > 0
	if err = s.run(); err == nil && len(s.order) > 0 && !s.deep {
		s = newAttachmentScan(f, max)
		s.deep, s.findings = true, found
		err = s.run()
	}
	list, more := s.assemble()
	if err = cmp.Or(err, more); err == nil {
		err = s.portfolio(list)
	}
	if err != nil {
		return list, s.findings, err
	}
	rest, err := s.unnamed(swept)
	return append(list, rest...), s.findings, err
}
