package rfc3161_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/digitorus/timestamp"

	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/rfc3161"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// authority is a root, an intermediate and a time-stamping authority of one kind of
// key, made by the standard library.
type authority struct {
	root, middle, signer *x509.Certificate
	key                  crypto.Signer
	when                 time.Time
}

var keyKinds = []struct {
	name string
	make func() (crypto.Signer, error)
	// single is the bar for one token with its chain, in raw verifies.
	single float64
}{
	{"RSA-2048", func() (crypto.Signer, error) { return rsa.GenerateKey(rand.Reader, 2048) }, 1.4},
	{"RSA-4096", func() (crypto.Signer, error) { return rsa.GenerateKey(rand.Reader, 4096) }, 1.15},
	{"P-256", func() (crypto.Signer, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }, 1.15},
	{"P-384", func() (crypto.Signer, error) { return ecdsa.GenerateKey(elliptic.P384(), rand.Reader) }, 1.15},
	{"P-521", func() (crypto.Signer, error) { return ecdsa.GenerateKey(elliptic.P521(), rand.Reader) }, 1.15},
}

func newAuthority(b testing.TB, make func() (crypto.Signer, error)) *authority {
	b.Helper()
	a := &authority{when: time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)}
	critical, _ := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})
	var parent *x509.Certificate
	var parentKey crypto.Signer
	for i, name := range []string{"root", "middle", "authority"} {
		key, err := make()
		if err != nil {
			b.Fatal(err)
		}
		c := &x509.Certificate{
			SerialNumber: big.NewInt(int64(i + 1)), Subject: pkix.Name{Organization: []string{"Test Authority"}, CommonName: name},
			NotBefore: a.when.AddDate(-1, 0, 0), NotAfter: a.when.AddDate(9, 0, 0), BasicConstraintsValid: true,
			IsCA: i < 2, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		}
		if i == 2 {
			c.KeyUsage = x509.KeyUsageDigitalSignature
			c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: critical}}
		}
		if parent == nil {
			parent, parentKey = c, key
		}
		raw, err := x509.CreateCertificate(rand.Reader, c, parent, key.Public(), parentKey)
		if err != nil {
			b.Fatal(err)
		}
		if c, err = x509.ParseCertificate(raw); err != nil {
			b.Fatal(err)
		}
		a.root, a.middle, a.signer = a.middle, a.signer, c
		parent, parentKey, a.key = c, key, key
	}
	return a
}

// token stamps a digest; the tokens of one authority differ in it and in the serial.
func (a *authority) token(b testing.TB, n int) (token, data []byte) {
	b.Helper()
	data = fmt.Append(nil, n)
	sum := sha256.Sum256(data)
	ts := timestamp.Timestamp{
		HashAlgorithm: crypto.SHA256, HashedMessage: sum[:], Time: a.when, SerialNumber: big.NewInt(int64(n + 1)),
		Policy: asn1.ObjectIdentifier{1, 2, 3}, AddTSACertificate: true, Certificates: []*x509.Certificate{a.middle}, Accuracy: time.Second,
	}
	reply, err := ts.CreateResponseWithOpts(a.signer, a.key, crypto.SHA256)
	if err != nil {
		b.Fatal(err)
	}
	return reply, data
}

func (a *authority) env(b testing.TB, cached bool) pki.Env {
	b.Helper()
	root, err := pki.ParseCertificate(a.root.Raw)
	if err != nil {
		b.Fatal(err)
	}
	env := pki.Env{Env: trust.Env{At: a.when.AddDate(1, 0, 0), Policy: trust.Issuance}, TSA: []pki.Anchor{{Certificate: root}}}
	if cached {
		env.Cache = pki.NewCache()
	}
	return env
}

// raw is one signature, ready to be verified with nothing else to do.
type raw struct {
	key         crypto.PublicKey
	hash        crypto.Hash
	digest, sig []byte
}

func (r *raw) verify(b testing.TB) {
	ok := false
	switch k := r.key.(type) {
	case *rsa.PublicKey:
		ok = rsa.VerifyPKCS1v15(k, r.hash, r.digest, r.sig) == nil
	case *ecdsa.PublicKey:
		ok = ecdsa.VerifyASN1(k, r.digest, r.sig)
	}
	if !ok {
		b.Fatal("the floor does not verify")
	}
}

func rawOf(message, sig []byte, hash crypto.Hash, key crypto.PublicKey) raw {
	h := hash.New()
	h.Write(message)
	return raw{key, hash, h.Sum(nil), sig}
}

var certHash = map[x509.SignatureAlgorithm]crypto.Hash{
	x509.SHA256WithRSA: crypto.SHA256, x509.ECDSAWithSHA256: crypto.SHA256, x509.ECDSAWithSHA384: crypto.SHA384, x509.ECDSAWithSHA512: crypto.SHA512,
}

// rawToken is the CMS signature of a token.
func (a *authority) rawToken(b testing.TB, token []byte) raw {
	b.Helper()
	tok, err := rfc3161.Parse(token)
	if err != nil {
		b.Fatal(err)
	}
	sd, _, err := cms.Parse(tok.Raw())
	if err != nil {
		b.Fatal(err)
	}
	return rawOf(sd.Signers[0].SignedBytes(), sd.Signers[0].Signature, crypto.SHA256, a.signer.PublicKey)
}

func (a *authority) rawChain() []raw {
	return []raw{
		rawOf(a.signer.RawTBSCertificate, a.signer.Signature, certHash[a.signer.SignatureAlgorithm], a.middle.PublicKey),
		rawOf(a.middle.RawTBSCertificate, a.middle.Signature, certHash[a.middle.SignatureAlgorithm], a.root.PublicKey),
	}
}

func verifyOne(b testing.TB, token, data []byte, env pki.Env) {
	tok, err := rfc3161.Parse(token)
	if err != nil {
		b.Fatal(err)
	}
	r := tok.Verify(verdict.Bytes(data), env)
	if _, ok := r.Proven(); !ok {
		b.Fatal(r.Err())
	}
}

// paired runs floor and work in turn and reports work/floor, both from the same run.
func paired(b *testing.B, perRound int, floor, work func(i int)) {
	var f, w time.Duration
	n := 0
	for b.Loop() {
		start := time.Now()
		for i := range perRound {
			floor(i)
		}
		middle := time.Now()
		for i := range perRound {
			work(i)
		}
		f, w = f+middle.Sub(start), w+time.Since(middle)
		n += perRound
	}
	b.ReportMetric(float64(w)/float64(f), "x-floor")
	b.ReportMetric(float64(n)/w.Seconds(), "tokens/s")
	b.ReportMetric(float64(n)/f.Seconds(), "floor/s")
}

// BenchmarkToken is one token with its chain, nothing remembered, from bytes through
// Parse and Verify with all owed checks, against the raw verifies of its three
// signatures.
func BenchmarkToken(b *testing.B) {
	for _, k := range keyKinds {
		b.Run(k.name, func(b *testing.B) {
			a := newAuthority(b, k.make)
			token, data := a.token(b, 0)
			floor := append(a.rawChain(), a.rawToken(b, token))
			env := a.env(b, false)
			paired(b, 8, func(int) {
				for i := range floor {
					floor[i].verify(b)
				}
			}, func(int) { verifyOne(b, token, data, env) })
		})
	}
}

// manyTokens is how many distinct tokens the benchmark of one authority turns over.
const manyTokens = 256

// BenchmarkManyTokens is many distinct tokens of one authority with a cache in the
// Env, against one raw verify each.
func BenchmarkManyTokens(b *testing.B) {
	for _, k := range keyKinds {
		b.Run(k.name, func(b *testing.B) {
			a := newAuthority(b, k.make)
			tokens, subjects, floor := make([][]byte, manyTokens), make([][]byte, manyTokens), make([]raw, manyTokens)
			for i := range tokens {
				tokens[i], subjects[i] = a.token(b, i)
				floor[i] = a.rawToken(b, tokens[i])
			}
			env := a.env(b, true)
			paired(b, manyTokens, func(i int) { floor[i].verify(b) }, func(i int) { verifyOne(b, tokens[i], subjects[i], env) })
		})
	}
}

// BenchmarkAgainstOpenSSL is 10 000 distinct RSA-2048 tokens of one authority on all
// cores, against `openssl ts -verify` processes in the same run: one after another,
// and as many at a time as there are cores.
func BenchmarkAgainstOpenSSL(b *testing.B) {
	openssl := testvec.Tool(b, "openssl")
	const count, processes = 10000, 60
	a := newAuthority(b, keyKinds[0].make)
	tokens, subjects := make([][]byte, count), make([][]byte, count)
	onAllCores(count, func(i int) { tokens[i], subjects[i] = a.token(b, i) })
	dir := b.TempDir()
	root := filepath.Join(dir, "root.pem")
	if err := os.WriteFile(root, pemCertificate(a.root.Raw), 0o600); err != nil {
		b.Fatal(err)
	}
	for i := range processes {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i)), tokens[i], 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		env := a.env(b, true)
		ask := func(i int) {
			out, err := exec.Command(openssl, "ts", "-verify", "-in", filepath.Join(dir, fmt.Sprint(i)), "-CAfile", root,
				"-digest", fmt.Sprintf("%x", sha256.Sum256(subjects[i])), "-attime", fmt.Sprint(a.when.Unix())).CombinedOutput()
			if err != nil {
				b.Errorf("openssl: %v %s", err, out)
			}
		}
		start := time.Now()
		for i := range processes {
			ask(i)
		}
		oneByOne := processes / time.Since(start).Seconds()
		start = time.Now()
		onAllCores(processes, ask)
		theirs := processes / time.Since(start).Seconds()
		start = time.Now()
		onAllCores(count, func(i int) { verifyOne(b, tokens[i], subjects[i], env) })
		ours := count / time.Since(start).Seconds()
		b.ReportMetric(ours/oneByOne, "x-openssl")
		b.ReportMetric(ours/theirs, "x-openssl-all-cores")
		b.ReportMetric(ours, "tokens/s")
		b.ReportMetric(oneByOne, "openssl/s")
	}
}

func onAllCores(n int, do func(i int)) {
	var wg sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	for c := range cores {
		wg.Go(func() {
			for i := c; i < n; i += cores {
				do(i)
			}
		})
	}
	wg.Wait()
}

func pemCertificate(raw []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw})
}
