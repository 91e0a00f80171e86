package pdf

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

const (
	objData = 40 + iota
	objSpec
	objFilter
)

// attach adds a file with one name; more are entries of its stream.
func (m *maker) attach(data, more string) {
	m.obj(objData, fmt.Sprintf("<</Type/EmbeddedFile/Length %d%s>>\nstream\n%s\nendstream", len(data), more, data))
	m.obj(objSpec, "<</Type/Filespec/F(a.xml)/UF(a.xml)/AFRelationship/Source/EF<</F 40 0 R>>>>")
	m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Names<</EmbeddedFiles<</Names[(a.xml)41 0 R]>>>>>>")
}

func TestAttachmentNodes(t *testing.T) {
	h := theHouse()
	const uncovered = "INDETERMINATE NO_POE pdf.attachment-not-covered"
	signed := signedBy(container{})
	broken := signedBy(container{}).with(func(d *dictionary) {
		value := d.value
		d.value = func(b []byte) []byte { return value(append(b, 'x')) }
	})
	for _, c := range []struct {
		name    string
		make    func(m *maker)
		env     func(*pki.Env)
		want    string
		covered string
		proves  string
		existed string
	}{
		{name: "signed", make: func(m *maker) { m.attach("<a/>", ""); m.end(t); m.sign(t, signed); m.end(t) },
			want: passed, covered: "[#signature-1]", proves: "[signature]"},
		{name: "in the revision that signs", make: func(m *maker) { m.end(t); m.attach("<a/>", ""); m.sign(t, signed); m.end(t) },
			want: passed, covered: "[#signature-1]", proves: "[signature]"},
		{name: "signed and stamped", make: func(m *maker) {
			m.attach("<a/>", "")
			then(signed, addStamp("2024-04-01"), addStamp("2024-05-01"))(t, m, h)
		}, want: passed, covered: "[#signature-1 #timestamp-1 #timestamp-2]", proves: "[existence signature]", existed: "2024-04-01"},
		{name: "stamped only", make: func(m *maker) { m.attach("<a/>", ""); m.end(t); addStamp("2024-04-01")(t, m, h); m.end(t) },
			want: passed, covered: "[#timestamp-1]", proves: "[existence]", existed: "2024-04-01"},
		{name: "added later", make: func(m *maker) { then(signed)(t, m, h); m.attach("<a/>", ""); m.end(t) },
			want: uncovered, covered: "[]", proves: "[existence]"},
		{name: "added later and stamped", make: func(m *maker) {
			then(signed)(t, m, h)
			m.attach("<a/>", "")
			m.end(t)
			addStamp("2024-05-01")(t, m, h)
			m.end(t)
		}, want: passed, covered: "[#timestamp-1]", proves: "[existence]", existed: "2024-05-01"},
		{name: "replaced later", make: func(m *maker) { m.attach("<a/>", ""); then(signed)(t, m, h); m.attach("<b/>", ""); m.end(t) },
			want: uncovered, covered: "[]", proves: "[existence]"},
		{name: "bytes there, named later", make: func(m *maker) {
			m.obj(objData, "<</Type/EmbeddedFile/Length 4>>\nstream\n<a/>\nendstream")
			then(signed)(t, m, h)
			m.obj(objSpec, "<</Type/Filespec/F(a.xml)/EF<</F 40 0 R>>>>")
			m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Names<</EmbeddedFiles<</Names[(a.xml)41 0 R]>>>>>>")
			m.end(t)
		}, want: uncovered, covered: "[]", proves: "[existence]"},
		{name: "renamed later", make: func(m *maker) {
			m.attach("<a/>", "")
			then(signed)(t, m, h)
			m.obj(objSpec, "<</Type/Filespec/F(b.xml)/EF<</F 40 0 R>>>>")
			m.end(t)
		}, want: uncovered, covered: "[]", proves: "[existence]"},
		{name: "decoded otherwise", make: func(m *maker) {
			m.obj(objFilter, "/ASCIIHexDecode")
			m.attach("4142>", "/Filter 42 0 R")
			then(signed)(t, m, h)
			m.obj(objFilter, "/ASCII85Decode")
			m.end(t)
		}, want: uncovered, covered: "[]", proves: "[existence]"},
		{name: "decoded as before", make: func(m *maker) {
			m.obj(objFilter, "/ASCIIHexDecode")
			m.attach("3c612f3e>", "/Filter[42 0 R]")
			then(signed)(t, m, h)
		}, want: passed, covered: "[#signature-1]", proves: "[signature]"},
		{name: "the signature fails", make: func(m *maker) { m.attach("<a/>", ""); then(broken)(t, m, h) },
			want: uncovered, covered: "[#signature-1]", proves: "[existence]"},
		{name: "no anchor", make: func(m *maker) { m.attach("<a/>", ""); then(signed)(t, m, h) },
			env:  func(e *pki.Env) { e.Documents = nil },
			want: "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND pdf.no-chain", covered: "[#signature-1]", proves: "[existence]"},
		{name: "one of two passes", make: func(m *maker) { m.attach("<a/>", ""); then(signed, addStamp("2024-04-01"))(t, m, h) },
			env:  func(e *pki.Env) { e.Documents = nil },
			want: passed, covered: "[#signature-1 #timestamp-1]", proves: "[existence]", existed: "2024-04-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newMaker()
			c.make(m)
			env := usualEnv(h, usualDay)
			if c.env != nil {
				c.env(&env)
			}
			r := openMade(t, m.b).Verify(context.Background(), env)
			n := r.Children[len(r.Children)-1]
			claims, ok := n.Claims.(attachmentClaims)
			if !ok || n.Kind != KindAttachment || n.Source != "#attachment-1" || n.Covers.Kind != "attachment" {
				t.Fatalf("%+v", n)
			}
			existed := ""
			if !n.ExistedNotLaterThan.IsZero() {
				existed = n.ExistedNotLaterThan.Format("2006-01-02")
			}
			if got := wordsOf(&n); got != c.want || fmt.Sprint(claims.CoveredBy) != c.covered || fmt.Sprint(n.Proves) != c.proves || existed != c.existed {
				t.Errorf("%s, covered by %v, proves %v, %s; want %s, %s, %s, %s", got, claims.CoveredBy, n.Proves, existed, c.want, c.covered, c.proves, c.existed)
			}
		})
	}
}

// What the node says of the data is what they are, and a claim that does not agree is a
// warning and no more.
func TestAttachmentNodeData(t *testing.T) {
	sum := fmt.Sprintf("%x", md5.Sum([]byte("<a/>")))
	for _, c := range []struct{ params, warning string }{
		{"/Params<</Size 4/CheckSum<" + sum + ">>>", ""},
		{"/Params<</Size 5/CheckSum<" + sum + ">>>", "size"},
		{"/Params<</Size 4/CheckSum<" + strings.Repeat("00", 16) + ">>>", "MD5"},
	} {
		m := newMaker()
		m.attach("<a/>", "/Subtype/text#2Fxml"+c.params)
		then(signedBy(container{}))(t, m, theHouse())
		r := verifyMade(t, m, usualDay)
		n := r.Children[1]
		got, err := json.Marshal(n.Claims)
		want := fmt.Sprintf(`{"name":"a.xml","relationship":"Source","mime":"text/xml","size":4,"sha256":"%x","revision":0,"covered_by":["#signature-1"]}`, sha256.Sum256([]byte("<a/>")))
		if err != nil || string(got) != want || !n.Passed() || !r.Passed() || n.Covers.SHA256 != fmt.Sprintf("%x", sha256.Sum256([]byte("<a/>"))) {
			t.Errorf("%s %v %s", got, err, wordsOf(&n))
		}
		switch {
		case c.warning == "" && len(n.Warnings) > 0, c.warning != "" && (len(n.Warnings) != 1 ||
			n.Warnings[0].Code != foundAttachmentChecksum || !strings.Contains(n.Warnings[0].Text, c.warning)):
			t.Errorf("%s: %+v", c.params, n.Warnings)
		}
	}
}

// An attachment that fails to decode is named as not hashed, and takes nothing from the
// others or from the document.
func TestAttachmentNodeUndecoded(t *testing.T) {
	m := newMaker()
	m.attach("<a/>", "/Filter/FlateDecode")
	then(signedBy(container{}))(t, m, theHouse())
	r := verifyMade(t, m, usualDay)
	n := r.Children[1]
	if !r.Passed() || n.Covers.SHA256 != "" || len(n.NotChecked) != 1 || n.NotChecked[0].Name != uncheckedDigest {
		t.Errorf("%s %+v %+v", wordsOf(&r.Result), n.Covers, n.NotChecked)
	}
}

func TestAttachmentBytesLimit(t *testing.T) {
	data := deflated(make([]byte, 1000))
	m := newMaker()
	m.attach(data, "/Filter/FlateDecode")
	m.end(t)
	for _, c := range []struct {
		left int64
		ok   bool
	}{{1000, true}, {999, false}, {0, false}, {-1, false}} {
		list, err := openMade(t, m.b).Attachments()
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		for range 2 { // the second time all is known
			left := c.left
			sum, size, err := list[0].measure(context.Background(), &left)
			if (err == nil) != c.ok || c.ok && (size != 1000 || len(sum) != 32 || left != 0) || !c.ok && left > 0 {
				t.Errorf("%d: %x %d %v, left %d", c.left, sum, size, err, left)
			}
		}
		_, err = list[0].Length(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		left := c.left // hashed by somebody else
		if _, _, err := list[0].measure(context.Background(), &left); (err == nil) != c.ok {
			t.Errorf("%d: %v", c.left, err)
		}
	}
	if maxAttachmentBytes >= pdffile.MaxDecoded {
		t.Error("nothing would be left to read")
	}
}

func TestAttachmentNodesLimit(t *testing.T) {
	for _, n := range []int{maxAttachmentNodes, maxAttachmentNodes + 1} {
		m := newMaker()
		var names strings.Builder
		for i := range n {
			m.obj(50+i, "<</Type/EmbeddedFile/Length 1>>\nstream\nx\nendstream")
			fmt.Fprintf(&names, "(%05d)<</Type/Filespec/F(%d)/EF<</F %d 0 R>>>>", i, i, 50+i)
		}
		m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Names<</EmbeddedFiles<</Names["+names.String()+"]>>>>>>")
		then(signedBy(container{}))(t, m, theHouse())
		r := verifyMade(t, m, usualDay)
		var more []verdict.Unchecked
		for _, u := range r.NotChecked {
			if u.Name == uncheckedListing {
				more = append(more, u)
			}
		}
		if !r.Passed() || len(r.Children) != 1+maxAttachmentNodes || len(more) != n-maxAttachmentNodes {
			t.Errorf("%d: %s, %d nodes, %v", n, wordsOf(&r.Result), len(r.Children), more)
		}
	}
}
