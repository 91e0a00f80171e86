package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// goodContents: what a TSTInfo and the signed attributes may hold.
func (s *suite) goodContents() {
	s.goodImprints()
	s.goodTimes()
	s.goodTSTInfo()
	s.goodAttributes()
	s.add("digest-given", "the caller gives the SHA-256 of the letter instead of the letter", s.plain()).
		withDigest(ca.HashSHA256, letter)
	e := s.token(editTST(func(t *ca.TSTInfo) { t.Nonce = 7331 }))
	s.add("query-matches", "nonce and policy are those of the request", e).
		withQuery("matching", query(letter, ca.OIDPolicyOne, 7331))
	s.add("query-asks-nothing", "the request asked for neither nonce nor policy", s.plain()).
		withQuery("bare", query(letter, "", 0))
}

func (s *suite) goodImprints() {
	for _, h := range []ca.HashAlg{ca.HashSHA224, ca.HashSHA384, ca.HashSHA512, ca.HashSHA3} {
		s.add("imprint-"+h.Name, "the imprint is a "+h.Name, s.token(imprintBy(h)))
	}
	s.add("imprint-null-parameters", "the imprint's algorithm carries NULL parameters", s.token(editTST(func(t *ca.TSTInfo) {
		t.ImprintAlg = ca.Algorithm(ca.HashSHA256.OID, ca.Null())
	})))
}

func (s *suite) goodTimes() {
	for _, c := range []struct {
		id, comment, genTime string
		accuracy             []byte
		existed              string
	}{
		{"accuracy-second", "accuracy of one second", usualTime, ca.Accuracy(1, 0, 0), "2025-03-01T12:00:01Z"},
		{"accuracy-millis", "half a second is rounded up", usualTime, ca.Accuracy(0, 500, 0), "2025-03-01T12:00:01Z"},
		{"accuracy-micros", "a microsecond is rounded up too", usualTime, ca.Accuracy(0, 0, 1), "2025-03-01T12:00:01Z"},
		{"accuracy-all", "all three members", usualTime, ca.Accuracy(2, 999, 999), "2025-03-01T12:00:03Z"},
		{"accuracy-fills-second", "fraction and accuracy make a whole second exactly", "20250301120000.999Z", ca.Accuracy(0, 1, 0), "2025-03-01T12:00:01Z"},
		{"accuracy-over-second", "fraction and accuracy pass the second by a microsecond", "20250301120000.999Z", ca.Accuracy(0, 1, 1), "2025-03-01T12:00:02Z"},
		{"accuracy-minute", "accuracy of a minute", usualTime, ca.Accuracy(60, 0, 0), "2025-03-01T12:01:00Z"},
		{"fraction", "genTime with a fraction", "20250301120000.25Z", nil, "2025-03-01T12:00:01Z"},
		{"fraction-nanoseconds", "genTime with nine digits of fraction", "20250301120000.000000001Z", nil, "2025-03-01T12:00:01Z"},
	} {
		e := s.token(on(c.genTime), editTST(func(t *ca.TSTInfo) { t.Accuracy = c.accuracy }))
		s.add(c.id, c.comment, e).existed(c.existed)
	}
}

func (s *suite) goodTSTInfo() {
	s.add("tst-ordering-nonce", "ordering and a nonce", s.token(editTST(func(t *ca.TSTInfo) {
		t.Ordering, t.Nonce = true, 7331
	})))
	s.add("tst-tsa-name", "tsa is the signer's subject", s.token(editTST(func(t *ca.TSTInfo) {
		t.TSA = ca.DirectoryName(s.tsa.Name)
	})))
	s.add("tst-tsa-name-spelling", "tsa is the signer's subject in another string type and letter case", s.token(editTST(func(t *ca.TSTInfo) {
		t.TSA = ca.DirectoryName(ca.RDNSequence(
			ca.AttributeValue(ca.OIDOrganization, ca.Printable("EXHIBIT TEST AUTHORITY")), ca.AttributeValue(ca.OIDCommonName, ca.Printable("TSA"))))
	})))
	alt := s.issuing.TSA("tsa-alt-name", ca.With(ca.SubjectAltName(ca.DNSName("tsa.example"))))
	s.add("tst-tsa-alt-name", "tsa is the signer's subjectAltName", s.token(by(alt, s.issuing), editTST(func(t *ca.TSTInfo) {
		t.TSA = ca.DNSName("tsa.example")
	})))
	s.add("tst-extension", "an unknown extension that is not critical", s.token(editTST(func(t *ca.TSTInfo) {
		t.Exts = ca.Extensions{ca.UnknownExtension(false)}
	})))
	s.add("tst-qualified", "the statement of a qualified electronic time-stamp (EN 319 422)", s.token(editTST(func(t *ca.TSTInfo) {
		t.Exts = ca.Extensions{{OID: ca.OIDQCStatements, Value: ca.Seq(ca.Seq(ca.OID(ca.OIDQualifiedTST)))}}
	})))
}

func (s *suite) goodAttributes() {
	s.add("attributes-unsorted", "signed attributes not in DER order, signed over the bytes as stored",
		s.token(rawAttrs(func(list ca.Attributes) []byte {
			parts := ca.Sorted(list.Parts())
			parts[0], parts[len(parts)-1] = parts[len(parts)-1], parts[0]
			return ca.Concat(parts...)
		})))
	s.add("signing-time-outside", "a signing-time outside the certificate's validity: genTime alone counts",
		s.token(withAttr(ca.One(ca.OIDSigningTime, ca.UTCTime("2019-01-01")))))
	s.add("attribute-unknown", "an unknown signed attribute", s.token(withAttr(ca.One(ca.OIDUnknown, ca.UTF8("?")))))
	unsigned := ca.One(ca.OIDUnknown, ca.UTF8("whatever"))
	s.add("unsigned-unknown", "an unknown unsigned attribute", s.token(editInfo(func(i *ca.SignerInfo) {
		i.Unsigned = ca.Attributes{unsigned}
	}))).uncommitted(unsigned.Encode())
	s.add("algorithm-protection", "CMSAlgorithmProtection repeats the right algorithms",
		s.token(withAttr(ca.AlgorithmProtection(ca.HashSHA256.ID(), ca.EcdsaWith(ca.HashSHA256).ID))))
	s.goodESS()
}

// goodESS: all the forms in which the signer's certificate may be named.
func (s *suite) goodESS() {
	full := ca.ESSID{Of: s.tsa, Hash: ca.HashSHA256, Serial: s.tsa.ESSIssuerSerial()}
	for _, c := range []struct {
		id, comment string
		attrs       ca.Attributes
	}{
		{"ess-v1", "signing-certificate of the first version alone", ca.Attributes{ca.ESSV1(s.tsa)}},
		{"ess-v1-issuer-serial", "the same, with issuer and serial number", ca.Attributes{ca.ESSV1IDs(full)}},
		{"ess-v2-sha512", "signing-certificate-v2 with SHA-512", ca.Attributes{ca.ESSV2IDs(ca.ESSID{Of: s.tsa, Hash: ca.HashSHA512})}},
		{"ess-v2-issuer-serial", "signing-certificate-v2 with issuer and serial number", ca.Attributes{ca.ESSV2IDs(full)}},
		{"ess-both", "both versions, both right", ca.Attributes{ca.ESSV1(s.tsa), ca.ESSV2(s.tsa)}},
		{"ess-path", "ids of the signer and of its issuer", ca.Attributes{ca.ESSV2(s.tsa, s.issuing)}},
		{"ess-whole-path", "ids of the signer, its issuer and the anchor", ca.Attributes{ca.ESSV2(s.tsa, s.issuing, s.root)}},
		{"ess-v1-whole-path", "the same in the first version", ca.Attributes{ca.ESSV1(s.tsa, s.issuing, s.root)}},
	} {
		s.add(c.id, c.comment, s.token(editAttrs(func(list ca.Attributes) ca.Attributes {
			return append(list.Without(ca.OIDSigningCertificate2), c.attrs...)
		})))
	}
}
