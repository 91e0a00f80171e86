package certpath

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	mathrand "math/rand/v2"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/testvec"
)

var pathTime = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)

// testCert is a certificate with its key, made by the standard library.
type testCert struct {
	std *x509.Certificate
	own *Certificate
	key *ecdsa.PrivateKey
}

func certify(t testing.TB, template x509.Certificate, parent *testCert) *testCert {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return certifyKey(t, template, parent, key)
}

func certifyKey(t testing.TB, template x509.Certificate, parent *testCert, key *ecdsa.PrivateKey) *testCert {
	t.Helper()
	m := &testCert{key: key}
	if template.SerialNumber == nil {
		template.SerialNumber = big.NewInt(mathrand.Int64())
	}
	if template.NotBefore.IsZero() {
		template.NotBefore, template.NotAfter = pathTime.AddDate(-1, 0, 0), pathTime.AddDate(1, 0, 0)
	}
	signer, signerKey := &template, m.key
	if parent != nil {
		signer, signerKey = parent.std, parent.key
	}
	raw, err := x509.CreateCertificate(rand.Reader, &template, signer, &m.key.PublicKey, signerKey)
	if err != nil {
		t.Fatal(err)
	}
	if m.std, err = x509.ParseCertificate(raw); err != nil {
		t.Fatal(err)
	}
	if m.own, err = ParseCertificate(raw); err != nil {
		t.Fatal(err)
	}
	return m
}

func authorityTemplate(name string) x509.Certificate {
	return x509.Certificate{Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign, MaxPathLen: -1}
}

func endTemplate(name string) x509.Certificate {
	return x509.Certificate{Subject: pkix.Name{CommonName: name}, KeyUsage: x509.KeyUsageDigitalSignature}
}

func search(leaf *testCert, anchor *testCert, pool ...*testCert) Search {
	q := PathQuery{Leaf: leaf.own, Anchors: []Anchor{{Certificate: anchor.own}}, At: pathTime}
	for _, m := range pool {
		q.Pool = append(q.Pool, m.own)
	}
	return Build(q)
}

func sound(s Search) bool { return s.Path != nil && len(s.Path.Findings) == 0 }

// crypto/x509 is the independent judge of names, path lengths and usages: for every
// combination both say the same.
func TestPathAgainstStandardLibrary(t *testing.T) {
	network := func(s string) *net.IPNet { _, n, _ := net.ParseCIDR(s); return n }
	constraints := map[string]func(*x509.Certificate){
		"none":               func(*x509.Certificate) {},
		"permit dns":         func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"example.com"} },
		"permit other dns":   func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"example.org"} },
		"permit two dns":     func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"example.org", "host.example.com"} },
		"exclude dns":        func(c *x509.Certificate) { c.ExcludedDNSDomains = []string{"host.example.com"} },
		"exclude other dns":  func(c *x509.Certificate) { c.ExcludedDNSDomains = []string{"ost.example.com"} },
		"permit mail domain": func(c *x509.Certificate) { c.PermittedEmailAddresses = []string{"example.com"} },
		"permit mail host":   func(c *x509.Certificate) { c.PermittedEmailAddresses = []string{"mail.example.com"} },
		"permit mail below":  func(c *x509.Certificate) { c.PermittedEmailAddresses = []string{".example.com"} },
		"permit one mailbox": func(c *x509.Certificate) { c.PermittedEmailAddresses = []string{"clerk@mail.example.com"} },
		"exclude mailbox":    func(c *x509.Certificate) { c.ExcludedEmailAddresses = []string{"clerk@mail.example.com"} },
		"permit ip":          func(c *x509.Certificate) { c.PermittedIPRanges = []*net.IPNet{network("192.0.2.0/24")} },
		"permit other ip":    func(c *x509.Certificate) { c.PermittedIPRanges = []*net.IPNet{network("198.51.100.0/24")} },
		"exclude ip":         func(c *x509.Certificate) { c.ExcludedIPRanges = []*net.IPNet{network("192.0.2.128/25")} },
		"exclude other ip":   func(c *x509.Certificate) { c.ExcludedIPRanges = []*net.IPNet{network("192.0.2.0/28")} },
		"permit uri host":    func(c *x509.Certificate) { c.PermittedURIDomains = []string{"www.example.com"} },
		"permit uri below":   func(c *x509.Certificate) { c.PermittedURIDomains = []string{".example.com"} },
		"exclude uri":        func(c *x509.Certificate) { c.ExcludedURIDomains = []string{"www.example.com"} },
		"path length 0":      func(c *x509.Certificate) { c.MaxPathLen, c.MaxPathLenZero = 0, true },
		"path length 1":      func(c *x509.Certificate) { c.MaxPathLen = 1 },
		"no CA":              func(c *x509.Certificate) { c.IsCA = false },
		"expired": func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = pathTime.AddDate(-3, 0, 0), pathTime.AddDate(-2, 0, 0)
		},
	}
	names := map[string]func(*x509.Certificate){
		"none": func(*x509.Certificate) {},
		"dns":  func(c *x509.Certificate) { c.DNSNames = []string{"host.example.com"} },
		"mail": func(c *x509.Certificate) { c.EmailAddresses = []string{"clerk@mail.example.com"} },
		"ip":   func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(192, 0, 2, 200)} },
		"uri":  func(c *x509.Certificate) { u, _ := url.Parse("https://www.example.com/tsa"); c.URIs = []*url.URL{u} },
	}
	root := certify(t, authorityTemplate("root"), nil)
	roots := x509.NewCertPool()
	roots.AddCert(root.std)
	compared := 0
	for rule, constrain := range constraints {
		upper := authorityTemplate("upper")
		constrain(&upper)
		a := certify(t, upper, root)
		b := certify(t, authorityTemplate("lower"), a)
		pool := x509.NewCertPool()
		pool.AddCert(a.std)
		pool.AddCert(b.std)
		for kind, name := range names {
			leaf := endTemplate("leaf")
			name(&leaf)
			for _, parent := range []*testCert{a, b} {
				m := certify(t, leaf, parent)
				_, err := m.std.Verify(x509.VerifyOptions{Roots: roots, Intermediates: pool, CurrentTime: pathTime, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
				s := search(m, root, a, b)
				compared++
				if rule == "permit mail domain" && kind == "mail" {
					// RFC 5280, 4.2.1.10: a host stands for that host alone; the standard
					// library also lets its subdomains in.
					if err != nil || sound(s) {
						t.Errorf("the known difference is gone: %v", err)
					}
					continue
				}
				if (err == nil) != sound(s) {
					t.Errorf("CA %s, leaf %s below %s: standard library %v, own %+v", rule, kind, parent.std.Subject, err, s.Path)
				}
			}
		}
	}
	if compared != len(constraints)*len(names)*2 {
		t.Errorf("%d compared", compared)
	}
}

// The number of certificates below the anchor, at the limit and one above.
func TestPathLimit(t *testing.T) {
	root := certify(t, authorityTemplate("root"), nil)
	parent := root
	var pool []*testCert
	for i := range MaxPath {
		leaf := certify(t, endTemplate("leaf"), parent)
		if s := search(leaf, root, pool...); !sound(s) || len(s.Path.Certificates) != i+1 {
			t.Fatalf("%d certificates below the anchor: %+v", i+1, s.Path)
		}
		parent = certify(t, authorityTemplate(fmt.Sprint("ca", i)), parent)
		pool = append(pool, parent)
	}
	if s := search(certify(t, endTemplate("leaf"), parent), root, pool...); s.Path != nil {
		t.Errorf("%d certificates below the anchor: found", len(s.Path.Certificates))
	}
}

// CAs that all certify each other do not hold the search up, and say so.
func TestCrossSignedMaze(t *testing.T) {
	const n = 8
	root, stranger := certify(t, authorityTemplate("root"), nil), certify(t, authorityTemplate("root"), nil)
	var cas []*testCert
	for i := range n {
		cas = append(cas, certify(t, authorityTemplate(fmt.Sprint("ca", i)), nil))
	}
	var pool []*testCert
	for _, a := range cas {
		for _, b := range cas {
			if a != b { // b certified by a, under b's own key
				pool = append(pool, certifyKey(t, authorityTemplate(b.std.Subject.CommonName), a, b.key))
			}
		}
	}
	leaf := certify(t, endTemplate("leaf"), cas[0])
	start := time.Now()
	s := search(leaf, stranger, pool...)
	if s.Path != nil || !s.Limited {
		t.Errorf("no way out of the maze: path %v, limited %v", s.Path, s.Limited)
	}
	if d := time.Since(start); d > testvec.Slack(time.Second) {
		t.Errorf("took %v", d)
	}
	out := append([]*testCert{certify(t, authorityTemplate("ca3"), root)}, pool...)
	out[0] = certifyKey(t, authorityTemplate("ca3"), root, cas[3].key)
	if s := search(leaf, root, out...); !sound(s) {
		t.Errorf("the way out was not found: %+v", s)
	}
}

// A path without findings is preferred to one with findings, whatever the order.
func TestBestPath(t *testing.T) {
	root := certify(t, authorityTemplate("root"), nil)
	good := certify(t, authorityTemplate("ca"), root)
	old := authorityTemplate("ca")
	old.NotBefore, old.NotAfter = pathTime.AddDate(-3, 0, 0), pathTime.AddDate(-2, 0, 0)
	expired := certifyKey(t, old, root, good.key)
	leaf := certify(t, endTemplate("leaf"), good)
	for _, pool := range [][]*testCert{{good, expired}, {expired, good}} {
		if s := search(leaf, root, pool...); !sound(s) {
			t.Errorf("findings: %v", s.Path.Findings)
		}
	}
	s := search(leaf, root, expired)
	if s.Path == nil || len(s.Path.Findings) != 1 || s.Path.Findings[0].Rule != RuleValidity {
		t.Errorf("%+v", s.Path)
	}
}

// The cache changes no answer, also not when it is full of other things or the same
// path is judged at another time.
func TestCacheChangesNothing(t *testing.T) {
	root := certify(t, authorityTemplate("root"), nil)
	ca := certify(t, authorityTemplate("ca"), root)
	leaf := certify(t, endTemplate("leaf"), ca)
	forged := certify(t, endTemplate("leaf"), certify(t, authorityTemplate("ca"), nil))
	cache := NewCache()
	for range 3 {
		for _, at := range []time.Time{pathTime, pathTime.AddDate(5, 0, 0)} {
			for _, l := range []*testCert{leaf, forged} {
				q := PathQuery{Leaf: l.own, Anchors: []Anchor{{Certificate: root.own}}, Pool: []*Certificate{ca.own}, At: at}
				plain := Build(q)
				q.Cache = cache
				cached := Build(q)
				if sound(plain) != sound(cached) || (plain.Path == nil) != (cached.Path == nil) {
					t.Errorf("at %v: plain %+v, cached %+v", at, plain.Path, cached.Path)
				}
			}
		}
	}
	for i := range cacheEntries + 10 {
		if _, err := cache.Parse(append([]byte(nil), makeVariant(leaf.own.Raw, i)...)); err != nil {
			t.Fatal(err)
		}
	}
	if len(cache.certs) > cacheEntries {
		t.Errorf("%d certificates kept", len(cache.certs))
	}
}

// makeVariant changes the end of the signature, so that the certificate parses and
// is another one.
func makeVariant(raw []byte, i int) []byte {
	b := append([]byte(nil), raw...)
	b[len(b)-1], b[len(b)-2] = byte(i), byte(i>>8)
	return b
}

func TestNames(t *testing.T) {
	name := func(tag byte, values ...string) []byte {
		var rdns []byte
		for _, v := range values {
			attr := append([]byte{6, 3, 0x55, 4, 3, tag, byte(len(v))}, v...)
			seq := append([]byte{0x30, byte(len(attr))}, attr...)
			rdns = append(append(rdns, 0x31, byte(len(seq))), seq...)
		}
		return append([]byte{0x30, byte(len(rdns))}, rdns...)
	}
	for _, c := range []struct {
		a, b []byte
		want bool
	}{
		{name(0x13, "Test CA"), name(0x13, "Test CA"), true},
		{name(0x13, "Test CA"), name(0x0c, "test  ca "), true},
		{name(0x14, "M\xfcller"), name(0x0c, "müller"), true},
		{name(0x1e, "\x00T\x00e\x00s\x00t"), name(0x0c, "Test"), true},
		{name(0x13, "Test CA"), name(0x13, "Test CB"), false},
		{name(0x13, "Test"), name(0x13, "Test", "Test"), false},
		{name(0x13, "Test"), []byte{0x30, 0}, false},
		{[]byte{0x30, 0}, []byte{0x30, 0}, false},
		{name(0x04, "Test"), name(0x13, "Test"), false},
	} {
		if got := SameName(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %v", NameString(c.a), NameString(c.b), got)
		}
	}
	if s := NameString(name(0x0c, "a\x1b[2J\u202eb,c")); strings.ContainsAny(s, "\x1b\u202e") || s != "CN=a�[2J�b\\,c" {
		t.Errorf("%q", s)
	}
}

// A certificate or nothing; what is read lies in the input, and the standard library
// reads the same fields where it reads at all.
func FuzzCertificate(f *testing.F) {
	root := certify(f, authorityTemplate("root"), nil)
	f.Add(root.own.Raw)
	leaf := endTemplate("leaf")
	leaf.DNSNames, leaf.PermittedDNSDomains = []string{"a.example"}, []string{"example"}
	leaf.PolicyIdentifiers = nil
	f.Add(certify(f, leaf, root).own.Raw)
	f.Fuzz(func(t *testing.T, in []byte) {
		c, err := ParseCertificate(in)
		if err != nil {
			if c != nil {
				t.Fatal("value and error")
			}
			return
		}
		_, keyErr := c.Key()
		_ = c.Subject() + c.Issuer() + c.ShortName()
		c.SubjectAltNames()
		Build(PathQuery{Leaf: c, Anchors: []Anchor{{Certificate: root.own}}, Pool: []*Certificate{c}, At: pathTime})
		std, err := x509.ParseCertificate(in)
		if err != nil {
			return
		}
		if !c.NotBefore.Equal(std.NotBefore) || !c.NotAfter.Equal(std.NotAfter) || string(c.RawTBS) != string(std.RawTBSCertificate) ||
			string(c.RawSubject) != string(std.RawSubject) || len(c.Extensions) != len(std.Extensions) || c.IsCA() != std.IsCA {
			t.Fatal("the standard library reads something else")
		}
		if keyErr == nil && std.PublicKeyAlgorithm == x509.UnknownPublicKeyAlgorithm {
			if k, _ := c.Key(); k.Kind != "ec" && k.Kind != "ed448" && k.Kind != "rsa" {
				t.Fatal("a key that nobody else knows")
			}
		}
	})
}

// An anchored end certificate vouches for itself and for nobody below it.
func TestAnchoredEndCertificateIssuesNothing(t *testing.T) {
	end := certify(t, endTemplate("authority"), nil)
	if s := search(end, end); !sound(s) || !s.Path.AnchoredLeaf {
		t.Errorf("the anchor itself: %+v", s.Path)
	}
	if s := search(certify(t, endTemplate("leaf"), end), end); s.Path != nil {
		t.Errorf("below it: %+v", s.Path)
	}
	v1 := authorityTemplate("old root")
	v1.IsCA, v1.BasicConstraintsValid, v1.KeyUsage = false, false, 0
	old := certify(t, v1, nil)
	if s := search(certify(t, endTemplate("leaf"), old), old); !sound(s) {
		t.Errorf("below a root without extensions: %+v", s.Path)
	}
}

// A search ends at the same place with a warm cache as without one: what was
// remembered costs as much as what is done anew.
func TestWarmCacheEndsAtTheSamePlace(t *testing.T) {
	root := certify(t, authorityTemplate("root"), nil)
	upper := authorityTemplate("upper")
	for i := range 100 {
		upper.PermittedDNSDomains = append(upper.PermittedDNSDomains, fmt.Sprintf("d%d.example", i))
	}
	u := certify(t, upper, root)
	leaf := endTemplate("leaf")
	for i := range 100 {
		leaf.DNSNames = append(leaf.DNSNames, fmt.Sprintf("h.d%d.example", i))
	}
	key := certify(t, authorityTemplate("lower"), u).key
	var pool []*Certificate
	for range 20 { // the same CA, expired, again and again; each path costs its names
		old := authorityTemplate("lower")
		old.NotBefore, old.NotAfter = pathTime.AddDate(-3, 0, 0), pathTime.AddDate(-2, 0, 0)
		pool = append(pool, certifyKey(t, old, u, key).own)
	}
	good := certifyKey(t, authorityTemplate("lower"), u, key)
	pool = append(pool, good.own, u.own)
	l := certify(t, leaf, good)
	q := PathQuery{Leaf: l.own, Anchors: []Anchor{{Certificate: root.own}}, Pool: pool, At: pathTime}
	cold := Build(q)
	q.Cache = NewCache()
	for run := range 3 {
		warm := Build(q)
		if sound(warm) != sound(cold) || warm.Limited != cold.Limited {
			t.Errorf("run %d with a cache: sound %v, limited %v; without: %v, %v", run, sound(warm), warm.Limited, sound(cold), cold.Limited)
		}
	}
	if sound(cold) || !cold.Limited {
		t.Errorf("the search does not reach its limit: sound %v", sound(cold))
	}
}

// What Accept refuses is passed over, and its word ends the search.
func TestAccept(t *testing.T) {
	root := certify(t, authorityTemplate("root"), nil)
	first := certify(t, authorityTemplate("ca"), root)
	second := certifyKey(t, authorityTemplate("ca"), root, first.key)
	leaf := certify(t, endTemplate("leaf"), first)
	for _, want := range []*testCert{first, second, nil} {
		asked := 0
		s := Build(PathQuery{
			Leaf: leaf.own, Anchors: []Anchor{{Certificate: root.own}}, Pool: []*Certificate{first.own, second.own}, At: pathTime,
			Accept: func(p *Path) bool { asked++; return want != nil && p.Certificates[1] == want.own },
		})
		switch {
		case want == nil && (s.Path == nil || s.Path.Certificates[1] != first.own || asked != 2):
			t.Errorf("nothing accepted: asked %d times, %+v", asked, s.Path)
		case want != nil && s.Path.Certificates[1] != want.own:
			t.Errorf("another path than the accepted one")
		}
	}
	var pool []*Certificate
	for range MaxTries + 3 {
		pool = append(pool, certifyKey(t, authorityTemplate("ca"), root, first.key).own)
	}
	asked := 0
	s := Build(PathQuery{
		Leaf: leaf.own, Anchors: []Anchor{{Certificate: root.own}}, Pool: pool, At: pathTime,
		Accept: func(*Path) bool { asked++; return false },
	})
	if asked != MaxTries || !s.Limited {
		t.Errorf("asked %d times, limited %v", asked, s.Limited)
	}
}

// Only version 3 has extensions; whoever reads by the version would see none.
func TestVersions(t *testing.T) {
	raw := certify(t, authorityTemplate("root"), nil).own.Raw
	at := bytes.Index(raw, []byte{0xa0, 3, 2, 1, 2}) + 4
	for version := range 6 {
		b := bytes.Clone(raw)
		b[at] = byte(version)
		if c, err := ParseCertificate(b); (err == nil) != (version == 2) || (c == nil) != (err != nil) {
			t.Errorf("version number %d: %v", version, err)
		}
	}
}
