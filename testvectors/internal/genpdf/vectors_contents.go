package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
)

// vectorsContents: the string that holds the signature is written otherwise, or lies
// elsewhere.
func vectorsContents(s *suite) {
	in := func(f func(string) string) *document {
		return signed(cades(container{}).with(func(s *signature) { s.room, s.written = 2048, f }))
	}
	s.add("contents-upper", "the signature in upper-case hexadecimal", in(strings.ToUpper))
	s.add("contents-spaced", "white space among the hexadecimal digits", in(func(x string) string {
		return x[:100] + "\n" + x[100:300] + " \t\r" + x[300:len(x)-5] + ">"
	}))
	s.add("contents-literal", "Contents is a literal string", in(literal)).refused("#signature-1", "contents", "pdf.contents-literal")
	s.add("contents-hexadecimal", "a letter among the hexadecimal digits that is none", in(func(x string) string {
		return x[:len(x)-4] + "0g0>"
	})).refused("#signature-1", "contents", "pdf.contents-hexadecimal")
	s.add("contents-empty", "room was left for a signature, and not used", in(func(x string) string {
		return "<" + strings.Repeat("0", len(x)-2) + ">"
	})).refused("#signature-1", "", "pdf.contents-empty")
	s.add("contents-missing", "a name stands where Contents should be", in(func(x string) string {
		return "/" + strings.Repeat("N", len(x)-1)
	})).refused("#signature-1", "", "pdf.contents-missing")
	s.add("contents-indirect", "Contents is another object, which a later revision could replace", apart()).
		refused("#signature-1", "contents", "pdf.contents-indirect")
	s.add("contents-packed", "the signature dictionary lies in an object stream, which is not compressed, and the digest fits", inStream()).
		refused("#signature-1", "", "pdf.contents-gap")
	s.add("sub-filter-twice", "the dictionary names two formats of signatures", signed(cades(container{}).with(func(s *signature) {
		s.more = "/SubFilter/adbe.pkcs7.detached"
	}))).refused("#signature-1", "format", "pdf.key-twice")
	s.add("type-other", "the Type of the dictionary is none of a signature", signed(cades(container{}).with(func(s *signature) { s.typ = "Annot" }))).
		refused("#signature-1", "format", "pdf.dictionary")
	s.add("type-none", "the dictionary has no Type, which is optional", signed(cades(container{}).with(func(s *signature) { s.typ = "-" })))
	d := newDocument()
	d.field("Approval", "/FT/Sig/V(signed)")
	d.end()
	d.sign(cades(container{}))
	s.add("field-value", "the value of a signature field is no dictionary", d.end()).
		nodes("#signature-1", "#signature-2").refused("#signature-1", "", "pdf.dictionary")
}

// literal writes the same bytes as a string of the same length.
func literal(x string) string {
	b, err := hex.DecodeString(x[1 : len(x)-1])
	must(err)
	b = bytes.TrimRight(b, "\x00")
	var out strings.Builder
	out.WriteString("(")
	for _, c := range b {
		switch c {
		case '(', ')', '\\', '\r', '\n':
			fmt.Fprintf(&out, "\\%03o", c)
		default:
			out.WriteByte(c)
		}
	}
	return out.String() + strings.Repeat("\x00", len(x)-1-out.Len()) + ")"
}

// apart has the string in an object of its own.
func apart() *document {
	d := newDocument().end()
	n := d.number()
	x := cades(container{})
	x.room = len(x.value(nil)) + 32
	h := &hole{signature: x}
	d.signatures, d.nodes, d.values = 1, []string{"#signature-1"}, [][]byte{nil}
	d.rows[n] = row{'n', len(d.b), 0}
	d.raw(fmt.Sprintf("%d 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/%s/Contents %s/ByteRange ", n, etsiCAdES, ref(n+1)))
	h.byteRange = d.space(strings.Repeat(" ", rangeRoom))
	d.raw(">>\nendobj\n")
	d.rows[n+1] = row{'n', len(d.b), 0}
	d.raw(fmt.Sprintf("%d 0 obj\n", n+1))
	h.value = d.space("<" + strings.Repeat("00", x.room) + ">")
	d.raw("\nendobj\n")
	d.next = n + 2
	d.holes = []*hole{h}
	d.widget(d.number(), ref(n), x)
	return d.end()
}

// inStream has the dictionary in an object stream. Its string has a place in the file, but
// none as an object, and with a filter it would have none at all.
func inStream() *document {
	d := newDocument().end()
	x := cades(container{})
	x.room = len(x.value(nil)) + 32
	h := &hole{signature: x}
	d.signatures, d.nodes, d.values = 1, []string{"#signature-1"}, [][]byte{nil}
	n := d.number()
	room, value := strings.Repeat(" ", rangeRoom), "<"+strings.Repeat("00", x.room)+">"
	from := len(d.b)
	d.pack(item{n, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/" + etsiCAdES + "/ByteRange " + room + "/Contents " + value + ">>"})
	place := func(s string) [2]int {
		at := from + bytes.Index(d.b[from:], []byte(s))
		return [2]int{at, at + len(s)}
	}
	h.byteRange, h.value = place(room), place(value)
	d.holes = []*hole{h}
	d.widget(d.number(), ref(n), x)
	return d.end(asStream)
}
