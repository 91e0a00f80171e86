package signercheck_test

import (
	"testing"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// The signer's certificate is taken from the signature, from the verifier and from what
// the document brings; who is not there is not found.
func TestWhereTheSignerIs(t *testing.T) {
	h := newHouse(t)
	for _, byKey := range []bool{false, true} {
		s := h.signed(t, signature{noCerts: true, byKey: byKey})
		wantWords(t, s.run(), "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND signer-missing")
		s.beside.Certificates = []*pki.Certificate{h.ca.own, h.signer.own}
		wantWords(t, s.run(), passed)
		given := h.signed(t, signature{noCerts: true, byKey: byKey})
		given.env.Intermediates = []*pki.Certificate{h.ca.own, h.signer.own}
		wantWords(t, given.run(), passed)
	}
}

// The same identifier, another key: the hash in the signed attributes says who it is.
func TestNamesakes(t *testing.T) {
	h := newHouse(t)
	x := person()
	x.SerialNumber = h.signer.std.SerialNumber
	twin := issue(t, h.ca, nil, x)
	s := h.signed(t, signature{carried: []*holder{twin, h.signer, h.ca}})
	j := s.judge()
	j.Run()
	wantWords(t, j.Record.Finish(), passed)
	if j.Signer().SHA256() != h.signer.own.SHA256() {
		t.Error("the twin is taken for the signer")
	}
	onlyTwin := h.signed(t, signature{carried: []*holder{twin, h.ca}})
	wantWords(t, onlyTwin.run(), "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND signer-missing")
	named := h.signed(t, signature{carried: []*holder{twin, h.ca}, certIDs: []*holder{twin}})
	wantWords(t, named.run(), "FAILED SIG_CRYPTO_FAILURE signature-invalid")
}

// A renewed certificate has the same key and name. Bound by nothing, the one that was
// valid is taken, and no other one's dates are held against the signature.
func TestRenewed(t *testing.T) {
	h := newHouse(t)
	x := person()
	x.NotBefore, x.NotAfter, x.SerialNumber = day("2024-12-01"), day("2027-01-01"), h.signer.std.SerialNumber
	renewed := issue(t, h.ca, h.signer.key, x)
	both := []*holder{renewed, h.signer, h.ca}
	const uncertain = "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND signer-uncertain"
	for _, c := range []struct {
		name string
		make signature
		poe  string
		want string
	}{
		{"bound to the old one", signature{carried: both}, "2024-03-01", passed},
		{"bound to the renewed one, proof before its begin", signature{carried: both, certIDs: []*holder{renewed}}, "2024-03-01", tooEarly},
		{"not bound, proof in the old one's time", signature{carried: both, noESS: true}, "2024-03-01", passed},
		{"not bound, no proof", signature{carried: both, noESS: true}, "", passed},
		{"not bound, only the renewed one carried", signature{carried: both[:1:1], noESS: true}, "2024-03-01", tooEarly},
		{"not bound, the renewed one beside it", signature{noCerts: true, noESS: true}, "2024-03-01", uncertain},
		{"not bound, the renewed one given", signature{carried: []*holder{h.ca}, noESS: true}, "2024-03-01", uncertain},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := h.signed(t, c.make)
			s.profile.WithoutESS, s.poe, s.env.At = true, c.poe, day("2026-01-01")
			s.env.Intermediates = []*pki.Certificate{h.ca.own}
			if c.make.noCerts {
				s.beside.Certificates = []*pki.Certificate{renewed.own}
			} else if len(c.make.carried) == 1 && c.make.carried[0] == h.ca {
				s.env.Intermediates = append(s.env.Intermediates, renewed.own)
			}
			wantWords(t, s.run(), c.want)
		})
	}
}

// Whether a signing-certificate attribute is owed is the profile's to say.
func TestWithoutESS(t *testing.T) {
	h := newHouse(t)
	s := h.signed(t, signature{noESS: true})
	r := s.run()
	wantWords(t, r, "INDETERMINATE SIG_CONSTRAINTS_FAILURE no-ess")
	wantOnly(t, r, signercheck.CheckESS)
	s.profile.WithoutESS = true
	wantWords(t, s.run(), passed)
	other := newHouse(t)
	wrong := h.signed(t, signature{certIDs: []*holder{other.signer}})
	wrong.profile.WithoutESS = true
	wantWords(t, wrong.run(), "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND ess-mismatch")
}

// A certificate that cannot be read stops nothing, and is told of.
func TestUnreadableCertificate(t *testing.T) {
	h := newHouse(t)
	s := h.usual(t)
	sd := *s.signed.CMS
	sd.Certificates = append([][]byte{{0x30, 0}}, sd.Certificates...)
	s.signed.CMS = &sd
	r := s.run()
	wantWords(t, r, passed)
	if !warned(r, "pdf.certificate-unreadable") {
		t.Errorf("%v", r.Warnings)
	}
}

// What a document brings beside the signature is taken in up to the limit.
func TestMaxBeside(t *testing.T) {
	h := newHouse(t)
	s := h.signed(t, signature{noCerts: true})
	s.env.Intermediates = []*pki.Certificate{h.ca.own}
	filler := make([]*pki.Certificate, signercheck.MaxBeside-1)
	for i := range filler {
		filler[i] = h.root.own
	}
	s.beside.Certificates = append(filler, h.signer.own)
	r := s.run()
	wantWords(t, r, passed)
	if warned(r, "pdf.limit") {
		t.Error("at the limit: a warning")
	}
	s.beside.Certificates = append(append(filler, h.root.own), h.signer.own)
	r = s.run()
	wantWords(t, r, "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND signer-missing")
	if !warned(r, "pdf.limit") {
		t.Error("above the limit: no warning")
	}
}
