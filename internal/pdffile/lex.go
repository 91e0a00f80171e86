package pdffile

import (
	"bytes"
	"errors"
)

// errMore: the window ends before the object does, and the file goes on.
var errMore = errors.New("more bytes are needed")

type kind uint8

const (
	atEnd kind = iota
	aWord
	aName
	aString
	aHex
	openDict
	closeDict
	openArray
	closeArray
	aStray // a brace or a parenthesis where none belongs
)

// token is one token, the bytes from to to of the window.
type token struct {
	kind     kind
	from, to int
}

// lexer cuts a window of bytes into tokens (7.2, 7.3). last says that nothing follows
// the window, so that what ends with it is complete.
type lexer struct {
	b    []byte
	i    int
	last bool
	far  int // behind what was looked at, where that is more than i
}

// seen is how many bytes were looked at.
func (l *lexer) seen() int { return max(l.i, l.far) }

// next returns the next token, past white space and comments. The error is errMore, or
// an Error without a place of its own: from where the token starts.
func (l *lexer) next() (t token, err error) {
	b, i := l.b, l.i
	for {
		for i < len(b) && class[b[i]] == white {
			i++
		}
		if i == len(b) {
			l.i = i
			return token{atEnd, i, i}, l.short()
		}
		if b[i] != '%' {
			break
		}
		i = lineEnd(b, i)
	}
	t.from, t.to, t.kind = i, i+1, aStray
	switch b[i] {
	case '/':
		t.kind, t.to = aName, l.run(i+1)
	case '(':
		t.kind = aString
		t.to, err = stringEnd(b, i+1)
	case '<':
		if i+1 < len(b) && b[i+1] == '<' {
			t.kind, t.to = openDict, i+2
		} else {
			t.kind = aHex
			t.to, err = hexEnd(b, i+1)
		}
	case '>':
		if i+1 < len(b) && b[i+1] == '>' {
			t.kind, t.to = closeDict, i+2
		}
	case '[':
		t.kind = openArray
	case ']':
		t.kind = closeArray
	case ')', '{', '}':
	default:
		t.kind, t.to = aWord, l.run(i)
	}
	if t.to == len(b) && (t.kind == aName || t.kind == aWord || t.kind == aStray) && l.short() != nil {
		return t, errMore
	}
	if err != nil {
		if l.short() != nil {
			return t, errMore
		}
		l.far = len(b)
		return t, unreadable(int64(t.from), "a string does not end")
	}
	l.i = t.to
	return t, nil
}

func (l *lexer) short() error {
	if l.last {
		return nil
	}
	return errMore
}

// run returns the end of the regular characters from i on.
func (l *lexer) run(i int) int {
	for i < len(l.b) && class[l.b[i]] == regular {
		i++
	}
	return i
}

// stringEnd returns the place behind the parenthesis that closes a literal string whose
// text starts at i.
func stringEnd(b []byte, i int) (int, error) {
	for depth := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1, nil
			}
		}
	}
	return 0, errMore
}

// hexEnd returns the place behind the bracket that closes a hexadecimal string.
func hexEnd(b []byte, i int) (int, error) {
	n := bytes.IndexByte(b[i:], '>')
	if n < 0 {
		return 0, errMore
	}
	return i + n + 1, nil
}
