package main

import "math/big"

// signingCertificate: which certificate signed, and whether the signature says so.
func (s *suite) signingCertificate() {
	s.add("signer-missing", "the signer's certificate is nowhere", s.token(carrying())).refused("tsp.signer-missing")
	other := s.issuing.tsa("tsa-other")
	s.add("signer-missing-others-there", "other certificates are there, the signer's is not",
		s.token(carrying(other, s.issuing))).refused("tsp.signer-missing")
	s.add("sid-other-serial", "the signer is named by a serial number that no certificate has", s.token(editInfo(func(i *signerInfo) {
		i.sid = seq(s.issuing.name, integer(1))
	}))).refused("tsp.signer-missing")
	s.add("ess-none", "no signing-certificate attribute", s.token(withoutAttr(oidSigningCertificate2))).refused("tsp.no-ess")
	s.essNamesOther(other)
	s.essSerials(other)
	s.essChain(other)
}

func (s *suite) essNamesOther(other *cert) {
	for _, c := range []struct {
		id, comment string
		attrs       attributes
	}{
		{"ess-v1-other", "the first version names another certificate", attributes{essV1(other)}},
		{"ess-v2-other", "the second version names another certificate", attributes{essV2(other)}},
		{"ess-v2-wrong", "the first version fits, the second does not", attributes{essV1(s.tsa), essV2(other)}},
		{"ess-v1-wrong", "the second version fits, the first does not", attributes{essV1(other), essV2(s.tsa)}},
		{"ess-second-fits", "the signer is the second id; the path is named completely", attributes{essV2(s.issuing, s.tsa)}},
		{"ess-v1-second-fits", "the same in the first version", attributes{essV1(s.issuing, s.tsa)}},
	} {
		s.essVector(c.id, c.comment, c.attrs).refused("tsp.ess-mismatch")
	}
}

// essVector is a token whose signing-certificate attributes are the given ones.
func (s *suite) essVector(id, comment string, attrs attributes) *vector {
	return s.add(id, comment, s.token(editAttrs(func(list attributes) attributes {
		return append(list.without(oidSigningCertificate2), attrs...)
	})))
}

// essSerials: the hash fits, issuer and serial number do not.
func (s *suite) essSerials(other *cert) {
	number := s.tsa.essIssuerSerial()
	serial := seq(seq(directoryName(s.tsa.issuer)), bigInteger(new(big.Int).Add(s.tsa.serial, big.NewInt(1))))
	issuer := seq(seq(directoryName(s.root.name)), bigInteger(s.tsa.serial))
	for _, c := range []struct {
		id, comment string
		attr        attribute
	}{
		{"ess-v2-serial", "right hash, wrong serial number", essV2IDs(essID{s.tsa, hashSHA256, serial})},
		{"ess-v2-issuer", "right hash, wrong issuer", essV2IDs(essID{s.tsa, hashSHA256, issuer})},
		{"ess-v1-serial", "the first version: right hash, wrong serial number", essV1IDs(essID{s.tsa, hashSHA256, serial})},
		{"ess-v1-issuer", "the first version: right hash, wrong issuer", essV1IDs(essID{s.tsa, hashSHA256, issuer})},
		{"ess-v2-hash-flipped", "issuer and serial number fit, the hash is another certificate's", essV2IDs(essID{other, hashSHA256, number})},
	} {
		s.essVector(c.id, c.comment, attributes{c.attr}).refused("tsp.ess-mismatch")
	}
}

// essChain: with more than one id the path is limited to the named certificates.
func (s *suite) essChain(other *cert) {
	s.essVector("ess-chain-misses-issuer", "two ids, and the path's intermediate is not among them",
		attributes{essV2(s.tsa, s.root)}).refused("tsp.ess-chain").openssl("accept")
	s.essVector("ess-chain-names-stranger", "the second id is a stranger's",
		attributes{essV2(s.tsa, other)}).refused("tsp.ess-chain")
	s.essVector("ess-v1-chain-misses-issuer", "the same in the first version",
		attributes{essV1(s.tsa, s.root)}).refused("tsp.ess-chain").openssl("accept")
}
