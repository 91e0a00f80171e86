package bitcoin

import (
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/btcsuite/btcd/blockchain"
	"github.com/btcsuite/btcd/chainhash/v2"
	"github.com/btcsuite/btcd/wire/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// works is what btcd says of the proof of work of a header, in two ways.
func works(t *testing.T, h *wire.BlockHeader, r rules) bool {
	t.Helper()
	hash, target := h.BlockHash(), blockchain.CompactToBig(h.Bits)
	byHand := target.Sign() > 0 && target.Cmp(r.PowLimit) <= 0 && blockchain.HashToBig(&hash).Cmp(target) <= 0
	if err := sane(h, r, blockchain.BFNone); (err == nil) != byHand {
		t.Fatalf("%s: %v", hash, err)
	}
	return byHand
}

// Every real header, stale ones included, has its proof of work, and none has it with
// another nonce.
func TestWork(t *testing.T) {
	compared := 0
	judge := func(name string, list []*wire.BlockHeader, run *bitcoin.Run, want bool) {
		t.Helper()
		bad := with(run, badTarget)
		for i, h := range list {
			if theirs := works(t, h, mainnet); theirs != want || bad[i] == want {
				t.Errorf("%s: header %d: %v, btcd says %v", name, i, !bad[i], theirs)
			}
		}
		compared += len(list)
	}
	var singles []*wire.BlockHeader
	for _, s := range readStretches(t) {
		judge(s.name, s.list, scan(t, s.raw, bitcoin.ScanOptions{First: &s.first}), true)
		for i := 0; i < len(s.list); i += 1 + len(s.list)/200 {
			singles = append(singles, s.list[i])
		}
	}
	for _, h := range readBoundaries(t) {
		singles = append(singles, h)
	}
	singles = append(singles, readSingles(t)...)
	batches(t, singles, mainnet, bitcoin.NoCheckpoints(), func(list []*wire.BlockHeader, run *bitcoin.Run) {
		judge("single headers", list, run, true)
	})
	if compared < 112_691 {
		t.Errorf("%d headers compared", compared)
	}
	for _, h := range singles {
		h.Nonce ^= 1
	}
	batches(t, singles, mainnet, bitcoin.NoCheckpoints(), func(list []*wire.BlockHeader, run *bitcoin.Run) {
		judge("other nonces", list, run, false)
	})
}

// batches scans headers that are not linked, so few at a time that all of their defects
// are listed.
func batches(t *testing.T, list []*wire.BlockHeader, r rules, points *bitcoin.Checkpoints, judge func([]*wire.BlockHeader, *bitcoin.Run)) {
	t.Helper()
	for len(list) > 0 {
		part := list[:min(len(list), 300)]
		list = list[len(part):]
		var raw []byte
		for _, h := range part {
			raw = append(raw, encode(t, h)...)
		}
		judge(part, scan(t, raw, bitcoin.ScanOptions{Checkpoints: points}))
	}
}

func noRegtestCheckpoints(t testing.TB) *bitcoin.Checkpoints {
	t.Helper()
	points, err := bitcoin.ParseCheckpoints([]byte(`{"replace":true,"network":"regtest","checkpoints":[]}`), nil, "none")
	if err != nil {
		t.Fatal(err)
	}
	return points
}

// Headers of regtest, where chance decides whether a hash meets its target: targets of
// all lengths, many of them right at the hash's first digits, and some that are none.
func TestWorkByChance(t *testing.T) {
	random := rand.New(rand.NewPCG(32, 5))
	var list []*wire.BlockHeader
	for range 20_000 {
		h := &wire.BlockHeader{Version: int32(random.Uint32()), Nonce: random.Uint32(), Timestamp: time.Unix(int64(random.Uint32()), 0)}
		h.PrevBlock, h.MerkleRoot = anyHash(random), anyHash(random)
		switch random.IntN(8) {
		case 0:
			h.Bits = random.Uint32()
		case 1:
			h.Bits = 0x1f000000 | random.Uint32N(1<<23)
		case 2:
			h.Bits = 0x21000000 | random.Uint32N(1<<15)
		default:
			h.Bits = 0x20000000 | random.Uint32N(1<<23)
		}
		list = append(list, h)
	}
	met := 0
	batches(t, list, regtest, noRegtestCheckpoints(t), func(list []*wire.BlockHeader, run *bitcoin.Run) {
		bad := with(run, badTarget)
		for i, h := range list {
			theirs := works(t, h, regtest)
			if theirs == bad[i] {
				t.Errorf("%s with %08x: btcd says %v", h.BlockHash(), h.Bits, theirs)
			}
			if theirs {
				met++
			}
		}
	})
	if met < 3000 || met > len(list)-3000 {
		t.Errorf("%d of %d meet their target", met, len(list))
	}
}

func anyHash(r *rand.Rand) (h chainhash.Hash) {
	for i := range h {
		h[i] = byte(r.Uint32())
	}
	return h
}

// The work of the files is what btcd's adds up to.
func TestWorkOfStretches(t *testing.T) {
	for _, s := range readStretches(t) {
		sum := new(big.Int)
		for _, h := range s.list {
			sum.Add(sum, blockchain.CalcWork(h.Bits))
		}
		run := scan(t, s.raw, bitcoin.ScanOptions{First: &s.first})
		if got := run.Summary().Work; got.Cmp(sum) != 0 {
			t.Errorf("%s: %x, btcd says %x", s.name, got, sum)
		}
	}
}
