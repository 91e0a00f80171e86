package bitcoin_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// Every bit of the headers between a block and its checkpoint, of the root and of the
// height counts: with any of them changed nothing passes. The bits that do not count lie
// above the checkpoint and below the block, named here before the run.
func TestEveryBitCounts(t *testing.T) {
	c := forge(12, nil)
	const height, end = 5, 9
	points := regtestList(t, c.checkpoint(end))
	passesWith := func(raw, root []byte, height uint64) bool {
		run, err := bitcoin.Scan(context.Background(), bytes.NewReader(raw), int64(len(raw)), bitcoin.ScanOptions{First: at(0), Checkpoints: points})
		if err != nil {
			return false
		}
		r := bitcoin.Attestation{Root: root, Height: height}.Verify(context.Background(), envOf(bitcoin.NewChain(points, run)))
		return r.Passed()
	}
	root := c.root(height)
	if !passesWith(c.raw, root, height) {
		t.Fatal("the original does not pass")
	}
	from, to := height*bitcoin.HeaderSize, (end+1)*bitcoin.HeaderSize
	survived, step := 0, 1
	if testing.Short() {
		step = 7
	}
	for bit := 0; bit < 8*len(c.raw); bit += step {
		raw := slices.Clone(c.raw)
		raw[bit/8] ^= 1 << (bit % 8)
		counts := bit/8 >= from && bit/8 < to
		if passesWith(raw, root, height) {
			survived++
			if counts {
				t.Errorf("bit %d of byte %d of header %d changes nothing", bit%8, bit/8%bitcoin.HeaderSize, bit/8/bitcoin.HeaderSize)
			}
		}
	}
	t.Logf("%d of %d bits do not count: headers 0 to 4 and 10 to 12", survived, 8*len(c.raw)/step)
	for bit := range 8 * len(root) {
		other := slices.Clone(root)
		other[bit/8] ^= 1 << (bit % 8)
		if passesWith(c.raw, other, height) {
			t.Errorf("bit %d of the root", bit)
		}
	}
	for bit := range 64 {
		if passesWith(c.raw, root, height^1<<bit) {
			t.Errorf("bit %d of the height", bit)
		}
	}
}
