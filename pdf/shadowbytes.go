package pdf

import "github.com/exhibit-dev/exhibit/internal/pdffile"

// structure judges what the reader found in the bytes behind the signed revision: bytes
// that belong to no revision, and places where readers see different documents.
func (r *recorder) structure(f *pdffile.File, from int, end int64) {
	last := len(f.Revisions()) - 1
	if !f.Strict() {
		r.note(last, classOther, pdffile.Ref{}, "structure of the file", false, "it can only be read by searching, which readers do in different ways", nil)
	}
	signed := f.View(from)
	for _, x := range f.Findings() {
		c, what, good := classOther, "", false
		switch x.Code {
		case pdffile.FoundCut:
			what = "oddities of the structure"
		case pdffile.FoundSpace, pdffile.FoundTrailing:
			if f.Size() > end {
				c, what, good = found(f, x)
			}
		case pdffile.FoundOutside:
			_, e := signed.Where(x.Ref)
			if x.Revision > from || e.Kind == pdffile.InFile && (e.End > end || e.Offset >= end) {
				c, what = classRepointed, "entry that leads behind its revision"
			}
		default:
			if x.Revision > from || x.Offset >= end {
				c, what, good = found(f, x)
			}
		}
		if what == "" {
			continue
		}
		r.note(max(x.Revision, from), c, x.Ref, what, good, x.Text, pdffile.Integer(x.Offset))
	}
}

// found judges a finding in later bytes; what is empty if it means nothing here: that
// is for the comparison of objects to tell.
func found(f *pdffile.File, x pdffile.Finding) (c class, what string, permitted bool) {
	switch x.Code {
	case pdffile.FoundTrailing, pdffile.FoundOrphan:
		return classTrailing, "bytes that belong to no revision", false
	case pdffile.FoundSpace:
		return classTrailing, "white space behind the end", false
	case pdffile.FoundTwice:
		return classOther, "second object of a number", false
	case pdffile.FoundUnnamed:
		if _, e := f.Last().Where(x.Ref); !isUsed(e) {
			return classOther, "object that no table names", false
		}
		return classOther, "second object of a number", false
	case pdffile.FoundOverlap:
		return classOther, "bytes that are part of two things", false
	case pdffile.FoundHybrid, pdffile.FoundRowTwice:
		return classOther, "two entries for one object", false
	case pdffile.FoundOrder:
		return classOther, "order of the revisions", false
	case pdffile.FoundEncryption:
		return classEncryption, "encryption", false
	}
	return classNone, "", false
}
