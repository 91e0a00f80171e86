package signercheck_test

import (
	"crypto/x509"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// dates is a table in which the named digests end, and nothing else does.
func dates(t testing.TB, ends map[string]string) *trust.Algorithms {
	t.Helper()
	var rows []string
	for _, name := range []string{"sha256", "sha384", "sha512"} {
		rows = append(rows, `"`+name+`":"`+ends[name]+`"`)
	}
	a, err := trust.ParseAlgorithms([]byte(`{"source":"test","digests":{` + strings.Join(rows, ",") + `},"keys":{"ec":[{"below":0,"until":"` + ends["ec"] + `"}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

const (
	weakNoPOE     = "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE weak-signature"
	weak          = "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE weak-signature"
	weakPathNoPOE = "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE weak-path"
	weakPath      = "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE weak-path"
)

// The digest of the signature ended: a proof from before lifts it. Where it ended before
// the certificate began, or never counted, no proof could.
func TestSignatureAlgorithm(t *testing.T) {
	h := sha512House(t)
	for _, c := range []struct {
		ends, poe, want string
	}{
		{"", "", passed},
		{"2024-09-01", "", passed}, // the last good day is the one of validation
		{"2024-08-31", "", weakNoPOE},
		{"2024-06-30", "2024-06-30T23:59:59Z", passed},
		{"2024-06-30", "2024-07-01", weakNoPOE},
		{"2022-01-01", "", weakNoPOE}, // counted on the certificate's first day
		{"2021-12-31", "", weak},
		{"2021-12-31", "2022-06-01", weak},
		{"never", "", weak},
		{"never", "2022-06-01", weak},
	} {
		s := h.usual(t)
		s.poe, s.env.Algorithms = c.poe, dates(t, map[string]string{"sha256": c.ends})
		t.Run("until "+c.ends+", proof "+c.poe, func(t *testing.T) {
			r := s.run()
			wantWords(t, r, c.want)
			if c.want != passed {
				wantOnly(t, r, signercheck.CheckSignatureAlg)
			}
		})
	}
	s := h.usual(t)
	s.poe, s.env.Algorithms = "2024-03-01", dates(t, map[string]string{"ec": "2024-02-29"})
	r := s.run()
	wantWords(t, r, weakNoPOE)
	wantOnly(t, r, signercheck.CheckSignatureAlg, signercheck.CheckPathAlg)
}

// sha512House signs certificates with SHA-384 above and SHA-512 below, so that each
// link ends alone.
func sha512House(t testing.TB) house {
	root := issue(t, nil, nil, authority("root", "2015-01-01", "2045-01-01"))
	x, y := authority("CA", "2018-01-01", "2040-01-01"), person()
	x.SignatureAlgorithm, y.SignatureAlgorithm = x509.ECDSAWithSHA384, x509.ECDSAWithSHA512
	ca := issue(t, root, nil, x)
	return house{root, ca, issue(t, ca, nil, y)}
}

// A time-stamp on the signature value does not show that a certificate is as old, but
// for the signer's own, where the signature holds its hash. One on the revision that
// holds them does (EN 319 102-1, 5.5.4, step 10).
func TestPathAlgorithm(t *testing.T) {
	h := sha512House(t)
	for _, c := range []struct {
		name           string
		digest, ends   string
		poe, all, want string
		withoutESS     bool
	}{
		{name: "the CA's", digest: "sha384", ends: "2024-06-30", want: weakPathNoPOE},
		{name: "the CA's, proof over the value", digest: "sha384", ends: "2024-06-30", poe: "2024-03-01", want: weakPathNoPOE},
		{name: "the CA's, proof over all", digest: "sha384", ends: "2024-06-30", poe: "2024-03-01", all: "2024-05-01", want: passed},
		{name: "the CA's, proof over all, late", digest: "sha384", ends: "2024-06-30", poe: "2024-03-01", all: "2024-07-01", want: weakPathNoPOE},
		{name: "the CA's, ended early", digest: "sha384", ends: "2021-06-30", poe: "2024-03-01", all: "2024-03-01", want: weakPath},
		{name: "the signer's", digest: "sha512", ends: "2024-06-30", want: weakPathNoPOE},
		{name: "the signer's, proof over the value", digest: "sha512", ends: "2024-06-30", poe: "2024-03-01", want: passed},
		{name: "the signer's, proof over all is earlier", digest: "sha512", ends: "2024-06-30", poe: "2024-07-01", all: "2024-03-01", want: passed},
		{name: "the signer's, not bound", digest: "sha512", ends: "2024-06-30", poe: "2024-03-01", withoutESS: true, want: weakPathNoPOE},
		{name: "the signer's, not bound, proof over all", digest: "sha512", ends: "2024-06-30", all: "2024-03-01", withoutESS: true, want: passed},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := h.usual(t)
			s.poe, s.all, s.env.Algorithms = c.poe, c.all, dates(t, map[string]string{c.digest: c.ends})
			if c.withoutESS {
				s.signed = read(t, signature{by: h.signer, noESS: true, carried: []*holder{h.signer, h.ca}}.raw(t))
				s.signed.Content, s.profile.WithoutESS = verdict.Bytes(document), true
			}
			r := s.run()
			wantWords(t, r, c.want)
			if c.want != passed {
				wantOnly(t, r, signercheck.CheckPathAlg)
			}
		})
	}
}

// Revocation data whose signature no longer counts clears nobody, and what it says of a
// revocation is no proof; a proof that covers it lifts that, one over the value does not.
func TestRevocationAlgorithm(t *testing.T) {
	h := sha512House(t) // its lists are signed with SHA-256, like the signature
	const weakData = "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE weak-revocation"
	ca := h.root.list(t, list{this: "2026-03-01", next: "2026-04-01"})
	lists := h.data(t)
	for _, c := range []struct {
		data, poe, all, want string
	}{
		{"current", "2024-03-01", "2024-05-01", passed},
		{"current", "2024-03-01", "2024-07-01", tryLater},
		{"current", "2024-03-01", "", tryLater},
		{"revoked", "2024-06-15", "2024-06-15", revokedNo},
		{"revoked", "2024-06-15", "", weakData},
	} {
		s := h.usual(t).under(trust.ETSI)
		s.poe, s.all, s.env.CRLs = c.poe, c.all, []*pki.CRL{ca, lists[c.data]}
		s.env.Algorithms = dates(t, map[string]string{"sha256": "2024-06-30"})
		t.Run(c.data+", proofs "+c.poe+" and "+c.all, func(t *testing.T) { wantWords(t, s.run(), c.want) })
	}
}

// What a caller judges beside the signature, such as the digest of adbe.pkcs7.sha1, is
// judged at the same time.
func TestOtherAlgorithms(t *testing.T) {
	h := newHouse(t)
	const check = "content-algorithm"
	for poe, want := range map[string]verdict.State{"": verdict.CheckIndeterminate, "2024-03-01": verdict.CheckPassed} {
		s := h.usual(t)
		s.poe, s.env.Algorithms = poe, dates(t, map[string]string{"sha384": "2024-06-30"})
		j := s.judge()
		j.Record = verdict.Begin("test", check)
		j.Algorithms(check, "weak-content")
		if j.Record.State(check) != verdict.NotExecuted {
			t.Error("no use was judged, and the check is answered")
		}
		j.Algorithms(check, "weak-content", trust.Use{Digest: "sha384", Where: "content"})
		if got := j.Record.State(check); got != want {
			t.Errorf("proof %s: %s", poe, got)
		}
	}
}

// Without a time of validation nothing is decided, whatever is proven; a proof of
// another policy, or without a time, is none.
func TestNoTime(t *testing.T) {
	h := newHouse(t)
	s := h.usual(t)
	for _, poe := range []string{"", "2024-03-01"} {
		s.poe, s.env.At = poe, day("0001-01-01")
		wantWords(t, s.run(), "INDETERMINATE CUSTOM policy.no-time")
	}
	none := s
	none.poe = ""
	r := none.run()
	wantOnly(t, r, signercheck.CheckValidity, signercheck.CheckPathValidity, signercheck.CheckExpiry, signercheck.CheckSignatureAlg, signercheck.CheckPathAlg)
	for _, c := range r.Checks() {
		if c.State != verdict.CheckPassed && c.Reason != "policy.no-time" {
			t.Errorf("%s: %s", c.Name, c.Reason)
		}
	}
	if warned(r, "pdf.anchor-expired") {
		t.Error("an anchor is said to have ended at no time")
	}
	s = h.usual(t)
	s.env.At, s.env.Algorithms = day("2026-01-01"), dates(t, map[string]string{"ec": "2024-06-30"})
	for name, e := range map[string]*verdict.Existence{
		"another policy": {NotLaterThan: day("2024-03-01"), Policy: "etsi"},
		"no time":        {Policy: "issuance"},
	} {
		j := s.judge()
		j.Time = signercheck.UpperBound(&s.env, signercheck.Proofs{Signature: e, Material: e})
		j.Run()
		t.Run(name, func(t *testing.T) {
			r := j.Record.Finish()
			wantWords(t, r, outNo)
			if c, _ := r.Check(signercheck.CheckPathAlg); c.Sub != verdict.CryptoConstraintsFailureNoPOE {
				t.Errorf("path: %s %s", c.State, c.Reason)
			}
		})
	}
	s.env.Algorithms = nil
	j := s.judge()
	j.Time = signercheck.Time{}
	j.Run()
	wantWords(t, j.Record.Finish(), outNo)
}
