package pdf

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"math/rand/v2"
	"testing"

	"github.com/exhibit-dev/exhibit/trust/pki"
)

// benchFile is a document of about the size with one RSA-2048 signature.
func benchFile(b testing.TB, size int) []byte {
	m := newMaker()
	data := make([]byte, size-18_000)
	r := rand.New(rand.NewPCG(3, 4))
	for i := range data {
		data[i] = byte(r.Uint32())
	}
	for at := 0; at < len(data); at += 100_000 {
		m.stream(m.number(), data[at:min(at+100_000, len(data))])
	}
	one(signedBy(container{}).with(func(d *dictionary) { d.room = 8192 }))(b, m, theHouse())
	return m.b
}

// BenchmarkVerify is everything: structure, digest, signature, path, later changes.
func BenchmarkVerify(b *testing.B) { benchVerify(b, usualEnv(theHouse(), usualDay)) }

// BenchmarkVerifyCached is the same for one of many documents of one authority.
func BenchmarkVerifyCached(b *testing.B) {
	env := usualEnv(theHouse(), usualDay)
	env.Cache = pki.NewCache()
	benchVerify(b, env)
}

func benchVerify(b *testing.B, env pki.Env) {
	file := benchFile(b, 91_000)
	b.ReportAllocs()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		d, err := Open(context.Background(), bytes.NewReader(file), int64(len(file)), Options{})
		if err != nil {
			b.Fatal(err)
		}
		if r := d.Verify(context.Background(), env); !r.Passed() {
			b.Fatal(wordsOf(&r.Result))
		}
	}
}

// BenchmarkFloor is the arithmetic alone: SHA-256 over the file and one RSA
// verification.
func BenchmarkFloor(b *testing.B) {
	file := benchFile(b, 91_000)
	h := theHouse()
	value := h.signer.sign(crypto.SHA256, file)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		sum := sha256.Sum256(file)
		if err := rsa.VerifyPKCS1v15(&h.signer.key.PublicKey, crypto.SHA256, sum[:], value); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLarge(b *testing.B) {
	file := benchFile(b, 80_000_000)
	env := usualEnv(theHouse(), usualDay)
	b.ReportAllocs()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		d, err := Open(context.Background(), bytes.NewReader(file), int64(len(file)), Options{})
		if err != nil {
			b.Fatal(err)
		}
		if r := d.Verify(context.Background(), env); !r.Passed() {
			b.Fatal(wordsOf(&r.Result))
		}
	}
}

func BenchmarkLargeFloor(b *testing.B) {
	file := benchFile(b, 80_000_000)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		sha256.Sum256(file)
	}
}
