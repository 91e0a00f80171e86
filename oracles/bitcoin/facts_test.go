package bitcoin

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/btcsuite/btcd/blockchain"
	"github.com/btcsuite/btcd/wire/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust"
)

// What the verdict on the root of a real block says of its header: hash, time, median
// time of the eleven before, the headers on top and their work.
func TestFacts(t *testing.T) {
	proven, judged := 0, 0
	for _, s := range readStretches(t) {
		run := scan(t, s.raw, bitcoin.ScanOptions{First: &s.first})
		env := bitcoin.Env{
			Env:   trust.Env{At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)},
			Chain: bitcoin.NewChain(bitcoin.Builtin(), run),
		}
		c := chain{}
		for i, h := range s.list {
			c[int32(s.first)+int32(i)] = h
		}
		above := worksAbove(s.list)
		committed := uint32(0)
		if met := run.Summary().Stretches[0].Checkpoints; len(met) > 0 {
			committed = met[len(met)-1]
		}
		for i := range s.list {
			if i > 12 && i%(1+len(s.list)/100) != 0 { // the first ones have few before them
				continue
			}
			h, height := s.list[i], int32(s.first)+int32(i)
			r := bitcoin.Attestation{Root: h.MerkleRoot[:], Height: uint64(height)}.Verify(context.Background(), env)
			got := r.Claims.(bitcoin.Claims)
			median := ""
			if i >= 11 || s.first == 0 && i > 0 {
				median = text(blockchain.CalcPastMedianTime(c.on(height - 1)))
			}
			on := len(s.list) - 1 - i
			want := bitcoin.Claims{
				Height: json.Number(fmt.Sprint(height)), Hash: h.BlockHash().String(),
				MerkleRoot: fmt.Sprintf("%x", h.MerkleRoot[:]), RootDisplay: h.MerkleRoot.String(),
				BlockTime: text(h.Timestamp), MedianTime: median, Successors: &on, Rung: r.Rung(), WorkLog2: &above[i],
			}
			if a, b := toJSON(t, got), toJSON(t, want); !bytes.Equal(a, b) {
				t.Errorf("block %d: %s, want %s", height, a, b)
			}
			judged++
			facts, ok := r.Proven()
			if !ok {
				continue
			}
			proven++
			if facts.Hash != h.BlockHash() || !facts.BlockTime.Equal(h.Timestamp) || !facts.MedianTimePast.IsZero() && text(facts.MedianTimePast) != median {
				t.Errorf("block %d: %+v", height, facts)
			}
			// Only headers that a checkpoint commits count.
			if bound := latest(s.list[i:min(int(committed-s.first)+1, i+7)]); facts.NotLaterThan.Before(bound) || !facts.NotLaterThan.Before(bound.Add(time.Hour)) {
				t.Errorf("block %d: not later than %v, the latest of seven times is %v", height, facts.NotLaterThan, bound)
			}
		}
	}
	t.Logf("%d blocks, %d proven", judged, proven)
	if judged < 350 || proven < 250 {
		t.Errorf("%d blocks, %d proven", judged, proven)
	}
}

func text(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func toJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func latest(list []*wire.BlockHeader) (at time.Time) {
	for _, h := range list {
		if h.Timestamp.After(at) {
			at = h.Timestamp
		}
	}
	return at
}

// worksAbove returns for each header the logarithm of its work and that of all on top,
// by btcd, rounded to two digits.
func worksAbove(list []*wire.BlockHeader) []float64 {
	out := make([]float64, len(list))
	sum := new(big.Int)
	for i := len(list) - 1; i >= 0; i-- {
		sum.Add(sum, blockchain.CalcWork(list[i].Bits))
		f, _ := new(big.Float).SetInt(sum).Float64()
		out[i] = math.Round(100*math.Log2(f)) / 100
	}
	return out
}
