package certpath

import (
	"bytes"
	"time"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// MaxPath bounds the certificates of a path below its anchor. Public hierarchies
// have three or four.
const MaxPath = 10

// pathBudget bounds the work of one search, in units of about 0.2 ms (see cost). A
// sound path of four certificates spends below 20; bundles of cross-signed loops
// run into the bound instead of into the night.
const pathBudget = 1000

// Rule names a rule of RFC 5280, section 6.1, that a path broke.
type Rule uint8

// The rules.
const (
	RuleValidity          Rule = iota + 1 // 6.1.3 (a)(2), at PathQuery.At; CA certificates only
	RuleBasicConstraints                  // 6.1.4 (k)
	RulePathLength                        // 6.1.4 (l), (m)
	RuleKeyUsage                          // 6.1.4 (n)
	RuleNameConstraints                   // 6.1.3 (b), (c)
	RulePolicies                          // 6.1.3 (f), 6.1.5 (g)
	RuleCriticalExtension                 // 6.1.4 (o), 6.1.5 (f)
	RuleUnreadable                        // an extension that decides cannot be read
)

// Finding is one broken rule.
type Finding struct {
	Rule        Rule
	Certificate *Certificate
	Detail      string
}

// Path leads from a certificate to an anchor.
type Path struct {
	Anchor Anchor
	// Certificates holds the leaf first and ends below the anchor. It holds the
	// leaf alone, with AnchoredLeaf, when the leaf itself is the anchor.
	Certificates []*Certificate
	AnchoredLeaf bool
	Findings     []Finding
}

// IssuerOf returns who signed Certificates[i] in this path.
func (p *Path) IssuerOf(i int) *Certificate {
	if i+1 < len(p.Certificates) {
		return p.Certificates[i+1]
	}
	return p.Anchor.Certificate
}

// PathQuery asks for a path.
type PathQuery struct {
	Leaf    *Certificate
	Anchors []Anchor
	Pool    []*Certificate // certificates that may complete a path; nothing is believed of them
	At      time.Time      // the time at which the path is judged
	// Accept, when not nil, is asked about each path without findings, up to
	// MaxTries of them; the first that it accepts ends the search.
	Accept func(*Path) bool
	Cache  *Cache
}

// MaxTries bounds the paths that Accept is asked about. Two or three cross-signed
// ways are real; each costs the caller its revocation data.
const MaxTries = 8

// Search is the outcome of Build.
type Search struct {
	// Path is the accepted path; else the first without findings; else the one with
	// the fewest; nil when none leads to an anchor.
	Path *Path
	// Limited is true when nothing was accepted and a limit ended the search: a
	// better path may exist.
	Limited bool
}

// Build searches a path from the leaf to one of the anchors and validates each
// complete one by RFC 5280, section 6.1, with any-policy as the initial set. The
// order of anchors and pool decides between equals, so the answer is repeatable.
// The leaf's own validity, usage and revocation are the caller's to judge.
func Build(q PathQuery) Search {
	b := builder{q: q, left: pathBudget}
	for i := range q.Anchors {
		if c := q.Anchors[i].Certificate; c != nil && bytes.Equal(c.Raw, q.Leaf.Raw) {
			p := &Path{Anchor: q.Anchors[i], Certificates: []*Certificate{q.Leaf}, AnchoredLeaf: true}
			p.Findings = checkExtensions(q.Leaf, nil)
			b.offer(p)
			return Search{Path: b.best}
		}
	}
	b.chain = append(b.chain, q.Leaf)
	b.climb(bytes.Equal)
	if b.best == nil { // names that differ in spelling only are rare: look for them last
		memo := make(nameMemo)
		b.climb(func(x, y []byte) bool { return bytes.Equal(x, y) || memo.same(x, y) })
	}
	return Search{Path: b.best, Limited: !b.accepted && (b.left <= 0 || b.cut || b.tries == MaxTries)}
}

type builder struct {
	q        PathQuery
	chain    []*Certificate // leaf first
	best     *Path
	accepted bool
	tries    int
	cut      bool // a longer path was not followed
	left     int  // of the budget
}

func (b *builder) done() bool { return b.left <= 0 || b.accepted || b.tries == MaxTries }

func (b *builder) climb(same func(x, y []byte) bool) {
	top := b.chain[len(b.chain)-1]
	for i := range b.q.Anchors {
		a := &b.q.Anchors[i]
		if b.done() {
			return
		}
		if a.Certificate != nil && same(top.RawIssuer, a.Certificate.RawSubject) && mayIssue(a.Certificate) && b.signed(top, a.Certificate) {
			b.complete(*a)
		}
	}
	if len(b.chain) == MaxPath {
		b.cut = b.cut || b.hasIssuer(top, same)
		return
	}
	// Candidates whose key identifier fits come first; it is a hint, not a proof.
	for pass := 0; pass < 2; pass++ {
		for _, c := range b.q.Pool {
			if b.done() {
				return
			}
			if !same(top.RawIssuer, c.RawSubject) || keyIDFits(top, c) != (pass == 0) || b.inChain(c) || !b.signed(top, c) {
				continue
			}
			b.chain = append(b.chain, c)
			b.climb(same)
			b.chain = b.chain[:len(b.chain)-1]
		}
	}
}

// mayIssue reports whether an anchor can stand above another certificate. Who
// anchors an end certificate believes its key as a signer's, not as a CA's. Old
// roots without any extension are CAs by their being anchored.
func mayIssue(anchor *Certificate) bool {
	u := anchor.usage()
	switch {
	case u.isCA:
		return true
	case anchor.Extension(oidBasicConstraints) != nil || u.hasEKU:
		return false
	}
	return u.keyUsage < 0 || u.keyUsage&KeyCertSign != 0
}

// hasIssuer reports whether the pool would lead further.
func (b *builder) hasIssuer(top *Certificate, same func(x, y []byte) bool) bool {
	for _, c := range b.q.Pool {
		if same(top.RawIssuer, c.RawSubject) && !b.inChain(c) {
			return true
		}
	}
	return false
}

func keyIDFits(child, issuer *Certificate) bool {
	aki, ski := child.usage().aki, issuer.usage().ski
	return len(aki) == 0 || len(ski) == 0 || bytes.Equal(aki, ski)
}

// inChain reports whether the name and key of c are already part of the chain: such
// a certificate can only make a loop (RFC 5280, section 6.1: no certificate twice).
func (b *builder) inChain(c *Certificate) bool {
	for _, d := range b.chain {
		if bytes.Equal(c.RawSPKI, d.RawSPKI) && bytes.Equal(c.RawSubject, d.RawSubject) {
			return true
		}
	}
	return false
}

func (b *builder) signed(child, issuer *Certificate) bool {
	b.left -= cost(issuer)
	return b.q.Cache.signedBy(child, issuer) == nil
}

// cost estimates one verification under the certificate's key in budget units. Only
// kinds of keys that are far from 0.2 ms are told apart.
func cost(c *Certificate) int {
	key, err := c.Key()
	if err != nil {
		return 1
	}
	return keyCost(key)
}

func keyCost(key *sigalg.Key) int {
	switch {
	case key.Slow() && key.Kind == "rsa":
		return 100
	case key.Slow():
		return 50
	case key.Kind == "rsa" && key.Bits > 4096:
		return 20
	case key.Kind == "ec" && key.Bits > 384:
		return 15
	case key.Kind == "rsa" && key.Bits > 2048, key.Kind == "ec" && key.Bits > 256, key.Kind == "ed448":
		return 5
	}
	return 1
}

func (b *builder) complete(a Anchor) {
	p := &Path{Anchor: a, Certificates: append([]*Certificate(nil), b.chain...)}
	r := b.q.Cache.rulesOf(p.Certificates, func() ruling { return validate(p) })
	b.left -= 1 + r.cost
	p.Findings = append(validity(p.Certificates, b.q.At), r.findings...)
	b.offer(p)
}

func (b *builder) offer(p *Path) {
	if b.best == nil || len(p.Findings) < len(b.best.Findings) {
		b.best = p
	}
	if len(p.Findings) > 0 {
		return
	}
	b.tries++
	if b.q.Accept == nil || b.q.Accept(p) {
		b.best, b.accepted = p, true
	}
}

// Top climbs from a certificate as far as the pool allows and returns the last one
// reached: its issuer is the anchor that is missing.
func Top(leaf *Certificate, pool []*Certificate, cache *Cache) *Certificate {
	b := builder{q: PathQuery{Pool: pool, Cache: cache}, left: pathBudget, chain: []*Certificate{leaf}}
	for len(b.chain) < MaxPath {
		top := b.chain[len(b.chain)-1]
		next := (*Certificate)(nil)
		for _, c := range pool {
			if b.left > 0 && bytes.Equal(top.RawIssuer, c.RawSubject) && !b.inChain(c) && b.signed(top, c) {
				next = c
				break
			}
		}
		if next == nil {
			return top
		}
		b.chain = append(b.chain, next)
	}
	return b.chain[len(b.chain)-1]
}
