package certpath

import (
	"bytes"
	"net/netip"

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
	ready *readyName // nil until it is compared
}

// nameState carries the permitted and excluded subtrees down a path. Each CA adds a
// set; a name must lie in every permitted set that speaks of its kind, and in no
// excluded subtree. Where that is not clear, it does not lie in the one and lies in
// the other.
type nameState struct {
	permitted  [][]typedName
	excluded   []typedName
	unreadable string
}

// check returns why the names of c break the constraints, "" when they do not. The
// comparisons are taken from the search budget.
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
	var work nameWork
	defer func() { *budget -= work.units() }()
	for i := range names {
		if why := n.checkName(&names[i], &work); why != "" {
			return why
		}
	}
	return ""
}

func (n *nameState) checkName(name *typedName, work *nameWork) string {
	for i := range n.excluded {
		base := &n.excluded[i]
		work.compared++
		if base.kind == name.kind && within(name, base, work) != outside {
			return "a name lies in an excluded subtree"
		}
	}
	for _, set := range n.permitted {
		constrained, permitted := false, false
		for i := range set {
			base := &set[i]
			work.compared++
			if base.kind == name.kind {
				constrained = true
				permitted = permitted || within(name, base, work) == inside
			}
		}
		if constrained && !permitted {
			return "a name lies outside the permitted subtrees"
		}
	}
	return ""
}

// nameWork counts what the check of one certificate does.
type nameWork struct {
	compared int // names, with subtrees
	read     int // bytes that were made ready
}

// units puts the work in units of the budget: a unit is a hundred comparisons, or
// 32 KiB made ready.
func (w *nameWork) units() int { return w.compared/100 + w.read>>15 }

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
		out = append(out, typedName{kind: nameDirectory, value: c.RawSubject})
	}
	for i := range attrs {
		if attrs[i].oid == oidEmail && !email {
			mail, _ := attrs[i].text() // "" is no mailbox, and so clear of nothing
			out = append(out, typedName{kind: nameEmail, value: []byte(mail)})
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
	return typedName{kind: int(tag & 0x1f), value: v}, true
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
		if len(out) == maxConstraints || !s.ReadASN1(&tree, asn1.SEQUENCE) || !tree.ReadAnyASN1Element(&base, &tag) ||
			len(tree) > 0 && !bytes.Equal(tree, minimumZero) {
			return nil, false
		}
		g, ok := readTypedName(base)
		if !ok {
			return nil, false
		}
		out = append(out, g)
	}
	return out, len(out) > 0
}

// minimumZero is the only thing that RFC 5280, section 4.2.1.10, lets stand beside a
// base. DER leaves it out, since it is the default; some encoders do not.
var minimumZero = []byte{0x80, 1, 0}

// within says whether a name lies in a subtree of the same kind (RFC 5280, section
// 4.2.1.10). Of the kinds without a rule there nothing is clear but equality.
func within(name, base *typedName, work *nameWork) relation {
	switch name.kind {
	case nameDirectory, nameDNS, nameEmail, nameURI:
	case nameIP:
		return ipWithin(name.value, base.value)
	default:
		if bytes.Equal(name.value, base.value) {
			return inside
		}
		return unclear
	}
	n, b := name.prepare(false, work), base.prepare(true, work)
	switch name.kind {
	case nameDirectory:
		if !n.ok || !b.ok {
			return unclear
		}
		return beginsWith(n.rdns, b.rdns)
	case nameEmail:
		return mailWithin(n, b)
	}
	return domainWithin(&n.host, &b.host, name.kind == nameDNS)
}

// ipWithin holds an address against an address and a mask. An IPv4 address that is
// written as one of IPv6 may be meant as either.
func ipWithin(ip, base []byte) relation {
	if len(base) != 2*net4 && len(base) != 2*net16 {
		return unclear
	}
	addr, ok := netip.AddrFromSlice(ip)
	if !ok {
		return unclear
	}
	if addr.Is4In6() && len(base) == 2*net4 {
		if masked(addr.Unmap().AsSlice(), base) {
			return unclear
		}
		return outside
	}
	if len(base) == 2*len(ip) && masked(ip, base) {
		return inside
	}
	return outside
}

// Lengths of addresses.
const (
	net4  = 4
	net16 = 16
)

// masked compares an address with the first half of base under the second half.
func masked(ip, base []byte) bool {
	mask := base[len(ip):]
	for i := range ip {
		if ip[i]&mask[i] != base[i]&mask[i] {
			return false
		}
	}
	return true
}
