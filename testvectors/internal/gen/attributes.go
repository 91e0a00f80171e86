package main

import "slices"

// attribute is one CMS attribute; well-formed ones of ours have exactly one value.
type attribute struct {
	oid    string
	values [][]byte
}

func (a attribute) encode() []byte { return seq(oid(a.oid), setOf(a.values...)) }

type attributes []attribute

func (list attributes) parts() [][]byte {
	var parts [][]byte
	for _, a := range list {
		parts = append(parts, a.encode())
	}
	return parts
}

func (list attributes) without(id string) attributes {
	return slices.DeleteFunc(slices.Clone(list), func(a attribute) bool { return a.oid == id })
}

// with replaces the attribute of the same identifier, or appends.
func (list attributes) with(a attribute) attributes { return append(list.without(a.oid), a) }

func one(id string, value []byte) attribute { return attribute{id, [][]byte{value}} }

func contentTypeAttr(id string) attribute       { return one(oidContentType, oid(id)) }
func messageDigestAttr(digest []byte) attribute { return one(oidMessageDigest, octets(digest)) }

// essID names a certificate by its hash and, if asked, by issuer and serial number.
type essID struct {
	of     *cert
	hash   hashAlg // second version only
	serial []byte  // IssuerSerial, nil = left out
}

func (id essID) first() []byte { return seq(octets(hashSHA1.sum(id.of.der)), id.serial) }

// second leaves out the default hash algorithm, as DER asks.
func (id essID) second() []byte {
	var alg []byte
	if id.hash.oid != hashSHA256.oid {
		alg = id.hash.id()
	}
	return seq(alg, octets(id.hash.sum(id.of.der)), id.serial)
}

func ids(certs []*cert) []essID {
	var out []essID
	for _, c := range certs {
		out = append(out, essID{of: c, hash: hashSHA256})
	}
	return out
}

// essV1 and essV2 are the signing-certificate attributes of RFC 2634 and RFC 5035.
func essV1(certs ...*cert) attribute { return essV1IDs(ids(certs)...) }
func essV2(certs ...*cert) attribute { return essV2IDs(ids(certs)...) }

func essV1IDs(list ...essID) attribute {
	var parts [][]byte
	for _, id := range list {
		parts = append(parts, id.first())
	}
	return one(oidSigningCertificate, seq(seq(parts...)))
}

func essV2IDs(list ...essID) attribute {
	var parts [][]byte
	for _, id := range list {
		parts = append(parts, id.second())
	}
	return one(oidSigningCertificate2, seq(seq(parts...)))
}

// algorithmProtection repeats the algorithms under the signature (RFC 6211).
func algorithmProtection(digestAlg, signatureAlg []byte) attribute {
	return one(oidAlgorithmProtection, seq(digestAlg, retag(0xa1, signatureAlg)))
}
