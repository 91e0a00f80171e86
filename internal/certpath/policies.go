package certpath

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// policyState is the certificate policy processing of RFC 5280, section 6.1, with
// any-policy as the initial set. The standard's tree is kept as its deepest level
// only: whether it is empty is all that decides, and nodes of one level with the
// same policy have the same future. So it cannot grow beyond the policies of one
// certificate and their mappings.
type policyState struct {
	level map[der.OID][]der.OID // valid policy: expected policies; nil = the tree is NULL

	explicit, mapping, any int // the three counters of 6.1.2
}

func newPolicyState(n int) policyState {
	return policyState{
		level:    map[der.OID][]der.OID{oidAnyPolicy: {oidAnyPolicy}},
		explicit: n + 1, mapping: n + 1, any: n + 1,
	}
}

// certificate processes the next certificate downwards and returns why the path's
// policies fail, "" when they do not.
func (p *policyState) certificate(c *Certificate, leaf, selfIssued bool) string {
	if !p.descend(c, leaf, selfIssued) {
		return "the certificate policies cannot be read"
	}
	if p.explicit == 0 && len(p.level) == 0 { // 6.1.3 (f)
		return "an explicit policy is required, and none holds along the path"
	}
	if leaf {
		return p.wrapUp(c)
	}
	return p.prepare(c, selfIssued)
}

// descend is 6.1.3 (d) and (e).
func (p *policyState) descend(c *Certificate, leaf, selfIssued bool) bool {
	x := c.Extension(oidPolicies)
	if x == nil {
		p.level = nil
		return true
	}
	policies, ok := readPolicies(x.Value)
	if !ok {
		return false
	}
	if len(p.level) == 0 {
		return true
	}
	next := make(map[der.OID][]der.OID, len(policies))
	_, anyAbove := p.level[oidAnyPolicy]
	expected := make(map[der.OID]bool)
	for _, set := range p.level {
		for _, e := range set {
			expected[e] = true
		}
	}
	hasAny := false
	for _, oid := range policies {
		if oid == oidAnyPolicy {
			hasAny = true
		} else if expected[oid] || anyAbove { // (d)(1)(i), (ii)
			next[oid] = []der.OID{oid}
		}
	}
	if hasAny && (p.any > 0 || !leaf && selfIssued) { // (d)(2)
		for e := range expected {
			if _, ok := next[e]; !ok {
				next[e] = []der.OID{e}
			}
		}
	}
	p.level = next
	return true
}

// prepare is 6.1.4 (a), (b), (h), (i) and (j).
func (p *policyState) prepare(c *Certificate, selfIssued bool) string {
	if x := c.Extension(oidPolicyMappings); x != nil && !p.mapPolicies(x.Value) {
		return "the policy mappings cannot be read"
	}
	if !selfIssued {
		p.explicit, p.mapping, p.any = dec(p.explicit), dec(p.mapping), dec(p.any)
	}
	if !p.constrain(c, &p.mapping) {
		return "the policy constraints cannot be read"
	}
	if x := c.Extension(oidInhibitAnyPolicy); x != nil {
		s := cryptobyte.String(x.Value)
		n := 0
		if !der.ReadSmallInt(&s, &n, asn1.INTEGER) || !s.Empty() {
			return "inhibitAnyPolicy cannot be read"
		}
		p.any = min(p.any, n)
	}
	return ""
}

// wrapUp is 6.1.5 (a), (b) and (g).
func (p *policyState) wrapUp(c *Certificate) string {
	p.explicit = dec(p.explicit)
	unused := 1
	if x := c.Extension(oidPolicyConstraints); x != nil {
		before := p.explicit
		if !p.constrain(c, &unused) {
			return "the policy constraints cannot be read"
		}
		if p.explicit != 0 { // only the value 0 acts on the last certificate
			p.explicit = before
		}
	}
	if p.explicit == 0 && len(p.level) == 0 {
		return "an explicit policy is required, and none holds along the path"
	}
	return ""
}

func dec(n int) int { return max(n-1, 0) }

// constrain applies policyConstraints (section 4.2.1.11).
func (p *policyState) constrain(c *Certificate, mapping *int) bool {
	x := c.Extension(oidPolicyConstraints)
	if x == nil {
		return true
	}
	s := cryptobyte.String(x.Value)
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() || seq.Empty() {
		return false
	}
	for i, counter := range []*int{&p.explicit, mapping} {
		tag := asn1.Tag(i).ContextSpecific()
		n := 0
		if !seq.PeekASN1Tag(tag) {
			continue
		}
		if !der.ReadSmallInt(&seq, &n, tag) {
			return false
		}
		*counter = min(*counter, n)
	}
	return seq.Empty()
}

// mapPolicies is 6.1.4 (a) and (b).
func (p *policyState) mapPolicies(value []byte) bool {
	s := cryptobyte.String(value)
	var seq, pair cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return false
	}
	mapped := make(map[der.OID][]der.OID)
	for n := 0; !seq.Empty(); n++ {
		var from, to der.OID
		if n == maxExtensions || !seq.ReadASN1(&pair, asn1.SEQUENCE) || !der.ReadOID(&pair, &from) ||
			!der.ReadOID(&pair, &to) || !pair.Empty() || from == oidAnyPolicy || to == oidAnyPolicy {
			return false
		}
		mapped[from] = append(mapped[from], to)
	}
	_, anyHere := p.level[oidAnyPolicy]
	for from, to := range mapped {
		_, here := p.level[from]
		switch {
		case p.mapping == 0:
			delete(p.level, from)
		case here || anyHere:
			p.level[from] = to
		}
	}
	return true
}

func readPolicies(value []byte) (out []der.OID, ok bool) {
	s := cryptobyte.String(value)
	var seq, info cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() || seq.Empty() {
		return nil, false
	}
	for !seq.Empty() {
		var oid der.OID
		if len(out) == maxExtensions || !seq.ReadASN1(&info, asn1.SEQUENCE) || !der.ReadOID(&info, &oid) {
			return nil, false
		}
		out = append(out, oid)
	}
	return out, true
}
