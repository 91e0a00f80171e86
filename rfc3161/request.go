package rfc3161

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// Request is a TimeStampReq (RFC 3161, section 2.4.1): what somebody asked for. It
// proves nothing; it says what the token must answer.
type Request struct {
	Algorithm string // of the imprint, "" when unknown here
	Imprint   []byte
	Policy    string // dotted, "" when any policy was fine
	nonce     []byte // contents of the INTEGER
	hasNonce  bool
	imprint   der.OID
}

// Nonce returns the nonce, big-endian two's complement; ok is false when there is
// none.
func (r *Request) Nonce() (nonce []byte, ok bool) { return r.nonce, r.hasNonce }

// ParseRequest reads a TimeStampReq in DER, PEM or base64 and nothing after it. The
// error is an *Error.
func ParseRequest(input []byte) (*Request, error) {
	if len(input) > MaxSize {
		return nil, bad(codeLimit, "request larger than 16 MiB")
	}
	data, ok := dearmour(input)
	s := cryptobyte.String(data)
	var seq, imprint cryptobyte.String
	var alg der.Algorithm
	var version int
	r := new(Request)
	if !ok || !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() || !der.ReadSmallInt(&seq, &version, asn1.INTEGER) || version != 1 ||
		!seq.ReadASN1(&imprint, asn1.SEQUENCE) || !der.ReadAlgorithm(&imprint, &alg) ||
		!imprint.ReadASN1((*cryptobyte.String)(&r.Imprint), asn1.OCTET_STRING) || !imprint.Empty() {
		return nil, bad(codeMalformed, "TimeStampReq")
	}
	r.imprint, r.Algorithm = alg.OID, sigalg.DigestName(alg.OID)
	if seq.PeekASN1Tag(asn1.OBJECT_IDENTIFIER) {
		var oid der.OID
		if !der.ReadOID(&seq, &oid) {
			return nil, bad(codeMalformed, "TimeStampReq.reqPolicy")
		}
		r.Policy = oid.String()
	}
	if seq.PeekASN1Tag(asn1.INTEGER) {
		if r.hasNonce = true; !der.ReadInteger(&seq, &r.nonce) {
			return nil, bad(codeMalformed, "TimeStampReq.nonce")
		}
	}
	var certReq bool
	if seq.PeekASN1Tag(asn1.BOOLEAN) && !seq.ReadASN1Boolean(&certReq) ||
		!seq.SkipOptionalASN1(asn1.Tag(0).Constructed().ContextSpecific()) || !seq.Empty() {
		return nil, bad(codeMalformed, "TimeStampReq: after the nonce")
	}
	return r, nil
}

// Expect returns a copy of the token that must also answer the request: its imprint,
// its nonce and, if it names one, its policy.
func (t *Token) Expect(r *Request) *Token {
	c := *t
	c.expect = r
	return &c
}
