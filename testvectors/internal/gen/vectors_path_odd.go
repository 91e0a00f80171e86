package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// pathReadings: constraints and names that can be written in more than one way.
func (s *suite) pathReadings() {
	zero := s.root.CA("ca-length-zero", ca.With(ca.PathLen(0)))
	five := zero.CA("ca-length-raised", ca.With(ca.PathLen(5)))
	s.add("path-length-raised", "an intermediate allows itself more than the one above it did",
		s.token(by(five.TSA("path-length-raised-tsa"), five, zero))).refused("tsp.path-length")
	unreadable := ca.Extension{OID: ca.OIDNameConstraints, Critical: true, Value: ca.UTF8("names of ours")}
	s.below("names-unreadable", "the issuer's name constraints cannot be read", s.root.CA("ca-names-unreadable", ca.With(unreadable))).
		refused("tsp.path-name-constraints")
	s.reordered()
	dotless := s.root.CA("ca-excluded-host", ca.With(ca.ExcludedName(ca.DNSName("a.evil.example"))))
	s.below("names-trailing-dot", "an excluded host name, written with the dot at its end", dotless, ca.With(ca.SubjectAltName(ca.DNSName("a.evil.example.")))).
		refused("tsp.path-name-constraints").openssl("accept")
	s.below("names-excluded-host", "an excluded host name", dotless, ca.With(ca.SubjectAltName(ca.DNSName("a.evil.example")))).
		refused("tsp.path-name-constraints")
	s.twoAlgorithms()
}

// reordered: the members of one relative name are a set; DER would have the subject's in the
// other order.
func (s *suite) reordered() {
	company := ca.AttributeValue(ca.OIDOrganization, ca.UTF8("Evil Company"))
	unit := ca.AttributeValue(ca.OIDUnit, ca.UTF8("Clocks"))
	subject := ca.Seq(ca.Set(company, unit), ca.Set(ca.AttributeValue(ca.OIDCommonName, ca.UTF8("names-reordered-tsa"))))
	issuer := s.root.CA("ca-excluded-unit", ca.With(ca.Excluded(ca.Seq(ca.Set(unit, company)))))
	s.below("names-reordered", "the excluded relative name has two members, the subject has them in the other order", issuer,
		func(c *ca.CertSpec) { c.Name = subject }).refused("tsp.path-name-constraints")
}

// twoAlgorithms: a certificate names its algorithm twice, and must do so alike (RFC 5280, 4.1.1.2).
func (s *suite) twoAlgorithms() {
	differing := func(c *ca.CertSpec) { c.Inner = ca.EcdsaWith(ca.HashSHA384).ID }
	upper := s.root.CA("ca-two-algorithms", differing)
	s.below("issuer-two-algorithms", "the issuer names one signature algorithm inside and another one outside", upper).refused("tsp.no-chain")
	lower := upper.CA("ca-two-algorithms-below", differing)
	s.add("issuers-two-algorithms", "the same in two certificates of the path",
		s.token(by(lower.TSA("issuers-two-algorithms-tsa"), lower, upper))).refused("tsp.no-chain")
}
