package main

// formatContents: a TSTInfo that is not one.
func (s *suite) formatContents() {
	s.add("econtent-type", "eContentType and its attribute say plain data", s.token(
		withAttr(contentTypeAttr(oidData)),
		editSigned(func(d *signedData) { d.contentType = oidData }))).refused("tsp.content-type")
	s.add("tst-version", "TSTInfo of version 2", s.token(editTST(func(t *tstInfo) { t.version = 2 }))).
		refused("tsp.version").openssl("refuse")
	s.add("tst-trailing", "a byte behind the TSTInfo, inside the signed content", s.token(rawTST(func(b []byte) []byte {
		return append(b, 0)
	}))).refused("tsp.malformed").openssl("accept")
	s.add("tst-indefinite", "a TSTInfo of indefinite length: the signed parts must be DER", s.token(rawTST(func(b []byte) []byte {
		return indefinite(0x30, contents(b))
	}))).refused("tsp.malformed").openssl("accept")
	s.add("tst-empty", "an empty TSTInfo", s.token(rawTST(func([]byte) []byte { return seq() }))).refused("tsp.malformed")
	s.formatImprint()
	s.formatTimes()
}

func (s *suite) formatImprint() {
	for _, c := range []struct {
		id, comment string
		n           int
	}{
		{"imprint-short", "31 bytes do not fit SHA-256", 31},
		{"imprint-sha1-length", "20 bytes do not fit SHA-256", 20},
		{"imprint-empty", "an imprint without bytes", 0},
	} {
		e := s.token(editTST(func(t *tstInfo) { t.imprint = t.imprint[:c.n] }))
		s.add(c.id, c.comment, e).refused("tsp.imprint-length")
	}
}

// formatTimes: OpenSSL takes any text for a time.
func (s *suite) formatTimes() {
	for _, c := range []struct{ id, comment, genTime string }{
		{"gen-time-local", "genTime without Z", "20250301120000"},
		{"gen-time-offset", "genTime with an offset", "20250301120000+0100"},
		{"gen-time-comma", "a comma before the fraction", "20250301120000,5Z"},
		{"gen-time-month", "a month 13", "20251301120000Z"},
		{"gen-time-day", "30 February", "20250230120000Z"},
		{"gen-time-hour", "an hour 24", "20250301240000Z"},
		{"gen-time-second", "a second 60", "20250301120060Z"},
		{"gen-time-no-seconds", "genTime without seconds", "202503011200Z"},
		{"gen-time-letters", "letters instead of digits", "2025O3O112OOOOZ"},
	} {
		s.add(c.id, c.comment, s.token(on(c.genTime))).refused("tsp.gen-time").openssl("accept")
	}
	for _, c := range []struct{ id, comment, genTime string }{
		{"gen-time-trailing-zero", "a fraction that ends with a zero", "20250301120000.50Z"},
		{"gen-time-zero-fraction", "a fraction of zero", "20250301120000.0Z"},
		{"gen-time-empty-fraction", "a point without a fraction", "20250301120000.Z"},
	} {
		s.add(c.id, c.comment, s.token(on(c.genTime))).refused("tsp.gen-time-syntax")
	}
}

// formatAttributes: signed attributes that cannot be read in one way only.
func (s *suite) formatAttributes() {
	digest := func(list attributes) attribute {
		return list[1] // message-digest, see tokenSpec.signerInfo
	}
	edited := func(id, comment string, f func(attributes) attributes) *vector {
		return s.add(id, comment, s.token(editAttrs(f))).refused("tsp.malformed")
	}
	edited("attribute-twice", "message-digest comes twice", func(list attributes) attributes {
		return append(list, digest(list))
	}).openssl("accept")
	edited("attribute-two-values", "content-type with two values", func(list attributes) attributes {
		return list.with(attribute{oidContentType, [][]byte{oid(oidTSTInfo), oid(oidData)}})
	}).openssl("accept")
	edited("attribute-no-value", "content-type without a value", func(list attributes) attributes {
		return list.with(attribute{oid: oidContentType})
	}).openssl("accept")
	edited("attribute-wrong-type", "message-digest as a text", func(list attributes) attributes {
		return list.with(one(oidMessageDigest, utf8("digest")))
	})
	edited("ess-empty", "signing-certificate-v2 without ids", func(list attributes) attributes {
		return list.with(one(oidSigningCertificate2, seq(seq())))
	})
	edited("ess-no-list", "signing-certificate-v2 without its list", func(list attributes) attributes {
		return list.with(one(oidSigningCertificate2, seq()))
	})
	edited("ess-v1-empty", "signing-certificate without ids", func(list attributes) attributes {
		return list.with(essV1IDs())
	})
	s.add("attributes-indefinite", "an attribute of indefinite length inside the signed attributes", s.token(rawAttrs(func(list attributes) []byte {
		parts := sorted(list.parts())
		parts[0] = indefinite(0x30, contents(parts[0]))
		return concat(parts...)
	}))).refused("tsp.malformed")
}
