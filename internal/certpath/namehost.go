package certpath

import (
	"bytes"
	"strings"
)

// Limits of names that hold a host. The formats end before: a host name has 253
// octets, a mailbox 254. What is longer is clear of no constraint.
const (
	maxHost = 253
	maxMail = 1 << 10
	maxURI  = 64 << 10
)

// readyName is a name or the base of a subtree, read so that it can be compared many
// times.
type readyName struct {
	rdns []foldedRDN // of a directory name
	ok   bool        // the directory name, or the local part of a mailbox, could be read
	host domain      // of a DNS name, a mailbox, a URI
	// local is the part of a mailbox before the @. mailbox is false for a base that
	// is a host only.
	local   string
	mailbox bool
}

// prepare reads the name; base tells the form of a constraint from that of a name.
func (t *typedName) prepare(base bool, work *nameWork) *readyName {
	if t.ready != nil {
		return t.ready
	}
	work.read += len(t.value)
	r := new(readyName)
	switch t.kind {
	case nameDirectory:
		r.rdns, r.ok = foldName(t.value)
	case nameDNS:
		r.host = readDomain(t.value, base)
	case nameEmail:
		r.readMail(t.value, base)
	case nameURI:
		if base {
			r.host = readDomain(t.value, true)
		} else if len(t.value) <= maxURI {
			r.host = uriHost(t.value)
		}
	}
	t.ready = r
	return r
}

// domain is a host name, or the host that a constraint names. The zero value is one
// that cannot be read.
type domain struct {
	text  string // lower case, without dots at its ends; of a wildcard what follows it
	ok    bool
	star  bool // a name that stands for others below text
	below bool // a base that does not mean the host itself
	all   bool // the base that holds every name
}

// readDomain reads letters, digits, hyphens and underscores between dots; one dot
// may end them (it only says that the name is complete). A wildcard may stand in a
// name, a dot before a base.
func readDomain(value []byte, base bool) domain {
	var d domain
	b, dot := bytes.CutPrefix(value, []byte{'.'})
	b = bytes.TrimSuffix(b, []byte{'.'})
	if dot && !base || len(b) == 0 || len(b) > maxHost {
		return domain{all: base && len(value) == 0}
	}
	d.below, b = dot, bytes.Clone(b)
	label := 0
	for i, c := range b {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_':
			label++
		case 'A' <= c && c <= 'Z':
			b[i] += 'a' - 'A'
			label++
		case c == '*' && !base:
			d.star = true
			label++
		case c == '.' && label > 0:
			label = 0
		default:
			return domain{}
		}
	}
	d.text, d.ok = string(b), label > 0
	if d.star {
		_, d.text, _ = strings.Cut(d.text[strings.LastIndexByte(d.text, '*'):], ".")
	}
	return d
}

// domainWithin holds a host against the host of a constraint. tree says that a base
// without a dot in front means all hosts below it too, as it does for DNS names.
func domainWithin(name, base *domain, tree bool) relation {
	if base.all {
		return inside
	}
	if !name.ok || !base.ok {
		return unclear
	}
	equal, under := name.text == base.text, endsWith(name.text, base.text)
	tree = tree || base.below
	switch {
	case name.star && tree && (equal || under):
		return inside
	case name.star && (name.text == "" || endsWith(base.text, name.text)):
		return unclear // it may stand for a host of the subtree and for others
	case name.star:
		return outside
	case equal && !base.below, under && tree:
		return inside
	}
	return outside
}

// endsWith reports whether host lies below parent.
func endsWith(host, parent string) bool {
	n := len(host) - len(parent)
	return n > 0 && host[n-1] == '.' && host[n:] == parent
}

// readMail reads a mailbox; a base may also be a host alone.
func (r *readyName) readMail(value []byte, base bool) {
	if len(value) > maxMail {
		return
	}
	mail := string(value)
	at := strings.LastIndexByte(mail, '@')
	if at < 0 {
		if base {
			r.host = readDomain(value, true)
		}
		return
	}
	r.mailbox, r.local = true, mail[:at]
	if r.host = readDomain(value[at+1:], base); r.host.below || r.host.all {
		r.host = domain{}
	}
	// A quoted local part has other spellings.
	r.ok = r.local != "" && !strings.ContainsAny(r.local, "\"\\")
}

// mailWithin holds a mailbox against a mailbox or a host. Local parts that differ in
// case only are two mailboxes by the standard and one in practice.
func mailWithin(name, base *readyName) relation {
	out := domainWithin(&name.host, &base.host, false)
	if !base.mailbox || out != inside {
		return out
	}
	switch {
	case !name.ok || !base.ok:
		return unclear
	case name.local == base.local:
		return inside
	case strings.EqualFold(name.local, base.local):
		return unclear
	}
	return outside
}

// uriHost returns the host that RFC 5280, section 4.2.1.10, asks for: the fully
// qualified name in the authority. Without one, and for an address, the zero value.
func uriHost(uri []byte) domain {
	scheme, rest, ok := strings.Cut(string(uri), ":")
	rest, found := strings.CutPrefix(rest, "//")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	if !ok || !found || !isScheme(scheme) || strings.Contains(rest, "\\") { // browsers take \ for /
		return domain{}
	}
	if _, after, has := strings.Cut(rest, "@"); has {
		rest = after
	}
	host, port, _ := strings.Cut(rest, ":")
	d := readDomain([]byte(host), false)
	last := d.text[strings.LastIndexByte(d.text, '.')+1:]
	if strings.Trim(port, "0123456789") != "" || isNumber(last) {
		return domain{}
	}
	return d
}

func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if ('a' > c || c > 'z') && (i == 0 || !strings.ContainsRune("0123456789+-.", rune(s[i]))) {
			return false
		}
	}
	return s != ""
}

// isNumber reports whether a last label makes a host an IPv4 address for somebody:
// decimal, octal or hexadecimal.
func isNumber(label string) bool {
	return label != "" && strings.Trim(label, "0123456789") == "" || strings.HasPrefix(label, "0x")
}
