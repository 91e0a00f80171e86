package signercheck_test

import (
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
	"sync"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// Who may sign documents, by the extended key usage: everybody whose certificate does
// not name other purposes alone.
func TestDocumentPurpose(t *testing.T) {
	h := newHouse(t)
	documentSigning := asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 36} // RFC 9336
	national := asn1.ObjectIdentifier{1, 2, 3, 4}
	const (
		server, client = x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth
		mail, stamp    = x509.ExtKeyUsageEmailProtection, x509.ExtKeyUsageTimeStamping
	)
	for name, c := range map[string]struct {
		known   []x509.ExtKeyUsage
		unknown []asn1.ObjectIdentifier
		may     bool
	}{
		"none":                        {nil, nil, true},
		"document signing":            {nil, []asn1.ObjectIdentifier{documentSigning}, true},
		"a national one":              {nil, []asn1.ObjectIdentifier{national}, true},
		"any":                         {[]x509.ExtKeyUsage{x509.ExtKeyUsageAny}, nil, true},
		"e-mail":                      {[]x509.ExtKeyUsage{mail}, nil, true},
		"client":                      {[]x509.ExtKeyUsage{client}, nil, true},
		"e-mail and server":           {[]x509.ExtKeyUsage{mail, server}, nil, true},
		"server":                      {[]x509.ExtKeyUsage{server}, nil, false},
		"server and client":           {[]x509.ExtKeyUsage{server, client}, nil, false},
		"time-stamping":               {[]x509.ExtKeyUsage{stamp}, nil, false},
		"OCSP":                        {[]x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning}, nil, false},
		"time-stamping and documents": {[]x509.ExtKeyUsage{stamp}, []asn1.ObjectIdentifier{documentSigning}, true},
	} {
		t.Run(name, func(t *testing.T) {
			x := person()
			x.ExtKeyUsage, x.UnknownExtKeyUsage = c.known, c.unknown
			s := h.signed(t, signature{by: issue(t, h.ca, nil, x)})
			r := s.run()
			if c.may {
				wantWords(t, r, passed)
				return
			}
			wantWords(t, r, "INDETERMINATE CHAIN_CONSTRAINTS_FAILURE extended-key-usage")
			wantOnly(t, r, signercheck.CheckEKU)
		})
	}
	x := person()
	x.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Value: []byte{0x30, 0}}}
	unreadable := issue(t, h.ca, nil, x)
	if signercheck.DocumentPurpose(unreadable.own) == "" {
		t.Error("an extension that cannot be read allows signatures")
	}
}

// The key usage must allow signatures. That a certificate may do more, or is that of a
// CA, is told.
func TestKeyUsage(t *testing.T) {
	h := newHouse(t)
	for name, c := range map[string]struct {
		usage   x509.KeyUsage
		ca      bool
		want    string
		warning string
	}{
		"digitalSignature": {x509.KeyUsageDigitalSignature, false, passed, ""},
		"nonRepudiation":   {x509.KeyUsageContentCommitment, false, passed, ""},
		"absent":           {0, false, passed, ""},
		"more":             {x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment, false, passed, "pdf.key-usage"},
		"other":            {x509.KeyUsageKeyEncipherment, false, "INDETERMINATE CHAIN_CONSTRAINTS_FAILURE key-usage", ""},
		"a CA":             {x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, true, passed, "pdf.signer-is-ca"},
	} {
		t.Run(name, func(t *testing.T) {
			x := person()
			x.KeyUsage, x.IsCA = c.usage, c.ca
			s := h.signed(t, signature{by: issue(t, h.ca, nil, x)})
			r := s.run()
			wantWords(t, r, c.want)
			if c.warning != "" && !warned(r, c.warning) {
				t.Errorf("no warning %s: %v", c.warning, r.Warnings)
			}
		})
	}
}

// A profile that wants no CA owes one check more.
func TestNoCA(t *testing.T) {
	h := newHouse(t)
	x := person()
	x.IsCA = true
	s := h.signed(t, signature{by: issue(t, h.ca, nil, x)})
	s.profile.CAMaySign = false
	r := s.run()
	wantWords(t, r, "INDETERMINATE CHAIN_CONSTRAINTS_FAILURE signer-is-ca")
	wantOnly(t, r, signercheck.CheckNotCA)
	sound := h.usual(t)
	sound.profile.CAMaySign = false
	wantWords(t, sound.run(), passed)
}

// What each form owes, in the fixed order of checks.
func TestOwedChecks(t *testing.T) {
	p := signercheck.Document
	all, raw := p.CMSChecks(), p.RawChecks()
	if len(all) != 20 || len(raw) != 14 || slices.Contains(all, signercheck.CheckNotCA) {
		t.Errorf("%d %v\n%d %v", len(all), all, len(raw), raw)
	}
	p.CAMaySign = false
	if !slices.Contains(p.CMSChecks(), signercheck.CheckNotCA) || !slices.Contains(p.RawChecks(), signercheck.CheckNotCA) {
		t.Error("the check signer-not-ca is not owed")
	}
	at := -1
	for _, c := range raw {
		if i := slices.Index(all, c); i <= at {
			t.Errorf("%s stands elsewhere", c)
		} else {
			at = i
		}
	}
	// Every check is answered: nothing is left open where all is sound, and nothing is
	// recorded that is not owed.
	h := newHouse(t)
	s := h.usual(t)
	r := s.run()
	if got := len(r.Checks()); got != len(all) {
		t.Errorf("%d checks recorded, %d owed", got, len(all))
	}
}

// One parsed signature may be judged at the same time by many, and always alike.
func TestConcurrent(t *testing.T) {
	h := newHouse(t)
	_, raw := rawScene(t, crypto.SHA256, sha256Sum(document))
	for _, s := range []scene{h.usual(t), raw} {
		s.env.Cache = pki.NewCache()
		s.poe, s.beside.CRLs = "2024-03-01", []*pki.CRL{h.data(t)["revoked"]}
		want := s.run()
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if got := s.run(); words(got) != words(want) || len(got.Warnings) != len(want.Warnings) {
					t.Errorf("got %s, want %s", words(got), words(want))
				}
			})
		}
		wg.Wait()
	}
}

// For the same facts a time that the evidence states itself is a proof where an upper
// bound is none.
func TestOwnTime(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct{ at, data, own, bound string }{
		{"2021-06-01", "none", tooEarly, tooEarly},
		{"2025-06-01", "none", "FAILED EXPIRED expired", outNo},
		{"2024-07-01", "revoked", "FAILED REVOKED revoked", revokedNo},
		{"2024-03-01", "revoked", "INDETERMINATE REVOKED_NO_POE revoked-no-poe", passed},
		{"2024-03-01", "superseded", passed, passed}, // RFC 3161, section 4
		{"2024-03-01", "none", passed, passed},
	} {
		s := h.usual(t)
		s.poe, s.env.At = c.at, day("2026-01-01")
		if c.data != "none" {
			s.env.CRLs = []*pki.CRL{h.data(t)[c.data]}
		}
		wantWords(t, s.run(), c.bound)
		j := s.judge()
		j.Time = signercheck.SigningTime(day(c.at), "genTime", nil)
		j.Run()
		wantWords(t, j.Record.Finish(), c.own)
	}
}
