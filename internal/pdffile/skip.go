package pdffile

// number is the value of a Length as it stands: a number or a reference to one.
type number struct {
	form  uint8 // 0: none that can be read
	value int64
	ref   Ref
}

const (
	direct   = 1
	indirect = 2
)

// trait is what a dictionary is by its Type, as far as the structure needs it.
type trait uint8

const (
	plain trait = iota
	isXRef
	isObjStm
	isCatalog
)

// shape is what skip finds out about an object while it looks for its end.
type shape struct {
	end       int
	dict      bool
	length    number
	trait     trait
	byteRange bool // the key or name ByteRange stands somewhere inside
	embeds    bool // EF does, the entry of a file specification
}

// skip finds the end of the array or dictionary that begins at b[i], as the parser
// would, without building it: most objects are only stepped over. The error is errMore
// or an Error whose offset counts within b; then end is behind what was looked at.
func skip(b []byte, i int, last bool) (s shape, err error) {
	k := keyState{b: b, s: &s}
	var dicts [MaxDepth + 1]bool // what is open
	depth := 0
	broken := func(text string) (shape, error) {
		s.end = max(s.end, i)
		return s, &Error{CodeUnreadable, int64(i), text}
	}
	for i < len(b) {
		switch c := b[i]; class[c] {
		case white:
			i++
		case regular:
			from := i
			for i < len(b) && class[b[i]] == regular {
				i++
			}
			if b[from] >= 'e' && i-from >= 3 && ends(b[from:i]) && (i < len(b) || last) {
				i = from
				return broken("an array or a dictionary does not end")
			}
			if depth == 1 && s.dict {
				k.word(from, i)
			}
		default:
			var end int
			switch c {
			case '/':
				for end = i + 1; end < len(b) && class[b[end]] == regular; end++ {
				}
				if end-i >= 10 && nameIs(b[i+1:end], "ByteRange") {
					s.byteRange = true
				}
				if n := end - i - 1; n == 2 || n == 4 || n == 6 { // the longer ones with #
					s.embeds = s.embeds || nameIs(b[i+1:end], "EF")
				}
				if depth == 1 && s.dict {
					k.name(i+1, end)
				}
			case '(':
				end, err = stringEnd(b, i+1)
				k.other(depth)
			case '<', '[':
				end = i + 1
				if c == '<' && (end == len(b) || b[end] != '<') {
					end, err = hexEnd(b, end)
					k.other(depth)
					break
				}
				k.other(depth)
				if depth == MaxDepth {
					s.end = i
					return s, limit(int64(i), "levels", MaxDepth)
				}
				depth++
				if dicts[depth] = c == '<'; dicts[depth] {
					end++
				}
				if depth == 1 {
					s.dict = dicts[1]
				}
			case '>', ']':
				end = i + 1
				if c == '>' {
					if end == len(b) && !last {
						return s, errMore
					}
					if end == len(b) || b[end] != '>' {
						return broken("a stray >")
					}
					end++
				}
				if dicts[depth] != (c == '>') {
					return broken("an array and a dictionary overlap")
				}
				if depth--; depth == 0 {
					s.end = end
					return s, nil
				}
			case '%':
				end = lineEnd(b, i)
			default:
				return broken("a stray parenthesis or brace")
			}
			if err != nil {
				if !last {
					return s, errMore
				}
				s.end = len(b)
				return broken("a string does not end")
			}
			i = end
		}
	}
	if !last {
		return s, errMore
	}
	return broken("an array or a dictionary does not end")
}

// keyState follows keys and values on the outermost level of a dictionary.
type keyState struct {
	b        []byte
	s        *shape
	key      uint8 // which key's value is due or read
	value    bool  // at least one token of a value was read since the key
	started  bool
	words    uint8 // of the value of Length
	unsigned bool  // the first one is digits alone
	seen     [3]bool
}

const (
	keyLength = 1
	keyType   = 2
)

// name takes a name: a key, or the first token of a value.
func (k *keyState) name(from, to int) {
	if k.started && !k.value {
		k.value = true
		if k.key == keyType {
			k.s.trait = traitOf(k.b[from:to])
		}
		return
	}
	k.started, k.value, k.key, k.words = true, false, 0, 0
	switch b := k.b[from:to]; {
	case nameIs(b, "Length") && !k.seen[keyLength]:
		k.key = keyLength
	case nameIs(b, "Type") && !k.seen[keyType]:
		k.key = keyType
	}
	k.seen[k.key] = true
}

// word takes the words of a value; those of Length are kept.
func (k *keyState) word(from, to int) {
	k.value = true
	if k.key != keyLength {
		return
	}
	l, text := &k.s.length, k.b[from:to]
	switch k.words++; k.words {
	case 1:
		if n, ok := word(text).(Integer); ok && n >= 0 {
			l.form, l.value, k.unsigned = direct, int64(n), isDigit(text[0])
		}
		return
	case 2:
		first := l.form == direct && k.unsigned
		g, end := digits(text, 0)
		l.form = 0
		if first && end == len(text) && l.value < 1<<32 && g < 1<<16 {
			l.ref = Ref{uint32(l.value), uint16(g)}
			return
		}
	case 3:
		if len(text) == 1 && text[0] == 'R' {
			l.form = indirect
			return
		}
	}
	l.form, k.words = 0, 100
}

// other takes a value that is neither word nor name.
func (k *keyState) other(depth int) {
	if depth == 1 {
		k.value = true
	}
}

// nameIs compares a name with a text, decoding it only if need be.
func nameIs(b []byte, text string) bool {
	if len(b) < len(text) {
		return false
	}
	if len(b) == len(text) {
		return string(b) == text
	}
	for _, c := range b {
		if c == '#' {
			return string(name(b)) == text
		}
	}
	return false
}

func traitOf(b []byte) trait {
	switch {
	case nameIs(b, "XRef"):
		return isXRef
	case nameIs(b, "ObjStm"):
		return isObjStm
	case nameIs(b, "Catalog"):
		return isCatalog
	}
	return plain
}
