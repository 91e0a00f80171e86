package pdf

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	randv2 "math/rand/v2"
	"sync"
	"testing"
	"time"

	theirs "github.com/digitorus/pdf"
	"github.com/digitorus/pdfsign/sign"

	ours "github.com/exhibit-dev/exhibit/pdf"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

func must[T any](t testing.TB, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// house is a root and a signer below it.
type house struct {
	root, signer *x509.Certificate
	key          crypto.Signer
}

// signed is when documents are signed and judged.
var signed = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

func newHouse(key crypto.Signer) (h house, err error) {
	rootKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return h, err
	}
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "root"}, NotBefore: signed.AddDate(-2, 0, 0), NotAfter: signed.AddDate(9, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, SubjectKeyId: []byte("root"),
	}
	signer := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "signer"}, NotBefore: signed.AddDate(-1, 0, 0), NotAfter: signed.AddDate(2, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, SubjectKeyId: []byte("signer"),
	}
	for _, x := range []struct {
		made *x509.Certificate
		to   **x509.Certificate
		pub  crypto.PublicKey
	}{{root, &h.root, rootKey.Public()}, {signer, &h.signer, key.Public()}} {
		raw, err := x509.CreateCertificate(rand.Reader, x.made, root, x.pub, rootKey)
		if err != nil {
			return h, err
		}
		if *x.to, err = x509.ParseCertificate(raw); err != nil {
			return h, err
		}
	}
	h.key = key
	return h, nil
}

// The houses of signers with one kind of key each.
var (
	rsaHouse = sync.OnceValues(func() (house, error) {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			return house{}, err
		}
		return newHouse(key)
	})
	ecHouse = sync.OnceValues(func() (house, error) {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return house{}, err
		}
		return newHouse(key)
	})
)

// env trusts the root of a house.
func (h house) env(t testing.TB) (env pki.Env) {
	root, err := pki.ParseCertificate(h.root.Raw)
	env.At, env.Policy, env.Documents = signed, trust.Issuance, []pki.Anchor{{Certificate: must(t, root, err)}}
	return env
}

// writer writes a document that is not signed, by the letter.
type writer struct {
	b       []byte
	offsets []int
}

func (w *writer) object(body string) int {
	w.offsets = append(w.offsets, len(w.b))
	w.b = fmt.Appendf(w.b, "%d 0 obj\n%s\nendobj\n", len(w.offsets), body)
	return len(w.offsets)
}

func (w *writer) stream(data []byte) int {
	return w.object(fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(data), data))
}

func (w *writer) end() []byte {
	info, at := w.object("<</Producer(by hand)>>"), len(w.b)
	w.b = fmt.Appendf(w.b, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, off := range w.offsets {
		w.b = fmt.Appendf(w.b, "%010d 00000 n \n", off)
	}
	const id = "<00112233445566778899aabbccddeeff>"
	return fmt.Appendf(w.b, "trailer\n<</Size %d/Root 1 0 R/Info %d 0 R/ID[%s%s]>>\nstartxref\n%d\n%%%%EOF\n", len(w.offsets)+1, info, id, id, at)
}

// noise are bytes as little alike as those of a compressed stream.
func noise(size int) []byte {
	b := make([]byte, size)
	r := randv2.New(randv2.NewPCG(1, 2))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// pages is a document of so many pages, each with a stream of the size, a resource
// dictionary and a font of its own.
func pages(n, size int) []byte {
	w := &writer{b: []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")}
	w.object("<</Type/Catalog/Pages 2 0 R>>")
	var kids []byte
	for i := range n {
		kids = fmt.Appendf(kids, "%d 0 R ", 3+4*i)
	}
	w.object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, n))
	for range n {
		page := len(w.offsets) + 1
		w.object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources %d 0 R>>", page+1, page+2))
		w.stream(noise(size))
		w.object(fmt.Sprintf("<</Font<</F1 %d 0 R>>/ProcSet[/PDF/Text]>>", page+3))
		w.object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	}
	return w.end()
}

// plain is a document of one page.
func plain() []byte { return pages(1, 5000) }

// sign lets pdfsign add a signature. The document is one that was made here: the
// reader that it uses can end the process over a hostile one.
func (h house) sign(t testing.TB, file []byte, edit func(*sign.SignData)) []byte {
	t.Helper()
	data := sign.SignData{
		Signature: sign.SignDataSignature{
			CertType: sign.ApprovalSignature,
			Info:     sign.SignDataSignatureInfo{Name: "signer", Reason: "a test", Date: signed},
		},
		Signer: h.key, DigestAlgorithm: crypto.SHA256, Certificate: h.signer, CertificateChains: [][]*x509.Certificate{{h.signer, h.root}},
	}
	if edit != nil {
		edit(&data)
	}
	r, err := theirs.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := sign.Sign(bytes.NewReader(file), &out, r, int64(len(file)), data); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(t testing.TB, file []byte) *ours.Document {
	t.Helper()
	d, err := ours.Open(t.Context(), bytes.NewReader(file), int64(len(file)), ours.Options{})
	return must(t, d, err)
}
