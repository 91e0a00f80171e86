package attest

import (
	"bytes"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// jws is what a JSON Web Signature says.
type jws struct {
	alg       string
	protected string // as it stands: what was signed begins with it
	payload   []byte
	detached  bool // no payload: the subject is the payload (RFC 7515, appendix F)
	header    header
}

// readJWS reads RFC 7515, section 7.1 or 7.2.2.
func (a *Attestation) readJWS(data []byte) *Error {
	if len(data) > maxJWS {
		return bad(codeLimit, "a JWS of more than 16 MiB", "")
	}
	text := line(data)
	if len(text) > 0 && text[0] == '{' {
		return a.readFlattened(text)
	}
	return a.readCompact(string(text))
}

// readCompact asks the header first: under an algorithm that is not judged here it is
// not for us to say how the rest must look.
func (a *Attestation) readCompact(text string) *Error {
	parts := strings.Split(text, ".")
	if err := a.readProtected(parts[0]); err != nil {
		return err
	}
	if len(parts) != 3 {
		return bad(codeEncoding, "a compact JWS has three parts", refJWS)
	}
	return a.readPayload(parts[1], parts[2])
}

// readFlattened reads the form with one signature. RFC 7515 lets more members stand
// there; what they would mean is not known here.
func (a *Attestation) readFlattened(text []byte) *Error {
	v, err := jsonstrict.Parse(text)
	if err != nil {
		return wrapJSON(err, "JWS")
	}
	if s := v.Get("signatures"); s.Kind != jsonstrict.Absent {
		return bad(codeUnsupported, "a JWS with a list of signatures", refJWS)
	}
	protected, signature, payload := v.Get("protected"), v.Get("signature"), v.Get("payload")
	for _, m := range []jsonstrict.Value{protected, signature} {
		if err := m.Want(jsonstrict.String); err != nil {
			return wrapJSON(err, "JWS")
		}
	}
	if err := a.readProtected(protected.Text); err != nil {
		return err
	}
	if payload.Kind != jsonstrict.Absent && payload.Kind != jsonstrict.String {
		return wrapJSON(payload.Want(jsonstrict.String), "payload")
	}
	if err := v.Only("protected", "header", "payload", "signature"); err != nil {
		return &Error{Code: codeUnsupported, Where: "JWS", err: err, ref: refJWS}
	}
	if err := a.readUnprotected(v.Get("header")); err != nil {
		return err
	}
	return a.readPayload(payload.Text, signature.Text)
}

func (a *Attestation) readProtected(text string) *Error {
	b, ok := sigalg.Base64URL(text)
	if !ok {
		return bad(codeEncoding, "the protected header is not base64url", refJWS)
	}
	v, err := jsonstrict.Parse(b)
	if err != nil {
		return wrapJSON(err, "protected header")
	}
	a.jws = &jws{protected: text}
	return a.readHeader(&v)
}

// readPayload reads payload and signature. The algorithm fixes the length (RFC 7518,
// section 3.4).
func (a *Attestation) readPayload(payload, signature string) *Error {
	var ok bool
	if a.jws.payload, ok = sigalg.Base64URL(payload); !ok {
		return bad(codeEncoding, "the payload is not base64url", refJWS)
	}
	a.jws.detached = payload == ""
	if a.sig, ok = sigalg.Base64URL(signature); !ok {
		return bad(codeEncoding, "the signature is not base64url", refJWS)
	}
	if a.numbers, ok = sigalg.ParseP1363(a.sig, algorithms[a.jws.alg].size); !ok {
		return bad(codeEncoding, "the signature does not have the length that "+a.jws.alg+" fixes", "RFC 7518 3.4")
	}
	return nil
}

// signingInput is what a JWS signs over a payload (RFC 7515, section 5.1, step 5).
func (j *jws) signingInput(payload []byte) []byte {
	var b bytes.Buffer
	b.Grow(len(j.protected) + 1 + base64url.EncodedLen(len(payload)))
	b.WriteString(j.protected)
	b.WriteByte('.')
	b.Write(base64url.AppendEncode(nil, payload))
	return b.Bytes()
}
