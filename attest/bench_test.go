package attest_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/pem"
	"testing"
	"time"

	"github.com/btcsuite/btcd/btcec/v2"
	btcecdsa "github.com/btcsuite/btcd/btcec/v2/ecdsa"

	"github.com/exhibit-dev/exhibit/attest"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

var benchLetter = bytes.Repeat([]byte("exhibit "), 16)

// contender is one curve: what another library takes from signature bytes to an
// answer with the key parsed before, and what that costs here.
type contender struct {
	name   string
	floor  func(digest []byte) bool // signature parsing and arithmetic
	sig    []byte                   // DER
	spki   []byte
	digest func(message []byte) []byte
}

func contenders(b testing.TB) []contender {
	out := []contender{standard(b, elliptic.P256(), sum256), standard(b, elliptic.P384(), sum384), standard(b, elliptic.P521(), sum512)}
	priv, err := btcec.NewPrivateKey()
	if err != nil {
		b.Fatal(err)
	}
	pub, sig := priv.PubKey(), btcecdsa.Sign(priv, sum256(benchLetter)).Serialize()
	key, err := sigalg.ParsePoint("secp256k1", pub.SerializeUncompressed())
	if err != nil {
		b.Fatal(err)
	}
	return append(out, contender{"secp256k1", func(digest []byte) bool {
		s, err := btcecdsa.ParseDERSignature(sig)
		return err == nil && s.Verify(digest, pub)
	}, sig, key.SPKI(), sum256})
}

func standard(b testing.TB, curve elliptic.Curve, digest func([]byte) []byte) contender {
	b.Helper()
	priv, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	sig, err := ecdsa.SignASN1(rand.Reader, priv, digest(benchLetter))
	if err != nil {
		b.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(&priv.PublicKey)
	if err != nil {
		b.Fatal(err)
	}
	floor := func(d []byte) bool { return ecdsa.VerifyASN1(&priv.PublicKey, d, sig) }
	return contender{curve.Params().Name, floor, sig, spki, digest}
}

func sum256(m []byte) []byte { d := sha256.Sum256(m); return d[:] }
func sum384(m []byte) []byte { d := sha512.Sum384(m); return d[:] }
func sum512(m []byte) []byte { d := sha512.Sum512(m); return d[:] }

// paired runs floor and work in turn and returns work/floor, both from the same run.
func paired(b *testing.B, floor, work func() bool) float64 {
	const perRound = 32
	var f, w time.Duration
	n := 0
	for b.Loop() {
		start := time.Now()
		for range perRound {
			if !floor() {
				b.Fatal("the floor does not verify")
			}
		}
		middle := time.Now()
		for range perRound {
			if !work() {
				b.Fatal("it does not verify")
			}
		}
		f, w = f+middle.Sub(start), w+time.Since(middle)
		n += perRound
	}
	b.ReportMetric(float64(w)/float64(f), "x-floor")
	b.ReportMetric(float64(w.Nanoseconds())/float64(n), "ns/verify")
	b.ReportMetric(float64(f.Nanoseconds())/float64(n), "ns/floor")
	return float64(w) / float64(f)
}

// arithmetic is a contender's work done here, with the key parsed before.
func (c *contender) arithmetic(b testing.TB) func(digest []byte) bool {
	b.Helper()
	key, err := sigalg.ParseKey(c.spki)
	if err != nil {
		b.Fatal(err)
	}
	return func(digest []byte) bool {
		n, ok := sigalg.ParseDER(c.sig)
		return ok && key.VerifyNumbers(digest, n) == nil
	}
}

// BenchmarkArithmetic is one signature from its bytes to an answer, the key parsed
// before, against crypto/ecdsa and btcec with their parsing. The bar is 1.05.
func BenchmarkArithmetic(b *testing.B) {
	for _, c := range contenders(b) {
		b.Run(c.name, func(b *testing.B) {
			digest, work := c.digest(benchLetter), c.arithmetic(b)
			paired(b, func() bool { return c.floor(digest) }, func() bool { return work(digest) })
		})
	}
}

// BenchmarkVerify is attest.Verify with all its checks and its Result, over data in
// memory, against digest, signature parsing and arithmetic. The bar is 1.10.
func BenchmarkVerify(b *testing.B) {
	for _, c := range contenders(b) {
		b.Run(c.name, func(b *testing.B) {
			a, err := attest.Parse(attest.Sig, c.sig)
			if err != nil {
				b.Fatal(err)
			}
			env := trust.Env{At: at, Policy: trust.Issuance, Keys: []trust.Key{c.key(b)}}
			paired(b, func() bool { return c.floor(c.digest(benchLetter)) }, func() bool {
				r := a.Verify(verdict.Bytes(benchLetter), env)
				return r.Passed()
			})
		})
	}
}

func (c *contender) key(b testing.TB) trust.Key {
	b.Helper()
	k, err := trust.ParseKey(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: c.spki}), "bench")
	if err != nil {
		b.Fatal(err)
	}
	return k
}

// The arithmetic allocates at most twice more than the library does.
func TestAllocations(t *testing.T) {
	for _, c := range contenders(t) {
		digest, work := c.digest(benchLetter), c.arithmetic(t)
		floor := testing.AllocsPerRun(20, func() { c.floor(digest) })
		ours := testing.AllocsPerRun(20, func() { work(digest) })
		t.Logf("%s: %v allocations, the library %v", c.name, ours, floor)
		if ours > floor+2 {
			t.Errorf("%s: %v allocations, the library has %v", c.name, ours, floor)
		}
	}
}
