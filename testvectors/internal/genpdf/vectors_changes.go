package main

import "fmt"

// vectorsChanges: what later revisions may do to a signed one, and what not. Without
// permissions of the signature that is to sign, to time-stamp and to add what proves
// signatures; all else is not on the list.
func vectorsChanges(s *suite) {
	permittedChanges(s)
	forbiddenChanges(s)
	forbiddenStructure(s)
}

// fillIn writes another value into the text field.
func (d *document) fillIn(value string) {
	d.obj(objText, "<</Type/Annot/Subtype/Widget/Rect[20 20 120 40]/P "+ref(objPage)+"/FT/Tx/T"+d.text(objText, "Remark")+"/V"+d.text(objText, value)+">>")
}

// later is something that a revision does behind the signature.
type later struct {
	id, comment string
	ready       func(d *document) // before it is signed; nil is nothing
	change      func(d *document)
	end         []endEdit
}

func (x later) document() *document {
	d := newDocument()
	if x.ready != nil {
		x.ready(d)
	}
	d.end()
	d.sign(cades(container{}))
	d.end()
	x.change(d)
	return d.end(x.end...)
}

// Objects that the vectors of changes use.
const (
	objInfo = 20
	objXMP  = 21
	objMore = 22
)

func withInfo(d *document) { d.obj(objInfo, "<</Title(Agreement)/Producer(Example)>>") }

func (d *document) xmp(text string) {
	d.stream(objXMP, "/Type/Metadata/Subtype/XML", []byte(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`+text+`</rdf:RDF></x:xmpmeta>`))
}

func permittedChanges(s *suite) {
	for _, x := range []later{
		{"nothing", "a revision that changes nothing", nil, func(*document) {}, nil},
		{"dss", "a document security store", nil, func(d *document) { d.dss(store{certs: [][]byte{world.root.DER}}) }, nil},
		{"dss-again", "a document security store takes the place of another", func(d *document) {
			d.dss(store{certs: [][]byte{world.root.DER}})
		}, func(d *document) { d.dss(store{certs: [][]byte{world.issuing.DER}}) }, nil},
		{"extensions", "extensions of the catalog", nil, func(d *document) {
			d.set("Extensions", "<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>")
		}, nil},
		{"metadata", "another metadata stream of the document", func(d *document) {
			d.xmp("")
			d.set("Metadata", ref(objXMP))
		}, func(d *document) { d.xmp("<rdf:Description/>") }, nil},
		{"info", "the date and the producer in the information dictionary", withInfo, func(d *document) {
			d.obj(objInfo, "<</Title(Agreement)/Producer(Another)/ModDate(D:20250701120000Z)>>")
		}, []endEdit{trailing("/Info 20 0 R")}},
		{"streams", "a revision in streams, with a document security store in an object stream", nil, func(d *document) {
			d.pack(item{objMore, "<</Type/DSS>>"})
			d.set("DSS", ref(objMore))
		}, []endEdit{asStream}},
		// The list speaks of objects that are changed. This one is new, and no reader comes to it.
		{"unreachable", "an object that nothing leads to", nil, func(d *document) { d.obj(objMore, "(nobody reads this)") }, nil},
	} {
		if x.id == "info" {
			d := newDocument()
			x.ready(d)
			d.end(x.end...)
			d.sign(cades(container{}))
			d.end(x.end...)
			x.change(d)
			s.add("later-"+x.id, "added later: "+x.comment, d.end(x.end...))
			continue
		}
		s.add("later-"+x.id, "added later: "+x.comment, x.document())
	}
	d := signed(cades(container{}))
	d.sign(stamping(archiveTime))
	s.add("later-timestamp", "added later: a document time-stamp", d.end()).
		existed("#signature-1", archiveTime).existed("#timestamp-1", archiveTime).whole(archiveTime)
	d = newDocument().end()
	d.enlist(d.add("<</Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P " + ref(objPage) + "/FT/Sig/T(Second)>>"))
	d.end()
	n := d.next - 1
	d.sign(cades(container{}))
	d.end()
	value := d.sign(cades(container{by: world.second}).with(func(s *signature) { s.noField = true }))
	d.obj(n, "<</Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P "+ref(objPage)+"/FT/Sig/T(Second)/V "+ref(value)+">>")
	s.add("later-signature", "a field that waited for its signature was signed later", d.end())
}

func forbiddenChanges(s *suite) {
	for _, x := range []later{
		{"annotation-added", "an annotation was added after the signature", nil, func(d *document) {
			d.annotation("/Subtype/Text/Rect[10 10 20 20]/Contents(seen)")
		}, nil},
		{"filled-approved", "a field was filled in after a signature that allows nothing of the kind", nil, func(d *document) { d.fillIn("yes") }, nil},
		{"page-turned", "the page was changed after the signature", nil, func(d *document) { d.setPage("Rotate", "90") }, nil},
		{"content-freed", "what the page shows was freed after the signature", nil, func(d *document) { d.free(objContent, 1) }, nil},
		{"later-page", "a page was added", nil, func(d *document) {
			d.obj(objMore, d.page.String())
			d.obj(objPages, "<</Type/Pages/Kids["+ref(objPage)+" "+ref(objMore)+"]/Count 2>>")
		}, nil},
		{"later-page-removed", "a page was taken away", func(d *document) {
			d.obj(objMore, d.page.String())
			d.obj(objPages, "<</Type/Pages/Kids["+ref(objPage)+" "+ref(objMore)+"]/Count 2>>")
		}, func(d *document) { d.obj(objPages, "<</Type/Pages/Kids["+ref(objPage)+"]/Count 1>>") }, nil},
		{"later-resources", "the page takes another font", nil, func(d *document) {
			d.setPage("Resources", "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Symbol>>>>>>")
		}, nil},
		{"later-field", "a text field was added", nil, func(d *document) { d.field("Amount", "/FT/Tx/V(1)") }, nil},
		{"later-field-removed", "a field was taken out of the form", nil, func(d *document) {
			d.fields = d.fields[1:]
			d.dirty[objForm] = true
		}, nil},
		{"later-open-action", "an action when the document is opened", nil, func(d *document) {
			d.set("OpenAction", "<</S/JavaScript/JS(app.alert\\(1\\))>>")
		}, nil},
		{"later-names-script", "a script in the names of the document", nil, func(d *document) {
			d.set("Names", "<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>")
		}, nil},
		{"later-layers", "a layer that is shown is off by default", func(d *document) {
			d.obj(objMore, "<</Type/OCG/Name(Text)>>")
			d.set("OCProperties", "<</OCGs["+ref(objMore)+"]/D<<>>>>")
		}, func(d *document) { d.set("OCProperties", "<</OCGs["+ref(objMore)+"]/D<</OFF["+ref(objMore)+"]>>>>") }, nil},
		{"later-structure", "a structure tree", nil, func(d *document) {
			d.set("StructTreeRoot", "<</Type/StructTreeRoot>>")
			d.set("MarkInfo", "<</Marked true>>")
		}, nil},
		{"later-usage-rights", "permissions in the catalog", nil, func(d *document) { d.set("Perms", "<<>>") }, nil},
		{"later-language", "an entry of the catalog that no rule knows", nil, func(d *document) { d.set("Lang", "(de)") }, nil},
		{"later-associated", "a file associated with the document, in no name tree", nil, func(d *document) {
			_, spec := d.attach(attachment{name: "list.txt", data: []byte("one\n"), hidden: true})
			d.set("AF", "["+ref(spec)+"]")
		}, nil},
		{"later-dss-content", "a security store that leads to the content of the page", nil, func(d *document) {
			d.stream(objContent, "", denied([]byte(drawing)))
			d.obj(objMore, "<</Type/DSS/Certs["+ref(objContent)+"]>>")
			d.set("DSS", ref(objMore))
		}, nil},
		{"later-unused", "an object of the signed revision that nothing leads to says something else", func(d *document) {
			d.obj(objMore, "(unused)")
		}, func(d *document) { d.obj(objMore, "(other)") }, nil},
		{"later-filter", "the content of the page in another filter: the same data, and another object", nil, func(d *document) {
			d.stream(objContent, "/Filter/ASCIIHexDecode", fmt.Appendf(nil, "%x>", drawing))
		}, nil},
		{"later-read-only", "a second signature, and a field of the form was made read-only by the way", nil, func(d *document) {
			d.obj(objText, "<</Type/Annot/Subtype/Widget/Rect[20 20 120 40]/P "+ref(objPage)+"/FT/Tx/Ff 1/T"+d.text(objText, "Remark")+"/V"+d.text(objText, "none")+">>")
			d.sign(cades(container{by: world.second}))
		}, nil},
	} {
		v := s.add(x.id, x.comment, x.document()).refused("#signature-1", "later-changes", modified)
		if x.id == "later-associated" {
			v.PDF.Nodes = append(v.PDF.Nodes, node{"#attachment-1", outcome("pdf.attachment-not-covered")})
		}
	}
	d := newDocument()
	withInfo(d)
	info := trailing("/Info 20 0 R")
	d.end(info)
	d.sign(cades(container{}))
	d.end(info)
	d.obj(objInfo, "<</Title(Another)/Producer(Example)>>")
	s.add("later-title", "the title in the information dictionary: only dates and the producer may change", d.end(info)).
		refused("#signature-1", "later-changes", modified)
}
