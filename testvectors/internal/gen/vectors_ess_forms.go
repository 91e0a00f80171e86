package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// essForms: the signing-certificate attributes in forms that name nobody, or nobody well.
func (s *suite) essForms() {
	long := ca.One(ca.OIDSigningCertificate, ca.Seq(ca.Seq(ca.Seq(ca.Octets(ca.HashSHA256.Sum(s.tsa.DER))))))
	s.essVector("ess-v1-long", "the first version, which knows SHA-1 alone, with a hash of 32 bytes", ca.Attributes{long}).refused("tsp.ess-mismatch")
	unknown := ca.Seq(ca.Algorithm(ca.OIDUnknown), ca.Octets(ca.HashSHA256.Sum(s.tsa.DER)))
	s.essVector("ess-v2-unknown-hash", "a hash by an algorithm that nobody knows",
		ca.Attributes{ca.One(ca.OIDSigningCertificate2, ca.Seq(ca.Seq(unknown)))}).refused("tsp.ess-algorithm")
	s.essVector("ess-v2-md5", "the right hash, by MD5: many certificates can have it",
		ca.Attributes{ca.ESSV2IDs(ca.ESSID{Of: s.tsa, Hash: ca.HashMD5})}).refused("tsp.weak-signature")
	right := ca.DirectoryName(s.tsa.Issuer)
	for _, c := range []struct {
		id, comment string
		names       [][]byte
	}{
		{"ess-v2-two-issuers", "right hash, and the issuer is one of two names", [][]byte{right, ca.DirectoryName(s.root.Name)}},
		{"ess-v2-issuer-twice", "right hash, and the issuer's name twice where one belongs", [][]byte{right, right}},
		{"ess-v2-issuer-dns", "right hash, and a host name instead of the issuer's", [][]byte{ca.DNSName("ca.example")}},
		{"ess-v2-issuer-dns-beside", "right hash, and a host name beside the issuer's", [][]byte{right, ca.DNSName("ca.example")}},
	} {
		serial := ca.Seq(ca.Seq(c.names...), ca.BigInteger(s.tsa.Serial))
		s.essVector(c.id, c.comment, ca.Attributes{ca.ESSV2IDs(ca.ESSID{Of: s.tsa, Hash: ca.HashSHA256, Serial: serial})}).refused("tsp.ess-mismatch")
	}
}
