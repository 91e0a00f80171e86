package signercheck_test

import (
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// A document full of certificates, lists and answers that carry the right names and the
// wrong signatures costs less than a second, and hides nothing that the verifier has.
func TestStuffedDocument(t *testing.T) {
	h := newHouse(t)
	fake := issue(t, nil, nil, authority("CA", "2018-01-01", "2040-01-01"))
	var stuff signercheck.Material
	key := newKey(t)
	for i := range signercheck.MaxBeside {
		if i%4 == 0 { // namesakes that sign each other
			stuff.Certificates = append(stuff.Certificates, issue(t, fake, key, authority("CA", "2018-01-01", "2040-01-01")).own)
		} else {
			stuff.Certificates = append(stuff.Certificates, stuff.Certificates[i-1])
		}
		if i%16 == 0 {
			stuff.CRLs = append(stuff.CRLs, fake.list(t, list{this: "2024-08-20", next: "2024-09-10"}))
			stuff.OCSP = append(stuff.OCSP, fake.answer(t, h.signer, ocsp.Response{Status: ocsp.Good, ThisUpdate: day("2024-08-20")}))
		} else {
			stuff.CRLs = append(stuff.CRLs, stuff.CRLs[i-1])
			stuff.OCSP = append(stuff.OCSP, stuff.OCSP[i-1])
		}
	}
	for name, c := range map[string]struct {
		crls []*pki.CRL
		want string
	}{
		"nothing given":    {nil, tryLater},
		"revocation given": {[]*pki.CRL{h.data(t)["revoked"]}, revokedNo},
	} {
		s := h.usual(t).under(trust.ETSI)
		s.beside, s.env.CRLs = stuff, append(c.crls, h.root.list(t, list{this: "2026-03-01", next: "2026-04-01"}))
		start := time.Now()
		r := s.run()
		if took := time.Since(start); took > testvec.Slack(time.Second) {
			t.Errorf("%s: took %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
		wantWords(t, r, c.want)
		if len(r.Warnings) > 100 {
			t.Errorf("%s: %d warnings", name, len(r.Warnings))
		}
	}
	// Without an anchor the search for a path ends too.
	s := h.usual(t)
	s.beside, s.anchors = stuff, anchorsOf(newHouse(t).root)
	start := time.Now()
	wantWords(t, s.run(), "INDETERMINATE CUSTOM limit")
	if took := time.Since(start); took > testvec.Slack(time.Second) {
		t.Errorf("took %v", took)
	}
}
