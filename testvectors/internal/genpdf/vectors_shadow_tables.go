package main

// shadowTables: hide and replace. The signed bytes have what is shown later, and a table
// is enough to bring it up.
func shadowTables(s *suite) {
	const attack = "the shadow attack hide and replace"
	bad := func(id, comment string, d *document) *vector {
		return s.add("shadow-"+id, comment, d).refused("#signature-1", "later-changes", modified).variant(shadows, attack)
	}

	d, at := hiding(objPages, func(d *document) {
		d.stream(30, "", denied([]byte(drawing)))
		d.obj(31, d.page.with("Contents", ref(30)).String())
		d.obj(objPages, "<</Type/Pages/Kids["+ref(31)+"]/Count 1>>")
		d.obj(objPages, "<</Type/Pages/Kids["+ref(objPage)+"]/Count 1>>")
	})
	d.point(objPages, at)
	bad("pages", "a second page tree was hidden in the signed revision, and a later table points at it", d.end())

	d, _ = hiding(32, func(d *document) {
		d.stream(30, "", denied([]byte(drawing)))
		d.obj(31, d.page.with("Contents", ref(30)).with("Parent", ref(33)).String())
		d.obj(33, "<</Type/Pages/Kids["+ref(31)+"]/Count 1>>")
		d.obj(32, d.catalog.with("Pages", ref(33)).String())
	})
	bad("root", "a second catalog with a page of its own waited in the signed revision, and a later trailer names it", d.end(func(e *ending) { e.root = 32 }))

	d, _ = hiding(objContent, func(d *document) { d.setPage("Contents", "["+ref(objContent)+" "+ref(40)+"]") })
	d.stream(40, "", []byte("BT /F1 12 Tf 20 120 Td (Or not.) Tj ET\n"))
	bad("dangling-content", "the page names a content that does not exist when it is signed", d.end())

	d, _ = hiding(objContent, func(d *document) {
		d.stream(objContent, "", []byte(drawing+"/X1 Do\n"))
		d.setPage("Resources", resources("/XObject<</X1 "+ref(40)+">>"))
	})
	d.stream(40, "/Type/XObject/Subtype/Form/BBox[0 0 200 200]", []byte("0 0 200 200 re f\n"))
	bad("dangling-resource", "the page draws an object that does not exist when it is signed", d.end())

	d, at = hiding(40, func(d *document) {
		d.setPage("Contents", "["+ref(objContent)+" "+ref(40)+"]")
		d.stream(40, "", []byte("BT /F1 12 Tf 20 120 Td (Or not.) Tj ET\n"))
		d.free(40, 0)
	})
	d.point(40, at)
	bad("freed", "a content stands in the signed revision as free, and a later table says it is in use", d.end())

	d, at = hiding(objContent, func(d *document) { d.addStream("", []byte(evil())) })
	d.point(objContent, at)
	bad("in-stream", "a stream of the signed revision has a whole object inside, and a later table points there", d.end())

	d, at = hiding(objContent, func(d *document) { d.raw("% " + evil()) })
	d.point(objContent, at)
	bad("in-comment", "an object stands behind a comment sign in the signed revision, and a later table points there", d.end())

	d = signed(cades(container{}))
	d.stream(40, "", denied([]byte(drawing)))
	d.end() // nothing leads there yet
	d.setPage("Contents", ref(40))
	bad("two-steps", "an update adds an object that nothing leads to, and the next one shows it", d.end())

	d = signed(cades(container{}))
	d.setPage("Contents", ref(40))
	d.end()
	d.setPage("Contents", ref(objContent))
	bad("back-again", "an update takes the content away, and the next one brings it back: what is shown between was not signed", d.end()).Only = ""

	d = newDocument()
	d.pack(item{objMore, "[" + ref(objContent) + "]"})
	d.setPage("Contents", ref(objMore))
	d.end(asStream)
	box := d.next - 2
	d.sign(cades(container{}))
	d.end(asStream)
	d.stream(50, "", denied([]byte(drawing)))
	body := "[" + ref(50) + "]"
	d.stream(box, "/Type/ObjStm/N 1/First 5", []byte("22 0 "+body))
	bad("container", "the object stream of a signed object was replaced, and the table has no other entry for the object itself", d.end(asStream)).Only = ""
}
