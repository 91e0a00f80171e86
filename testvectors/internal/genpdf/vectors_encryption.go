package main

// vectorsEncryption: documents that are encrypted, with and without the password.
func vectorsEncryption(s *suite) {
	s.add("encrypted-empty", "encrypted under the empty password", sealed(""))
	s.add("encrypted-password", "encrypted, and the password is given", sealed("secret")).password("secret")
	s.add("encrypted-closed", "encrypted, and the password is missing: later changes could not be seen", sealed("secret")).
		refusedFile("encryption", "pdf.encrypted")
}

func sealed(password string) *document {
	d := begin(encryptedFor(password)).end()
	d.sign(cades(container{}))
	return d.end()
}
