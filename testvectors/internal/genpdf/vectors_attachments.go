package main

// vectorsAttachments: embedded files, covered and not.
func vectorsAttachments(s *suite) {
	d := newDocument()
	d.attach(attachment{name: "list.txt", data: []byte("one\ntwo\n")})
	d.end()
	d.sign(cades(container{stamp: stampTime}))
	s.add("attachment", "a file was embedded before the signature", d.end()).existed("#signature-1", stampTime)
}
