package attest

import (
	"bytes"
	"encoding/base64"
	"fmt"

	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

var base64url = base64.RawURLEncoding

// algorithms holds the JWS algorithms that are judged: RFC 7518, section 3.4, and RFC
// 8812, section 3.2. Matching is by the exact letters.
var algorithms = map[string]struct {
	curve string
	size  int // of r and of s
}{
	"ES256":  {"P-256", 32},
	"ES384":  {"P-384", 48},
	"ES512":  {"P-521", 66},
	"ES256K": {"secp256k1", 32},
}

// header holds the claims of a JWS header that a report shows.
type header struct {
	typ, cty string
	urls     []string // jku, x5u: never fetched
}

// readHeader reads the protected header (RFC 7515, section 4). Names that are not
// known are passed over, as section 4 demands; those that would change what is
// signed or how are refused.
func (a *Attestation) readHeader(v *jsonstrict.Value) *Error {
	if v.Kind != jsonstrict.Object {
		return bad(codeEncoding, "the protected header is no object", refHeader)
	}
	alg := v.Get("alg")
	if err := alg.Want(jsonstrict.String); err != nil {
		return wrapJSON(err, "alg")
	}
	if _, known := algorithms[alg.Text]; !known {
		return bad(codeUnsupported, fmt.Sprintf("algorithm %.40q", alg.Text), "RFC 7518 3.1")
	}
	a.jws.alg = alg.Text
	if err := readCritical(v); err != nil {
		return err
	}
	texts := map[string]string{}
	for _, name := range []string{"kid", "typ", "cty", "jku", "x5u"} {
		m := v.Get(name)
		if m.Kind == jsonstrict.Absent {
			continue
		}
		if err := m.Want(jsonstrict.String); err != nil {
			return wrapJSON(err, name)
		}
		texts[name] = m.Text
	}
	a.keyID, a.jws.header.typ, a.jws.header.cty = texts["kid"], texts["typ"], texts["cty"]
	for _, name := range []string{"jku", "x5u"} {
		if texts[name] != "" {
			a.jws.header.urls = append(a.jws.header.urls, texts[name])
		}
	}
	return a.readKeys(v)
}

// readCritical refuses extensions that change the meaning: crit names those that must
// be understood (section 4.1.11), and b64 changes what is signed (RFC 7797).
func readCritical(v *jsonstrict.Value) *Error {
	crit, b64 := v.Get("crit"), v.Get("b64")
	switch {
	case crit.Kind == jsonstrict.Array && len(crit.Items) > 0:
		return bad(codeUnsupported, "crit: extensions that must be understood", "RFC 7515 4.1.11")
	case crit.Kind != jsonstrict.Absent:
		return bad(codeEncoding, "crit is not a list of names", "RFC 7515 4.1.11")
	case b64.Kind == jsonstrict.Bool:
		return bad(codeUnsupported, "b64: another form of the payload", "RFC 7797 3")
	case b64.Kind != jsonstrict.Absent:
		return bad(codeEncoding, "b64 is not a boolean", "RFC 7797 3")
	}
	return nil
}

// readUnprotected takes a key id from the unsigned header. Anything else there could
// be changed by anybody and is not read.
func (a *Attestation) readUnprotected(v jsonstrict.Value) *Error {
	if v.Kind == jsonstrict.Absent {
		return nil
	}
	if err := v.Want(jsonstrict.Object); err != nil {
		return wrapJSON(err, "header")
	}
	if err := v.Only("kid"); err != nil {
		return &Error{Code: codeUnsupported, Where: "unprotected header", err: err, ref: refHeader}
	}
	kid := v.Get("kid")
	switch {
	case kid.Kind == jsonstrict.Absent:
		return nil
	case kid.Kind != jsonstrict.String:
		return wrapJSON(kid.Want(jsonstrict.String), "kid")
	case a.keyID != "":
		return bad(codeEncoding, "kid stands in both headers", refHeader)
	}
	a.keyID = kid.Text
	return nil
}

// readKeys reads the keys that travel with the evidence: jwk and the first
// certificate of x5c (sections 4.1.3 and 4.1.6). They identify the key; they are no
// reason to trust it.
func (a *Attestation) readKeys(v *jsonstrict.Value) *Error {
	if m := v.Get("jwk"); m.Kind != jsonstrict.Absent {
		k, err := sigalg.JWKFrom(&m)
		if err != nil {
			return wrapKey(err, "jwk")
		}
		a.embed(k.Key)
	}
	if m := v.Get("x5c"); m.Kind != jsonstrict.Absent {
		k, err := certificateKey(&m)
		if err != nil {
			return err
		}
		if a.embedded != nil && !bytes.Equal(a.embedded.SPKI(), k.SPKI()) {
			return bad(codeBadKey, "jwk and x5c hold different keys", refHeader)
		}
		a.embed(k)
	}
	if a.embedded != nil && a.embedded.Curve() != algorithms[a.jws.alg].curve {
		return bad(codeBadKey, a.jws.alg+" with a key of another kind", "RFC 7518 3.4")
	}
	return nil
}

func certificateKey(v *jsonstrict.Value) (*sigalg.Key, *Error) {
	if v.Kind != jsonstrict.Array || len(v.Items) == 0 {
		return nil, bad(codeEncoding, "x5c is not a list of certificates", "RFC 7515 4.1.6")
	}
	cert, err := v.Items[0].Base64()
	if err != nil {
		return nil, wrapJSON(err, "x5c")
	}
	spki, _, _, err := sigalg.CertificateSPKI(cert)
	if err != nil {
		return nil, wrapKey(err, "x5c")
	}
	k, err := sigalg.ParseKey(spki)
	if err != nil {
		return nil, wrapKey(err, "x5c")
	}
	return k, nil
}
