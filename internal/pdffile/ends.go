package pdffile

import (
	"cmp"
	"slices"
)

// endings finds what ends each section, before the next one begins (7.5.5).
func (f *File) endings(w *window) error {
	var main []*Section
	for i := range f.sections {
		f.sections[i].StartXRef, f.sections[i].Marker, f.sections[i].End = -1, -1, -1
		if f.sections[i].Kind != Hybrid {
			main = append(main, &f.sections[i])
		}
	}
	slices.SortFunc(main, func(a, b *Section) int { return cmp.Compare(a.From, b.From) })
	for i, s := range main {
		next := f.src.size
		if i+1 < len(main) {
			next = main[i+1].From
		}
		if err := f.ending(w, s, max(next, s.To)); err != nil {
			return err
		}
	}
	return nil
}

// ending finds the startxref, %%EOF and end of line behind a section.
func (f *File) ending(w *window, s *Section, next int64) error {
	at := s.To
	b, err := w.peek(at, maxHeader)
	if err != nil {
		return err
	}
	i := blanks(b, 0)
	if !hasPrefix(b, i, "startxref") || at+int64(i) >= next {
		if at, err = w.find(s.To, next, "startxref"); err != nil {
			return err
		}
		if at < 0 {
			return f.marker(w, s, s.To, next)
		}
		f.found(FoundStartXRef, at, Ref{}, "something stands between a cross-reference section and its startxref")
		i = 0
		if b, err = w.peek(at, maxHeader); err != nil {
			return err
		}
	}
	s.StartXRef = at + int64(i)
	start := spaces(b, i+9)
	n, end := digits(b, start)
	if s.said = n; end == start {
		s.said = -1
	}
	return f.marker(w, s, at+int64(end), next)
}

// marker finds the %%EOF behind the place, which white space or little else precedes.
func (f *File) marker(w *window, s *Section, at, next int64) error {
	b, err := w.peek(at, int(min(max(next-at, 0), 64)))
	if err != nil {
		return err
	}
	i := spaces(b, 0)
	for j := i; !hasPrefix(b, i, "%%EOF"); i++ {
		if i >= len(b) {
			s.End = at + int64(eol(b, 0))
			return nil
		}
		if i == j && s.StartXRef >= 0 {
			f.found(FoundNoEnd, at, Ref{}, "something stands between a startxref and its %%%%EOF")
		}
	}
	s.Marker = at + int64(i)
	if b, err = w.peek(s.Marker, 7); err != nil {
		return err
	}
	s.End = s.Marker + int64(eol(b, 5))
	return nil
}
