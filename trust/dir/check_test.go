package dir

import (
	"crypto/x509"
	"encoding/asn1"
	"slices"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/trust/pki"
)

// findings returns "path code" of every finding.
func findings(t *testing.T, at time.Time, pairs ...any) []string {
	t.Helper()
	var out []string
	for _, f := range load(t, files(pairs...)).Check(at) {
		if f.Message == "" {
			t.Errorf("%v has no message", f)
		}
		out = append(out, f.Path+" "+f.Code)
	}
	return out
}

func endCertificate(c *x509.Certificate) { c.IsCA, c.KeyUsage = false, x509.KeyUsageDigitalSignature }

func stamping(c *x509.Certificate) {
	endCertificate(c)
	c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}
}

func TestCheck(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	a := newAuthority(t, "A")
	dates := func(s string) []byte { return []byte(`{"source": "x", ` + s + `}`) }
	ed := `"keys": {"ed25519": [{"below": 0, "until": "2025-12-31"}]}`
	cases := []struct {
		name  string
		at    time.Time
		files []any
		want  []string
	}{
		{"clean", now, []any{"tsa/a.pem", a.pem(), "documents/a.pem", a.pem(), "intermediates/a.pem", a.pem(), "revocation/a.crl", a.crl(t, to)}, nil},
		{"first moment", from, []any{"tsa/a.pem", a.pem()}, nil},
		{"before it", from.Add(-1), []any{"tsa/a.pem", a.pem(), "documents/a.pem", a.pem()}, []string{"documents/a.pem not-yet-valid", "tsa/a.pem not-yet-valid"}},
		{"last second", to.Add(time.Second - 1), []any{"tsa/a.pem", a.pem()}, nil},
		{"after it", to.Add(time.Second), []any{"tsa/a.pem", a.pem(), "documents/a.pem", a.pem()}, []string{"documents/a.pem expired", "tsa/a.pem expired"}},
		{"an expired intermediate is normal", to.Add(time.Hour), []any{"intermediates/a.pem", a.pem()}, nil},
		{"end certificate for time-stamps", now, []any{"tsa/a.pem", newAuthority(t, "E", stamping).pem()}, nil},
		{"end certificate for something else", now, []any{"tsa/a.pem", newAuthority(t, "E", endCertificate).pem()}, []string{"tsa/a.pem no-time-stamping"}},
		{"which is fine for documents", now, []any{"documents/a.pem", newAuthority(t, "E", endCertificate).pem()}, nil},
		{"key on its last day", now.Add(-1), []any{"algorithms.json", dates(ed), "tsa/a.pem", a.pem(), "documents/a.pem", a.pem()}, nil},
		{"key after it", now, []any{"algorithms.json", dates(ed), "tsa/a.pem", a.pem(), "documents/a.pem", a.pem()}, []string{"documents/a.pem weak-key", "tsa/a.pem weak-key"}},
		{"key and signature of an intermediate", now, []any{"algorithms.json", dates(ed), "intermediates/a.pem", a.pem()}, []string{"intermediates/a.pem weak-key", "intermediates/a.pem weak-signature"}},
		{"list on its last moment", to, []any{"revocation/a.crl", a.crl(t, to)}, nil},
		{"list past its next update", to.Add(1), []any{"revocation/a.crl", a.crl(t, to)}, []string{"revocation/a.crl stale-crl"}},
		{"given twice", now, []any{"tsa/a.pem", a.pem(), "tsa/b.pem", a.pem()}, []string{"tsa/b.pem duplicate"}},
		{"second of a file", now, []any{"tsa/a.pem", append(a.pem(), newAuthority(t, "E", endCertificate).pem()...)}, []string{"tsa/a.pem#2 no-time-stamping"}},
		{"without a use", now, []any{"ca.pem", a.pem()}, []string{"ca.pem not-used"}},
		{"a defective file is no finding", now, []any{"tsa/a.pem", []byte("x")}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := findings(t, c.at, c.files...); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestARootWithoutExtensionsIsNoEndCertificate(t *testing.T) {
	a := load(t, files("tsa/a.pem", newAuthority(t, "A", endCertificate).pem())).TSA[0].Certificate
	old := func(issuer []byte) *Trust {
		c := &pki.Certificate{RawSubject: a.RawSubject, RawIssuer: issuer, RawSPKI: a.RawSPKI, NotBefore: from, NotAfter: to}
		return &Trust{TSA: []pki.Anchor{{Certificate: c, Origin: "tsa/a.pem"}}}
	}
	if got := old(a.RawSubject).Check(from); len(got) != 0 {
		t.Errorf("self-issued: %v", got)
	}
	if got := old([]byte{0x30, 0}).Check(from); len(got) != 1 || got[0].Code != "no-time-stamping" {
		t.Errorf("issued by another: %v", got)
	}
}

func TestAListThatNamesNoNextUpdateIsNotStale(t *testing.T) {
	var list struct {
		TBS struct {
			Version     int
			Alg, Issuer asn1.RawValue
			This        time.Time
			Next        time.Time     `asn1:"optional"`
			Ext         asn1.RawValue `asn1:"optional,explicit,tag:0"`
		}
		Alg asn1.RawValue
		Sig asn1.BitString
	}
	_, err := asn1.Unmarshal(newAuthority(t, "A").crl(t, to), &list)
	must(t, err)
	list.TBS.Next = time.Time{}
	der, err := asn1.Marshal(list)
	must(t, err)
	tr := load(t, files("revocation/a.crl", der))
	if len(tr.CRLs) != 1 || !tr.CRLs[0].NextUpdate().IsZero() {
		t.Fatalf("errors %v", tr.Errors)
	}
	if got := tr.Check(to.AddDate(10, 0, 0)); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestCheckNamesTheLastGoodDay(t *testing.T) {
	a := newAuthority(t, "A")
	for until, want := range map[string]string{
		"2020-01-31": "key ed25519-256: good enough until 2020-01-31",
		"never":      "key ed25519-256: not good enough at any time",
	} {
		tr := load(t, files("tsa/a.pem", a.pem(), "algorithms.json", []byte(`{"keys": {"ed25519": [{"below": 0, "until": "`+until+`"}]}}`)))
		if got := tr.Check(from.AddDate(1, 0, 0)); len(got) != 1 || got[0].Message != want {
			t.Errorf("got %v, want %q", got, want)
		}
	}
	tr := load(t, files("tsa/a.pem", a.pem(), "algorithms.json", []byte(`{}`)))
	if got := tr.Check(from); len(got) != 1 || got[0].Message != "key ed25519-256: not in the table of algorithm dates" {
		t.Errorf("got %v", got)
	}
}
