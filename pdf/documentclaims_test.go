package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// The history has the digest of each revision, what it did, and what it holds; the
// revision can be written as it stood.
func TestDocumentClaims(t *testing.T) {
	m := newMaker()
	then(signedBy(container{}), fillForm)(t, m, theHouse())
	d := openMade(t, m.b)
	f := d.Claims().Fields()
	if len(f.Revisions) != 3 || d.Revisions() != 3 || f.Incomplete != "" || f.Version != "1.7" || f.Encrypted != nil || f.PDFA != nil || f.Repaired {
		t.Fatalf("%+v", f)
	}
	for n, r := range f.Revisions {
		var b bytes.Buffer
		if err := d.WriteRevision(context.Background(), n, &b); err != nil || int64(b.Len()) != r.End || r.N != n {
			t.Fatal(n, err, b.Len(), r.End)
		}
		if r.SHA256 != fmt.Sprintf("%x", sha256.Sum256(b.Bytes())) || !bytes.HasPrefix(m.b, b.Bytes()) {
			t.Errorf("revision %d: %s", n, r.SHA256)
		}
	}
	if r := f.Revisions[1]; len(r.Changes) == 0 || r.Added != 2 || r.Changed != 2 {
		t.Errorf("%+v", r)
	}
	if r := f.Revisions[2]; len(r.Changes) != 1 || r.Changes[0].Class != "form-values" || r.Changes[0].Object != objText {
		t.Errorf("%+v", r)
	}
	if err := d.WriteRevision(context.Background(), 3, new(bytes.Buffer)); err == nil {
		t.Error("a revision that is not there")
	}
	a, _ := json.Marshal(d.Claims())
	b, _ := json.Marshal(openMade(t, m.b).Claims())
	if !bytes.Equal(a, b) || !strings.Contains(string(a), `"class":"form-values"`) {
		t.Errorf("%s\n%s", a, b)
	}
}

// A document whose only evidence is an attachment is evidence.
func TestAttachedEvidence(t *testing.T) {
	h := theHouse()
	for name, want := range map[string]bool{"invoice.xml.tsr": true, "invoice.xml": false} {
		m := newMaker()
		m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[("+name+") 11 0 R]>>>>>>")
		m.obj(11, "<</Type/Filespec/F("+name+")/UF("+name+")/EF<</F 12 0 R>>/AFRelationship/Data>>")
		m.obj(12, "<</Type/EmbeddedFile/Subtype/text#2Fxml/Length 4>>\nstream\n<a/>\nendstream")
		m.end(t)
		d := openMade(t, m.b)
		if d.Evidence() != want {
			t.Errorf("%s: evidence %v", name, !want)
		}
		f := d.Claims().Fields()
		if len(f.Attachments) != 1 || f.Attachments[0].Name != name || f.Attachments[0].Relationship != "Data" || f.Attachments[0].MIME != "text/xml" {
			t.Errorf("%+v", f.Attachments)
		}
		if r := d.Verify(context.Background(), usualEnv(h, usualDay)); wordsOf(&r.Result) != "INDETERMINATE CUSTOM pdf.nothing-signed" {
			t.Error(wordsOf(&r.Result))
		}
	}
}
