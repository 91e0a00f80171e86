package main

import "slices"

// signerInfo is RFC 5652, 5.3.
type signerInfo struct {
	version   int64
	sid       []byte
	digestAlg []byte
	attrs     []byte // contents of the signed attributes; nil = left out
	alg       []byte
	signature []byte
	unsigned  attributes
}

func (i signerInfo) encode() []byte {
	parts := [][]byte{integer(i.version), i.sid, i.digestAlg}
	if i.attrs != nil {
		parts = append(parts, ctx(0, i.attrs))
	}
	parts = append(parts, i.alg, octets(i.signature))
	if i.unsigned != nil {
		parts = append(parts, ctx(1, sorted(i.unsigned.parts())...))
	}
	return seq(parts...)
}

// signedData is RFC 5652, 5.1.
type signedData struct {
	version     int64
	digestAlgs  [][]byte
	contentType string
	content     []byte   // the eContent OCTET STRING; nil = detached
	certs       [][]byte // CertificateChoices, in the order of the file
	crls        [][]byte // RevocationInfoChoices
	signers     [][]byte
	outerType   string // of the ContentInfo; "" = SignedData
}

func (d signedData) encode() []byte {
	content := seq(oid(d.contentType))
	if d.content != nil {
		content = seq(oid(d.contentType), ctx(0, d.content))
	}
	parts := [][]byte{integer(d.version), setOf(d.digestAlgs...), content}
	if d.certs != nil {
		parts = append(parts, ctx(0, d.certs...))
	}
	if d.crls != nil {
		parts = append(parts, ctx(1, d.crls...))
	}
	return contentInfo(d.outerType, seq(append(parts, set(d.signers...))...))
}

func contentInfo(kind string, content []byte) []byte {
	if kind == "" {
		kind = oidSignedData
	}
	return seq(oid(kind), ctx(0, content))
}

// indefinite is a BER element without a length: what streaming producers write.
func indefinite(tag byte, parts ...[]byte) []byte {
	return slices.Concat([]byte{tag, 0x80}, concat(parts...), []byte{0, 0})
}

// encodeBER gives each layer around the signed parts an indefinite length, and cuts the content
// into segments.
func (d signedData) encodeBER() []byte {
	body := contents(d.content)
	half := len(body) / 2
	return d.encodeSegments(indefinite(0x24, octets(body[:half]), octets(body[half:])))
}

func (d signedData) encodeSegments(segments []byte) []byte {
	content := indefinite(0x30, oid(d.contentType), indefinite(0xa0, segments))
	return indefinite(0x30, oid(oidSignedData), indefinite(0xa0, indefinite(0x30,
		integer(d.version), indefinite(0x31, d.digestAlgs...), content,
		indefinite(0xa0, d.certs...), indefinite(0x31, d.signers...))))
}

// PKIStatus values of RFC 3161.
const (
	granted         = 0
	grantedWithMods = 1
	rejection       = 2
	waiting         = 3
	revokedWarning  = 4
	unknownStatus   = 6
)

// reply wraps a token, or none, in a TimeStampResp.
func reply(status int64, token []byte) evidence {
	return evidence{ext: ".tsr", der: seq(seq(integer(status)), token)}
}
