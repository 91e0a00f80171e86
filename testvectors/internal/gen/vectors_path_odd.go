package main

// pathReadings: constraints and names that can be written in more than one way.
func (s *suite) pathReadings() {
	zero := s.root.ca("ca-length-zero", with(pathLen(0)))
	five := zero.ca("ca-length-raised", with(pathLen(5)))
	s.add("path-length-raised", "an intermediate allows itself more than the one above it did",
		s.token(by(five.tsa("path-length-raised-tsa"), five, zero))).refused("tsp.path-length")
	unreadable := extension{oidNameConstraints, true, utf8("names of ours")}
	s.below("names-unreadable", "the issuer's name constraints cannot be read", s.root.ca("ca-names-unreadable", with(unreadable))).
		refused("tsp.path-name-constraints")
	s.reordered()
	dotless := s.root.ca("ca-excluded-host", with(excludedName(dnsName("a.evil.example"))))
	s.below("names-trailing-dot", "an excluded host name, written with the dot at its end", dotless, with(subjectAltName(dnsName("a.evil.example.")))).
		refused("tsp.path-name-constraints").openssl("accept")
	s.below("names-excluded-host", "an excluded host name", dotless, with(subjectAltName(dnsName("a.evil.example")))).
		refused("tsp.path-name-constraints")
	s.twoAlgorithms()
}

// reordered: the members of one relative name are a set; DER would have the subject's in the
// other order.
func (s *suite) reordered() {
	company := attributeValue(oidOrganization, utf8("Evil Company"))
	unit := attributeValue(oidUnit, utf8("Clocks"))
	subject := seq(set(company, unit), set(attributeValue(oidCommonName, utf8("names-reordered-tsa"))))
	ca := s.root.ca("ca-excluded-unit", with(excluded(seq(set(unit, company)))))
	s.below("names-reordered", "the excluded relative name has two members, the subject has them in the other order", ca,
		func(c *certSpec) { c.name = subject }).refused("tsp.path-name-constraints")
}

// twoAlgorithms: a certificate names its algorithm twice, and must do so alike (RFC 5280, 4.1.1.2).
func (s *suite) twoAlgorithms() {
	differing := func(c *certSpec) { c.inner = ecdsaWith(hashSHA384).id }
	upper := s.root.ca("ca-two-algorithms", differing)
	s.below("issuer-two-algorithms", "the issuer names one signature algorithm inside and another one outside", upper).refused("tsp.no-chain")
	lower := upper.ca("ca-two-algorithms-below", differing)
	s.add("issuers-two-algorithms", "the same in two certificates of the path",
		s.token(by(lower.tsa("issuers-two-algorithms-tsa"), lower, upper))).refused("tsp.no-chain")
}
