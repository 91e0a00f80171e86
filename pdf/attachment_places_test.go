package pdf

import (
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// Each place alone leads to the file, and is told.
func TestEachPlace(t *testing.T) {
	page := func(m *fileMaker, entries string) *fileMaker {
		return m.object(3, "<< /Type /Page /Parent 2 0 R "+entries+" >>")
	}
	for name, c := range map[string]struct {
		made   *fileMaker
		kind   PlaceKind
		holder uint32
	}{
		"name tree, direct":   {oneFile(inNameTree), PlaceNameTree, 1},
		"name tree, kids":     {oneFile("/Names 6 0 R").object(6, "<< /EmbeddedFiles 7 0 R >>").object(7, "<< /Kids [8 0 R] >>").object(8, "<< /Limits [(a.txt) (a.txt)] /Names 9 0 R >>").object(9, "[(a.txt) 4 0 R]"), PlaceNameTree, 8},
		"direct kid":          {oneFile("/Names << /EmbeddedFiles << /Kids [<< /Names [(a.txt) 4 0 R] >>] >> >>"), PlaceNameTree, 1},
		"catalog":             {oneFile("/AF [4 0 R]"), PlaceDocument, 1},
		"catalog, one":        {oneFile("/AF 4 0 R"), PlaceDocument, 1},
		"catalog, array":      {oneFile("/AF 6 0 R").object(6, "[null 4 0 R 77 0 R]"), PlaceDocument, 1},
		"direct file":         {oneFile("/AF [<< /UF (a.txt) /EF << /F 5 0 R >> >>]"), PlaceDocument, 1},
		"references in a row": {oneFile("/AF 6 0 R").object(6, "7 0 R").object(7, "8 0 R").object(8, "4 0 R"), PlaceDocument, 1},
		"page":                {page(oneFile(""), "/AF [4 0 R]"), PlacePage, 3},
		"page tree":           {oneFile("").object(2, "<< /Type /Pages /Kids 6 0 R /Count 1 /AF [4 0 R] >>").object(6, "[3 0 R]"), PlacePage, 2},
		"annotation":          {page(oneFile(""), "/Annots [6 0 R]").object(6, "<< /Subtype /FileAttachment /FS 4 0 R >>"), PlaceAnnotation, 6},
		"direct annotation":   {page(oneFile(""), "/Annots 6 0 R").object(6, "[<< /Subtype 7 0 R /FS 4 0 R >>]").object(7, "/FileAttachment"), PlaceAnnotation, 6},
		"annotation AF":       {page(oneFile(""), "/Annots [6 0 R]").object(6, "<< /Subtype /Text /AF [4 0 R] >>"), PlaceAnnotationAF, 6},
		"rich media":          {page(oneFile(""), "/Annots [6 0 R]").object(6, "<< /Subtype /RichMedia /RichMediaContent 7 0 R >>").object(7, "<< /Assets 8 0 R >>").object(8, "<< /Names [(a.txt) 4 0 R] >>"), PlaceRichMedia, 8},
		"rich media, kids":    {page(oneFile(""), "/Annots [6 0 R]").object(6, "<< /RichMediaContent << /Assets << /Kids [8 0 R] >> >> >>").object(8, "<< /Names [(a.txt) 4 0 R] >>"), PlaceRichMedia, 8},
		"image":               {page(oneFile(""), "/Resources << /XObject << /I 6 0 R >> >>").stream(6, "/Subtype /Image /AF 4 0 R", "x"), PlaceXObject, 6},
		"form in a form":      {page(oneFile(""), "/Resources 8 0 R").object(8, "<< /XObject 9 0 R >>").object(9, "<< /I 6 0 R >>").stream(6, "/Resources << /XObject << /J 7 0 R >> >>", "x").stream(7, "/AF [4 0 R]", "x"), PlaceXObject, 7},
		"marked content":      {page(oneFile(""), "/Resources << /Properties << /P << /MCAF [4 0 R] >> >> >>"), PlaceContent, 3},
		"structure":           {oneFile("/StructTreeRoot 6 0 R").object(6, "<< /K [7 0 R 1] >>").object(7, "<< /S /Formula /K << /S /Span /K 3 /AF [4 0 R] >> >>"), PlaceStructure, 7},
	} {
		a := mustFind(t, c.made.end(), "a.txt", "")[0]
		want := Place{Kind: c.kind, Holder: pdffile.Ref{Number: c.holder}, Spec: pdffile.Ref{Number: 4}, Entry: "UF"}
		if name == "direct file" {
			want.Spec, want.Entry = pdffile.Ref{}, "F"
		}
		got := a.Places[0]
		got.key = nil
		if len(a.Places) != 1 || got != want {
			t.Errorf("%s: %+v, want %+v", name, a.Places, want)
		}
		if a.Ref.Number != 5 || contentOf(t, a.EmbeddedFile) != "content" {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// The search of what rarely names files begins with any embedded file, also with one
// that does not say that it is one.
func TestDeepSearchWithoutType(t *testing.T) {
	m := oneFile("/AF [4 0 R]").stream(5, "", "content")
	m.object(3, "<< /Type /Page /Parent 2 0 R /Resources << /XObject << /I 6 0 R >> >> >>").stream(6, "/AF 7 0 R", "x")
	m.object(7, "<< /F (b.txt) /EF << /F 8 0 R >> >>").stream(8, "", "other")
	mustFind(t, m.end(), "a.txt,b.txt", "")
}

// One stream that is named from everywhere is one attachment.
func TestAllPlacesOfOneFile(t *testing.T) {
	m := oneFile(inNameTree + " /AF [4 0 R 4 0 R] /StructTreeRoot << /AF 4 0 R >>")
	m.object(3, "<< /Type /Page /Parent 2 0 R /AF 4 0 R /Annots [6 0 R 7 0 R] /Resources << /XObject << /I 8 0 R /J 8 0 R >> >> >>")
	m.object(6, "<< /Subtype /FileAttachment /FS << /UF (b.txt) /EF << /F 5 0 R >> >> >>").object(7, "<< /AF [4 0 R] >>").stream(8, "/AF 4 0 R", "x")
	a := mustFind(t, m.end(), "a.txt", "")[0]
	var kinds []string
	for _, p := range a.Places {
		kinds = append(kinds, string(p.Kind))
	}
	if got := strings.Join(kinds, " "); got != "name-tree document page xobject annotation annotation-associated structure" {
		t.Errorf("places %q", got)
	}
	var names []string
	for _, n := range a.Names {
		names = append(names, n.Key+"="+n.Text)
	}
	if got := strings.Join(names, " "); got != "UF=a.txt F=a.txt UF=b.txt Names=a.txt" {
		t.Errorf("names %q", got)
	}
}

// Related files are attachments with names of their own (7.11.4.3).
func TestRelatedFiles(t *testing.T) {
	m := oneFile(inNameTree).object(4, "<< /F (a.txt) /Desc (of a.txt) /EF << /F 5 0 R >> /RF << /F [(a.txt) 5 0 R (b.txt) 6 0 R (c.txt) null 7 8] >> >>").file(6, "other")
	list := mustFind(t, m.end(), "a.txt,b.txt", foundAttachmentMissing)
	b := list[1]
	if len(b.Places) != 1 || b.Places[0].Entry != "RF" || len(b.Names) != 1 || b.Names[0].Key != "RF" || b.Description != "" || contentOf(t, b.EmbeddedFile) != "other" {
		t.Errorf("%+v", b)
	}
	var keys []string
	for _, n := range list[0].Names {
		keys = append(keys, n.Key)
	}
	if got := strings.Join(keys, " "); got != "F Names RF" {
		t.Error(got)
	}
}

// What the file specification and the stream say is told.
func TestClaimsOfAttachment(t *testing.T) {
	m := oneFile("/AF [4 0 R]").object(4, `<< /F (a.xml) /UF 6 0 R /Unix (u) /Mac (m) /DOS (d) /Desc (what it is) /AFRelationship /Sour#63e /EF 7 0 R >>`)
	m.stream(5, "/Subtype /text#2Fxml /Params << /Size 7 /CheckSum <9a0364b9e99bb480dd25e1f0284c8555> /CreationDate (D:2024) /ModDate 8 0 R >>", "content")
	m.object(6, "<feff00e4002e0078006d006c>").object(7, "<< /DOS 5 0 R >>").object(8, "(D:2025)")
	a := mustFind(t, m.end(), "ä.xml", foundAttachmentSpelling)[0]
	if a.Description != "what it is" || a.Relationship != "Source" || a.MIME != "text/xml" || a.Size != 7 || a.Created != "D:2024" || a.Modified != "D:2025" {
		t.Errorf("%+v %+v", a, a.EmbeddedFile)
	}
	if len(a.Names) != 5 || fmt.Sprintf("%x", a.CheckSum) != "9a0364b9e99bb480dd25e1f0284c8555" || a.Places[0].Entry != "DOS" {
		t.Errorf("%+v", a.Names)
	}
	if found, err := a.checkClaims(t.Context()); err != nil || len(found) > 0 {
		t.Error(found, err)
	}
}

// A document without embedded files has none, and a file elsewhere is none.
func TestNoAttachments(t *testing.T) {
	for _, spec := range []string{"(elsewhere.txt)", "<< /F (a.txt) >>", "<< /FS /URL /F (http://a) >>", "<< /EF 9 0 R >>", "<< /EF << >> >>", "[4 0 R]", "7"} {
		m := newFileMaker().object(1, "<< /Type /Catalog "+inNameTree+" /AF 4 0 R >>").object(4, spec)
		mustFind(t, m.end(), "", "")
	}
	mustFind(t, newFileMaker().object(1, "<< /Type /Catalog >>").end(), "", "")
}
