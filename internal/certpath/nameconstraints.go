package certpath

import (
	"bytes"
	"net/netip"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// maxConstraints bounds the subtrees of one certificate and the names that are
// held against them: their product is the work.
const maxConstraints = 128

// GeneralName kinds (RFC 5280, section 4.2.1.6), by tag number.
const (
	nameEmail     = 1
	nameDNS       = 2
	nameDirectory = 4
	nameURI       = 6
	nameIP        = 7
)

var oidEmail = der.MustOID("1.2.840.113549.1.9.1")

// typedName is one name, its kind and its value (for a directory name the Name).
type typedName struct {
	kind  int
	value []byte
}

// nameState carries the permitted and excluded subtrees down a path. Each CA adds a
// set; a name must lie in every permitted set that speaks of its kind, and in no
// excluded subtree.
type nameState struct {
	permitted  [][]typedName
	excluded   []typedName
	unreadable string
}

// check returns why the names of c break the constraints, "" when they do not. The
// comparisons are taken from the search budget, a hundred to the unit.
func (n *nameState) check(c *Certificate, budget *int) string {
	if n.unreadable != "" {
		return n.unreadable
	}
	if len(n.permitted) == 0 && len(n.excluded) == 0 {
		return ""
	}
	names, ok := subjectNames(c)
	if !ok {
		return "the names of the certificate cannot be read, so the constraints cannot be judged"
	}
	work := 0
	defer func() { *budget -= work / 100 }()
	for _, name := range names {
		for _, base := range n.excluded {
			work++
			if base.kind == name.kind && (within(name, base) || !ruled(base.kind)) {
				return "a name lies in an excluded subtree"
			}
		}
		for _, set := range n.permitted {
			constrained, inside := false, false
			for _, base := range set {
				work++
				if base.kind == name.kind {
					constrained = true
					inside = inside || within(name, base)
				}
			}
			if constrained && !inside {
				return "a name lies outside the permitted subtrees"
			}
		}
	}
	return ""
}

// subjectNames collects the names that constraints apply to: the subject, its
// e-mail attributes when no alternative name gives one, the alternative names.
func subjectNames(c *Certificate) (out []typedName, ok bool) {
	email := false
	if x := c.Extension(oidSubjectAltName); x != nil {
		raw, ok := readGeneralNames(x.Value)
		if !ok || len(raw) > maxConstraints {
			return nil, false
		}
		for _, r := range raw {
			g, ok := readTypedName(r)
			if !ok {
				return nil, false
			}
			email = email || g.kind == nameEmail
			out = append(out, g)
		}
	}
	attrs, ok := readName(c.RawSubject)
	if !ok {
		return nil, false
	}
	if len(attrs) > 0 {
		out = append(out, typedName{nameDirectory, c.RawSubject})
	}
	for i := range attrs {
		if attrs[i].oid == oidEmail && !email {
			out = append(out, typedName{nameEmail, attrs[i].value})
		}
	}
	return out, true
}

func readTypedName(raw []byte) (typedName, bool) {
	s := cryptobyte.String(raw)
	var v cryptobyte.String
	var tag asn1.Tag
	if !s.ReadAnyASN1(&v, &tag) || !s.Empty() || tag&0xc0 != 0x80 {
		return typedName{}, false
	}
	return typedName{int(tag & 0x1f), v}, true
}

// restrict adds the name constraints of a CA. What cannot be read refuses
// everything below.
func (n *nameState) restrict(c *Certificate) {
	x := c.Extension(oidNameConstraints)
	if x == nil {
		return
	}
	s := cryptobyte.String(x.Value)
	var seq, permitted, excluded cryptobyte.String
	var hasP, hasE bool
	ok := s.ReadASN1(&seq, asn1.SEQUENCE) && s.Empty() &&
		seq.ReadOptionalASN1(&permitted, &hasP, asn1.Tag(0).Constructed().ContextSpecific()) &&
		seq.ReadOptionalASN1(&excluded, &hasE, asn1.Tag(1).Constructed().ContextSpecific()) && seq.Empty()
	var p, e []typedName
	if ok && hasP {
		p, ok = readSubtrees(permitted)
	}
	if ok && hasE {
		e, ok = readSubtrees(excluded)
	}
	if !ok {
		n.unreadable = "the name constraints of " + c.Subject() + " cannot be read"
		return
	}
	if hasP {
		n.permitted = append(n.permitted, p)
	}
	n.excluded = append(n.excluded, e...)
}

func readSubtrees(s cryptobyte.String) (out []typedName, ok bool) {
	for !s.Empty() {
		var tree, base cryptobyte.String
		var tag asn1.Tag
		if len(out) == maxConstraints || !s.ReadASN1(&tree, asn1.SEQUENCE) || !tree.ReadAnyASN1Element(&base, &tag) || !tree.Empty() {
			return nil, false // minimum and maximum are not used by RFC 5280
		}
		g, ok := readTypedName(base)
		if !ok {
			return nil, false
		}
		out = append(out, g)
	}
	return out, len(out) > 0
}

// within reports whether a name lies in a subtree of the same kind (RFC 5280,
// section 4.2.1.10). For kinds without a rule there, judged in neither direction by
// the standard, a permitted subtree admits only the same value and an excluded one
// refuses every name of its kind: see check.
func within(name, base typedName) bool {
	switch name.kind {
	case nameDirectory:
		return nameWithin(name.value, base.value)
	case nameDNS:
		return domainWithin(string(name.value), string(base.value), true)
	case nameEmail:
		return emailWithin(string(name.value), string(base.value))
	case nameURI:
		return uriWithin(string(name.value), string(base.value))
	case nameIP:
		return ipWithin(name.value, base.value)
	}
	return bytes.Equal(name.value, base.value)
}

// ruled reports whether RFC 5280 says how names of the kind relate to a subtree.
func ruled(kind int) bool {
	return kind == nameDirectory || kind == nameDNS || kind == nameEmail || kind == nameURI || kind == nameIP
}

// domainWithin: host.example lies in example; with a leading dot only below it.
func domainWithin(host, base string, includeSelf bool) bool {
	host, base = strings.ToLower(host), strings.ToLower(base)
	if base == "" {
		return true
	}
	if strings.HasPrefix(base, ".") {
		return strings.HasSuffix(host, base) && len(host) > len(base)
	}
	return host == base || includeSelf && strings.HasSuffix(host, "."+base)
}

func emailWithin(mail, base string) bool {
	at := strings.LastIndexByte(mail, '@')
	if at < 0 {
		return false
	}
	if strings.Contains(base, "@") {
		b := strings.LastIndexByte(base, '@')
		return mail[:at] == base[:b] && strings.EqualFold(mail[at:], base[b:])
	}
	return domainWithin(mail[at+1:], base, false)
}

func uriWithin(uri, base string) bool {
	_, rest, ok := strings.Cut(uri, "://")
	if !ok {
		return false
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		rest = rest[i+1:]
	}
	host, _, _ := strings.Cut(rest, ":")
	return host != "" && domainWithin(host, base, false)
}

func ipWithin(ip, base []byte) bool {
	if len(base) != 2*len(ip) {
		return false
	}
	if _, ok := netip.AddrFromSlice(ip); !ok {
		return false
	}
	mask := base[len(ip):]
	for i := range ip {
		if ip[i]&mask[i] != base[i]&mask[i] {
			return false
		}
	}
	return true
}
