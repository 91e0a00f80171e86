package signercheck_test

import (
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// shadowed are the checks whose removal cannot show, because another check stands
// behind them on purpose.
var shadowed = map[string]string{
	signercheck.CheckSignedAttrs: "content-type and message-digest are not executed",
	signercheck.CheckSignerCert:  "signature has no key",
	signercheck.CheckPath:        "there is no path whose constraints could pass",
}

// refusals has a scene for each check that this check alone refuses.
func refusals(t *testing.T) map[string]scene {
	h := newHouse(t)
	with := func(change func(*scene)) scene {
		s := h.usual(t)
		change(&s)
		return s
	}
	other := newHouse(t)
	params := with(func(s *scene) {
		info := *s.signed.Info
		info.DigestAlgorithm.Params = []byte{2, 1, 1}
		s.signed.Info = &info
	})
	cut := with(func(s *scene) {
		info := *s.signed.Info
		info.Signature = []byte{0x30, 6, 2, 1, 1, 2, 1, 1}
		s.signed.Info = &info
	})
	usage := func(change func(*x509.Certificate)) scene {
		x := person()
		change(x)
		return h.signed(t, signature{by: issue(t, h.ca, nil, x)})
	}
	key := newKey(t)
	noCA := authority("CA", "2018-01-01", "2040-01-01")
	noCA.IsCA, noCA.KeyUsage = false, x509.KeyUsageDigitalSignature
	plain := house{h.root, issue(t, h.root, key, noCA), nil}
	plain.signer = issue(t, issue(t, h.root, key, authority("CA", "2018-01-01", "2040-01-01")), nil, person())
	late := house{h.root, issue(t, h.root, nil, authority("CA", "2024-05-01", "2040-01-01")), nil}
	late.signer = issue(t, late.ca, nil, person())
	lateScene := late.usual(t)
	lateScene.poe = "2024-03-01"
	badCA := h.root.list(t, list{this: "2024-08-20", next: "2024-09-10", entries: []x509.RevocationListEntry{gone(h.ca, revoked, 2)}})
	double := sha512House(t)
	path := double.usual(t)
	path.env.Algorithms = dates(t, map[string]string{"sha384": "2024-06-30"})
	weakSignature := double.usual(t)
	weakSignature.env.Algorithms = dates(t, map[string]string{"sha256": "2024-06-30"})
	sha1Protected := seq(seq(der(t, oidSHA1)), tlv(2, 1, true, der(t, oidECDSA256)))
	changed := func(oid asn1.ObjectIdentifier, value []byte) scene {
		return h.signed(t, signature{change: func(attrs map[string][]byte) { attrs[oid.String()] = value }})
	}
	return map[string]scene{
		signercheck.CheckDigestAlg:     params,
		signercheck.CheckSignedAttrs:   h.signed(t, signature{noAttrs: true}),
		signercheck.CheckContentType:   changed(oidContentType, der(t, oidSignedData)),
		signercheck.CheckMessageDigest: changed(oidMessageDigest, der(t, sha256Sum([]byte("other")))),
		signercheck.CheckSignature:     cut,
		signercheck.CheckSignerCert:    h.signed(t, signature{noCerts: true}),
		signercheck.CheckESS:           h.signed(t, signature{certIDs: []*holder{other.signer}}),
		signercheck.CheckPath:          with(func(s *scene) { s.anchors = nil }),
		signercheck.CheckPathRules:     plain.usual(t),
		signercheck.CheckESSChain:      h.signed(t, signature{certIDs: []*holder{h.signer, other.ca}}),
		signercheck.CheckEKU:           usage(func(x *x509.Certificate) { x.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping} }),
		signercheck.CheckKeyUsage:      usage(func(x *x509.Certificate) { x.KeyUsage = x509.KeyUsageKeyAgreement }),
		signercheck.CheckValidity:      with(func(s *scene) { s.poe = "2021-06-01" }),
		signercheck.CheckPathValidity:  lateScene,
		signercheck.CheckExpiry:        with(func(s *scene) { s.env.At = day("2026-01-01") }),
		signercheck.CheckRevocation:    with(func(s *scene) { s.env.CRLs = []*pki.CRL{h.data(t)["revoked"]} }),
		signercheck.CheckCARevocation:  with(func(s *scene) { s.env.CRLs = []*pki.CRL{badCA} }),
		signercheck.CheckSignatureAlg:  weakSignature,
		signercheck.CheckPathAlg:       path,
		signercheck.CheckProtection:    changed(oidProtection, sha1Protected),
	}
}

// Each owed check has a scene that it alone refuses, and that passes with the check
// switched off.
func TestEveryCheckDecides(t *testing.T) {
	scenes := refusals(t)
	for _, check := range signercheck.Document.CMSChecks() {
		s, ok := scenes[check]
		if !ok {
			t.Errorf("%s: no scene", check)
			continue
		}
		if r := s.run(); r.Passed() {
			t.Errorf("%s: passes with the check", check)
		}
		s.ignore = check
		r := s.run()
		if why := shadowed[check]; r.Passed() == (why != "") {
			t.Errorf("%s: without the check %v (shadowed: %q)", check, r.Err(), why)
		}
	}
}

// The same for a value without CMS. The checks on certificates are the same code; what
// is its own is how the value and its digest are judged.
func TestEveryRawCheckDecides(t *testing.T) {
	_, good := rawScene(t, crypto.SHA256, sha256Sum(document))
	other := good
	other.signed.Content = verdict.Bytes("other")
	wantOnly(t, other.run(), signercheck.CheckMessageDigest)
	other.ignore = signercheck.CheckMessageDigest
	wantWords(t, other.run(), passed)
	// signature is shadowed: a value that does not open has no digest to compare.
	broken := good
	r := *good.signed.Raw
	r.Value = r.Value[1:]
	broken.signed.Raw, broken.ignore = &r, signercheck.CheckSignature
	if r := broken.run(); r.Passed() {
		t.Error("a value that does not open passes")
	}
}
