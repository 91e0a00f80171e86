package ca

import "slices"

// Attribute is one CMS attribute; well-formed ones of ours have exactly one value.
type Attribute struct {
	OID    string
	Values [][]byte
}

func (a Attribute) Encode() []byte { return Seq(OID(a.OID), SetOf(a.Values...)) }

type Attributes []Attribute

func (list Attributes) Parts() [][]byte {
	var parts [][]byte
	for _, a := range list {
		parts = append(parts, a.Encode())
	}
	return parts
}

func (list Attributes) Without(id string) Attributes {
	return slices.DeleteFunc(slices.Clone(list), func(a Attribute) bool { return a.OID == id })
}

// With replaces the attribute of the same identifier, or appends.
func (list Attributes) With(a Attribute) Attributes { return append(list.Without(a.OID), a) }

func One(id string, value []byte) Attribute { return Attribute{id, [][]byte{value}} }

func ContentTypeAttr(id string) Attribute       { return One(OIDContentType, OID(id)) }
func MessageDigestAttr(digest []byte) Attribute { return One(OIDMessageDigest, Octets(digest)) }

// ESSID names a certificate by its hash and, if asked, by issuer and serial number.
type ESSID struct {
	Of     *Cert
	Hash   HashAlg // second version only
	Serial []byte  // IssuerSerial, nil = left out
}

func (id ESSID) First() []byte { return Seq(Octets(HashSHA1.Sum(id.Of.DER)), id.Serial) }

// Second leaves out the default hash algorithm, as DER asks.
func (id ESSID) Second() []byte {
	var alg []byte
	if id.Hash.OID != HashSHA256.OID {
		alg = id.Hash.ID()
	}
	return Seq(alg, Octets(id.Hash.Sum(id.Of.DER)), id.Serial)
}

func IDs(certs []*Cert) []ESSID {
	var out []ESSID
	for _, c := range certs {
		out = append(out, ESSID{Of: c, Hash: HashSHA256})
	}
	return out
}

// ESSV1 and ESSV2 are the signing-certificate attributes of RFC 2634 and RFC 5035.
func ESSV1(certs ...*Cert) Attribute { return ESSV1IDs(IDs(certs)...) }
func ESSV2(certs ...*Cert) Attribute { return ESSV2IDs(IDs(certs)...) }

func ESSV1IDs(list ...ESSID) Attribute {
	var parts [][]byte
	for _, id := range list {
		parts = append(parts, id.First())
	}
	return One(OIDSigningCertificate, Seq(Seq(parts...)))
}

func ESSV2IDs(list ...ESSID) Attribute {
	var parts [][]byte
	for _, id := range list {
		parts = append(parts, id.Second())
	}
	return One(OIDSigningCertificate2, Seq(Seq(parts...)))
}

// AlgorithmProtection repeats the algorithms under the signature (RFC 6211).
func AlgorithmProtection(digestAlg, signatureAlg []byte) Attribute {
	return One(OIDAlgorithmProtection, Seq(digestAlg, Retag(0xa1, signatureAlg)))
}
