package signercheck_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// The makers share no code with the readers: certificates and lists come from
// crypto/x509, answers from x/crypto/ocsp, CMS from encoding/asn1.

// day reads 2024-06-01, or a whole time.
func day(s string) time.Time {
	layout := time.DateOnly
	if len(s) > len(layout) {
		layout = time.RFC3339
	}
	t, err := time.Parse(layout, s)
	if err != nil {
		panic(err)
	}
	return t
}

// The times that the tables turn on.
var (
	begin   = day("2022-01-01") // the signer's certificate
	ending  = day("2025-01-01")
	revoked = day("2024-06-01")
)

// holder is a certificate and its key.
type holder struct {
	key crypto.Signer
	std *x509.Certificate
	own *pki.Certificate
}

var serials = struct {
	sync.Mutex
	last int64
}{last: 0x1000}

func nextSerial() *big.Int {
	serials.Lock()
	defer serials.Unlock()
	serials.last++
	return big.NewInt(serials.last)
}

func newKey(t testing.TB) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// issue makes a certificate; without an issuer it is self-signed, without a key it
// gets a new one.
func issue(t testing.TB, issuer *holder, key crypto.Signer, x *x509.Certificate) *holder {
	t.Helper()
	if key == nil {
		key = newKey(t)
	}
	if x.SerialNumber == nil {
		x.SerialNumber = nextSerial()
	}
	x.BasicConstraintsValid = true
	parent, signer := x, key
	if issuer != nil {
		parent, signer = issuer.std, issuer.key
	}
	raw, err := x509.CreateCertificate(rand.Reader, x, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	h := &holder{key: key}
	if h.std, err = x509.ParseCertificate(raw); err != nil {
		t.Fatal(err)
	}
	if h.own, err = pki.ParseCertificate(raw); err != nil {
		t.Fatal(err)
	}
	return h
}

func authority(name, from, to string) *x509.Certificate {
	return &x509.Certificate{
		Subject: pkix.Name{CommonName: name, Organization: []string{"Test"}}, IsCA: true, NotBefore: day(from), NotAfter: day(to),
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, SubjectKeyId: []byte(name),
	}
}

func person() *x509.Certificate {
	return &x509.Certificate{
		Subject: pkix.Name{CommonName: "signer", Organization: []string{"Test"}}, NotBefore: begin, NotAfter: ending,
		KeyUsage: x509.KeyUsageDigitalSignature, SubjectKeyId: []byte("signer"),
	}
}

// house is a root, a CA below it, and a person with a certificate of that CA.
type house struct{ root, ca, signer *holder }

func newHouse(t testing.TB) house {
	t.Helper()
	root := issue(t, nil, nil, authority("root", "2015-01-01", "2045-01-01"))
	ca := issue(t, root, nil, authority("CA", "2018-01-01", "2040-01-01"))
	return house{root, ca, issue(t, ca, nil, person())}
}

// list is a CRL of an issuer: who is revoked, and when it was issued.
type list struct {
	this, next string
	entries    []x509.RevocationListEntry
	extensions []pkix.Extension
}

func (h *holder) list(t testing.TB, l list) *pki.CRL {
	t.Helper()
	x := &x509.RevocationList{
		Number: nextSerial(), ThisUpdate: day(l.this), NextUpdate: day(l.next), RevokedCertificateEntries: l.entries, ExtraExtensions: l.extensions,
	}
	raw, err := x509.CreateRevocationList(rand.Reader, x, h.std, h.key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := certpath.ParseCRL(raw)
	if err != nil {
		t.Fatal(err)
	}
	c.Origin = "list.crl"
	return c
}

// gone is an entry for a certificate; reason -1 leaves the reason out.
func gone(who *holder, at time.Time, reason int, extensions ...pkix.Extension) x509.RevocationListEntry {
	e := x509.RevocationListEntry{SerialNumber: who.std.SerialNumber, RevocationTime: at, ExtraExtensions: extensions}
	if reason > 0 {
		e.ReasonCode = reason
	}
	return e
}

func generalized(t testing.TB, oid asn1.ObjectIdentifier, at string) pkix.Extension {
	t.Helper()
	value, err := asn1.MarshalWithParams(day(at), "generalized")
	if err != nil {
		t.Fatal(err)
	}
	return pkix.Extension{Id: oid, Value: value}
}

var (
	oidInvalidityDate = asn1.ObjectIdentifier{2, 5, 29, 24}
	oidExpiredOnCRL   = asn1.ObjectIdentifier{2, 5, 29, 60}
)

// answer is an OCSP answer of the issuer itself about one certificate.
func (h *holder) answer(t testing.TB, about *holder, r ocsp.Response) *pki.OCSPResponse {
	t.Helper()
	r.SerialNumber, r.IssuerHash = about.std.SerialNumber, crypto.SHA256
	raw, err := ocsp.CreateResponse(h.std, h.std, r, h.key)
	if err != nil {
		t.Fatal(err)
	}
	o, err := certpath.ParseOCSP(raw)
	if err != nil {
		t.Fatal(err)
	}
	o.Origin = "answer.ocsp"
	return o
}

func sha256Sum(b []byte) []byte { s := sha256.Sum256(b); return s[:] }
