package pdf

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// xmpPacket is metadata with a body in rdf:RDF.
func xmpPacket(body string) string {
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">` +
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + body + `</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
}

const claim3B = `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>`

func inUTF16(s string, big bool) string {
	var b strings.Builder
	for _, u := range append([]uint16{0xfeff}, utf16.Encode([]rune(s))...) {
		if big {
			b.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	return b.String()
}

// The claim is read in every form that XML gives it, and nowhere else.
func TestReadXMP(t *testing.T) {
	const ns = `xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"`
	part := func(as string) string { return xmpPacket(strings.ReplaceAll(claim3B, ">3<", as)) }
	for name, c := range map[string]struct{ in, want string }{
		"elements":               {xmpPacket(claim3B), "3 B "},
		"attributes":             {xmpPacket(`<rdf:Description ` + ns + ` pdfaid:part="3" pdfaid:conformance="B"/>`), "3 B "},
		"mixed":                  {xmpPacket(`<rdf:Description ` + ns + ` pdfaid:part="3"><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>`), "3 B "},
		"two descriptions":       {xmpPacket(`<rdf:Description ` + ns + ` pdfaid:part="3"/><rdf:Description ` + ns + ` pdfaid:conformance="B"/>`), "3 B "},
		"another prefix":         {xmpPacket(`<rdf:Description xmlns:a="http://www.aiim.org/pdfa/ns/id/" a:part="4" a:rev="2020"/>`), "4  2020"},
		"the default namespace":  {xmpPacket(`<rdf:Description><part xmlns="http://www.aiim.org/pdfa/ns/id/">2</part></rdf:Description>`), "2  "},
		"other prefixes for all": {`<R:RDF xmlns:R="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><R:Description xmlns:q="http://www.aiim.org/pdfa/ns/id/"><q:part>1</q:part></R:Description></R:RDF>`, "1  "},
		"space around":           {part(">\n 3\t<"), "3 B "},
		"CDATA and comment":      {part("><![CDATA[3]]><!-- 4 --><"), "3 B "},
		"character reference":    {part(">&#51;<"), "3 B "},
		"as written":             {part(">x<"), "x B "},
		"amendment":              {xmpPacket(`<rdf:Description ` + ns + ` pdfaid:part="1" pdfaid:amd="2"/>`), "1  "},
		"UTF-16BE":               {inUTF16(xmpPacket(claim3B), true), "3 B "},
		"UTF-16LE":               {inUTF16(xmpPacket(claim3B), false), "3 B "},
		"declared UTF-16":        {inUTF16(`<?xml version="1.0" encoding="UTF-16"?>`+xmpPacket(claim3B), true), "3 B "},
		"byte order mark":        {"\ufeff" + xmpPacket(claim3B), "3 B "},
		"declared UTF-8":         {`<?xml version="1.0" encoding="utf-8"?>` + xmpPacket(claim3B), "3 B "},
		"padding behind":         {xmpPacket(claim3B) + strings.Repeat(" \n", 2000), "3 B "},
		"garbage behind":         {xmpPacket(claim3B) + "<<\x00", "3 B "},
		"empty":                  {"", "  "},
		"no claim":               {xmpPacket(`<rdf:Description xmlns:dc="x"><dc:part>3</dc:part></rdf:Description>`), "  "},
		"unbound prefix":         {xmpPacket(`<rdf:Description pdfaid:part="3"/>`), "  "},
		"another namespace":      {xmpPacket(strings.ReplaceAll(claim3B, "/ns/id/", "/ns/id")), "  "},
		"not in a description":   {xmpPacket(`<pdfaid:part ` + ns + `>3</pdfaid:part>`), "  "},
		"not in RDF":             {`<x><rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" ` + ns + ` pdfaid:part="3"/></x>`, "  "},
		"deeper":                 {xmpPacket(`<rdf:Description ` + ns + ` xmlns:d="d"><d:a><rdf:Description pdfaid:part="3"/><d:b><pdfaid:part>3</pdfaid:part></d:b></d:a></rdf:Description>`), "  "},
		"element inside":         {xmpPacket(`<rdf:Description ` + ns + `><pdfaid:part><b>3</b></pdfaid:part></rdf:Description>`), "  "},
		"a part inside":          {xmpPacket(`<rdf:Description ` + ns + `><pdfaid:part>3<q:part xmlns:q="q"/></pdfaid:part></rdf:Description>`), "  "},
		"description alone":      {`<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" ` + ns + ` pdfaid:part="3"/>`, "  "},
		"in text":                {xmpPacket(`<rdf:Description ` + ns + `>pdfaid:part="3"</rdf:Description>`), "  "},
		"in a comment":           {xmpPacket("<!--" + claim3B + "-->"), "  "},
		"behind the end":         {xmpPacket("") + xmpPacket(claim3B), "  "},
	} {
		got, err := readXMP(strings.NewReader(c.in))
		if s := got.part + " " + got.conformance + " " + got.rev; err != nil || s != c.want || got.twice {
			t.Errorf("%s: %q, want %q, %v", name, s, c.want, err)
		}
	}
}

// A claim that is there twice is one only if both are the same. The first one counts.
func TestXMPTwice(t *testing.T) {
	other := strings.ReplaceAll(claim3B, ">3<", ">1<")
	for in, want := range map[string]xmpClaims{
		claim3B + claim3B: {part: "3"}, claim3B + other: {part: "3", twice: true}, other + claim3B: {part: "1", twice: true},
	} {
		got, err := readXMP(strings.NewReader(xmpPacket(in)))
		if err != nil || got.twice != want.twice || got.part != want.part {
			t.Errorf("%+v %v", got, err)
		}
	}
}

// What is no XML, or more than XMP needs of it, is refused; what was read stays.
func TestXMPErrors(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("<a>", n) + strings.Repeat("</a>", n) }
	laughs := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`
	for name, c := range map[string]struct {
		in   string
		want string // in the error; none: no error
		part string
	}{
		"declaration":       {"<!DOCTYPE x>" + xmpPacket(claim3B), "document type", ""},
		"entities":          {laughs + xmpPacket(strings.ReplaceAll(claim3B, ">3<", ">&b;<")), "document type", ""},
		"declaration later": {xmpPacket(claim3B + "<!DOCTYPE x>"), "document type", "3"},
		"unknown entity":    {xmpPacket(strings.ReplaceAll(claim3B, ">3<", ">&a;<")), "invalid character entity", ""},
		"not closed":        {strings.TrimSuffix(xmpPacket(claim3B), `</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`), "unexpected EOF", "3"},
		"crossed":           {xmpPacket(claim3B + "<a></b>"), "element <a> closed by </b>", "3"},
		"no UTF-8":          {xmpPacket(claim3B + "\xff"), "invalid UTF-8", "3"},
		"another encoding":  {`<?xml version="1.0" encoding="latin1"?>` + xmpPacket(claim3B), `the encoding "latin1" is not read`, ""},
		"at the depth":      {deep(maxXMPDepth), "", ""},
		"above the depth":   {deep(maxXMPDepth + 1), errXMPLimit.Error(), ""},
		"at the size":       {xmpPacket(claim3B) + strings.Repeat(" ", maxXMP-len(xmpPacket(claim3B))), "", "3"},
		"above the size":    {xmpPacket(claim3B) + strings.Repeat(" ", maxXMP-len(xmpPacket(claim3B))+1), errXMPLimit.Error(), ""},
		"text":              {"no XML", "", ""},
	} {
		got, err := readXMP(strings.NewReader(c.in))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) || got.part != c.part {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// A value is kept up to a length.
func TestXMPValueLimit(t *testing.T) {
	for _, form := range []string{claim3B, `<rdf:Description xmlns:p="http://www.aiim.org/pdfa/ns/id/" p:part="3"/>`} {
		for above := range 2 {
			long := strings.Repeat("3", maxXMPValue+above)
			in := strings.NewReplacer(">3<", ">"+long+"<", `"3"`, `"`+long+`"`).Replace(form)
			if got, err := readXMP(strings.NewReader(xmpPacket(in))); err != nil || len(got.part) != maxXMPValue {
				t.Errorf("%d, %v", len(got.part), err)
			}
		}
	}
}

// An error of the source is that, and no defect of the XML.
func TestXMPSource(t *testing.T) {
	if _, err := readXMP(brokenReader{}); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errBroken }

// Metadata that are as hostile as their size allows take no time.
func TestHostileXMP(t *testing.T) {
	fill := func(s string) string { return strings.Repeat(s, maxXMP/len(s)) }
	for name, in := range map[string]string{
		"attributes": "<a " + fill(`b="" `) + "/>", "elements": "<a>" + fill("<b/>"), "nested": fill("<a>"), "text": "<a>" + fill("&amp;"),
		"one name": "<" + fill("a"), "one value": `<a b="` + fill("x"), "comment": "<!--" + fill("- "), "namespaces": "<a " + fill(`xmlns:b="c" `) + "/>",
		"brackets": "<!" + fill("<"), "instruction": "<?a " + fill("?"), "claims": xmpPacket(fill(`<rdf:Description xmlns:p="http://www.aiim.org/pdfa/ns/id/" p:part="3"/>`)),
	} {
		start := time.Now()
		readXMP(strings.NewReader(in[:min(len(in), maxXMP)]))
		if took := time.Since(start); took > testvec.Slack(5*time.Second) {
			t.Errorf("%s: %v", name, took)
		}
	}
}
