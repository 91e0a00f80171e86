package pdf

import (
	"context"
	"crypto/sha256"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// revisionRow is what there is to say of a revision without comparing documents.
type revisionRow struct {
	N          int
	Start, End int64
	// SHA256 is the digest of the bytes 0 to End: of the document as the revision left
	// it. Only hashRevisions sets it.
	SHA256 [sha256.Size]byte
	// Sections are its cross-reference sections, as table, stream, hybrid or rebuilt, in
	// the order in which they count.
	Sections []string
	// Added, Changed and Freed count objects against the revision before. A new place in
	// the file is a change, also of bytes that say the same.
	Added, Changed, Freed int
	// Incomplete: the objects in replaced object streams are more than were counted.
	Incomplete bool
}

// revisionHistory lists the revisions, oldest first. It reads no bytes of the file.
func revisionHistory(f *pdffile.File) []revisionRow {
	list := f.Revisions()
	out := make([]revisionRow, len(list))
	c := objectCount{f: f, left: maxMembers}
	for n, r := range list {
		out[n] = revisionRow{N: n, Start: r.Start, End: r.End}
		for i := range r.Sections {
			out[n].Sections = append(out[n].Sections, sectionName(r.Sections[i].Kind))
		}
		c.revision(n, &out[n])
	}
	return out
}

func sectionName(k pdffile.SectionKind) string {
	switch k {
	case pdffile.Table:
		return "table"
	case pdffile.StreamSection:
		return "stream"
	case pdffile.Hybrid:
		return "hybrid"
	}
	return "rebuilt"
}

// hashRevisions sets the digests, in one pass over the file. The error is one of the
// context or of the file's reader.
func hashRevisions(ctx context.Context, f *pdffile.File, rows []revisionRow) error {
	h := sha256.New()
	at := int64(0)
	for i := range rows {
		if err := copySection(ctx, h, f, at, rows[i].End); err != nil {
			return err
		}
		at = rows[i].End
		h.Sum(rows[i].SHA256[:0])
	}
	return nil
}
