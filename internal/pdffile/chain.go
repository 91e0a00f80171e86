package pdffile

import "bytes"

// chain follows the sections from the last startxref on, newest first (7.5.5, 7.5.6).
// An error says why the strict pass fails.
func (f *File) chain(w *window) error {
	first, err := f.lastStartXRef(w)
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for at := first; ; {
		if seen[at] {
			return unreadable(at, "the chain of cross-reference sections leads back to this one")
		}
		seen[at] = true
		if len(f.sections) >= maxSections {
			return limit(at, "cross-reference sections", maxSections)
		}
		s, err := f.section(w, at)
		if err != nil {
			return err
		}
		f.sections = append(f.sections, s)
		if err := f.hybrid(w, s); err != nil {
			return err
		}
		prev, more, err := f.previous(s)
		if err != nil || !more {
			return err
		}
		at = prev
	}
}

// section reads a table or a stream.
func (f *File) section(w *window, at int64) (Section, error) {
	if at < 0 || at >= f.src.size {
		return Section{}, unreadable(at, "a cross-reference section out of the file")
	}
	b, err := w.peek(at, 64)
	if err != nil {
		return Section{}, err
	}
	i := spaces(b, 0)
	if i > 0 {
		f.found(FoundStartXRef, at, Ref{}, "white space stands where a cross-reference section should begin")
	}
	if hasPrefix(b, i, "xref") {
		return f.table(w, at+int64(i))
	}
	return f.xrefStream(w, at)
}

// hybrid reads the stream that a table names besides (7.5.8.4). It leads to no other
// section, so several tables may name the same one: tools copy trailers.
func (f *File) hybrid(w *window, s Section) error {
	if !s.Trailer.Has("XRefStm") {
		return nil
	}
	at, ok := s.Trailer.Integer("XRefStm")
	if !ok || s.Kind != Table {
		f.found(FoundTrailer, s.Trailer.From, Ref{}, "an XRefStm that counts for nothing")
		return nil
	}
	if at += f.base; at < 0 || at >= f.src.size {
		return unreadable(s.Trailer.From, "XRefStm leads out of the file")
	}
	if len(f.sections) >= maxSections {
		return limit(at, "cross-reference sections", maxSections)
	}
	h, err := f.xrefStream(w, at)
	if err != nil {
		return err
	}
	h.Kind = Hybrid
	f.sections = append(f.sections, h)
	return nil
}

// previous returns where Prev leads to.
func (f *File) previous(s Section) (at int64, more bool, err error) {
	switch prev := s.Trailer.Get("Prev").(type) {
	case Null:
		return 0, false, nil
	case Integer:
		if prev == 0 {
			f.found(FoundTrailer, s.Trailer.From, Ref{}, "Prev is 0")
			return 0, false, nil
		}
		if prev < 0 || int64(prev) >= f.src.size-f.base {
			return 0, false, unreadable(s.Trailer.From, "Prev leads out of the file")
		}
		return int64(prev) + f.base, true, nil
	default:
		return 0, false, unreadable(s.Trailer.From, "Prev is no number")
	}
}

// lastStartXRef finds the startxref in the last bytes of the file, and the section that
// it names. Its number counts from the header, or from the start of the file: where the
// two differ, the one that leads to a section is right.
func (f *File) lastStartXRef(w *window) (int64, error) {
	from := max(0, f.src.size-maxHeader)
	b, err := w.peek(from, maxHeader)
	if err != nil {
		return 0, err
	}
	i := bytes.LastIndex(b, []byte("startxref"))
	if i < 0 {
		return 0, unreadable(f.src.size, "no startxref in the last %d bytes", maxHeader)
	}
	f.lastStart = from + int64(i)
	n, end := digits(b, spaces(b, i+9))
	if end == spaces(b, i+9) {
		return 0, unreadable(f.lastStart, "no number behind startxref")
	}
	if f.header > 0 && n <= f.src.size-f.header {
		if ok, err := f.sectionAt(w, n+f.header); err != nil {
			return 0, err
		} else if ok {
			f.base = f.header
		}
	}
	return n + f.base, nil
}

// sectionAt reports whether a section may begin at the place.
func (f *File) sectionAt(w *window, at int64) (bool, error) {
	b, err := w.peek(at, 64)
	if err != nil {
		return false, err
	}
	if hasPrefix(b, spaces(b, 0), "xref") {
		return true, nil
	}
	_, _, _, err = header(b, true)
	return err == nil, nil
}
