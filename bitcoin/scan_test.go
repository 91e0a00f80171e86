package bitcoin_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/btcsuite/btcd/chaincfg/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// codes lists the defects of a run as "code@index".
func codes(r *bitcoin.Run) (list []string) {
	for _, d := range r.Defects() {
		list = append(list, fmt.Sprintf("%s@%d", strings.TrimPrefix(d.Code, "btc."), d.Index))
	}
	return list
}

func scanError(raw []byte, o bitcoin.ScanOptions) error {
	_, err := bitcoin.Scan(context.Background(), bytes.NewReader(raw), int64(len(raw)), o)
	return err
}

// All real headers hold together, and every rule that the file can show was tried.
func TestRealHeadersBreakNoRule(t *testing.T) {
	for i, want := range []struct{ count, retargets, medians int }{
		{100000, 49, 99999}, {2635, 1, 2624}, {8066, 4, 8055}, {8, 0, 0}, {1000, 0, 989}, // the first retarget of a run lacks the first block of its period
	} {
		run := scanFile(t, realFiles[i])
		s := run.Summary()
		if s.Headers != want.count || len(s.Stretches) != 1 || s.Retargets != want.retargets || s.Medians != want.medians || len(run.Defects()) > 0 {
			t.Errorf("%s: %d headers, %d retargets, %d medians, defects %v", realFiles[i], s.Headers, s.Retargets, s.Medians, codes(run))
		}
		raw := corpusFile(t, realFiles[i])
		if run.Tip() != hashOf(raw[len(raw)-bitcoin.HeaderSize:]) || run.Count() != want.count || run.Name() != realFiles[i] {
			t.Errorf("%s: tip %s", realFiles[i], run.Tip())
		}
	}
}

// The heights follow from genesis block and checkpoints where none is stated.
func TestRealHeadersPlaceThemselves(t *testing.T) {
	for i, want := range []struct {
		first uint32
		ok    bool
	}{{0, true}, {586655, true}, {822527, true}, {0, false}, {898738, true}} {
		run := scan(t, corpusFile(t, realFiles[i]), bitcoin.ScanOptions{})
		first, ok := run.First()
		if ok != want.ok || ok && first != want.first || len(run.Defects()) > 0 {
			t.Errorf("%s: first %d %v, defects %v", realFiles[i], first, ok, codes(run))
		}
		last, ok := run.Last()
		if ok != want.ok || ok && last != want.first+uint32(run.Count())-1 {
			t.Errorf("%s: last %d %v", realFiles[i], last, ok)
		}
	}
	// Behind a checkpoint, with none in the file.
	raw := corpusFile(t, "headers-822527-830592.bin")
	run := scan(t, raw[bitcoin.HeaderSize:100*bitcoin.HeaderSize], bitcoin.ScanOptions{})
	if first, ok := run.First(); !ok || first != 822528 {
		t.Errorf("behind a checkpoint: %d %v", first, ok)
	}
}

// A checkpoint tells the heights of the headers that it is linked to, and of no others in
// the file.
func TestABreakEndsWhatACheckpointPlaces(t *testing.T) {
	c := forge(20, nil)
	other := c.fork(2, "other").grow(10, nil)
	run := scan(t, slices.Concat(other.from(5, 8), c.from(9, 20), other.from(10, 10)), bitcoin.ScanOptions{Checkpoints: regtestList(t, c.checkpoint(15))})
	var placed []bool
	for _, s := range run.Summary().Stretches {
		placed = append(placed, s.Placed)
		if s.Placed && (s.First != 9 || !slices.Equal(s.Checkpoints, []uint32{15})) {
			t.Errorf("%+v", s)
		}
	}
	if !slices.Equal(placed, []bool{false, true, false}) {
		t.Errorf("%v", placed)
	}
}

// The first and last headers of all periods, one after another, place themselves each.
func TestBoundariesPlaceThemselves(t *testing.T) {
	headers := boundaries(t)
	run := scan(t, joined(headers), bitcoin.ScanOptions{})
	s := run.Summary()
	if s.Headers != len(headers) || s.Headers < 826 {
		t.Errorf("%d headers", s.Headers)
	}
	for _, g := range s.Stretches {
		if !g.Placed {
			t.Errorf("the stretch at %d is not placed", g.Index)
		}
	}
	for _, d := range run.Defects() {
		if d.Code != "btc.break" {
			t.Errorf("%+v", d)
		}
	}
}

// All 413 changes of the target follow from the first and last blocks of the periods.
func TestAllRetargetsFollow(t *testing.T) {
	headers := boundaries(t)
	checked := 0
	for height := range headers {
		if height%bitcoin.Interval != 0 || height == 0 || headers[height-1] == nil || headers[height-bitcoin.Interval] == nil {
			continue
		}
		next, _, _ := bitcoin.ParseHeader(headers[height])
		first, _, err := bitcoin.ParseHeader(headers[height-bitcoin.Interval])
		last, _, err2 := bitcoin.ParseHeader(headers[height-1])
		if err != nil || err2 != nil {
			t.Fatal(height, err, err2)
		}
		if got := bitcoin.Mainnet().Retarget(first.Bits, uint32(first.Timestamp.Unix()), uint32(last.Timestamp.Unix())); got != next.Bits {
			t.Errorf("block %d: %08x, the header has %08x", height, got, next.Bits)
		}
		checked++
	}
	if checked != 413 {
		t.Errorf("%d retargets", checked)
	}
}

func TestEachBrokenRuleIsFound(t *testing.T) {
	points := regtestList(t)
	for _, c := range []struct {
		name   string
		change func(height uint32, b *block)
		want   []string
	}{
		{"none", nil, nil},
		{"target", func(h uint32, b *block) { b.fails = h == 5 }, []string{"target@5"}},
		{"no target", func(h uint32, b *block) {
			if h == 5 {
				b.bits, b.fails = 0x20800000, true
			}
		}, []string{"bits@5", "target@5"}},
		{"bits", func(h uint32, b *block) {
			if h == 5 {
				b.bits = 0x207ffffe
			}
		}, []string{"bits@5"}},
		{"time of the median", func(h uint32, b *block) {
			if h == 15 {
				b.time = regtestBegin + 600*9
			}
		}, []string{"median-time@15"}},
		{"one second later", func(h uint32, b *block) {
			if h == 15 {
				b.time = regtestBegin + 600*9 + 1
			}
		}, nil},
		{"time of the genesis block", func(h uint32, b *block) {
			if h == 1 {
				b.time = regtestBegin
			}
		}, []string{"median-time@1"}},
		{"times of 32 bits", func(h uint32, b *block) {
			b.time = 1<<32 - 30 + h
		}, nil},
		{"another block after it", func(h uint32, b *block) {
			if h == 5 {
				b.prev[0] ^= 1
			}
		}, []string{"break@5"}},
	} {
		raw := forge(20, c.change).raw
		for _, o := range []bitcoin.ScanOptions{{Checkpoints: points, First: at(0)}, {Checkpoints: points}} {
			want := c.want
			run := scan(t, raw, o)
			if o.First == nil && slices.Contains(want, "break@5") {
				if s := run.Summary(); len(s.Stretches) != 2 || !s.Stretches[0].Placed || s.Stretches[1].Placed {
					t.Errorf("%s: %+v", c.name, s)
				}
			}
			if got := codes(run); !slices.Equal(sorted(got), sorted(want)) {
				t.Errorf("%s: %v, want %v", c.name, got, want)
			}
			works := int64(2 * 21) // two hashes for a block of regtest
			switch {
			case slices.Contains(want, "target@5") || slices.Contains(want, "bits@5"):
				works -= 2
			case slices.Contains(want, "break@5") && o.First == nil:
				works = 2 * 5
			}
			if got := run.Summary().Work; got.Int64() != works {
				t.Errorf("%s: work %d, want %d", c.name, got, works)
			}
		}
	}
}

func sorted(s []string) []string { s = slices.Clone(s); slices.Sort(s); return s }

// In the middle of the chain the first eleven headers have nothing to be held against.
func TestMedianTimeNeedsEleven(t *testing.T) {
	c := forge(40, func(h uint32, b *block) {
		if h == 20 || h == 35 {
			b.time = regtestBegin
		}
	})
	for first, want := range map[uint32][]string{9: {"median-time@11", "median-time@26"}, 10: {"median-time@25"}, 20: {"median-time@15"}} {
		run := scan(t, c.from(first, 40), bitcoin.ScanOptions{First: &first, Checkpoints: regtestList(t)})
		if got := codes(run); !slices.Equal(got, want) {
			t.Errorf("from %d: %v, want %v", first, got, want)
		}
	}
}

// A wrong target for a period is found where the period before is in the file, and where
// the list states the target.
func TestARealHeaderWithAnotherTargetIsFound(t *testing.T) {
	raw := slices.Clone(corpusFile(t, "headers-0-99999.bin")[:32258*bitcoin.HeaderSize])
	raw[32256*bitcoin.HeaderSize+72]++ // the first block with another target than the genesis block
	for name, c := range map[string]struct {
		points *bitcoin.Checkpoints
		from   uint32
		want   []string
	}{
		"period and list": {bitcoin.Builtin(), 0, []string{"bits@32256", "break@32257", "retarget@32256", "target@32256"}},
		"period":          {bitcoin.NoCheckpoints(), 0, []string{"bits@32256", "break@32257", "retarget@32256", "target@32256"}},
		"period in part":  {bitcoin.NoCheckpoints(), 30241, []string{"break@32257", "target@32256"}},
		"list":            {bitcoin.Builtin(), 30241, []string{"bits@32256", "break@32257", "target@32256"}},
	} {
		run := scan(t, raw[c.from*bitcoin.HeaderSize:], bitcoin.ScanOptions{First: &c.from, Checkpoints: c.points})
		var got []string
		for _, d := range run.Defects() {
			got = append(got, fmt.Sprintf("%s@%d", strings.TrimPrefix(d.Code, "btc."), d.Height))
		}
		if !slices.Equal(sorted(got), c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Headers at a height that is not theirs are found by the targets of its period, or refused
// where they hold a checkpoint.
func TestHeadersAtAnotherHeight(t *testing.T) {
	raw := corpusFile(t, "headers-586655-589289.bin")
	for name, c := range map[string]struct {
		raw   []byte
		first uint32
	}{
		"a checkpoint one too low": {raw, 586654}, "one too high": {raw, 586656}, "genesis at 1": {corpusFile(t, "headers-0-99999.bin")[:800], 1},
	} {
		if err := scanError(c.raw, bitcoin.ScanOptions{First: &c.first}); code(err) != "btc.headers" {
			t.Errorf("%s: %v", name, err)
		}
	}
	some := raw[100*bitcoin.HeaderSize : 110*bitcoin.HeaderSize]
	run := scan(t, some, bitcoin.ScanOptions{First: at(400000)})
	if got := codes(run); len(got) != 10 || got[0] != "bits@0" {
		t.Errorf("%v", got)
	}
	run = scan(t, some, bitcoin.ScanOptions{First: at(0)})
	if got := codes(run); !slices.Contains(got, "checkpoint@0") {
		t.Errorf("height 0 without the genesis block: %v", got)
	}
}

// A file whose header at the height of a checkpoint is another one is usable, and says so.
func TestAnotherHashAtACheckpoint(t *testing.T) {
	c, other := forge(20, nil), forge(10, nil)
	other.branch = "other"
	other.grow(10, nil)
	points := regtestList(t, c.checkpoint(0), c.checkpoint(15))
	if got := codes(scan(t, other.raw, bitcoin.ScanOptions{Checkpoints: points})); !slices.Equal(got, []string{"checkpoint@15"}) {
		t.Errorf("%v", got)
	}
	if got := codes(scan(t, other.from(16, 20), bitcoin.ScanOptions{Checkpoints: points, First: at(16)})); !slices.Equal(got, []string{"checkpoint@0"}) {
		t.Errorf("behind it: %v", got)
	}
}

// bytesOf stands for a file of any size that cannot be read.
type unreadable struct{ err error }

func (u unreadable) ReadAt([]byte, int64) (int, error) { return 0, u.err }

func TestUnusableFiles(t *testing.T) {
	c := forge(3, nil)
	broken := errors.New("broken disk")
	for name, size := range map[string]int64{"nothing": 0, "one byte": 1, "79": 79, "81": 81, "negative": -80} {
		if _, err := bitcoin.Scan(context.Background(), unreadable{broken}, size, bitcoin.ScanOptions{}); code(err) != "btc.headers" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := bitcoin.Scan(context.Background(), unreadable{broken}, bitcoin.MaxHeaders*bitcoin.HeaderSize, bitcoin.ScanOptions{}); !errors.Is(err, broken) {
		t.Errorf("4 million headers: %v", err)
	}
	if _, err := bitcoin.Scan(context.Background(), unreadable{broken}, (bitcoin.MaxHeaders+1)*bitcoin.HeaderSize, bitcoin.ScanOptions{}); code(err) != "btc.limit" {
		t.Errorf("one above: %v", err)
	}
	if _, err := bitcoin.Scan(context.Background(), bytes.NewReader(c.raw), int64(len(c.raw))+80, bitcoin.ScanOptions{Checkpoints: regtestList(t)}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("shorter than said: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := bitcoin.Scan(ctx, bytes.NewReader(c.raw), int64(len(c.raw)), bitcoin.ScanOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	for height, want := range map[uint32]string{bitcoin.MaxHeight: "", bitcoin.MaxHeight + 1: "btc.headers"} {
		if err := scanError(c.header(3), bitcoin.ScanOptions{First: &height, Checkpoints: regtestList(t)}); code(err) != want {
			t.Errorf("first height %d: %v", height, err)
		}
	}
}

func TestChainsOfOtherNetworksAreRefused(t *testing.T) {
	for name, p := range map[string]*chaincfg.Params{
		"testnet3": &chaincfg.TestNet3Params, "testnet4": &chaincfg.TestNet4Params, "signet": &chaincfg.SigNetParams, "regtest": &chaincfg.RegressionNetParams,
		"mainnet": &chaincfg.MainNetParams,
	} {
		var raw bytes.Buffer
		if err := p.GenesisBlock.Header.Serialize(&raw); err != nil {
			t.Fatal(err)
		}
		for _, points := range []*bitcoin.Checkpoints{bitcoin.Builtin(), regtestList(t)} {
			for _, o := range []bitcoin.ScanOptions{{Checkpoints: points}, {Checkpoints: points, First: at(0)}} {
				err := scanError(raw.Bytes(), o)
				if own := points.Network().Name() == name; own && err != nil || !own && (code(err) != "btc.network" || !strings.Contains(err.Error(), "first block of "+name)) {
					t.Errorf("%s under the checkpoints of %s: %v", name, points.Network().Name(), err)
				}
			}
		}
	}
}

// One thousand breaks and defects are listed, one more is no file of headers.
func TestBreaksLimit(t *testing.T) {
	genesis := regtestGenesis
	file := bytes.Repeat(genesis, bitcoin.MaxBreaks+2)
	points := regtestList(t)
	run := scan(t, file[:(bitcoin.MaxBreaks+1)*bitcoin.HeaderSize], bitcoin.ScanOptions{Checkpoints: points})
	if got := len(run.Defects()); got != bitcoin.MaxBreaks {
		t.Errorf("%d breaks", got)
	}
	if err := scanError(file, bitcoin.ScanOptions{Checkpoints: points}); code(err) != "btc.headers" {
		t.Errorf("above the limit: %v", err)
	}
}

// Ten thousand headers of unknown height are held, one more is refused: as one stretch or
// as several.
func TestUnplacedLimit(t *testing.T) {
	if testing.Short() {
		t.Skip("forges 10 000 headers")
	}
	c := forge(bitcoin.MaxUnplaced+2, nil)
	points := regtestList(t)
	for name, raw := range map[string][]byte{
		"one stretch":   c.from(2, c.last()),
		"two of a kind": slices.Concat(c.from(5002, c.last()), c.from(2, 5001)),
	} {
		if err := scanError(raw[bitcoin.HeaderSize:], bitcoin.ScanOptions{Checkpoints: points}); err != nil {
			t.Errorf("%s, at the limit: %v", name, err)
		}
		if err := scanError(raw, bitcoin.ScanOptions{Checkpoints: points}); code(err) != "btc.limit" {
			t.Errorf("%s, above the limit: %v", name, err)
		}
		if err := scanError(raw, bitcoin.ScanOptions{Checkpoints: points, First: at(1)}); err != nil {
			t.Errorf("%s, placed: %v", name, err)
		}
	}
}

func TestProgressReachesTheEnd(t *testing.T) {
	raw := corpusFile(t, "headers-822527-830592.bin")
	var done []int64
	scan(t, raw, bitcoin.ScanOptions{Progress: func(n, total int64) {
		if total != int64(len(raw)) {
			t.Errorf("total %d", total)
		}
		done = append(done, n)
	}})
	if !slices.IsSorted(done) || len(done) != 5 || done[4] != int64(len(raw)) {
		t.Errorf("%v", done)
	}
}

// The cumulative work that two other programs ship equals the sum over the headers, and
// over the targets of the list where the headers are not at hand.
func TestCumulativeWorkOfOthersIsOurs(t *testing.T) {
	var c corpusCheckpoints
	corpusJSON(t, "checkpoints.json", &c)
	compared := 0
	for name, entries := range map[string]map[uint32]string{"bitcoinj": works(t, c.Bitcoinj), "ckb": works(t, c.Ckb)} {
		for height, want := range entries {
			if got := workUpTo(height); got.Cmp(number(t, want)) != 0 {
				t.Errorf("%s, block %d: %x, want %s", name, height, got, want)
			}
			compared++
		}
	}
	if compared != 436+827 {
		t.Errorf("%d values compared", compared)
	}
	raw := corpusFile(t, "headers-0-99999.bin")
	for n := 1; n <= 100000; n += 33333 {
		run := scan(t, raw[:n*bitcoin.HeaderSize], bitcoin.ScanOptions{})
		if got := run.Summary().Work; got.Cmp(workUpTo(uint32(n-1))) != 0 {
			t.Errorf("%d headers: work %x", n, got)
		}
	}
}
