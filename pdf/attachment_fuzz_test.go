package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// Whatever the file is: the same findings each time; a digest is that of the bytes that
// are written; a present attachment is in the present revision; each older version is
// older; what nothing names has no places.
func FuzzAttachments(f *testing.F) {
	for _, c := range attachmentCorpus(f) {
		if len(c.data) < 20<<10 {
			f.Add(c.data)
		}
	}
	for _, m := range []*fileMaker{
		oneFile(inNameTree).end().file(5, "new").end(),
		claiming("3", "B", "/AF [4 0 R] /StructTreeRoot << /K << /AF 4 0 R >> >> /Collection << /D (a.txt) >>").end(),
		oneFile("/Names << /EmbeddedFiles 6 0 R >>").object(6, "<< /Kids [6 0 R 7 0 R] >>").object(7, "<< /Limits [(a) (b)] /Names [(a.txt) 4 0 R] >>").end(),
		oneFile("").object(3, "<< /Annots [<< /FS 4 0 R /RichMediaContent << /Assets << /Names [(x) 4 0 R] >> >> >>] /Resources << /XObject << /X 6 0 R >> >> >>").stream(6, "/AF 4 0 R", "").end().object(1, "<< >>").end(),
		oneFile(inNameTree).object(4, "<< /UF (a) /RF << /F [(b) 6 0 R] >> /EF << /F 5 0 R >> >>").stream(6, "/Filter /FlateDecode", deflated([]byte("x"))).end(),
	} {
		f.Add(m.Bytes())
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		file, err := openBytes(in, "")
		if err != nil {
			return
		}
		list, found, err := findAttachments(file)
		var own *pdffile.Error
		if err != nil && (!errors.As(err, &own) || own.Code != pdffile.CodeLimit) {
			t.Fatal(err)
		}
		again, err := openBytes(in, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, foundAgain, _ := findAttachments(again); !reflect.DeepEqual(found, foundAgain) {
			t.Fatalf("%v, then %v", found, foundAgain)
		}
		for _, a := range list {
			checkAttachment(t, a, file.Last().Revision())
		}
		embeddedItems(list)
		if p, _, err := findPDFA(file, file.Last()); err == nil {
			pdfaFindings(&p, list)
		}
		rows := revisionHistory(file)
		if err := hashRevisions(t.Context(), file, rows); err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.SHA256 != sha256.Sum256(in[:r.End]) {
				t.Fatalf("%+v", r)
			}
		}
	})
}

// checkAttachment looks at what holds for every attachment.
func checkAttachment(t *testing.T, a *Attachment, last int) {
	if a.Unnamed != (len(a.Places) == 0) || a.Unnamed != (a.FirstNamed < 0) || a.InRevision(last) != (!a.Unnamed && a.Removed < 0) || a.Removed > last {
		t.Fatalf("%+v", a)
	}
	newer := a.EmbeddedFile
	for _, e := range append([]*EmbeddedFile{newer}, a.Older...) {
		var b bytes.Buffer
		if _, err := e.WriteTo(t.Context(), &b); err == nil {
			want := sha256.Sum256(b.Bytes())
			if got, err := e.Digest("sha256", nil); err == nil && !bytes.Equal(got, want[:]) {
				t.Fatal("another digest")
			}
		}
		if e != newer && e.Ref == newer.Ref && e.Revision >= newer.Revision {
			t.Fatalf("%+v is no older than %+v", e, newer)
		}
		newer = e
	}
}

// What is read as a claim says the same when it is written anew, as elements and as
// attributes; a document type declaration is never read.
func FuzzXMP(f *testing.F) {
	for _, c := range attachmentCorpus(f) {
		file, err := openBytes(c.data, "")
		if err != nil {
			continue
		}
		p, _, _ := findPDFA(file, file.Last())
		if s, ok, _ := pdffile.Value[*pdffile.Stream](file.Last(), p.Ref); ok {
			if b, err := file.Decode(s); err == nil {
				f.Add(b)
			}
		}
	}
	f.Add([]byte(xmpPacket(claim3B)))
	f.Add([]byte(inUTF16(xmpPacket(claim3B), true)))
	f.Add([]byte(`<!DOCTYPE a [<!ENTITY b "c">]>` + xmpPacket(claim3B)))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, err := readXMP(bytes.NewReader(in))
		if err == nil && bytes.HasPrefix(in, []byte("<!DOCTYPE")) {
			t.Fatal("a document type declaration was read")
		}
		if !got.found && got != (xmpClaims{}) {
			t.Fatalf("%+v", got)
		}
		text := func(s string) string {
			if shown(s) != s || len(s) > 3*maxXMPValue {
				t.Fatalf("%q", s)
			}
			var b strings.Builder
			if err := xml.EscapeText(&b, []byte(s)); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		part, conformance, rev := text(got.part), text(got.conformance), text(got.rev)
		for _, body := range []string{
			"><q:part>" + part + "</q:part><q:conformance>" + conformance + "</q:conformance><q:rev>" + rev + "</q:rev></rdf:Description>",
			` q:part="` + part + `" q:conformance="` + conformance + `" q:rev="` + rev + `"/>`,
		} {
			again, err := readXMP(strings.NewReader(xmpPacket(`<rdf:Description xmlns:q="http://www.aiim.org/pdfa/ns/id/"` + body)))
			if err != nil || again.part != got.part || again.conformance != got.conformance || again.rev != got.rev {
				t.Fatalf("%+v, then %+v, %v", got, again, err)
			}
		}
	})
}
