package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
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
	Tlog        *options    `json:"tlog"`
	Expect      expectation `json:"expect"`
	Only        string      `json:"only"`
	Uncommitted [][2]int    `json:"uncommitted,omitempty"`
	Origin      string      `json:"origin"`

	suite *suite
	text  string
}

type options struct {
	Form  string   `json:"form"`
	Older string   `json:"older,omitempty"`
	Index *uint64  `json:"index,omitempty"`
	Size  *uint64  `json:"size,omitempty"`
	Root  string   `json:"root,omitempty"`
	Path  []string `json:"path,omitempty"`
}

type existence struct {
	Over         string `json:"over"`
	NotLaterThan string `json:"not_later_than"`
}

type expectation struct {
	Verdict       string `json:"verdict"`
	SubIndication string `json:"sub_indication,omitempty"`
	Reason        string `json:"reason,omitempty"`
}

const (
	formProof       = "tlog-proof"
	formCheckpoint  = "checkpoint"
	formEntry       = "entry"
	formConsistency = "consistency"
	letterFile      = "letter.txt"
	judged          = "2026-06-01T00:00:00Z"
)

// suite collects vectors and the files they name.
type suite struct {
	list  []*vector
	files map[string][]byte
}

// add registers evidence. It passes under the usual log's key, unless one of the
// methods below says otherwise.
func (s *suite) add(id, comment, form, text string) *vector {
	ext := ".checkpoint"
	if form == formProof {
		ext = ".tlog-proof"
	}
	v := &vector{
		ID: id, Comment: comment, Evidence: id + ext, Trust: []string{}, At: judged, Policy: "issuance",
		Tlog: &options{Form: form}, Expect: expectation{Verdict: "PASSED"}, Origin: "made by the generator", suite: s, text: text,
	}
	s.file(v.Evidence, []byte(text))
	s.list = append(s.list, v)
	return v
}

func (s *suite) checkpoint(id, comment, text string) *vector {
	return s.add(id, comment, formCheckpoint, text).vkeys("usual", logKey)
}

// proof has the letter as its subject.
func (s *suite) proof(id, comment, text string) *vector {
	v := s.add(id, comment, formProof, text).vkeys("usual", logKey)
	v.Subject = letterFile
	return v
}

func (s *suite) file(name string, data []byte) {
	if old, ok := s.files[name]; ok && !bytes.Equal(old, data) {
		panic("two contents for " + name)
	}
	s.files[name] = data
}

func (v *vector) trust(name string, data []byte) *vector {
	v.suite.file("trust/"+name, data)
	v.Trust = append(v.Trust, name)
	return v
}

// vkeys replaces the trust: key files without a list.
func (v *vector) vkeys(folder string, keys ...*key) *vector {
	v.Trust = []string{}
	for i, k := range keys {
		v.trust(fmt.Sprintf("logs/%s/%d.vkey", folder, i+1), []byte(k.vkey()+"\n"))
	}
	return v
}

// keyEntry is one key of logs.json.
type keyEntry struct {
	Name   string   `json:"name,omitempty"`
	Role   string   `json:"role"`
	File   string   `json:"file,omitempty"`
	VKey   string   `json:"vkey,omitempty"`
	Lines  []string `json:"origins,omitempty"`
	Source string   `json:"source,omitempty"`

	data []byte // of File
}

func asLog(k *key, lines ...string) keyEntry {
	return keyEntry{Role: "log", VKey: k.vkey(), Lines: lines, Source: "made by the generator"}
}

func asWitness(k *key) keyEntry { return keyEntry{Role: "witness", VKey: k.vkey()} }

func inPEM(k *key, role string) keyEntry {
	return keyEntry{Name: k.name, Role: role, File: "key.pem", data: k.pem()}
}

// listed replaces the trust by a logs.json.
func (v *vector) listed(folder string, quorum int, entries ...keyEntry) *vector {
	v.Trust = []string{}
	b, err := json.MarshalIndent(struct {
		Keys   []keyEntry `json:"keys"`
		Quorum int        `json:"quorum"`
	}{entries, quorum}, "", "  ")
	must(err)
	v.trust("logs/"+folder+"/logs.json", append(b, '\n'))
	for _, e := range entries {
		if e.File != "" {
			v.trust("logs/"+folder+"/"+e.File, e.data)
		}
	}
	return v
}

// data is another subject than the letter.
func (v *vector) data(file string, b []byte) *vector {
	v.Subject = file
	v.suite.file(file, b)
	return v
}

func (v *vector) noData() *vector {
	v.Subject = ""
	return v
}

func (v *vector) existed(at string) *vector {
	v.Existences = append(v.Existences, existence{"evidence", at})
	return v
}

func (v *vector) path(p [][]byte) *vector {
	v.Tlog.Path = mapped(p, hex.EncodeToString)
	return v
}

// refused names the verdict and the one check that gives it.
func (v *vector) refused(check, reason string) *vector {
	sub, ok := outcomes[reason]
	if !ok {
		panic("unknown reason " + reason)
	}
	verdict := "INDETERMINATE"
	switch sub {
	case "HASH_FAILURE", "FORMAT_FAILURE", "SIG_CRYPTO_FAILURE":
		verdict = "FAILED"
	}
	v.Expect, v.Only = expectation{Verdict: verdict, SubIndication: sub, Reason: reason}, check
	return v
}

// alsoOthers: further checks refuse, so no single one can be named.
func (v *vector) alsoOthers() *vector {
	v.Only = ""
	return v
}

// free marks the first place where the text stands: a flipped bit there may leave
// PASSED.
func (v *vector) free(text string) *vector {
	at := strings.Index(v.text, text)
	if at < 0 {
		panic(fmt.Sprintf("%s: no %q", v.ID, text))
	}
	v.Uncommitted = append(v.Uncommitted, [2]int{at, at + len(text)})
	return v
}

// outcomes holds the sub-indication of every reason.
var outcomes = map[string]string{
	"tlog.malformed": "FORMAT_FAILURE", "tlog.limit": "CUSTOM", "tlog.unsupported": "CUSTOM", "policy.no-time": "CUSTOM",
	"tlog.subject-missing": "SIGNED_DATA_NOT_FOUND", "tlog.checkpoint-mismatch": "HASH_FAILURE",
	"tlog.signature-invalid": "SIG_CRYPTO_FAILURE", "tlog.cosignature-invalid": "SIG_CRYPTO_FAILURE",
	"tlog.log-unknown": "NO_SIGNING_CERTIFICATE_FOUND", "tlog.origin-mismatch": "SIG_CONSTRAINTS_FAILURE",
	"tlog.quorum": "SIG_CONSTRAINTS_FAILURE", "tlog.cosignature-future": "TIMESTAMP_ORDER_FAILURE",
	"tlog.other-log": "SIG_CONSTRAINTS_FAILURE", "tlog.weak-digest": "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
	"tlog.weak-key":        "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
	"merkle.root-mismatch": "HASH_FAILURE", "merkle.path-length": "FORMAT_FAILURE", "merkle.index-range": "FORMAT_FAILURE",
	"merkle.hash-length": "FORMAT_FAILURE", "merkle.inconsistent": "HASH_FAILURE", "merkle.from-zero": "FORMAT_FAILURE",
	"merkle.size-range": "FORMAT_FAILURE", "merkle.limit": "CUSTOM",
}
