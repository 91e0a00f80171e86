package pdffile

import (
	"cmp"
	"slices"
)

// group makes revisions of the chain.
func (f *File) group(w *window, linear bool) error {
	if err := f.endings(w); err != nil {
		return err
	}
	groups := f.groups(linear)
	if len(groups) > MaxRevisions {
		return limit(f.src.size, "revisions", MaxRevisions)
	}
	start := int64(0)
	for n, g := range groups {
		r := &Revision{Start: start, Sections: g, Trailer: g[0].Trailer, file: f, n: n}
		last := lastMain(g)
		r.End, r.Marker = max(last.End, start), last.Marker
		f.checkEnds(g, last, linear && n == 0)
		f.collect(r)
		f.revisions = append(f.revisions, r)
		start = r.End
	}
	return nil
}

// groups cuts the chain, and returns the groups oldest first. Each group's sections
// stay in the order of the chain.
//
// A section whose Prev leads forward was in force only once the later bytes were there,
// so both belong to one revision: that is the form of a linearized file (Annex F). So
// do a section without an end of its own and the one that follows it: what writers of
// hybrid files make.
func (f *File) groups(linear bool) [][]Section {
	var out [][]Section
	for i := 0; i < len(f.sections); {
		end := i + 1
		for end < len(f.sections) && f.sections[end].Kind == Hybrid {
			end++
		}
		g := f.sections[i:end]
		for len(out) > 0 {
			newer := out[len(out)-1]
			last := lastMain(g)
			forward := last.From > firstMain(newer)
			if !forward && (last.StartXRef >= 0 || last.Marker >= 0) {
				break
			}
			if forward && !(linear && end == len(f.sections) && len(g) <= 2) {
				f.found(FoundOrder, newer[0].From, Ref{}, "Prev leads forward to %d", last.From)
			}
			i -= len(newer)
			g = f.sections[i:end]
			out = out[:len(out)-1]
		}
		out = append(out, g)
		i = end
	}
	slices.Reverse(out)
	return out
}

// lastMain is the section that stands last in the file.
func lastMain(g []Section) *Section {
	last := &g[0]
	for i := range g {
		if g[i].Kind != Hybrid && g[i].From > last.From {
			last = &g[i]
		}
	}
	return last
}

// firstMain is the place of the section that stands first in the file.
func firstMain(g []Section) int64 {
	at := g[0].From
	for _, s := range g {
		if s.Kind != Hybrid {
			at = min(at, s.From)
		}
	}
	return at
}

// checkEnds looks whether a revision ends as it should, and whether each startxref
// names one of its sections: 0 stands in the first part of a linearized file.
func (f *File) checkEnds(g []Section, last *Section, linear bool) {
	if last.StartXRef < 0 {
		f.found(FoundStartXRef, last.To, Ref{}, "no startxref behind a cross-reference section")
	}
	if last.Marker < 0 {
		f.found(FoundNoEnd, last.End, Ref{}, "no %%%%EOF behind a cross-reference section")
	}
	for i := range g {
		s := &g[i]
		if s.Kind == Hybrid || s.StartXRef < 0 {
			continue
		}
		right := linear && s.said == 0 && s != last
		for j := range g {
			right = right || g[j].Kind != Hybrid && s.said == g[j].From-f.base
		}
		if !right {
			f.found(FoundStartXRef, s.StartXRef, Ref{}, "startxref says %d behind the section at %d", s.said, s.From-f.base)
		}
	}
}

// collect gathers the rows of a revision by precedence.
func (f *File) collect(r *Revision) {
	for i := range r.Sections {
		s := &r.Sections[i]
		rows := sortRows(f.rows[s.rows[0]:s.rows[1]], func(first, other *row) {
			f.found(FoundRowTwice, s.From, Ref{other.number, other.gen}, "object %d has two entries in one section", other.number)
		})
		s.rows[1] = s.rows[0] + len(rows)
	}
	first := &r.Sections[0]
	if len(r.Sections) == 1 {
		r.rows = f.rows[first.rows[0]:first.rows[1]]
	} else {
		for i := 0; i < len(r.Sections); i++ {
			s := &r.Sections[i]
			rows := f.rows[s.rows[0]:s.rows[1]]
			if i+1 < len(r.Sections) && r.Sections[i+1].Kind == Hybrid {
				i++
				rows = f.join(rows, f.rows[r.Sections[i].rows[0]:r.Sections[i].rows[1]], r.Sections[i].From)
			}
			r.rows = append(r.rows, rows...)
		}
		r.rows = sortRows(r.rows, func(_, _ *row) {})
	}
	for i := range r.rows {
		r.rows[i].rev = uint16(r.n)
	}
}

// join puts a table and its XRefStm together (7.5.8.4): what the table has in use
// counts, then the stream, then what the table has free.
func (f *File) join(table, stream []row, at int64) []row {
	var out []row
	for len(table)+len(stream) > 0 {
		switch {
		case len(stream) == 0 || len(table) > 0 && table[0].number < stream[0].number:
			out, table = append(out, table[0]), table[1:]
		case len(table) == 0 || stream[0].number < table[0].number:
			out, stream = append(out, stream[0]), stream[1:]
		default:
			winner := table[0]
			if table[0].kind() == Free {
				winner = stream[0]
			} else if !table[0].same(&stream[0]) {
				f.found(FoundHybrid, at, Ref{winner.number, winner.gen}, "table and XRefStm give object %d differently", winner.number)
			}
			out, table, stream = append(out, winner), table[1:], stream[1:]
		}
	}
	return out
}

// order makes the index by which objects are looked up when there are several
// revisions: the places in all rows, by object number and then by revision.
func (f *File) order() {
	n := 0
	for _, r := range f.revisions {
		n += len(r.rows)
	}
	f.all = make([]*row, 0, n)
	for _, r := range f.revisions {
		for i := range r.rows {
			f.all = append(f.all, &r.rows[i])
		}
	}
	if len(f.revisions) > 1 {
		slices.SortFunc(f.all, func(a, b *row) int {
			return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.rev, b.rev))
		})
	}
}
