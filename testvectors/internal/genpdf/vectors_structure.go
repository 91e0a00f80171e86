package main

import "fmt"

// vectorsStructure: the forms in which a file may be written, and broken ones.
func vectorsStructure(s *suite) {
	s.add("streams", "cross-reference streams and object streams in all revisions", packed(asStream))
	s.add("hybrid", "tables, with a stream beside them for objects in object streams", packed(asHybrid))
	d := newDocument().end()
	d.sign(cades(container{}))
	d.end(leading(func(at int) string { return fmt.Sprint(2 * at) }))
	s.add("startxref-lies", "the place of the last table is wrong, and only a search finds it", d).
		refused("#signature-1", "structure", "pdf.not-strict")
	s.addFile("unreadable", "it claims to be a signed document, and no structure can be found", []byte("%PDF-1.7\n<</ByteRange[0 1 2 3]/Contents<00>>>\n")).
		refusedFile("", "pdf.unreadable")
}

// packed has objects in object streams; its tables end as the edit says.
func packed(form endEdit) *document {
	d := newDocument()
	d.pack(item{20, "<</Producer(Example)>>"}, item{21, "[1 2 3]"})
	d.end(form, trailing("/Info 20 0 R"))
	d.sign(cades(container{}))
	return d.end(form, trailing("/Info 20 0 R"))
}
