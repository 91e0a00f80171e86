package main

// vectorsEmbedded: attachments that are evidence themselves. The document tells that they
// are there and what covers them; what they prove is judged beside it, as of files in a
// folder. All of them are in order, for one that fails makes the whole run fail.
func vectorsEmbedded(s *suite) {
	stamp := attachment{name: "list.txt.tst", data: token(list.data, archiveTime), mime: "application#2Ftimestamp-token"}
	inner := attachment{name: "inner.pdf", data: signed(cades(container{by: world.second})).b, mime: "application#2Fpdf"}
	s.add("embedded-stamp", "an embedded time-stamp token over an embedded file", carrying([]attachment{list, stamp}, cades(container{})))
	s.add("embedded-document", "a signed document in a signed document", carrying([]attachment{inner}, cades(container{})))
	d := newDocument()
	d.attach(list)
	d.end()
	d.attach(stamp)
	d.end()
	d.sign(cades(container{stamp: stampTime}))
	s.add("embedded-two-revisions", "a file, a time-stamp over it in the next revision, and a signature over both", d.end()).
		existed("#signature-1", stampTime).existed("#attachment-1", stampTime).existed("#attachment-2", stampTime)
}
