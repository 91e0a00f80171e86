package bitcoin

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/btcsuite/btcd/wire/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// stretch is a file of real headers without a gap.
type stretch struct {
	name  string
	first uint32
	raw   []byte
	list  []*wire.BlockHeader
}

// stretches are the files of the corpus; retargets is how many periods each holds with
// the header that follows.
var stretches = []struct {
	name      string
	first     uint32
	count     int
	retargets int
}{
	{"headers-0-99999.bin", 0, 100000, 49},
	{"headers-586655-589289.bin", 586655, 2635, 1},
	{"headers-822527-830592.bin", 822527, 8066, 4},
	{"headers-831328-831335.bin", 831328, 8, 0},
	{"headers-898738-899737.bin", 898738, 1000, 0},
}

func readStretches(t testing.TB) (list []stretch) {
	t.Helper()
	dir := testvec.Corpus(t, "bitcoin")
	for _, f := range stretches {
		raw, err := os.ReadFile(filepath.Join(dir, f.name))
		if err != nil {
			t.Fatal(err)
		}
		s := stretch{name: f.name, first: f.first, raw: raw}
		for r := bytes.NewReader(raw); r.Len() > 0; {
			s.list = append(s.list, decode(t, r))
		}
		if len(s.list) != f.count {
			t.Fatalf("%s: %d headers", f.name, len(s.list))
		}
		list = append(list, s)
	}
	return list
}

func decode(t testing.TB, r *bytes.Reader) *wire.BlockHeader {
	t.Helper()
	h := new(wire.BlockHeader)
	if err := h.Deserialize(r); err != nil {
		t.Fatal(err)
	}
	return h
}

// encode returns the 80 bytes of a header.
func encode(t testing.TB, h *wire.BlockHeader) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := h.Serialize(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readJSON(t testing.TB, name string, v any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(testvec.Corpus(t, "bitcoin"), name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(name, err)
	}
}

// hexHeader is a header in a file of JSON.
type hexHeader struct{ Hex string }

func (h hexHeader) decode(t testing.TB) *wire.BlockHeader {
	t.Helper()
	b, err := hex.DecodeString(h.Hex)
	if err != nil || len(b) != bitcoin.HeaderSize {
		t.Fatalf("%q: %v", h.Hex, err)
	}
	return decode(t, bytes.NewReader(b))
}

// readBoundaries returns the last and the first header of periods, by height.
func readBoundaries(t testing.TB) chain {
	t.Helper()
	var file struct{ Headers map[int32]string }
	readJSON(t, "period-boundaries.json", &file)
	c := chain{}
	for height, text := range file.Headers {
		c[height] = hexHeader{text}.decode(t)
	}
	return c
}

// readSingles returns headers of which little else is known, stale ones among them.
func readSingles(t testing.TB) (list []*wire.BlockHeader) {
	t.Helper()
	var fragments struct{ Headers map[string]hexHeader }
	readJSON(t, "fragments.json", &fragments)
	var stale struct {
		Stale map[string]hexHeader
		Two   map[string][]hexHeader `json:"two_headers_at_one_height"`
	}
	readJSON(t, "stale-headers.json", &stale)
	for _, m := range []map[string]hexHeader{fragments.Headers, stale.Stale} {
		for _, height := range slices.Sorted(maps.Keys(m)) {
			list = append(list, m[height].decode(t))
		}
	}
	for _, height := range slices.Sorted(maps.Keys(stale.Two)) {
		for _, h := range stale.Two[height] {
			list = append(list, h.decode(t))
		}
	}
	return list
}

// scan returns what this project finds.
func scan(t testing.TB, raw []byte, o bitcoin.ScanOptions) *bitcoin.Run {
	t.Helper()
	r, err := bitcoin.Scan(context.Background(), bytes.NewReader(raw), int64(len(raw)), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The codes of defects that btcd has a word for.
const (
	badTarget     = "btc.target"
	badMedianTime = "btc.median-time"
)

// with returns the indexes of the headers that have a defect of that code.
func with(r *bitcoin.Run, code string) map[int]bool {
	set := map[int]bool{}
	for _, d := range r.Defects() {
		if d.Code == code {
			set[d.Index] = true
		}
	}
	return set
}
