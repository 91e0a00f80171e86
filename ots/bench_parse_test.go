package ots_test

import (
	"bytes"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/ots"
	"github.com/exhibit-dev/exhibit/verdict"
)

// hashJob is one digest that a proof asks for.
type hashJob struct {
	algorithm string
	message   []byte
}

var sink [32]byte

// jobs lists the digests of a proof with their messages.
func jobs(steps []ots.Step, msg []byte, out []hashJob) []hashJob {
	for _, s := range steps {
		switch {
		case s.Fork != nil:
			for _, way := range s.Fork {
				out = jobs(way, msg, out)
			}
		case s.Attestation == nil:
			if verdict.DigestSize(s.Op) > 0 {
				out = append(out, hashJob{s.Op, msg})
			}
			msg = unhex(s.Result)
		}
	}
	return out
}

// Reading and computing every real file, against its hashing alone in the same run.
// "ratio" is the whole against the hashing.
func BenchmarkParse(b *testing.B) {
	entries, read := realFiles(b)
	var files [][]byte
	var work []hashJob
	size := 0
	for _, e := range entries {
		data := read(e)
		p, err := ots.Parse(data)
		if err != nil {
			continue
		}
		files = append(files, data)
		work = jobs(p.Tree(true), p.Digest(), work)
		size += len(data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var whole, floor time.Duration
	for b.Loop() {
		begin := time.Now()
		for _, f := range files {
			p, err := ots.Parse(f)
			if err != nil || len(p.Attestations()) == 0 {
				b.Fatal(err)
			}
		}
		whole += time.Since(begin)
		begin = time.Now()
		for _, j := range work {
			if j.algorithm == "sha256" { // nothing but the digest itself
				sink = sha256.Sum256(j.message)
			} else {
				verdict.Sum(j.algorithm, j.message)
			}
		}
		floor += time.Since(begin)
	}
	n := float64(b.N)
	b.ReportMetric(n*float64(len(files))/whole.Seconds(), "files/s")
	b.ReportMetric(whole.Seconds()/floor.Seconds(), "ratio")
	b.ReportMetric(float64(len(work)), "digests")
}

// Writing canonically what is not canonical.
func BenchmarkMarshal(b *testing.B) {
	p := parse(b, bytes.Clone(detached(forked(cat(sha256Op, comb(100)), cat(sha256Op, comb(100))))))
	for b.Loop() {
		if len(p.Marshal()) == 0 {
			b.Fatal()
		}
	}
}
