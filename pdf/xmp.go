package pdf

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
)

// Limits of reading metadata.
const (
	// maxXMP bounds one metadata packet. With previews of all pages in it, one has some
	// hundred kilobytes.
	maxXMP = 2 << 20
	// maxXMPDepth bounds the nesting of elements; XMP needs about ten.
	maxXMPDepth = 64
	// maxXMPValue bounds one value that is kept: they are numbers and letters.
	maxXMPValue = 64
)

// The namespaces that are looked for (ISO 19005-3, 6.6.4; ISO 16684-1, 7).
const (
	nsRDF    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsPDFAID = "http://www.aiim.org/pdfa/ns/id/"
)

// xmpClaims are the properties of the PDF/A identification schema in metadata.
type xmpClaims struct {
	part, conformance, rev string
	// twice: a property stands there again with another value. The first one counts.
	twice bool
	// found: there is any property of the schema; level: there is a conformance, though
	// it may be empty.
	found, level bool
}

var (
	errXMPLimit = errors.New("the metadata are larger or nested deeper than this program reads")
	errXMPDTD   = errors.New("the metadata have a document type declaration")
)

// readXMP reads XMP metadata (ISO 16684-1) for the PDF/A identification schema: elements
// or attributes of the rdf:Description elements directly in rdf:RDF, under whatever
// prefix is bound to the namespace. Document type declarations are refused, so there are
// no entities but the five of XML.
//
// The error is errXMPLimit, errXMPDTD, one of r, or says where the XML is not well
// formed; what was read until then is returned with it. What follows the outermost
// element is not looked at.
func readXMP(r io.Reader) (xmpClaims, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxXMP+1))
	if err != nil {
		return xmpClaims{}, err
	}
	if len(b) > maxXMP {
		return xmpClaims{}, errXMPLimit
	}
	d := xml.NewDecoder(bytes.NewReader(utf8Text(b)))
	d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		switch strings.ToLower(charset) {
		case "utf-16", "utf-16be", "utf-16le": // is UTF-8 by now
			return in, nil
		}
		return nil, fmt.Errorf("the encoding %q is not read", shown(charset[:min(len(charset), maxXMPValue)]))
	}
	x := xmpReader{decoder: d}
	err = x.read()
	return x.claims, err
}

// utf8Text turns UTF-16 with a byte order mark into UTF-8.
func utf8Text(b []byte) []byte {
	if b, ok := bytes.CutPrefix(b, []byte("\xef\xbb\xbf")); ok {
		return b
	}
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	default:
		return b
	}
	units := make([]uint16, 0, len(b)/2)
	for i := 2; i+1 < len(b); i += 2 {
		units = append(units, order.Uint16(b[i:]))
	}
	return []byte(string(utf16.Decode(units)))
}

// xmpReader follows the elements.
type xmpReader struct {
	decoder *xml.Decoder
	open    []xml.Name
	value   *strings.Builder // of the property that is being read
	claims  xmpClaims
}

func (x *xmpReader) read() error {
	for {
		t, err := x.decoder.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.Directive:
			return errXMPDTD
		case xml.StartElement:
			if len(x.open) >= maxXMPDepth {
				return errXMPLimit
			}
			x.start(t)
		case xml.EndElement:
			x.end()
			if len(x.open) == 0 {
				return nil
			}
		case xml.CharData:
			if x.value != nil && x.value.Len() <= maxXMPValue {
				x.value.Write(t[:min(len(t), maxXMPValue+1)])
			}
		}
	}
}

// inDescription reports whether the innermost open element is a description of the
// document.
func (x *xmpReader) inDescription() bool {
	n := len(x.open)
	return n >= 2 && x.open[n-1] == xml.Name{Space: nsRDF, Local: "Description"} && x.open[n-2] == xml.Name{Space: nsRDF, Local: "RDF"}
}

func (x *xmpReader) start(t xml.StartElement) {
	x.value = nil
	if t.Name.Space == nsPDFAID && x.inDescription() {
		x.value = &strings.Builder{}
	}
	x.open = append(x.open, t.Name)
	if x.inDescription() {
		for _, a := range t.Attr {
			if a.Name.Space == nsPDFAID {
				x.claim(a.Name.Local, a.Value)
			}
		}
	}
}

func (x *xmpReader) end() {
	last := x.open[len(x.open)-1]
	x.open = x.open[:len(x.open)-1]
	if x.value != nil {
		x.claim(last.Local, x.value.String())
		x.value = nil
	}
}

// claim notes a property.
func (x *xmpReader) claim(property, value string) {
	value = strings.TrimSpace(value)
	if len(value) > maxXMPValue {
		value = value[:maxXMPValue]
	}
	value = shown(strings.ToValidUTF8(value, "\uFFFD"))
	x.claims.found = true
	var at *string
	switch property {
	case "part":
		at = &x.claims.part
	case "conformance":
		at, x.claims.level = &x.claims.conformance, true
	case "rev":
		at = &x.claims.rev
	default:
		return // amd, corr
	}
	if *at != "" && *at != value {
		x.claims.twice = true
		return
	}
	*at = value
}
