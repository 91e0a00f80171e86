package pdffile

import (
	"cmp"
	"fmt"
	"slices"
)

// Finding is something in the structure that is not by the letter, or that readers
// read differently. It is no verdict: some are harmless habits of writers.
type Finding struct {
	Code   string // stable
	Offset int64  // in the file
	// Revision is the index of the revision whose bytes these are: the last one for
	// bytes behind all, -1 if there is none.
	Revision int
	// Ref is the object concerned, if one is.
	Ref  Ref
	Text string
}

// The codes of findings about the file as a whole.
const (
	FoundNoHeader    = "pdf.header-missing"  // no %PDF- within the first 1024 bytes
	FoundBefore      = "pdf.bytes-before"    // bytes before the header
	FoundTrailing    = "pdf.trailing-bytes"  // bytes behind the last %%EOF and its end of line
	FoundSpace       = "pdf.trailing-space"  // nothing but white space there
	FoundNotStrict   = "pdf.not-strict"      // why the strict pass failed
	FoundCut         = "pdf.findings-cut"    // there are more findings than are listed
	FoundEncryption  = "pdf.encryption"      // an Encrypt entry that cannot be used, or differs between revisions
	FoundStartXRef   = "pdf.startxref"       // missing, elsewhere, or with another number than its section's place
	FoundNoEnd       = "pdf.eof-missing"     // a revision without %%EOF
	FoundOrder       = "pdf.section-order"   // Prev leads forward in a file that is not linearized
	FoundOrphan      = "pdf.section-orphan"  // table, trailer, startxref or %%EOF that the chain does not reach
	FoundTrailer     = "pdf.trailer"         // an entry of a trailer missing or wrong
	FoundRowForm     = "pdf.row-form"        // table rows that are not 20 bytes by the letter
	FoundRowTwice    = "pdf.row-twice"       // an object number twice in one section
	FoundRowType     = "pdf.row-type"        // an entry of an unknown type, or in use at offset 0
	FoundRowSize     = "pdf.row-size"        // entries at or above Size, or fewer or more than announced
	FoundHybrid      = "pdf.hybrid-conflict" // table and XRefStm both give an object, differently
	FoundOutside     = "pdf.entry-outside"   // an entry points out of the file, or behind its own revision
	FoundRepointed   = "pdf.entry-repointed" // an entry points to an older place than the one it replaces
	FoundMisplaced   = "pdf.entry-misplaced" // no object, or another, stands where the entry points
	FoundNearly      = "pdf.entry-nearly"    // white space stands before the object there
	FoundOverlap     = "pdf.object-overlap"  // two objects share bytes
	FoundTwice       = "pdf.object-twice"    // a second object of this number in the revision's bytes
	FoundUnnamed     = "pdf.object-unnamed"  // an object that no table of its revision names
	FoundBroken      = "pdf.object-broken"   // an object that cannot be read to its end
	FoundNoEndObj    = "pdf.endobj-missing"  // no endobj behind an object
	FoundLength      = "pdf.stream-length"   // Length missing, wrong, or not at the end of the data
	FoundStreamEOL   = "pdf.stream-eol"      // the keyword stream not followed by LF or CR LF
	FoundNoEndStream = "pdf.endstream-missing"
	FoundContainer   = "pdf.object-stream" // an object stream that does not hold what an entry says
	FoundOverridden  = "pdf.container-overridden"
	FoundKeyTwice    = "pdf.key-twice" // a dictionary with a key twice
	FoundIrregular   = "pdf.irregular" // an odd string, number or word inside an object
)

// found notes a finding; f.revisionAt gives it its revision in the end.
func (f *File) found(code string, at int64, ref Ref, format string, args ...any) {
	if len(f.findings) >= MaxFindings {
		f.cut = true
		return
	}
	f.findings = append(f.findings, Finding{Code: code, Offset: at, Ref: ref, Text: fmt.Sprintf(format, args...)})
}

// settle orders findings and marks by their place, once the revisions are known.
func (f *File) settle() {
	if f.cut {
		f.findings = append(f.findings, Finding{Code: FoundCut, Offset: f.src.size, Text: fmt.Sprintf("more than %d findings", MaxFindings)})
	}
	for i := range f.findings {
		f.findings[i].Revision = f.revisionAt(f.findings[i].Offset)
	}
	slices.SortFunc(f.marks, func(a, b Mark) int { return cmp.Compare(a.Offset, b.Offset) })
	slices.SortStableFunc(f.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Code, b.Code))
	})
}

// revisionAt returns the revision whose bytes hold the offset.
func (f *File) revisionAt(at int64) int {
	i, _ := slices.BinarySearchFunc(f.revisions, at, func(r *Revision, at int64) int {
		if r.End <= at {
			return -1
		}
		return 1
	})
	return min(i, len(f.revisions)-1)
}
