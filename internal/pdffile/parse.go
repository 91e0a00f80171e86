package pdffile

import "fmt"

// parser reads objects from a window. Its errors have offsets in the file, or -1 in an
// object stream.
type parser struct {
	lexer
	base   int64 // of the window in the file; below 0 in an object stream
	values int
	notes  []Finding
}

// at is the place of a byte of the window.
func (p *parser) at(i int) int64 {
	if p.base < 0 {
		return -1
	}
	return p.base + int64(i)
}

func (p *parser) note(code string, i int, format string, args ...any) {
	if len(p.notes) < MaxFindings {
		p.notes = append(p.notes, Finding{Code: code, Offset: p.at(i), Text: fmt.Sprintf(format, args...)})
	}
}

// token is next with an error that has its place.
func (p *parser) token() (token, error) {
	t, err := p.next()
	if e, ok := err.(*Error); ok {
		e.Offset = p.at(int(e.Offset))
	}
	return t, err
}

// object reads one object that is depth levels deep. Nothing, before endobj or at the
// end, is Null.
func (p *parser) object(depth int) (Object, error) {
	t, err := p.token()
	if err != nil {
		return nil, err
	}
	if t.kind == aWord && ends(p.b[t.from:t.to]) || t.kind == atEnd {
		if depth > 0 {
			return nil, unreadable(p.at(t.from), "an array or a dictionary does not end")
		}
		p.i = t.from
		return Null{}, nil
	}
	return p.rest(t, depth)
}

// ends reports a word that only stands behind an object.
func ends(b []byte) bool {
	switch string(b) {
	case "endobj", "stream", "endstream", "obj", "xref", "trailer", "startxref":
		return true
	}
	return false
}

// rest reads the object that begins with t.
func (p *parser) rest(t token, depth int) (Object, error) {
	if p.values++; p.values > MaxValues {
		return nil, limit(p.at(t.from), "values in an object", MaxValues)
	}
	if (t.kind == openArray || t.kind == openDict) && depth == MaxDepth {
		return nil, limit(p.at(t.from), "levels", MaxDepth)
	}
	b := p.b[t.from:t.to]
	switch t.kind {
	case openArray:
		return p.array(t.from, depth+1)
	case openDict:
		return p.dict(t.from, depth+1)
	case aName:
		return name(b[1:]), nil
	case aString:
		return String{Bytes: literal(b[1 : len(b)-1]), From: p.at(t.from), To: p.at(t.to)}, nil
	case aHex:
		s := String{Hex: true, From: p.at(t.from), To: p.at(t.to)}
		if s.Bytes, s.Irregular = unhex(b[1 : len(b)-1]); s.Irregular {
			p.note(FoundIrregular, t.from, "a hexadecimal string with other characters")
		}
		return s, nil
	case aWord:
		return p.word(t)
	}
	return nil, unreadable(p.at(t.from), "%q where an object belongs", b)
}

// word reads a number, a reference or another word.
func (p *parser) word(t token) (Object, error) {
	o := word(p.b[t.from:t.to])
	switch o := o.(type) {
	case Integer:
		if isDigit(p.b[t.from]) {
			return p.ref(o, t)
		}
	case Keyword:
		p.note(FoundIrregular, t.from, "%.40q is no object", string(o))
	}
	return o, nil
}

// ref returns the reference that starts with the number n, or n (7.3.10).
func (p *parser) ref(n Integer, t token) (Object, error) {
	i := spaces(p.b, t.to)
	p.far = max(p.far, i) // counts, though the number ends before
	if i < len(p.b) && !isDigit(p.b[i]) && p.b[i] != '%' {
		return n, nil
	}
	back := p.i
	second, err := p.token()
	if err != nil || second.kind != aWord {
		p.far, p.i = max(p.far, p.i), back
		return n, ignoreBroken(err)
	}
	g, end := digits(p.b, second.from)
	if end != second.to {
		p.far, p.i = max(p.far, p.i), back
		return n, nil
	}
	third, err := p.token()
	if err != nil || third.kind != aWord || third.to-third.from != 1 || p.b[third.from] != 'R' {
		p.far, p.i = max(p.far, p.i), back
		return n, ignoreBroken(err)
	}
	if n > 1<<32-1 || g > 1<<16-1 {
		p.note(FoundIrregular, t.from, "a reference to object %d %d", n, g)
		return Null{}, nil
	}
	return Ref{uint32(n), uint16(g)}, nil
}

// ignoreBroken leaves a broken token to whoever reads it as what it is.
func ignoreBroken(err error) error {
	if err == errMore {
		return err
	}
	return nil
}

func (p *parser) array(from, depth int) (Object, error) {
	a := Array{}
	for {
		t, err := p.token()
		if err != nil {
			return nil, err
		}
		switch {
		case t.kind == closeArray:
			return a, nil
		case t.kind == atEnd || t.kind == aWord && ends(p.b[t.from:t.to]):
			return nil, unreadable(p.at(from), "the array does not end")
		}
		o, err := p.rest(t, depth)
		if err != nil {
			return nil, err
		}
		a = append(a, o)
	}
}

func (p *parser) dict(from, depth int) (Object, error) {
	d := Dict{From: p.at(from)}
	var seen map[Name]bool
	for {
		t, err := p.token()
		if err != nil {
			return nil, err
		}
		if t.kind == closeDict {
			d.To = p.at(t.to)
			return d, nil
		}
		if t.kind != aName {
			return nil, unreadable(p.at(t.from), "%.40q where a key or the end of the dictionary belongs", p.b[t.from:t.to])
		}
		m := Member{Key: name(p.b[t.from+1 : t.to]), From: p.at(t.from)}
		if m.Value, err = p.value(depth); err != nil {
			return nil, err
		}
		m.To = p.at(p.i)
		if d.twice(m.Key, &seen) {
			p.note(FoundKeyTwice, t.from, "the key %.40q stands twice", string(m.Key))
		}
		d.Members = append(d.Members, m)
	}
}

// value reads the value of a key. One that is missing is Null.
func (p *parser) value(depth int) (Object, error) {
	t, err := p.token()
	if err != nil {
		return nil, err
	}
	switch {
	case t.kind == closeDict:
		p.note(FoundIrregular, t.from, "a key without a value")
		p.i = t.from
		return Null{}, nil
	case t.kind == atEnd || t.kind == aWord && ends(p.b[t.from:t.to]):
		return nil, unreadable(p.at(t.from), "the dictionary does not end")
	}
	return p.rest(t, depth)
}

// twice reports whether the key is in d; seen keeps large dictionaries from being
// searched again and again.
func (d *Dict) twice(key Name, seen *map[Name]bool) bool {
	if len(d.Members) < 16 {
		_, ok := d.Member(key)
		return ok
	}
	if *seen == nil {
		*seen = make(map[Name]bool)
		for _, m := range d.Members {
			(*seen)[m.Key] = true
		}
	}
	ok := (*seen)[key]
	(*seen)[key] = true
	return ok
}
