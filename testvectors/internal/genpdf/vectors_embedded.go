package main

import "bytes"

// vectorsEmbedded: attachments that are evidence themselves. The document tells that they
// are there and what covers them; what they prove is judged beside it, as of files in a
// folder.
func vectorsEmbedded(s *suite) {
	good := token(list.data, archiveTime)
	for _, x := range []struct {
		id, comment string
		files       []attachment
	}{
		{"embedded-stamp", "an embedded time-stamp token over an embedded file", []attachment{list, {name: "list.txt.tst", data: good, mime: "application#2Ftimestamp-token"}}},
		{"embedded-document", "a signed document in a signed document", []attachment{{
			name: "inner.pdf", data: signed(cades(container{by: world.second})).b, mime: "application#2Fpdf",
		}}},
	} {
		s.add(x.id, x.comment, carrying(x.files, cades(container{})))
	}
	other := token([]byte("another file"), archiveTime)
	s.add("embedded-stamp-other", "an embedded time-stamp token over another file than the one it is named after: the document itself is in order",
		carrying([]attachment{list, {name: "list.txt.tst", data: other, mime: "application#2Ftimestamp-token"}}, cades(container{})))
	inner := signed(cades(container{by: world.second})).b
	replacing("This is agreed.", "This is agreeb.")(inner)
	s.add("embedded-document-edited", "a signed document that was changed, in a signed document that is in order",
		carrying([]attachment{{name: "inner.pdf", data: bytes.Clone(inner), mime: "application#2Fpdf"}}, cades(container{})))
}
