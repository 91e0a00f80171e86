package pdf

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decodeText returns a text string as UTF-8 (ISO 32000-2, 7.9.2.2): UTF-16 or UTF-8
// with its byte order mark, else PDFDocEncoding. Languages that escape sequences name
// are left in place.
func decodeText(b []byte) string {
	switch {
	case len(b) >= 2 && (b[0] == 0xFE && b[1] == 0xFF || b[0] == 0xFF && b[1] == 0xFE):
		little := b[0] == 0xFF
		units := make([]uint16, 0, len(b)/2)
		for i := 2; i+1 < len(b); i += 2 {
			hi, lo := b[i], b[i+1]
			if little {
				hi, lo = lo, hi
			}
			units = append(units, uint16(hi)<<8|uint16(lo))
		}
		return string(utf16.Decode(units))
	case len(b) >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF:
		return strings.ToValidUTF8(string(b[3:]), "\uFFFD")
	}
	ascii := true
	for _, c := range b {
		ascii = ascii && c >= 0x20 && c < 0x7F
	}
	if ascii {
		return string(b)
	}
	out := make([]byte, 0, len(b)+8)
	for _, c := range b {
		r := rune(c)
		switch {
		case c >= 0x18 && c < 0x20:
			r = low[c-0x18]
		case c >= 0x80 && c <= 0xA0:
			r = high[c-0x80]
		case c == 0x7F || c == 0xAD:
			r = utf8.RuneError
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// Where PDFDocEncoding is not Latin 1 (Annex D.2).
var (
	low  = [...]rune{'\u02D8', '\u02C7', '\u02C6', '\u02D9', '\u02DD', '\u02DB', '\u02DA', '\u02DC'}
	high = [...]rune{
		'\u2022', '\u2020', '\u2021', '\u2026', '\u2014', '\u2013', '\u0192', '\u2044', '\u2039', '\u203A', '\u2212',
		'\u2030', '\u201E', '\u201C', '\u201D', '\u2018', '\u2019', '\u201A', '\u2122', '\uFB01', '\uFB02', '\u0141',
		'\u0152', '\u0160', '\u0178', '\u017D', '\u0131', '\u0142', '\u0153', '\u0161', '\u017E', '\uFFFD', '\u20AC',
	}
)
