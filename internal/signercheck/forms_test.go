package signercheck_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"errors"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// broken is a subject that cannot be read.
type broken struct{}

func (broken) Digest(string, []byte) ([]byte, error) { return nil, errors.New("read error") }

// The forms of CMS in a document: detached, and with a digest inside that the caller
// compares with the document (adbe.pkcs7.sha1).
func TestCMSForms(t *testing.T) {
	h := newHouse(t)
	sha1Of := sha1.Sum(document)
	both := []*holder{h.signer, h.ca}
	known, err := verdict.NewDigests(map[string][]byte{"sha256": sha256Sum(document)})
	if err != nil {
		t.Fatal(err)
	}
	other, err := verdict.NewDigests(map[string][]byte{"sha512": verdict.Sum("sha512", document)})
	if err != nil {
		t.Fatal(err)
	}
	detached := signature{by: h.signer, carried: both}
	bare := signature{by: h.signer, carried: both, noAttrs: true}
	inside := signature{by: h.signer, carried: both, inside: true, content: sha1Of[:]}
	insideBare := inside
	insideBare.noAttrs = true
	const (
		noAttrs    = "INDETERMINATE SIG_CONSTRAINTS_FAILURE no-signed-attributes"
		hashFailed = "FAILED HASH_FAILURE message-digest-mismatch"
		sigFailed  = "FAILED SIG_CRYPTO_FAILURE signature-invalid"
		notAtHand  = "INDETERMINATE SIGNED_DATA_NOT_FOUND content-missing"
		unreadable = "INDETERMINATE CUSTOM run.incomplete"
	)
	for _, c := range []struct {
		name    string
		make    signature
		content verdict.Subject
		want    string
		check   string // state of the signature's arithmetic
	}{
		{"detached", detached, verdict.Bytes(document), passed, "PASSED"},
		{"detached, digest only", detached, known, passed, "PASSED"},
		{"detached, other content", detached, verdict.Bytes("other"), hashFailed, "PASSED"},
		{"detached, other digest", detached, other, notAtHand, "PASSED"},
		{"detached, unreadable", detached, broken{}, unreadable, "PASSED"},
		{"inside", inside, nil, passed, "PASSED"},
		{"no signed attributes", bare, verdict.Bytes(document), noAttrs, "PASSED"},
		{"no signed attributes, digest only", bare, known, noAttrs, "PASSED"},
		{"no signed attributes, other content", bare, verdict.Bytes("other"), sigFailed, "FAILED"},
		{"no signed attributes, other digest", bare, other, noAttrs, "INDETERMINATE"},
		{"no signed attributes, unreadable", bare, broken{}, noAttrs, "INDETERMINATE"},
		{"inside, no signed attributes", insideBare, nil, noAttrs, "PASSED"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := h.usual(t)
			s.signed = read(t, c.make.raw(t))
			s.signed.Content = c.content
			r := s.run()
			wantWords(t, r, c.want)
			if k, _ := r.Check(signercheck.CheckSignature); k.State.String() != c.check {
				t.Errorf("signature: %s %s %s", k.State, k.Reason, k.Detail)
			} else if k.State == verdict.CheckIndeterminate && k.Sub == verdict.CryptoConstraintsFailure {
				t.Errorf("content that is not there is taken for an algorithm: %s", k.Detail)
			}
		})
	}
}

// rawScene is a signature of adbe.x509.rsa_sha1.
func rawScene(t testing.TB, digest crypto.Hash, sum []byte) (house, scene) {
	t.Helper()
	h := newHouse(t)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	h.signer = issue(t, h.ca, key, person())
	s := h.usual(t)
	value, err := rsa.SignPKCS1v15(nil, key, digest, sum)
	if err != nil {
		t.Fatal(err)
	}
	s.signed = signercheck.Signed{
		Raw: &signercheck.Raw{Value: value, Certificates: [][]byte{h.signer.std.Raw, h.ca.std.Raw}}, Content: verdict.Bytes(document),
	}
	return h, s
}

// A raw RSA value: the digest stands in it, the signer's certificate is the first
// beside it (ISO 32000-1, 12.8.3.2 and table 252).
func TestRaw(t *testing.T) {
	h, good := rawScene(t, crypto.SHA256, sha256Sum(document))
	wantWords(t, good.run(), passed)
	j := good.judge()
	j.Run()
	if j.Signer() == nil || j.Signer().Subject() != h.signer.own.Subject() {
		t.Error("another signer")
	}
	raw := func(change func(*scene, *signercheck.Raw)) scene {
		s, r := good, *good.signed.Raw
		s.signed.Raw = &r
		change(&s, &r)
		return s
	}
	flipped := append([]byte(nil), good.signed.Raw.Value...)
	flipped[17] ^= 1
	const missing = "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND signer-missing"
	for name, c := range map[string]struct {
		scene scene
		want  string
	}{
		"other content": {raw(func(s *scene, _ *signercheck.Raw) { s.signed.Content = verdict.Bytes("other") }), "FAILED HASH_FAILURE message-digest-mismatch"},
		"content not at hand": {
			raw(func(s *scene, _ *signercheck.Raw) { s.signed.Content = verdict.Absent{} }),
			"INDETERMINATE SIGNED_DATA_NOT_FOUND content-missing",
		},
		"no content": {
			raw(func(s *scene, _ *signercheck.Raw) { s.signed.Content = nil }),
			"INDETERMINATE SIGNED_DATA_NOT_FOUND content-missing",
		},
		"content unreadable": {raw(func(s *scene, _ *signercheck.Raw) { s.signed.Content = broken{} }), "INDETERMINATE CUSTOM run.incomplete"},
		"flipped value":      {raw(func(_ *scene, r *signercheck.Raw) { r.Value = flipped }), "FAILED SIG_CRYPTO_FAILURE signature-invalid"},
		"no value":           {raw(func(_ *scene, r *signercheck.Raw) { r.Value = nil }), "FAILED SIG_CRYPTO_FAILURE signature-invalid"},
		"no certificate":     {raw(func(_ *scene, r *signercheck.Raw) { r.Certificates = nil }), missing},
		"unreadable": {
			raw(func(_ *scene, r *signercheck.Raw) { r.Certificates = [][]byte{{0x30, 0}, h.signer.std.Raw} }), missing,
		},
		// The place says who signed: the CA did not.
		"signer second": {
			raw(func(_ *scene, r *signercheck.Raw) { r.Certificates = [][]byte{h.ca.std.Raw, h.signer.std.Raw} }),
			"INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE signature-unsupported", // a key on a curve opens no RSA value
		},
		"path from outside": {raw(func(s *scene, r *signercheck.Raw) {
			r.Certificates = r.Certificates[:1]
			s.beside.Certificates = []*pki.Certificate{h.ca.own}
		}), passed},
		"ended":              {raw(func(s *scene, _ *signercheck.Raw) { s.env.At = day("2026-01-01") }), outNo},
		"ended, with proof":  {raw(func(s *scene, _ *signercheck.Raw) { s.env.At, s.poe = day("2026-01-01"), "2024-03-01" }), passed},
		"proof before begin": {raw(func(s *scene, _ *signercheck.Raw) { s.poe = "2021-03-01" }), tooEarly},
	} {
		t.Run(name, func(t *testing.T) { wantWords(t, c.scene.run(), c.want) })
	}
	sum := sha1.Sum(document)
	_, old := rawScene(t, crypto.SHA1, sum[:])
	wantWords(t, old.run(), weak) // SHA-1 ended with 2013, before this certificate began
	second, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	imposter := issue(t, h.ca, second, person())
	other := raw(func(_ *scene, r *signercheck.Raw) { r.Certificates = [][]byte{imposter.std.Raw, h.signer.std.Raw} })
	wantWords(t, other.run(), "FAILED SIG_CRYPTO_FAILURE signature-invalid")
}
