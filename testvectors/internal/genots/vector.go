package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
)

// vector is one case, in the form of vectors.json.
type vector struct {
	ID          string      `json:"id"`
	Comment     string      `json:"comment"`
	Evidence    string      `json:"evidence"`
	Subject     string      `json:"subject"`
	Digest      string      `json:"digest,omitempty"`
	Trust       []string    `json:"trust"`
	At          string      `json:"at"`
	Policy      string      `json:"policy"`
	Existences  []existence `json:"existences,omitempty"`
	OTS         options     `json:"ots"`
	Expect      expectation `json:"expect"`
	Only        string      `json:"only"`
	Warnings    []string    `json:"warnings,omitempty"`
	Uncommitted [][2]int    `json:"uncommitted,omitempty"`
	Origin      string      `json:"origin"`

	suite   *suite
	content []byte
}

type options struct {
	Form          string   `json:"form"`
	Confirmations int      `json:"confirmations,omitempty"`
	Beside        []string `json:"beside,omitempty"`
	Ignored       []string `json:"ignored,omitempty"`
}

type existence struct {
	Over         string `json:"over"`
	NotLaterThan string `json:"not_later_than"`
}

type expectation struct {
	Verdict       string `json:"verdict"`
	SubIndication string `json:"sub_indication,omitempty"`
	Reason        string `json:"reason,omitempty"`
	Existed       string `json:"existed_not_later_than,omitempty"`
}

const (
	judged     = "2026-06-01T00:00:00Z"
	letterFile = "letter.txt"
)

var letter = []byte("This letter is stamped.\n")

// add registers evidence with nothing beside it. What it must give is said by the
// methods below.
func (s *suite) add(id, comment string, content []byte) *vector {
	v := &vector{
		ID: id, Comment: comment, Evidence: id + ".ots", Trust: []string{}, At: judged, Policy: "issuance",
		OTS: options{Form: "detached"}, Origin: "made by the generator, on a chain of the test network", suite: s, content: content,
	}
	s.file(v.Evidence, content)
	s.list = append(s.list, v)
	return v
}

func (s *suite) file(name string, data []byte) {
	if old, ok := s.files[name]; ok && !bytes.Equal(old, data) {
		panic("two contents for " + name)
	}
	s.files[name] = data
}

// over is the subject: a file of the folder.
func (v *vector) over(file string, data []byte) *vector {
	v.Subject = file
	v.suite.file(file, data)
	return v
}

// overDigest stands for a subject that is not at hand.
func (v *vector) overDigest(algorithm string, d []byte) *vector {
	v.Subject, v.Digest = "", algorithm+":"+hex.EncodeToString(d)
	return v
}

// form names another kind of evidence than a detached file.
func (v *vector) form(form, file string) *vector {
	delete(v.suite.files, v.Evidence)
	v.OTS.Form, v.Evidence = form, file
	v.suite.file(file, v.content)
	return v
}

// trust adds a file below bitcoin/ of the trust directory.
func (v *vector) trust(name string, data []byte) *vector {
	v.suite.file("trust/bitcoin/"+name, data)
	v.Trust = append(v.Trust, "bitcoin/"+name)
	return v
}

// ignored is trust for a file with a defect, which must be reported and count as absent.
func (v *vector) ignored(name string, data []byte) *vector {
	v.OTS.Ignored = append(v.OTS.Ignored, "bitcoin/"+name)
	return v.trust(name, data)
}

func (v *vector) beside(name string, data []byte) *vector {
	v.OTS.Beside = append(v.OTS.Beside, name)
	v.suite.file(name, data)
	return v
}

func (v *vector) confirmed(n int) *vector {
	v.OTS.Confirmations = n
	return v
}

func (v *vector) judgedAt(at string) *vector {
	v.At = at
	return v
}

func (v *vector) existed(at string) *vector {
	v.Existences = append(v.Existences, existence{"evidence", at})
	return v
}

func (v *vector) warns(codes ...string) *vector {
	v.Warnings = append(v.Warnings, codes...)
	return v
}

// passes names the time that the evidence proves.
func (v *vector) passes(existed string) *vector {
	v.Expect, v.Only = expectation{Verdict: "PASSED", Existed: existed}, ""
	return v
}

// refused names the verdict and the one check that gives it, or "" for several.
func (v *vector) refused(check, reason string) *vector {
	return v.refusedAs(check, reason, outcomes[reason])
}

func (v *vector) refusedAs(check, reason, sub string) *vector {
	verdict := "INDETERMINATE"
	switch sub {
	case "":
		panic("unknown reason " + reason)
	case "HASH_FAILURE", "FORMAT_FAILURE":
		verdict = "FAILED"
	}
	v.Expect, v.Only = expectation{Verdict: verdict, SubIndication: sub, Reason: reason}, check
	return v
}

// names lists the files that belong to the vector.
func (v *vector) names() []string {
	list := append([]string{v.Evidence, v.Subject}, v.OTS.Beside...)
	for _, t := range v.Trust {
		list = append(list, "trust/"+t)
	}
	return list
}

// free marks the place of the bytes: a flipped bit there may leave PASSED.
func (v *vector) free(b []byte) *vector {
	at := bytes.Index(v.content, b)
	if at < 0 {
		panic(fmt.Sprintf("%s: no %x", v.ID, b))
	}
	v.Uncommitted = append(v.Uncommitted, [2]int{at, at + len(b)})
	return v
}
