package signercheck_test

import (
	"crypto/rand"
	"crypto/x509"
	"maps"
	"strings"
	"testing"

	"golang.org/x/crypto/ocsp"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// A hold that goes on is a revocation; one that is over is told of. Without a proof from
// before it nothing shows on which side signing was, and the last known state counts.
func TestHold(t *testing.T) {
	h := newHouse(t)
	held := h.ca.list(t, list{this: "2024-03-10", next: "2024-04-10", entries: []x509.RevocationListEntry{gone(h.signer, day("2024-03-01"), 6)}})
	ca := h.root.list(t, list{this: "2026-03-01", next: "2026-04-01"})
	for _, policy := range []trust.Policy{trust.Issuance, trust.ETSI} {
		for poe, want := range map[string]string{"": revokedNo, "2024-02-01": passed, "2024-03-20": revokedNo, "2024-08-01": revokedNo} {
			s := h.usual(t).under(policy)
			s.poe, s.env.CRLs = poe, []*pki.CRL{ca, held}
			t.Run("on hold, "+string(policy)+", proof "+poe, func(t *testing.T) { wantWords(t, s.run(), want) })
			s.env.CRLs = append(s.env.CRLs, h.data(t)["current"])
			t.Run("released, "+string(policy)+", proof "+poe, func(t *testing.T) {
				r := s.run()
				wantWords(t, r, passed)
				if !warned(r, "pdf.revocation-note") {
					t.Errorf("the hold is not told of: %v", r.Warnings)
				}
			})
		}
	}
}

// An answer without nextUpdate promises nothing for later: it counts from its own time
// back (EN 319 102-1, 5.2.5).
func TestAnswerWithoutNextUpdate(t *testing.T) {
	h := newHouse(t)
	for poe, want := range map[string]string{"": tryLater, "2024-08-30": tryLater, "2024-08-20": passed, "2024-03-01": passed} {
		s := h.usual(t).under(trust.ETSI)
		s.poe = poe
		s.env.CRLs = []*pki.CRL{h.root.list(t, list{this: "2026-03-01", next: "2026-04-01"})}
		s.env.OCSP = []*pki.OCSPResponse{h.ca.answer(t, h.signer, ocsp.Response{Status: ocsp.Good, ThisUpdate: day("2024-08-20")})}
		t.Run("proof "+poe, func(t *testing.T) { wantWords(t, s.run(), want) })
	}
}

// A list inside the signature counts like any other, and names its place.
func TestListInside(t *testing.T) {
	h := newHouse(t)
	raw, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{
		Number: nextSerial(), ThisUpdate: day("2024-08-20"), NextUpdate: day("2024-09-10"),
		RevokedCertificateEntries: []x509.RevocationListEntry{gone(h.signer, revoked, 1)},
	}, h.ca.std, h.ca.key)
	if err != nil {
		t.Fatal(err)
	}
	s := h.signed(t, signature{crls: [][]byte{{0x30, 0}, raw}})
	r := s.run()
	wantWords(t, r, revokedNo)
	if c, _ := r.Check(signercheck.CheckRevocation); !strings.Contains(c.Detail, "crl in the signature") || !warned(r, "pdf.revocation-unreadable") {
		t.Errorf("%s %v", c.Detail, r.Warnings)
	}
}

// The claimed signing time decides nothing; that it lies outside the certificate's
// validity is told.
func TestClaimedTime(t *testing.T) {
	h := newHouse(t)
	claim := func(at string) map[string][]byte {
		return map[string][]byte{oidSigningTime.String(): der(t, day(at), "utc")}
	}
	for at, outside := range map[string]bool{"2024-03-01": false, "2021-03-01": true, "2025-03-01": true} {
		s := h.signed(t, signature{change: func(attrs map[string][]byte) { maps.Copy(attrs, claim(at)) }})
		r := s.run()
		wantWords(t, r, passed)
		if warned(r, "pdf.signing-time") != outside {
			t.Errorf("claim %s: %v", at, r.Warnings)
		}
		s.env.At = day("2026-01-01")
		wantWords(t, s.run(), outNo)
	}
}
