package main

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// vector is one case, in the form of vectors.json.
type vector struct {
	ID       string      `json:"id"`
	Comment  string      `json:"comment"`
	Evidence string      `json:"evidence"`
	Subject  string      `json:"subject"`
	Trust    []string    `json:"trust"`
	At       string      `json:"at"`
	Policy   string      `json:"policy"`
	Expect   expectation `json:"expect"`
	Only     string      `json:"only"`
	Warnings []string    `json:"warnings,omitempty"`
	Origin   string      `json:"origin"`
	PDF      options     `json:"pdf"`

	suite *suite
}

type options struct {
	Password string `json:"password,omitempty"`
	Nodes    []node `json:"nodes"`
}

// node is what one signature, document time-stamp or attachment must give.
type node struct {
	Source string `json:"source"`
	expectation
}

type expectation struct {
	Verdict       string `json:"verdict"`
	SubIndication string `json:"sub_indication,omitempty"`
	Reason        string `json:"reason,omitempty"`
	Existed       string `json:"existed_not_later_than,omitempty"`
}

// add registers a document under the anchors of both houses. It passes, and so do its
// nodes, unless one of the methods below says otherwise.
func (s *suite) add(id, comment string, d *document) *vector {
	if len(d.rows) > 0 || len(d.holes) > 0 {
		panic(id + ": the last revision has not ended")
	}
	v := s.addFile(id, comment, d.b)
	for _, source := range d.nodes {
		v.PDF.Nodes = append(v.PDF.Nodes, node{source, expectation{Verdict: "PASSED"}})
	}
	for i := range d.attachments {
		v.PDF.Nodes = append(v.PDF.Nodes, node{fmt.Sprintf("#attachment-%d", i+1), expectation{Verdict: "PASSED"}})
	}
	return v
}

// addFile registers any bytes, of which no node is known.
func (s *suite) addFile(id, comment string, content []byte) *vector {
	v := &vector{
		ID: id, Comment: comment, Evidence: id + ".pdf", At: judged, Policy: "issuance", suite: s,
		Expect: expectation{Verdict: "PASSED"}, Origin: "made by the generator", PDF: options{Nodes: []node{}},
	}
	s.file(v.Evidence, content)
	s.list = append(s.list, v)
	return v.anchors(world.root).stampAnchors(world.tsaRoot)
}

// edited changes the complete file; nothing is signed anew.
func (v *vector) edited(change func(file []byte) []byte) *vector {
	v.suite.files[v.Evidence] = change(bytes.Clone(v.suite.files[v.Evidence]))
	return v
}

// replacing is an edit: the last place of a text, by one of the same length.
func replacing(old, new string) func([]byte) []byte {
	return func(b []byte) []byte {
		at := bytes.LastIndex(b, []byte(old))
		if at < 0 || len(old) != len(new) {
			panic("no " + old + ", or another length")
		}
		copy(b[at:], new)
		return b
	}
}

// anchors replaces the anchors of documents, stampAnchors those of time-stamps; none
// takes them away.
func (v *vector) anchors(list ...*ca.Cert) *vector      { return v.use("documents", list) }
func (v *vector) stampAnchors(list ...*ca.Cert) *vector { return v.use("tsa", list) }

// intermediates are certificates that may complete a path.
func (v *vector) intermediates(list ...*ca.Cert) *vector { return v.use("intermediates", list) }

func (v *vector) use(folder string, list []*ca.Cert) *vector {
	kept := []string{}
	for _, t := range v.Trust {
		if !strings.HasPrefix(t, folder+"/") {
			kept = append(kept, t)
		}
	}
	v.Trust = kept
	for _, c := range list {
		v.trust(folder+"/"+c.Label+".pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.DER}))
	}
	return v
}

// revocation gives CRLs and OCSP responses beside the document.
func (v *vector) revocation(list ...ca.Material) *vector {
	for _, m := range list {
		v.trust(m.Use+"/"+m.File, m.Data)
	}
	return v
}

func (v *vector) trust(name string, data []byte) *vector {
	v.suite.file("trust/"+name, data)
	v.Trust = append(v.Trust, name)
	return v
}

// etsi switches to the strict policy.
func (v *vector) etsi() *vector {
	v.Policy = "etsi"
	return v
}

func (v *vector) at(rfc3339 string) *vector {
	v.At = rfc3339
	return v
}

func (v *vector) password(s string) *vector {
	v.PDF.Password = s
	return v
}

func (v *vector) warns(codes ...string) *vector {
	v.Warnings = append(v.Warnings, codes...)
	return v
}

// nodes names the parts that the document must have instead of those that were written, all of them passing; needed where one is hidden or made up.
func (v *vector) nodes(sources ...string) *vector {
	v.PDF.Nodes = []node{}
	for _, source := range sources {
		v.PDF.Nodes = append(v.PDF.Nodes, node{source, expectation{Verdict: "PASSED"}})
	}
	return v
}

// node returns the expectation of a part.
func (v *vector) node(source string) *expectation {
	for i := range v.PDF.Nodes {
		if v.PDF.Nodes[i].Source == source {
			return &v.PDF.Nodes[i].expectation
		}
	}
	panic(v.ID + ": no node " + source)
}

// existed says by when a node provably existed; whole by when the whole file did.
func (v *vector) existed(source, rfc3339 string) *vector {
	v.node(source).Existed = rfc3339
	return v
}

func (v *vector) whole(rfc3339 string) *vector {
	v.Expect.Existed = rfc3339
	return v
}

// says gives a node another verdict than PASSED, and leaves the document alone.
func (v *vector) says(source, reason string) *vector {
	*v.node(source) = outcome(reason)
	return v
}

// refused gives a node its verdict, and the document the same. The check is the one of
// that node that alone refuses; "" where several do.
func (v *vector) refused(source, check, reason string) *vector {
	v.says(source, reason)
	v.Expect, v.Only = outcome(reason), ""
	if check != "" {
		v.Only = source + "/" + check
	}
	return v
}

// refusedFile is a verdict on the file itself; the check is one of the document.
func (v *vector) refusedFile(check, reason string) *vector {
	v.Expect, v.Only = outcome(reason), check
	return v
}
