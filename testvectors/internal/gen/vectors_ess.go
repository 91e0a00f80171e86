package main

import (
	"math/big"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// signingCertificate: which certificate signed, and whether the signature says so.
func (s *suite) signingCertificate() {
	s.add("signer-missing", "the signer's certificate is nowhere", s.token(carrying())).refused("tsp.signer-missing")
	other := s.issuing.TSA("tsa-other")
	s.add("signer-missing-others-there", "other certificates are there, the signer's is not",
		s.token(carrying(other, s.issuing))).refused("tsp.signer-missing")
	s.add("sid-other-serial", "the signer is named by a serial number that no certificate has", s.token(editInfo(func(i *ca.SignerInfo) {
		i.SID = ca.Seq(s.issuing.Name, ca.Integer(1))
	}))).refused("tsp.signer-missing")
	s.add("ess-none", "no signing-certificate attribute", s.token(withoutAttr(ca.OIDSigningCertificate2))).refused("tsp.no-ess")
	s.essNamesOther(other)
	s.essSerials(other)
	s.essChain(other)
}

func (s *suite) essNamesOther(other *ca.Cert) {
	for _, c := range []struct {
		id, comment string
		attrs       ca.Attributes
	}{
		{"ess-v1-other", "the first version names another certificate", ca.Attributes{ca.ESSV1(other)}},
		{"ess-v2-other", "the second version names another certificate", ca.Attributes{ca.ESSV2(other)}},
		{"ess-v2-wrong", "the first version fits, the second does not", ca.Attributes{ca.ESSV1(s.tsa), ca.ESSV2(other)}},
		{"ess-v1-wrong", "the second version fits, the first does not", ca.Attributes{ca.ESSV1(other), ca.ESSV2(s.tsa)}},
		{"ess-second-fits", "the signer is the second id; the path is named completely", ca.Attributes{ca.ESSV2(s.issuing, s.tsa)}},
		{"ess-v1-second-fits", "the same in the first version", ca.Attributes{ca.ESSV1(s.issuing, s.tsa)}},
	} {
		s.essVector(c.id, c.comment, c.attrs).refused("tsp.ess-mismatch")
	}
}

// essVector is a token whose signing-certificate attributes are the given ones.
func (s *suite) essVector(id, comment string, attrs ca.Attributes) *vector {
	return s.add(id, comment, s.token(editAttrs(func(list ca.Attributes) ca.Attributes {
		return append(list.Without(ca.OIDSigningCertificate2), attrs...)
	})))
}

// essSerials: the hash fits, issuer and serial number do not.
func (s *suite) essSerials(other *ca.Cert) {
	number := s.tsa.ESSIssuerSerial()
	serial := ca.Seq(ca.Seq(ca.DirectoryName(s.tsa.Issuer)), ca.BigInteger(new(big.Int).Add(s.tsa.Serial, big.NewInt(1))))
	issuer := ca.Seq(ca.Seq(ca.DirectoryName(s.root.Name)), ca.BigInteger(s.tsa.Serial))
	for _, c := range []struct {
		id, comment string
		attr        ca.Attribute
	}{
		{"ess-v2-serial", "right hash, wrong serial number", ca.ESSV2IDs(ca.ESSID{Of: s.tsa, Hash: ca.HashSHA256, Serial: serial})},
		{"ess-v2-issuer", "right hash, wrong issuer", ca.ESSV2IDs(ca.ESSID{Of: s.tsa, Hash: ca.HashSHA256, Serial: issuer})},
		{"ess-v1-serial", "the first version: right hash, wrong serial number", ca.ESSV1IDs(ca.ESSID{Of: s.tsa, Hash: ca.HashSHA256, Serial: serial})},
		{"ess-v1-issuer", "the first version: right hash, wrong issuer", ca.ESSV1IDs(ca.ESSID{Of: s.tsa, Hash: ca.HashSHA256, Serial: issuer})},
		{"ess-v2-hash-flipped", "issuer and serial number fit, the hash is another certificate's", ca.ESSV2IDs(ca.ESSID{Of: other, Hash: ca.HashSHA256, Serial: number})},
	} {
		s.essVector(c.id, c.comment, ca.Attributes{c.attr}).refused("tsp.ess-mismatch")
	}
}

// essChain: with more than one id the path is limited to the named certificates.
func (s *suite) essChain(other *ca.Cert) {
	s.essVector("ess-chain-misses-issuer", "two ids, and the path's intermediate is not among them",
		ca.Attributes{ca.ESSV2(s.tsa, s.root)}).refused("tsp.ess-chain").openssl("accept")
	s.essVector("ess-chain-names-stranger", "the second id is a stranger's",
		ca.Attributes{ca.ESSV2(s.tsa, other)}).refused("tsp.ess-chain")
	s.essVector("ess-v1-chain-misses-issuer", "the same in the first version",
		ca.Attributes{ca.ESSV1(s.tsa, s.root)}).refused("tsp.ess-chain").openssl("accept")
}
