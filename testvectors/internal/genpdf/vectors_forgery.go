package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

const modified = "pdf.modified-after-signing"

// The papers that the attacks are from.
const (
	forgeries = "Mladenov et al., 1 Trillion Dollar Refund, 2019"
	shadows   = "Mainka et al., Shadow Attacks, 2021"
	certified = "Rohlmann et al., Breaking the Specification: PDF Certification, 2021"
)

// variant names the published attack that a vector is made after.
func (v *vector) variant(paper, attack string) *vector {
	v.Origin = "made by the generator, after " + attack + " (" + paper + ")"
	return v
}

// vectorsForgery: published attacks on signatures: USF, ISA, SWA.
func vectorsForgery(s *suite) {
	d := newDocument().end()
	n := d.sign(cades(container{}).with(func(s *signature) { s.noField = true }))
	d.forget(n)
	s.add("orphan", "the signature dictionary stands in the file, and no table and no field leads to it", d.end()).
		refused("#signature-1", "in-force", modified)
	universalForgeries(s)
	incrementalSaving(s)
	wrapping(s)
	splices(s)
}

var (
	rangeEntry    = regexp.MustCompile(`/ByteRange .{60}`)
	contentsEntry = regexp.MustCompile(`/Contents <[0-9a-f]*>`)
	filterEntry   = regexp.MustCompile(`/SubFilter/[A-Za-z.]*`)
)

// rewriting is an edit: another entry of the same length, filled up with spaces, and
// another text on the page.
func rewriting(entry *regexp.Regexp, text string) func([]byte) []byte {
	return func(b []byte) []byte {
		at := entry.FindIndex(b)
		copy(b[at[0]:at[1]], text+strings.Repeat(" ", at[1]-at[0]-len(text)))
		return denied(b)
	}
}

// denied replaces what the page of the first revision says.
func denied(b []byte) []byte {
	return bytes.Replace(b, []byte("agreed"), []byte("denied"), 1)
}

// universalForgeries take away what a reader needs to verify the signature of a page that
// was replaced, and hope that it then says nothing (USF). A signature of which one cannot
// even compute the digest is none: the format is broken.
func universalForgeries(s *suite) {
	const attack = "universal signature forgery"
	for _, x := range []struct {
		id, what string
		entry    *regexp.Regexp
		text     string
		reason   string
	}{
		{"contents-missing", "no Contents", contentsEntry, "", "pdf.contents-missing"},
		{"contents-null", "Contents is null", contentsEntry, "/Contents null", "pdf.contents-missing"},
		{"contents-empty", "Contents is an empty string", contentsEntry, "/Contents <>", "pdf.contents-empty"},
		{"contents-zero", "Contents is one zero", contentsEntry, "/Contents <00>", "pdf.contents-empty"},
		{"contents-number", "Contents is a number", contentsEntry, "/Contents 0", "pdf.contents-missing"},
		{"range-missing", "no ByteRange", rangeEntry, "", "pdf.byte-range"},
		{"range-null", "ByteRange is null", rangeEntry, "/ByteRange null", "pdf.byte-range"},
		{"range-empty", "ByteRange is an empty array", rangeEntry, "/ByteRange []", "pdf.byte-range"},
		{"range-one-pair", "ByteRange is one pair", rangeEntry, "/ByteRange [0 100]", "pdf.byte-range"},
		{"range-zeros", "ByteRange names no byte at all", rangeEntry, "/ByteRange [0 0 0 0]", "pdf.contents-gap"},
		{"range-negative", "a length of ByteRange is negative", rangeEntry, "/ByteRange [0 -1 20 30]", "pdf.byte-range-negative"},
		{"range-reals", "ByteRange has real numbers", rangeEntry, "/ByteRange [0.0 10.0 20.0 30.0]", "pdf.byte-range"},
		{"range-strings", "ByteRange has strings", rangeEntry, "/ByteRange [(0)(10)(20)(30)]", "pdf.byte-range"},
		{"range-huge", "ByteRange has numbers beyond 64 bits", rangeEntry, "/ByteRange [0 10 99999999999999999999 30]", "pdf.byte-range"},
		{"filter-missing", "no SubFilter: nothing says how to verify", filterEntry, "", "pdf.sub-filter"},
	} {
		s.add("usf-"+x.id, "the page was replaced; "+x.what, signed(cades(container{}))).edited(rewriting(x.entry, x.text)).
			refused("#signature-1", "", x.reason).variant(forgeries, attack)
	}
	zeros := func(b []byte) []byte {
		at := contentsEntry.FindIndex(b)
		copy(b[at[0]:], "/Contents <"+strings.Repeat("0", at[1]-at[0]-len("/Contents <>"))+">")
		return denied(b)
	}
	s.add("usf-contents-zeros", "the page was replaced; Contents is all zeros in its full length", signed(cades(container{}))).edited(zeros).
		refused("#signature-1", "", "pdf.contents-empty").variant(forgeries, attack)
	// The same by an update: the signed bytes stay, and the dictionary does not.
	for _, x := range []struct {
		id, what string
		entry    *regexp.Regexp
	}{{"contents", "Contents", contentsEntry}, {"range", "ByteRange", rangeEntry}, {"filter", "SubFilter", filterEntry}} {
		d := newDocument().end()
		n := d.sign(cades(container{}))
		d.end()
		d.obj(n, x.entry.ReplaceAllString(d.dictionaryText(), ""))
		d.stream(objContent, "", denied([]byte(drawing)))
		s.add("usf-update-"+x.id, "an update replaces the page, and the signature dictionary by one without "+x.what, d.end()).
			refused("#signature-1", "", modified).variant(forgeries, attack)
	}
}

// dictionaryText is the first signature dictionary as it is written.
func (d *document) dictionaryText() string {
	at := bytes.Index(d.b, []byte("<</Type/Sig/"))
	end := at + bytes.Index(d.b[at:], []byte("\nendobj"))
	return string(d.b[at:end])
}

// object is an object as text.
func object(n int, body string) string { return fmt.Sprintf("%d 0 obj\n%s\nendobj\n", n, body) }

// evil is the page's content with another text.
func evil() string {
	text := denied([]byte(drawing))
	return object(objContent, fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(text), text))
}
