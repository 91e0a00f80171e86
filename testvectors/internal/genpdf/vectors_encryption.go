package main

// vectorsEncryption: documents that are encrypted, with and without the password. What
// Contents holds is never encrypted.
func vectorsEncryption(s *suite) {
	for _, x := range []struct {
		suffix, name string
		revision     int
	}{{"", "RC4", 3}, {"-aes128", "AES with 128 bits", 4}, {"-aes256", "AES with 256 bits", 6}} {
		s.add("encrypted-empty"+x.suffix, x.name+", under the empty password", sealed("", x.revision))
		d := sealed("secret", x.revision)
		s.add("encrypted-password"+x.suffix, x.name+", and the password is given", d).password("secret")
		s.add("encrypted-owner"+x.suffix, x.name+", and the password of the owner is given", d).password("the owner")
		s.add("encrypted-closed"+x.suffix, x.name+", and the password is missing: later changes could not be seen", d).
			refusedFile("encryption", "pdf.encrypted")
		s.add("encrypted-wrong"+x.suffix, x.name+", and another password is given", d).password("Secret").
			refusedFile("encryption", "pdf.encrypted")
		s.add("encrypted-edited"+x.suffix, x.name+": the type of an annotation was replaced, in signed bytes", sealed("", x.revision)).
			edited(replacing("/Subtype/Widget/Rect[0 0 0 0]", "/Subtype/Circle/Rect[0 0 0 0]")).
			refused("#signature-1", "", "pdf.message-digest-mismatch")
	}
	d := begin(encryptedBy("secret", 6))
	d.attach(attachment{name: "list.txt", data: []byte("one\ntwo\n")})
	d.end()
	d.sign(cades(container{stamp: stampTime}))
	d.end()
	s.add("encrypted-attachment", "an embedded file in an encrypted document", d).password("secret").
		existed("#signature-1", stampTime).existed("#attachment-1", stampTime)
	s.add("encrypted-attachment-closed", "an embedded file in an encrypted document, and the password is missing", d).
		existed("#signature-1", stampTime).existed("#attachment-1", stampTime).refusedFile("encryption", "pdf.encrypted")
}

func sealed(password string, revision int) *document {
	d := begin(encryptedBy(password, revision)).end()
	d.sign(cades(container{}))
	return d.end()
}
