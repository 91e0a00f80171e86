package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// assemble makes attachments of the streams: first those that the document has, then
// those that older revisions had and that no other file took the place of.
func (s *attachmentScan) assemble() (list []*Attachment, err error) {
	s.view = s.file.Last()
	var gone []*Attachment
	for _, t := range s.order {
		a, err := s.attachment(t)
		switch {
		case err != nil:
			return list, err
		case a == nil:
		case a.Removed >= 0:
			gone = append(gone, a)
		default:
			list = append(list, a)
		}
	}
	s.checkTwice(list)
	next := successors{}
	for _, a := range list {
		next.add(a)
	}
	for _, old := range gone {
		if a := next.of(old); a != nil {
			a.Older = append(append(a.Older, old.EmbeddedFile), old.Older...)
			a.FirstNamed = min(a.FirstNamed, old.FirstNamed)
			continue
		}
		list = append(list, old)
		next.add(old)
	}
	return list, nil
}

// attachment makes one of a stream, with its earlier versions in the same object. It
// returns nil where the stream cannot be read.
func (s *attachmentScan) attachment(t *trackedFile) (*Attachment, error) {
	newest, oldest := t.named[0].to, t.named[len(t.named)-1].from
	a := &Attachment{FirstNamed: oldest, Removed: -1, specs: t.specs, Places: t.places, MorePlaces: t.more}
	if newest < s.last {
		a.Removed = newest + 1
	}
	for n := newest; n >= 0; {
		v, to := s.file.View(n), n
		rev, _ := v.Where(t.ref)
		if rev < 0 {
			break
		}
		n = rev - 1
		e, err := newEmbeddedFile(v, s.file, t.ref)
		if err != nil {
			return nil, err
		}
		if e == nil {
			continue
		}
		e.named = within(t.named, rev, to)
		if a.EmbeddedFile == nil {
			a.EmbeddedFile = e
			continue
		}
		if len(e.named) == 0 && !e.typed { // the object was something else
			continue
		}
		if s.versions++; s.versions > s.max.versions {
			s.cut("older versions of embedded files", s.max.versions)
			break
		}
		a.Older = append(a.Older, e)
	}
	if a.EmbeddedFile == nil {
		return nil, nil
	}
	a.gather(t)
	return a, nil
}

// within returns the parts of ranges between two revisions.
func within(list []revisionRange, from, to int) (out []revisionRange) {
	for _, r := range list {
		if r = (revisionRange{max(r.from, from), min(r.to, to)}); r.from <= r.to {
			out = append(out, r)
		}
	}
	return out
}

// gather collects what the file specifications say.
func (a *Attachment) gather(t *trackedFile) {
	add := func(n FileName) {
		for i := range a.Names {
			if a.Names[i].same(&n) {
				return
			}
		}
		a.Names = append(a.Names, n)
	}
	for _, spec := range t.specs {
		for _, n := range spec.names {
			add(n)
		}
		if a.Description == "" {
			a.Description = spec.description
		}
		if a.Relationship == "" {
			a.Relationship = spec.relationship
		}
	}
	for i := range t.places {
		if k := t.places[i].key; k != nil {
			add(*k)
		}
	}
	for _, n := range t.own {
		add(n)
	}
	for _, n := range a.Names { // those of the first file specification come first
		if n.Text != "" {
			a.Name = shown(n.Text)
			break
		}
	}
}

// checkTwice looks for two present attachments of one name: it depends on the reader
// which of them is shown.
func (s *attachmentScan) checkTwice(list []*Attachment) {
	seen := map[string]*Attachment{}
	for _, a := range list {
		name := strings.ToLower(a.Name)
		if first := seen[name]; first != nil && name != "" {
			s.found(foundAttachmentTwice, a.Ref, "the name %q is also that of object %d", a.Name, first.Ref.Number)
			continue
		}
		seen[name] = a
	}
}

// cutText keeps a text within the limits.
func (s *attachmentScan) cutText(b []byte) []byte {
	n := min(len(b), maxFileName)
	if s.text+n > s.max.text {
		n = min(n, shortFileName)
	}
	s.text += n
	return append([]byte(nil), b[:n]...)
}

// shown replaces what is not printed, so that a name cannot hide what it is.
func shown(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return utf8.RuneError
	}, text)
}

func isShown(text string) bool { return !strings.ContainsRune(shown(text), utf8.RuneError) }
