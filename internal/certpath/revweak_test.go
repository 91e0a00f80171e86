package certpath

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"strings"
	"testing"
	"time"
)

func withoutNoCheck(x *x509.Certificate) { x.ExtraExtensions = nil }

func wantNote(t *testing.T, got RevocationStatus, note string) {
	t.Helper()
	if !strings.Contains(strings.Join(got.Ignored, "\n"), note) {
		t.Errorf("ignored %q, want %q", got.Ignored, note)
	}
}

// notSHA384 stands for any judgement of algorithms.
func notSHA384(digest, _ string, _ int) (bool, string) { return digest != "sha384", "it is too good" }

const weakNote = "signed with sha384: it is too good"

func TestWeakList(t *testing.T) {
	h := newHouse(t)
	list := func(weak bool, date string, e ...entry) *CRL {
		l := h.list(e...).at(date)
		l.sha384 = weak
		c := l.parse(t)
		c.Origin = fmt.Sprintf("%s %t", date, weak)
		return c
	}
	cache := NewCache()
	ask := func(from string, lists ...*CRL) RevocationStatus {
		q := h.query()
		q.From, q.CRLs, q.Acceptable, q.Cache = day(from), lists, notSHA384, cache
		return Revocation(q)
	}
	good, weakGood := list(false, "2024-07-01"), list(true, "2024-07-01")
	wantState(t, h.ask(t, weakGood), RevocationGood) // nobody objects
	wantState(t, ask("2024-01-01", good), RevocationGood)
	wantIgnored(t, ask("2024-01-01", weakGood), weakNote)
	wantState(t, ask("2024-01-01", good, weakGood), RevocationGood)

	gone := h.entry("2024-03-01", reason(1))
	weak := list(true, "2024-06-01", gone)
	for _, lists := range [][]*CRL{{weak}, {weak, good}, {good, weak}} {
		got := ask("2024-01-01", lists...)
		wantRevoked(t, got, "2024-03-01", 1)
		if !got.Weak || got.Note != weakNote || got.Source != "crl 2024-06-01 true" {
			t.Errorf("got %+v", got)
		}
	}
	// The cache knows the signatures and not the judgement.
	q := h.query()
	q.CRLs, q.Cache = []*CRL{weak}, cache
	if got := Revocation(q); got.State != RevocationRevoked || got.Weak || got.Note != "" {
		t.Errorf("got %+v", got)
	}

	later := list(false, "2024-06-01", h.entry("2024-05-01", reason(4)))
	for name, c := range map[string]struct {
		from   string
		lists  []*CRL
		at     string
		reason int
		weak   bool
	}{
		"proof alone":                      {"2024-01-01", []*CRL{later}, "2024-05-01", 4, false},
		"weak data are not worse":          {"2024-01-01", []*CRL{list(true, "2024-06-01", h.entry("2024-05-01", reason(4))), later}, "2024-05-01", 4, false},
		"weak data are earlier and graver": {"2024-01-01", []*CRL{weak, later}, "2024-03-01", 1, true},
		"proof before the proven time":     {"2024-05-01", []*CRL{weak, later}, "2024-05-01", 4, false},
		"earlier, not graver":              {"2024-01-01", []*CRL{list(true, "2024-06-01", h.entry("2024-04-01", reason(4))), later}, "2024-04-01", 4, true},
		"graver, not earlier":              {"2024-01-01", []*CRL{list(true, "2024-06-01", h.entry("2024-05-01", reason(1))), later}, "2024-05-01", 1, true},
		"weak good data lift no hold":      {"2024-06-01", []*CRL{list(false, "2024-04-01", h.entry("2024-03-01", reason(6))), list(true, "2024-05-01")}, "2024-03-01", 6, false},
		"weak hold, no good data":          {"2024-06-01", []*CRL{list(true, "2024-04-01", h.entry("2024-03-01", reason(6)))}, "2024-03-01", 6, true},
		"weak hold beside a proof":         {"2024-06-01", []*CRL{list(true, "2024-04-01", h.entry("2024-03-01", reason(6))), list(false, "2024-05-01", h.entry("2024-05-20", reason(1)))}, "2024-05-20", 1, false},
	} {
		got := ask(c.from, c.lists...)
		wantRevoked(t, got, c.at, c.reason)
		if got.Weak != c.weak {
			t.Errorf("%s: %+v", name, got)
		}
	}
	wantNote(t, ask("2024-05-01", weak, later), "revoked, but "+weakNote)
	wantState(t, ask("2024-06-01", list(true, "2024-04-01", h.entry("2024-03-01", reason(6))), list(false, "2024-05-01"), good), RevocationGood)
}

// A delta clears nobody with a base that does not count.
func TestWeakBase(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct {
		base, delta bool
		want        RevocationState
	}{{false, false, RevocationGood}, {true, false, RevocationUnknown}, {false, true, RevocationUnknown}} {
		base := h.list().at("2023-06-01").with(ext(oidCRLNumber, false, integer(5)))
		delta := h.list().with(ext(oidCRLNumber, false, integer(7)), ext(oidDeltaCRL, true, integer(5)))
		base.sha384, delta.sha384 = c.base, c.delta
		q := h.query()
		q.CRLs, q.Acceptable = []*CRL{base.parse(t), delta.parse(t)}, notSHA384
		wantState(t, Revocation(q), c.want)
	}
}

func TestWeakResponse(t *testing.T) {
	h := newHouse(t)
	weakly := func(x *x509.Certificate) { x.SignatureAlgorithm = x509.ECDSAWithSHA384 }
	strong := responder(t, h.ca, nil)
	weak := makeCertWithKey(t, h.ca, func() *x509.Certificate {
		x := *strong.std
		x.ExtraExtensions, x.SerialNumber = noCheck(), nil
		weakly(&x)
		return &x
	}(), strong.key)
	for name, c := range map[string]struct {
		signer *maker
		certs  []*maker
		sha384 bool
		note   string
	}{
		"issuer":                    {h.ca, nil, false, ""},
		"issuer, weak":              {h.ca, nil, true, weakNote},
		"delegate":                  {strong, []*maker{strong}, false, ""},
		"delegate, weak":            {strong, []*maker{strong}, true, weakNote},
		"delegate, weakly issued":   {weak, []*maker{weak}, false, "its responder's certificate is " + weakNote},
		"delegate, issued twice":    {weak, []*maker{weak, strong}, false, ""},
		"delegate, issued twice, 2": {weak, []*maker{strong, weak}, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := h.answer()
			a.signer, a.certs, a.sha384 = c.signer, c.certs, c.sha384
			q := h.query()
			q.Acceptable, q.OCSP = notSHA384, []*OCSPResponse{a.parse(t)}
			if c.note == "" {
				wantState(t, Revocation(q), RevocationGood)
			} else {
				wantIgnored(t, Revocation(q), c.note)
			}
			a.singles[0].status = revokedStatus("2024-03-01", 1)
			q.OCSP = append(q.OCSP, a.parse(t))
			got := Revocation(q)
			wantRevoked(t, got, "2024-03-01", 1)
			if got.Weak != (c.note != "") || got.Note != c.note {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// A revocation that was found does not vanish among namesakes of its responder.
func TestWeakResponderAmongMany(t *testing.T) {
	h := newHouse(t)
	d := responder(t, h.ca, nil)
	a := h.answer()
	a.signer, a.certs, a.sha384 = d, []*maker{d}, true
	a.singles[0].status = revokedStatus("2024-03-01", 1)
	q := h.query()
	q.Acceptable, q.OCSP = notSHA384, []*OCSPResponse{a.parse(t)}
	for range maxSigners {
		q.Pool = append(q.Pool, responder(t, h.ca, nil).cert)
	}
	if got := Revocation(q); got.State != RevocationRevoked || !got.Weak {
		t.Errorf("got %+v", got)
	}
}

// The key is judged with the digest: that of the signer, and for a delegate that of
// the issuer too.
func TestWeakKeys(t *testing.T) {
	h := newHouse(t)
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	d := responder(t, h.ca, nil)
	x := *d.std
	x.ExtraExtensions, x.SerialNumber = noCheck(), nil
	large := makeCertWithKey(t, h.ca, &x, key)
	a := h.answer()
	a.signer, a.certs = large, []*maker{large}
	q := h.query()
	q.OCSP = []*OCSPResponse{a.parse(t)}
	for _, bits := range []int{256, 384} { // the issuer's, the responder's
		q.Acceptable = func(digest, kind string, n int) (bool, string) {
			if digest != "sha256" || kind != "ec" {
				t.Errorf("asked about %s, %s", digest, kind)
			}
			return n != bits, "its length"
		}
		wantIgnored(t, Revocation(q), "signed with sha256: its length")
	}
	q.OCSP, q.CRLs = nil, []*CRL{h.list().parse(t)}
	wantState(t, Revocation(q), RevocationGood)
	q.Acceptable = func(_, _ string, n int) (bool, string) { return n != 256, "its length" }
	wantIgnored(t, Revocation(q), "signed with sha256: its length")
}

// Weak data against a responder take its good answers away, and no revocation.
func TestWeakAgainstResponder(t *testing.T) {
	h := newHouse(t)
	d := responder(t, h.ca, withoutNoCheck)
	l := h.list()
	l.this, l.sha384 = day("2023-06-01"), true
	l.entries = []entry{{d.cert.Serial, day("2023-05-01"), [][]byte{reason(1)}}}
	q := h.query()
	q.Acceptable, q.CRLs = notSHA384, []*CRL{l.parse(t)}
	a := h.answer()
	a.signer, a.certs = d, []*maker{d}
	q.OCSP = []*OCSPResponse{a.parse(t)}
	wantIgnored(t, Revocation(q), "its responder is revoked by data "+weakNote)
	a.singles[0].status = revokedStatus("2024-03-01", 1)
	q.OCSP = []*OCSPResponse{a.parse(t)}
	got := Revocation(q)
	wantRevoked(t, got, "2024-03-01", 1)
	if got.Weak {
		t.Errorf("got %+v", got)
	}
}

// The responder's certificate was valid when the response was produced.
func TestResponderValidity(t *testing.T) {
	h := newHouse(t)
	d := responder(t, h.ca, func(x *x509.Certificate) { x.NotBefore, x.NotAfter = day("2024-02-01"), day("2024-07-01") })
	for produced, want := range map[time.Time]RevocationState{
		day("2024-02-01"):                   RevocationGood,
		day("2024-02-01").Add(-time.Second): RevocationUnknown,
		day("2024-07-01"):                   RevocationGood,
		day("2024-07-01").Add(time.Second):  RevocationUnknown,
	} {
		a := h.answer()
		a.signer, a.certs, a.produced = d, []*maker{d}, produced
		got := h.askOCSP(t, a)
		wantState(t, got, want)
		if want == RevocationUnknown {
			wantNote(t, got, "its responder was not valid when it was produced")
		}
	}
}
