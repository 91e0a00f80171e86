package main

// vectorsChanges: what later revisions may do to a signed one, and what not.
func vectorsChanges(s *suite) {
	d := signed(cades(container{}))
	d.annotation("/Subtype/Text/Rect[10 10 20 20]/Contents" + "(seen)")
	s.add("annotation-added", "an annotation was added after the signature", d.end()).
		refused("#signature-1", "later-changes", "pdf.modified-after-signing")
	d = signed(cades(container{}))
	d.fillIn("yes")
	s.add("filled-approved", "a field was filled in after a signature that allows nothing of the kind", d.end()).
		refused("#signature-1", "later-changes", "pdf.modified-after-signing")
	d = signed(cades(container{}))
	d.setPage("Rotate", "90")
	s.add("page-turned", "the page was changed after the signature", d.end()).
		refused("#signature-1", "later-changes", "pdf.modified-after-signing")
	d = signed(cades(container{}))
	d.free(objContent, 1)
	s.add("content-freed", "what the page shows was freed after the signature", d.end()).
		refused("#signature-1", "later-changes", "pdf.modified-after-signing")
}

// fillIn writes another value into the text field.
func (d *document) fillIn(value string) {
	d.obj(objText, "<</Type/Annot/Subtype/Widget/Rect[20 20 120 40]/P "+ref(objPage)+"/FT/Tx/T"+d.text(objText, "Remark")+"/V"+d.text(objText, value)+">>")
}
