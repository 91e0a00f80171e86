package bitcoin

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/btcsuite/btcd/blockchain"
	"github.com/btcsuite/btcd/wire/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// demands compares the bits that follow a period: btcd has no function for them that
// others may call, but accepts a header that has them and refuses all others.
func demands(t *testing.T, c chain, height int32, bits uint32) {
	t.Helper()
	for _, off := range []uint32{0, 1, math.MaxUint32} {
		// Only the bits count here: the time is later than that of any header before.
		h := &wire.BlockHeader{Version: 4, Bits: bits + off, Timestamp: time.Unix(1<<33, 0)}
		switch err := check(h, c, height, mainnet, false); {
		case off == 0 && err != nil:
			t.Errorf("block %d: %08x: %v", height, h.Bits, err)
		case off != 0 && !is(err, blockchain.ErrUnexpectedDifficulty):
			t.Errorf("block %d: %08x beside %08x: %v", height, h.Bits, bits, err)
		}
	}
}

func seconds(h *wire.BlockHeader) uint32 { return uint32(h.Timestamp.Unix()) }

// Every period of which the corpus has both ends and the header that follows. The
// built-in list states the same bits.
func TestRetarget(t *testing.T) {
	c := readBoundaries(t)
	compared := 0
	for height, next := range c {
		first, last := c[height-interval], c[height-1]
		if height%interval != 0 || first == nil || last == nil {
			continue
		}
		demands(t, c, height, next.Bits)
		if got := bitcoin.Mainnet().Retarget(last.Bits, seconds(first), seconds(last)); got != next.Bits {
			t.Errorf("block %d: %08x, its bits are %08x", height, got, next.Bits)
		}
		if got, ok := bitcoin.Builtin().BitsOf(uint32(height)); !ok || got != next.Bits {
			t.Errorf("block %d: the list says %08x %v, its bits are %08x", height, got, ok, next.Bits)
		}
		compared++
	}
	if compared != 413 {
		t.Errorf("%d periods compared", compared)
	}
}

// Every header of the files in its place: btcd accepts it by all rules that speak of a
// header and those before it, its checkpoints among them, and Scan finds nothing. Where
// the period before is in the file, the wrong bits are refused by both.
func TestStretches(t *testing.T) {
	compared, turns := 0, 0
	for i, s := range readStretches(t) {
		run := scan(t, s.raw, bitcoin.ScanOptions{First: &s.first})
		if sum := run.Summary(); len(run.Defects()) != 0 || len(sum.Stretches) != 1 || sum.Retargets != stretches[i].retargets {
			t.Errorf("%s: %+v, %+v", s.name, run.Defects(), sum)
		}
		if last := s.list[len(s.list)-1].BlockHash(); run.Tip() != last {
			t.Errorf("%s: ends with %s, btcd says %s", s.name, run.Tip(), last)
		}
		c := chain{}
		for i, h := range s.list {
			c[int32(s.first)+int32(i)] = h
		}
		for i, h := range s.list {
			height := int32(s.first) + int32(i)
			turn := height%interval == 0 && height > 0
			if i == 0 || turn && i < interval || s.first > 0 && i < 11 {
				continue // too little before it
			}
			if err := check(h, c, height, mainnet, true); err != nil {
				t.Errorf("block %d: %v", height, err)
			}
			compared++
			if !turn {
				continue
			}
			demands(t, c, height, h.Bits)
			first, last := c[height-interval], c[height-1]
			if got := bitcoin.Mainnet().Retarget(last.Bits, seconds(first), seconds(last)); got != h.Bits {
				t.Errorf("block %d: %08x, its bits are %08x", height, got, h.Bits)
			}
			for _, off := range []uint32{1, math.MaxUint32} {
				wrong := *h
				wrong.Bits += off
				raw := slices.Clone(s.raw[(i-interval)*bitcoin.HeaderSize : (i+1)*bitcoin.HeaderSize])
				copy(raw[interval*bitcoin.HeaderSize:], encode(t, &wrong))
				from := uint32(height - interval)
				run := scan(t, raw, bitcoin.ScanOptions{First: &from, Checkpoints: bitcoin.NoCheckpoints()})
				if !with(run, "btc.retarget")[interval] {
					t.Errorf("block %d with %08x: %+v", height, wrong.Bits, run.Defects())
				}
			}
			turns++
		}
	}
	if compared < 111600 || turns != 49+1+4 {
		t.Errorf("%d headers and %d turns compared", compared, turns)
	}
}

// Periods that never were: any target, any two times, also in the wrong order. What
// Retarget returns is what btcd demands.
func TestRetargetOfAnything(t *testing.T) {
	random := rand.New(rand.NewPCG(2016, 1))
	targets := []uint32{0x1d00ffff, 0x1d00fffe, 0x1d008000, 0x1c7fffff, 0x1c008000, 0x04000080, 0x03000001, 0x03000003, 0x02000100, 0x01010000}
	boundaries := readBoundaries(t)
	for _, height := range slices.Sorted(maps.Keys(boundaries)) {
		targets = append(targets, boundaries[height].Bits)
	}
	for len(targets) < 3000 {
		if bits := anyBits(random); usable(bits) {
			targets = append(targets, bits)
		}
	}
	const day = 24 * 3600
	spans := []int64{
		0, 1, -1, -day, math.MaxUint32, -math.MaxUint32,
		302399, 302400, 302401, 14*day - 1, 14 * day, 14*day + 1, 4838399, 4838400, 4838401,
	}
	for i, bits := range targets {
		times := spans
		if i > 500 {
			times = []int64{random.Int64N(6000000), random.Int64N(1<<33-1) - math.MaxUint32}
		}
		for _, span := range times {
			first := int64(0)
			if span < 0 {
				first = -span
			}
			if free := math.MaxUint32 - max(first, first+span); free > 0 {
				first += random.Int64N(free)
			}
			last := first + span
			c := chain{
				0:            {Timestamp: time.Unix(first, 0), Bits: bits},
				interval - 1: {Timestamp: time.Unix(last, 0), Bits: bits},
			}
			demands(t, c, interval, bitcoin.Mainnet().Retarget(bits, uint32(first), uint32(last)))
			if t.Failed() {
				t.Fatalf("%08x from %d to %d", bits, first, last)
			}
		}
	}
}

// usable reports whether a header of mainnet can have the bits.
func usable(bits uint32) bool {
	_, err := bitcoin.ParseCompact(bits, bitcoin.Mainnet())
	return err == nil
}

// Regtest has no retarget: here a period keeps the bits of the one before, in btcd it
// has the easiest ones. Both are the same on a chain that begins with the first block.
func TestRetargetOfRegtest(t *testing.T) {
	limit := regtest.PowLimitBits
	h := &wire.BlockHeader{Version: 4, Bits: limit, Timestamp: time.Unix(1<<33, 0)}
	for _, bits := range []uint32{limit, 0x1d00ffff} {
		c := chain{0: {Bits: bits}, interval - 1: {Timestamp: time.Unix(1, 0), Bits: bits}}
		if err := check(h, c, interval, regtest, false); err != nil {
			t.Error(err)
		}
		if got := bitcoin.Regtest().Retarget(bits, 0, 1); got != bits {
			t.Errorf("%08x became %08x", bits, got)
		}
	}
}
