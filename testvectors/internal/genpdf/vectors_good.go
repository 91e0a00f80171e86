package main

// vectorsGood: the usual forms, all in order.
func vectorsGood(s *suite) {
	s.add("detached", "one signature, adbe.pkcs7.detached", signed(plain(container{})))
	s.add("cades", "one signature of PAdES, level B-B", signed(cades(container{})))
	s.add("rsa", "one signature by an RSA key", signed(cades(container{by: rsaSigner()})))
	s.add("first-revision", "signed where it was made, in one revision", func() *document {
		d := newDocument()
		d.sign(cades(container{}))
		return d.end()
	}())
	s.add("in-field", "the signature dictionary lies directly in its field", signed(cades(container{}).with(func(s *signature) { s.inField = true })))
	s.add("two-signatures", "two signatures by two persons, each in a revision of its own",
		signed(cades(container{}), cades(container{by: world.second})))
}

// signed is the usual document with signatures, each in a revision of its own.
func signed(list ...signature) *document {
	d := newDocument().end()
	for _, x := range list {
		d.sign(x)
		d.end()
	}
	return d
}
