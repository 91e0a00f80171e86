package certpath

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

var (
	testOrganization = der.MustOID("2.5.4.10")
	testCommonName   = der.MustOID("2.5.4.3")
)

func member(oid der.OID, tag asn1.Tag, value string) []byte {
	return seq(oidBytes(oid), tlv(tag, []byte(value)))
}

func set(members ...[]byte) []byte { return tlv(asn1.SET, members...) }

func universal(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.Write([]byte{byte(r >> 24), byte(r >> 16), byte(r >> 8), byte(r)})
	}
	return b.String()
}

// subtrees is a nameConstraints extension.
func subtrees(excluded bool, trees ...[]byte) []byte {
	tag := uint8(0)
	if excluded {
		tag = 1
	}
	return ext(oidNameConstraints, true, seq(ctxCons(tag, trees...)))
}

// judgeNames holds the names of c against one constraint.
func judgeNames(t testing.TB, constraint []byte, c *Certificate) string {
	t.Helper()
	var n nameState
	n.restrict(plainCert(t, nameOf("CA"), nameOf("root"), seq(), constraint))
	left := 0
	return n.check(c, &left)
}

// What is inside, outside, and what is not clear: that is refused under a permitted
// subtree as under an excluded one.
func TestNameRelations(t *testing.T) {
	dns := func(s string) []byte { return ctx(2, []byte(s)) }
	mail := func(s string) []byte { return ctx(1, []byte(s)) }
	ip := func(b ...byte) []byte { return ctx(7, b) }
	dir := func(rdns ...[]byte) []byte { return ctxCons(4, seq(rdns...)) }
	mapped := append(make([]byte, 10), 0xff, 0xff, 192, 0, 2, 1)
	const utf8, universalTag = asn1.UTF8String, asn1.Tag(28)
	o := func(tag asn1.Tag, v string) []byte { return member(testOrganization, tag, v) }
	cn := func(tag asn1.Tag, v string) []byte { return member(testCommonName, tag, v) }
	for _, c := range []struct {
		base, name []byte
		want       relation
	}{
		{dns("evil.example"), dns("evil.example"), inside},
		{dns("evil.example"), dns("a.EVIL.example"), inside},
		{dns("evil.example"), dns("a.evil.example."), inside},
		{dns("evil.example."), dns("a.evil.example"), inside},
		{dns("evil.example"), dns("a.evil.example.."), unclear},
		{dns("evil.example"), dns("notevil.example"), outside},
		{dns("evil.example"), dns("example"), outside},
		{dns(".evil.example"), dns("evil.example"), outside},
		{dns(".evil.example"), dns("a.evil.example."), inside},
		{dns(""), dns("a.example"), inside},
		{dns("."), dns("a.example"), unclear},
		{dns("evil.example"), dns(".evil.example"), unclear},
		{dns("evil.example"), dns(""), unclear},
		{dns("evil.example"), dns("a..example"), unclear},
		{dns("evil.example"), dns("\u212a.example"), unclear},
		{dns("evil.example"), dns("evil.example\x00.good.example"), unclear},
		{dns("evil.example"), dns(strings.Repeat("a.", 127) + "b"), unclear},
		{dns("evil.example"), dns("x" + strings.Repeat(".a", 126)), outside},
		{dns("*.evil.example"), dns("a.evil.example"), unclear},
		{dns("a.evil.example"), dns("*.evil.example"), unclear},
		{dns("b.a.evil.example"), dns("*.evil.example"), unclear},
		{dns("evil.example"), dns("*.evil.example"), inside},
		{dns("evil.example"), dns("*.a.evil.example"), inside},
		{dns(".evil.example"), dns("*.evil.example"), inside},
		{dns("evil.example"), dns("*.good.example"), outside},
		{dns("evil.example"), dns("*.example"), unclear},
		{dns("evil.example"), dns("a.*.example"), unclear},
		{dns("evil.example"), dns("f*.good.example"), outside},
		{dns("evil.example"), dns("*"), unclear},
		{dns("evil.example"), ctxCons(2, tlv(asn1.IA5String, []byte("good.example"))), unclear},

		{mail("evil.example"), mail("x@evil.example"), inside},
		{mail("evil.example"), mail("x@EVIL.example."), inside},
		{mail("evil.example"), mail("x@a.evil.example"), outside},
		{mail(".evil.example"), mail("x@a.evil.example"), inside},
		{mail("evil.example"), mail("evil.example"), unclear},
		{mail("evil.example"), mail("x@[192.0.2.1]"), unclear},
		{mail("evil.example"), mail("y@x@evil.example"), inside},
		{mail("x@evil.example"), mail("x@evil.example."), inside},
		{mail("x@evil.example."), mail("x@evil.example"), inside},
		{mail("x@evil.example"), mail("X@evil.example"), unclear},
		{mail("x@evil.example"), mail("y@evil.example"), outside},
		{mail("x@evil.example"), mail("\"x\"@evil.example"), unclear},
		{mail("x@evil.example"), mail("\"x\"@good.example"), outside},
		{mail("@evil.example"), mail("x@evil.example"), unclear},
		{mail("x@.evil.example"), mail("x@a.evil.example"), unclear},
		{mail("x@*.evil.example"), mail("x@evil.example"), unclear},
		{mail("x@"), mail("x@evil.example"), unclear},
		{mail(""), mail("x@evil.example"), inside},
		{mail("evil.example"), mail(strings.Repeat("x", maxMail) + "@good.example"), unclear},

		{uri("a.evil.example"), uri("http://a.evil.example/x"), inside},
		{uri("a.evil.example"), uri("http://a.evil.example./x"), inside},
		{uri("a.evil.example"), uri("HTTP://u:p@A.evil.example:80?x"), inside},
		{uri("a.evil.example"), uri("http://b.a.evil.example/"), outside},
		{uri(".evil.example"), uri("http://b.a.evil.example#x"), inside},
		{uri("a.evil.example"), uri("http://good.example/@a.evil.example"), outside},
		{uri("a.evil.example"), uri("urn:a.evil.example"), unclear},
		{uri("a.evil.example"), uri("urn:x?y://good.example"), unclear},
		{uri("a.evil.example"), uri("http:/a.evil.example/x"), unclear},
		{uri("a.evil.example"), uri("//a.evil.example/x"), unclear},
		{uri("a.evil.example"), uri("1http://good.example/x"), unclear},
		{uri("a.evil.example"), uri("h!://good.example/x"), unclear},
		{uri("a.evil.example"), uri("svn+ssh-1.0://good.example/x"), outside},
		{uri("a.evil.example"), uri("ldap:///x"), unclear},
		{uri("a.evil.example"), uri("http://192.0.2.1/x"), unclear},
		{uri("a.evil.example"), uri("http://192.0.2.0x1/x"), unclear},
		{uri("a.evil.example"), uri("http://3221225985/x"), unclear},
		{uri("a.evil.example"), uri("http://[2001:db8::1]/x"), unclear},
		{uri("a.evil.example"), uri("http://good.example:8x/"), unclear},
		{uri("a.evil.example"), uri("http://x@good@a.evil.example/"), unclear},
		{uri("a.evil.example"), uri("http://%61.evil.example/"), unclear},
		{uri("a.evil.example"), uri("http://a.evil.example\\@good.example/"), unclear},
		{uri("a.evil.example"), uri("http://a.evil.example\\.good.example/"), unclear},
		{uri("http://a.evil.example"), uri("http://a.evil.example/"), unclear},
		{uri("a.evil.example"), uri("http://good.example/" + strings.Repeat("x", maxURI)), unclear},

		{ip(192, 0, 2, 0, 255, 255, 255, 0), ip(192, 0, 2, 7), inside},
		{ip(192, 0, 2, 0, 255, 255, 255, 0), ip(192, 0, 3, 7), outside},
		{ip(192, 0, 2, 0, 255, 255, 255, 0), ip(append([]byte{0x20, 1}, make([]byte, 14)...)...), outside},
		{ip(192, 0, 2, 0, 255, 255, 255, 0), ip(mapped...), unclear},
		{ip(192, 0, 3, 0, 255, 255, 255, 0), ip(mapped...), outside},
		{ip(192, 0, 2, 0, 255, 255, 255, 0), ip(192, 0, 2), unclear},
		{ip(192, 0, 2, 0, 255, 255, 255), ip(192, 0, 2, 7), unclear},
		{ip(make([]byte, 32)...), ip(192, 0, 2, 7), outside},

		{dir(set(o(utf8, "Evil"))), dir(set(o(utf8, "Evil")), set(cn(utf8, "x"))), inside},
		{dir(set(o(utf8, "Evil"))), dir(set(o(utf8, " eVIL ")), set(cn(utf8, "x"))), inside},
		{dir(set(o(utf8, "Evil"))), dir(set(o(universalTag, universal("Evil")))), inside},
		{dir(set(o(utf8, "Evil"))), dir(set(o(universalTag, "\x00\x11\x00\x00"))), unclear},
		{dir(set(o(utf8, "Evil"))), dir(set(o(universalTag, "Evi"))), unclear},
		{dir(set(o(utf8, "Evil"))), dir(set(o(asn1.OCTET_STRING, "Evil"))), unclear},
		{dir(set(o(asn1.OCTET_STRING, "Evil"))), dir(set(o(utf8, "Evil"))), unclear},
		{dir(set(o(asn1.OCTET_STRING, "Evil"))), dir(set(o(asn1.OCTET_STRING, "Evil"))), inside},
		{dir(set(o(utf8, "Evil"))), dir(set(cn(asn1.OCTET_STRING, "Evil"))), outside},
		{dir(set(o(utf8, "Evil"))), dir(set(o(utf8, "Good"))), outside},
		{dir(set(o(utf8, "Evil"))), dir(), outside},
		{dir(set(o(utf8, "Evil"), cn(utf8, "Zed"))), dir(set(cn(utf8, "zed"), o(utf8, "EVIL"))), inside},
		{dir(set(o(utf8, "Evil"), cn(utf8, "Zed"))), dir(set(cn(utf8, "Zed")), set(o(utf8, "Evil"))), outside},
		{dir(set(o(utf8, "Evil"))), dir(set(o(utf8, "Evil"), cn(utf8, "Zed"))), outside},
		{dir(set(o(utf8, "Evil"), cn(asn1.OCTET_STRING, "Zed"))), dir(set(cn(utf8, "Zed"), o(utf8, "Evil"))), unclear},
		{dir(set(o(utf8, "ab"), o(utf8, "c"))), dir(set(o(utf8, "a"), o(utf8, "bc"))), outside},
		{dir(), dir(set(o(utf8, "Evil"))), inside},
		{dir([]byte{5, 0}), dir(set(o(utf8, "Good"))), unclear},
		{dir(set(o(utf8, "Evil"))), ctxCons(4, nameOf(strings.Repeat("x", maxNameBytes))), unclear},

		{ctx(8, []byte{0x2a, 3}), ctx(8, []byte{0x2a, 3}), inside},
		{ctx(8, []byte{0x2a, 3}), ctx(8, []byte{0x2a, 4}), unclear},
		{dns("evil.example"), mail("x@evil.example"), outside},
	} {
		// A subject of no kind that is constrained, so that only the name decides.
		leaf := plainCert(t, seq(), nameOf("CA"), seq(), ext(oidSubjectAltName, false, seq(c.name)))
		permitted := judgeNames(t, subtrees(false, seq(c.base)), leaf) == ""
		excluded := judgeNames(t, subtrees(true, seq(c.base)), leaf) != ""
		if c.base[0]&0x1f != c.name[0]&0x1f {
			if !permitted || excluded {
				t.Errorf("another kind: %q in %q: permitted %v, excluded %v", c.name, c.base, permitted, excluded)
			}
			continue
		}
		if permitted != (c.want == inside) || excluded != (c.want != outside) {
			t.Errorf("%.80q in %.80q: permitted %v, excluded %v, want relation %d", c.name, c.base, permitted, excluded, c.want)
		}
	}
}

// The one form of minimum that says nothing is read; all others are refused.
func TestSubtreeBounds(t *testing.T) {
	base := ctx(2, []byte("good.example"))
	leaf := plainCert(t, nameOf("leaf"), nameOf("CA"), seq(), ext(oidSubjectAltName, false, seq(ctx(2, []byte("a.good.example")))))
	for name, c := range map[string]struct {
		tree []byte
		ok   bool
	}{
		"none":              {seq(base), true},
		"minimum 0":         {seq(base, []byte{0x80, 1, 0}), true},
		"minimum 1":         {seq(base, []byte{0x80, 1, 1}), false},
		"minimum padded":    {seq(base, []byte{0x80, 2, 0, 0}), false},
		"maximum":           {seq(base, []byte{0x81, 1, 0}), false},
		"minimum, maximum":  {seq(base, []byte{0x80, 1, 0}, []byte{0x81, 1, 9}), false},
		"minimum twice":     {seq(base, []byte{0x80, 1, 0}, []byte{0x80, 1, 0}), false},
		"base of no kind":   {seq([]byte{5, 0}), false},
		"nothing in it":     {seq(), false},
		"not a SEQUENCE":    {base, false},
		"constructed again": {seq(base, []byte{0xa0, 1, 0}), false},
	} {
		why := judgeNames(t, subtrees(false, c.tree), leaf)
		if (why == "") != c.ok || !c.ok && !strings.Contains(why, "cannot be read") {
			t.Errorf("%s: %q", name, why)
		}
	}
	for name, value := range map[string][]byte{
		"empty list": seq(ctxCons(0)), "tail": append(seq(ctxCons(0, seq(base))), 0), "other tag": seq(ctxCons(2, seq(base))), "no SEQUENCE": {5, 0},
	} {
		if why := judgeNames(t, ext(oidNameConstraints, true, value), leaf); !strings.Contains(why, "cannot be read") {
			t.Errorf("%s: %q", name, why)
		}
	}
	var many [][]byte
	for range maxConstraints {
		many = append(many, seq(base))
	}
	if why := judgeNames(t, subtrees(false, many...), leaf); why != "" {
		t.Errorf("at the limit: %q", why)
	}
	if why := judgeNames(t, subtrees(false, append(many, seq(base))...), leaf); why == "" {
		t.Error("a subtree above the limit was accepted")
	}
}

// E-mail attributes of the subject stand in for the alternative name that is missing.
func TestMailInSubject(t *testing.T) {
	subject := func(tag asn1.Tag, v string) []byte { return seq(set(member(oidEmail, tag, v))) }
	constraint := subtrees(true, seq(ctx(1, []byte("evil.example"))))
	san := ext(oidSubjectAltName, false, seq(ctx(1, []byte("x@good.example"))))
	for name, c := range map[string]struct {
		subject    []byte
		extensions [][]byte
		ok         bool
	}{
		"good":            {subject(asn1.IA5String, "x@good.example"), nil, true},
		"evil":            {subject(asn1.IA5String, "x@evil.example"), nil, false},
		"beside a SAN":    {subject(asn1.IA5String, "x@evil.example"), [][]byte{san}, true},
		"beside another":  {subject(asn1.IA5String, "x@evil.example"), [][]byte{ext(oidSubjectAltName, false, seq(ctx(2, []byte("a.example"))))}, false},
		"of two octets":   {subject(30, "\x00x\x00@\x00g\x00o\x00o\x00d"), nil, true},
		"of two, evil":    {subject(30, "\x00x\x00@\x00e\x00v\x00i\x00l\x00.\x00e\x00x\x00a\x00m\x00p\x00l\x00e"), nil, false},
		"not text":        {subject(asn1.OCTET_STRING, "x@good.example"), nil, false},
		"an invalid byte": {subject(asn1.IA5String, "x@good.example\xff"), nil, false},
	} {
		if why := judgeNames(t, constraint, plainCert(t, c.subject, nameOf("CA"), seq(), c.extensions...)); (why == "") != c.ok {
			t.Errorf("%s: %q", name, why)
		}
	}
}

// Many long names under many long subtrees are made ready once each, and paid for.
func TestConstraintWork(t *testing.T) {
	var trees, names [][]byte
	for i := range maxConstraints {
		v := fmt.Sprintf("%s%d", strings.Repeat("aB ", 20<<10), i)
		trees = append(trees, seq(ctxCons(4, nameOf(v, "x"))))
		names = append(names, ctxCons(4, nameOf(v, "y")))
	}
	ca := plainCert(t, nameOf("CA"), nameOf("root"), seq(), subtrees(true, trees...))
	leaf := plainCert(t, nameOf("leaf"), nameOf("CA"), seq(), ext(oidSubjectAltName, false, seq(names...)))
	if n := len(ca.Raw) + len(leaf.Raw); n > 16<<20 {
		t.Fatalf("%d bytes are no token", n)
	}
	wantCheap(t, time.Second, 64<<20, func() {
		var n nameState
		n.restrict(ca)
		left := 0
		if why := n.check(leaf, &left); why != "" {
			t.Error(why)
		}
		if least := (len(ca.Raw)+len(leaf.Raw))>>15 + maxConstraints*maxConstraints/100; -left < least {
			t.Errorf("paid %d, want %d", -left, least)
		}
	})
}

// Sets are equal in any order, and readable text in any type.
func TestNamesAsSets(t *testing.T) {
	a, b := member(testOrganization, asn1.UTF8String, "A"), member(testCommonName, asn1.PrintableString, "b")
	wide := member(testOrganization, 28, universal("a"))
	odd := func(v string) []byte { return member(der.MustOID("1.2.3"), asn1.UTF8String, v) }
	const inner = "\x00\x00\x00\x02\x2a\x03\x00\x00\x00\x00\x1f" // looks like the begin of another attribute
	for _, c := range []struct {
		x, y []byte
		want bool
	}{
		{seq(set(a, b)), seq(set(b, a)), true},
		{seq(set(a, b)), seq(set(b, wide)), true},
		{seq(set(a, b)), seq(set(a), set(b)), false},
		{seq(set(a), set(b)), seq(set(b), set(a)), false},
		{seq(set(a, a, b)), seq(set(a, b, b)), false},
		{seq(set(odd("x"), odd("y"+inner+"z"))), seq(set(odd("x"+inner+"y"), odd("z"))), false},
		{seq(set(a)), seq(set(wide)), true},
		{seq(set(a)), seq(set(member(testOrganization, asn1.OCTET_STRING, "A"))), false},
		{seq(), seq(), false},
	} {
		for _, same := range []func(x, y []byte) bool{
			SameName, make(nameMemo).same, func(x, y []byte) bool { return newNameFinder(x).is(y) },
		} {
			if same(c.x, c.y) != c.want || same(c.y, c.x) != c.want || same(c.x, bytes.Clone(c.x)) != (len(c.x) > 2) {
				t.Errorf("%s and %s", NameString(c.x), NameString(c.y))
			}
		}
	}
	if s := NameString(seq(set(wide))); s != "O=a" {
		t.Errorf("%q", s)
	}
}

// A self-issued CA is exempt from the constraints above it; an end certificate never
// is (RFC 5280, section 6.1.3 (b)).
func TestSelfIssuedNames(t *testing.T) {
	root := certify(t, authorityTemplate("root"), nil)
	x := authorityTemplate("upper")
	x.ExcludedDNSDomains = []string{"evil.example"}
	upper := certify(t, x, root)
	y := authorityTemplate("upper")
	y.DNSNames = []string{"evil.example"}
	rolled := certify(t, y, upper)
	if s := search(certify(t, endTemplate("leaf"), rolled), root, upper, rolled); !sound(s) {
		t.Errorf("self-issued: %+v", s.Path)
	}
	z := authorityTemplate("lower")
	z.DNSNames = y.DNSNames
	lower := certify(t, z, upper)
	wantFinding(t, search(certify(t, endTemplate("leaf"), lower), root, upper, lower), RuleNameConstraints)
	leaf := endTemplate("upper")
	leaf.DNSNames = y.DNSNames
	wantFinding(t, search(certify(t, leaf, upper), root, upper), RuleNameConstraints)
}

// wantFinding asks for a path that breaks this rule and no other.
func wantFinding(t *testing.T, s Search, rule Rule) {
	t.Helper()
	if s.Path == nil || len(s.Path.Findings) == 0 {
		t.Fatalf("no finding: %+v", s.Path)
	}
	for _, f := range s.Path.Findings {
		if f.Rule != rule {
			t.Errorf("finding %d: %s, want %d", f.Rule, f.Detail, rule)
		}
	}
}
