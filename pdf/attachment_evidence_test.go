package pdf

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// Evidence is recognised by its name or by its first bytes; what may hold some is listed
// too, and all else is not.
func TestEmbeddedItems(t *testing.T) {
	const ots = "\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01"
	const cms = "\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0"
	for _, c := range []struct {
		name, data string
		want       string // the name, with ! for one that claims
	}{
		{"a.tsr", "x", "a.tsr!"}, {"a.xml.TST", "x", "a.xml.TST!"}, {"a.tsd", "", "a.tsd!"}, {"a.pdf.ots", "", "a.pdf.ots!"}, {"a.p7s", "", "a.p7s!"}, {"a.sig", "", "a.sig!"}, {"a.jws", "", "a.jws!"},
		{"a.json", "{}", "a.json"}, {"a.XML", "<a/>", "a.XML"}, {"a.pdf", "%PDF-", "a.pdf"}, {"a.txt", "", "a.txt"}, {"a.png", "x", ""}, {"a", "x", ""}, {".tsr", "x", ""},
		{"a.bin", ots, "a.bin!"}, {"a.bin", ots[:20], ""}, {"a", cms, "a!"}, {"a.json", cms, "a.json!"}, {"a", cms[1:], ""}, {"a", "\x30\x80" + cms[4:], "a!"}, {"a", "xx" + cms[4:], ""},
		{"../../b/a.tsr", "x", "a.tsr!"}, {`c:\b\a.tsr`, "x", "a.tsr!"}, {"b/..", ots, "!"}, {"a.tsr/b", "x", ""}, {"C:a.tsr", "x", "a.tsr!"},
	} {
		m := oneFile("/AF [4 0 R]").object(4, "<< /UF ("+strings.ReplaceAll(c.name, `\`, `\\`)+") /EF << /F 5 0 R >> >>").file(5, c.data).end()
		list, _ := attachmentsOf(t, m)
		items, err := embeddedItems(list)
		got := ""
		for _, x := range items {
			if got += x.Name; x.Claims {
				got += "!"
			}
			if contentOf(t, x.EmbeddedFile) != c.data {
				t.Error(c.name)
			}
		}
		if err != nil || got != c.want {
			t.Errorf("%q: %q, want %q, %v", c.name, got, c.want, err)
		}
	}
}

// Data that cannot be decoded are known by their name only; what is gone is no evidence.
func TestEmbeddedItemsUnread(t *testing.T) {
	m := oneFile("/AF [4 0 R 6 0 R]").stream(5, "/Filter /FlateDecode", "x").object(6, "<< /UF (b.ots) /EF << /F 7 0 R >> >>").stream(7, "/Filter /FlateDecode", "x").end()
	list, _ := attachmentsOf(t, m)
	if items, err := embeddedItems(list); err != nil || len(items) != 2 || items[0].Claims || !items[1].Claims {
		t.Error(items, err)
	}
	m.object(1, "<< /Type /Catalog >>").end()
	list, _ = attachmentsOf(t, m)
	if items, err := embeddedItems(list); err != nil || len(items) != 0 || len(list) != 2 {
		t.Error(items, err)
	}
}

// Real evidence is recognised by its first bytes.
func TestRealEvidence(t *testing.T) {
	n := 0
	for kind, folder := range map[string]string{"rfc3161": "tokens", "ots": "files"} {
		files, err := filepath.Glob(filepath.Join(testvec.Corpus(t, kind), folder, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			if !slices.Contains([]string{".tsr", ".tst", ".ots"}, filepath.Ext(path)) {
				continue
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if looksLikeEvidence(b[:min(len(b), evidenceHead)]) {
				n++
			} else {
				t.Logf("not recognised: %s", filepath.Base(path)) // text, or damaged on purpose
			}
		}
	}
	if n < 100 {
		t.Errorf("%d recognised", n)
	}
}
