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

// A revoked CA is lifted by a proof from before, like the signer.
func TestRevokedCA(t *testing.T) {
	h := newHouse(t)
	good := h.ca.list(t, list{this: "2024-08-20", next: "2024-09-10"})
	bad := h.root.list(t, list{this: "2024-08-20", next: "2024-09-10", entries: []x509.RevocationListEntry{gone(h.ca, revoked, 2)}})
	const refused = "INDETERMINATE REVOKED_CA_NO_POE ca-revoked"
	for poe, want := range map[string]string{"": refused, "2024-05-31T23:59:59Z": passed, "2024-06-01": refused, "2024-07-01": refused} {
		for _, policy := range []trust.Policy{trust.Issuance, trust.ETSI} {
			s := h.usual(t).under(policy)
			s.poe, s.env.CRLs = poe, []*pki.CRL{good, bad}
			r := s.run()
			wantWords(t, r, want)
			if want != passed {
				wantOnly(t, r, signercheck.CheckCARevocation)
			}
		}
	}
}

// The certificate of the CA has its own validity: what ended before the bound is told
// under expiry, what began after it under path-validity, and contradicts nothing.
func TestValidityOfCA(t *testing.T) {
	root := issue(t, nil, nil, authority("root", "2015-01-01", "2045-01-01"))
	old := issue(t, root, nil, authority("CA", "2018-01-01", "2024-06-01"))
	renewed := issue(t, root, old.key, authority("CA", "2024-05-01", "2034-01-01"))
	signer := issue(t, old, nil, person())
	const unknown = "INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE path-validity"
	for _, c := range []struct {
		name string
		poe  string
		cas  []*holder
		want string
		only string
	}{
		{"ended before the validation", "", []*holder{old}, outNo, signercheck.CheckExpiry},
		{"ended before the proof", "2024-07-01", []*holder{old}, outNo, signercheck.CheckExpiry},
		{"ended after the proof", "2024-03-01", []*holder{old}, passed, ""},
		{"began after the proof", "2024-03-01", []*holder{renewed}, unknown, signercheck.CheckPathValidity},
		{"began before the validation", "", []*holder{renewed}, passed, ""},
		{"both, after the renewal", "", []*holder{old, renewed}, passed, ""},
		{"both, before the renewal", "2024-03-01", []*holder{renewed, old}, passed, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := house{root, c.cas[0], signer}
			s := h.usual(t)
			s.signed = read(t, signature{by: signer, carried: append([]*holder{signer}, c.cas...)}.raw(t))
			s.signed.Content, s.poe = verdict.Bytes(document), c.poe
			r := s.run()
			wantWords(t, r, c.want)
			if c.only != "" {
				wantOnly(t, r, c.only)
			}
		})
	}
}

const noChain = "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND no-chain"

// Anchor sets are apart: what vouches for time-stamps vouches for no document.
func TestAnchorsApart(t *testing.T) {
	h := newHouse(t)
	s := h.usual(t)
	s.anchors, s.env.TSA = nil, anchorsOf(h.root, h.ca, h.signer)
	r := s.run()
	wantWords(t, r, noChain)
	if c, _ := r.Check(signercheck.CheckPath); !strings.HasPrefix(c.Detail, s.profile.NoAnchor) || !warned(r, "pdf.missing-anchor") {
		t.Errorf("%q %v", c.Detail, r.Warnings)
	}
	stranger := newHouse(t)
	s.anchors, s.env.TSA = anchorsOf(stranger.root), nil
	wantWords(t, s.run(), noChain)
	s.anchors = anchorsOf(h.ca)
	wantWords(t, s.run(), passed)
}

// The chain may be completed from the verifier's intermediates, from the signature and
// from what the document brings; nothing of it ends a path.
func TestPool(t *testing.T) {
	h := newHouse(t)
	s := h.usual(t)
	s.signed = read(t, signature{by: h.signer}.raw(t))
	s.signed.Content = verdict.Bytes(document)
	wantWords(t, s.run(), noChain)
	given, beside := s, s
	given.env.Intermediates = []*pki.Certificate{h.ca.own}
	wantWords(t, given.run(), passed)
	beside.beside.Certificates = []*pki.Certificate{h.ca.own, h.root.own}
	wantWords(t, beside.run(), passed)
	beside.anchors = nil
	wantWords(t, beside.run(), noChain)
}

// Who anchors the signer's own certificate believes its key, and still holds it to its
// validity and to what another anchor says of it.
func TestAnchoredSigner(t *testing.T) {
	h := newHouse(t)
	bad := h.ca.list(t, list{this: "2024-08-20", next: "2024-09-10", entries: []x509.RevocationListEntry{gone(h.signer, revoked, 1)}})
	for _, c := range []struct {
		name    string
		at, poe string
		anchors []*holder
		want    string
	}{
		{"within", "2024-09-01", "", []*holder{h.signer}, passed},
		{"ended", "2026-01-01", "", []*holder{h.signer}, outNo},
		{"ended, with a proof", "2026-01-01", "2024-03-01", []*holder{h.signer}, passed},
		{"ended before the proof", "2026-01-01", "2025-06-01", []*holder{h.signer}, outNo},
		{"too early", "2024-09-01", "2021-06-01", []*holder{h.signer}, tooEarly},
		{"revoked, and nobody else to say so", "2024-09-01", "", []*holder{h.signer}, passed},
		{"revoked, as its issuer's anchor says", "2024-09-01", "", []*holder{h.signer, h.ca}, revokedNo},
		{"revoked after the proof", "2024-09-01", "2024-03-01", []*holder{h.signer, h.root}, passed},
	} {
		for _, policy := range []trust.Policy{trust.Issuance, trust.ETSI} {
			s := h.usual(t).under(policy)
			s.env.At, s.poe, s.anchors, s.env.CRLs = day(c.at), c.poe, anchorsOf(c.anchors...), []*pki.CRL{bad}
			t.Run(c.name+", "+string(policy), func(t *testing.T) { wantWords(t, s.run(), c.want) })
		}
	}
}

// A path that breaks a rule does not pass, and a sound one beside it is found.
func TestPathRules(t *testing.T) {
	root := issue(t, nil, nil, authority("root", "2015-01-01", "2045-01-01"))
	key := newKey(t)
	noCA := authority("CA", "2018-01-01", "2040-01-01")
	noCA.IsCA, noCA.KeyUsage = false, x509.KeyUsageDigitalSignature
	bad, good := issue(t, root, key, noCA), issue(t, root, key, authority("CA", "2018-01-01", "2040-01-01"))
	h := house{root, bad, issue(t, good, nil, person())}
	s := h.usual(t)
	r := s.run()
	wantWords(t, r, "INDETERMINATE CHAIN_CONSTRAINTS_FAILURE path-basic-constraints")
	wantOnly(t, r, signercheck.CheckPathRules)
	s.beside.Certificates = []*pki.Certificate{good.own}
	wantWords(t, s.run(), passed)
}

// Of two paths the one whose certificates are not revoked is taken.
func TestAnotherPath(t *testing.T) {
	root := issue(t, nil, nil, authority("root", "2015-01-01", "2045-01-01"))
	other := issue(t, nil, nil, authority("other root", "2015-01-01", "2045-01-01"))
	one := issue(t, root, nil, authority("CA", "2018-01-01", "2040-01-01"))
	two := issue(t, other, one.key, authority("CA", "2018-01-01", "2040-01-01"))
	h := house{root, one, issue(t, one, nil, person())}
	s := h.usual(t)
	s.anchors, s.beside.Certificates = anchorsOf(root, other), []*pki.Certificate{two.own}
	s.env.CRLs = []*pki.CRL{root.list(t, list{this: "2024-08-20", next: "2024-09-10", entries: []x509.RevocationListEntry{gone(one, revoked, 2)}})}
	j := s.judge()
	j.Run()
	wantWords(t, j.Record.Finish(), passed)
	if p := j.Path(); p.Anchor.Origin != "other root.pem" {
		t.Errorf("the path ends at %s", p.Anchor.Origin)
	}
}
