package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// describeFiles writes what there is to say of the history of attachments.
func describeFiles(t *testing.T, list []*Attachment) string {
	var out []string
	for _, a := range list {
		s := fmt.Sprintf("%s=%s@%d first %d", a.Name, contentOf(t, a.EmbeddedFile), a.Revision, a.FirstNamed)
		if a.Removed >= 0 {
			s += fmt.Sprintf(" removed %d", a.Removed)
		}
		for _, e := range a.Older {
			s += fmt.Sprintf(" older %s@%d", contentOf(t, e), e.Revision)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// What revisions do to attachments is told: which one brought the bytes, which one named
// them first, what they took the place of, what is gone.
func TestHistoryOfAttachments(t *testing.T) {
	catalog := func(names string) string {
		return "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [" + names + "] >> >> >>"
	}
	const without = "<< /Type /Catalog /Pages 2 0 R >>"
	named := func() *fileMaker { return oneFile(inNameTree).end() }
	for name, c := range map[string]struct {
		made        *fileMaker
		want, codes string
	}{
		"one revision":             {named(), "a.txt=content@0 first 0", ""},
		"another page":             {named().object(3, "<< /Type /Page /Parent 2 0 R >>").end(), "a.txt=content@0 first 0", ""},
		"the stream replaced":      {named().file(5, "new").end(), "a.txt=new@1 first 0 older content@0", ""},
		"replaced twice":           {named().file(5, "new").end().object(3, "<< >>").end().file(5, "newer").end(), "a.txt=newer@3 first 0 older new@1 older content@0", ""},
		"the same bytes again":     {named().file(5, "content").end(), "a.txt=content@1 first 0 older content@0", ""},
		"another object":           {named().object(4, "<< /UF (a.txt) /EF << /F 6 0 R >> >>").file(6, "new").end(), "a.txt=new@1 first 0 older content@0", ""},
		"another specification":    {named().object(1, catalog("(a.txt) 7 0 R")).object(7, "<< /UF (z.txt) /EF << /F 6 0 R >> >>").file(6, "new").end(), "z.txt=new@1 first 0 older content@0", ""},
		"another key, same name":   {named().object(1, catalog("(b.txt) 7 0 R")).object(7, "<< /UF (a.txt) /EF << /F 6 0 R >> >>").file(6, "new").end(), "a.txt=new@1 first 0 older content@0", ""},
		"nothing the same":         {named().object(1, catalog("(b.txt) 7 0 R")).object(7, "<< /UF (b.txt) /EF << /F 6 0 R >> >>").file(6, "new").end(), "b.txt=new@1 first 1; a.txt=content@0 first 0 removed 1", ""},
		"an object of a new use":   {named().object(1, without).object(5, "(x)").end(), "a.txt=content@0 first 0 removed 1", ""},
		"removed":                  {named().object(1, without).end(), "a.txt=content@0 first 0 removed 1", ""},
		"removed and freed":        {named().object(1, without).free(5).free(4).end(), "a.txt=content@0 first 0 removed 1", ""},
		"removed, then back":       {named().object(1, without).end().object(1, "<< /Type /Catalog /Pages 2 0 R /AF 4 0 R >>").end(), "a.txt=content@0 first 0", ""},
		"added":                    {named().object(1, catalog("(a.txt) 4 0 R (b.txt) 6 0 R")).object(6, "<< /UF (b.txt) /EF << /F 7 0 R >> >>").file(7, "b").end(), "a.txt=content@0 first 0; b.txt=b@1 first 1", ""},
		"named later":              {oneFile("").end().object(1, "<< /Type /Catalog /AF 4 0 R >>").end(), "a.txt=content@0 first 1", ""},
		"named by a page later":    {oneFile("").end().object(3, "<< /Type /Page /Annots [<< /FS 4 0 R >>] >>").end(), "a.txt=content@0 first 1", ""},
		"a new one beside it":      {oneFile("/AF [4 0 R]").end().object(1, "<< /Type /Catalog /AF [4 0 R 6 0 R] >>").object(6, "<< /UF (a.txt) /EF << /F 7 0 R >> >>").file(7, "new").end(), "a.txt=content@0 first 0; a.txt=new@1 first 1", foundAttachmentTwice},
		"the other of two":         {oneFile("/AF [4 0 R 6 0 R]").object(6, "<< /UF (b.txt) /EF << /F 7 0 R >> >>").file(7, "b").end().object(4, "<< /UF (a.txt) /EF << /F 7 0 R >> >>").end(), "a.txt=b@0 first 0; a.txt=content@0 first 0 removed 1", ""},
		"removed after that":       {named().object(4, "<< /UF (a.txt) /EF << /F 6 0 R >> >>").file(6, "new").end().object(1, without).end(), "a.txt=new@1 first 0 removed 2 older content@0", ""},
		"named at last":            {oneFile("").end().object(9, "(unrelated)").end().object(1, "<< /Type /Catalog /AF 4 0 R >>").end(), "a.txt=content@0 first 2", ""},
		"an old catalog again":     {named().object(8, without).endWith("/Root 8 0 R").endWith("/Root 1 0 R"), "a.txt=content@0 first 0", ""},
		"another old catalog":      {oneFile(inNameTree).object(8, without).endWith("/Root 8 0 R").endWith("/Root 1 0 R"), "a.txt=content@0 first 1", ""},
		"two streams of one":       {oneFile("/AF 4 0 R").object(4, "<< /UF (a.txt) /EF << /UF 5 0 R /F 6 0 R >> >>").file(6, "f").end().object(4, "<< /UF (a.txt) /EF << /UF 7 0 R /F 8 0 R >> >>").file(7, "new").file(8, "new f").end(), "a.txt=new@1 first 0 older content@0; a.txt=new f@1 first 0 older f@0", foundAttachmentAmbiguous + "," + foundAttachmentTwice},
		"what was odd is not":      {oneFile("/Names << /EmbeddedFiles << /Names [(b) 4 0 R (a) 4 0 R (c)] >> >>").end().object(1, catalog("(a.txt) 4 0 R")).end(), "a.txt=content@0 first 0", ""},
		"catalog replaced":         {named().object(8, without).endWith("/Root 8 0 R"), "a.txt=content@0 first 0 removed 1", ""},
		"never named":              {oneFile("").end().file(5, "new").end(), "=new@1 first -1 older content@0", foundAttachmentUnnamed},
		"older one never named":    {oneFile("").end().object(1, "<< /Type /Catalog /AF 4 0 R >>").file(5, "new").end(), "a.txt=new@1 first 1 older content@0", ""},
		"older one of another use": {oneFile("").stream(5, "/Type /XObject", "x").end().object(1, "<< /Type /Catalog /AF 4 0 R >>").file(5, "new").end(), "a.txt=new@1 first 1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			list, found := attachmentsOf(t, c.made)
			if got := describeFiles(t, list); got != c.want || strings.Join(found, ",") != c.codes {
				t.Errorf("got  %s %q\nwant %s %q", got, found, c.want, c.codes)
			}
		})
	}
}

// Places are those of the newest revision that names the file.
func TestPlacesOfNewestRevision(t *testing.T) {
	m := oneFile(inNameTree).object(3, "<< /Type /Page /AF 4 0 R >>").end().object(3, "<< /Type /Page >>").end()
	if a := mustFind(t, m, "a.txt", "")[0]; len(a.Places) != 1 || a.Places[0].Kind != PlaceNameTree {
		t.Errorf("%+v", a.Places)
	}
}

// InRevision tells which revisions have exactly these bytes.
func TestInRevision(t *testing.T) {
	m := oneFile(inNameTree).end().object(3, "<< >>").end().file(5, "new").end().object(1, "<< /Type /Catalog >>").end().object(1, "<< /Type /Catalog /AF 4 0 R >>").end()
	list, _ := attachmentsOf(t, m)
	in := func(e *EmbeddedFile) (out []int) {
		for n := range 6 {
			if e.InRevision(n) {
				out = append(out, n)
			}
		}
		return out
	}
	if a := list[0]; len(list) != 1 || !slices.Equal(in(a.EmbeddedFile), []int{2, 4}) || !slices.Equal(in(a.Older[0]), []int{0, 1}) {
		t.Errorf("%v %v", in(list[0].EmbeddedFile), in(list[0].Older[0]))
	}
}

// A node that was read from another object too is read again where that differs.
func TestHistoryThroughReferences(t *testing.T) {
	m := oneFile("/AF 6 0 R").object(6, "[7 0 R]").object(7, "<< /UF 8 0 R /EF 9 0 R >>").object(8, "(b.txt)").object(9, "<< /F 10 0 R >>").object(10, "11 0 R")
	m.file(11, "old").end().object(10, "12 0 R").file(12, "new").end()
	list, _ := attachmentsOf(t, m)
	list = slices.DeleteFunc(list, func(a *Attachment) bool { return a.Unnamed })
	if got := describeFiles(t, list); got != "b.txt=new@1 first 0 older old@0" {
		t.Error(got)
	}
}

// boxed ends a revision with a cross-reference stream in object n. What is in boxes has
// its entry in an object stream, first in it.
func (m *fileMaker) boxed(n int, boxes map[int]int) *fileMaker {
	off := m.Len()
	m.offsets[n], m.size = off, max(m.size, n+1)
	for i := range boxes {
		m.size = max(m.size, i+1)
	}
	var rows []byte
	index := ""
	for i := range m.size {
		if o := m.offsets[i]; o > 0 {
			rows = append(rows, 1, byte(o>>16), byte(o>>8), byte(o), 0)
		} else if box := boxes[i]; box > 0 {
			rows = append(rows, 2, 0, byte(box>>8), byte(box), 0)
		} else {
			continue
		}
		index += fmt.Sprintf("%d 1 ", i)
	}
	entries := fmt.Sprintf("/Type /XRef /W [1 3 1] /Size %d /Root 1 0 R /Index [%s]", m.size, index)
	if m.prev > 0 {
		entries += fmt.Sprintf(" /Prev %d", m.prev)
	}
	m.stream(n, entries, string(rows))
	fmt.Fprintf(m, "startxref\n%d\n%%%%EOF\n", off)
	m.prev, m.offsets = off, map[int]int{}
	return m
}

// Objects in an object stream that is replaced are other objects.
func TestHistoryThroughObjectStreams(t *testing.T) {
	m := newFileMaker().object(1, "<< /Type /Catalog /AF [4 0 R] >>").file(5, "old").file(6, "new")
	for i, file := range []string{"5 0 R", "6 0 R"} {
		m.stream(20, "/Type /ObjStm /N 1 /First 4", "4 0 << /UF (a.txt) /EF << /F "+file+" >> >>")
		boxes := map[int]int{4: 20}
		if i > 0 {
			boxes = nil
		}
		m.boxed(21+i, boxes)
	}
	list, _ := attachmentsOf(t, m)
	if got := describeFiles(t, list); got != "a.txt=new@0 first 0 older old@0" {
		t.Error(got)
	}
	// A finding about what lies in an object stream is told where that stands.
	m = newFileMaker().object(1, "<< /Type /Catalog /AF [4 0 R] >>").file(5, "x")
	at := int64(m.Len())
	m.stream(20, "/Type /ObjStm /N 1 /First 4", "4 0 << /UF (a\\000) /EF << /F 5 0 R >> >>").boxed(21, map[int]int{4: 20})
	if _, found, err := findAttachments(openMaker(t, m)); err != nil || len(found) != 1 || found[0].Offset != at || found[0].Ref.Number != 4 {
		t.Error(found, err)
	}
}

// A member that two revisions list is one, whether its object stream is replaced or not.
func TestMembersListedTwice(t *testing.T) {
	m := newFileMaker().object(1, "<< /Type /Catalog >>")
	for i := range 3 {
		boxes := map[int]int{4: 20}
		if i > 1 {
			boxes = nil
		}
		if i != 1 {
			m.stream(20, "/Type /ObjStm /N 1 /First 4", fmt.Sprintf("4 0 (%d)", i))
		}
		m.boxed(21+i, boxes)
	}
	rows := revisionHistory(openMaker(t, m))
	if len(rows) != 3 || rows[1].Changed != 0 || rows[2].Changed != 2 {
		t.Errorf("%+v", rows)
	}
	m.stream(20, "/Type /ObjStm /N 1 /First 4", "4 0 (3)").boxed(24, map[int]int{4: 20}) // lists it again
	m.stream(20, "/Type /ObjStm /N 1 /First 4", "5 0 (3)").boxed(25, map[int]int{5: 20}) // another one
	if rows = revisionHistory(openMaker(t, m)); rows[3].Changed != 2 || rows[4].Changed != 2 || rows[4].Added != 2 {
		t.Errorf("%+v", rows)
	}
}

// What an object stream is replaced by counts as replaced objects.
func TestCountThroughObjectStreams(t *testing.T) {
	m := newFileMaker().object(1, "<< /Type /Catalog /AF [4 0 R] >>")
	m.stream(20, "/Type /ObjStm /N 1 /First 4", "4 0 (old)").boxed(21, map[int]int{4: 20})
	m.stream(20, "/Type /ObjStm /N 1 /First 4", "4 0 (new)").boxed(22, nil)
	if rows := revisionHistory(openMaker(t, m)); len(rows) != 2 || rows[1].Changed != 2 || rows[1].Added != 1 {
		t.Errorf("%+v", rows)
	}
}
