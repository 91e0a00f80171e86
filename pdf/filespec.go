package pdf

import (
	"bytes"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// FileName is one of the names that a document gives to an embedded file.
type FileName struct {
	// Key is the entry of the file specification: UF, F, Unix, Mac or DOS; Names for the
	// key in the name tree, RF for a name beside a related file.
	Key string
	// Text is the name as it is decoded. It may hold anything: path separators, control
	// characters, characters that turn the direction of writing.
	Text string
	// Raw is the string before decoding, at most maxFileName bytes of it.
	Raw []byte
	// Sealed: the name is encrypted and the password is missing.
	Sealed bool

	cut bool
}

const (
	// maxFileName bounds one name or description. File systems end at 255 characters,
	// which UTF-16 writes in 510 bytes.
	maxFileName = 1024
	// shortFileName is what is kept of a name where there are too many.
	shortFileName = 64
)

// fileKeys are the keys under which a file specification has names and streams (ISO
// 32000-2, Table 43), in the order in which readers prefer them.
var fileKeys = [...]pdffile.Name{"UF", "F", "Unix", "Mac", "DOS"}

// fileSpec is a file specification with embedded files (7.11.3).
type fileSpec struct {
	ref          pdffile.Ref // number 0 where it is no object of its own
	names        []FileName
	description  string
	described    bool // has a Desc
	relationship string
	related      bool // has an AFRelationship, which is a name
	embedded     []embeddedRef
}

// embeddedRef is a stream that a file specification names: under a key of EF, or with a
// name of its own in RF (7.11.4.3).
type embeddedRef struct {
	key  pdffile.Name
	ref  pdffile.Ref
	name *FileName
}

// spec reads a file specification. One without embedded files is of no interest: it
// names a file elsewhere.
func (x *fileReader) spec(d pdffile.Dict, place *Place) error {
	ef, ok, err := fileValue[pdffile.Dict](x, d.Get("EF"))
	if err != nil || !ok {
		return err
	}
	s := &fileSpec{ref: x.own}
	for _, key := range fileKeys {
		if err := x.embedded(s, key, ef.Get(key)); err != nil {
			return err
		}
	}
	if err := x.related(s, d.Get("RF")); err != nil {
		return err
	}
	if len(s.embedded) == 0 {
		return nil
	}
	for _, key := range fileKeys {
		text, ok, err := fileValue[pdffile.String](x, d.Get(key))
		if err != nil {
			return err
		}
		if ok {
			s.names = append(s.names, x.name(string(key), text))
		}
	}
	desc, ok, err := fileValue[pdffile.String](x, d.Get("Desc"))
	if err != nil {
		return err
	}
	if s.described = ok; ok {
		s.description = x.name("Desc", desc).Text
	}
	relationship, ok, err := fileValue[pdffile.Name](x, d.Get("AFRelationship"))
	if err != nil {
		return err
	}
	if s.related = ok; ok {
		s.relationship = string(relationship[:min(len(relationship), maxFileName)])
	}
	x.compareNames(s)
	x.node.items = append(x.node.items, fileItem{spec: s, place: place})
	return nil
}

// embedded adds the stream under a key of EF. That two keys name two streams is a
// finding: one reader extracts this one, another that one.
func (x *fileReader) embedded(s *fileSpec, key pdffile.Name, o pdffile.Object) error {
	if (o == pdffile.Null{}) {
		return nil
	}
	ref, ok, err := x.stream(o)
	if err != nil {
		return err
	}
	if !ok {
		x.found(foundAttachmentMissing, "the file specification has an embedded file under %s that is no stream, or cannot be read", key)
		return nil
	}
	if len(s.embedded) > 0 && s.embedded[0].ref != ref {
		x.found(foundAttachmentAmbiguous, "the file specification embeds object %d under %s and object %d under %s", s.embedded[0].ref.Number, s.embedded[0].key, ref.Number, key)
	}
	s.embedded = append(s.embedded, embeddedRef{key: key, ref: ref})
	return nil
}

// related adds the related files: for each key an array of names and streams.
func (x *fileReader) related(s *fileSpec, o pdffile.Object) error {
	rf, ok, err := fileValue[pdffile.Dict](x, o)
	if err != nil || !ok {
		return err
	}
	for _, key := range fileKeys {
		list, _, err := fileValue[pdffile.Array](x, rf.Get(key))
		if err != nil {
			return err
		}
		for i := 0; i+1 < len(list); i += 2 {
			if len(s.embedded) >= x.scan.max.attachments {
				x.scan.cut("embedded files of a file specification", x.scan.max.attachments)
				return nil
			}
			text, ok, err := fileValue[pdffile.String](x, list[i])
			if err != nil {
				return err
			}
			ref, isStream, err := x.stream(list[i+1])
			if err != nil {
				return err
			}
			if !ok || !isStream {
				x.found(foundAttachmentMissing, "a related file under %s without a name or without a stream", key)
				continue
			}
			name := x.name("RF", text)
			s.embedded = append(s.embedded, embeddedRef{key, ref, &name})
		}
	}
	return nil
}

// name decodes a name (7.9.2.2, 7.11.2).
func (x *fileReader) name(key string, s pdffile.String) FileName {
	n := FileName{Key: key, Sealed: s.Sealed, Raw: x.scan.cutText(s.Bytes)}
	if !s.Sealed {
		n.Text = decodeText(n.Raw)
	}
	if n.cut = len(n.Raw) < len(s.Bytes); n.cut {
		x.found(foundAttachmentName, "a text of %d bytes under %s is cut to %d", len(s.Bytes), key, len(n.Raw))
	}
	if !isShown(n.Text) {
		x.found(foundAttachmentName, "the text under %s holds characters that are not shown, or turn the direction of writing", key)
	}
	return n
}

// compareNames looks whether all spellings are the same.
func (x *fileReader) compareNames(s *fileSpec) {
	for i := 1; i < len(s.names); i++ {
		if a, b := s.names[0], s.names[i]; a.Text != b.Text && !bytes.Equal(a.Raw, b.Raw) {
			x.found(foundAttachmentSpelling, "the name is %q under %s and %q under %s", shown(a.Text), a.Key, shown(b.Text), b.Key)
		}
	}
}
