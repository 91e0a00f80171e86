package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The file that a portfolio opens with and the folders of its files are told.
func TestPortfolio(t *testing.T) {
	m := oneFile("/Names << /EmbeddedFiles << /Names [(<2>a.txt) 4 0 R (<9>b.txt) 6 0 R (c.txt) 8 0 R] >> >> /Collection << /D (c.txt) /Folders 20 0 R >>")
	for i, name := range []string{"b.txt", "c.txt"} {
		m.object(6+2*i, fmt.Sprintf("<< /UF (%s) /EF << /F %d 0 R >> >>", name, 7+2*i)).file(7+2*i, name)
	}
	m.object(20, "<< /ID 0 /Name (all) /Child 21 0 R >>").object(21, "<< /ID 1 /Name (one) /Next 22 0 R >>").object(22, "<< /ID 2 /Name (t\\007wo) /Child 23 0 R >>").object(23, "<< /ID 3 /Name (three) >>").end()
	list := mustFind(t, m, "a.txt,b.txt,c.txt", "")
	for i, want := range []struct {
		folder  string
		initial bool
	}{{"all/t\ufffdwo", false}, {"", false}, {"", true}} {
		if list[i].Folder != want.folder || list[i].Initial != want.initial {
			t.Errorf("%+v", list[i])
		}
	}
}

func TestPortfolioTricks(t *testing.T) {
	for name, c := range map[string]struct{ collection, codes string }{
		"nothing in it":      {"<< >>", ""},
		"no dictionary":      {"7", foundPortfolio},
		"another file":       {"<< /D (b.txt) >>", foundPortfolio},
		"the file":           {"<< /D (a.txt) >>", ""},
		"folder in itself":   {"<< /Folders 10 0 R >>", foundPortfolio},
		"folder that is not": {"<< /Folders 99 0 R >>", ""},
		"direct folder":      {"<< /Folders << /ID 1 >> >>", ""},
	} {
		m := oneFile(inNameTree+" /Collection "+c.collection).object(10, "<< /ID 1 /Name (x) /Child 10 0 R >>")
		t.Run(name, func(t *testing.T) { mustFind(t, m.end(), "a.txt", c.codes) })
	}
}

// A portfolio does not open with a file that is gone.
func TestPortfolioWithoutItsFile(t *testing.T) {
	m := oneFile(inNameTree).end().object(1, "<< /Type /Catalog /Collection << /D (a.txt) >> >>").end()
	if a := mustFind(t, m, "a.txt", foundPortfolio)[0]; a.Initial || a.Removed != 1 {
		t.Errorf("%+v", a)
	}
}

func TestPortfolioLimits(t *testing.T) {
	for above := range 2 {
		m := oneFile(inNameTree + " /Collection << /Folders 10 0 R >>")
		for i := range maxFolders + above {
			next := fmt.Sprintf("/Next %d 0 R", 11+i)
			if i == maxFolders+above-1 {
				next = ""
			}
			m.object(10+i, fmt.Sprintf("<< /ID %d /Name (x) %s >>", i, next))
		}
		if _, codes := attachmentsOf(t, m.end()); slices.Contains(codes, foundAttachmentsCut) != (above == 1) {
			t.Errorf("%d above: %q", above, codes)
		}
	}
	// A path is cut; what is below it has none.
	m := oneFile("/Names << /EmbeddedFiles << /Names [(<15>a.txt) 4 0 R (<17>b.txt) 6 0 R] >> >> /Collection << /Folders 10 0 R >>").object(6, "<< /UF (b) /EF << /F 7 0 R >> >>").file(7, "b")
	for i := range 18 { // 255 characters and a slash each
		m.object(10+i, fmt.Sprintf("<< /ID %d /Name (%s) /Child %d 0 R >>", i, strings.Repeat("x", 255), 11+i))
	}
	if list, _ := attachmentsOf(t, m.end()); len(list[0].Folder) != 16*256-1 || list[1].Folder != "" && len(list[1].Folder) != maxFolderPath {
		t.Error(len(list[0].Folder), len(list[1].Folder))
	}
}
