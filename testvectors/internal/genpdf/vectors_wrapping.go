package main

import (
	"bytes"
	"fmt"
	"strings"
)

// wrapping: the second part of the signed bytes is moved, and other objects take its
// place (SWA); and what else can be done with the gap and the entries that name it. What
// is not at its place, or stands twice, is no signature of this file: the format is broken.
// pdfsig 22.12 calls them valid, but for those of whose entries it takes the wrong one;
// qpdf shows the text of the attacker in those that were moved.
func wrapping(s *suite) {
	const attack = "signature wrapping attack"
	d := signed(cades(container{}).with(func(s *signature) { s.rangeBehind = true }))
	s.add("range-behind", "ByteRange stands behind Contents, as it may", d)

	for _, x := range []struct{ id, key, comment string }{
		{"contents-first", "/Contents<00>", "Contents stands twice: first a zero, then the signature"},
		{"contents-last", "/Contents<00>", "Contents stands twice: first the signature, then a zero"},
		{"range-first", "/ByteRange[0 1 2 3]", "ByteRange stands twice: first another, then the one that was signed"},
		{"range-last", "/ByteRange[0 1 2 3]", "ByteRange stands twice: first the one that was signed, then another"},
	} {
		d := signed(cades(container{}).with(func(s *signature) {
			if strings.HasSuffix(x.id, "first") {
				s.more = x.key
			} else {
				s.behind = x.key
			}
		}))
		s.add("swa-twice-"+x.id, x.comment, d).refused("#signature-1", "", "pdf.key-twice").variant(forgeries, attack)
	}

	d = newDocument().end()
	n := d.sign(cades(container{}))
	d.obj(n, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 10 20 30]/Contents<3000>>>")
	s.add("swa-dictionary-twice", "the object of the signature stands twice in its revision, and the table leads to the broken one", d.end()).
		refused("#signature-1", "", modified).variant(forgeries, attack)

	// The ByteRange stays, and the zeros at the end of Contents give way to something else.
	for _, x := range []struct{ id, comment, text string }{
		{"spaces", "nothing but spaces", ""},
		{"entry", "an entry of the dictionary", "/Reason(nobody signed this)"},
		{"objects", "an object, and the end of the dictionary in front of it", ">>\nendobj\n" + evil()},
	} {
		v := s.add("swa-gap-"+x.id, "in the gap beside the string of Contents: "+x.comment, roomy(false)).edited(func(b []byte) []byte {
			from, to := gap(b)
			text := string(value(b)) + x.text
			copy(b[from:to], text+strings.Repeat(" ", to-from-len(text)))
			return b
		}).refused("#signature-1", "contents-gap", "pdf.contents-gap").variant(forgeries, attack)
		if x.id == "objects" {
			v.Only = ""
		}
	}

	for _, behind := range []bool{false, true} {
		where, comment := "range-before", ", which stands twice by that"
		reason := "pdf.key-twice"
		if behind {
			where, comment, reason = "range-behind", "", "pdf.contents-gap"
		}
		s.add("swa-moved-"+where, "the second part was moved behind other objects with a table in due form, and a new ByteRange put into the gap"+comment, roomy(behind)).
			edited(func(b []byte) []byte { return moved(b, true) }).refused("#signature-1", "", reason).variant(forgeries, attack)
		s.add("swa-moved-"+where+"-no-table", "the second part was moved, and no table leads anywhere", roomy(behind)).
			edited(func(b []byte) []byte { return moved(b, false) }).refused("#signature-1", "", reason).variant(forgeries, attack)
	}

	d = roomy(false)
	s.add("swa-gap-later", "an object in the gap, to which a later table leads", func() *document {
		from, to := gap(d.b)
		text := string(value(d.b)) + ">>\nendobj\n"
		at := from + len(text)
		text += evil()
		copy(d.b[from:to], text+strings.Repeat(" ", to-from-len(text)))
		d.point(objContent, at)
		return d.end()
	}()).refused("#signature-1", "", "pdf.contents-gap").variant(forgeries, attack)
}

// roomy has room for an object in the gap.
func roomy(behind bool) *document {
	return signed(cades(container{}).with(func(s *signature) {
		s.rangeBehind, s.room = behind, len(s.value(nil))+200
	}))
}

func gap(b []byte) (from, to int) {
	at := contentsEntry.FindIndex(b)
	return at[0] + len("/Contents "), at[1]
}

// value is the string of Contents without zeros at its end.
func value(b []byte) []byte {
	from, to := gap(b)
	hex := bytes.TrimRight(b[from:to-1], "0")
	if len(hex)%2 == 0 { // the bracket counts
		hex = append(bytes.Clone(hex), '0')
	}
	return append(bytes.Clone(hex), '>')
}

// moved wraps a signed file: its last startxref, which is signed, leads to a table of the
// attacker, that has the right places of what was moved.
func moved(b []byte, table bool) []byte {
	from, to := gap(b)
	tail := b[to:]
	at := bytes.LastIndex(b[:bytes.LastIndex(b, []byte("startxref"))], []byte("xref\n"))
	out := append(bytes.Clone(b[:from]), value(b)...)
	pos := at + 600
	if !table {
		pos = to + 300
	}
	out = fmt.Appendf(out, "/ByteRange [0 %d %d %d]>>\nendobj\n", from, pos, len(tail))
	content := len(out)
	out = append(out, evil()...)
	if table {
		out = append(out, bytes.Repeat([]byte(" "), at-len(out))...)
		out = append(out, "xref\n"...)
		for n := 1; n < 12; n++ {
			place := bytes.LastIndex(b, fmt.Appendf(nil, "\n%d 0 obj\n", n)) + 1
			switch {
			case n == objContent:
				place = content
			case place == 0:
				continue
			case place > to:
				place += pos - to
			}
			out = fmt.Appendf(out, "%d 1\n%010d 00000 n \n", n, place)
		}
		first := bytes.Index(b, []byte("\nxref\n")) + 1
		out = fmt.Appendf(out, "trailer\n<</Size 12/Root %s/Prev %d>>\n", ref(objCatalog), first)
	}
	if len(out) > pos {
		panic("no room")
	}
	out = append(out, bytes.Repeat([]byte(" "), pos-len(out))...)
	return append(out, tail...)
}
