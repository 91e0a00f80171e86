package certpath

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"strings"
	"testing"
	"time"
	"weak"

	"github.com/cloudflare/circl/sign/ed448"

	"github.com/exhibit-dev/exhibit/internal/der"
)

func wantState(t *testing.T, got RevocationStatus, want RevocationState) {
	t.Helper()
	if got.State != want {
		t.Fatalf("got %s, want %s; ignored %q", got.State, want, got.Ignored)
	}
}

// wantIgnored asks that nothing was decided and that the note says why.
func wantIgnored(t *testing.T, got RevocationStatus, why string) {
	t.Helper()
	wantState(t, got, RevocationUnknown)
	if !strings.Contains(strings.Join(got.Ignored, "\n"), why) {
		t.Fatalf("ignored %q, want %q", got.Ignored, why)
	}
}

func wantRevoked(t *testing.T, got RevocationStatus, at string, reason int) {
	t.Helper()
	wantState(t, got, RevocationRevoked)
	if !got.At.Equal(day(at)) || got.Reason != reason {
		t.Fatalf("got revoked at %s for %d, want %s for %d", got.At, got.Reason, at, reason)
	}
}

func TestRevocationOfNothing(t *testing.T) {
	h := newHouse(t)
	for _, q := range []RevocationQuery{{}, {Certificate: h.leaf.cert}, {Issuer: h.ca.cert}, h.query()} {
		got := Revocation(q)
		if got.State != RevocationUnknown || got.Reason != -1 || got.Ignored != nil {
			t.Errorf("got %+v", got)
		}
	}
}

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

func TestGoodNeedsTime(t *testing.T) {
	h := newHouse(t)
	wantState(t, h.ask(t, h.list().at("2024-01-01").parse(t)), RevocationGood) // exactly the proven time
	wantIgnored(t, h.ask(t, h.list().at("2023-12-31").parse(t)), "before the proven time")
	wantRevoked(t, h.ask(t, h.list(h.entry("2022-05-05")).at("2022-06-01").parse(t)), "2022-05-05", -1) // any age
	q := h.query()
	q.From = proven.Add(time.Millisecond)
	q.CRLs = []*CRL{h.list().at("2024-01-01").parse(t)}
	wantIgnored(t, Revocation(q), "before the proven time")
	q.From = time.Time{}
	wantState(t, Revocation(q), RevocationGood)
}

func TestGoodAfterTheEnd(t *testing.T) {
	h := newHouse(t)
	expired := func(s string) []byte { return ext(oidExpiredOnCRL, false, general(day(s))) }
	end := h.list()
	end.this = leafTo
	got := h.ask(t, end.parse(t)) // the end belongs to the validity
	wantState(t, got, RevocationGood)
	if got.Final {
		t.Error("final although issued before the end")
	}
	end.this = leafTo.Add(time.Second)
	wantIgnored(t, h.ask(t, end.parse(t)), "after the certificate's end")
	for reach, want := range map[string]RevocationState{
		"2010-01-01": RevocationGood, "2030-01-01": RevocationGood, "2030-01-02": RevocationUnknown,
	} {
		l := h.list().at("2031-01-01").with(expired(reach))
		got := h.ask(t, l.parse(t))
		wantState(t, got, want)
		if got.Final != (want == RevocationGood) {
			t.Errorf("%s: final %v", reach, got.Final)
		}
	}
	wantRevoked(t, h.ask(t, h.list(h.entry("2024-03-01")).at("2031-01-01").parse(t)), "2024-03-01", -1)

	// Final comes before newest.
	final := h.list().at("2031-01-01").with(expired("2020-01-01")).parse(t)
	plain := h.list().at("2029-01-01").parse(t)
	newest := h.list().at("2029-06-01").parse(t)
	plain.Origin, newest.Origin, final.Origin = "plain", "newest", "final"
	if got := h.ask(t, plain, newest); got.Source != "crl newest" || got.Final {
		t.Errorf("got %+v", got)
	}
	if got := h.ask(t, plain, final, newest); got.Source != "crl final" || !got.Final || !got.ThisUpdate.Equal(day("2031-01-01")) {
		t.Errorf("got %+v", got)
	}
}

// A good answer does not come from a signer that had expired, but for the anchor.
func TestGoodNeedsValidSigner(t *testing.T) {
	x := caTemplate("CA")
	x.NotBefore, x.NotAfter = day("2020-01-01"), day("2023-01-01")
	ca := makeCert(t, nil, x)
	h := house{ca, makeCert(t, ca, leafTemplate())}
	c := h.list().parse(t)
	wantIgnored(t, h.ask(t, c), "its signer was not valid")
	q := h.query()
	q.CRLs, q.Trusted = []*CRL{c}, func(c *Certificate, at time.Time) bool { return c == h.ca.cert && at.Equal(after) }
	wantState(t, Revocation(q), RevocationGood)
	wantRevoked(t, h.ask(t, h.list(h.entry("2024-03-01")).parse(t)), "2024-03-01", -1)
}

func TestSeveralRevocations(t *testing.T) {
	h := newHouse(t)
	lists := func(entries ...entry) (out []*CRL) {
		for _, e := range entries {
			out = append(out, h.list(e).parse(t))
		}
		return out
	}
	for name, c := range map[string]struct {
		entries []entry
		at      string
		reason  int
	}{
		"earliest":              {[]entry{h.entry("2024-03-01", reason(4)), h.entry("2024-02-01", reason(4))}, "2024-02-01", 4},
		"no reason is graver":   {[]entry{h.entry("2024-03-01"), h.entry("2024-02-01", reason(4))}, "2024-02-01", -1},
		"compromise is graver":  {[]entry{h.entry("2024-03-01", reason(1)), h.entry("2024-02-01", reason(5))}, "2024-02-01", 1},
		"compromise, not none":  {[]entry{h.entry("2024-03-01", reason(1)), h.entry("2024-02-01")}, "2024-02-01", 1},
		"hold beside compromis": {[]entry{h.entry("2024-03-01", reason(1)), h.entry("2024-02-01", reason(6))}, "2024-02-01", 1},
		"hold beside superseed": {[]entry{h.entry("2024-03-01", reason(4)), h.entry("2024-02-01", reason(6))}, "2024-02-01", 6},
	} {
		t.Run(name, func(t *testing.T) {
			wantRevoked(t, h.ask(t, lists(c.entries...)...), c.at, c.reason)
			c.entries[0], c.entries[1] = c.entries[1], c.entries[0]
			wantRevoked(t, h.ask(t, lists(c.entries...)...), c.at, c.reason)
			wantRevoked(t, h.ask(t, h.list(c.entries...).parse(t)), c.at, c.reason) // both in one list
		})
	}
}

func TestHold(t *testing.T) {
	h := newHouse(t)
	hold := h.list(h.entry("2024-03-01", reason(6))).at("2024-06-01").parse(t)
	wantRevoked(t, h.ask(t, hold), "2024-03-01", 6)
	wantRevoked(t, h.ask(t, hold, h.list().at("2024-05-01").parse(t)), "2024-03-01", 6) // older
	wantRevoked(t, h.ask(t, hold, h.list().at("2024-06-01").parse(t)), "2024-03-01", 6) // not newer
	wantState(t, h.ask(t, hold, h.list().at("2024-07-01").parse(t)), RevocationGood)
	final := h.list(h.entry("2024-03-01", reason(1))).at("2024-06-01").parse(t)
	wantRevoked(t, h.ask(t, final, h.list().at("2024-07-01").parse(t)), "2024-03-01", 1)

	// A hold that was lifted before the proven time says nothing, and nor does what lifted it.
	q := h.query()
	q.From = day("2025-01-01")
	q.CRLs = []*CRL{hold, h.list().at("2024-07-01").parse(t)}
	wantIgnored(t, Revocation(q), "before the proven time")
	// Lists from after the end may have dropped it.
	wantRevoked(t, h.ask(t, hold, h.list().at("2031-07-01").parse(t)), "2024-03-01", 6)
}

func TestOpenCRLReadsAnew(t *testing.T) {
	h := newHouse(t)
	raw := h.list(h.entry("2024-03-01", reason(1))).raw()
	var opened, closed int
	var fail error
	data := raw
	c, err := OpenCRL(func() (io.ReaderAt, int64, func() error, error) {
		if fail != nil {
			return nil, 0, nil, fail
		}
		opened++
		return bytes.NewReader(data), int64(len(data)), func() error { closed++; return nil }, nil
	})
	if err != nil || opened != 1 || closed != 1 {
		t.Fatalf("got %v, opened %d, closed %d", err, opened, closed)
	}
	q := h.query()
	q.CRLs, q.Cache = []*CRL{c}, NewCache()
	fail = &fs.PathError{Op: "open", Path: "/secret/place", Err: fs.ErrNotExist}
	got := Revocation(q)
	wantIgnored(t, got, "file does not exist")
	if strings.Contains(strings.Join(got.Ignored, ""), "secret") {
		t.Errorf("a path in a report: %q", got.Ignored)
	}
	fail, data = nil, append(bytes.Clone(raw), 0)
	wantIgnored(t, Revocation(q), "its length changed")
	data = bytes.Clone(raw)
	i := bytes.Index(data, h.leaf.cert.Serial)
	data[i] ^= 1 // the entry is no longer the leaf's, and no longer the signed one
	wantIgnored(t, Revocation(RevocationQuery{Certificate: q.Certificate, Issuer: q.Issuer, CRLs: q.CRLs}), "does not verify")
	data = raw
	opened, closed = 0, 0
	wantRevoked(t, Revocation(q), "2024-03-01", 1) // errors of reading were not remembered
	wantRevoked(t, Revocation(q), "2024-03-01", 1)
	if opened != 1 || closed != 1 {
		t.Errorf("opened %d times, closed %d times, want one pass", opened, closed)
	}
}

func TestCacheChangesNoAnswer(t *testing.T) {
	h := newHouse(t)
	cache := NewCache()
	bad := h.list()
	bad.signer = &maker{key: h.leaf.key, cert: h.ca.cert}
	lists := [][]*CRL{
		{h.list().parse(t)}, {h.list(h.entry("2024-03-01", reason(1))).parse(t)}, {bad.parse(t)},
		{h.list().at("2020-01-01").parse(t)},
	}
	for _, l := range lists {
		q := h.query()
		q.CRLs = l
		want := fmt.Sprintf("%+v", Revocation(q))
		for _, c := range []*Cache{cache, cache, {}, nil} {
			q.Cache = c
			if got := fmt.Sprintf("%+v", Revocation(q)); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
	}
	if len(cache.looks) != len(lists) || len(cache.signs) != len(lists) {
		t.Errorf("remembered %d look-ups and %d signatures, want %d", len(cache.looks), len(cache.signs), len(lists))
	}
}

func TestCacheOfRevocationIsBounded(t *testing.T) {
	h := newHouse(t)
	cache := NewCache()
	c := h.list().parse(t)
	for i := range cacheEntries {
		cache.looks[look{cert: weak.Make(new(Certificate)), crl: weak.Make(&CRL{Origin: fmt.Sprint(i)})}] = lookResult{}
		cache.signs[signed{data: dataSignature{digest: fmt.Sprint(i)}}] = nil
	}
	if len(cache.signs) != cacheEntries || len(cache.looks) != cacheEntries {
		t.Fatal("the cache was not filled")
	}
	q := h.query()
	q.CRLs, q.Cache = []*CRL{c}, cache
	wantState(t, Revocation(q), RevocationGood)
	if len(cache.signs) != 1 || len(cache.looks) != 1 {
		t.Errorf("%d signatures and %d look-ups remembered, want 1", len(cache.signs), len(cache.looks))
	}
}

func TestIgnoredIsBounded(t *testing.T) {
	h := newHouse(t)
	old := h.list().at("2020-01-01").parse(t)
	var lists []*CRL
	for range maxIgnored {
		lists = append(lists, old)
	}
	if got := h.ask(t, lists[:maxIgnored-1]...); len(got.Ignored) != maxIgnored-1 {
		t.Errorf("got %d notes", len(got.Ignored))
	}
	got := h.ask(t, append(lists, old, old)...)
	if n := len(got.Ignored); n != maxIgnored || got.Ignored[n-1] != "… and more" {
		t.Errorf("got %d notes, last %q", n, got.Ignored[n-1])
	}
}

// What is judged first counts, and the rest is refused, not forgotten.
func TestRevocationBudget(t *testing.T) {
	h := newHouse(t)
	good := h.list().parse(t)
	q := h.query()
	for range revocationBudget/2 - 1 { // a unit for the list and one for its signature
		q.CRLs = append(q.CRLs, good)
	}
	last := h.list(h.entry("2024-03-01", reason(1))).parse(t)
	q.CRLs = append(q.CRLs, last)
	q.Cache = NewCache()
	wantRevoked(t, Revocation(q), "2024-03-01", 1)
	q.CRLs = append([]*CRL{good}, q.CRLs...)
	got := Revocation(q)
	wantState(t, got, RevocationGood)
	if !strings.Contains(strings.Join(got.Ignored, ""), errBudget.Error()) {
		t.Errorf("ignored %q", got.Ignored)
	}
}

func idp(parts ...[]byte) []byte { return ext(oidIssuingPoint, true, seq(parts...)) }

// certIssuer is the certificateIssuer entry extension.
func certIssuer(name []byte) []byte {
	return ext(oidCertificateIssuer, true, seq(ctxCons(4, name)))
}

func points(parts ...[]byte) []pkix.Extension {
	return []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 31}, Value: seq(parts...)}}
}

func uri(s string) []byte { return ctx(6, []byte(s)) }

// named is a DistributionPointName with a full name, in its [0].
func named(names ...[]byte) []byte { return ctxCons(0, ctxCons(0, names...)) }
