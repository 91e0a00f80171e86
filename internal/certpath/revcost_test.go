package certpath

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"math/big"
	mathrand "math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"
	"weak"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// wantCheap asks that f takes no longer than limit and allocates at most as many
// bytes. The best of three counts, because others may be using the machine.
func wantCheap(t *testing.T, limit time.Duration, size uint64, f func()) {
	t.Helper()
	if raceEnabled {
		limit *= 10
	}
	var took time.Duration
	var used uint64
	for range 3 {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := time.Now()
		f()
		took = time.Since(start)
		runtime.ReadMemStats(&after)
		used = after.TotalAlloc - before.TotalAlloc
		t.Logf("%v, %.1f MiB", took.Round(time.Millisecond/10), float64(used)/(1<<20))
		if took <= limit && used <= size {
			return
		}
	}
	t.Errorf("took %v and %d bytes, want at most %v and %d", took, used, limit, size)
}

func nameOf(parts ...string) []byte {
	var rdns [][]byte
	for _, p := range parts {
		rdns = append(rdns, tlv(asn1.SET, seq([]byte{6, 3, 0x55, 4, 3}, tlv(asn1.UTF8String, []byte(p)))))
	}
	return seq(rdns...)
}

// plainCert is a certificate with a signature that nobody checked.
func plainCert(t testing.TB, subject, issuer, spki []byte, extensions ...[]byte) *Certificate {
	t.Helper()
	alg := seq(oidBytes(der.MustOID("1.2.840.113549.1.1.11")), []byte{5, 0})
	serial := build(func(b *cryptobyte.Builder) { b.AddASN1Int64(mathrand.Int64()) })
	parts := [][]byte{ctxCons(0, integer(2)), serial, alg, issuer, seq(utc(leafFrom), utc(leafTo)), subject, spki}
	if extensions != nil {
		parts = append(parts, ctxCons(3, seq(extensions...)))
	}
	c, err := ParseCertificate(seq(seq(parts...), alg, bits(bytes.Repeat([]byte{0x11}, 2048))))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// slowKey is an RSA key of the largest size that is read, with a long exponent.
func slowKey(i uint64) []byte {
	r := mathrand.NewChaCha8([32]byte{byte(i)})
	b := make([]byte, 2048)
	r.Read(b)
	n := new(big.Int).SetBytes(b)
	n.SetBit(n, 16383, 1).SetBit(n, 0, 1)
	e := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	number := func(n *big.Int) []byte { return build(func(b *cryptobyte.Builder) { b.AddASN1BigInt(n) }) }
	return seq(seq(oidBytes(der.MustOID("1.2.840.113549.1.1.1")), []byte{5, 0}), bits(seq(number(n), number(e))))
}

var caExtensions = [][]byte{
	ext(oidBasicConstraints, true, seq([]byte{1, 1, 0xff})),
	ext(oidKeyUsage, true, tlv(asn1.BIT_STRING, []byte{1, 6})), // keyCertSign, cRLSign
}

// Whether a list speaks of the certificate's issuer is decided once for each issuer
// that it names, however often the serial number stands in it.
func TestRepeatedSerialNumber(t *testing.T) {
	h := newHouse(t)
	var names [][]byte
	for i := range 150 {
		names = append(names, ctxCons(4, nameOf("Test", fmt.Sprintf("cA%d", i))))
	}
	first := seq(integer(1), utc(proven), seq(ext(oidCertificateIssuer, true, seq(names...))))
	same := seq(tlv(asn1.INTEGER, h.leaf.cert.Serial), utc(proven))
	other := seq(tlv(asn1.INTEGER, h.leaf.cert.Serial), utc(proven), seq(ext(oidCertificateIssuer, true, seq(names[:50]...))))
	alg := seq(oidBytes(der.MustOID("1.2.840.10045.4.3.2")))
	// The issuer's name in another spelling: it cannot be told by its bytes.
	spelled := bytes.Replace(h.ca.cert.RawSubject, []byte("Test"), []byte("TEST"), 1)
	for name, entries := range map[string][]byte{
		"one issuer":        seq(first, bytes.Repeat(same, 300_000)),
		"an issuer each":    seq(bytes.Repeat(other, 16<<20/len(other))),
		"none but the list": seq(bytes.Repeat(same, 500_000)),
	} {
		t.Run(name, func(t *testing.T) {
			raw := seq(seq(integer(1), alg, spelled, utc(after), entries), alg, bits([]byte{1}))
			c, err := OpenCRL(openBytes(raw))
			if err != nil {
				t.Fatal(err)
			}
			wantCheap(t, time.Second, 64<<20, func() {
				if _, err := c.scan(h.leaf.cert); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// Names above the limit are equal by their bytes only, and cost nothing.
func TestLongNames(t *testing.T) {
	value := func(n int) string { return strings.Repeat("a ", n/2) }
	long := nameOf(value(6 << 20))
	if SameName(long, nameOf(strings.ToUpper(value(6<<20)))) || !SameName(long, bytes.Clone(long)) {
		t.Error("a long name does not equal its bytes alone")
	}
	wantCheap(t, 100*time.Millisecond, 1<<20, func() {
		for i := range 20 {
			if SameName(long, nameOf(fmt.Sprint(i))) || NameString(long) != "(unreadable name)" {
				t.Error("a long name was read")
			}
		}
	})
	head := len(nameOf(strings.Repeat("a", 1<<15))) - 1<<15
	for n, want := range map[int]bool{maxNameBytes: true, maxNameBytes + 1: false} {
		v := strings.Repeat("a", n-head)
		if name := nameOf(v); len(name) != n || SameName(name, nameOf(strings.ToUpper(v))) != want {
			t.Errorf("a name of %d bytes", len(name))
		}
	}
	// Many comparisons of the same names.
	var list [][]byte
	for i := range 64 {
		list = append(list, nameOf(value(maxNameBytes-1000), fmt.Sprint(i)))
	}
	m := make(nameMemo)
	wantCheap(t, time.Second, 64<<20, func() {
		for range 10 {
			for i := range list {
				for j := range list {
					if m.same(list[i], list[j]) != (i == j) {
						t.Fatal("names were taken for each other")
					}
				}
			}
		}
	})
}

// deadEnds are certificates of which none leads to an anchor.
func deadEnds(t *testing.T, n int, subject []byte) (out []*Certificate) {
	for i := range n {
		out = append(out, plainCert(t, subject, subject, slowKey(uint64(i)), caExtensions...))
	}
	return out
}

// Lists whose signers have no path to the anchor do not make work: after the first
// such signer no other is looked into.
func TestUntrustedSigners(t *testing.T) {
	h := newHouse(t)
	evil := makeCert(t, nil, caTemplate("CA"))
	q := h.query()
	q.Pool = deadEnds(t, 50, nameOf("L"))
	spki := evil.cert.RawSPKI
	for range maxSigners {
		q.Pool = append(q.Pool, plainCert(t, evil.cert.RawSubject, nameOf("L"), spki, caExtensions...))
	}
	for i := range 64 {
		l := h.list(h.entry("2024-03-01")).at(after.AddDate(0, 0, i).Format("2006-01-02"))
		l.signer = evil
		q.CRLs = append(q.CRLs, l.parse(t))
	}
	good := h.list().parse(t)
	asked := 0
	q.Trusted = func(c *Certificate, at time.Time) bool {
		asked++
		s := Build(PathQuery{Leaf: c, Anchors: []Anchor{{Certificate: h.ca.cert}}, Pool: q.Pool, At: at})
		return s.Path != nil
	}
	// Wherever the issuer's own list stands, it is heard.
	for _, list := range [][]*CRL{append([]*CRL{good}, q.CRLs...), append(q.CRLs[:len(q.CRLs):len(q.CRLs)], good)} {
		q.CRLs, q.Cache, asked = list, NewCache(), 0
		start := time.Now()
		wantState(t, Revocation(q), RevocationGood)
		t.Log(time.Since(start)) // it is all spent in the search for a path
		if asked != maxUntrusted {
			t.Errorf("%d questions", asked)
		}
		if n := len(q.Cache.signs); n > len(list)+maxSigners {
			t.Errorf("%d signatures checked", n)
		}
	}
	// The same questions serve for the responder of a response.
	d := responder(t, h.ca, withoutNoCheck)
	a := h.answer()
	a.signer, a.certs, asked = d, []*maker{d}, 0
	q.OCSP = []*OCSPResponse{a.parse(t)}
	if wantState(t, Revocation(q), RevocationGood); asked != maxUntrusted {
		t.Errorf("%d questions with a responder", asked)
	}
	// The work on others' signatures comes after the issuer's lists.
	q.OCSP, q.Trusted = nil, nil
	wantState(t, Revocation(q), RevocationGood)
}

// The questions to Trusted are few also when the answers are yes, and none is asked
// twice.
func TestTrustedQuestions(t *testing.T) {
	h := newHouse(t)
	signer := makeCert(t, h.ca, &x509.Certificate{Subject: h.ca.std.Subject, KeyUsage: x509.KeyUsageCRLSign})
	q := h.query()
	q.Pool = []*Certificate{signer.cert}
	asked := 0
	q.Trusted = func(*Certificate, time.Time) bool { asked++; return true }
	for i := range maxTrusted {
		l := h.list().at(after.AddDate(0, 0, i).Format("2006-01-02"))
		l.signer = signer
		c := l.parse(t)
		q.CRLs = append(q.CRLs, c, c)
	}
	last := h.list(h.entry("2024-03-01", reason(1))).at("2025-01-01")
	last.signer = signer
	q.CRLs = append(q.CRLs, last.parse(t))
	got := Revocation(q)
	wantState(t, got, RevocationGood)
	wantNote(t, got, "too many signers")
	if asked != maxTrusted {
		t.Errorf("%d questions", asked)
	}
	q.CRLs, asked = q.CRLs[2:], 0
	wantRevoked(t, Revocation(q), "2024-03-01", 1)
	if asked != maxTrusted {
		t.Errorf("%d questions", asked)
	}

	// A certificate that was valid is asked about before one that was not.
	x := *signer.std
	x.NotBefore, x.NotAfter = day("2021-01-01"), day("2022-01-01")
	x.SerialNumber = nil
	old := makeCertWithKey(t, h.ca, &x, signer.key)
	q.Pool = []*Certificate{old.cert, signer.cert}
	q.Trusted = func(c *Certificate, at time.Time) bool { return c.ValidAt(at) }
	wantRevoked(t, Revocation(q), "2024-03-01", 1)
}

// Whether an issuer that had expired is the anchor is asked once.
func TestExpiredIssuerIsAskedAboutOnce(t *testing.T) {
	x := caTemplate("CA")
	x.NotBefore, x.NotAfter = day("2020-01-01"), day("2023-01-01")
	ca := makeCert(t, nil, x)
	h := house{ca, makeCert(t, ca, leafTemplate())}
	for _, anchor := range []bool{false, true} {
		q := h.query()
		asked := 0
		q.Trusted = func(*Certificate, time.Time) bool { asked++; return anchor }
		for i := range 2 * maxTrusted {
			q.CRLs = append(q.CRLs, h.list().at(after.AddDate(0, 0, i).Format("2006-01-02")).parse(t))
		}
		if got := Revocation(q); asked != 1 || (got.State == RevocationGood) != anchor {
			t.Errorf("%d questions, %s", asked, got.State)
		}
	}
}

// A responder that is named by its key is looked for without hashing every key anew.
func TestResponderKeys(t *testing.T) {
	h := newHouse(t)
	q := h.query()
	q.Pool = []*Certificate{plainCert(t, nameOf("big"), nameOf("x"), seq(seq(oidBytes(der.MustOID("1.2.3"))), bits(make([]byte, 15<<20))))}
	for i := range 63 {
		q.Pool = append(q.Pool, plainCert(t, nameOf(fmt.Sprint(i)), nameOf("x"), seq(seq(oidBytes(der.MustOID("1.2.3"))), bits(make([]byte, maxResponderKey-100)))))
	}
	d := responder(t, h.ca, nil)
	a := h.answer()
	a.byKey, a.signer = true, d
	for range 500 {
		q.OCSP = append(q.OCSP, a.parse(t))
	}
	wantCheap(t, time.Second/2, 16<<20, func() { wantIgnored(t, Revocation(q), "not at hand") })
	q.Pool = append(q.Pool, d.cert)
	q.OCSP = q.OCSP[:1]
	wantState(t, Revocation(q), RevocationGood)

	for n, want := range map[int]bool{maxResponderKey: true, maxResponderKey + 1: false} {
		key := make([]byte, n-15)
		c := plainCert(t, nameOf("x"), nameOf("x"), seq(seq(oidBytes(der.MustOID("1.2.3"))), bits(key)))
		if len(c.RawSPKI) != n {
			t.Fatalf("a key of %d bytes", len(c.RawSPKI))
		}
		if got := newSurvey(&q).namesResponder(&OCSPResponse{responderKey: sha1Sum(key)}, c); got != want {
			t.Errorf("a key of %d bytes: %v", n, got)
		}
	}
}

// Data that are hashed at each check of a signature are paid for by their length.
func TestLongDataIsPaidFor(t *testing.T) {
	_, ed, _ := ed25519.GenerateKey(rand.Reader)
	ca := makeCertWithKey(t, nil, caTemplate("CA"), ed) // signs the list itself, not its digest
	h := house{ca, makeCert(t, ca, leafTemplate())}
	a := h.answer()
	a.extensions = [][]byte{ext(der.MustOID("1.2.3.4"), false, make([]byte, 1<<20))}
	var entries []entry
	for range (1 << 20) / maxCRLEntry {
		entries = append(entries, entry{[]byte{9}, proven, [][]byte{ext(der.MustOID("1.2.3.4"), false, make([]byte, maxCRLEntry-100))}})
	}
	l := h.list(entries...)
	q := h.query()
	q.Cache, q.From = NewCache(), time.Time{}
	c, r := l.parse(t), a.parse(t)
	const each = 1 + (1<<20)/readUnit
	for range revocationBudget / each {
		q.CRLs, q.OCSP = append(q.CRLs, c), append(q.OCSP, r)
	}
	// What is left is less than the next long one costs.
	q.CRLs, q.OCSP = append(q.CRLs, c), append(q.OCSP, r)
	got := strings.Join(Revocation(q).Ignored, "\n")
	for _, source := range []string{"crl list: ", "ocsp answer: "} {
		if !strings.Contains(got, source+"its signature cannot be checked: "+errBudget.Error()) {
			t.Errorf("%s was not paid for: %q", source, got)
		}
	}
}

// A large certificate in a response does not stay in the cache, nor what it lies in.
func TestCacheForgetsLargeResponders(t *testing.T) {
	h := newHouse(t)
	cache := NewCache()
	d := responder(t, h.ca, func(x *x509.Certificate) {
		x.OCSPServer = []string{"http://" + strings.Repeat("x", cacheCertificate)}
	})
	ask := func() weak.Pointer[byte] {
		a := h.answer()
		a.signer, a.certs = d, []*maker{d}
		b := append(a.raw(t), make([]byte, 1<<20)...)
		r, err := ParseOCSP(b[: len(b)-1<<20 : len(b)-1<<20])
		if err != nil {
			t.Fatal(err)
		}
		q := h.query()
		q.Cache, q.OCSP = cache, []*OCSPResponse{r}
		wantState(t, Revocation(q), RevocationGood)
		return weak.Make(&b[0])
	}
	buffer := ask()
	for range 3 {
		runtime.GC()
	}
	if buffer.Value() != nil {
		t.Error("the response is kept")
	}
	runtime.KeepAlive(cache)
}
