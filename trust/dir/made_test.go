package dir

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/crypto/ocsp"
)

var (
	from = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	to   = time.Date(2029, 12, 31, 23, 59, 59, 0, time.UTC)
)

// authority is a certificate made for one test, with its key.
type authority struct {
	cert *x509.Certificate
	key  ed25519.PrivateKey
}

// newAuthority makes a self-signed CA; change may turn it into something else.
func newAuthority(t testing.TB, cn string, change ...func(*x509.Certificate)) authority {
	t.Helper()
	pub, key, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: cn, Organization: []string{"Test"}},
		NotBefore: from, NotAfter: to, IsCA: true, BasicConstraintsValid: true, SubjectKeyId: []byte{1, 2, 3, 4},
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	for _, f := range change {
		f(c)
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, pub, key)
	must(t, err)
	parsed, err := x509.ParseCertificate(der)
	must(t, err)
	return authority{parsed, key}
}

func (a authority) der() []byte { return a.cert.Raw }
func (a authority) pem() []byte { return inPEM("CERTIFICATE", a.cert.Raw) }
func (a authority) fingerprint() string {
	sum := sha256.Sum256(a.cert.Raw)
	return hex.EncodeToString(sum[:])
}

// crl makes a list.
func (a authority) crl(t testing.TB, next time.Time) []byte { return a.padded(t, next, 0, 0) }

// padded makes a list of n entries and a private extension of pad bytes; an Ed25519
// signature has one length, so the size is exact.
func (a authority) padded(t testing.TB, next time.Time, n, pad int) []byte {
	t.Helper()
	list := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: from, NextUpdate: next}
	for i := range n {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries,
			x509.RevocationListEntry{SerialNumber: big.NewInt(1<<40 + int64(i)), RevocationTime: from})
	}
	if pad > 0 {
		list.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 99999, 1}, Value: make([]byte, pad)}}
	}
	der, err := x509.CreateRevocationList(rand.Reader, list, a.cert, a.key)
	must(t, err)
	return der
}

// crlOfSize makes a list of exactly size bytes, most of them entries.
func (a authority) crlOfSize(t testing.TB, size int) []byte {
	t.Helper()
	entry := len(a.padded(t, to, 2000, 1000)) - len(a.padded(t, to, 1999, 1000))
	n := (size - 10000) / entry
	der := a.padded(t, to, n, 1000)
	der = a.padded(t, to, n, 1000+size-len(der))
	if len(der) != size {
		t.Fatalf("list of %d bytes, want %d", len(der), size)
	}
	return der
}

func (a authority) ocsp(t testing.TB) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader) // the package cannot sign with Ed25519; nothing is verified here
	must(t, err)
	der, err := ocsp.CreateResponse(a.cert, a.cert, ocsp.Response{
		SerialNumber: big.NewInt(7), Status: ocsp.Good, ThisUpdate: from, NextUpdate: to,
	}, key)
	must(t, err)
	return der
}

func inPEM(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// files makes a file system of names and contents.
func files(pairs ...any) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = &fstest.MapFile{Data: pairs[i+1].([]byte), Mode: 0o644}
	}
	return m
}

func load(t testing.TB, m fstest.MapFS) *Trust {
	t.Helper()
	tr, err := Load(m, "trust")
	must(t, err)
	return tr
}

func errorPaths(tr *Trust) []string {
	var out []string
	for _, e := range tr.Errors {
		out = append(out, e.Path)
	}
	return out
}
