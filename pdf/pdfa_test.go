package pdf

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// claiming is a document with a claim of PDF/A and the entries in its catalog; "-" is no
// conformance at all.
func claiming(part, conformance, catalog string) *fileMaker {
	level := ""
	if conformance != "-" {
		level = fmt.Sprintf("<p:conformance>%s</p:conformance>", conformance)
	}
	body := fmt.Sprintf(`<rdf:Description xmlns:p="http://www.aiim.org/pdfa/ns/id/"><p:part>%s</p:part>%s</rdf:Description>`, part, level)
	return oneFile(catalog+" /Metadata 30 0 R").stream(30, "/Type /Metadata /Subtype /XML", xmpPacket(body))
}

// The claim comes with its revision and the output intents.
func TestFindPDFA(t *testing.T) {
	m := claiming("3", "B", "/OutputIntents [<< /S /GTS_PDFA1 >> 31 0 R 7]").object(31, "<< /S /GTS_PDFX >>").end()
	m.object(3, "<< >>").end()
	m.stream(30, "/Type /Metadata", xmpPacket("")).end()
	f := openMaker(t, m)
	p, found, err := findPDFA(f, f.View(1))
	if err != nil || len(found) > 0 || !p.Claimed() || p.String() != "3B" || p.Ref.Number != 30 || p.Revision != 0 || !slices.Equal(p.OutputIntents, []string{"GTS_PDFA1", "GTS_PDFX"}) {
		t.Errorf("%+v %v %v", p, found, err)
	}
	if p, found, err = findPDFA(f, f.View(2)); err != nil || len(found) > 0 || p.Claimed() || p.Revision != 2 {
		t.Errorf("%+v %v %v", p, found, err)
	}
}

// What is no claim that ISO 19005 knows is told.
func TestPDFAClaims(t *testing.T) {
	for _, c := range []struct{ part, conformance, code string }{
		{"1", "A", ""}, {"1", "B", ""}, {"1", "U", foundPDFAClaim}, {"2", "U", ""}, {"3", "A", ""}, {"3", "", foundPDFAClaim}, {"3", "-", foundPDFAClaim},
		{"3", "AB", foundPDFAClaim}, {"3", "b", foundPDFAClaim}, {"4", "-", ""}, {"4", "", foundPDFAClaim}, {"4", "E", ""}, {"4", "F", ""}, {"4", "EF", foundPDFAClaim},
		{"4", "B", foundPDFAClaim}, {"5", "B", foundPDFAClaim}, {"03", "B", foundPDFAClaim}, {"", "B", foundPDFAClaim}, {"3</p:part><p:part>2", "B", foundPDFAClaim},
		{"<!DOCTYPE a>", "", foundMetadata}, {"&x;", "", foundMetadata},
	} {
		f := openMaker(t, claiming(c.part, c.conformance, "").end())
		_, found, err := findPDFA(f, f.Last())
		if got := strings.Join(codesOf(found), ","); err != nil || got != c.code {
			t.Errorf("%s%s: %q, want %q, %v", c.part, c.conformance, got, c.code, err)
		}
	}
}

// Metadata that cannot be read are told; there may be none.
func TestUnreadableMetadata(t *testing.T) {
	for name, c := range map[string]struct{ entry, stream, data, claim, text string }{
		"none":      {"", "", "", "", ""},
		"null":      {"/Metadata 99 0 R", "", "", "", ""},
		"no stream": {"/Metadata 3 0 R", "", "", "", ""},
		"deflated":  {"/Metadata 30 0 R", "/Filter /FlateDecode", deflated([]byte(xmpPacket(claim3B))), "3B", ""},
		"damaged":   {"/Metadata 30 0 R", "/Filter /FlateDecode", "x", "", "deflated data"},
		"no XML":    {"/Metadata 30 0 R", "", "<a", "", "unexpected EOF"},
		"too large": {"/Metadata 30 0 R", "/Filter /FlateDecode", deflated(bytes.Repeat([]byte(" "), maxXMP+1)), "", errXMPLimit.Error()},
	} {
		f := openMaker(t, oneFile(c.entry).stream(30, c.stream, c.data).end())
		p, found, err := findPDFA(f, f.Last())
		if err != nil || p.String() != c.claim || (len(found) == 0) != (c.text == "") {
			t.Errorf("%s: %+v %v %v", name, p, found, err)
		} else if c.text != "" && (found[0].Code != foundMetadata || found[0].Ref.Number != 30 || !strings.Contains(found[0].Text, c.text)) {
			t.Errorf("%s: %+v", name, found)
		}
	}
	for above := range 2 {
		f := openMaker(t, oneFile("/OutputIntents ["+strings.Repeat("<< /S /X >>", maxOutputIntents+above)+"]").end())
		if p, _, _ := findPDFA(f, f.Last()); len(p.OutputIntents) != maxOutputIntents {
			t.Error(p.OutputIntents)
		}
	}
}

// Each rule about embedded files is told alone, by the part that has it, and always as
// something that is claimed.
func TestPDFARules(t *testing.T) {
	const (
		spec   = "/F (a.txt) /UF (a.txt) /Desc (x) /AFRelationship /Data /EF << /F 5 0 R /UF 5 0 R >>"
		stream = "/Type /EmbeddedFile /Subtype /text#2Fplain /Params << /ModDate (D:2024) >>"
		af     = "/AF [4 0 R] " + inNameTree
	)
	with := func(s, part, other string) string {
		if !strings.Contains(s, part) {
			t.Fatal(part)
		}
		return strings.Replace(s, part, other, 1)
	}
	for name, c := range map[string]struct {
		part, level, catalog, spec, stream string
		want                               string
	}{
		"all kept":            {"3", "B", af, spec, stream, ""},
		"all kept in 4f":      {"4", "F", af, spec, stream, ""},
		"no media type":       {"3", "B", af, spec, with(stream, "/Subtype /text#2Fplain", ""), foundPDFAMIME},
		"half a media type":   {"3", "B", af, spec, with(stream, "text#2Fplain", "text"), foundPDFAMIME},
		"no subtype":          {"3", "B", af, spec, with(stream, "text#2Fplain", "text#2F"), foundPDFAMIME},
		"odd media type":      {"3", "B", af, spec, with(stream, "text#2Fplain", "text#2Fpl#20ain"), foundPDFAMIME},
		"long media type":     {"3", "B", af, spec, with(stream, "plain", strings.Repeat("x", 127)), ""},
		"longer media type":   {"3", "B", af, spec, with(stream, "plain", strings.Repeat("x", 128)), foundPDFAMIME},
		"ModDate":             {"3", "B", af, spec, with(stream, "/ModDate (D:2024)", ""), foundPDFADate},
		"F":                   {"3", "B", af, with(spec, "/F (a.txt)", ""), stream, foundPDFANames},
		"UF":                  {"3", "B", af, with(spec, "/UF (a.txt)", ""), stream, foundPDFANames},
		"Desc":                {"3", "B", af, with(spec, "/Desc (x)", ""), stream, foundPDFADescription},
		"relationship":        {"3", "B", af, with(spec, "/AFRelationship /Data", ""), stream, foundPDFARelation},
		"relationship text":   {"3", "B", af, with(spec, "/Data", "(Data)"), stream, foundPDFARelation},
		"relationship name":   {"3", "B", af, with(spec, "/Data", "/Schema"), stream, foundPDFARelation},
		"relationship of 4":   {"4", "F", af, with(spec, "/Data", "/Schema"), stream, ""},
		"association":         {"3", "B", inNameTree, spec, stream, foundPDFAAssociation},
		"association of 4":    {"4", "F", inNameTree, spec, stream, ""},
		"part 1":              {"1", "B", af, spec, stream, foundPDFAEmbedded},
		"part 2":              {"2", "B", af, spec, stream, foundPDFAEmbedded},
		"part 2, PDF":         {"2", "B", af, spec, with(stream, "text#2Fplain", "application#2Fpdf"), ""},
		"part 2, PDF by name": {"2", "B", af, strings.ReplaceAll(spec, "a.txt", "a.PDF"), stream, ""},
		"4f without":          {"4", "F", "", "(x)", "", foundPDFAEmbedded},
		"4 without":           {"4", "-", "", "(x)", "", ""},
		"not claimed":         {"", "-", af, "/EF << /F 5 0 R >>", "", ""},
	} {
		m := claiming(c.part, c.level, c.catalog).object(4, "<< "+c.spec+" >>").stream(5, c.stream, "x")
		f := openMaker(t, m.end())
		p, _, err := findPDFA(f, f.Last())
		if err != nil {
			t.Fatal(err)
		}
		list, _, err := findAttachments(f)
		if err != nil {
			t.Fatal(err)
		}
		found := pdfaFindings(&p, list)
		if got := strings.Join(codesOf(found), ","); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		for _, x := range found {
			if !strings.Contains(x.Text, "PDF/A-"+p.String()+" is claimed") || !strings.Contains(x.Text, "veraPDF") {
				t.Error(x.Text)
			}
		}
	}
	// What is gone, and what nothing names, is no matter of the claim.
	gone := oneFile(inNameTree).file(6, "unnamed").end().object(1, "<< /Type /Catalog >>").end()
	list, _ := attachmentsOf(t, gone)
	if found := pdfaFindings(&PDFA{Part: "1"}, list); len(list) != 2 || len(found) > 0 {
		t.Error(list, found)
	}
	a := &Attachment{EmbeddedFile: &EmbeddedFile{MIME: "a/b", Modified: "x"}, Removed: -1, MorePlaces: 1} // one may be an AF entry
	if found := pdfaFindings(&PDFA{Part: "3"}, []*Attachment{a}); len(found) > 0 {
		t.Error(found)
	}
	for above := range 2 {
		var many []*Attachment
		for range maxAttachmentFindings + above {
			many = append(many, &Attachment{EmbeddedFile: &EmbeddedFile{}, Removed: -1})
		}
		if found := pdfaFindings(&PDFA{Part: "1"}, many); len(found) != maxAttachmentFindings {
			t.Error(len(found))
		}
	}
}
