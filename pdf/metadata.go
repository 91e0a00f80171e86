package pdf

import (
	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// trailerKey reports the entries of a trailer that say how the file is written (7.5.5,
// 7.5.8.2), and not what is in it. DocChecksum is LibreOffice's.
func trailerKey(key pdffile.Name) bool {
	switch key {
	case "Size", "Prev", "XRefStm", "Type", "W", "Index", "Filter", "DecodeParms", "Length", "DocChecksum":
		return true
	}
	return false
}

// infoKey reports the entries of the information dictionary (14.3.3) that every writer
// sets.
func infoKey(key pdffile.Name) bool {
	return key == "ModDate" || key == "CreationDate" || key == "Producer"
}

// trailer compares the trailers.
func (b *pair) trailer() error {
	old, new := b.s.view.Trailer(), b.view.Trailer()
	rev := b.view.Revision()
	none := pdffile.Ref{}
	for _, key := range diffKeys(old, new) {
		is := new.Get(key)
		switch {
		case trailerKey(key), key == "Info":
		case key == "ID":
			b.claim(is, classMetadata, true, "")
		case key == "Root":
			b.deny(rev, classRepointed, none, "trailer: Root", "another catalog", is)
		case key == "Encrypt":
			b.deny(rev, classEncryption, none, "trailer: Encrypt", "not on the list of permitted changes", is)
		default:
			if err := b.privateEntry(rev, key, is); err != nil {
				return err
			}
		}
	}
	for _, m := range new.Members {
		if m.Key == "Root" || m.Key == "Info" || m.Key == "ID" || m.Key == "Encrypt" || trailerKey(m.Key) || !sameEntry(old, new, m.Key) {
			continue
		}
		for _, ref := range refsIn(m.Value) { // which may have led nowhere
			if d := b.deltas[ref.Number]; d != nil && !d.was {
				if err := b.privateEntry(rev, m.Key, m.Value); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}

// privateEntry judges an entry of the trailer that the standard does not know. Signers
// that write them anew give them wrong numbers (AdditionalStreams of LibreOffice), which
// does no harm unless a stream stands there.
func (b *pair) privateEntry(rev int, key pdffile.Name, o pdffile.Object) error {
	for _, ref := range refsIn(o) {
		x, err := readObject(b.view, ref)
		if err != nil {
			return err
		}
		if _, stream := x.(*pdffile.Stream); stream {
			b.deny(rev, classFiles, pdffile.Ref{}, "trailer: "+label(key), "it leads to another stream", o)
			return nil
		}
	}
	b.note(rev, classMetadata, pdffile.Ref{}, "trailer: "+label(key), true, "no entry of the standard, and it leads to no stream", nil)
	return nil
}

// infos compares the information dictionaries.
func (b *pair) infos() error {
	old, new := b.s.view.Trailer().Get("Info"), b.view.Trailer().Get("Info")
	if sameValue(old, new) && !b.touches(new) {
		return nil
	}
	was, err := resolveDict(b.s.view, old)
	if err != nil {
		return err
	}
	is, err := resolveDict(b.view, new)
	if err != nil {
		return err
	}
	rev, at := b.view.Revision(), pdffile.Ref{}
	if ref, ok := new.(pdffile.Ref); ok {
		rev, at = b.revOf(ref, rev), ref
		if d, fresh := b.isNew(ref); d != nil && !d.done && !d.claimed {
			d.done = fresh || d.is && d.was && ref == old && b.s.uses[d.number].plain == 0 && !b.moved(d)
		}
	}
	for _, key := range diffKeys(was, is) {
		value := is.Get(key)
		switch {
		case infoKey(key):
			b.allow(rev, classMetadata, at, "Info: "+label(key), "", value)
		case sameText(b, was.Get(key), value):
			b.note(rev, classMetadata, at, "Info: "+label(key), true, "the same text in another encoding", value)
		default:
			b.deny(rev, classMetadata, at, "Info: "+label(key), "only dates and the producer may change", value)
		}
	}
	return nil
}

// sameText compares text strings by what they say; an empty one says no more than none.
func sameText(b *pair, old, new pdffile.Object) bool {
	x, err := resolveIn(b.s.view, old)
	y, err2 := resolveIn(b.view, new)
	if err != nil || err2 != nil {
		return false
	}
	p, ok := x.(pdffile.String)
	q, ok2 := y.(pdffile.String)
	if !ok && !isNull(x) || !ok2 && !isNull(y) || p.Sealed || q.Sealed {
		return false
	}
	return decodeText(p.Bytes) == decodeText(q.Bytes)
}

// metadata judges another metadata stream of the document (14.3.2).
func (b *pair) metadata(rev int, what string, old, new pdffile.Object) error {
	x, err := resolveIn(b.view, new)
	if err != nil {
		return err
	}
	if _, ok := x.(*pdffile.Stream); !ok && !isNull(new) {
		b.deny(rev, classType, b.catalog, what, "no stream", new)
		return nil
	}
	b.allow(rev, classMetadata, b.catalog, what, "", new)
	return nil
}
