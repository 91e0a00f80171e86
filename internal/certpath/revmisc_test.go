package certpath

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

func TestOpenCRLErrors(t *testing.T) {
	h := newHouse(t)
	raw := h.list(h.entry("2024-03-01")).raw()
	broken := errors.New("broken")
	nothing := func() error { return nil }
	for name, c := range map[string]struct {
		open openFunc
		want error
	}{
		"open": {func() (io.ReaderAt, int64, func() error, error) { return nil, 0, nil, broken }, broken},
		"close": {func() (io.ReaderAt, int64, func() error, error) {
			return bytes.NewReader(raw), int64(len(raw)), func() error { return broken }, nil
		}, broken},
		"short": {func() (io.ReaderAt, int64, func() error, error) {
			return bytes.NewReader(raw), int64(len(raw)) + 1, nothing, nil
		}, io.ErrUnexpectedEOF},
		"empty": {func() (io.ReaderAt, int64, func() error, error) { return bytes.NewReader(nil), 0, nothing, nil }, ErrMalformed},
		"less":  {func() (io.ReaderAt, int64, func() error, error) { return bytes.NewReader(nil), -1, nothing, nil }, ErrMalformed},
	} {
		if got, err := OpenCRL(c.open); got != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}

	// The same defects at a look-up.
	c := h.list(h.entry("2024-03-01")).parse(t)
	c.open = func() (io.ReaderAt, int64, func() error, error) {
		return bytes.NewReader(raw), int64(len(raw)), func() error { return broken }, nil
	}
	wantIgnored(t, h.ask(t, c), "broken")
	c.open = func() (io.ReaderAt, int64, func() error, error) {
		return bytes.NewReader(raw[:60]), c.size, nothing, nil
	}
	wantIgnored(t, h.ask(t, c), "unexpected EOF")
	if err := c.CheckEntries(); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
}

// A list behind a reader whose entries are damaged is found out at the look-up.
func TestOpenCRLDamagedEntries(t *testing.T) {
	h := newHouse(t)
	alg := seq(oidBytes(der.MustOID("1.2.840.10045.4.3.2")))
	tbs := seq(integer(1), alg, h.ca.cert.RawSubject, utc(after), seq(seq(integer(5))))
	c, err := OpenCRL(openBytes(seq(tbs, alg, bits([]byte{1}))))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.CheckEntries(); !errors.Is(err, ErrMalformed) {
		t.Errorf("got %v", err)
	}
	q := h.query()
	q.CRLs, q.Cache = []*CRL{c}, NewCache()
	for range 2 {
		wantIgnored(t, Revocation(q), "an entry")
	}
}

func TestUnsupportedAlgorithms(t *testing.T) {
	h := newHouse(t)
	strange := seq(oidBytes(der.MustOID("1.2.3.4")))
	tbs := seq(integer(1), strange, h.ca.cert.RawSubject, utc(after))
	c, err := ParseCRL(seq(tbs, strange, bits([]byte{1})))
	if err != nil {
		t.Fatal(err)
	}
	wantIgnored(t, h.ask(t, c), "cannot be checked")

	a := h.answer().parse(t)
	a.sigAlg.OID = der.MustOID("1.2.3.4")
	q := h.query()
	q.OCSP = []*OCSPResponse{a}
	wantIgnored(t, Revocation(q), "cannot be checked")

	// A key of the issuer that is not known.
	cert, err := ParseCertificate(h.ca.cert.Raw)
	if err != nil {
		t.Fatal(err)
	}
	cert.RawSPKI = seq(strange, bits([]byte{1}))
	q = RevocationQuery{Certificate: h.leaf.cert, Issuer: cert, CRLs: []*CRL{h.list().parse(t)}, OCSP: []*OCSPResponse{h.answer().parse(t)}}
	wantIgnored(t, Revocation(q), "cannot be checked")
	cert.RawSPKI = []byte{5, 0}
	wantState(t, Revocation(q), RevocationUnknown)
}

// Lists, responses and a cache may be shared by goroutines.
func TestRevocationConcurrently(t *testing.T) {
	h := newHouse(t)
	q := h.query()
	q.Cache = NewCache()
	q.CRLs = []*CRL{h.list().parse(t), h.list(h.entry("2024-03-01", reason(4))).parse(t)}
	q.OCSP = []*OCSPResponse{h.answer().parse(t)}
	want := fmt.Sprintf("%+v", Revocation(RevocationQuery{Certificate: q.Certificate, Issuer: q.Issuer, From: q.From, CRLs: q.CRLs, OCSP: q.OCSP}))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got := fmt.Sprintf("%+v", Revocation(q)); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			}
		})
	}
	wg.Wait()
}

// A list that repeats the serial number under many issuers costs time in proportion
// to its length only.
func TestHostileIndirectCRL(t *testing.T) {
	h := newHouse(t)
	var entries []entry
	for i := range 20000 {
		name := seq(tlv(asn1.SET, rdn(strings.Repeat("x", i%50+1))))
		entries = append(entries, h.entry("2024-03-01", certIssuer(name)))
	}
	l := h.list(entries...).with(idp(ctx(4, flag)))
	wantState(t, h.ask(t, l.parse(t)), RevocationGood)
}

// Many names to compare are paid for.
func TestPointWork(t *testing.T) {
	h := newHouse(t)
	a := uri("http://crl.test/a.crl")
	var dps [][]byte
	for range maxPoints {
		dps = append(dps, seq(named(a)))
	}
	h = h.withPoints(t, dps...)
	good := h.list().with(idp(named(a))).parse(t)
	q := h.query()
	q.Cache = NewCache()
	const each = 1 + maxPoints + 1 // the list, its names, its signature
	for range revocationBudget/each - 1 {
		q.CRLs = append(q.CRLs, good)
	}
	last := h.list(h.entry("2024-03-01", reason(1))).with(idp(named(a))).parse(t)
	q.CRLs = append(q.CRLs, last)
	wantRevoked(t, Revocation(q), "2024-03-01", 1)
	q.CRLs = append([]*CRL{good}, q.CRLs...)
	wantState(t, Revocation(q), RevocationGood)
}

// Lists without number cannot keep an OCSP response from being heard, neither
// directly nor while its responder is looked up.
func TestListsDoNotCrowdOutResponses(t *testing.T) {
	h := newHouse(t)
	bogus := h.list()
	bogus.signer = &maker{key: h.leaf.key, cert: h.ca.cert}
	q := h.query()
	q.Cache = NewCache()
	c := bogus.parse(t)
	for range revocationBudget {
		q.CRLs = append(q.CRLs, c)
	}
	d := responder(t, h.ca, func(x *x509.Certificate) { x.ExtraExtensions = nil })
	for _, m := range []*maker{h.ca, d} {
		good, revoked := h.answer(), h.answer()
		good.signer, good.certs = m, []*maker{m}
		revoked.singles[0].status = revokedStatus("2024-03-01", 1)
		q.OCSP = []*OCSPResponse{good.parse(t), revoked.parse(t)}
		wantRevoked(t, Revocation(q), "2024-03-01", 1)
	}
}

func TestRevocationStateString(t *testing.T) {
	for s, want := range map[RevocationState]string{RevocationUnknown: "unknown", RevocationGood: "good", RevocationRevoked: "revoked"} {
		if s.String() != want {
			t.Errorf("got %s, want %s", s, want)
		}
	}
}
