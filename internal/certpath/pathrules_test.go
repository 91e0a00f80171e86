package certpath

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// raw adds extensions that crypto/x509 does not write by itself.
func raw(x x509.Certificate, extensions ...pkix.Extension) x509.Certificate {
	x.ExtraExtensions = append(x.ExtraExtensions, extensions...)
	return x
}

func extension(critical bool, value []byte, id ...int) pkix.Extension {
	return pkix.Extension{Id: asn1.ObjectIdentifier(append([]int{2, 5, 29}, id...)), Critical: critical, Value: value}
}

func policies(list ...string) pkix.Extension {
	var all [][]byte
	for _, p := range list {
		all = append(all, seq(oidBytes(der.MustOID(p))))
	}
	return extension(false, seq(all...), 32)
}

func mappings(from, to string) pkix.Extension {
	return extension(true, seq(seq(oidBytes(der.MustOID(from)), oidBytes(der.MustOID(to)))), 33)
}

// policyConstraints leaves a part out that is negative.
func policyConstraints(explicit, mapping int) pkix.Extension {
	var parts [][]byte
	for i, n := range []int{explicit, mapping} {
		if n >= 0 {
			parts = append(parts, ctx(uint8(i), []byte{byte(n)}))
		}
	}
	return extension(true, seq(parts...), 36)
}

// stack issues the templates below each other and searches from the last one up.
func stack(t *testing.T, templates ...x509.Certificate) Search {
	t.Helper()
	root := certify(t, authorityTemplate("root"), nil)
	parent := root
	var pool []*testCert
	for _, x := range templates {
		parent = certify(t, x, parent)
		pool = append(pool, parent)
	}
	return search(parent, root, pool[:len(pool)-1]...)
}

func wantSound(t *testing.T, s Search) {
	t.Helper()
	if !sound(s) {
		t.Fatalf("%+v", s.Path)
	}
}

func withLength(name string, n int) x509.Certificate {
	x := authorityTemplate(name)
	x.MaxPathLen, x.MaxPathLenZero = n, n == 0
	return x
}

// A CA may take from the path length that those above it set, and not add.
func TestPathLengthIsNotRaised(t *testing.T) {
	a, leaf := authorityTemplate, endTemplate("leaf")
	wantSound(t, stack(t, withLength("A", 1), withLength("B", 3), leaf))
	wantFinding(t, stack(t, withLength("A", 1), withLength("B", 3), a("C"), leaf), RulePathLength)
	wantSound(t, stack(t, withLength("A", 2), withLength("B", 3), a("C"), leaf))
	wantFinding(t, stack(t, withLength("A", 3), withLength("B", 0), a("C"), leaf), RulePathLength)
}

// A self-issued CA takes nothing from the length, as it only brings a new key; its own
// bound counts.
func TestSelfIssuedPathLength(t *testing.T) {
	leaf := endTemplate("leaf")
	wantSound(t, stack(t, withLength("A", 0), authorityTemplate("A"), leaf))
	wantFinding(t, stack(t, withLength("A", 0), authorityTemplate("A"), authorityTemplate("B"), leaf), RulePathLength)
	wantFinding(t, stack(t, withLength("A", 3), withLength("A", 0), authorityTemplate("B"), leaf), RulePathLength)
}

func TestUnreadableNameConstraints(t *testing.T) {
	for _, value := range [][]byte{{5, 0}, seq(ctxCons(0)), seq(ctxCons(0, seq(ctx(2, []byte("x")), []byte{0x80, 1, 1})))} {
		bad := raw(authorityTemplate("A"), extension(true, value, 30))
		root := certify(t, authorityTemplate("root"), nil)
		a := unread(t, bad, root, certify(t, endTemplate("x"), nil))
		leaf := unread(t, endTemplate("leaf"), a, certify(t, endTemplate("x"), nil))
		wantFinding(t, search(leaf, root, a), RuleNameConstraints)
	}
}

// unread is certifyKey for what the standard library writes and refuses to read.
func unread(t *testing.T, x x509.Certificate, parent, key *testCert) *testCert {
	t.Helper()
	x.SerialNumber, x.NotBefore, x.NotAfter = key.std.SerialNumber, key.std.NotBefore, key.std.NotAfter
	signer := *parent.std
	b, err := x509.CreateCertificate(nil, &x, &signer, &key.key.PublicKey, parent.key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ParseCertificate(b)
	if err != nil {
		t.Fatal(err)
	}
	x.RawSubject = c.RawSubject
	x.PublicKey, x.PublicKeyAlgorithm = &key.key.PublicKey, x509.ECDSA
	return &testCert{std: &x, own: c, key: key.key}
}

// An excluded subtree of a kind without a rule refuses each name of the kind.
func TestExcludedWithoutARule(t *testing.T) {
	registered := func(n byte) []byte { return ctx(8, []byte{0x2a, n}) }
	a := raw(authorityTemplate("A"), extension(true, seq(ctxCons(1, seq(registered(3)))), 30))
	leaf := func(san []byte) x509.Certificate { return raw(endTemplate("leaf"), extension(false, seq(san), 17)) }
	root := certify(t, authorityTemplate("root"), nil)
	ca := unread(t, a, root, certify(t, endTemplate("x"), nil))
	for _, n := range []byte{3, 4} {
		end := unread(t, leaf(registered(n)), ca, certify(t, endTemplate("x"), nil))
		wantFinding(t, search(end, root, ca), RuleNameConstraints)
	}
	end := unread(t, leaf(uri("http://a.example/")), ca, certify(t, endTemplate("x"), nil))
	wantSound(t, search(end, root, ca))
}

const p1, p2, anyPolicy = "1.2.3.1", "1.2.3.2", "2.5.29.32.0"

func TestExplicitPolicy(t *testing.T) {
	a := func(x ...pkix.Extension) x509.Certificate { return raw(authorityTemplate("A"), x...) }
	b := func(x ...pkix.Extension) x509.Certificate { return raw(authorityTemplate("B"), x...) }
	leaf := func(x ...pkix.Extension) x509.Certificate { return raw(endTemplate("leaf"), x...) }
	explicit := policyConstraints(0, -1)
	for name, c := range map[string]struct {
		path []x509.Certificate
		ok   bool
	}{
		"nobody asks":                  {[]x509.Certificate{a(), leaf()}, true},
		"nobody asks, other policies":  {[]x509.Certificate{a(policies(p1)), leaf(policies(p2))}, true},
		"one policy":                   {[]x509.Certificate{a(explicit, policies(p1)), leaf(policies(p1))}, true},
		"another policy":               {[]x509.Certificate{a(explicit, policies(p1)), leaf(policies(p2))}, false},
		"none in the leaf":             {[]x509.Certificate{a(explicit, policies(p1)), leaf()}, false},
		"any policy above":             {[]x509.Certificate{a(explicit, policies(anyPolicy)), leaf(policies(p2))}, true},
		"any policy, inhibited":        {[]x509.Certificate{a(explicit, policies(p1), extension(true, integer(0), 54)), leaf(policies(anyPolicy))}, false},
		"any policy, not inhibited":    {[]x509.Certificate{a(explicit, policies(p1), extension(true, integer(1), 54)), leaf(policies(anyPolicy))}, true},
		"asked from the next but one":  {[]x509.Certificate{a(policyConstraints(1, -1)), leaf()}, false},
		"asked beyond the end":         {[]x509.Certificate{a(policyConstraints(2, -1)), leaf()}, true},
		"asked by the leaf":            {[]x509.Certificate{a(), leaf(explicit)}, false},
		"asked by the leaf, has one":   {[]x509.Certificate{a(policies(p1)), leaf(explicit, policies(p1))}, true},
		"asked by the leaf for later":  {[]x509.Certificate{a(), leaf(policyConstraints(1, -1))}, true},
		"mapped":                       {[]x509.Certificate{a(explicit, policies(p1)), b(policies(p1), mappings(p1, p2)), leaf(policies(p2))}, true},
		"mapped, the old one":          {[]x509.Certificate{a(explicit, policies(p1)), b(policies(p1), mappings(p1, p2)), leaf(policies(p1))}, false},
		"mapping inhibited":            {[]x509.Certificate{a(policyConstraints(0, 0), policies(p1)), b(policies(p1), mappings(p1, p2)), leaf(policies(p2))}, false},
		"mapping inhibited, old one":   {[]x509.Certificate{a(policyConstraints(0, 0), policies(p1)), b(policies(p1), mappings(p1, p2)), leaf(policies(p1))}, false},
		"mapping inhibited further on": {[]x509.Certificate{a(policyConstraints(0, 1), policies(p1)), b(policies(p1), mappings(p1, p2)), leaf(policies(p2))}, true},
		"mapping of another policy":    {[]x509.Certificate{a(policyConstraints(0, 0), policies(p1)), b(policies(p1), mappings(p2, p1)), leaf(policies(p1))}, true},
		"mapping of any policy":        {[]x509.Certificate{a(policies(p1)), b(policies(p1), mappings(anyPolicy, p1)), leaf(policies(p1))}, false},
		"self-issued takes no count":   {[]x509.Certificate{a(policyConstraints(2, -1)), a(), leaf()}, true},
		"another CA takes a count":     {[]x509.Certificate{a(policyConstraints(2, -1)), b(), leaf()}, false},
		"constraints cannot be read":   {[]x509.Certificate{a(extension(true, seq(), 36)), leaf()}, false},
		"constraints of the leaf":      {[]x509.Certificate{a(), leaf(extension(true, seq(), 36))}, false},
		"inhibitAny cannot be read":    {[]x509.Certificate{a(extension(true, seq(), 54)), leaf()}, false},
		"policies that cannot be read": {[]x509.Certificate{a(), leaf(extension(false, seq(), 32))}, false},
		"mappings that cannot be read": {[]x509.Certificate{a(extension(false, []byte{5, 0}, 33)), leaf()}, false},
		"any policy, mapped":           {[]x509.Certificate{a(explicit, policies(anyPolicy), mappings(p1, p2)), leaf(policies(p2))}, true},
	} {
		t.Run(name, func(t *testing.T) {
			root := certify(t, authorityTemplate("root"), nil)
			parent := root
			var pool []*testCert
			for _, x := range c.path {
				parent = unread(t, x, parent, certify(t, endTemplate("x"), nil))
				pool = append(pool, parent)
			}
			s := search(parent, root, pool...)
			if c.ok {
				wantSound(t, s)
			} else {
				wantFinding(t, s, RulePolicies)
			}
		})
	}
}

// Of several ways that all break rules the one that breaks fewest is shown.
func TestFewestFindings(t *testing.T) {
	root := certify(t, authorityTemplate("root"), nil)
	one := authorityTemplate("ca")
	one.NotBefore, one.NotAfter = pathTime.AddDate(-3, 0, 0), pathTime.AddDate(-2, 0, 0)
	two := one
	two.KeyUsage = x509.KeyUsageCRLSign
	a := certify(t, one, root)
	b := certifyKey(t, two, root, a.key)
	leaf := certify(t, endTemplate("leaf"), a)
	for _, pool := range [][]*testCert{{a, b}, {b, a}} {
		if s := search(leaf, root, pool...); s.Path == nil || len(s.Path.Findings) != 1 || s.Path.Certificates[1] != a.own {
			t.Errorf("%+v", s.Path)
		}
	}
	if s := search(leaf, root, b); len(s.Path.Findings) != 2 {
		t.Errorf("%+v", s.Path)
	}
}

func TestSignatureAlgorithmsDiffer(t *testing.T) {
	c := certify(t, authorityTemplate("root"), nil).own
	// The outer identifier is the last one; the signature covers the inner one only.
	oid := oidBytes(der.MustOID("1.2.840.10045.4.3.2"))
	at := bytes.LastIndex(c.Raw, oid)
	changed := bytes.Clone(c.Raw)
	changed[at+len(oid)-1] = 3
	if bytes.Index(c.Raw, oid) == at {
		t.Fatal("one identifier only")
	}
	if _, err := ParseCertificate(changed); !errors.Is(err, ErrMalformed) {
		t.Errorf("got %v", err)
	}
}

// An extension that decides and cannot be read is a finding, on the way as at its
// end; the authority key identifier too, although it only helps to search.
func TestUnreadableExtensions(t *testing.T) {
	for name, x := range map[string]pkix.Extension{
		"authority key": extension(false, []byte{5, 0}, 35), "subject key": extension(false, []byte{5, 0}, 14),
		"key usage": extension(true, []byte{5, 0}, 15), "extended key usage": extension(true, []byte{5, 0}, 37),
	} {
		root := certify(t, authorityTemplate("root"), nil)
		end := endTemplate("leaf")
		end.KeyUsage = 0
		leaf := unread(t, raw(end, x), root, certify(t, endTemplate("x"), nil))
		t.Run(name, func(t *testing.T) { wantFinding(t, search(leaf, root), RuleUnreadable) })
	}
	root := certify(t, authorityTemplate("root"), nil)
	ca := unread(t, raw(authorityTemplate("CA"), extension(false, []byte{5, 0}, 35)), root, certify(t, endTemplate("x"), nil))
	wantFinding(t, search(certify(t, endTemplate("leaf"), ca), root, ca), RuleUnreadable)
}
