package main

import (
	"encoding/binary"
	"fmt"
	"hash/adler32"
)

// vectorsStructure: the forms in which a file may be written, and broken ones.
func vectorsStructure(s *suite) {
	s.add("streams", "cross-reference streams and object streams in all revisions", packed(asStream))
	s.add("hybrid", "tables, with a stream beside them for objects in object streams", packed(asHybrid))
	d := newDocument().end()
	d.sign(cades(container{}))
	d.end(leading(func(at int) string { return fmt.Sprint(2 * at) }))
	s.add("startxref-lies", "the place of the last table is wrong, and only a search finds it", d).
		refused("#signature-1", "structure", "pdf.not-strict").warns("pdf.structure")
	d = newDocument()
	n := d.add("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/" + detached + "/ByteRange[0 0 0 0]/Contents<0000>>>")
	d.end()
	d.obj(n, "null")
	d.end()
	d.sign(cades(container{}))
	s.add("remnant", "room for a signature, which was given up before the document was signed", d.end()).warns("pdf.signature-remnant")
	d = newDocument().end(leading(func(int) string { return "7" }))
	d.sign(cades(container{}))
	s.add("startxref-lies-before", "the place of the first table is wrong, and the next one names the right one", d.end())
	d = newDocument().end()
	d.sign(cades(container{}))
	d.end(func(e *ending) { e.prev = func(prev int) string { return fmt.Sprintf("/Prev %d", prev+1) } })
	s.add("prev-lies", "the table leads to a wrong place for the one before", d).refused("#signature-1", "structure", "pdf.not-strict")
	s.addFile("unreadable", "it claims to be a signed document, and no structure can be found", []byte("%PDF-1.7\n<</ByteRange[0 1 2 3]/Contents<00>>>\n")).
		refusedFile("", "pdf.unreadable")
	objectStreams(s)
	freeObjects(s)
	d = newDocument().end()
	d.sign(cades(container{}))
	d.end()
	s.add("line-ends-behind", "ends of lines behind the last end-of-file marker, as mail programs add them: bytes of no revision", d).
		edited(func(b []byte) []byte { return append(b, "\r\n\n"...) }).refused("#signature-1", "later-changes", "pdf.modified-after-signing")
	d = newDocument().end()
	d.sign(cades(container{}))
	s.add("line-ends-signed", "ends of lines behind the last end-of-file marker that are signed", d.end(func(e *ending) { e.after = "\r\n\n" }))
	s.add("linearized", "a linearized file, signed in an update", linearized())
}

// packed has objects in object streams; its tables end as the edit says.
func packed(form endEdit) *document {
	d := newDocument()
	d.pack(item{20, "<</Producer(Example)>>"}, item{21, "[1 2 3]"})
	d.end(form, trailing("/Info 20 0 R"))
	d.sign(cades(container{}))
	return d.end(form, trailing("/Info 20 0 R"))
}

// objectStreams: compressed ones, ones that extend others, and a catalog in one.
func objectStreams(s *suite) {
	info := item{20, "<</Producer(Example)>>"}
	d := newDocument()
	d.packWith("/Filter/FlateDecode", stored, info, item{21, "[1 2 3]"})
	d.end(asStream, trailing("/Info 20 0 R"))
	d.sign(cades(container{}))
	s.add("streams-flate", "an object stream with FlateDecode", d.end(asStream, trailing("/Info 20 0 R")))
	d = newDocument()
	d.packWith("/Filter[/ASCIIHexDecode/FlateDecode]", func(b []byte) []byte { return fmt.Appendf(nil, "%x>", stored(b)) }, info)
	d.end(asStream, trailing("/Info 20 0 R"))
	d.sign(cades(container{}))
	s.add("streams-filters", "an object stream with two filters", d.end(asStream, trailing("/Info 20 0 R")))
	d = newDocument()
	first := d.pack(info)
	d.end(asStream, trailing("/Info 20 0 R"))
	d.packWith("/Extends "+ref(first), func(b []byte) []byte { return b }, item{22, "[4 5 6]"})
	d.end(asStream, trailing("/Info 20 0 R"))
	d.sign(cades(container{}))
	s.add("streams-extends", "an object stream that extends another one", d.end(asStream, trailing("/Info 20 0 R")))
	d = newDocument()
	d.flush()
	d.pack(item{objCatalog, d.usual(objCatalog)}, item{objPage, d.usual(objPage)}, item{objForm, d.usual(objForm)})
	d.end(asStream)
	d.sign(cades(container{}))
	s.add("catalog-packed", "catalog, page and form lie in an object stream, and the update has them outside", d.end(asStream))
	d = newDocument().end()
	d.sign(cades(container{}))
	s.add("table-then-stream", "a table, and a cross-reference stream in the update", d.end(asStream))
	d = newDocument().end(asStream)
	d.sign(cades(container{}))
	s.add("stream-then-table", "a cross-reference stream, and a table in the update", d.end())
}

// stored is zlib without compression, so that no library decides about the bytes.
func stored(data []byte) []byte {
	out := []byte{0x78, 0x01, 0x01}
	out = binary.LittleEndian.AppendUint16(out, uint16(len(data)))
	out = binary.LittleEndian.AppendUint16(out, ^uint16(len(data)))
	return binary.BigEndian.AppendUint32(append(out, data...), adler32.Checksum(data))
}

// freeObjects: the list of free objects, before the signature and in its revision.
func freeObjects(s *suite) {
	d := newDocument()
	a, b := d.add("[1]"), d.add("[2]")
	d.end()
	d.rows[0], d.rows[a], d.rows[b] = row{'f', a, 65535}, row{'f', b, 1}, row{'f', 0, 1}
	d.end()
	d.sign(cades(container{}))
	s.add("free-chain", "objects were freed before the signature, and stand in the list of free ones", d.end())
	d = newDocument()
	a = d.add("[1]")
	d.end()
	d.rows[0], d.rows[a] = row{'f', a, 65535}, row{'f', 0, 1}
	d.sign(cades(container{}))
	s.add("free-in-signed", "an object that nobody uses was freed in the revision that is signed", d.end())
	d = newDocument()
	a = d.add("[1]")
	d.end()
	d.rows[0], d.rows[a] = row{'f', a, 65535}, row{'f', a, 1}
	d.end()
	d.sign(cades(container{}))
	s.add("free-circle", "the list of free objects goes in a circle, which nothing depends on", d.end())
	d = newDocument()
	a = d.add("[1]")
	d.end()
	d.sign(cades(container{}))
	d.end()
	d.rows[0], d.rows[a] = row{'f', a, 65535}, row{'f', 0, 1}
	s.add("free-later", "an object of the signed revision was freed after the signature, though nothing leads to it", d.end()).
		refused("#signature-1", "later-changes", "pdf.modified-after-signing")
}
