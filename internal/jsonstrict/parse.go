package jsonstrict

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// Parse reads one JSON text into a tree that keeps the order of members, the spelling
// of numbers and the place of every value.
func Parse(b []byte) (Value, error) {
	if len(b) > MaxSize {
		return Value{}, &Error{text: fmt.Sprintf("more than %d bytes", MaxSize), err: ErrLimit}
	}
	if !utf8.Valid(b) {
		return Value{}, &Error{text: "not valid UTF-8"}
	}
	p := &parser{b: b}
	p.space()
	v, err := p.value(0)
	if err != nil {
		return Value{}, err
	}
	p.space()
	if p.i < len(b) {
		return Value{}, p.errorf("something stands after the value")
	}
	return v, nil
}

type parser struct {
	b     []byte
	i     int
	count int
}

func (p *parser) errorf(format string, args ...any) error {
	return &Error{Offset: p.i, text: fmt.Sprintf(format, args...)}
}

func (p *parser) limit(what string, n int) error {
	return &Error{Offset: p.i, text: fmt.Sprintf("more than %d %s", n, what), err: ErrLimit}
}

// peek returns the next byte, 0 at the end; a 0 inside the text fits nowhere either.
func (p *parser) peek() byte {
	if p.i < len(p.b) {
		return p.b[p.i]
	}
	return 0
}

func (p *parser) space() {
	for p.i < len(p.b) && (p.b[p.i] == ' ' || p.b[p.i] == '\n' || p.b[p.i] == '\t' || p.b[p.i] == '\r') {
		p.i++
	}
}

// expect consumes one byte of punctuation.
func (p *parser) expect(c byte) error {
	if p.peek() != c {
		return p.errorf("want %q", c)
	}
	p.i++
	return nil
}

func (p *parser) value(depth int) (v Value, err error) {
	if p.count++; p.count > MaxValues {
		return Value{}, p.limit("values", MaxValues)
	}
	v.Offset = p.i
	switch c := p.peek(); {
	case c == '{' || c == '[':
		if depth == MaxDepth {
			return Value{}, p.limit("levels", MaxDepth)
		}
		if c == '{' {
			v.Kind, v.Members, err = p.object(depth + 1)
		} else {
			v.Kind, v.Items, err = p.array(depth + 1)
		}
	case c == '"':
		v.Kind, v.Text, err = p.string()
	case c == '-' || '0' <= c && c <= '9':
		v.Kind, v.Text, err = p.number()
	default:
		v.Kind, v.Text, err = p.word()
	}
	if err != nil {
		return Value{}, err
	}
	return v, nil
}

func (p *parser) word() (Kind, string, error) {
	for _, w := range [...]struct {
		text string
		kind Kind
	}{{"null", Null}, {"true", Bool}, {"false", Bool}} {
		if bytes.HasPrefix(p.b[p.i:], []byte(w.text)) {
			p.i += len(w.text)
			return w.kind, w.text, nil
		}
	}
	return Absent, "", p.errorf("no JSON value")
}

func (p *parser) array(depth int) (Kind, []Value, error) {
	p.i++
	items := []Value{}
	for p.space(); p.peek() != ']'; p.space() {
		if len(items) > 0 {
			if err := p.expect(','); err != nil {
				return Absent, nil, err
			}
			p.space()
		}
		v, err := p.value(depth)
		if err != nil {
			return Absent, nil, err
		}
		items = append(items, v)
	}
	p.i++
	return Array, items, nil
}

func (p *parser) object(depth int) (Kind, []Member, error) {
	p.i++
	members, seen := []Member{}, map[string]bool{}
	for p.space(); p.peek() != '}'; p.space() {
		if len(members) > 0 {
			if err := p.expect(','); err != nil {
				return Absent, nil, err
			}
			p.space()
		}
		m, err := p.member(depth)
		if err != nil {
			return Absent, nil, err
		}
		if seen[m.Name] {
			return Absent, nil, m.Value.errorf("member %.40q stands twice", m.Name)
		}
		seen[m.Name] = true
		members = append(members, m)
	}
	p.i++
	return Object, members, nil
}

func (p *parser) member(depth int) (m Member, err error) {
	if p.peek() != '"' {
		return m, p.errorf("want the name of a member")
	}
	if _, m.Name, err = p.string(); err != nil {
		return m, err
	}
	p.space()
	if err = p.expect(':'); err != nil {
		return m, err
	}
	p.space()
	m.Value, err = p.value(depth)
	return m, err
}
