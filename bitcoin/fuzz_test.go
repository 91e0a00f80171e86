package bitcoin_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// Whatever the file holds, no header passes but those of the chain that the checkpoint
// commits, at their own heights.
func FuzzScan(f *testing.F) {
	c := forge(14, nil)
	other := c.fork(3, "other").grow(11, nil)
	points := regtestList(f, c.checkpoint(0), c.checkpoint(10))
	for _, seed := range [][]byte{c.raw, other.raw, c.from(4, 14), c.from(11, 14), append(c.from(0, 5), other.from(6, 14)...), append(c.from(6, 10), c.from(0, 5)...), make([]byte, 160)} {
		f.Add(seed, uint32(0), false)
		f.Add(seed, uint32(4), true)
	}
	f.Fuzz(func(t *testing.T, raw []byte, first uint32, stated bool) {
		raw = raw[:min(len(raw), 30*bitcoin.HeaderSize)] // every header is tried at every height
		o := bitcoin.ScanOptions{Checkpoints: points}
		if stated {
			o.First = &first
		}
		run, err := bitcoin.Scan(context.Background(), bytes.NewReader(raw), int64(len(raw)), o)
		if err != nil {
			if code(err) == "" {
				t.Fatalf("an error without a code: %v", err)
			}
			return
		}
		n := 0
		for _, s := range run.Summary().Stretches {
			if s.Index != n || s.Count < 1 {
				t.Fatalf("%+v at %d", s, n)
			}
			n += s.Count
		}
		if n != len(raw)/bitcoin.HeaderSize || run.Count() != n {
			t.Fatalf("%d headers, the stretches have %d", run.Count(), n)
		}
		env := envOf(bitcoin.NewChain(points, run))
		env.Confirmations = 1000
		for i := 0; i < len(raw); i += bitcoin.HeaderSize {
			h := raw[i:][:bitcoin.HeaderSize]
			for height := range uint32(15) {
				r := judge(env, rootOf(h), height)
				if genuine := height <= 10 && bytes.Equal(h[36:68], c.root(height)); r.Passed() && !genuine {
					t.Fatalf("header %d passes at %d", i/bitcoin.HeaderSize, height)
				} else if genuine && r.Rung() == bitcoin.RootComputed && r.Reason == "btc.merkle-root" {
					t.Fatalf("the block %d is refuted by itself", height)
				}
			}
		}
	})
}

// A list that is read is sorted, holds what it adds to, agrees with the genesis block, and
// reads the same when it is written anew.
func FuzzCheckpoints(f *testing.F) {
	for _, seed := range []string{
		"[" + entry(1, hash1) + "]", `{"replace":true,"checkpoints":[` + entry(2, hash2) + `,` + entry(0, zero0) + `]}`,
		`{"replace":true,"network":"regtest","checkpoints":[]}`, "[" + entry(2015, at815) + "]", `[{"height":1}]`, `{`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := bitcoin.ParseCheckpoints(b, nil, "x")
		if err != nil {
			if c != nil || code(err) == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		entries := c.List()
		if !slices.IsSortedFunc(entries, func(a, b bitcoin.Checkpoint) int { return int(int64(a.Height) - int64(b.Height)) }) {
			t.Fatal("not sorted")
		}
		var text []string
		for i, e := range entries {
			if i > 0 && entries[i-1].Height == e.Height || e.Height == 0 && e.Hash != c.Network().Genesis() {
				t.Fatalf("%+v", e)
			}
			if byHash, ok := c.ByHash(e.Hash); !ok || byHash != e {
				t.Fatalf("%+v is %+v by its hash", e, byHash)
			}
			text = append(text, fmt.Sprintf(`{"height":%d,"hash":"%s"}`, e.Height, e.Hash))
		}
		if c.Network() == bitcoin.Mainnet() && b[bytes.IndexAny(b, "[{")] == '[' {
			for _, e := range bitcoin.Builtin().List() {
				if got, ok := c.At(e.Height); !ok || got != e {
					t.Fatalf("%+v was lost", e)
				}
			}
		}
		list, _ := json.Marshal(map[string]any{"replace": true, "network": c.Network().Name(), "checkpoints": json.RawMessage("[" + join(text) + "]")})
		again, err := bitcoin.ParseCheckpoints(list, nil, "x")
		if err != nil || again.Len() != c.Len() {
			t.Fatalf("%v", err)
		}
	})
}

func join(list []string) string {
	var b bytes.Buffer
	for i, s := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(s)
	}
	return b.String()
}
