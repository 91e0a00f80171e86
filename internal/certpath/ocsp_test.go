package certpath

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"testing"
	"time"

	casn1 "golang.org/x/crypto/cryptobyte/asn1"
	"golang.org/x/crypto/ocsp"

	"github.com/exhibit-dev/exhibit/internal/der"
)

func (h house) single() *single { return &single{cert: h.leaf, issuer: h.ca} }

// answer is by the issuer itself, about the leaf, good.
func (h house) answer() *answer { return &answer{signer: h.ca, singles: []*single{h.single()}} }

func (h house) askOCSP(t testing.TB, answers ...*answer) RevocationStatus {
	t.Helper()
	q := h.query()
	for _, a := range answers {
		q.OCSP = append(q.OCSP, a.parse(t))
	}
	return Revocation(q)
}

func revokedStatus(date string, reason ...byte) []byte {
	parts := [][]byte{general(day(date))}
	if reason != nil {
		parts = append(parts, ctxCons(0, tlv(casn1.ENUM, reason)))
	}
	return ctxCons(1, parts...)
}

func noCheck() []pkix.Extension {
	return []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 5}, Value: []byte{5, 0}}}
}

// responder issues a delegated responder.
func responder(t testing.TB, parent *maker, change func(*x509.Certificate)) *maker {
	x := &x509.Certificate{
		Subject: pkix.Name{CommonName: "responder"}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage:     []x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning},
		ExtraExtensions: noCheck(),
	}
	if change != nil {
		change(x)
	}
	return makeCert(t, parent, x)
}

func TestOCSPAgainstLibrary(t *testing.T) {
	h := newHouse(t)
	delegate := responder(t, h.ca, nil)
	for _, hash := range []crypto.Hash{crypto.SHA1, crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		for _, status := range []int{ocsp.Good, ocsp.Revoked, ocsp.Unknown} {
			template := ocsp.Response{
				Status: status, SerialNumber: h.leaf.std.SerialNumber, IssuerHash: hash, ThisUpdate: after,
				NextUpdate: after.AddDate(0, 0, 7), RevokedAt: day("2024-03-01"), RevocationReason: ocsp.CACompromise,
			}
			signer := h.ca
			if hash == crypto.SHA256 {
				signer, template.Certificate = delegate, delegate.std
			}
			raw, err := ocsp.CreateResponse(h.ca.std, signer.std, template, signer.key)
			if err != nil {
				t.Fatal(err)
			}
			std, err := ocsp.ParseResponseForCert(raw, h.leaf.std, h.ca.std)
			if err != nil {
				t.Fatal(err)
			}
			r, err := ParseOCSP(raw)
			if err != nil {
				t.Fatal(err)
			}
			if !r.ProducedAt().Equal(std.ProducedAt) || !bytes.Equal(r.rawTBS, std.TBSResponseData) {
				t.Errorf("got %v, want %v", r.ProducedAt(), std.ProducedAt)
			}
			r.Origin = "b.ocsp"
			q := h.query()
			q.OCSP = []*OCSPResponse{r}
			got := Revocation(q)
			switch status {
			case ocsp.Good:
				wantState(t, got, RevocationGood)
			case ocsp.Revoked:
				wantRevoked(t, got, "2024-03-01", 2)
			default:
				wantIgnored(t, got, "status is unknown")
				continue
			}
			if got.Source != "ocsp b.ocsp" || !got.ThisUpdate.Equal(after) || got.Note != "" {
				t.Errorf("got %+v", got)
			}
		}
	}
}

// Hand-made responses are read by the library too, so the maker is sound.
func TestOCSPMakerAgainstLibrary(t *testing.T) {
	h := newHouse(t)
	for _, a := range []*answer{h.answer(), {signer: h.ca, byKey: true, singles: h.answer().singles}} {
		std, err := ocsp.ParseResponseForCert(wrapOCSP(a.raw(t)), h.leaf.std, h.ca.std)
		if err != nil || std.Status != ocsp.Good || !std.ThisUpdate.Equal(after) {
			t.Errorf("got %+v, %v", std, err)
		}
	}
}

func TestOCSPForms(t *testing.T) {
	h := newHouse(t)
	basic := h.answer().raw(t)
	full := wrapOCSP(basic)
	for name, c := range map[string]struct {
		raw []byte
		ok  bool
	}{
		"basic":         {basic, true},
		"wrapped":       {full, true},
		"try later":     {seq(tlv(casn1.ENUM, []byte{3})), false},
		"no bytes":      {seq(tlv(casn1.ENUM, []byte{0})), false},
		"other type":    {seq(tlv(casn1.ENUM, []byte{0}), ctxCons(0, seq(oidBytes(oidOCSPNonce), tlv(casn1.OCTET_STRING, basic)))), false},
		"tail":          {append(bytes.Clone(full), 0), false},
		"tail of basic": {append(bytes.Clone(basic), 0), false},
		"tail inside":   {wrapOCSP(append(bytes.Clone(basic), 0)), false},
		"cut":           {full[:len(full)-1], false},
		"indefinite":    {append(append([]byte{0x30, 0x80}, basic[4:]...), 0, 0), false},
		"empty":         {nil, false},
		"empty list":    {(&answer{signer: h.ca}).raw(t), true},
	} {
		r, err := ParseOCSP(c.raw)
		if c.ok != (err == nil) || (r == nil) != (err != nil) || err != nil && !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: got %v, %v", name, r, err)
		}
		if c.ok && name != "empty list" {
			q := h.query()
			q.OCSP = []*OCSPResponse{r}
			wantState(t, Revocation(q), RevocationGood)
		}
	}
}

func TestOCSPStatus(t *testing.T) {
	h := newHouse(t)
	with := func(change func(*single)) *answer {
		a := h.answer()
		change(a.singles[0])
		return a
	}
	status := func(b []byte, x ...[]byte) *answer {
		return with(func(s *single) { s.status, s.extensions = b, x })
	}
	invalid := func(d string) []byte { return ext(oidInvalidityDate, false, general(day(d))) }
	wantRevoked(t, h.askOCSP(t, status(revokedStatus("2024-03-01"))), "2024-03-01", -1)
	wantRevoked(t, h.askOCSP(t, status(revokedStatus("2024-03-01", 1))), "2024-03-01", 1)
	wantRevoked(t, h.askOCSP(t, status(revokedStatus("2024-03-01", 1), invalid("2023-03-01"))), "2023-03-01", 1)
	wantRevoked(t, h.askOCSP(t, status(revokedStatus("2024-03-01", 1), invalid("2025-03-01"))), "2024-03-01", 1)
	wantIgnored(t, h.askOCSP(t, status(ctx(2))), "status is unknown")
	old := day("2020-01-01")
	wantRevoked(t, h.askOCSP(t, with(func(s *single) { s.status, s.this = revokedStatus("2019-03-01"), old })), "2019-03-01", -1)
	wantIgnored(t, h.askOCSP(t, with(func(s *single) { s.this = old })), "before the proven time")
	wantState(t, h.askOCSP(t, with(func(s *single) { s.this = proven })), RevocationGood)

	// Several responses, several statements.
	wantRevoked(t, h.askOCSP(t, h.answer(), status(revokedStatus("2024-03-01", 4))), "2024-03-01", 4)
	hold := status(revokedStatus("2024-03-01", 6))
	wantRevoked(t, h.askOCSP(t, h.answer(), hold), "2024-03-01", 6)
	later := with(func(s *single) { s.this = day("2024-07-01") })
	if got := h.askOCSP(t, hold, later); !got.Released {
		t.Errorf("got %+v", got)
	}
	during := with(func(s *single) { s.status = revokedStatus("2023-03-01", 6) })
	if got := h.askOCSP(t, during, later); got.State != RevocationRevoked || got.Released { // it held at the proven time
		t.Errorf("got %+v", got)
	}
	two := h.answer()
	two.singles = []*single{{cert: h.ca, issuer: h.ca, status: revokedStatus("2021-01-01")}, h.single()}
	wantState(t, h.askOCSP(t, two), RevocationGood)
	two.singles = append(two.singles, &single{cert: h.leaf, issuer: h.ca, status: revokedStatus("2024-03-01", 1)})
	wantRevoked(t, h.askOCSP(t, two), "2024-03-01", 1)

	for name, b := range map[string][]byte{
		"good with contents": ctx(0, []byte{0}), "unknown with contents": ctx(2, []byte{0}),
		"revoked without a time": ctxCons(1), "revoked by UTCTime": ctxCons(1, utc(proven)), "another": ctx(3),
		"revoked, tail": ctxCons(1, general(proven), []byte{5, 0}), "bad reason": ctxCons(1, general(proven), ctxCons(0, integer(1))),
	} {
		if _, err := ParseOCSP(status(b).raw(t)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOCSPCertID(t *testing.T) {
	h := newHouse(t)
	stranger := newHouse(t) // same names and serial number, another key
	try := func(s *single) RevocationStatus {
		return h.askOCSP(t, &answer{signer: h.ca, singles: []*single{s}})
	}
	silent := func(s *single) {
		t.Helper()
		if got := try(s); got.State != RevocationUnknown || got.Ignored != nil {
			t.Errorf("got %+v", got)
		}
	}
	sha256OID := asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	wantState(t, try(&single{cert: h.leaf, issuer: h.ca, hash: sha256OID, sum: sha256Sum}), RevocationGood)
	silent(&single{cert: h.leaf, issuer: h.ca, hash: sha256OID, sum: sha1Sum})
	silent(&single{cert: h.leaf, issuer: stranger.ca})
	silent(&single{cert: h.ca, issuer: h.ca})
	otherName := makeCertWithKey(t, nil, caTemplate("Other"), h.ca.key)
	silent(&single{cert: makeCert(t, otherName, leafTemplate()), issuer: h.ca})
	wantIgnored(t, try(&single{cert: h.leaf, issuer: h.ca, hash: asn1.ObjectIdentifier{1, 2, 3}, sum: sha1Sum}), "digest algorithm")
}

func TestOCSPResponder(t *testing.T) {
	h := newHouse(t)
	other := makeCert(t, nil, caTemplate("Other"))
	twin := makeCert(t, nil, caTemplate("CA")) // the issuer's name, another key
	with := func(change func(*x509.Certificate)) *maker { return responder(t, h.ca, change) }
	for name, c := range map[string]struct {
		signer *maker
		why    string // "" = accepted
	}{
		"delegated":                 {with(nil), ""},
		"without the purpose":       {with(func(x *x509.Certificate) { x.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth} }), "lacks OCSPSigning"},
		"without any purpose":       {with(func(x *x509.Certificate) { x.ExtKeyUsage = nil }), "lacks OCSPSigning"},
		"among purposes":            {with(func(x *x509.Certificate) { x.ExtKeyUsage = append(x.ExtKeyUsage, x509.ExtKeyUsageServerAuth) }), ""},
		"no key usage":              {with(func(x *x509.Certificate) { x.KeyUsage = 0 }), ""},
		"key usage without signing": {with(func(x *x509.Certificate) { x.KeyUsage = x509.KeyUsageKeyEncipherment }), "allows no signatures"},
		"of another issuer":         {responder(t, other, nil), "another issuer"},
		"of another key":            {responder(t, twin, nil), "not signed by the issuer"},
		"expired": {with(func(x *x509.Certificate) {
			x.NotBefore, x.NotAfter = day("2020-01-01"), day("2024-01-01")
		}), "not valid when"},
		"not yet valid": {with(func(x *x509.Certificate) {
			x.NotBefore, x.NotAfter = day("2025-01-01"), day("2026-01-01")
		}), "not valid when"},
		"unknown critical extension": {with(func(x *x509.Certificate) {
			x.ExtraExtensions = append(x.ExtraExtensions, pkix.Extension{Id: asn1.ObjectIdentifier{1, 2, 3}, Critical: true, Value: []byte{5, 0}})
		}), "extension that is not known"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, byKey := range []bool{false, true} {
				for _, embedded := range []bool{false, true} {
					a := h.answer()
					a.signer, a.byKey = c.signer, byKey
					q := h.query()
					if embedded {
						a.certs = []*maker{h.leaf, c.signer}
					} else {
						q.Pool = []*Certificate{h.leaf.cert, c.signer.cert}
					}
					q.OCSP = []*OCSPResponse{a.parse(t)}
					got := Revocation(q)
					if c.why != "" {
						wantIgnored(t, got, c.why)
						continue
					}
					wantState(t, got, RevocationGood)
					if got.Note != "" {
						t.Errorf("note %q", got.Note)
					}
				}
			}
		})
	}
	wantIgnored(t, h.askOCSP(t, &answer{signer: with(nil), singles: h.answer().singles}), "not at hand")
	byKey := h.answer()
	byKey.byKey = true
	wantState(t, h.askOCSP(t, byKey), RevocationGood)
	wrong := h.answer()
	wrong.signer = &maker{key: h.leaf.key, cert: h.ca.cert}
	wantIgnored(t, h.askOCSP(t, wrong), "does not verify")
	borrowed := h.answer() // a good responder's name over another's signature
	d := with(nil)
	borrowed.signer, borrowed.certs = &maker{key: h.leaf.key, cert: d.cert}, []*maker{d}
	wantIgnored(t, h.askOCSP(t, borrowed), "does not verify")
}

func TestOCSPIssuerExpired(t *testing.T) {
	x := caTemplate("CA")
	x.NotBefore, x.NotAfter = day("2020-01-01"), day("2023-01-01")
	ca := makeCert(t, nil, x)
	h := house{ca, makeCert(t, ca, leafTemplate())}
	wantIgnored(t, h.askOCSP(t, h.answer()), "its signer was not valid")
	a := h.answer()
	a.singles[0].status = revokedStatus("2024-03-01")
	wantRevoked(t, h.askOCSP(t, a), "2024-03-01", -1)
	q := h.query()
	q.OCSP, q.Trusted = []*OCSPResponse{h.answer().parse(t)}, func(c *Certificate, _ time.Time) bool { return c == ca.cert }
	wantState(t, Revocation(q), RevocationGood)
}

// A responder without nocheck is accepted with a note, unless it is revoked.
func TestOCSPResponderRevocation(t *testing.T) {
	h := newHouse(t)
	d := responder(t, h.ca, func(x *x509.Certificate) { x.ExtraExtensions = nil })
	free := responder(t, h.ca, nil)
	list := func(m *maker, date string) *CRL {
		l := h.list().at(date)
		if m != nil {
			l.entries = []entry{{m.cert.Serial, day("2024-03-01"), nil}}
		}
		return l.parse(t)
	}
	for _, status := range [][]byte{nil, revokedStatus("2024-02-01", 1)} {
		want := RevocationGood
		if status != nil {
			want = RevocationRevoked
		}
		ask := func(m *maker, crls ...*CRL) RevocationStatus {
			a := h.answer()
			a.signer, a.certs, a.singles[0].status = m, []*maker{m}, status
			q := h.query()
			q.OCSP, q.CRLs = []*OCSPResponse{a.parse(t)}, crls
			return Revocation(q)
		}
		got := ask(d)
		wantState(t, got, want)
		if got.Note == "" {
			t.Error("no note")
		}
		// This list is too old for the leaf, but not to revoke the responder.
		wantIgnored(t, ask(d, list(d, "2023-06-01")), "its responder is revoked")
		wantState(t, ask(free, list(free, "2023-06-01")), want) // nocheck
		if got := ask(d, list(nil, "2023-06-01")); got.State != want || got.Note == "" {
			t.Errorf("an old list: %+v", got)
		}
		got = ask(d, list(nil, "2024-07-01"))
		wantState(t, got, want)
		if got.Note != "" {
			t.Errorf("note %q although the list covers the responder", got.Note)
		}
	}
}

func TestOCSPExtensions(t *testing.T) {
	h := newHouse(t)
	unknown := der.MustOID("1.2.3.4")
	inSingle := func(x ...[]byte) *answer { a := h.answer(); a.singles[0].extensions = x; return a }
	inAnswer := func(x ...[]byte) *answer { a := h.answer(); a.extensions = x; return a }
	wantState(t, h.askOCSP(t, inSingle(ext(unknown, false, nil))), RevocationGood)
	wantIgnored(t, h.askOCSP(t, inSingle(ext(unknown, true, nil))), "critical extension 1.2.3.4")
	wantState(t, h.askOCSP(t, inAnswer(ext(unknown, false, nil))), RevocationGood)
	wantIgnored(t, h.askOCSP(t, inAnswer(ext(unknown, true, nil))), "critical extension 1.2.3.4")
	wantState(t, h.askOCSP(t, inAnswer(ext(oidOCSPNonce, true, []byte{4, 1, 1}))), RevocationGood)
	revoked := inSingle(ext(unknown, true, nil))
	revoked.singles[0].status = revokedStatus("2024-03-01")
	wantIgnored(t, h.askOCSP(t, revoked), "critical extension")
	twice := ext(unknown, false, nil)
	for name, a := range map[string]*answer{
		"single": inSingle(twice, twice), "answer": inAnswer(twice, twice),
		"cutoff": inSingle(ext(oidArchiveCutoff, false, utc(proven))), "cutoff, tail": inSingle(ext(oidArchiveCutoff, false, append(general(proven), 0))),
	} {
		if _, err := ParseOCSP(a.raw(t)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOCSPAfterTheEnd(t *testing.T) {
	h := newHouse(t)
	ask := func(this time.Time, x ...[]byte) RevocationStatus {
		a := h.answer()
		a.singles[0].this, a.singles[0].extensions = this, x
		return h.askOCSP(t, a)
	}
	cutoff := func(d string) []byte { return ext(oidArchiveCutoff, false, general(day(d))) }
	wantState(t, ask(leafTo), RevocationGood)
	wantIgnored(t, ask(leafTo.Add(time.Second)), "after the certificate's end")
	for reach, want := range map[string]RevocationState{
		"2010-01-01": RevocationGood, "2030-01-01": RevocationGood, "2030-01-02": RevocationUnknown,
	} {
		got := ask(day("2031-01-01"), cutoff(reach))
		wantState(t, got, want)
		if got.Final != (want == RevocationGood) {
			t.Errorf("%s: final %v", reach, got.Final)
		}
	}
}

func TestOCSPLimits(t *testing.T) {
	h := newHouse(t)
	a := &answer{signer: h.ca}
	far := &single{cert: h.ca, issuer: h.ca}
	for range maxSingleResponses - 1 {
		a.singles = append(a.singles, far)
	}
	a.singles = append(a.singles, h.single())
	wantState(t, h.askOCSP(t, a), RevocationGood)
	a.singles = append(a.singles, far)
	if _, err := ParseOCSP(a.raw(t)); !errors.Is(err, ErrMalformed) {
		t.Errorf("a response above the limit: %v", err)
	}

	d := responder(t, h.ca, nil)
	a = h.answer()
	a.signer = d
	for range maxOCSPCertificates - 1 {
		a.certs = append(a.certs, h.leaf)
	}
	a.certs = append(a.certs, d)
	wantState(t, h.askOCSP(t, a), RevocationGood)
	a.certs = append(a.certs, d)
	if _, err := ParseOCSP(a.raw(t)); !errors.Is(err, ErrMalformed) {
		t.Errorf("a certificate above the limit: %v", err)
	}

	a.certs = nil
	q := h.query()
	for range maxSigners - 1 {
		q.Pool = append(q.Pool, responder(t, h.ca, nil).cert) // the same name
	}
	q.Pool = append(q.Pool, d.cert)
	q.OCSP = []*OCSPResponse{a.parse(t)}
	wantState(t, Revocation(q), RevocationGood)
	q.Pool = append([]*Certificate{q.Pool[0]}, q.Pool...)
	wantIgnored(t, Revocation(q), fmt.Sprintf("more than %d certificates", maxSigners))
}

// A certificate in the response that cannot be read is passed over.
func TestOCSPUnreadableCertificate(t *testing.T) {
	h := newHouse(t)
	d := responder(t, h.ca, nil)
	a := h.answer()
	a.signer, a.certs = d, []*maker{{cert: &Certificate{Raw: seq([]byte{5, 0})}}, d}
	wantState(t, h.askOCSP(t, a), RevocationGood)
	a.certs[0].cert.Raw = []byte{5, 0}
	if _, err := ParseOCSP(a.raw(t)); !errors.Is(err, ErrMalformed) {
		t.Errorf("not a SEQUENCE: %v", err)
	}
}

func TestOCSPCache(t *testing.T) {
	h := newHouse(t)
	a := h.answer()
	d := responder(t, h.ca, nil)
	a.signer, a.certs = d, []*maker{d}
	q := h.query()
	q.OCSP = []*OCSPResponse{a.parse(t)}
	want := fmt.Sprintf("%+v", Revocation(q))
	q.Cache = NewCache()
	for range 2 {
		if got := fmt.Sprintf("%+v", Revocation(q)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if len(q.Cache.signs) != 1 || len(q.Cache.edges) != 1 || len(q.Cache.certs) != 1 {
		t.Errorf("remembered %d, %d, %d", len(q.Cache.signs), len(q.Cache.edges), len(q.Cache.certs))
	}
}
