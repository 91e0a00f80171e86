package jsonstrict

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// number reads the grammar of RFC 8259, section 6, and keeps the text.
func (p *parser) number() (Kind, string, error) {
	start := p.i
	if p.peek() == '-' {
		p.i++
	}
	if p.peek() == '0' {
		p.i++
	} else if !p.digits() {
		return Absent, "", p.errorf("want a digit")
	}
	if p.peek() == '.' {
		p.i++
		if !p.digits() {
			return Absent, "", p.errorf("want a digit")
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.i++
		if c := p.peek(); c == '+' || c == '-' {
			p.i++
		}
		if !p.digits() {
			return Absent, "", p.errorf("want a digit")
		}
	}
	return Number, string(p.b[start:p.i]), nil
}

func (p *parser) digits() bool {
	start := p.i
	for c := p.peek(); '0' <= c && c <= '9'; c = p.peek() {
		p.i++
	}
	return p.i > start
}

// string reads a string. Most have no escape and are taken as they stand.
func (p *parser) string() (Kind, string, error) {
	p.i++
	start := p.i
	var out []byte
	for {
		if p.i == len(p.b) {
			return Absent, "", p.errorf("the string does not end")
		}
		switch c := p.b[p.i]; {
		case c == '"':
			out = append(out, p.b[start:p.i]...)
			p.i++
			return String, string(out), nil
		case c < 0x20:
			return Absent, "", p.errorf("a control character inside a string")
		case c == '\\':
			out = append(out, p.b[start:p.i]...)
			r, err := p.escape()
			if err != nil {
				return Absent, "", err
			}
			out = utf8.AppendRune(out, r)
			start = p.i
		default:
			p.i++
		}
	}
}

var escapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *parser) escape() (rune, error) {
	p.i++
	c := p.peek()
	if c == 'u' {
		return p.unicode()
	}
	r, ok := escapes[c]
	if !ok {
		return 0, p.errorf("unknown escape")
	}
	p.i++
	return r, nil
}

// unicode reads \uXXXX, and the second half of a pair where the first stands.
func (p *parser) unicode() (rune, error) {
	r, ok := p.hex4()
	if !ok {
		return 0, p.errorf("want four hexadecimal digits")
	}
	if !utf16.IsSurrogate(r) {
		return r, nil
	}
	if p.peek() == '\\' {
		p.i++
		if low, ok := p.hex4(); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, nil
			}
		}
	}
	return 0, p.errorf("half of a surrogate pair")
}

// hex4 reads u and four hexadecimal digits.
func (p *parser) hex4() (rune, bool) {
	if p.peek() != 'u' || len(p.b)-p.i < 5 {
		return 0, false
	}
	for _, c := range p.b[p.i+1 : p.i+5] {
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F') {
			return 0, false
		}
	}
	n, _ := strconv.ParseUint(string(p.b[p.i+1:p.i+5]), 16, 16)
	p.i += 5
	return rune(n), true
}
