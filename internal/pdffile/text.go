package pdffile

import (
	"bytes"
	"strconv"
)

// literal decodes what stands between the parentheses of a string (7.3.4.2).
func literal(b []byte) []byte {
	if bytes.IndexByte(b, '\\') < 0 && bytes.IndexByte(b, '\r') < 0 {
		return bytes.Clone(b)
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == '\r':
			out = append(out, '\n')
			i = eol(b, i) - 1
		case b[i] == '\\' && i+1 < len(b):
			i++
			switch c := b[i]; {
			case c == '\r' || c == '\n':
				i = eol(b, i) - 1 // the line goes on
			case '0' <= c && c <= '7':
				n := 0
				j := i
				for ; j < len(b) && j < i+3 && '0' <= b[j] && b[j] <= '7'; j++ {
					n = n*8 + int(b[j]-'0')
				}
				out = append(out, byte(n)) // high-order overflow is ignored
				i = j - 1
			default:
				out = append(out, unescape(c))
			}
		case b[i] == '\\':
		default:
			out = append(out, b[i])
		}
	}
	return out
}

func unescape(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	}
	return c // a backslash before anything else is ignored
}

// unhex decodes what stands between the brackets of a hexadecimal string (7.3.4.3).
// Other characters are passed over and make it irregular.
func unhex(b []byte) (out []byte, irregular bool) {
	out = make([]byte, 0, (len(b)+1)/2)
	i := 0
	for ; i+1 < len(b); i += 2 { // whole bytes, as nearly all are written
		high, low := hexValue[b[i]], hexValue[b[i+1]]
		if high|low == 0xff {
			break
		}
		out = append(out, high<<4|low)
	}
	high, half := byte(0), false
	for ; i < len(b); i++ {
		v := hexValue[b[i]]
		if v == 0xff {
			irregular = irregular || class[b[i]] != white
			continue
		}
		if half = !half; half {
			high = v << 4
		} else {
			out = append(out, high|v)
		}
	}
	if half { // a missing last digit is 0
		out = append(out, high)
	}
	return out, irregular
}

// name decodes a name without its slash (7.3.5). A number sign without two digits
// stands for itself.
func name(b []byte) Name {
	if bytes.IndexByte(b, '#') < 0 {
		return Name(b)
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == '#' && i+2 < len(b) && hexValue[b[i+1]] != 0xff && hexValue[b[i+2]] != 0xff {
			out = append(out, hexValue[b[i+1]]<<4|hexValue[b[i+2]])
			i += 2
			continue
		}
		out = append(out, b[i])
	}
	return Name(out)
}

// word returns what regular characters stand for (7.3.2, 7.3.3). The null object is
// one of the results.
func word(b []byte) Object {
	switch string(b) {
	case "true":
		return Bool(true)
	case "false":
		return Bool(false)
	case "null":
		return Null{}
	}
	if n, end := digits(b, 0); end == len(b) && end > 0 {
		return Integer(n)
	}
	points, figures := 0, 0
	for i, c := range b {
		switch {
		case isDigit(c):
			figures++
		case c == '.':
			points++
		case i > 0 || c != '+' && c != '-':
			return Keyword(b)
		}
	}
	if points > 1 || figures == 0 {
		return Keyword(b)
	}
	if points == 0 {
		if n, err := strconv.ParseInt(string(b), 10, 64); err == nil {
			return Integer(n)
		}
	}
	return Real(b) // also an integer beyond 64 bits
}
