package attest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Claims is what an attestation says of itself. Nothing of it is verified. It is read
// when it is encoded or asked for.
type Claims struct{ a *Attestation }

// Claims returns what the attestation says of itself.
func (a *Attestation) Claims() Claims { return Claims{a} }

// Fields is the JSON form of Claims.
type Fields struct {
	Form          string   `json:"form"`
	Profile       string   `json:"profile,omitempty"`
	Algorithm     string   `json:"algorithm,omitempty"` // of a JWS
	KeyID         string   `json:"key_id,omitempty"`
	KeySHA256     string   `json:"key_sha256,omitempty"` // of the key that travels with the evidence
	KeyCurve      string   `json:"key_curve,omitempty"`
	KeyURLs       []string `json:"key_urls,omitempty"`
	Type          string   `json:"type,omitempty"`
	ContentType   string   `json:"content_type,omitempty"`
	Detached      bool     `json:"detached"` // the signed data is not inside
	PayloadSize   int      `json:"payload_size,omitempty"`
	PayloadSHA256 string   `json:"payload_sha256,omitempty"`
	Signature     string   `json:"signature"` // the value, in hex
}

// MarshalJSON writes Fields.
func (c Claims) MarshalJSON() ([]byte, error) { return json.Marshal(c.Fields()) }

// Fields returns the claims one by one.
func (c Claims) Fields() Fields {
	a := c.a
	f := Fields{Form: string(a.form), KeyID: a.keyID, KeySHA256: a.embeddedSHA, Detached: true, Signature: hex.EncodeToString(a.sig)}
	if a.embedded != nil {
		f.KeyCurve = a.embedded.Curve()
	}
	if a.profile != nil {
		f.Profile = a.profile.Name
	}
	j := a.jws
	if j == nil {
		return f
	}
	f.Algorithm, f.Type, f.ContentType, f.KeyURLs, f.Detached = j.alg, j.header.typ, j.header.cty, j.header.urls, j.detached
	if !j.detached {
		sum := sha256.Sum256(j.payload)
		f.PayloadSize, f.PayloadSHA256 = len(j.payload), hex.EncodeToString(sum[:])
	}
	return f
}

// formRef is the clause of the form.
func (a *Attestation) formRef() string {
	switch {
	case a.jws != nil:
		return refJWS
	case a.form == P1363:
		return refP1363
	}
	return refDER
}
