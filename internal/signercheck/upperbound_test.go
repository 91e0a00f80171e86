package signercheck_test

import (
	"crypto/x509"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// data is what may be known of the signer's certificate, as lists of its CA: good and
// current on 2024-09-01; good and due for renewal on 2024-02-10; good later; never
// revoked, said after its end; revoked on 2024-06-01 without a reason, with a harmless
// one (RFC 3161, section 4, is about time-stamps alone), and invalid since 2024-02-01.
func (h house) data(t testing.TB) map[string]*pki.CRL {
	entry := func(reason int) []x509.RevocationListEntry {
		return []x509.RevocationListEntry{gone(h.signer, revoked, reason)}
	}
	invalid := gone(h.signer, revoked, 1, generalized(t, oidInvalidityDate, "2024-02-01"))
	l := func(l list) *pki.CRL { return h.ca.list(t, l) }
	forever := list{this: "2026-02-01", next: "2026-03-01"}
	forever.extensions = append(forever.extensions, generalized(t, oidExpiredOnCRL, "2018-01-01"))
	return map[string]*pki.CRL{
		"current":    l(list{this: "2024-08-20", next: "2024-09-10"}),
		"stale":      l(list{this: "2024-01-10", next: "2024-02-10"}),
		"later":      l(list{this: "2024-10-01", next: "2024-11-01"}),
		"for ever":   l(forever),
		"revoked":    l(list{this: "2024-08-20", next: "2024-09-10", entries: entry(-1)}),
		"superseded": l(list{this: "2024-08-20", next: "2024-09-10", entries: entry(4)}),
		"invalid":    l(list{this: "2024-08-20", next: "2024-09-10", entries: []x509.RevocationListEntry{invalid}}),
	}
}

// answers says the same by OCSP, but for the invalidity date, which x/crypto/ocsp does
// not write.
func (h house) answers(t testing.TB) map[string]*pki.OCSPResponse {
	good := func(this, next string) *pki.OCSPResponse {
		return h.ca.answer(t, h.signer, ocsp.Response{Status: ocsp.Good, ThisUpdate: day(this), NextUpdate: day(next)})
	}
	bad := func(reason int) *pki.OCSPResponse {
		return h.ca.answer(t, h.signer, ocsp.Response{
			Status: ocsp.Revoked, RevokedAt: revoked, RevocationReason: reason, ThisUpdate: day("2024-08-20"), NextUpdate: day("2024-09-10"),
		})
	}
	return map[string]*pki.OCSPResponse{
		"current": good("2024-08-20", "2024-09-10"), "stale": good("2024-01-10", "2024-02-10"), "later": good("2024-10-01", "2024-11-01"),
		"revoked": bad(ocsp.KeyCompromise), "superseded": bad(ocsp.Superseded),
	}
}

// The words for what comes out.
const (
	passed      = "PASSED"
	tryLater    = "INDETERMINATE TRY_LATER revocation-missing"
	revokedNo   = "INDETERMINATE REVOKED_NO_POE revoked-no-poe"
	outNo       = "INDETERMINATE OUT_OF_BOUNDS_NO_POE expired-no-poe"
	outGood     = "INDETERMINATE OUT_OF_BOUNDS_NOT_REVOKED expired-not-revoked"
	tooEarly    = "FAILED NOT_YET_VALID not-yet-valid"
	notYetKnown = "INDETERMINATE OUT_OF_BOUNDS_NO_POE before-validity"
)

// bounds is the table of this profile: proof, time of validation, revocation data. The
// signer's certificate is valid from 2022-01-01 to 2025-01-01. The rules:
//
//	V  verdicts.md 5.1 and 3, EN 319 102-1 5.5.4 step 4: a proof before the begin is
//	   NOT_YET_VALID; revoked or ended before the proof is REVOKED_NO_POE or
//	   OUT_OF_BOUNDS_NO_POE; a proof before lifts it.
//	F  EN 319 102-1 5.2.5, 5.5.4 step 6: good data count that are from the bound or
//	   later, or were the newest at the bound.
//	P  missing revocation data: warning under issuance, TRY_LATER under etsi.
//	N  OUT_OF_BOUNDS_NOT_REVOKED: it ended, and data from after say it was never revoked.
//	A  --at moves validity alone: a revocation dated later counts, and the time of
//	   validation proves no existence.
var bounds = []struct {
	poe, at, data  string
	issuance, etsi string
	rule           string
}{
	// Validation while the certificate is valid, no proof.
	{"", "2024-09-01", "none", passed, tryLater, "P"},
	{"", "2024-09-01", "current", passed, passed, "F"},
	{"", "2024-09-01", "stale", passed, tryLater, "F P"},
	{"", "2024-09-01", "later", passed, passed, "F"},
	{"", "2024-09-01", "revoked", revokedNo, revokedNo, "V"},
	{"", "2024-09-01", "superseded", revokedNo, revokedNo, "V"},
	{"", "2024-03-01", "revoked", revokedNo, revokedNo, "A"},
	// A proof before the revocation, within the validity.
	{"2024-03-01", "2024-09-01", "none", passed, tryLater, "P"},
	{"2024-03-01", "2024-09-01", "current", passed, passed, "F"},
	{"2024-03-01", "2024-09-01", "stale", passed, tryLater, "F P"},
	{"2024-02-09", "2024-09-01", "stale", passed, passed, "F"},
	{"2024-02-10", "2024-09-01", "stale", passed, tryLater, "F P"},
	{"2024-01-10", "2024-09-01", "stale", passed, passed, "F"},
	{"2024-03-01", "2024-09-01", "revoked", passed, passed, "V"},
	{"2024-03-01", "2024-09-01", "superseded", passed, passed, "V"},
	{"2024-05-31T23:59:59Z", "2024-09-01", "revoked", passed, passed, "V"},
	// A proof at the revocation, or after it: it bounds from above only.
	{"2024-06-01", "2024-09-01", "revoked", revokedNo, revokedNo, "V"},
	{"2024-07-01", "2024-09-01", "revoked", revokedNo, revokedNo, "V"},
	{"2024-07-01", "2024-09-01", "superseded", revokedNo, revokedNo, "V"},
	// The invalidity date is the earlier one.
	{"2024-03-01", "2024-09-01", "invalid", revokedNo, revokedNo, "V"},
	{"2024-01-31", "2024-09-01", "invalid", passed, passed, "V"},
	// A proof before the certificate's begin contradicts it, whatever else is known.
	{"2021-12-31T23:59:59Z", "2024-09-01", "none", tooEarly, tooEarly, "V"},
	{"2021-12-31T23:59:59Z", "2024-09-01", "current", tooEarly, tooEarly, "V"},
	{"2021-12-31T23:59:59Z", "2024-09-01", "revoked", tooEarly, tooEarly, "V"},
	{"2021-12-31T23:59:59Z", "2026-01-01", "none", tooEarly, tooEarly, "V"},
	{"2022-01-01", "2024-09-01", "current", passed, passed, "V"},
	// Validation after the end, no proof.
	{"", "2026-01-01", "none", outNo, outNo, "V"},
	{"", "2026-01-01", "current", outNo, outNo, "V"},
	{"", "2026-01-01", "revoked", outNo, outNo, "V"},
	{"", "2026-01-01", "for ever", outGood, outGood, "N"},
	{"", "2025-01-01", "none", passed, tryLater, "the last second counts"},
	{"", "2025-01-01T00:00:01Z", "none", outNo, outNo, "V"},
	// A proof before the end lifts it, and supplies no revocation data.
	{"2024-03-01", "2026-01-01", "none", passed, tryLater, "V P"},
	{"2024-03-01", "2026-01-01", "stale", passed, tryLater, "V P"},
	{"2024-03-01", "2026-01-01", "current", passed, passed, "V F"},
	{"2024-03-01", "2026-01-01", "later", passed, passed, "V F"},
	{"2024-03-01", "2026-01-01", "for ever", passed, passed, "V F"},
	{"2024-03-01", "2026-01-01", "revoked", passed, passed, "V"},
	{"2024-07-01", "2026-01-01", "revoked", revokedNo, revokedNo, "V"},
	{"2025-01-01", "2026-01-01", "for ever", passed, passed, "the last second counts"},
	// A proof after the end proves nothing of before.
	{"2025-01-01T00:00:01Z", "2026-01-01", "for ever", outGood, outGood, "N"},
	{"2025-06-01", "2026-01-01", "none", outNo, outNo, "V"},
	{"2025-06-01", "2026-01-01", "current", outNo, outNo, "V"},
	{"2025-06-01", "2026-01-01", "for ever", outGood, outGood, "N"},
	{"2025-06-01", "2026-01-01", "revoked", outNo, outNo, "V"},
	// Validation before the begin: no proof, a proof from after the validation, one from
	// before.
	{"", "2021-06-01", "none", notYetKnown, notYetKnown, "V"},
	{"", "2021-06-01", "current", notYetKnown, notYetKnown, "V"},
	{"2024-03-01", "2021-06-01", "current", notYetKnown, notYetKnown, "A"},
	{"2021-03-01", "2021-06-01", "current", tooEarly, tooEarly, "V"},
	// A proof from after the validation moves no validity, and still lies before a
	// revocation.
	{"2024-04-01", "2024-03-01", "revoked", passed, passed, "A V"},
	{"2024-07-01", "2024-03-01", "revoked", revokedNo, revokedNo, "A V"},
}

func TestUpperBound(t *testing.T) {
	h := newHouse(t)
	lists, answers := h.data(t), h.answers(t)
	ca := []*pki.CRL{h.root.list(t, list{this: "2026-03-01", next: "2026-04-01"})}
	for _, c := range bounds {
		for policy, want := range map[trust.Policy]string{trust.Issuance: c.issuance, trust.ETSI: c.etsi} {
			s := h.usual(t).under(policy)
			s.poe, s.env.At = c.poe, day(c.at)
			name := "proof " + c.poe + ", at " + c.at + ", data " + c.data + ", " + string(policy)
			if c.data == "none" {
				t.Run(name, func(t *testing.T) { wantWords(t, s.run(), want) })
				continue
			}
			s.env.CRLs = append(s.env.CRLs, ca...)
			byList, byAnswer, inside := s, s, s
			byList.env.CRLs = append(s.env.CRLs[:1:1], lists[c.data])
			t.Run(name+", list", func(t *testing.T) { wantWords(t, byList.run(), want) })
			inside.beside.CRLs = []*pki.CRL{lists[c.data]}
			t.Run(name+", list of the document", func(t *testing.T) { wantWords(t, inside.run(), want) })
			if a := answers[c.data]; a != nil {
				byAnswer.env.OCSP = []*pki.OCSPResponse{a}
				t.Run(name+", answer", func(t *testing.T) { wantWords(t, byAnswer.run(), want) })
			}
		}
	}
}

// What lifts, or is missing, is told.
func TestUpperBoundTells(t *testing.T) {
	h := newHouse(t)
	lists := h.data(t)
	s := h.usual(t)
	if r := s.run(); !warned(r, "pdf.revocation-missing") || len(r.NotChecked) != 2 {
		t.Errorf("%v %v", r.Warnings, r.NotChecked)
	}
	s.poe, s.env.At, s.env.CRLs = "2024-03-01", day("2026-01-01"), []*pki.CRL{lists["revoked"]}
	r := s.run()
	if !warned(r, "pdf.revoked-later") {
		t.Errorf("the revocation is not told of: %v", r.Warnings)
	}
	if c, _ := r.Check("expiry"); c.Detail != "CN=signer ended 2025-01-01T00:00:00Z; the signature existed at 2024-03-01T00:00:00Z (a time-stamp)" {
		t.Errorf("the expiry that was lifted: %q", c.Detail)
	}
	s.poe = "2024-07-01"
	r = s.run()
	if c, _ := r.Check("revocation"); c.Detail != "revoked at 2024-06-01T00:00:00Z, no reason given (crl list.crl); the signature existed at 2024-07-01T00:00:00Z (a time-stamp), not before that" {
		t.Errorf("%q", c.Detail)
	}
}

// More proof never makes it worse: the earlier a proof, down to the certificate's
// begin, the more it lifts; and no proof is never better than one.
func TestEarlierIsBetter(t *testing.T) {
	h := newHouse(t)
	lists := h.data(t)
	ca := h.root.list(t, list{this: "2026-03-01", next: "2026-04-01"})
	held := h.ca.list(t, list{this: "2024-03-10", next: "2024-04-10", entries: []x509.RevocationListEntry{gone(h.signer, day("2024-03-01"), 6)}})
	lists["held, released"] = h.ca.list(t, list{this: "2024-08-20", next: "2024-09-10"})
	for _, policy := range []trust.Policy{trust.Issuance, trust.ETSI} {
		for _, at := range []string{"2024-02-20", "2024-09-01", "2026-01-01"} {
			for name, l := range lists {
				s := h.usual(t).under(policy)
				s.env.At, s.env.CRLs = day(at), []*pki.CRL{ca, l}
				if name == "held, released" {
					s.env.CRLs = append(s.env.CRLs, held)
				}
				r := s.run()
				best := r.Passed()
				for when := day(at); !when.Before(begin); when = when.Add(-9 * 24 * time.Hour) {
					s.poe = after(when, 0)
					r := s.run()
					if best && !r.Passed() {
						t.Fatalf("%s at %s, %s: the proof of %s makes it worse: %v", policy, at, name, s.poe, r.Err())
					}
					best = best || r.Passed()
				}
				if !best {
					t.Errorf("%s at %s, %s: no proof lifts", policy, at, name)
				}
			}
		}
	}
}
