package main

import "math/big"

// cert is a certificate of a test authority together with its key.
type cert struct {
	label  string
	name   []byte
	issuer []byte
	serial *big.Int
	key    *key
	der    []byte
}

// certSpec says how a certificate is to be made. Zero fields get sound defaults.
type certSpec struct {
	label    string // file name, and seed of key and serial number
	cn       string
	name     []byte // a whole name instead of cn
	from, to string
	key      *key
	alg      *sigAlg
	inner    []byte // the algorithm inside the signed part, where it differs from the one outside
	exts     extensions
	serial   *big.Int
	noAKI    bool   // the issuer must then be found by trying
	keyID    []byte // a subject key identifier that is not the key's own
	spoil    bool   // one bit of the signature is wrong
}

// organization is the O of all our names; name constraints refer to it.
const organization = "Exhibit Test Authority"

func distinguishedName(cn string) []byte {
	return rdnSequence(attributeValue(oidOrganization, utf8(organization)), attributeValue(oidCommonName, utf8(cn)))
}

func organizationName(o string) []byte {
	return rdnSequence(attributeValue(oidOrganization, utf8(o)))
}

func attributeValue(id string, value []byte) []byte { return seq(oid(id), value) }

func rdnSequence(values ...[]byte) []byte {
	var parts [][]byte
	for _, v := range values {
		parts = append(parts, set(v))
	}
	return seq(parts...)
}

func (s *certSpec) defaults() {
	if s.cn == "" {
		s.cn = s.label
	}
	if s.name == nil {
		s.name = distinguishedName(s.cn)
	}
	if s.key == nil {
		s.key = p256(s.label)
	}
	if s.serial == nil {
		s.serial = new(big.Int).SetBytes(stream("serial "+s.label, 8))
		s.serial.SetBit(s.serial, 62, 1).SetBit(s.serial, 63, 0)
	}
	if s.keyID == nil {
		s.keyID = s.key.id()
	}
}

// selfSigned makes a root.
func selfSigned(s certSpec) *cert {
	s.defaults()
	s.noAKI = true
	return (&cert{name: s.name, key: s.key}).issue(s)
}

// issue makes a certificate below c.
func (c *cert) issue(s certSpec) *cert {
	s.defaults()
	exts := append(extensions{}, s.exts...)
	exts = exts.with(subjectKeyID(s.keyID))
	if !s.noAKI {
		exts = exts.with(authorityKeyID(c.key.id()))
	}
	alg := s.alg
	if alg == nil {
		alg = usual(c.key, hashSHA256)
	}
	inner := alg.id
	if s.inner != nil {
		inner = s.inner
	}
	tbs := seq(ctx(0, integer(2)), bigInteger(s.serial), inner, c.name,
		seq(utcTime(s.from), utcTime(s.to)), s.name, s.key.spki, ctx(3, exts.encode()))
	signature := alg.sign(c.key, tbs)
	if s.spoil {
		signature[len(signature)-1] ^= 1
	}
	return &cert{
		label: s.label, name: s.name, issuer: c.name, serial: s.serial, key: s.key,
		der: seq(tbs, alg.id, bitString(signature)),
	}
}

// issuerSerial is the CMS form of a signer identifier.
func (c *cert) issuerSerial() []byte { return seq(c.issuer, bigInteger(c.serial)) }

// essIssuerSerial is the form of the ESS attributes: general names.
func (c *cert) essIssuerSerial() []byte {
	return seq(seq(directoryName(c.issuer)), bigInteger(c.serial))
}

func caExtensions() extensions {
	return extensions{basicConstraintsCA(), keyUsage(keyCertSign, cRLSign)}
}

func tsaExtensions() extensions {
	return extensions{keyUsage(digitalSignature), extKeyUsage(true, oidTimestamps)}
}
