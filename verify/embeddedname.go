package verify

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// label is how a file inside a container is called.
type label struct {
	path   string // in the report
	folder string // that pairing looks into: of this container alone
	name   string // that pairing looks at
}

// naming hands out the labels in one container.
type naming struct {
	r      *run
	parent *entry
	met    map[string]int
	used   map[string]bool
}

func newNaming(r *run, e *entry) *naming {
	return &naming{r: r, parent: e, met: map[string]int{}, used: map[string]bool{}}
}

// label cleans a name and makes its path different from all others: a second file of one
// name carries a number. Which of them a name means nobody can tell: pairing goes by their digests.
func (n *naming) label(written string) label {
	name := embeddedName(written)
	prefix := n.parent.Path + "!"
	l := label{name: name, folder: "\x00" + prefix} // no folder of the machine is called so
	for {
		n.met[name]++
		l.path = prefix + name
		if k := n.met[name]; k > 1 {
			l.path += " (" + strconv.Itoa(k) + ")"
		}
		if !n.used[l.path] && !n.r.has(l.path) {
			n.used[l.path] = true
			return l
		}
	}
}

// maxEmbeddedName bounds a name, as file systems do.
const maxEmbeddedName = 255

// embeddedName is the last part of a name as written, with nothing in it that separates
// parts of a path, or that does not print. The ending stays, because it claims a kind.
func embeddedName(written string) string {
	name := written[strings.LastIndexAny(written, `/\:`)+1:]
	name = strings.Map(func(c rune) rune {
		if c == '!' || c == '#' || c == utf8.RuneError || !unicode.IsPrint(c) {
			return '_'
		}
		return c
	}, name)
	if strings.Trim(name, ". ") == "" {
		return "attachment"
	}
	if len(name) > maxEmbeddedName {
		const tail = 100
		name = strings.ToValidUTF8(name[:maxEmbeddedName-tail-len("…")], "") + "…" + strings.ToValidUTF8(name[len(name)-tail:], "")
	}
	return name
}
