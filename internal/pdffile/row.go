package pdffile

import (
	"cmp"
	"iter"
	"slices"
)

// EntryKind is what a cross-reference entry says of its object.
type EntryKind uint8

// The kinds of entries (7.5.4, 7.5.8.3). An entry of an unknown type is Unknown, which
// means the null object.
const (
	Free EntryKind = iota
	InFile
	InStream
	Unknown
)

// Entry is one cross-reference entry.
type Entry struct {
	Kind       EntryKind
	Generation uint16
	// Offset and End are the object of an InFile entry, from its number to behind
	// endobj. Where no such object stands, or nothing was checked (Options.NoScan), End
	// is -1 and Offset is what the table says.
	Offset, End int64
	// Container and Index are the object stream of an InStream entry and the place in it.
	Container uint32
	Index     int
}

// row is an Entry as it is kept: there may be millions.
type row struct {
	number uint32
	gen    uint16
	rev    uint16
	pos    int64 // offset; or container and index; behind kindShift the kind
	end    int64 // behind the object; 0: not known
}

// The kind is kept in the upper bits of pos. Offsets beyond are out of any file.
const (
	kindShift = 61
	posMask   = 1<<kindShift - 1
)

func makeRow(number uint32, gen uint16, k EntryKind, pos int64) row {
	return row{number: number, gen: gen, pos: min(pos, posMask) | int64(k)<<kindShift}
}

func inStream(number, container, index uint32) row {
	return makeRow(number, 0, InStream, int64(container&(1<<29-1))<<32|int64(index))
}

func (r *row) kind() EntryKind   { return EntryKind(uint64(r.pos) >> kindShift) }
func (r *row) offset() int64     { return r.pos & posMask }
func (r *row) container() uint32 { return uint32(r.offset() >> 32) }
func (r *row) index() uint32     { return uint32(r.offset()) }

// move sets the offset.
func (r *row) move(to int64) { r.pos = r.pos&^posMask | to }

// same reports whether two rows give the same bytes, whatever revision they stand in.
func (r *row) same(o *row) bool { return r.pos == o.pos && r.gen == o.gen }

func (r *row) entry() Entry {
	e := Entry{Kind: r.kind(), Generation: r.gen, Offset: -1, End: -1}
	switch e.Kind {
	case InFile:
		e.Offset = r.offset()
		if r.end > 0 {
			e.End = r.end
		}
	case InStream:
		e.Container, e.Index = r.container(), int(r.index())
	}
	return e
}

// SectionKind is the form of a cross-reference section.
type SectionKind uint8

// The forms. Rebuilt is a section that the tolerant pass made up.
const (
	Table SectionKind = iota
	StreamSection
	Hybrid // the stream that a table's XRefStm names
	Rebuilt
)

// Section is a cross-reference section: the bytes From to To, which are a table with
// its trailer or an object with a stream.
type Section struct {
	Kind     SectionKind
	From, To int64
	Trailer  Dict
	// Ref is the object of a stream.
	Ref Ref
	// StartXRef and Marker are where the startxref and the %%EOF behind the section
	// stand, and End is behind that and its end of line; -1 where there is none.
	StartXRef, Marker, End int64

	rows [2]int // in File.rows
	said int64  // the number behind startxref, -1 without one
}

// Revision is one state of the document: the bytes Start to End that were added, and
// what their sections say. The two sections of a linearized file are one revision, and
// so are sections of which only the last has a startxref and an %%EOF.
type Revision struct {
	Start, End int64
	// Marker is where the %%EOF stands that ends the revision, -1 if none does.
	Marker int64
	// Sections are in the order of the chain: what comes first counts first.
	Sections []Section
	// Trailer is that of the first section.
	Trailer Dict

	file *File
	n    int
	rows []row // by number
}

// Entries yields what the revision's own tables say, by object number. Entries of
// older revisions are not among them.
func (r *Revision) Entries() iter.Seq2[uint32, Entry] {
	return func(yield func(uint32, Entry) bool) {
		for i := range r.rows {
			if !yield(r.rows[i].number, r.rows[i].entry()) {
				return
			}
		}
	}
}

// Len is how many entries the revision has.
func (r *Revision) Len() int { return len(r.rows) }

// Findings returns the findings in the revision's bytes.
func (r *Revision) Findings() []Finding {
	var out []Finding
	for _, x := range r.file.findings {
		if x.Revision == r.n {
			out = append(out, x)
		}
	}
	return out
}

// sortRows orders the rows of a section or revision by number. Of rows with the same
// number the first one stays; others are handed to extra.
func sortRows(rows []row, extra func(first, other *row)) []row {
	ascending := true
	for i := 1; i < len(rows) && ascending; i++ {
		ascending = rows[i-1].number < rows[i].number
	}
	if ascending {
		return rows
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.number, b.number) })
	kept := rows[:1]
	for i := 1; i < len(rows); i++ {
		if last := &kept[len(kept)-1]; rows[i].number == last.number {
			extra(last, &rows[i])
			continue
		}
		kept = append(kept, rows[i])
	}
	return kept
}
