package ots_test

import (
	"bytes"
	"runtime"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/ots"
	"github.com/exhibit-dev/exhibit/verdict"
)

// full repeats the elements that make returns until the tree is as large as a file
// may be.
func full(make func(i int) []byte) []byte {
	var out []byte
	for i := 0; ; i++ {
		e := make(i)
		if e == nil || len(out)+len(e)+1+len(pending("a"))+100 > ots.MaxFile {
			return append(out, pending("a")...)
		}
		out = append(append(out, 0xff), e...)
	}
}

// numbered makes n forks into an operation, and an attestation at the end.
func numbered(n int, op []byte) []byte {
	var out []byte
	for i := range n {
		out = append(append(append(out, 0xff), op...), block(uint64(i))...)
	}
	return append(out, pending("a")...)
}

// Nothing that anybody can write takes longer than a second beyond the hashing that it
// asks for, or more than 64 MiB beside the input.
func TestHostile(t *testing.T) {
	end := pending("a")
	long := func(first byte, i int) []byte { // equal for 8000 bytes
		b := bytes.Repeat([]byte{0xff}, 8000)
		b[0] = first
		b[len(b)-2], b[len(b)-1] = byte(^i>>7)|0x80, byte(^i&0x7f)
		return b
	}
	grow := appended(make([]byte, ots.MaxMessage-32))
	for name, c := range map[string]struct {
		class  ots.Class
		tree   []byte
		hashed string // the digest of 8192 of the longest messages
	}{
		"forks alone":             {ots.ClassMalformed, bytes.Repeat([]byte{0xff}, ots.MaxFile), ""},
		"forks into operations":   {ots.ClassDepth, bytes.Repeat([]byte{0xff, 8}, ots.MaxFile/2), ""},
		"operations alone":        {ots.ClassDepth, bytes.Repeat([]byte{8}, ots.MaxFile), ""},
		"attestations":            {ots.ClassLimit, full(func(int) []byte { return end }), ""},
		"operations side by side": {ots.ClassLimit, full(func(int) []byte { return cat(sha256Op, end) }), ""},
		"a length without end":    {ots.ClassTruncated, cat([]byte{0xf0}, bytes.Repeat([]byte{0xff}, ots.MaxFile-1)), ""},
		"a length of zeros":       {ots.ClassMalformed, cat([]byte{0xf0}, bytes.Repeat([]byte{0x80}, ots.MaxFile-2), []byte{0}), ""},
		"long heights, falling":   {"ok", full(func(i int) []byte { return attested("0588960d73d71901", long(0xff, i)) }), ""},
		"long payloads, falling":  {"ok", full(func(i int) []byte { return unknown(long(0, i)) }), ""},
		"equal payloads":          {"ok", full(func(int) []byte { return unknown(long(0, 0)) }), ""},
		"long arguments, falling": {"ok", full(func(i int) []byte {
			if i == ots.MaxAttestations-1 {
				return nil
			}
			return cat(appended(long(0, i)[8000-4060:]), sha256Op, end)
		}), ""},
		"equal operations":         {"ok", cat(many(ots.MaxAttestations, cat(sha256Op, block(1)))), ""},
		"a comb":                   {"ok", comb(255), ""},
		"combs, falling":           {"ok", combs(15), ""},
		"reverse of long messages": {"ok", cat(grow, numbered(ots.MaxAttestations-1, []byte{0xf2, 8})), ""},
		"hexlify of long messages": {"ok", cat(appended(make([]byte, ots.MaxHexlify-32)), numbered(ots.MaxAttestations-1, []byte{0xf3, 8})), "sha256"},
		"sha256":                   {"ok", cat(grow, numbered(ots.MaxAttestations-1, []byte{8})), "sha256"},
	} {
		if len(c.tree) > ots.MaxFile {
			c.tree = c.tree[:ots.MaxFile]
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begin := time.Now()
		p, err := ots.ParseTree(c.tree, "sha256", digest)
		var out []byte
		if err == nil {
			out = p.Marshal()
		}
		took := time.Since(begin)
		runtime.ReadMemStats(&after)
		used := after.TotalAlloc - before.TotalAlloc
		if got := class(t, p, err); got != c.class {
			t.Errorf("%s: %s (%v), want %s", name, got, err, c.class)
		}
		t.Logf("%-26s %9d bytes  %8.1f ms  %6.1f MiB  %d written", name, len(c.tree), took.Seconds()*1000, float64(used)/(1<<20), len(out))
		floor := hashing(c.hashed)
		for try := 0; try < 2 && took-floor > testvec.Slack(time.Second); try++ { // the machine may have been busy
			floor, begin = hashing(c.hashed), time.Now()
			if p, err := ots.ParseTree(c.tree, "sha256", digest); err == nil {
				p.Marshal()
			}
			took = time.Since(begin)
		}
		if took-floor > testvec.Slack(time.Second) {
			t.Errorf("%s: %v, of which %v for hashing", name, took, floor)
		}
		if beside := used - min(used, uint64(len(c.tree)+len(out))); beside > 64<<20 {
			t.Errorf("%s: %d bytes are allocated", name, used)
		}
	}
}

// hashing measures what so many digests cost by themselves.
func hashing(algorithm string) time.Duration {
	if algorithm == "" {
		return 0
	}
	message, begin := make([]byte, ots.MaxMessage), time.Now()
	for range ots.MaxOperations {
		verdict.Sum(algorithm, message)
	}
	return time.Since(begin)
}

// comb has a fork at each of n levels, the longer branch first.
func comb(n int) []byte {
	out := pending("a")
	for range n {
		out = forked(cat(sha256Op, out), pending("b"))
	}
	return out
}

func combs(n int) []byte {
	var elements [][]byte
	for i := range n {
		elements = append(elements, cat(appended([]byte{byte(n - i)}), comb(250)))
	}
	return forked(elements...)
}
