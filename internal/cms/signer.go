package cms

import (
	"bytes"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// maxAttributes bounds the attributes of one signer; a dozen are in use.
const maxAttributes = 100

// Attribute is one attribute with its values, each a whole element.
type Attribute struct {
	Type   der.OID
	Values [][]byte
}

// SignerInfo is one signer (RFC 5652, section 5.3).
type SignerInfo struct {
	Issuer, Serial     []byte // sid by issuer and serial number: the Name element, the INTEGER's contents
	SubjectKeyID       []byte // or by key identifier
	DigestAlgorithm    der.Algorithm
	SignatureAlgorithm der.Algorithm
	Signature          []byte
	Signed             []Attribute
	HasSigned          bool
	// InOrder is false when the signed attributes are not sorted as DER demands of a
	// SET OF. They are hashed as they stand all the same.
	InOrder  bool
	Unsigned []Attribute

	rawSigned []byte
}

// SignedBytes returns what the signature is computed over when there are signed
// attributes: their bytes as they stand, under the tag of a SET OF (section 5.4).
func (si *SignerInfo) SignedBytes() []byte {
	b := make([]byte, len(si.rawSigned))
	copy(b, si.rawSigned)
	if len(b) > 0 {
		b[0] = byte(asn1.SET)
	}
	return b
}

func (sd *SignedData) parseSigner(s *cryptobyte.String) (si SignerInfo, err error) {
	var e der.Element
	var version int
	if !der.ReadTag(s, &e, asn1.SEQUENCE) || !der.ReadSmallInt(&e.Contents, &version, asn1.INTEGER) {
		return si, malformed("SignerInfo")
	}
	sd.BER = sd.BER || e.BER
	in := e.Contents
	if !si.parseID(&in) {
		return si, malformed("SignerInfo.sid")
	}
	if !der.ReadAlgorithm(&in, &si.DigestAlgorithm) {
		return si, malformed("SignerInfo.digestAlgorithm")
	}
	if in.PeekASN1Tag(context0) {
		var raw cryptobyte.String
		if !in.ReadASN1Element(&raw, context0) { // strict: this is what is signed
			return si, malformed("signed attributes are not DER")
		}
		si.rawSigned, si.HasSigned = raw, true
		if err = si.parseSigned(raw); err != nil {
			return si, err
		}
	}
	if !der.ReadAlgorithm(&in, &si.SignatureAlgorithm) {
		return si, malformed("SignerInfo.signatureAlgorithm")
	}
	ber, ok := der.ReadOctets(&in, &si.Signature)
	if !ok {
		return si, malformed("SignerInfo.signature")
	}
	sd.BER = sd.BER || ber
	if !in.Empty() {
		var unsigned der.Element
		if !der.ReadTag(&in, &unsigned, context1) || !in.Empty() {
			return si, malformed("SignerInfo: trailing data or unsigned attributes")
		}
		sd.BER = sd.BER || unsigned.BER
		if si.Unsigned, err = readAttributes(unsigned.Contents, "unsigned"); err != nil {
			return si, err
		}
	}
	return si, nil
}

func (si *SignerInfo) parseID(s *cryptobyte.String) bool {
	if ski := asn1.Tag(0).ContextSpecific(); s.PeekASN1Tag(ski) {
		return s.ReadASN1((*cryptobyte.String)(&si.SubjectKeyID), ski)
	}
	var id der.Element
	return der.ReadTag(s, &id, asn1.SEQUENCE) &&
		id.Contents.ReadASN1Element((*cryptobyte.String)(&si.Issuer), asn1.SEQUENCE) &&
		id.Contents.ReadASN1((*cryptobyte.String)(&si.Serial), asn1.INTEGER) && id.Contents.Empty()
}

// parseSigned reads the signed attributes strictly, and notes whether they are
// sorted. The same attribute twice is refused: two readers could see two values.
func (si *SignerInfo) parseSigned(raw cryptobyte.String) error {
	var set cryptobyte.String
	if !raw.ReadASN1(&set, context0) || set.Empty() {
		return malformed("signed attributes")
	}
	si.InOrder = true
	var previous []byte
	si.Signed = make([]Attribute, 0, 8)
	values := make([][]byte, 0, 8) // of all attributes, each a part of it
	for !set.Empty() {
		var e, in, list cryptobyte.String
		var a Attribute
		if len(si.Signed) == maxAttributes {
			return limit("signed attributes", maxAttributes)
		}
		if !set.ReadASN1Element(&e, asn1.SEQUENCE) {
			return malformed("signed attribute")
		}
		whole := e
		if !e.ReadASN1(&in, asn1.SEQUENCE) || !der.ReadOID(&in, &a.Type) || !in.ReadASN1(&list, asn1.SET) || !in.Empty() {
			return malformed("signed attribute")
		}
		from := len(values)
		for !list.Empty() {
			var v cryptobyte.String
			var tag asn1.Tag
			if len(values)-from == maxAttributes {
				return limit("values of a signed attribute", maxAttributes)
			}
			if !list.ReadAnyASN1Element(&v, &tag) {
				return malformed("value of signed attribute " + a.Type.String())
			}
			values = append(values, v)
		}
		a.Values = values[from:len(values):len(values)]
		if find(si.Signed, a.Type) != nil {
			return malformed("signed attribute " + a.Type.String() + " stands twice")
		}
		if previous != nil && bytes.Compare(previous, whole) > 0 {
			si.InOrder = false
		}
		previous = whole
		si.Signed = append(si.Signed, a)
	}
	return nil
}

// readAttributes reads unsigned attributes. One that cannot be read ends the list
// with an error: the structure around the signature would be in doubt.
func readAttributes(s cryptobyte.String, what string) (out []Attribute, err error) {
	for !s.Empty() {
		var e, values der.Element
		var a Attribute
		if len(out) == maxAttributes {
			return nil, limit(what+" attributes", maxAttributes)
		}
		if !der.ReadTag(&s, &e, asn1.SEQUENCE) || !der.ReadOID(&e.Contents, &a.Type) ||
			!der.ReadTag(&e.Contents, &values, asn1.SET) || !e.Contents.Empty() {
			return nil, malformed(what + " attribute")
		}
		for !values.Contents.Empty() {
			var v der.Element
			if len(a.Values) == maxAttributes {
				return nil, limit("values of an "+what+" attribute", maxAttributes)
			}
			if !der.Read(&values.Contents, &v) {
				return nil, malformed("value of " + what + " attribute " + a.Type.String())
			}
			a.Values = append(a.Values, v.Raw)
		}
		out = append(out, a)
	}
	return out, nil
}

func find(list []Attribute, oid der.OID) *Attribute {
	for i := range list {
		if list[i].Type == oid {
			return &list[i]
		}
	}
	return nil
}

// SignedAttribute returns the signed attribute of that type, or nil.
func (si *SignerInfo) SignedAttribute(oid der.OID) *Attribute { return find(si.Signed, oid) }

// UnsignedAttribute returns the first unsigned attribute of that type, or nil.
func (si *SignerInfo) UnsignedAttribute(oid der.OID) *Attribute { return find(si.Unsigned, oid) }
