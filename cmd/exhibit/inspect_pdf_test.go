package main

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// Names that a document chose do not steer a terminal, and a long list ends.
func TestInspectHostileDocument(t *testing.T) {
	c := newCarrier()
	for _, x := range hostileNames {
		c.add(x, nil)
	}
	for i := range maxLinesShown {
		c.add(fmt.Sprintf("%d.txt", i), nil)
	}
	file := written(t, c.end().b)
	for _, args := range [][]string{{"inspect", file}, {"inspect", file, "--json"}} {
		code, out, errs := tool(args...)
		if code != 0 || errs != "" || strings.ContainsAny(out, "\x1b\x00\u202e\u2066") {
			t.Errorf("exit %d, %s%q", code, errs, out)
		}
	}
	_, out, _ := tool("inspect", file)
	if want := fmt.Sprintf("and %d more; see --json\n", len(hostileNames)); !strings.Contains(out, "\n  100  ") || strings.Contains(out, "\n  101  ") || !strings.Contains(out, want) {
		t.Errorf("the list does not end after %d lines\n%s", maxLinesShown, out)
	}
}

// PDF/A is a claim, and a validator is named.
func TestInspectPDFA(t *testing.T) {
	c := newCarrier()
	xmp := `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description></rdf:RDF></x:xmpmeta>`
	c.object(c.next, fmt.Sprintf("<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream", len(xmp), xmp))
	c.catalog = fmt.Sprintf("/Metadata %d 0 R", c.next-1)
	code, out, errs := tool("inspect", written(t, c.end().b))
	if code != 0 || errs != "" || !strings.Contains(out, "\n  PDF/A         claimed 3B; whether it conforms, a validator such as veraPDF finds out\n") {
		t.Errorf("exit %d, %s%s", code, errs, out)
	}
}

// A change is told by its class and its object; what nothing names any more stays listed.
func TestInspectHistory(t *testing.T) {
	code, out, errs := tool("inspect", written(t, oldAndNew()))
	if code != 0 || errs != "" {
		t.Fatalf("exit %d, %s", code, errs)
	}
	for _, want := range []string{
		"\n       embedded-files       ", "objects: 0 added, 2 changed, 0 freed\n",
		"\n  1    list.txt; Data, text/plain, 7 bytes, revision 1\n", "\n  2    gone.txt; Data, text/plain, 4 bytes, revision 0, no longer named\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestRangeEnd(t *testing.T) {
	for _, x := range []struct {
		r    []int64
		want int64
	}{
		{[]int64{0, 10, 20, 80}, 100},
		{[]int64{0, 10, 10, 90}, 100},
		{[]int64{0, 10, 20, 81}, -1},
		{[]int64{1, 10, 20, 80}, -1},
		{[]int64{0, 10, 9, 80}, -1},
		{[]int64{0, -1, 20, 80}, -1},
		{[]int64{0, 10, 20, -1}, -1},
		{[]int64{0, 10, 101, 0}, -1},
		{[]int64{0, 10, math.MaxInt64, math.MaxInt64}, -1},
		{[]int64{0, 10, 20}, -1},
		{[]int64{0, 10, 20, 80, 0}, -1},
		{nil, -1},
	} {
		if got := rangeEnd(x.r, 100); got != x.want {
			t.Errorf("%v ends at %d, want %d", x.r, got, x.want)
		}
	}
}

// A text is cut and cleaned, whatever it holds.
func TestClipped(t *testing.T) {
	for in, want := range map[string]string{
		"ab": "ab", "abc": "abc", "abcd": "abc…", "äöüß": "äöü…", "a\x1b[": `a\x1b[`, "\xff\xff\xff\xff": `\xff\xff\xff…`, "\u202e": `\u202e`,
	} {
		if got := clipped(in, 3); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
