package pdffile

// The classes of ISO 32000-2, 7.2.3.
const (
	regular = iota
	white
	delimiter
)

var class = func() (t [256]uint8) {
	for _, c := range "\x00\t\n\f\r " {
		t[c] = white
	}
	for _, c := range "()<>[]{}/%" {
		t[c] = delimiter
	}
	return t
}()

// hexValue is the value of a hexadecimal digit, 0xff of anything else.
var hexValue = func() (t [256]uint8) {
	for i := range t {
		t[i] = 0xff
	}
	for i := range 10 {
		t['0'+i] = uint8(i)
	}
	for i := range 6 {
		t['a'+i], t['A'+i] = uint8(10+i), uint8(10+i)
	}
	return t
}()

func isDigit(c byte) bool { return c-'0' < 10 }

// digits reads an unsigned number of up to 18 digits at b[i:] and returns where it
// ends; end == i when there is none.
func digits(b []byte, i int) (n int64, end int) {
	for end = i; end < len(b) && isDigit(b[end]); end++ {
		if end-i == 18 {
			return 0, i
		}
		n = n*10 + int64(b[end]-'0')
	}
	return n, end
}

// spaces returns the first place from i on that is not white space.
func spaces(b []byte, i int) int {
	for i < len(b) && class[b[i]] == white {
		i++
	}
	return i
}

// blanks is spaces that steps over comments as well, but not over %%EOF.
func blanks(b []byte, i int) int {
	for {
		i = spaces(b, i)
		if i == len(b) || b[i] != '%' || hasPrefix(b, i, "%%EOF") {
			return i
		}
		i = lineEnd(b, i)
	}
}

// lineEnd returns the place of the next CR or LF.
func lineEnd(b []byte, i int) int {
	for i < len(b) && b[i] != '\r' && b[i] != '\n' {
		i++
	}
	return i
}

// eol steps over one end of line, if it stands at i.
func eol(b []byte, i int) int {
	switch {
	case hasPrefix(b, i, "\r\n"):
		return i + 2
	case i < len(b) && (b[i] == '\r' || b[i] == '\n'):
		return i + 1
	}
	return i
}

func hasPrefix(b []byte, i int, s string) bool {
	return i <= len(b) && len(b)-i >= len(s) && string(b[i:i+len(s)]) == s
}
