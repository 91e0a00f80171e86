package bitcoin_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// chainLength is the number of headers that the time is extrapolated to.
const chainLength = 930_000

// BenchmarkScan is 100 000 real headers with all rules, against two plain SHA-256 for
// each, one after the other in the same run.
func BenchmarkScan(b *testing.B) {
	raw, err := os.ReadFile(filepath.Join(testvec.Corpus(b, "bitcoin"), "headers-0-99999.bin"))
	if err != nil {
		b.Fatal(err)
	}
	n := len(raw) / bitcoin.HeaderSize
	var floor, work time.Duration
	rounds := 0
	for b.Loop() {
		start := time.Now()
		var last [32]byte
		for at := 0; at < len(raw); at += bitcoin.HeaderSize {
			first := sha256.Sum256(raw[at : at+bitcoin.HeaderSize])
			last = sha256.Sum256(first[:])
		}
		middle := time.Now()
		run, err := bitcoin.Scan(context.Background(), bytes.NewReader(raw), int64(len(raw)), bitcoin.ScanOptions{})
		work += time.Since(middle)
		floor += middle.Sub(start)
		rounds++
		if err != nil || run.Tip() != last {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(work)/float64(floor), "x-floor")
	b.ReportMetric(float64(n*rounds)/work.Seconds(), "headers/s")
	b.ReportMetric(work.Seconds()*1000/float64(n*rounds)*chainLength, "ms/930000-headers")
}

// BenchmarkVerify is one attestation against a real run: the header is read again and
// hashed again up to the end of its period.
func BenchmarkVerify(b *testing.B) {
	const file, height = "headers-586655-589289.bin", 588101
	env := envOf(bitcoin.NewChain(nil, scanFile(b, file)))
	root := rootOf(fileHeader(b, file, height))
	b.ReportAllocs()
	for b.Loop() {
		if r := judge(env, root, height); !r.Passed() {
			b.Fatal(r.Err())
		}
	}
}
