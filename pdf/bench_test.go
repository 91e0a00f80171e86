package pdf

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// The sizes that are measured: a document of a few pages, and one of many images.
const (
	smallSize = 91_000
	largeSize = 80_000_000
)

// benchFile is a document of about the size with one RSA-2048 signature.
func benchFile(b testing.TB, size int) []byte {
	m := newMaker()
	noise(m, size-18_000)
	one(signedBy(container{}).with(func(d *dictionary) { d.room = 8192 }))(b, m, theHouse())
	return m.b
}

// noise adds streams of so many bytes in all, as little alike as images are.
func noise(m *maker, size int) {
	data := make([]byte, size)
	r := rand.New(rand.NewPCG(3, 4))
	for i := range data {
		data[i] = byte(r.Uint32())
	}
	for part := range slices.Chunk(data, 100_000) {
		m.stream(m.number(), part)
	}
}

// verifyBytes is everything: structure, digest, signature, path, later changes.
func verifyBytes(tb testing.TB, file []byte, env *pki.Env) {
	d, err := Open(context.Background(), bytes.NewReader(file), int64(len(file)), Options{})
	if err != nil {
		tb.Fatal(err)
	}
	if r := d.Verify(context.Background(), *env); !r.Passed() {
		tb.Fatal(wordsOf(&r.Result))
	}
}

// floor is the arithmetic alone: SHA-256 over the file and one RSA-2048 verification.
func floor(tb testing.TB, file []byte) func() {
	h := theHouse()
	value, key := h.signer.sign(crypto.SHA256, file), h.signer.key.Public().(*rsa.PublicKey)
	return func() {
		sum := sha256.Sum256(file)
		if err := rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], value); err != nil {
			tb.Fatal(err)
		}
	}
}

// pairs are the times of two pieces of work that are done in turn, so that what else the
// machine does meets both.
type pairs struct{ floor, work []time.Duration }

func (p *pairs) run(floor, work func()) {
	start := time.Now()
	floor()
	middle := time.Now()
	work()
	p.floor, p.work = append(p.floor, middle.Sub(start)), append(p.work, time.Since(middle))
}

// medians sorts the times.
func (p *pairs) medians() (floor, work time.Duration) {
	slices.Sort(p.floor)
	slices.Sort(p.work)
	return p.floor[len(p.floor)/2], p.work[len(p.work)/2]
}

// compareWithFloor does both in turn, and reports how much of the time of the work is
// that of the floor: of the medians, and of the shortest times.
func compareWithFloor(b *testing.B, file []byte, floor, work func()) {
	b.ReportAllocs()
	b.SetBytes(int64(len(file)))
	var p pairs
	for b.Loop() {
		p.run(floor, work)
	}
	f, w := p.medians()
	b.ReportMetric(float64(f)/float64(w), "floor/verify")
	b.ReportMetric(float64(p.floor[0])/float64(p.work[0]), "best-floor/verify")
	b.ReportMetric(1/w.Seconds(), "files/s")
	b.ReportMetric(1/f.Seconds(), "floor/s")
}

// BenchmarkVerify is one document by itself. The figures for an operation, allocations
// apart, are those of both; floor/verify is to be 0.4 or more.
func BenchmarkVerify(b *testing.B) {
	file, env := benchFile(b, smallSize), usualEnv(theHouse(), usualDay)
	compareWithFloor(b, file, floor(b, file), func() { verifyBytes(b, file, &env) })
}

// BenchmarkVerifyCached is the same for one of many documents of one authority.
func BenchmarkVerifyCached(b *testing.B) {
	file, env := benchFile(b, smallSize), usualEnv(theHouse(), usualDay)
	env.Cache = pki.NewCache()
	compareWithFloor(b, file, floor(b, file), func() { verifyBytes(b, file, &env) })
}

// BenchmarkVerifyLarge is a large file in memory, against its SHA-256; of one on disk
// see TestLargeFile.
func BenchmarkVerifyLarge(b *testing.B) {
	file, env := benchFile(b, largeSize), usualEnv(theHouse(), usualDay)
	compareWithFloor(b, file, func() { sha256.Sum256(file) }, func() { verifyBytes(b, file, &env) })
}

// smallSlack is the part of the time of a verification that a test asks to be the
// floor's, beside other work on the machine. A quiet one prints 0.4 and more.
const smallSlack = 0.25

func TestSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("a measurement")
	}
	file, env := benchFile(t, smallSize), usualEnv(theHouse(), usualDay)
	do, least := floor(t, file), 0.0
	for range 5 { // the machine may have been busy
		var p pairs
		for range 300 {
			p.run(do, func() { verifyBytes(t, file, &env) })
		}
		f, w := p.medians()
		ratio := float64(f) / float64(w)
		t.Logf("the floor takes %v, which is %.2f of a verification", f, ratio)
		if least = max(least, ratio); testvec.Slack(f) >= time.Duration(smallSlack*float64(w)) {
			return
		}
	}
	t.Errorf("the floor is %.2f of a verification, at least %.2f is asked for", least, smallSlack)
}
