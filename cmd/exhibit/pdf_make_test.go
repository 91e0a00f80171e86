package main

import (
	"crypto/md5"
	"fmt"
	"strings"
	"unicode/utf16"
)

// carrier makes PDF files with embedded files, revision by revision.
type carrier struct {
	b       []byte
	specs   []string // in the name tree
	catalog string   // further entries of the catalog
	at      map[int]int
	next    int
	prev    int
}

func newCarrier() *carrier {
	c := &carrier{b: []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), at: map[int]int{}, next: 4}
	c.object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
	c.object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
	return c
}

func (c *carrier) object(n int, body string) {
	c.at[n] = len(c.b)
	c.b = fmt.Appendf(c.b, "%d 0 obj\n%s\nendobj\n", n, body)
	c.next = max(c.next, n+1)
}

// add embeds a file and returns the number of its stream.
func (c *carrier) add(name string, data []byte) int {
	n := c.next
	c.stream(n, data, "")
	c.object(n+1, fmt.Sprintf("<</Type/Filespec/F %s/UF %[1]s/AFRelationship/Data/EF<</F %d 0 R/UF %[2]d 0 R>>>>", textString(name), n))
	c.specs = append(c.specs, fmt.Sprintf("<%08x>%d 0 R", len(c.specs), n+1))
	return n
}

// stream writes a file; what is claimed of it follows from the data, or is given.
func (c *carrier) stream(n int, data []byte, params string) {
	if params == "" {
		params = fmt.Sprintf("/Size %d/CheckSum<%x>", len(data), md5.Sum(data))
	}
	c.object(n, fmt.Sprintf("<</Type/EmbeddedFile/Subtype/text#2Fplain/Params<<%s>>/Length %d>>\nstream\n%s\nendstream", params, len(data), data))
}

// textString is a text string in UTF-16, so that it can hold anything.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

// end writes the catalog and the table of a revision.
func (c *carrier) end() *carrier {
	c.object(1, "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names["+strings.Join(c.specs, " ")+"]>>>>"+c.catalog+">>")
	at := len(c.b)
	c.b = append(c.b, "xref\n"...)
	if c.prev == 0 {
		c.b = append(c.b, "0 1\n0000000000 65535 f \n"...)
	}
	for n := range c.next {
		if off, ok := c.at[n]; ok {
			c.b = fmt.Appendf(c.b, "%d 1\n%010d 00000 n \n", n, off)
		}
	}
	c.b = fmt.Appendf(c.b, "trailer\n<</Size %d/Root 1 0 R", c.next)
	if c.prev != 0 {
		c.b = fmt.Appendf(c.b, "/Prev %d", c.prev)
	}
	c.b = fmt.Appendf(c.b, ">>\nstartxref\n%d\n%%%%EOF\n", at)
	c.prev, c.at = at, map[int]int{}
	return c
}
