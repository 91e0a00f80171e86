package main

import (
	"bytes"
	"encoding/hex"
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
	Merkle      *options    `json:"merkle"`
	Expect      expectation `json:"expect"`
	Only        string      `json:"only"`
	Uncommitted [][2]int    `json:"uncommitted,omitempty"`
	Origin      string      `json:"origin"`

	suite *suite
	bytes []byte
}

type options struct {
	Form        string   `json:"form"`
	Convention  string   `json:"convention,omitempty"`
	Leaf        string   `json:"leaf,omitempty"`
	SubjectSize *int64   `json:"subject_size,omitempty"`
	Anchors     []anchor `json:"anchors"`
}

type anchor struct {
	Root         string `json:"root"`
	Size         uint64 `json:"size,omitempty"`
	Depth        int    `json:"depth,omitempty"`
	NotLaterThan string `json:"not_later_than,omitempty"`
}

type expectation struct {
	Verdict       string `json:"verdict"`
	SubIndication string `json:"sub_indication,omitempty"`
	Reason        string `json:"reason,omitempty"`
	Existed       string `json:"existed_not_later_than,omitempty"`
}

const (
	formOwn         = "exhibit.merkle/v1"
	formRFC6962     = "rfc6962"
	formConsistency = "consistency"
	formBlock       = "merkleblock"
	letterFile      = "letter.txt"
	existed         = "2025-03-01T12:00:00Z"
)

// letter is the subject of nearly all vectors. It is no 32 or 64 bytes long.
var letter = []byte("This letter is an entry of the tree.\n")

// suite collects vectors and the files they name.
type suite struct {
	list  []*vector
	files map[string][]byte
}

// add registers evidence. A vector has the letter as its subject and passes, unless
// one of the methods below says otherwise. Passing results that no anchor dates have
// the zero time.
func (s *suite) add(id, comment, form string, evidence []byte) *vector {
	ext := ".merkle.json"
	if form == formBlock {
		ext = ".merkleblock"
	}
	v := &vector{
		ID: id, Comment: comment, Evidence: id + ext, Subject: letterFile, Trust: []string{},
		Merkle: &options{Form: form, Anchors: []anchor{}},
		Expect: expectation{Verdict: "PASSED"}, Origin: "made by the generator", suite: s, bytes: evidence,
	}
	if form == formConsistency {
		v.Subject = ""
	}
	s.file(v.Evidence, evidence)
	s.list = append(s.list, v)
	return v
}

// own registers a text of exhibit.merkle/v1, shaped one in the shape of RFC 6962.
func (s *suite) own(id, comment, text string) *vector {
	return s.add(id, comment, formOwn, []byte(text))
}

func (s *suite) shaped(id, comment, text string) *vector {
	return s.add(id, comment, formRFC6962, []byte(text))
}

func (s *suite) file(name string, data []byte) {
	if old, ok := s.files[name]; ok && !bytes.Equal(old, data) {
		panic("two contents for " + name)
	}
	s.files[name] = data
}

// anchored hands in the root, vouched for together with the size; 0 leaves it open.
func (v *vector) anchored(root []byte, size int) *vector {
	v.Merkle.Anchors = append(v.Merkle.Anchors, anchor{Root: hex.EncodeToString(root), Size: uint64(size)})
	return v
}

// sized is for a size beyond what an int of 32 bits holds.
func (v *vector) sized(size uint64) *vector {
	v.Merkle.Anchors[len(v.Merkle.Anchors)-1].Size = size
	return v
}

func (v *vector) depth(n int) *vector {
	v.Merkle.Anchors[len(v.Merkle.Anchors)-1].Depth = n
	return v
}

// dated lets the anchor prove a time.
func (v *vector) dated() *vector {
	v.Merkle.Anchors[0].NotLaterThan, v.Expect.Existed = existed, existed
	return v
}

// named is the convention that the caller names.
func (v *vector) named(convention string) *vector {
	v.Merkle.Convention = convention
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

func (v *vector) digest(alg string, b []byte) *vector {
	v.Subject, v.Digest = "", alg+":"+hex.EncodeToString(b)
	return v
}

// givenLeaf is the leaf hash that the caller knows.
func (v *vector) givenLeaf(b []byte) *vector {
	v.Subject, v.Merkle.Leaf = "", hex.EncodeToString(b)
	return v
}

// refused names the verdict and the one check that gives it.
func (v *vector) refused(check, reason string) *vector {
	sub, ok := outcomes[reason]
	if !ok {
		panic("unknown reason " + reason)
	}
	verdict := "INDETERMINATE"
	if strings.HasSuffix(sub, "HASH_FAILURE") || strings.HasSuffix(sub, "FORMAT_FAILURE") {
		verdict = "FAILED"
	}
	v.Expect = expectation{Verdict: verdict, SubIndication: sub, Reason: reason}
	v.Only = check
	return v
}

// undecided is refused where the reason usually proves a defect, but not here.
func (v *vector) undecided(check, sub, reason string) *vector {
	v.Expect = expectation{Verdict: "INDETERMINATE", SubIndication: sub, Reason: reason}
	v.Only = check
	return v
}

// alsoOthers: further checks refuse, so no single one can be named.
func (v *vector) alsoOthers() *vector {
	v.Only = ""
	return v
}

// uncommitted marks the first place where the text stands; a flipped bit there may
// leave PASSED.
func (v *vector) uncommitted(text string) *vector {
	at := bytes.Index(v.bytes, []byte(text))
	if at < 0 {
		panic(fmt.Sprintf("%s: no %q", v.ID, text))
	}
	v.Uncommitted = append(v.Uncommitted, [2]int{at, at + len(text)})
	return v
}

// outcomes holds the sub-indication of every reason.
var outcomes = map[string]string{
	"merkle.malformed": "FORMAT_FAILURE", "merkle.number": "FORMAT_FAILURE", "merkle.hash-length": "FORMAT_FAILURE",
	"merkle.leaf-suffix": "FORMAT_FAILURE", "merkle.sides": "FORMAT_FAILURE", "merkle.position-missing": "FORMAT_FAILURE",
	"merkle.index-range": "FORMAT_FAILURE", "merkle.size-range": "FORMAT_FAILURE", "merkle.from-zero": "FORMAT_FAILURE",
	"merkle.path-length": "FORMAT_FAILURE", "merkle.side-mismatch": "FORMAT_FAILURE", "merkle.partial-tree": "FORMAT_FAILURE",
	"merkle.leaf-mismatch": "HASH_FAILURE", "merkle.phantom-leaf": "HASH_FAILURE", "merkle.odd-node": "HASH_FAILURE",
	"merkle.root-mismatch": "HASH_FAILURE", "merkle.size-mismatch": "HASH_FAILURE", "merkle.inconsistent": "HASH_FAILURE",
	"merkle.limit": "CUSTOM", "merkle.convention-unknown": "CUSTOM",
	"merkle.subject-missing": "SIGNED_DATA_NOT_FOUND", "merkle.root-not-anchored": "NO_CERTIFICATE_CHAIN_FOUND",
	"merkle.leaf-node-ambiguity": "SIG_CONSTRAINTS_FAILURE",
}
