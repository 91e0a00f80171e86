package main

import (
	"bytes"
	"encoding/hex"
)

// vector is one case, in the form of vectors.json.
type vector struct {
	ID         string      `json:"id"`
	Comment    string      `json:"comment"`
	Evidence   string      `json:"evidence"`
	Subject    string      `json:"subject"`
	Digest     string      `json:"digest,omitempty"`
	Trust      []string    `json:"trust"`
	At         string      `json:"at"`
	Policy     string      `json:"policy"`
	Existences []existence `json:"existences,omitempty"`
	Expect     expectation `json:"expect"`
	Only       string      `json:"only"`
	Warnings   []string    `json:"warnings,omitempty"`
	OpenSSL    string      `json:"openssl"`
	Origin     string      `json:"origin"`

	suite *suite
}

type existence struct {
	Over         string `json:"over"` // signature, evidence or subject
	NotLaterThan string `json:"not_later_than"`
}

type expectation struct {
	Verdict       string `json:"verdict"`
	SubIndication string `json:"sub_indication,omitempty"`
	Reason        string `json:"reason,omitempty"`
}

const (
	usualAt    = "2026-06-01T00:00:00Z"
	letterFile = "letter.txt"
)

// letter is the subject of all vectors.
var (
	letter = []byte("This letter was signed by its author.\n")
	other  = []byte("This is another letter.\n")
)

// suite collects vectors and the files they name.
type suite struct {
	list  []*vector
	files map[string][]byte

	p256, other256, p224, p384, p521, k1, bp256, bp384, bp512 *key
	ed, rsa3072, rsa2048                                      *key
}

func newSuite() *suite {
	s := &suite{files: map[string][]byte{}}
	s.p256, s.other256 = ecKey("P-256", "a"), ecKey("P-256", "b")
	s.p224, s.p384, s.p521, s.k1 = ecKey("P-224", "a"), ecKey("P-384", "a"), ecKey("P-521", "a"), ecKey("secp256k1", "a")
	s.bp256, s.bp384, s.bp512 = ecKey("brainpoolP256r1", "a"), ecKey("brainpoolP384r1", "a"), ecKey("brainpoolP512r1", "a")
	s.ed, s.rsa3072, s.rsa2048 = edKey("a"), rsaKey(3072, "a"), rsaKey(2048, "a")
	return s
}

// add registers evidence; the vector passes under the P-256 key "a", unless one of
// the methods below says otherwise.
func (s *suite) add(id, comment, ext string, evidence []byte) *vector {
	v := &vector{
		ID: id, Comment: comment, Evidence: id + ext, Subject: letterFile, At: usualAt, Policy: "issuance",
		Trust: []string{}, Expect: expectation{Verdict: passed}, Origin: "made by the generator", suite: s,
	}
	s.file(v.Evidence, evidence)
	s.list = append(s.list, v)
	return v
}

// file keeps a file to be written; one name may only ever have one content.
func (s *suite) file(name string, data []byte) {
	if old, ok := s.files[name]; ok && !bytes.Equal(old, data) {
		panic("two contents for " + name)
	}
	s.files[name] = data
}

// usual trusts the P-256 key "a" as its owner would write it down.
func (v *vector) usual() *vector { return v.signers("usual", v.suite.p256.as("a")) }

// usualJWS trusts the same key for JWS.
func (v *vector) usualJWS() *vector {
	return v.signers("usual-jws", v.suite.p256.as("a", encoding("jose")))
}

// refused names the reason; its check is the only one that refuses.
func (v *vector) refused(reason string) *vector {
	o, ok := outcomes[reason]
	if !ok {
		panic("unknown reason " + reason)
	}
	v.Expect = expectation{Verdict: o.verdict, SubIndication: o.sub, Reason: reason}
	v.Only = o.check
	return v
}

// sub replaces the sub-indication that the reason usually has.
func (v *vector) sub(name string) *vector {
	v.Expect.SubIndication = name
	return v
}

// alsoOthers: further checks refuse, so no single one can be named.
func (v *vector) alsoOthers() *vector {
	v.Only = ""
	return v
}

func (v *vector) at(rfc3339 string) *vector {
	v.At = rfc3339
	return v
}

// existed hands in a proof over the signature value, the evidence or the subject.
func (v *vector) existed(over, rfc3339 string) *vector {
	v.Existences = append(v.Existences, existence{over, rfc3339})
	return v
}

// openssl notes what openssl says to this signature under the one trusted key.
func (v *vector) openssl(says string) *vector {
	v.OpenSSL = says
	return v
}

func (v *vector) warns(codes ...string) *vector {
	v.Warnings = append(v.Warnings, codes...)
	return v
}

func (v *vector) withoutSubject() *vector {
	v.Subject = ""
	return v
}

// withDigest gives a digest instead of the data.
func (v *vector) withDigest(name string, digest []byte) *vector {
	v.Subject, v.Digest = "", name+":"+hex.EncodeToString(digest)
	return v
}
