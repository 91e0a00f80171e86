package pdf

import (
	"strings"
	"testing"
)

// Circles end.
func TestAttachmentCircles(t *testing.T) {
	for name, c := range map[string]struct {
		made  *fileMaker
		codes string
	}{
		"tree kid is its parent":     {oneFile("/Names << /EmbeddedFiles 6 0 R >>").object(6, "<< /Kids [6 0 R 7 0 R] >>").object(7, "<< /Names [(a.txt) 4 0 R] >>"), foundNameTree},
		"tree in two steps":          {oneFile("/Names << /EmbeddedFiles 6 0 R >>").object(6, "<< /Kids [7 0 R] >>").object(7, "<< /Names [(a.txt) 4 0 R] /Kids [6 0 R] >>"), foundNameTree},
		"reference to itself":        {oneFile("/AF [6 0 R 4 0 R]").object(6, "6 0 R"), foundAttachmentUnread},
		"stream names itself":        {oneFile("/AF [4 0 R 6 0 R]").object(6, "<< /EF << /F 7 0 R >> >>").object(7, "7 0 R"), foundAttachmentMissing + "," + foundAttachmentUnread},
		"pages":                      {oneFile("/AF [4 0 R]").object(2, "<< /Kids [2 0 R 3 0 R] >>"), ""},
		"form in itself":             {oneFile("/AF [4 0 R]").object(3, "<< /Resources << /XObject << /X 6 0 R >> >> >>").stream(6, "/Resources << /XObject << /X 6 0 R >> >>", ""), ""},
		"structure":                  {oneFile("/AF [4 0 R] /StructTreeRoot 6 0 R").object(6, "<< /K [6 0 R 7 0 R] >>").object(7, "<< /K 6 0 R >>"), ""},
		"array in itself":            {oneFile("/AF 6 0 R").object(6, "[6 0 R 4 0 R]"), ""},
		"entry that is the document": {oneFile("/AF [1 0 R 4 0 R]"), ""},
	} {
		t.Run(name, func(t *testing.T) { mustFind(t, c.made.end(), "a.txt", c.codes) })
	}
}

// A name tree that readers read differently is told, and everything in it listed.
func TestNameTreeTricks(t *testing.T) {
	long := strings.Repeat("k", maxFileName)
	for name, c := range map[string]struct{ tree, codes string }{
		"in order":               {"<< /Names [(a.txt) 4 0 R (b.txt) 8 0 R] >>", ""},
		"an empty key":           {"<< /Names [() 4 0 R (b.txt) 8 0 R] >>", ""},
		"keys that are cut":      {"<< /Names [(" + long + "b) 4 0 R (" + long + "a) 8 0 R] >>", foundAttachmentName},
		"not in order":           {"<< /Names [(b.txt) 4 0 R (a.txt) 8 0 R] >>", foundNameTree},
		"kids not in order":      {"<< /Kids [<< /Limits [(b) (b)] /Names [(b) 4 0 R] >> << /Limits [(a) (a)] /Names [(a) 8 0 R] >>] >>", foundNameTree},
		"key twice":              {"<< /Names [(a.txt) 4 0 R (a.txt) 8 0 R] >>", foundNameTree},
		"outside of limits":      {"<< /Kids [<< /Limits [(b) (c)] /Names [(a) 4 0 R (b) 8 0 R] >>] >>", foundNameTree},
		"behind the limits":      {"<< /Kids [<< /Limits [(a) (b)] /Names [(b) 4 0 R (c) 8 0 R] >>] >>", foundNameTree},
		"at the limits":          {"<< /Kids [<< /Limits [(b) (c)] /Names [(b) 4 0 R (c) 8 0 R] >>] >>", ""},
		"limits of one":          {"<< /Kids [<< /Limits [(b)] /Names [(b) 4 0 R (c) 8 0 R] >>] >>", foundNameTree},
		"limits of three":        {"<< /Kids [<< /Limits [(b) (c) (d)] /Names [(b) 4 0 R (c) 8 0 R] >>] >>", foundNameTree},
		"limits that are none":   {"<< /Kids [<< /Limits [1 2] /Names [(b) 4 0 R (c) 8 0 R] >>] >>", foundNameTree},
		"kids and names":         {"<< /Names [(a) 4 0 R] /Kids [<< /Names [(b) 8 0 R] >>] >>", foundNameTree},
		"odd":                    {"<< /Names [(a) 4 0 R (b) 8 0 R (c)] >>", foundNameTree},
		"key that is no string":  {"<< /Names [/a 4 0 R (b) 8 0 R] >>", foundNameTree},
		"names that are a name":  {"<< /Kids [<< /Names /x >> << /Names [(a) 4 0 R (b) 8 0 R] >>] >>", foundNameTree},
		"kids that are no array": {"<< /Kids << /Names [(a) 4 0 R (b) 8 0 R] >> >>", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := oneFile("/Names << /EmbeddedFiles "+c.tree+" >>").object(8, "<< /UF (b.txt) /EF << /F 9 0 R >> >>").file(9, "other")
			mustFind(t, m.end(), "a.txt,b.txt", c.codes)
		})
	}
}

// Names are decoded, and what hides something in them is told.
func TestAttachmentNames(t *testing.T) {
	for name, c := range map[string]struct{ written, want, codes string }{
		"latin":                {`(\344\366\374.pdf)`, "äöü.pdf", ""},
		"PDFDocEncoding":       {`(\200\240\037\223.pdf)`, "•€˜ﬁ.pdf", ""},
		"UTF-16":               {"<feff65e5672c002e>", "日本.", ""},
		"UTF-16 pair":          {"<feffd83dde00>", "😀", ""},
		"UTF-16, half a pair":  {"<feffd83d0061>", "\ufffda", foundAttachmentName},
		"UTF-16LE":             {"<fffe61002e00>", "a.", ""},
		"UTF-8":                {"<efbbbfc3a4>", "ä", ""},
		"UTF-8, broken":        {"<efbbbfc3>", "\ufffd", foundAttachmentName},
		"path":                 {`(../../etc/passwd)`, "../../etc/passwd", ""},
		"control characters":   {`(a\000b\007c)`, "a\ufffdb\ufffdc", foundAttachmentName},
		"direction of writing": {"<feff0061202e006600640070002e006500780065>", "a\ufffdfdp.exe", foundAttachmentName},
		"zero width":           {"<feff0061200b0062>", "a\ufffdb", foundAttachmentName},
		"new line":             {`(a\nb)`, "a\ufffdb", foundAttachmentName},
		"no string":            {"/a", "k", ""},
		"empty":                {"()", "k", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := oneFile("/Names << /EmbeddedFiles << /Names [(k) 4 0 R] >> >>").object(4, "<< /UF "+c.written+" /EF << /F 5 0 R >> >>")
			mustFind(t, m.end(), c.want, c.codes)
		})
	}
}

// The raw name and the exact text stay.
func TestNamesStayAsTheyAre(t *testing.T) {
	m := oneFile(inNameTree).object(4, "<< /UF <feff0061202e> /EF << /F 5 0 R >> >>")
	a := mustFind(t, m.end(), "a\ufffd", foundAttachmentName)[0]
	if n := a.Names[0]; n.Text != "a\u202e" || string(n.Raw) != "\xfe\xff\x00a\x20\x2e" {
		t.Errorf("%+v", n)
	}
}

// Two names, two streams, or none where one should be.
func TestAmbiguousFiles(t *testing.T) {
	two := func(spec string) *fileMaker {
		return oneFile(inNameTree).object(4, spec).file(6, "other").end()
	}
	list := mustFind(t, two("<< /F (a.txt) /UF (a.txt) /EF << /F 5 0 R /UF 6 0 R >> >>"), "a.txt,a.txt", foundAttachmentAmbiguous+","+foundAttachmentTwice)
	if contentOf(t, list[0].EmbeddedFile) != "other" || contentOf(t, list[1].EmbeddedFile) != "content" {
		t.Error("not both streams, that of UF first")
	}
	mustFind(t, two("<< /F (a.exe) /UF (a.txt) /EF << /F 5 0 R >> >>"), "a.txt,", foundAttachmentSpelling+","+foundAttachmentUnnamed)
	mustFind(t, two("<< /F (a.txt) /UF <feff0061002e007400780074> /EF << /F 5 0 R >> >>"), "a.txt,", foundAttachmentUnnamed)
	for _, nothing := range []string{"99 0 R", "1 0 R", "(x)", "<< >>"} {
		mustFind(t, two("<< /F (a.txt) /EF << /F "+nothing+" >> >>"), ",", foundAttachmentMissing+","+foundAttachmentUnnamed)
	}
	m := oneFile("/AF [4 0 R 7 0 R]").object(7, "<< /UF (A.TXT) /EF << /F 8 0 R >> >>").file(8, "other").end()
	mustFind(t, m, "a.txt,A.TXT", foundAttachmentTwice)
	for _, fs := range []string{"", "/FS (a.txt)", "/FS << /F (a.txt) >>"} {
		m := oneFile(inNameTree).object(3, "<< /Annots [<< /Subtype /FileAttachment "+fs+" >>] >>").end()
		mustFind(t, m, "a.txt", foundAttachmentMissing)
	}
}

// An object that cannot be read hides nothing else.
func TestUnreadablePlaces(t *testing.T) {
	m := oneFile("/AF [4 0 R 6 0 R]").object(6, "<< /EF << /F (").end()
	mustFind(t, m, "a.txt", foundAttachmentUnread)
	m = oneFile("/AF [4 0 R 6 0 R]").object(6, "<< /UF (b) /EF << /F 7 0 R >> >>").object(7, "<< /Length 3 >> stream\nabc").end()
	if list, found := attachmentsOf(t, m); len(list) == 0 || list[0].Name != "a.txt" {
		t.Error(list, found)
	}
}

// An embedded file that nothing names is told, however its type is spelled.
func TestUnnamedFiles(t *testing.T) {
	for _, kind := range []string{"/Type /EmbeddedFile", "/Type /Embedded#46ile", "/T#79pe /#45mbeddedFile", "/Params << /Size 1 >> /Type 7 0 R /X (EmbeddedFile)"} {
		m := oneFile("/AF [4 0 R]").stream(6, kind, "hidden").object(7, "/EmbeddedFile").end()
		list := mustFind(t, m, "a.txt,", foundAttachmentUnnamed)
		if a := list[1]; !a.Unnamed || a.FirstNamed != -1 || a.Removed != -1 || contentOf(t, a.EmbeddedFile) != "hidden" {
			t.Errorf("%+v", a)
		}
		if items, err := embeddedItems(list); err != nil || len(items) != 1 {
			t.Error(items, err)
		}
	}
	mustFind(t, oneFile("/AF [4 0 R]").stream(6, "/Type /XObject /Subtype /text#2Fxml /X (EmbeddedFile)", "").end(), "a.txt", "")
	mustFind(t, oneFile("/AF [4 0 R]").stream(6, "/X ("+strings.Repeat("#", 2000)+")", "").end(), "a.txt", "")
}

// An entry that leads out of the file leads to no embedded file.
func TestEntryOutside(t *testing.T) {
	m := oneFile("/AF [4 0 R]")
	m.offsets[6], m.size = 999999, 7
	list, _ := attachmentsOf(t, m.end())
	if len(list) != 1 || list[0].Name != "a.txt" {
		t.Error(list)
	}
}

// Findings tell where the object is.
func TestPlaceOfFindings(t *testing.T) {
	m := oneFile("/AF [4 0 R 6 0 R]").end()
	from := m.Len()
	m.object(6, "<< /UF (b\\000) /EF << /F 5 0 R >> >>").end()
	_, found, err := findAttachments(openMaker(t, m))
	if err != nil || len(found) != 1 || found[0].Offset != int64(from) || found[0].Revision != 1 || found[0].Ref.Number != 6 || !strings.Contains(found[0].Text, "UF") {
		t.Errorf("%+v %v", found, err)
	}
}
