package main

import (
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// container is a CMS signature to be made. The zero value of each member is the usual:
// by the signer, with its issuing authority, ECDSA and SHA-256, content-type,
// message-digest and signing-certificate signed. The edit functions run before what covers
// the thing they change is made, so that a defect stays the only one.
type container struct {
	by          *ca.Cert
	key         *ca.Key    // who signs in truth
	certs       []*ca.Cert // that it carries, the signer not implied
	noCerts     bool
	hash        ca.HashAlg
	alg         *ca.SigAlg
	contentType string // id-data
	inside      []byte // content of its own; empty and not nil is an empty one

	noAttrs bool
	attrs   func(ca.Attributes) ca.Attributes
	// contentStamp is the genTime of a time-stamp among the signed attributes, over the
	// signed bytes; stamp that of one over the value, in the unsigned ones.
	contentStamp, stamp string
	stamps              func(value []byte) []ca.Attribute // further unsigned attributes

	info   func(*ca.SignerInfo)
	signed func(*ca.SignedData)
	spoil  bool // the value does not verify
}

const (
	detached  = "adbe.pkcs7.detached"
	etsiCAdES = "ETSI.CAdES.detached"
	etsiStamp = "ETSI.RFC3161"

	oidStamp        = "1.2.840.113549.1.9.16.2.14"
	oidContentStamp = "1.2.840.113549.1.9.16.2.20"
)

// plain is a signature as of adbe.pkcs7.detached, cades one of PAdES.
func plain(c container) signature { return signature{value: c.over} }
func cades(c container) signature { return signature{subFilter: etsiCAdES, value: c.over} }

// digested is a signature as of adbe.pkcs7.sha1: its content is the SHA-1 of the signed
// bytes.
func digested(c container) signature {
	return signature{subFilter: "adbe.pkcs7.sha1", value: func(b []byte) []byte {
		c.inside = ca.HashSHA1.Sum(b)
		return c.over(nil)
	}}
}

// bare is a signature as of adbe.x509.rsa_sha1: a PKCS #1 value, and the certificates in
// the dictionary.
func bare(certs ...*ca.Cert) signature {
	list := ""
	for _, c := range certs {
		list += fmt.Sprintf("<%x>", c.DER)
	}
	return signature{subFilter: "adbe.x509.rsa_sha1", more: "/Cert[" + list + "]", value: func(b []byte) []byte {
		return ca.Octets(ca.RSAWith(ca.HashSHA1).Sign(certs[0].Key, b))
	}}
}

// with changes a signature.
func (s signature) with(edit func(*signature)) signature {
	edit(&s)
	return s
}

func (c container) defaults() container {
	if c.by == nil {
		c.by = world.signer
	}
	if c.key == nil {
		c.key = c.by.Key
	}
	if c.certs == nil && !c.noCerts {
		c.certs = []*ca.Cert{c.by, world.issuing}
	}
	if c.hash.OID == "" {
		c.hash = ca.HashSHA256
	}
	if c.alg == nil {
		c.alg = ca.Usual(c.key, c.hash)
	}
	c.contentType = or(c.contentType, ca.OIDData)
	return c
}

// over makes the signature over content.
func (c container) over(content []byte) []byte {
	c = c.defaults()
	d := ca.SignedData{Version: 1, DigestAlgs: [][]byte{c.hash.ID()}, ContentType: c.contentType}
	if c.inside != nil {
		d.Content = ca.Octets(c.inside)
		content = c.inside
	}
	for _, x := range c.certs {
		d.Certs = append(d.Certs, x.DER)
	}
	d.Signers = [][]byte{c.signerInfo(content)}
	if c.signed != nil {
		c.signed(&d)
	}
	return d.Encode()
}

func (c container) signerInfo(content []byte) []byte {
	info := ca.SignerInfo{Version: 1, SID: c.by.IssuerSerial(), DigestAlg: c.hash.ID(), Alg: c.alg.ID}
	message := content
	if !c.noAttrs {
		list := ca.Attributes{ca.ContentTypeAttr(c.contentType), ca.MessageDigestAttr(c.hash.Sum(content)), ca.ESSV2(c.by)}
		if c.contentStamp != "" {
			list = append(list, ca.One(oidContentStamp, token(content, c.contentStamp)))
		}
		if c.attrs != nil {
			list = c.attrs(list)
		}
		info.Attrs = ca.Concat(ca.Sorted(list.Parts())...)
		message = ca.Set(info.Attrs)
	}
	info.Signature = c.alg.Sign(c.key, message)
	if c.spoil {
		info.Signature[len(info.Signature)-1] ^= 1
	}
	if c.stamp != "" {
		info.Unsigned = append(info.Unsigned, ca.One(oidStamp, token(info.Signature, c.stamp)))
	}
	if c.stamps != nil {
		info.Unsigned = append(info.Unsigned, c.stamps(info.Signature)...)
	}
	if c.info != nil {
		c.info(&info)
	}
	return info.Encode()
}

// tokenSpec is a time-stamp token to be made; the zero value of each member is the usual.
type tokenSpec struct {
	container
	tst func(*ca.TSTInfo)
}

// token is a time-stamp by the usual authority.
func token(data []byte, at string) []byte { return tokenSpec{}.over(data, at) }

func (s tokenSpec) over(data []byte, at string) []byte {
	if s.by == nil {
		s.by = world.tsa
	}
	if s.certs == nil && !s.noCerts {
		s.certs = []*ca.Cert{s.by}
	}
	t := ca.TSTInfo{
		Version: 1, Policy: ca.OIDPolicyOne, ImprintAlg: ca.HashSHA256.ID(), Imprint: ca.HashSHA256.Sum(data), Serial: 4711,
		GenTime: strings.NewReplacer("-", "", ":", "", "T", "").Replace(at),
	}
	if s.tst != nil {
		s.tst(&t)
	}
	s.contentType, s.inside = ca.OIDTSTInfo, t.Encode()
	edit := s.signed
	s.signed = func(d *ca.SignedData) {
		d.Version = 3
		if edit != nil {
			edit(d)
		}
	}
	return s.container.over(nil)
}

// stamping is a document time-stamp.
func stamping(at string) signature { return stampingBy(tokenSpec{}, at) }

func stampingBy(s tokenSpec, at string) signature {
	return signature{typ: "DocTimeStamp", subFilter: etsiStamp, value: func(b []byte) []byte { return s.over(b, at) }}
}
