package main

// goodContents: what a TSTInfo and the signed attributes may hold.
func (s *suite) goodContents() {
	s.goodImprints()
	s.goodTimes()
	s.goodTSTInfo()
	s.goodAttributes()
	s.add("digest-given", "the caller gives the SHA-256 of the letter instead of the letter", s.plain()).
		withDigest(hashSHA256, letter)
	e := s.token(editTST(func(t *tstInfo) { t.nonce = 7331 }))
	s.add("query-matches", "nonce and policy are those of the request", e).
		withQuery("matching", query(letter, oidPolicyOne, 7331))
	s.add("query-asks-nothing", "the request asked for neither nonce nor policy", s.plain()).
		withQuery("bare", query(letter, "", 0))
}

func (s *suite) goodImprints() {
	for _, h := range []hashAlg{hashSHA224, hashSHA384, hashSHA512, hashSHA3} {
		s.add("imprint-"+h.name, "the imprint is a "+h.name, s.token(imprintBy(h)))
	}
	s.add("imprint-null-parameters", "the imprint's algorithm carries NULL parameters", s.token(editTST(func(t *tstInfo) {
		t.imprintAlg = algorithm(hashSHA256.oid, null())
	})))
}

func (s *suite) goodTimes() {
	for _, c := range []struct {
		id, comment, genTime string
		accuracy             []byte
		existed              string
	}{
		{"accuracy-second", "accuracy of one second", usualTime, accuracy(1, 0, 0), "2025-03-01T12:00:01Z"},
		{"accuracy-millis", "half a second is rounded up", usualTime, accuracy(0, 500, 0), "2025-03-01T12:00:01Z"},
		{"accuracy-micros", "a microsecond is rounded up too", usualTime, accuracy(0, 0, 1), "2025-03-01T12:00:01Z"},
		{"accuracy-all", "all three members", usualTime, accuracy(2, 999, 999), "2025-03-01T12:00:03Z"},
		{"accuracy-fills-second", "fraction and accuracy make a whole second exactly", "20250301120000.999Z", accuracy(0, 1, 0), "2025-03-01T12:00:01Z"},
		{"accuracy-over-second", "fraction and accuracy pass the second by a microsecond", "20250301120000.999Z", accuracy(0, 1, 1), "2025-03-01T12:00:02Z"},
		{"accuracy-minute", "accuracy of a minute", usualTime, accuracy(60, 0, 0), "2025-03-01T12:01:00Z"},
		{"fraction", "genTime with a fraction", "20250301120000.25Z", nil, "2025-03-01T12:00:01Z"},
		{"fraction-nanoseconds", "genTime with nine digits of fraction", "20250301120000.000000001Z", nil, "2025-03-01T12:00:01Z"},
	} {
		e := s.token(on(c.genTime), editTST(func(t *tstInfo) { t.accuracy = c.accuracy }))
		s.add(c.id, c.comment, e).existed(c.existed)
	}
}

func (s *suite) goodTSTInfo() {
	s.add("tst-ordering-nonce", "ordering and a nonce", s.token(editTST(func(t *tstInfo) {
		t.ordering, t.nonce = true, 7331
	})))
	s.add("tst-tsa-name", "tsa is the signer's subject", s.token(editTST(func(t *tstInfo) {
		t.tsa = directoryName(s.tsa.name)
	})))
	s.add("tst-tsa-name-spelling", "tsa is the signer's subject in another string type and letter case", s.token(editTST(func(t *tstInfo) {
		t.tsa = directoryName(rdnSequence(
			attributeValue(oidOrganization, printable("EXHIBIT TEST AUTHORITY")), attributeValue(oidCommonName, printable("TSA"))))
	})))
	alt := s.issuing.tsa("tsa-alt-name", with(subjectAltName(dnsName("tsa.example"))))
	s.add("tst-tsa-alt-name", "tsa is the signer's subjectAltName", s.token(by(alt, s.issuing), editTST(func(t *tstInfo) {
		t.tsa = dnsName("tsa.example")
	})))
	s.add("tst-extension", "an unknown extension that is not critical", s.token(editTST(func(t *tstInfo) {
		t.exts = extensions{unknownExtension(false)}
	})))
	s.add("tst-qualified", "the statement of a qualified electronic time-stamp (EN 319 422)", s.token(editTST(func(t *tstInfo) {
		t.exts = extensions{{oidQCStatements, false, seq(seq(oid(oidQualifiedTST)))}}
	})))
}

func (s *suite) goodAttributes() {
	s.add("attributes-unsorted", "signed attributes not in DER order, signed over the bytes as stored",
		s.token(rawAttrs(func(list attributes) []byte {
			parts := sorted(list.parts())
			parts[0], parts[len(parts)-1] = parts[len(parts)-1], parts[0]
			return concat(parts...)
		})))
	s.add("signing-time-outside", "a signing-time outside the certificate's validity: genTime alone counts",
		s.token(withAttr(one(oidSigningTime, utcTime("2019-01-01")))))
	s.add("attribute-unknown", "an unknown signed attribute", s.token(withAttr(one(oidUnknown, utf8("?")))))
	unsigned := one(oidUnknown, utf8("whatever"))
	s.add("unsigned-unknown", "an unknown unsigned attribute", s.token(editInfo(func(i *signerInfo) {
		i.unsigned = attributes{unsigned}
	}))).uncommitted(unsigned.encode())
	s.add("algorithm-protection", "CMSAlgorithmProtection repeats the right algorithms",
		s.token(withAttr(algorithmProtection(hashSHA256.id(), ecdsaWith(hashSHA256).id))))
	s.goodESS()
}

// goodESS: all the forms in which the signer's certificate may be named.
func (s *suite) goodESS() {
	full := essID{of: s.tsa, hash: hashSHA256, serial: s.tsa.essIssuerSerial()}
	for _, c := range []struct {
		id, comment string
		attrs       attributes
	}{
		{"ess-v1", "signing-certificate of the first version alone", attributes{essV1(s.tsa)}},
		{"ess-v1-issuer-serial", "the same, with issuer and serial number", attributes{essV1IDs(full)}},
		{"ess-v2-sha512", "signing-certificate-v2 with SHA-512", attributes{essV2IDs(essID{of: s.tsa, hash: hashSHA512})}},
		{"ess-v2-issuer-serial", "signing-certificate-v2 with issuer and serial number", attributes{essV2IDs(full)}},
		{"ess-both", "both versions, both right", attributes{essV1(s.tsa), essV2(s.tsa)}},
		{"ess-path", "ids of the signer and of its issuer", attributes{essV2(s.tsa, s.issuing)}},
		{"ess-whole-path", "ids of the signer, its issuer and the anchor", attributes{essV2(s.tsa, s.issuing, s.root)}},
		{"ess-v1-whole-path", "the same in the first version", attributes{essV1(s.tsa, s.issuing, s.root)}},
	} {
		s.add(c.id, c.comment, s.token(editAttrs(func(list attributes) attributes {
			return append(list.without(oidSigningCertificate2), c.attrs...)
		})))
	}
}
