package main

// vectorsAttachments: embedded files, covered and not.
func vectorsAttachments(s *suite) {
	d := newDocument()
	d.attach(attachment{name: "list.txt", data: []byte("one\ntwo\n")})
	d.end()
	d.sign(cades(container{stamp: stampTime}))
	s.add("attachment", "a file was embedded before the signature", d.end()).
		existed("#signature-1", stampTime).existed("#attachment-1", stampTime)
	d = signed(cades(container{stamp: stampTime}))
	d.attach(attachment{name: "list.txt", data: []byte("one\ntwo\n")})
	s.add("attachment-later", "a file was embedded after the signature, which allows nothing of the kind", d.end()).
		refused("#signature-1", "later-changes", "pdf.modified-after-signing").says("#attachment-1", "pdf.attachment-not-covered")
}
