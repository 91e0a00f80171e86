package bitcoin_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// realFiles are the runs of real headers of the corpus.
var realFiles = []string{
	"headers-0-99999.bin", "headers-586655-589289.bin", "headers-822527-830592.bin", "headers-831328-831335.bin", "headers-898738-899737.bin",
}

func corpusFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(testvec.Corpus(t, "bitcoin"), name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func corpusJSON(t testing.TB, name string, to any) {
	t.Helper()
	if err := json.Unmarshal(corpusFile(t, name), to); err != nil {
		t.Fatal(err)
	}
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// scan reads headers that must be usable.
func scan(t testing.TB, raw []byte, o bitcoin.ScanOptions) *bitcoin.Run {
	t.Helper()
	run, err := bitcoin.Scan(context.Background(), bytes.NewReader(raw), int64(len(raw)), o)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func at(height uint32) *uint32 { return &height }

// scanFile reads a run of the corpus at the height that its name states.
func scanFile(t testing.TB, name string) *bitcoin.Run {
	t.Helper()
	raw := corpusFile(t, name)
	first, err := bitcoin.FirstHeightOf(name, int64(len(raw)))
	if err != nil || first == nil {
		t.Fatal(name, err)
	}
	return scan(t, raw, bitcoin.ScanOptions{Name: name, First: first})
}

// realHeaders are all headers of the corpus that stand alone or in pairs, by height.
func realHeaders(t testing.TB, name string) map[uint32][]byte {
	t.Helper()
	var f struct {
		Headers map[string]json.RawMessage `json:"headers"`
	}
	corpusJSON(t, name, &f)
	out := make(map[uint32][]byte)
	for height, m := range f.Headers {
		var text string
		if json.Unmarshal(m, &text) != nil {
			var o struct {
				Hex string `json:"hex"`
			}
			if err := json.Unmarshal(m, &o); err != nil {
				t.Fatal(err)
			}
			text = o.Hex
		}
		n, err := strconv.ParseUint(height, 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		out[uint32(n)] = unhex(t, text)
	}
	return out
}

func boundaries(t testing.TB) map[uint32][]byte { return realHeaders(t, "period-boundaries.json") }

// joined returns headers one after another, by height.
func joined(headers map[uint32][]byte) []byte {
	var heights []uint32
	for h := range headers {
		heights = append(heights, h)
	}
	slices.Sort(heights)
	var b []byte
	for _, h := range heights {
		b = append(b, headers[h]...)
	}
	return b
}

// works reads cumulative work by height.
func works(t testing.TB, m json.RawMessage) map[uint32]string {
	t.Helper()
	var f struct{ Entries map[uint32]string }
	if err := json.Unmarshal(m, &f); err != nil {
		t.Fatal(err)
	}
	return f.Entries
}

// workUpTo sums the work of the targets that the built-in list states, up to a height.
func workUpTo(height uint32) *big.Int {
	sum := new(big.Int)
	for from := uint32(0); from <= height; from += bitcoin.Interval {
		bits, _ := bitcoin.Builtin().BitsOf(from)
		n := min(bitcoin.Interval, height-from+1)
		sum.Add(sum, new(big.Int).Mul(big.NewInt(int64(n)), bitcoin.Work(bits)))
	}
	return sum
}
