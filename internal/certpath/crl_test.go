package certpath

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/cloudflare/circl/sign/ed448"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// The library's list, and its parser, agree with ours.
func TestCRLAgainstLibrary(t *testing.T) {
	h := newHouse(t)
	raw, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{
		Number: big.NewInt(4711), ThisUpdate: after, NextUpdate: after.AddDate(0, 0, 7),
		RevokedCertificateEntries: []x509.RevocationListEntry{
			{SerialNumber: big.NewInt(5), RevocationTime: proven},
			{SerialNumber: h.leaf.std.SerialNumber, RevocationTime: day("2024-03-01"), ReasonCode: 4},
			{SerialNumber: big.NewInt(-7), RevocationTime: proven, ReasonCode: 1},
		},
	}, h.ca.std, h.ca.key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ParseCRL(raw)
	if err != nil {
		t.Fatal(err)
	}
	std, err := x509.ParseRevocationList(raw)
	if err != nil {
		t.Fatal(err)
	}
	if c.Number().Cmp(std.Number) != 0 || !c.ThisUpdate().Equal(std.ThisUpdate) || !c.NextUpdate().Equal(std.NextUpdate) ||
		c.Delta() || !bytes.Equal(c.issuer, std.RawIssuer) || c.Issuer() != "CN=CA, O=Test" {
		t.Errorf("got %v %v %v %s, want %v", c.Number(), c.ThisUpdate(), c.NextUpdate(), c.Issuer(), std)
	}
	if err := std.CheckSignatureFrom(h.ca.std); err != nil {
		t.Fatal(err)
	}
	c.Origin = "a.crl"
	got := h.ask(t, c)
	wantRevoked(t, got, "2024-03-01", 4)
	if got.Source != "crl a.crl" || !got.ThisUpdate.Equal(after) {
		t.Errorf("got %+v", got)
	}
	other := h
	other.leaf = makeCert(t, h.ca, &x509.Certificate{Subject: pkix.Name{CommonName: "other"}})
	wantState(t, other.ask(t, c), RevocationGood)
}

// Hand-made lists are read by the library too, so the maker is sound.
func TestMakerAgainstLibrary(t *testing.T) {
	h := newHouse(t)
	raw := h.list(h.entry("2024-03-01", reason(3))).with(ext(oidCRLNumber, false, integer(300))).raw()
	std, err := x509.ParseRevocationList(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := std.CheckSignatureFrom(h.ca.std); err != nil {
		t.Fatal(err)
	}
	if e := std.RevokedCertificateEntries; len(e) != 1 || e[0].ReasonCode != 3 || e[0].SerialNumber.Cmp(h.leaf.std.SerialNumber) != 0 {
		t.Errorf("got %+v", e)
	}
	c, err := ParseCRL(raw)
	if err != nil || c.Number().Int64() != 300 {
		t.Errorf("got %v, %v", c, err)
	}
}

func TestCRLVersion1(t *testing.T) {
	h := newHouse(t)
	l := h.list(h.entry("2024-03-01"))
	l.v1 = true
	c := l.parse(t)
	wantRevoked(t, h.ask(t, c), "2024-03-01", -1)
	if c.Number() != nil || !c.NextUpdate().IsZero() {
		t.Errorf("got number %v, next update %v", c.Number(), c.NextUpdate())
	}
	l.entries = nil
	wantState(t, h.ask(t, l.parse(t)), RevocationGood)

	l.extensions = [][]byte{ext(oidCRLNumber, false, integer(1))}
	if _, err := ParseCRL(l.raw()); !errors.Is(err, ErrMalformed) {
		t.Errorf("extensions in version 1: %v", err)
	}
	l.extensions, l.entries = nil, []entry{h.entry("2024-03-01", reason(1))}
	if _, err := ParseCRL(l.raw()); !errors.Is(err, ErrMalformed) {
		t.Errorf("entry extensions in version 1: %v", err)
	}
}

func TestCRLKeys(t *testing.T) {
	_, ed, _ := ed25519.GenerateKey(rand.Reader)
	_, ed4, _ := ed448.GenerateKey(rand.Reader)
	r, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("rsa", func(t *testing.T) {
		for _, alg := range []x509.SignatureAlgorithm{x509.SHA256WithRSA, x509.SHA384WithRSAPSS} {
			ca := makeCertWithKey(t, nil, caTemplate("CA"), r)
			h := house{ca, makeCert(t, ca, leafTemplate())}
			raw, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{
				Number: big.NewInt(1), ThisUpdate: after, NextUpdate: after, SignatureAlgorithm: alg,
			}, ca.std, ca.key)
			if err != nil {
				t.Fatal(err)
			}
			c, err := ParseCRL(raw)
			if err != nil {
				t.Fatal(err)
			}
			wantState(t, h.ask(t, c), RevocationGood)
		}
	})
	t.Run("ed25519", func(t *testing.T) {
		ca := makeCertWithKey(t, nil, caTemplate("CA"), ed)
		checkSignedMessage(t, house{ca, makeCert(t, ca, leafTemplate())})
	})
	t.Run("ed448", func(t *testing.T) {
		ca := makeCert(t, nil, caTemplate("CA"))
		h := house{ca, makeCert(t, ca, leafTemplate())}
		// crypto/x509 cannot issue under Ed448, so its key is put into a copy.
		spki := seq(seq(oidBytes(der.MustOID("1.3.101.113"))), bits(ed4.Public().(ed448.PublicKey)))
		cert, err := ParseCertificate(ca.cert.Raw)
		if err != nil {
			t.Fatal(err)
		}
		cert.RawSPKI = spki
		h.ca = &maker{key: ed4, cert: cert}
		checkSignedMessage(t, h)
	})
}

func checkSignedMessage(t *testing.T, h house) {
	t.Helper()
	cache := NewCache()
	for _, e := range [][]entry{nil, {h.entry("2024-03-01", reason(1))}} {
		l := h.list(e...).with(ext(oidCRLNumber, false, integer(1)))
		q := h.query()
		q.CRLs, q.Cache = []*CRL{l.parse(t)}, cache
		want := RevocationGood
		if e != nil {
			want = RevocationRevoked
		}
		for range 2 {
			wantState(t, Revocation(q), want)
		}
		raw := l.raw()
		raw[len(raw)-1] ^= 1
		bad, err := ParseCRL(raw)
		if err != nil {
			t.Fatal(err)
		}
		q.CRLs = []*CRL{bad}
		wantIgnored(t, Revocation(q), "does not verify")
	}
}

func TestCRLSignature(t *testing.T) {
	h := newHouse(t)
	raw := h.list(h.entry("2024-03-01")).raw()
	for _, at := range []int{len(raw) - 1, bytes.Index(raw, h.leaf.cert.Serial) + 1} {
		bad := bytes.Clone(raw)
		bad[at] ^= 1
		c, err := ParseCRL(bad)
		if err != nil {
			t.Fatal(err)
		}
		wantIgnored(t, h.ask(t, c), "does not verify")
	}
	l := h.list()
	l.signer = &maker{key: h.leaf.key, cert: h.ca.cert} // the right name, another key
	wantIgnored(t, h.ask(t, l.parse(t)), "does not verify")

	stranger := newHouse(t)
	stranger.ca = makeCert(t, nil, caTemplate("Other"))
	if got := h.ask(t, stranger.list().parse(t)); got.State != RevocationUnknown || got.Ignored != nil {
		t.Errorf("a list of another issuer: %+v", got)
	}
}

func TestCRLSignerUsage(t *testing.T) {
	for _, c := range []struct {
		usage x509.KeyUsage
		want  RevocationState
	}{
		{x509.KeyUsageCertSign | x509.KeyUsageCRLSign, RevocationGood},
		{0, RevocationGood}, // no extension at all
		{x509.KeyUsageCertSign, RevocationUnknown},
	} {
		x := caTemplate("CA")
		x.KeyUsage = c.usage
		ca := makeCert(t, nil, x)
		h := house{ca, makeCert(t, ca, leafTemplate())}
		// Made by hand: the library refuses a signer without cRLSign.
		got := h.ask(t, h.list().parse(t))
		wantState(t, got, c.want)
		if c.want == RevocationUnknown {
			wantIgnored(t, got, "lacks cRLSign")
		}
	}
}

// Another certificate of the issuer's name may sign if it is trusted at the time.
func TestCRLSignerFromPool(t *testing.T) {
	h := newHouse(t)
	signer := makeCert(t, h.ca, &x509.Certificate{Subject: pkix.Name{CommonName: "CA", Organization: []string{"Test"}}, KeyUsage: x509.KeyUsageCRLSign})
	l := h.list(h.entry("2024-03-01", reason(1)))
	l.signer = signer
	q := h.query()
	q.CRLs = []*CRL{l.parse(t)}
	wantIgnored(t, Revocation(q), "does not verify") // under the issuer; the signer is not at hand
	q.Pool = []*Certificate{h.leaf.cert, h.ca.cert, signer.cert}
	wantIgnored(t, Revocation(q), "no path to the anchor")
	var asked time.Time
	q.Trusted = func(c *Certificate, at time.Time) bool { asked = at; return c == signer.cert }
	wantRevoked(t, Revocation(q), "2024-03-01", 1)
	if !asked.Equal(after) {
		t.Errorf("trust was asked for at %s, want thisUpdate %s", asked, after)
	}
	q.Trusted = func(*Certificate, time.Time) bool { return false }
	wantIgnored(t, Revocation(q), "no path to the anchor")

	plain := makeCertWithKey(t, h.ca, &x509.Certificate{Subject: signer.std.Subject, KeyUsage: x509.KeyUsageDigitalSignature}, signer.key)
	q.Pool, q.Trusted = []*Certificate{plain.cert}, func(*Certificate, time.Time) bool { return true }
	wantIgnored(t, Revocation(q), "lacks cRLSign")
}

func TestCRLSignerLimit(t *testing.T) {
	h := newHouse(t)
	signer := makeCert(t, h.ca, &x509.Certificate{Subject: h.ca.std.Subject, KeyUsage: x509.KeyUsageCRLSign})
	l := h.list()
	l.signer = signer
	q := h.query()
	q.CRLs, q.Trusted = []*CRL{l.parse(t)}, func(*Certificate, time.Time) bool { return true }
	for range maxSigners - 1 {
		q.Pool = append(q.Pool, makeCert(t, h.ca, &x509.Certificate{Subject: h.ca.std.Subject, KeyUsage: x509.KeyUsageCRLSign}).cert)
	}
	q.Pool = append(q.Pool, signer.cert)
	wantState(t, Revocation(q), RevocationGood)
	q.Pool = append([]*Certificate{q.Pool[0]}, q.Pool...)
	wantIgnored(t, Revocation(q), fmt.Sprintf("more than %d certificates", maxSigners))
}

func TestCRLEntryExtensions(t *testing.T) {
	h := newHouse(t)
	unknown := der.MustOID("1.2.3.4")
	date := func(s string) []byte { return ext(oidInvalidityDate, false, general(day(s))) }
	for name, c := range map[string]struct {
		entry  entry
		at     string
		reason int
	}{
		"no reason":                     {h.entry("2024-03-01"), "2024-03-01", -1},
		"reason":                        {h.entry("2024-03-01", reason(5)), "2024-03-01", 5},
		"hold":                          {h.entry("2024-03-01", reason(6)), "2024-03-01", 6},
		"reserved reason":               {h.entry("2024-03-01", reason(7)), "2024-03-01", 7},
		"remove in a complete list":     {h.entry("2024-03-01", reason(8)), "2024-03-01", 8},
		"earlier invalidity":            {h.entry("2024-03-01", reason(1), date("2023-02-01")), "2023-02-01", 1},
		"later invalidity":              {h.entry("2024-03-01", reason(1), date("2025-02-01")), "2024-03-01", 1},
		"unknown, not critical":         {h.entry("2024-03-01", reason(4), ext(unknown, false, nil)), "2024-03-01", 4},
		"unknown, critical":             {h.entry("2024-03-01", reason(4), ext(unknown, true, nil)), "2024-03-01", -1},
		"unknown, critical, earlier":    {h.entry("2024-03-01", date("2023-02-01"), ext(unknown, true, nil)), "2023-02-01", -1},
		"reason that cannot be read":    {h.entry("2024-03-01", ext(oidReasonCode, false, integer(4))), "2024-03-01", -1},
		"reason with a tail":            {h.entry("2024-03-01", ext(oidReasonCode, false, []byte{10, 1, 4, 0})), "2024-03-01", -1},
		"invalidity as UTCTime":         {h.entry("2024-03-01", reason(4), ext(oidInvalidityDate, false, utc(proven))), "2024-03-01", -1},
		"hold instruction":              {h.entry("2024-03-01", reason(6), ext(oidHoldInstruction, true, oidBytes(unknown))), "2024-03-01", 6},
		"certificate issuer, this one":  {h.entry("2024-03-01", reason(4), certIssuer(h.ca.cert.RawSubject)), "2024-03-01", 4},
		"padded serial number":          {entry{append([]byte{0, 0}, h.leaf.cert.Serial...), day("2024-03-01"), nil}, "2024-03-01", -1},
		"reason that needs two octets":  {h.entry("2024-03-01", ext(oidReasonCode, false, []byte{10, 2, 1, 4})), "2024-03-01", 260},
		"negative reason is unreadable": {h.entry("2024-03-01", ext(oidReasonCode, false, []byte{10, 1, 0x84})), "2024-03-01", -1},
	} {
		t.Run(name, func(t *testing.T) { wantRevoked(t, h.ask(t, h.list(c.entry).parse(t)), c.at, c.reason) })
	}
	other := entry{[]byte{9}, day("2024-03-01"), [][]byte{ext(unknown, true, nil)}}
	wantIgnored(t, h.ask(t, h.list(other).parse(t)), "a critical extension of an entry is not known")
	other.extensions = [][]byte{ext(unknown, false, nil)}
	wantState(t, h.ask(t, h.list(other).parse(t)), RevocationGood)
}

func TestCRLExtensions(t *testing.T) {
	h := newHouse(t)
	unknown := der.MustOID("1.2.3.4")
	wantState(t, h.ask(t, h.list().with(ext(unknown, false, nil)).parse(t)), RevocationGood)
	wantIgnored(t, h.ask(t, h.list().with(ext(unknown, true, nil)).parse(t)), "critical extension 1.2.3.4")
	wantIgnored(t, h.ask(t, h.list(h.entry("2024-03-01")).with(ext(unknown, true, nil)).parse(t)), "critical extension 1.2.3.4")
	for name, x := range map[string][]byte{
		"number":            ext(oidCRLNumber, false, []byte{2, 1, 0x80}),
		"number with tail":  ext(oidCRLNumber, false, []byte{2, 1, 1, 0}),
		"delta":             ext(oidDeltaCRL, true, []byte{4, 0}),
		"point":             ext(oidIssuingPoint, true, []byte{4, 0}),
		"point with tail":   ext(oidIssuingPoint, true, []byte{0x30, 0, 0}),
		"point, bad flag":   idp(ctx(1, []byte{2})),
		"point, bad name":   idp(ctxCons(0, ctx(6, []byte("x")))),
		"point, empty name": idp(ctxCons(0, ctxCons(0))),
		"point, order":      idp(ctx(2, []byte{0xff}), ctx(1, []byte{0xff})),
		"point, reasons":    idp(ctx(3)),
		"expired":           ext(oidExpiredOnCRL, false, utc(proven)),
		"expired, tail":     ext(oidExpiredOnCRL, false, append(general(proven), 0)),
	} {
		if _, err := ParseCRL(h.list().with(x).raw()); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	twice := ext(oidCRLNumber, false, integer(1))
	if _, err := ParseCRL(h.list().with(twice, twice).raw()); !errors.Is(err, ErrMalformed) {
		t.Errorf("duplicate extension: %v", err)
	}
	if _, err := ParseCRL(h.list(h.entry("2024-03-01", reason(1), reason(1))).raw()); !errors.Is(err, ErrMalformed) {
		t.Errorf("duplicate entry extension: %v", err)
	}
}
