package ca

import (
	"slices"

	"golang.org/x/crypto/cryptobyte/asn1"
)

// SignerInfo is RFC 5652, 5.3.
type SignerInfo struct {
	Version   int64
	SID       []byte
	DigestAlg []byte
	Attrs     []byte // contents of the signed attributes; nil = left out
	Alg       []byte
	Signature []byte
	Unsigned  Attributes
}

func (i SignerInfo) Encode() []byte {
	parts := [][]byte{Integer(i.Version), i.SID, i.DigestAlg}
	if i.Attrs != nil {
		parts = append(parts, Ctx(0, i.Attrs))
	}
	parts = append(parts, i.Alg, Octets(i.Signature))
	if i.Unsigned != nil {
		parts = append(parts, Ctx(1, Sorted(i.Unsigned.Parts())...))
	}
	return Seq(parts...)
}

// SignedData is RFC 5652, 5.1.
type SignedData struct {
	Version     int64
	DigestAlgs  [][]byte
	ContentType string
	Content     []byte   // the eContent OCTET STRING; nil = detached
	Certs       [][]byte // CertificateChoices, in the order of the file
	Crls        [][]byte // RevocationInfoChoices
	Signers     [][]byte
	OuterType   string // of the ContentInfo; "" = SignedData
}

func (d SignedData) Encode() []byte {
	content := Seq(OID(d.ContentType))
	if d.Content != nil {
		content = Seq(OID(d.ContentType), Ctx(0, d.Content))
	}
	parts := [][]byte{Integer(d.Version), SetOf(d.DigestAlgs...), content}
	if d.Certs != nil {
		parts = append(parts, Ctx(0, d.Certs...))
	}
	if d.Crls != nil {
		parts = append(parts, Ctx(1, d.Crls...))
	}
	return ContentInfo(d.OuterType, Seq(append(parts, Set(d.Signers...))...))
}

func ContentInfo(kind string, content []byte) []byte {
	if kind == "" {
		kind = OIDSignedData
	}
	return Seq(OID(kind), Ctx(0, content))
}

// Indefinite is a BER element without a length: what streaming producers write.
func Indefinite(tag byte, parts ...[]byte) []byte {
	return slices.Concat([]byte{tag, 0x80}, Concat(parts...), []byte{0, 0})
}

// EncodeBER gives each layer around the signed parts an indefinite length, and cuts the content
// into segments.
func (d SignedData) EncodeBER() []byte {
	body := Contents(d.Content)
	half := len(body) / 2
	return d.EncodeSegments(Indefinite(0x24, Octets(body[:half]), Octets(body[half:])))
}

func (d SignedData) EncodeSegments(segments []byte) []byte {
	content := Indefinite(0x30, OID(d.ContentType), Indefinite(0xa0, segments))
	return Indefinite(0x30, OID(OIDSignedData), Indefinite(0xa0, Indefinite(0x30,
		Integer(d.Version), Indefinite(0x31, d.DigestAlgs...), content,
		Indefinite(0xa0, d.Certs...), Indefinite(0x31, d.Signers...))))
}

// EncodeNested is EncodeBER with one more level of segments.
func (d SignedData) EncodeNested() []byte {
	body := Contents(d.Content)
	third := len(body) / 3
	inner := Indefinite(0x24, Octets(body[:third]), Octets(body[third:2*third]))
	last := TLV(asn1.OCTET_STRING.Constructed(), Octets(body[2*third:]))
	return d.EncodeSegments(Indefinite(0x24, inner, last))
}
