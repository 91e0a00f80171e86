package der

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// MaxDepth bounds the nesting of indefinite lengths inside one element. Real
// tokens nest about a dozen levels; the bound keeps hostile nesting cheap.
const MaxDepth = 64

// Element is one BER element.
type Element struct {
	Tag      asn1.Tag // the first identifier byte: numbers above 30 all read as 31
	Contents cryptobyte.String
	Raw      []byte // identifier, length, contents and, if indefinite, end-of-contents
	// BER is true when this element's own length is not the one that DER demands.
	// It says nothing of the elements inside.
	BER bool
}

// header is what stands before the contents of an element.
type header struct {
	tag        byte
	size       int // of the header itself
	length     int // of the contents, meaningless when indefinite
	indefinite bool
	padded     bool // not the shortest form
}

// Read consumes one BER element. It answers false, and consumes nothing, when the
// input is truncated, a length exceeds the rest, an indefinite length stands on a
// primitive, or nesting exceeds MaxDepth.
func Read(s *cryptobyte.String, out *Element) bool {
	h, ok := readHeader(*s)
	if !ok {
		return false
	}
	if !h.indefinite {
		end := h.size + h.length
		*out = Element{asn1.Tag(h.tag), (*s)[h.size:end], (*s)[:end], h.padded}
		*s = (*s)[end:]
		return true
	}
	n, ok := indefiniteContents((*s)[h.size:])
	if !ok {
		return false
	}
	end := h.size + n
	*out = Element{asn1.Tag(h.tag), (*s)[h.size:end], (*s)[:end+2], true}
	*s = (*s)[end+2:]
	return true
}

// ReadTag consumes one BER element that has the given tag.
func ReadTag(s *cryptobyte.String, out *Element, tag asn1.Tag) bool {
	return len(*s) > 0 && asn1.Tag((*s)[0]) == tag && Read(s, out)
}

// readHeader reads identifier and length. A definite length is within the input.
func readHeader(s []byte) (h header, ok bool) {
	if len(s) < 2 {
		return h, false
	}
	h.tag = s[0]
	i := 1
	if s[0]&0x1f == 0x1f {
		for i < len(s) && i < 5 && s[i]&0x80 != 0 {
			i++
		}
		i++ // the last byte of the number; a longer number than 28 bits fails below
		if i >= len(s) || s[i-1]&0x80 != 0 {
			return h, false
		}
	}
	b := s[i]
	i++
	switch {
	case b < 0x80:
		h.length = int(b)
	case b == 0x80:
		if s[0]&0x20 == 0 {
			return h, false // a primitive has no end-of-contents
		}
		h.indefinite, h.size = true, i
		return h, true
	default:
		n := int(b & 0x7f)
		if b == 0xff || n > len(s)-i {
			return h, false
		}
		h.padded = s[i] == 0
		for _, c := range s[i : i+n] {
			if h.length > 1<<31>>9 { // the next byte would leave a 32-bit int
				return h, false
			}
			h.length = h.length<<8 | int(c)
		}
		i += n
		h.padded = h.padded || h.length < 0x80
	}
	h.size = i
	return h, h.length <= len(s)-i
}

// indefiniteContents returns how many bytes stand before the end-of-contents that
// closes the element whose contents begin at s. Elements of definite length are
// stepped over, so only open indefinite ones are counted.
func indefiniteContents(s []byte) (n int, ok bool) {
	at, open := 0, 1
	for {
		if len(s)-at >= 2 && s[at] == 0 && s[at+1] == 0 {
			open--
			if open == 0 {
				return at, true
			}
			at += 2
			continue
		}
		h, ok := readHeader(s[at:])
		if !ok || h.tag == 0 {
			return 0, false
		}
		at += h.size
		if !h.indefinite {
			at += h.length
			continue
		}
		if open == MaxDepth {
			return 0, false
		}
		open++
	}
}

// ReadOctets consumes an OCTET STRING, primitive or in BER segments, and returns
// its value. Segments, which may be in segments themselves, are joined into a copy;
// a primitive one is returned as it lies in the input.
func ReadOctets(s *cryptobyte.String, out *[]byte) (ber, ok bool) {
	var e Element
	if ReadTag(s, &e, asn1.OCTET_STRING) {
		*out = e.Contents
		return e.BER, true
	}
	if !ReadTag(s, &e, asn1.OCTET_STRING|constructed) {
		return false, false
	}
	joined := make([]byte, 0, len(e.Contents))
	open := []cryptobyte.String{e.Contents} // the segments still to be read, innermost last
	for len(open) > 0 {
		top := &open[len(open)-1]
		var part Element
		switch {
		case top.Empty():
			open = open[:len(open)-1]
		case ReadTag(top, &part, asn1.OCTET_STRING):
			joined = append(joined, part.Contents...)
		case len(open) < MaxDepth && ReadTag(top, &part, asn1.OCTET_STRING|constructed):
			open = append(open, part.Contents)
		default:
			return false, false
		}
	}
	*out = joined
	return true, true
}

// TooDeep reports whether constructed elements nest deeper than MaxDepth anywhere in
// the input, as far as it can be walked. Who failed to read an input asks it to tell
// a limit of this package from a defect of the input.
func TooDeep(s []byte) bool {
	var ends [MaxDepth]int // of the open elements; -1 while it is indefinite
	open := 0
	for at := 0; at < len(s); {
		for open > 0 && ends[open-1] == at {
			open--
		}
		if open > 0 && ends[open-1] == -1 && len(s)-at >= 2 && s[at] == 0 && s[at+1] == 0 {
			open--
			at += 2
			continue
		}
		h, ok := readHeader(s[at:])
		if !ok || h.tag == 0 {
			return false
		}
		at += h.size
		switch {
		case h.tag&constructed == 0:
			at += h.length
			continue
		case open == MaxDepth:
			return true
		case h.indefinite:
			ends[open] = -1
		default:
			ends[open] = at + h.length
		}
		open++
	}
	return false
}

const constructed = 0x20
