package main

import (
	"bytes"
	"encoding/hex"
	"encoding/pem"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// vector is one case, in the form of vectors.json.
type vector struct {
	ID          string      `json:"id"`
	Comment     string      `json:"comment"`
	Evidence    string      `json:"evidence"`
	Subject     string      `json:"subject"`
	Digest      string      `json:"digest,omitempty"`
	Query       string      `json:"query,omitempty"`
	Trust       []string    `json:"trust"`
	At          string      `json:"at"`
	Policy      string      `json:"policy"`
	Existences  []existence `json:"existences,omitempty"`
	Expect      expectation `json:"expect"`
	Only        string      `json:"only"`
	Warnings    []string    `json:"warnings,omitempty"`
	OpenSSL     string      `json:"openssl"`
	Uncommitted [][2]int    `json:"uncommitted,omitempty"`
	Origin      string      `json:"origin"`

	suite *suite
	bytes []byte
}

type existence struct {
	Over         string `json:"over"`
	NotLaterThan string `json:"not_later_than"`
}

type expectation struct {
	Verdict             string `json:"verdict"`
	SubIndication       string `json:"sub_indication,omitempty"`
	Reason              string `json:"reason,omitempty"`
	ExistedNotLaterThan string `json:"existed_not_later_than,omitempty"`
}

const (
	usualAt     = "2026-06-01T00:00:00Z"
	letterFile  = "letter.txt"
	usualOrigin = "made by the generator"
)

// letter is the subject of all vectors.
var letter = []byte("This letter existed before the time-stamp.\n")

// suite collects vectors and the files they name.
type suite struct {
	*world
	list  []*vector
	files map[string][]byte
}

// add registers evidence under the vector's own name, or its shared one. A vector passes at the
// token's usual time, unless one of the methods below says otherwise.
func (s *suite) add(id, comment string, e evidence) *vector {
	if e.name == "" {
		e.name = id + e.ext
	}
	v := &vector{
		ID: id, Comment: comment, Evidence: e.name, Subject: letterFile, At: usualAt, Policy: "issuance",
		Expect:  expectation{Verdict: passed, ExistedNotLaterThan: usualRFC},
		OpenSSL: "accept", Origin: usualOrigin, suite: s, bytes: e.der,
	}
	s.file(e.name, e.der)
	s.list = append(s.list, v)
	return v.anchors(s.root)
}

// file keeps a file to be written; one name may only ever have one content.
func (s *suite) file(name string, data []byte) {
	if s.files == nil {
		s.files = map[string][]byte{}
	}
	if old, ok := s.files[name]; ok && !bytes.Equal(old, data) {
		panic("two contents for " + name)
	}
	s.files[name] = data
}

func (v *vector) trust(m ca.Material) *vector {
	name := m.Use + "/" + m.File
	v.suite.file("trust/"+name, m.Data)
	v.Trust = append(v.Trust, name)
	return v
}

func (v *vector) certificate(use string, c *ca.Cert) *vector {
	data := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.DER})
	return v.trust(ca.Material{Use: use, File: c.Label + ".pem", Data: data})
}

// anchors replaces the usual anchor.
func (v *vector) anchors(list ...*ca.Cert) *vector {
	v.Trust = []string{}
	for _, c := range list {
		v.certificate("tsa", c)
	}
	return v
}

func (v *vector) intermediates(list ...*ca.Cert) *vector {
	for _, c := range list {
		v.certificate("intermediates", c)
	}
	return v
}

func (v *vector) revocation(list ...ca.Material) *vector {
	for _, m := range list {
		v.trust(m)
	}
	return v
}

// etsi switches to the strict policy with the revocation data given.
func (v *vector) etsi(list ...ca.Material) *vector {
	v.Policy = "etsi"
	return v.revocation(list...)
}

// existed says until when the subject of a passing vector provably existed.
func (v *vector) existed(rfc3339 string) *vector {
	v.Expect.ExistedNotLaterThan = rfc3339
	return v
}

// refused names the reason; its check is the only one that refuses.
func (v *vector) refused(reason string) *vector {
	o, ok := outcomes[reason]
	if !ok {
		panic("unknown reason " + reason)
	}
	v.Expect = expectation{Verdict: o.verdict, SubIndication: o.sub, Reason: reason}
	v.Only, v.OpenSSL = o.check, "refuse"
	if says, ok := opensslSays[o.check]; ok {
		v.OpenSSL = says
	}
	return v
}

// noPOE: good enough at genTime, only the proof of existence from then is missing.
func (v *vector) noPOE() *vector {
	v.Expect.SubIndication += "_NO_POE"
	return v
}

// byCheck moves a reason that two checks share to the other one.
func (v *vector) byCheck(check string) *vector {
	v.Only = check
	return v
}

// alsoOthers: further checks refuse, so no single one can be named.
func (v *vector) alsoOthers() *vector { return v.byCheck("") }

func (v *vector) at(rfc3339 string) *vector {
	v.At = rfc3339
	return v
}

// tokenExisted hands in a proof that the token's own bytes existed by then.
func (v *vector) tokenExisted(rfc3339 string) *vector {
	v.Existences = append(v.Existences, existence{"token", rfc3339})
	return v
}

func (v *vector) warns(codes ...string) *vector {
	v.Warnings = append(v.Warnings, codes...)
	return v
}

// openssl notes what `openssl ts -verify` says where it differs from us; "" = it cannot say.
func (v *vector) openssl(says string) *vector {
	v.OpenSSL = says
	return v
}

func (v *vector) withoutSubject() *vector {
	v.Subject = ""
	return v
}

// withDigest gives a digest instead of the data.
func (v *vector) withDigest(h ca.HashAlg, data []byte) *vector {
	v.Subject, v.Digest = "", h.Name+":"+hex.EncodeToString(h.Sum(data))
	return v
}

func (v *vector) withQuery(name string, q []byte) *vector {
	v.Query = name + ".tsq"
	v.suite.file(v.Query, q)
	return v
}

// uncommitted marks a part of the evidence that no digest and no signature covers.
func (v *vector) uncommitted(part []byte) *vector {
	from := bytes.Index(v.bytes, part)
	if from < 0 {
		panic(v.ID + ": the part is not in the evidence")
	}
	v.Uncommitted = append(v.Uncommitted, [2]int{from, from + len(part)})
	return v
}
