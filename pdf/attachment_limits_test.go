package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// manyFiles is a document with n attachments in its name tree, each of two versions.
func manyFiles(n int) *fileMaker {
	m := newFileMaker()
	var names strings.Builder
	for i := range n {
		fmt.Fprintf(&names, "(%04d) %d 0 R ", i, 10+2*i)
		m.object(10+2*i, fmt.Sprintf("<< /UF (%04d) /EF << /F %d 0 R >> >>", i, 11+2*i)).file(11+2*i, "x")
	}
	m.object(1, "<< /Type /Catalog /Names << /EmbeddedFiles << /Names ["+names.String()+"] >> >> >>").end()
	for i := range n {
		m.file(11+2*i, "y")
	}
	return m.end()
}

// Each limit of the search holds exactly, and reaching it is told, once.
func TestAttachmentLimits(t *testing.T) {
	const n = 5
	structure := newFileMaker().object(1, "<< /Type /Catalog /AF 4 0 R /StructTreeRoot 10 0 R >>").object(4, "<< /UF (a) /EF << /F 5 0 R >> >>").file(5, "x")
	for i := range n {
		structure.object(10+i, fmt.Sprintf("<< /K %d 0 R >>", 11+i))
	}
	structure.object(10+n, "<< /S /Span >>").end()
	structure.object(1, "<< /Type /Catalog /AF 4 0 R /StructTreeRoot 10 0 R /Lang (x) >>").end() // the limit is one of each revision
	for name, c := range map[string]struct {
		made     *fileMaker
		limit    func(*fileLimits) *int
		atLimit  int
		revision int // that the finding names
	}{
		"attachments": {manyFiles(n), func(l *fileLimits) *int { return &l.attachments }, n, 1},
		"names":       {manyFiles(n), func(l *fileLimits) *int { return &l.treeNames }, n, 1},
		"versions":    {manyFiles(n), func(l *fileLimits) *int { return &l.versions }, n, 1},
		"reads":       {manyFiles(n), func(l *fileLimits) *int { return &l.reads }, 1 + n + n, 0}, // the specifications again, as their streams differ
		"steps":       {manyFiles(n), func(l *fileLimits) *int { return &l.steps }, 2 * (1 + n), 0},
		"swept":       {manyFiles(n), func(l *fileLimits) *int { return &l.swept }, 3*n + 1, 1},
		"structure":   {structure, func(l *fileLimits) *int { return &l.structure }, n + 1, 1},
	} {
		for above := range 2 {
			l := usualFileLimits
			*c.limit(&l) = c.atLimit - above
			_, found, err := scanAttachments(openMaker(t, c.made), l)
			if err != nil {
				t.Fatal(err)
			}
			cuts := 0
			for _, x := range found {
				if x.Code == foundAttachmentsCut && x.Revision == c.revision {
					cuts++
				}
			}
			if cuts != above || above == 0 && len(found) > 0 {
				t.Errorf("%s, %d above: %+v", name, above, found)
			}
		}
	}
	// The lists end there.
	l := usualFileLimits
	l.attachments = n - 1
	if list, _, _ := scanAttachments(openMaker(t, manyFiles(n)), l); len(list) != n-1 {
		t.Error(list)
	}
	l.attachments = 2
	m := oneFile("/AF [4 0 R]").file(6, "b").file(7, "c").end()
	if list, found, _ := scanAttachments(openMaker(t, m), l); len(list) != 2 || !slices.Contains(codesOf(found), foundAttachmentsCut) {
		t.Error(list, found)
	}
	m = oneFile("/AF [4 0 R]").object(4, "<< /UF (a) /EF << /F 5 0 R >> /RF << /F [(b) 6 0 R (c) 7 0 R] >> >>").file(6, "b").file(7, "c").end()
	if _, found, _ := scanAttachments(openMaker(t, m), l); !slices.Contains(codesOf(found), foundAttachmentsCut) {
		t.Error(found)
	}
	l = usualFileLimits
	l.swept = 1
	m = oneFile("/AF [4 0 R]").stream(5, "", "without its type").end()
	if list, found, _ := scanAttachments(openMaker(t, m), l); len(list) != 1 || !slices.Contains(codesOf(found), foundAttachmentsCut) {
		t.Error(list, found)
	}
	l = usualFileLimits
	l.versions = 0
	m = oneFile("/AF [4 0 R]").file(6, "b").end().file(6, "c").end()
	if list, found, _ := scanAttachments(openMaker(t, m), l); len(list[1].Older) != 0 || !slices.Contains(codesOf(found), foundAttachmentsCut) {
		t.Error(list, found)
	}
}

// Places are counted beyond the limit of the list.
func TestPlaceLimit(t *testing.T) {
	for above := range 2 {
		m := oneFile("/AF [4 0 R]")
		var pages string
		for i := range maxPlaces + above - 1 {
			pages += fmt.Sprintf("%d 0 R ", 10+i)
			m.object(10+i, "<< /Type /Page /AF 4 0 R >>")
		}
		m.object(2, "<< /Kids ["+pages+"] >>").end()
		if a := mustFind(t, m, "a.txt", "")[0]; len(a.Places) != maxPlaces || a.MorePlaces != above {
			t.Errorf("%d places and %d", len(a.Places), a.MorePlaces)
		}
	}
}

// Texts are cut, and that is told.
func TestTextLimits(t *testing.T) {
	for above := range 2 {
		m := oneFile("/AF [4 0 R]").object(4, "<< /UF ("+strings.Repeat("a", maxFileName+above)+") /EF << /F 5 0 R >> >>").end()
		list, codes := attachmentsOf(t, m)
		if len(list[0].Name) != maxFileName || (above == 0) != (len(codes) == 0) {
			t.Errorf("%d above: %d, %q", above, len(list[0].Name), codes)
		}
		l := usualFileLimits
		name := strings.Repeat("a", 2*shortFileName)
		l.text = len(name) - above
		m = oneFile("/AF [4 0 R]").object(4, "<< /UF ("+name+") /EF << /F 5 0 R >> >>").end()
		list, _, err := scanAttachments(openMaker(t, m), l)
		if want := len(name) - above*shortFileName; err != nil || len(list[0].Name) != want {
			t.Errorf("%d above: %d, want %d, %v", above, len(list[0].Name), want, err)
		}
	}
	a := oneStream(t, "/Subtype /"+strings.Repeat("x", maxClaim+1)+" /Params << /CheckSum ("+strings.Repeat("x", maxClaim+1)+") >>", "")
	if len(a.MIME) != maxClaim || len(a.CheckSum) != maxClaim {
		t.Error(len(a.MIME), len(a.CheckSum))
	}
}

// References and levels end.
func TestAttachmentDepth(t *testing.T) {
	for above := range 2 {
		m := oneFile("/AF 10 0 R")
		last := 10 + maxFileRefs - 2 + above
		for i := 10; i < last; i++ {
			m.object(i, fmt.Sprintf("%d 0 R", i+1))
		}
		m.object(last, "4 0 R").end()
		list, codes := attachmentsOf(t, m)
		if list[0].Unnamed != (above == 1) || slices.Contains(codes, foundAttachmentUnread) != (above == 1) {
			t.Errorf("%d above: %q", above, codes)
		}
		m = oneFile("")
		last = 9 + pdffile.MaxDepth + above
		for i := 10; i < last; i++ {
			m.object(i, fmt.Sprintf("<< /Kids [%d 0 R] >>", i+1))
		}
		m.object(1, "<< /Type /Catalog /Names << /EmbeddedFiles 10 0 R >> >>").object(last, "<< /Names [(a.txt) << /UF (a.txt) /EF << /F 5 0 R >> >>] >>").end()
		list, codes = attachmentsOf(t, m)
		if list[0].Unnamed != (above == 1) || slices.Contains(codes, foundAttachmentsCut) != (above == 1) {
			t.Errorf("%d levels above: %q", above, codes)
		}
	}
}

// The findings end, and say so.
func TestAttachmentFindingsLimit(t *testing.T) {
	for above := range 2 {
		m := oneFile("")
		var files string
		for i := range maxAttachmentFindings + 2*above {
			m.object(10+i, fmt.Sprintf("<< /UF (n%d\\000) /EF << /F 5 0 R >> >>", i))
			files += fmt.Sprintf("%d 0 R ", 10+i)
		}
		m.object(1, "<< /Type /Catalog /AF ["+files+"] >>").end()
		_, codes := attachmentsOf(t, m)
		if len(codes) != maxAttachmentFindings+above || slices.Contains(codes, pdffile.FoundCut) != (above == 1) {
			t.Errorf("%d findings, %q", len(codes), codes[len(codes)-1])
		}
	}
}

// Where several files may have taken the place of one, none did.
func TestSuccessors(t *testing.T) {
	for above := range 2 {
		m := oneFile("/AF [4 0 R]").end()
		var files string
		for i := range 1 + above {
			m.object(10+2*i, fmt.Sprintf("<< /UF (a.txt) /EF << /F %d 0 R >> >>", 11+2*i)).file(11+2*i, "new")
			files += fmt.Sprintf("%d 0 R ", 10+2*i)
		}
		m.object(1, "<< /Type /Catalog /AF ["+files+"] >>").end()
		list, _ := attachmentsOf(t, m)
		if len(list) != 1+2*above || (len(list[0].Older) == 1) != (above == 0) {
			t.Errorf("%d above: %+v", above, list)
		}
	}
	for _, key := range []*FileName{nil, {Raw: []byte("k"), Sealed: true}, {Raw: []byte("k"), cut: true}} {
		if a := (&Attachment{Places: []Place{{key: key}}}); len(a.ways()[0]) != 0 {
			t.Errorf("known by %+v", key)
		}
	}
	old := &Attachment{EmbeddedFile: &EmbeddedFile{named: []revisionRange{{1, 1}}}, Name: "a"}
	for above := range 2 {
		s := successors{}
		s.add(&Attachment{Name: "a", FirstNamed: 2})
		for range maxSuccessors - 2 + above { // which were there together with it
			s.add(&Attachment{Name: "a", FirstNamed: 1})
		}
		if (s.of(old) == nil) != (above == 1) {
			t.Errorf("%d above", above)
		}
		s.add(&Attachment{Name: "a"})
		if n := len(s[sameness{name: "a"}]); n != maxSuccessors {
			t.Error(n)
		}
	}
}
