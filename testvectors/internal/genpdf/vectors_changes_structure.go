package main

// forbiddenStructure: changes of what kind of object something is, where it is found, and
// how the file is read.
func forbiddenStructure(s *suite) {
	bad := func(id, comment string, d *document) *vector {
		return s.add("later-"+id, comment, d).refused("#signature-1", "later-changes", modified)
	}
	d := signed(cades(container{}))
	d.obj(objContent, "<</Type/Example>>")
	bad("type", "the content of the page became a dictionary", d.end())

	d = signed(cades(container{}))
	d.obj(objContent, "["+ref(objMore)+"]")
	d.stream(objMore, "", denied([]byte(drawing)))
	bad("type-array", "the content of the page became an array that leads to another", d.end())

	d = signed(cades(container{}))
	d.rows[objContent] = row{'n', placeOf(d, objContent) + 1, 0}
	v := bad("entry-off", "a later table leads one byte into the content of the page", d.end())
	v.Only = ""

	d = signed(cades(container{}))
	d.point(objContent, placeOf(d, objText))
	bad("entry-other", "a later table leads to the bytes of another object", d.end()).Only = ""

	d = signed(cades(container{}))
	d.free(objPage, 1)
	d.obj(objMore, d.page.with("Rotate", "180").String())
	d.obj(objPages, "<</Type/Pages/Kids["+ref(objMore)+"]/Count 1>>")
	bad("page-swapped", "the page was freed, and the tree leads to another", d.end())

	d = newDocument().end()
	n := d.sign(cades(container{}))
	d.end()
	d.free(n, 1)
	d.free(n+1, 1)
	d.annots, d.fields = d.annots[:1], d.fields[:1]
	d.dirty[objPage], d.dirty[objForm] = true, true
	bad("signature-removed", "the signature and its field were freed, and form and page no longer name them", d.end()).Only = ""

	d = newDocument().end()
	n = d.sign(cades(container{}))
	d.end()
	d.obj(n+1, "<</Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P "+ref(objPage)+"/FT/Sig/T(Signature1)>>")
	bad("field-emptied", "the field has no value any more", d.end()).Only = ""

	d = newDocument().end()
	n = d.sign(cades(container{}))
	d.end()
	d.obj(n+1, "<</Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P "+ref(objPage)+"/FT/Sig/T(Renamed)/V "+ref(n)+">>")
	bad("field-renamed", "the field of the signature has another name", d.end())

	c := encryptedFor("")
	d = signed(cades(container{}))
	bad("encryption", "a later trailer says that the document is encrypted", d.end(trailing("/Encrypt "+c.dictionary()))).Only = ""

	d = signed(cades(container{}))
	d.stream(objContent, "", denied([]byte(drawing)))
	d.stream(objContent, "", []byte(drawing))
	bad("twice", "the object of the content stands twice in the revision, and the table leads to the one that says the same", d.end()).Only = ""

	d = signed(cades(container{}))
	d.obj(objMore, "(example)")
	d.forget(objMore)
	bad("unnamed", "an object stands in the revision, and no table names it", d.end()).Only = ""

	d = signed(cades(container{}))
	d.sign(cades(container{by: world.second}))
	d.stream(objContent, "", denied([]byte(drawing)))
	bad("smuggled", "the page was replaced in a revision that also signs: the second signature is right, and the first one not", d.end())
}

// placeOf is where an object was last written.
func placeOf(d *document, n int) int {
	text := object(n, "")
	for at := len(d.b) - len(text); ; at-- {
		if d.b[at-1] == '\n' && string(d.b[at:at+8]) == text[:8] {
			return at
		}
	}
}
