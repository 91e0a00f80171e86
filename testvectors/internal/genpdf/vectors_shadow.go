package main

import "bytes"

// vectorsShadow: objects and tables that are prepared to show something else.
func vectorsShadow(s *suite) {
	d := newDocument()
	at := len(d.b)
	d.stream(objContent, "", bytes.Replace([]byte(drawing), []byte("agreed"), []byte("denied"), 1))
	d.stream(objContent, "", []byte(drawing))
	d.end()
	d.sign(cades(container{}))
	d.end()
	d.point(objContent, at)
	s.add("hidden-object", "a second content was hidden in the signed revision, and a later table points at it", d.end()).
		refused("#signature-1", "later-changes", "pdf.modified-after-signing")
}
