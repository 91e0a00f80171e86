package bitcoin

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/btcsuite/btcd/blockchain"
	"github.com/btcsuite/btcd/wire/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// Real headers whose time is set to the median of the eleven before, which is too early,
// and to a second later, which is not.
func TestMedianTime(t *testing.T) {
	compared := 0
	for _, s := range readStretches(t) {
		for i := 1; i < len(s.list); i += 1 + len(s.list)/400 {
			from := max(0, i-11)
			if from > 0 || s.first > 0 {
				if from = i - 11; from < 0 {
					continue
				}
			}
			height := int32(s.first) + int32(i)
			c := chain{}
			for j := from; j < i; j++ {
				c[int32(s.first)+int32(j)] = s.list[j]
			}
			median := blockchain.CalcPastMedianTime(c.on(height - 1))
			for late := range 2 {
				h := *s.list[i]
				h.Timestamp = median.Add(time.Duration(late) * time.Second)
				if height%interval != 0 { // the period before is not at hand
					if err := check(&h, c, height, mainnet, false); late == 0 && !is(err, blockchain.ErrTimeTooOld) || late == 1 && err != nil {
						t.Errorf("block %d, %d s behind the median: btcd says %v", height, late, err)
					}
				}
				raw := slices.Clone(s.raw[from*bitcoin.HeaderSize : (i+1)*bitcoin.HeaderSize])
				copy(raw[(i-from)*bitcoin.HeaderSize:], encode(t, &h))
				run := scan(t, raw, bitcoin.ScanOptions{Checkpoints: bitcoin.NoCheckpoints()})
				if bad := with(run, badMedianTime); bad[i-from] != (late == 0) || len(bad) > 1-late {
					t.Errorf("block %d, %d s behind the median: %+v", height, late, run.Defects())
				}
			}
			compared++
		}
	}
	if compared < 1000 {
		t.Errorf("%d headers compared", compared)
	}
}

// Chains of regtest from its first block, whose times jump back and forth: Scan refuses
// the time of exactly those headers of which btcd does.
func TestMedianTimeByChance(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 7))
	points := noRegtestCheckpoints(t)
	refused, accepted := 0, 0
	for range 20 {
		genesis := regtest.GenesisBlock.Header
		c := chain{0: &genesis}
		raw := encode(t, &genesis)
		swing := 1 + random.Int64N(5000)
		for height := int32(1); height < 400; height++ {
			before := c[height-1]
			h := &wire.BlockHeader{Version: 4, Bits: regtest.PowLimitBits, PrevBlock: before.BlockHash(), MerkleRoot: anyHash(random)}
			// Near the median, exactly at it now and then.
			h.Timestamp = blockchain.CalcPastMedianTime(c.on(height - 1)).Add(time.Duration(random.Int64N(2*swing)-swing/2) * time.Second)
			for !works(t, h, regtest) {
				h.Nonce++
			}
			c[height] = h
			raw = append(raw, encode(t, h)...)
		}
		run := scan(t, raw, bitcoin.ScanOptions{Checkpoints: points})
		bad := with(run, badMedianTime)
		if len(run.Defects()) != len(bad) {
			t.Fatalf("%+v", run.Defects())
		}
		for height := int32(1); int(height) < len(c); height++ {
			err := check(c[height], c, height, regtest, false)
			if err != nil && !is(err, blockchain.ErrTimeTooOld) || (err != nil) != bad[int(height)] {
				t.Errorf("block %d: %v, btcd says %v", height, bad[int(height)], err)
			}
			if err != nil {
				refused++
			} else {
				accepted++
			}
		}
	}
	if refused < 500 || accepted < 500 {
		t.Errorf("%d refused, %d accepted", refused, accepted)
	}
}
