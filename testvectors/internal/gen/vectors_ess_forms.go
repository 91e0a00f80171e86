package main

// essForms: the signing-certificate attributes in forms that name nobody, or nobody well.
func (s *suite) essForms() {
	long := one(oidSigningCertificate, seq(seq(seq(octets(hashSHA256.sum(s.tsa.der))))))
	s.essVector("ess-v1-long", "the first version, which knows SHA-1 alone, with a hash of 32 bytes", attributes{long}).refused("tsp.ess-mismatch")
	unknown := seq(algorithm(oidUnknown), octets(hashSHA256.sum(s.tsa.der)))
	s.essVector("ess-v2-unknown-hash", "a hash by an algorithm that nobody knows",
		attributes{one(oidSigningCertificate2, seq(seq(unknown)))}).refused("tsp.ess-algorithm")
	s.essVector("ess-v2-md5", "the right hash, by MD5: many certificates can have it",
		attributes{essV2IDs(essID{of: s.tsa, hash: hashMD5})}).refused("tsp.weak-signature")
	right := directoryName(s.tsa.issuer)
	for _, c := range []struct {
		id, comment string
		names       [][]byte
	}{
		{"ess-v2-two-issuers", "right hash, and the issuer is one of two names", [][]byte{right, directoryName(s.root.name)}},
		{"ess-v2-issuer-twice", "right hash, and the issuer's name twice where one belongs", [][]byte{right, right}},
		{"ess-v2-issuer-dns", "right hash, and a host name instead of the issuer's", [][]byte{dnsName("ca.example")}},
		{"ess-v2-issuer-dns-beside", "right hash, and a host name beside the issuer's", [][]byte{right, dnsName("ca.example")}},
	} {
		serial := seq(seq(c.names...), bigInteger(s.tsa.serial))
		s.essVector(c.id, c.comment, attributes{essV2IDs(essID{s.tsa, hashSHA256, serial})}).refused("tsp.ess-mismatch")
	}
}
