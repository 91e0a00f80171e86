package main

import "fmt"

// incrementalSaving: a later revision replaces what was signed, and hides that it is one
// (ISA). The signed bytes are intact in all of them: pdfsig 22.12 says valid, and that not
// the whole document is signed, also of the copy whose Contents lie elsewhere.
func incrementalSaving(s *suite) {
	const attack = "incremental saving attack"
	d := signed(cades(container{}))
	d.stream(objContent, "", denied([]byte(drawing)))
	s.add("isa-update", "an update in due form replaces what the page shows", d.end()).
		refused("#signature-1", "later-changes", modified).variant(forgeries, attack)

	appending := func(text func(d *document) string) *document {
		d := signed(cades(container{}))
		d.raw(text(d))
		return d
	}
	for _, x := range []struct {
		id, comment string
		text        func(d *document) string
	}{
		{"object", "an object behind the end, with neither table nor trailer", func(*document) string { return evil() }},
		{"trailer", "an object and a trailer behind the end, without a table", func(d *document) string {
			return evil() + fmt.Sprintf("trailer\n<</Size %d/Root %s/Prev %d>>\n", d.next, ref(objCatalog), d.prev)
		}},
		{"trailer-end", "an object, a trailer and an end of file behind the end; startxref leads to the old table", func(d *document) string {
			return evil() + fmt.Sprintf("trailer\n<</Size %d/Root %s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n", d.next, ref(objCatalog), d.prev, d.prev)
		}},
		{"old-startxref", "an object, and the startxref of the signed revision once more", func(d *document) string {
			return evil() + fmt.Sprintf("startxref\n%d\n%%%%EOF\n", d.prev)
		}},
		{"old-table", "an object and a table for it, and startxref leads to the table of the signed revision", func(d *document) string {
			return evil() + fmt.Sprintf("xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n",
				objContent, len(d.b), d.next, ref(objCatalog), d.prev, d.prev)
		}},
		{"comment", "a comment behind the end: bytes that belong to no revision", func(*document) string { return "% nobody signed this\n" }},
	} {
		s.add("isa-"+x.id, x.comment, appending(x.text)).refused("#signature-1", "", modified).variant(forgeries, attack)
	}

	d = signed(cades(container{}))
	d.stream(objContent, "", denied([]byte(drawing)))
	d.end(func(e *ending) { e.prev = func(int) string { return "" } })
	s.add("isa-no-prev", "the table of the update has no Prev: by the letter there is no catalog, and only a search finds one", d).
		refused("#signature-1", "", "pdf.not-strict").variant(forgeries, attack)

	d = newDocument().end()
	n := d.sign(cades(container{}))
	d.end()
	pasted := d.add(d.dictionaryText())
	d.obj(n+1, "<</Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P "+ref(objPage)+"/FT/Sig/T(Signature1)/V "+ref(pasted)+">>")
	d.stream(objContent, "", denied([]byte(drawing)))
	v := s.add("isa-copy", "an update replaces the page, and leads the field to a copy of the signature dictionary", d.end()).
		nodes("#signature-1", "#signature-2").refused("#signature-1", "", modified).variant(forgeries, attack)
	// The copy's own Contents are not where its ByteRange has the gap.
	v.refused("#signature-2", "", "pdf.contents-gap")

	d = signed(cades(container{}))
	d.pack(item{objPage, d.page.with("Annots", "["+d.annots[0]+" "+d.annots[1]+"]").with("Rotate", "90").String()})
	s.add("isa-hybrid", "a hybrid update turns the page: the table has it free, and only XRefStm says otherwise", d.end(asHybrid)).
		refused("#signature-1", "", modified).variant(forgeries, attack)
}
