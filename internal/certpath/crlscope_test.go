package certpath

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte/asn1"
)

// withPoints returns the house with a leaf that has these distribution points.
func (h house) withPoints(t *testing.T, dps ...[]byte) house {
	x := leafTemplate()
	x.ExtraExtensions = points(dps...)
	h.leaf = makeCert(t, h.ca, x)
	return h
}

var flag = []byte{0xff}

func TestScopeKinds(t *testing.T) {
	h := newHouse(t)
	sub := h
	sub.leaf = makeCert(t, h.ca, caTemplate("Sub CA"))
	for name, c := range map[string]struct {
		parts       [][]byte
		leaf, subCA RevocationState
	}{
		"empty":      {nil, RevocationGood, RevocationGood},
		"users":      {[][]byte{ctx(1, flag)}, RevocationGood, RevocationUnknown},
		"cas":        {[][]byte{ctx(2, flag)}, RevocationUnknown, RevocationGood},
		"attributes": {[][]byte{ctx(5, flag)}, RevocationUnknown, RevocationUnknown},
		"both":       {[][]byte{ctx(1, flag), ctx(2, flag)}, RevocationUnknown, RevocationUnknown},
		"false":      {[][]byte{ctx(1, []byte{0}), ctx(2, []byte{0})}, RevocationGood, RevocationGood},
	} {
		t.Run(name, func(t *testing.T) {
			l := h.list().with(idp(c.parts...)).parse(t)
			wantState(t, h.ask(t, l), c.leaf)
			wantState(t, sub.ask(t, l), c.subCA)
		})
	}
	wantIgnored(t, h.ask(t, h.list(h.entry("2024-03-01")).with(idp(ctx(2, flag))).parse(t)), "CA certificates only")
	wantIgnored(t, sub.ask(t, h.list().with(idp(ctx(1, flag))).parse(t)), "end certificates only")
	wantIgnored(t, h.ask(t, h.list().with(idp(ctx(5, flag))).parse(t)), "attribute certificates only")
}

func rdn(name string) []byte {
	// CN = name
	return seq([]byte{6, 3, 0x55, 4, 3}, tlv(asn1.PrintableString, []byte(name)))
}

func TestScopeDistributionPoint(t *testing.T) {
	plain := newHouse(t)
	a, b := uri("http://crl.test/a.crl"), uri("http://crl.test/b.crl")
	caName := ctxCons(4, plain.ca.cert.RawSubject)
	// The CA's name with one more part, in full and relative to the issuer.
	full := ctxCons(4, appendRDN(plain.ca.cert.RawSubject, rdn("part 1")))
	relative := ctxCons(0, ctxCons(1, rdn("part 1")))
	otherRelative := ctxCons(0, ctxCons(1, rdn("part 2")))
	with := func(dps ...[]byte) house { return plain.withPoints(t, dps...) }
	for name, c := range map[string]struct {
		house house
		idp   []byte
		want  RevocationState
	}{
		"same":                         {with(seq(named(a))), idp(named(a)), RevocationGood},
		"one of several":               {with(seq(named(b, a)), seq(named(b))), idp(named(uri("ldap:x"), a)), RevocationGood},
		"another":                      {with(seq(named(a))), idp(named(b)), RevocationUnknown},
		"list without a point":         {with(seq(named(a))), nil, RevocationGood},
		"certificate without points":   {plain, idp(named(a)), RevocationUnknown},
		"the issuer is the point":      {plain, idp(named(caName)), RevocationGood},
		"relative to full":             {with(seq(named(full))), idp(ctxCons(0, ctxCons(1, rdn("part 1")))), RevocationGood},
		"full to relative":             {with(seq(relative)), idp(named(full)), RevocationGood},
		"relative to relative":         {with(seq(relative)), idp(relative), RevocationGood},
		"relative to another":          {with(seq(relative)), idp(otherRelative), RevocationUnknown},
		"points that cannot be read":   {with(seq(named(a)), []byte{5, 0}), idp(named(a)), RevocationUnknown},
		"point names only its issuer":  {with(seq(ctxCons(2, caName))), idp(named(caName), ctx(4, flag)), RevocationGood},
		"point names only its issuer2": {with(seq(ctxCons(2, caName))), idp(named(a), ctx(4, flag)), RevocationUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			l := plain.list()
			if c.idp != nil {
				l.with(c.idp)
			}
			got := c.house.ask(t, l.parse(t))
			wantState(t, got, c.want)
			if c.want == RevocationUnknown {
				wantIgnored(t, got, "distribution point is none of")
			}
		})
	}
}

// appendRDN adds a part to a Name.
func appendRDN(name, attribute []byte) []byte {
	s := name[2:] // short form: test names are below 128 bytes
	return seq(s, tlv(asn1.SET, attribute))
}

func TestPointLimits(t *testing.T) {
	h := newHouse(t)
	a := uri("http://crl.test/a.crl")
	var dps, names [][]byte
	for range maxPoints - 1 {
		dps = append(dps, seq(named(uri("x"))))
	}
	for range maxPointNames - 1 {
		names = append(names, uri("y"))
	}
	l := h.list().with(idp(named(append(names, a)...))).parse(t)
	wantState(t, h.withPoints(t, append(dps, seq(named(a)))...).ask(t, l), RevocationGood)
	wantState(t, h.withPoints(t, append(dps, seq(named(a)), seq(named(a)))...).ask(t, l), RevocationUnknown)
	wantState(t, h.withPoints(t, seq(named(append(names, a)...))).ask(t, l), RevocationGood)
	wantState(t, h.withPoints(t, seq(named(append(names, a, a)...))).ask(t, l), RevocationUnknown)
	if _, err := ParseCRL(h.list().with(idp(named(append(names, a, a)...))).raw()); !errors.Is(err, ErrMalformed) {
		t.Errorf("a name above the limit: %v", err)
	}
}

func reasonFlags(tag uint8, m reasonMask) []byte {
	// Nine bits, as ReasonFlags has.
	out := []byte{7, 0, 0}
	for i := range 9 {
		if m&(1<<i) != 0 {
			out[1+i/8] |= 0x80 >> (i % 8)
		}
	}
	return ctx(tag, out)
}

func TestScopeReasons(t *testing.T) {
	h := newHouse(t)
	const some = reasonMask(1<<1 | 1<<2)
	rest := allReasons &^ some
	list := func(m reasonMask, date, origin string, e ...entry) *CRL {
		c := h.list(e...).at(date).with(idp(reasonFlags(3, m))).parse(t)
		c.Origin = origin
		return c
	}
	x, y := list(some, "2024-06-01", "x"), list(rest, "2024-05-01", "y")
	wantIgnored(t, h.ask(t, x), "not for all reasons")
	got := h.ask(t, y, x)
	wantState(t, got, RevocationGood)
	if got.Source != "crl x, crl y" || !got.ThisUpdate.Equal(day("2024-05-01")) {
		t.Errorf("got %+v", got)
	}
	wantIgnored(t, h.ask(t, x, list(rest, "2023-05-01", "old")), "before the proven time")
	wantIgnored(t, h.ask(t, x, list(rest&^holdReason, "2024-05-01", "z")), "not for all reasons")
	wantState(t, h.ask(t, list(allReasons, "2024-05-01", "all")), RevocationGood)
	wantRevoked(t, h.ask(t, list(some, "2024-05-01", "r", h.entry("2024-03-01", reason(1)))), "2024-03-01", 1)

	// One list for all reasons needs no others.
	whole := h.list().at("2024-03-01").parse(t)
	whole.Origin = "whole"
	if got := h.ask(t, x, whole); got.State != RevocationGood || got.Source != "crl whole" {
		t.Errorf("got %+v", got)
	}
	// A hold is lifted only by a list that speaks of holds.
	hold := list(rest, "2024-04-01", "hold", h.entry("2024-03-01", reason(6)))
	if got := h.ask(t, hold, x); got.Released {
		t.Errorf("got %+v", got)
	}
	if got := h.ask(t, hold, x, y); !got.Released {
		t.Errorf("got %+v", got)
	}
}

func TestScopeReasonsOfThePoint(t *testing.T) {
	h := newHouse(t)
	a, b := uri("http://crl.test/a.crl"), uri("http://crl.test/b.crl")
	const some = reasonMask(1<<1 | 1<<2)
	list := func(u []byte) *CRL { return h.list().with(idp(named(u))).parse(t) }
	split := h.withPoints(t, seq(named(a), reasonFlags(1, some)), seq(named(b), reasonFlags(1, allReasons&^some)))
	wantIgnored(t, split.ask(t, list(a)), "not for all reasons")
	wantIgnored(t, split.ask(t, list(b)), "not for all reasons")
	wantState(t, split.ask(t, list(a), list(b)), RevocationGood)
	// Without a name in the list it may serve both points.
	wantState(t, split.ask(t, h.list().parse(t)), RevocationGood)
	only := h.withPoints(t, seq(named(a), reasonFlags(1, some)))
	wantIgnored(t, only.ask(t, h.list().parse(t)), "not for all reasons")
	// Reasons of point and list are intersected.
	both := h.list().with(idp(named(a), reasonFlags(3, 1<<3))).parse(t)
	wantIgnored(t, only.ask(t, both), "distribution point is none of")
}

// lodge is a house whose lists are made by another authority.
func lodge(t *testing.T) (h house, other *maker, q RevocationQuery) {
	h = newHouse(t)
	other = makeCert(t, h.ca, &x509.Certificate{Subject: pkix.Name{CommonName: "CRL office"}, KeyUsage: x509.KeyUsageCRLSign})
	h = h.withPoints(t, seq(named(uri("http://crl.test/a.crl")), ctxCons(2, ctxCons(4, other.cert.RawSubject))))
	q = h.query()
	q.Pool = []*Certificate{other.cert}
	q.Trusted = func(c *Certificate, _ time.Time) bool { return c == other.cert }
	return h, other, q
}

func TestIndirectCRL(t *testing.T) {
	h, other, q := lodge(t)
	indirect := idp(ctx(4, flag))
	ask := func(l *list) RevocationStatus {
		l.signer = other
		q.CRLs = []*CRL{l.parse(t)}
		return Revocation(q)
	}
	ours := certIssuer(h.ca.cert.RawSubject)
	theirs := certIssuer(other.cert.RawSubject)
	neighbour := func(x ...[]byte) entry { return entry{[]byte{9}, day("2024-02-02"), x} }

	wantState(t, ask(h.list().with(indirect)), RevocationGood)
	wantState(t, ask(h.list(h.entry("2024-03-01")).with(indirect)), RevocationGood) // by default about the list's own issuer
	wantRevoked(t, ask(h.list(h.entry("2024-03-01", ours)).with(indirect)), "2024-03-01", -1)
	wantRevoked(t, ask(h.list(neighbour(ours), h.entry("2024-03-01", reason(1))).with(indirect)), "2024-03-01", 1) // sticky
	wantState(t, ask(h.list(neighbour(ours), neighbour(theirs), h.entry("2024-03-01")).with(indirect)), RevocationGood)
	// The same serial number of two issuers.
	wantRevoked(t, ask(h.list(h.entry("2024-03-01", theirs), h.entry("2024-03-02", ours)).with(indirect)), "2024-03-02", -1)
	wantRevoked(t, ask(h.list(h.entry("2024-03-02", ours), h.entry("2024-03-01", theirs)).with(indirect)), "2024-03-02", -1)
	wantState(t, ask(h.list(h.entry("2024-03-01", theirs)).with(indirect)), RevocationGood)
	wantIgnored(t, ask(h.list(h.entry("2024-03-01", ext(oidCertificateIssuer, true, nil))).with(indirect)), "an entry")

	wantIgnored(t, ask(h.list(h.entry("2024-03-01", ours))), "no indirect CRL")
	wantIgnored(t, ask(h.list(h.entry("2024-03-01", ours)).with(idp())), "no indirect CRL")
	q.Trusted = nil
	wantIgnored(t, ask(h.list(h.entry("2024-03-01", ours)).with(indirect)), "no path")

	// A certificate that does not name the office is none of its business.
	q.Certificate = makeCert(t, h.ca, leafTemplate()).cert
	if got := ask(h.list(h.entry("2024-03-01", ours)).with(indirect)); got.State != RevocationUnknown || got.Ignored != nil {
		t.Errorf("got %+v", got)
	}
}

// The issuer's own list counts too, and a foreign entry in it is not about the leaf.
func TestDirectBesideIndirect(t *testing.T) {
	h, other, _ := lodge(t)
	wantState(t, h.ask(t, h.list().parse(t)), RevocationGood)
	wantRevoked(t, h.ask(t, h.list(h.entry("2024-03-01")).parse(t)), "2024-03-01", -1)
	for _, l := range []*list{
		h.list(h.entry("2024-03-01", certIssuer(other.cert.RawSubject))),
		h.list(h.entry("2024-03-01", certIssuer(other.cert.RawSubject))).with(idp(ctx(4, flag))),
	} {
		wantState(t, h.ask(t, l.parse(t)), RevocationGood)
	}
}

func TestDelta(t *testing.T) {
	h := newHouse(t)
	number := func(n int64) []byte { return ext(oidCRLNumber, false, integer(n)) }
	base := func(n int64, date string, e ...entry) *list { return h.list(e...).at(date).with(number(n)) }
	delta := func(of, n int64, date string, e ...entry) *list {
		return base(n, date, e...).with(ext(oidDeltaCRL, true, integer(of)))
	}
	ask := func(lists ...*list) RevocationStatus {
		var all []*CRL
		for i, l := range lists {
			c := l.parse(t)
			c.Origin = string(rune('a' + i))
			all = append(all, c)
		}
		return h.ask(t, all...)
	}
	if c := delta(5, 7, "2024-06-01").parse(t); !c.Delta() || c.Number().Int64() != 7 {
		t.Errorf("delta %v, number %v", c.Delta(), c.Number())
	}
	old := func(e ...entry) *list { return base(5, "2023-06-01", e...) }
	hold, removed := h.entry("2023-03-01", reason(6)), h.entry("2024-03-01", reason(8))

	wantIgnored(t, ask(delta(5, 7, "2024-06-01")), "without the complete CRL")
	wantRevoked(t, ask(delta(5, 7, "2024-06-01", h.entry("2024-03-01", reason(1)))), "2024-03-01", 1)
	wantIgnored(t, ask(delta(5, 7, "2024-06-01", removed)), "without the complete CRL")

	got := ask(old(), delta(5, 7, "2024-06-01"))
	wantState(t, got, RevocationGood)
	if !got.ThisUpdate.Equal(after) || got.Source != "crl a, crl b" {
		t.Errorf("got %+v", got)
	}
	wantState(t, ask(delta(5, 7, "2024-06-01"), old()), RevocationGood) // the order of lists does not matter
	wantRevoked(t, ask(old(), delta(5, 7, "2024-06-01", h.entry("2024-03-01", reason(1)))), "2024-03-01", 1)
	wantRevoked(t, ask(old(h.entry("2023-03-01", reason(1))), delta(5, 7, "2024-06-01")), "2023-03-01", 1)
	wantRevoked(t, ask(old(hold), delta(5, 7, "2024-06-01")), "2023-03-01", 6)
	if got := ask(old(hold), delta(5, 7, "2024-06-01", removed)); !got.Released {
		t.Errorf("got %+v", got)
	}
	wantState(t, ask(old(hold), delta(5, 7, "2024-01-01", removed)), RevocationGood) // exactly the proven time
	wantState(t, ask(old(), delta(5, 7, "2024-06-01", removed)), RevocationGood)
	wantRevoked(t, ask(old(h.entry("2023-03-01", reason(1))), delta(5, 7, "2024-06-01", removed)), "2023-03-01", 1)
	wantRevoked(t, ask(old(), delta(5, 7, "2024-06-01", h.entry("2024-03-01", reason(6)))), "2024-03-01", 6)

	for name, c := range map[string]struct {
		base, delta *list
		want        RevocationState
	}{
		"base newer than asked":  {base(6, "2023-06-01"), delta(5, 7, "2024-06-01"), RevocationGood},
		"base older than asked":  {base(4, "2023-06-01"), delta(5, 7, "2024-06-01"), RevocationUnknown},
		"base as new as delta":   {base(7, "2023-06-01"), delta(5, 7, "2024-06-01"), RevocationUnknown},
		"base newer than delta":  {base(300, "2023-06-01"), delta(5, 7, "2024-06-01"), RevocationUnknown},
		"numbers of two octets":  {base(300, "2023-06-01"), delta(299, 301, "2024-06-01"), RevocationGood},
		"delta too old":          {old(), delta(5, 7, "2023-07-01"), RevocationUnknown},
		"base without a number":  {h.list().at("2023-06-01"), delta(5, 7, "2024-06-01"), RevocationUnknown},
		"delta without a number": {old(), h.list().with(ext(oidDeltaCRL, true, integer(5))), RevocationUnknown},
		"both with one scope":    {old().with(idp(ctx(1, flag))), delta(5, 7, "2024-06-01").with(idp(ctx(1, flag))), RevocationGood},
		"scope of base only":     {old().with(idp(ctx(1, flag))), delta(5, 7, "2024-06-01"), RevocationUnknown},
		"scope of delta only":    {old(), delta(5, 7, "2024-06-01").with(idp(ctx(1, flag))), RevocationUnknown},
		"after the end":          {old(), delta(5, 7, "2031-06-01"), RevocationUnknown},
		"only delta reaches":     {old(), delta(5, 7, "2031-06-01").with(ext(oidExpiredOnCRL, false, general(proven))), RevocationUnknown},
		"both reach": {
			old().with(ext(oidExpiredOnCRL, false, general(proven))),
			delta(5, 7, "2031-06-01").with(ext(oidExpiredOnCRL, false, general(proven))), RevocationGood,
		},
	} {
		t.Run(name, func(t *testing.T) { wantState(t, ask(c.base, c.delta), c.want) })
	}
}

// A delta under another key of the issuer does not change the list of this one.
func TestDeltaOfAnotherKey(t *testing.T) {
	h := newHouse(t)
	signer := makeCert(t, h.ca, &x509.Certificate{Subject: h.ca.std.Subject, KeyUsage: x509.KeyUsageCRLSign})
	base := h.list().at("2023-06-01").with(ext(oidCRLNumber, false, integer(5)))
	delta := h.list().with(ext(oidCRLNumber, false, integer(7)), ext(oidDeltaCRL, true, integer(5)))
	delta.signer = signer
	q := h.query()
	q.Pool, q.Trusted = []*Certificate{signer.cert}, func(*Certificate, time.Time) bool { return true }
	q.CRLs = []*CRL{base.parse(t), delta.parse(t)}
	wantIgnored(t, Revocation(q), "without the complete CRL")
	base.signer = signer
	q.CRLs[0] = base.parse(t)
	wantState(t, Revocation(q), RevocationGood)
}
