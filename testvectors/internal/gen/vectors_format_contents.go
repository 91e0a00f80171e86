package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// formatContents: a TSTInfo that is not one.
func (s *suite) formatContents() {
	s.add("econtent-type", "eContentType and its attribute say plain data", s.token(
		withAttr(ca.ContentTypeAttr(ca.OIDData)),
		editSigned(func(d *ca.SignedData) { d.ContentType = ca.OIDData }))).refused("tsp.content-type")
	s.add("tst-version", "TSTInfo of version 2", s.token(editTST(func(t *ca.TSTInfo) { t.Version = 2 }))).
		refused("tsp.version").openssl("refuse")
	s.add("tst-trailing", "a byte behind the TSTInfo, inside the signed content", s.token(rawTST(func(b []byte) []byte {
		return append(b, 0)
	}))).refused("tsp.malformed").openssl("accept")
	s.add("tst-indefinite", "a TSTInfo of indefinite length: the signed parts must be DER", s.token(rawTST(func(b []byte) []byte {
		return ca.Indefinite(0x30, ca.Contents(b))
	}))).refused("tsp.malformed").openssl("accept")
	s.add("tst-empty", "an empty TSTInfo", s.token(rawTST(func([]byte) []byte { return ca.Seq() }))).refused("tsp.malformed")
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
		e := s.token(editTST(func(t *ca.TSTInfo) { t.Imprint = t.Imprint[:c.n] }))
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
	digest := func(list ca.Attributes) ca.Attribute {
		return list[1] // message-digest, see tokenSpec.signerInfo
	}
	edited := func(id, comment string, f func(ca.Attributes) ca.Attributes) *vector {
		return s.add(id, comment, s.token(editAttrs(f))).refused("tsp.malformed")
	}
	edited("attribute-twice", "message-digest comes twice", func(list ca.Attributes) ca.Attributes {
		return append(list, digest(list))
	}).openssl("accept")
	edited("attribute-two-values", "content-type with two values", func(list ca.Attributes) ca.Attributes {
		return list.With(ca.Attribute{OID: ca.OIDContentType, Values: [][]byte{ca.OID(ca.OIDTSTInfo), ca.OID(ca.OIDData)}})
	}).openssl("accept")
	edited("attribute-no-value", "content-type without a value", func(list ca.Attributes) ca.Attributes {
		return list.With(ca.Attribute{OID: ca.OIDContentType})
	}).openssl("accept")
	edited("attribute-wrong-type", "message-digest as a text", func(list ca.Attributes) ca.Attributes {
		return list.With(ca.One(ca.OIDMessageDigest, ca.UTF8("digest")))
	})
	edited("ess-empty", "signing-certificate-v2 without ids", func(list ca.Attributes) ca.Attributes {
		return list.With(ca.One(ca.OIDSigningCertificate2, ca.Seq(ca.Seq())))
	})
	edited("ess-no-list", "signing-certificate-v2 without its list", func(list ca.Attributes) ca.Attributes {
		return list.With(ca.One(ca.OIDSigningCertificate2, ca.Seq()))
	})
	edited("ess-v1-empty", "signing-certificate without ids", func(list ca.Attributes) ca.Attributes {
		return list.With(ca.ESSV1IDs())
	})
	s.add("attributes-indefinite", "an attribute of indefinite length inside the signed attributes", s.token(rawAttrs(func(list ca.Attributes) []byte {
		parts := ca.Sorted(list.Parts())
		parts[0] = ca.Indefinite(0x30, ca.Contents(parts[0]))
		return ca.Concat(parts...)
	}))).refused("tsp.malformed")
}
