package main

import (
	"fmt"
	"strings"
)

// list is a small file to attach.
var list = attachment{name: "list.txt", data: []byte("one\ntwo\n")}

func (a attachment) with(edit func(*attachment)) attachment {
	edit(&a)
	return a
}

// vectorsAttachments: embedded files, covered and not.
func vectorsAttachments(s *suite) {
	d := newDocument()
	d.attach(list)
	d.end()
	d.sign(cades(container{stamp: stampTime}))
	s.add("attachment", "a file was embedded before the signature", d.end()).
		existed("#signature-1", stampTime).existed("#attachment-1", stampTime)
	d = signed(cades(container{stamp: stampTime}))
	d.attach(list)
	s.add("attachment-later", "a file was embedded after the signature, which allows nothing of the kind", d.end()).
		refused("#signature-1", "later-changes", "pdf.modified-after-signing").says("#attachment-1", "pdf.attachment-not-covered")
	attachmentsCovered(s)
	attachmentsNot(s)
	attachmentClaims(s)
	attachmentPlaces(s)
}

// carrying is a document with attachments in its first revision, and signatures.
func carrying(files []attachment, by ...signature) *document {
	d := newDocument()
	for _, a := range files {
		d.attach(a)
	}
	d.end()
	for _, x := range by {
		d.sign(x)
		d.end()
	}
	return d
}

func attachmentsCovered(s *suite) {
	one := []attachment{list}
	s.add("attachment-stamped", "a file was embedded before the document time-stamp", carrying(one, stamping(archiveTime))).
		existed("#timestamp-1", archiveTime).existed("#attachment-1", archiveTime).whole(archiveTime)
	s.add("attachment-both", "a signature and two time-stamps cover the embedded file: the earliest time counts",
		carrying(one, cades(container{stamp: stampTime}), stamping(archiveTime))).
		existed("#signature-1", stampTime).existed("#timestamp-1", archiveTime).existed("#attachment-1", stampTime).whole(archiveTime)
	s.add("attachment-unproven", "a signature without a time covers the embedded file", carrying(one, cades(container{})))
	d := newDocument()
	d.attach(list)
	d.sign(cades(container{}))
	s.add("attachment-same-revision", "the file was embedded in the revision that is signed", d.end())
	s.add("attachment-empty", "an embedded file of no bytes", carrying([]attachment{{name: "empty.txt"}}, cades(container{})))
	two := []attachment{list, {name: "other.txt", data: []byte("three\n")}}
	s.add("attachments", "two embedded files", carrying(two, cades(container{})))
	s.add("attachment-spellings", "two file specifications with names that a reader may take for one",
		carrying([]attachment{{name: "List.txt", data: []byte("one\n")}, {name: "list.txt", data: []byte("two\n")}}, cades(container{})))
}

// attachmentsNot: what covers the attachment did not pass, or does not cover it.
func attachmentsNot(s *suite) {
	one := []attachment{list}
	v := s.add("attachment-failed", "the signature that covers the embedded file is wrong", carrying(one, cades(container{spoil: true})))
	v.says("#attachment-1", "pdf.attachment-not-covered").refused("#signature-1", "signature", "pdf.signature-invalid")
	v = s.add("attachment-no-anchor", "nobody trusts the signature that covers the embedded file", carrying(one, cades(container{}))).anchors()
	v.says("#attachment-1", "pdf.no-chain").refused("#signature-1", "certification-path", "pdf.no-chain")
	v = s.add("attachment-one-passes", "nobody trusts the signature over the embedded file, and the time-stamp over both passes",
		carrying(one, cades(container{}), stamping(archiveTime))).anchors()
	v.existed("#timestamp-1", archiveTime).existed("#attachment-1", archiveTime).refused("#signature-1", "certification-path", "pdf.no-chain")
	d := signed(cades(container{}))
	d.attach(list)
	d.end()
	d.sign(stamping(archiveTime))
	s.add("attachment-between", "a file was embedded after the signature, and before the document time-stamp", d.end()).
		existed("#timestamp-1", archiveTime).existed("#attachment-1", archiveTime).existed("#signature-1", "").
		refused("#signature-1", "later-changes", "pdf.modified-after-signing")
	changes := []struct {
		id, comment string
		change      func(d *document, stream, spec int)
	}{
		{"attachment-replaced", "the data of an embedded file were replaced after the signature", func(d *document, stream, _ int) {
			d.stream(stream, "/Type/EmbeddedFile/Subtype/text#2Fplain", []byte("three\n"))
		}},
		{"attachment-renamed", "the file specification of an embedded file was written again after the signature", func(d *document, stream, spec int) {
			d.obj(spec, fmt.Sprintf("<</Type/Filespec/F(other.txt)/UF(other.txt)/AFRelationship/Data/EF<</F %s/UF %s>>>>", ref(stream), ref(stream)))
		}},
	}
	for _, x := range changes {
		d := newDocument()
		stream, spec := d.attach(list)
		d.end()
		d.sign(cades(container{}))
		d.end()
		x.change(d, stream, spec)
		s.add(x.id, x.comment, d.end()).says("#attachment-1", "pdf.attachment-not-covered").
			refused("#signature-1", "later-changes", "pdf.modified-after-signing")
	}
	d = carrying(one, cades(container{}))
	d.set("Names", "")
	d.set("AF", "")
	s.add("attachment-removed", "an embedded file was taken out of the document after the signature", d.end()).
		nodes("#signature-1").refused("#signature-1", "later-changes", "pdf.modified-after-signing")
	for p := 2; p <= 3; p++ {
		d := newDocument().end()
		d.certify(p, cades(container{}))
		d.end()
		_, spec := d.attach(list.with(func(a *attachment) { a.hidden = true }))
		d.annotation(fmt.Sprintf("/Subtype/FileAttachment/Rect[10 10 20 20]/Name/Paperclip/Contents(A list)/FS %s", ref(spec)))
		d.attachments++
		v := s.add(fmt.Sprintf("attachment-annotation-later-%d", p), fmt.Sprintf("certified at level %d, then an annotation with a file was added", p), d.end()).
			says("#attachment-1", "pdf.attachment-not-covered")
		if p == 2 {
			v.refused("#signature-1", "later-changes", "pdf.modified-after-signing")
		}
	}
}

// attachmentClaims: what the document says of an attachment is the word of its producer.
func attachmentClaims(s *suite) {
	for _, x := range []struct{ id, comment, params string }{
		{"attachment-checksum", "the checksum of an embedded file is another one", "/Size 8/CheckSum<" + strings.Repeat("00", 16) + ">"},
		{"attachment-size", "the size of an embedded file is another one", "/Size 9"},
	} {
		s.add(x.id, x.comment, carrying([]attachment{list.with(func(a *attachment) { a.params = x.params })}, cades(container{}))).
			warns("pdf.attachment-checksum")
	}
	s.add("attachment-no-claims", "nothing is said of the size and the checksum of an embedded file",
		carrying([]attachment{list.with(func(a *attachment) { a.params = "/ModDate(D:20250101000000Z)" })}, cades(container{})))
	for _, x := range []struct{ id, comment, relationship string }{
		{"pdfa", "the metadata claim PDF/A-3, and the embedded file has its relationship", "Data"},
		{"pdfa-relationship", "the metadata claim PDF/A-3, and the relationship of the embedded file is none of its names", "Something"},
		{"pdfa-none", "the metadata claim PDF/A-3, and the embedded file has no relationship", "-"},
	} {
		d := newDocument()
		meta := d.addStream("/Type/Metadata/Subtype/XML", []byte(claimed))
		d.set("Metadata", ref(meta))
		stream, spec := d.attach(list.with(func(a *attachment) { a.relationship = strings.Trim(x.relationship, "-") }))
		if x.relationship == "-" {
			d.obj(spec, fmt.Sprintf("<</Type/Filespec/F(list.txt)/UF(list.txt)/EF<</F %s/UF %s>>>>", ref(stream), ref(stream)))
		}
		d.end()
		d.sign(cades(container{}))
		s.add(x.id, x.comment, d.end())
	}
}

// claimed are metadata that claim PDF/A-3b. That is claimed, and not judged.
const claimed = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`

// attachmentPlaces: where a document may name its files.
func attachmentPlaces(s *suite) {
	hidden := list.with(func(a *attachment) { a.hidden = true })
	for _, x := range []struct {
		id, comment string
		name        func(d *document, spec int)
	}{
		{"place-catalog", "the catalog alone names the file, under AF", func(d *document, spec int) { d.set("AF", "["+ref(spec)+"]") }},
		{"place-page", "the page names the file, under AF", func(d *document, spec int) { d.setPage("AF", "["+ref(spec)+"]") }},
		{"place-annotation", "an annotation names the file", func(d *document, spec int) {
			d.annotation("/Subtype/FileAttachment/Rect[10 10 20 20]/FS " + ref(spec))
		}},
		{"place-structure", "an element of the structure tree names the file, under AF", func(d *document, spec int) {
			n := d.add("<</Type/StructElem/S/Document/AF[" + ref(spec) + "]>>")
			d.set("StructTreeRoot", ref(d.add("<</Type/StructTreeRoot/K "+ref(n)+">>")))
		}},
		{"place-tree", "a name tree of two levels names the file", func(d *document, spec int) {
			n := d.add("<</Limits[(list.txt)(list.txt)]/Names[(list.txt)" + ref(spec) + "]>>")
			d.set("Names", "<</EmbeddedFiles<</Kids["+ref(n)+"]>>>>")
		}},
		{"portfolio", "a portfolio, which shows the file first", func(d *document, spec int) {
			d.nameFile("list.txt", spec)
			d.attachments--
			d.set("Collection", "<</Type/Collection/View/D/D(list.txt)/Schema<<>>>>")
		}},
	} {
		d := newDocument()
		_, spec := d.attach(hidden)
		x.name(d, spec)
		d.attachments++
		d.end()
		d.sign(cades(container{stamp: stampTime}))
		s.add(x.id, x.comment, d.end()).existed("#signature-1", stampTime).existed("#attachment-1", stampTime)
	}
	d := newDocument()
	d.attach(hidden)
	d.end()
	d.sign(cades(container{}))
	s.add("place-none", "an embedded file that nothing names is no attachment", d.end())
	d = newDocument()
	stream, spec := d.attach(hidden)
	d.nameFile("list.txt", spec)
	d.obj(spec, fmt.Sprintf("<</Type/Filespec/F(list.txt)/UF(\\154ist.txt)/AFRelationship/Data/EF<</F %s/UF %s>>>>", ref(stream), ref(stream)))
	d.end()
	d.sign(cades(container{}))
	s.add("attachment-spelled", "one name, in two spellings", d.end())
}
