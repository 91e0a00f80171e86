package bitcoin_test

import (
	"flag"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/vectest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What a report shows of an attestation, whole: a change of any word must be meant.
func TestGolden(t *testing.T) {
	chain := bitcoin.NewChain(nil)
	for _, name := range realFiles[1:] {
		chain = chain.With(scanFile(t, name))
	}
	cheap := fileHeader(t, realFiles[0], 5000)
	chain = chain.With(scan(t, cheap, bitcoin.ScanOptions{First: at(700001)}))
	for name, a := range map[string]struct {
		root   []byte
		height uint32
	}{
		"chain-committed":  {rootOf(fileHeader(t, realFiles[1], 588101)), 588101},
		"fewer-successors": {rootOf(fileHeader(t, realFiles[1], 588670)), 588670},
		"work-consistent":  {rootOf(fileHeader(t, realFiles[1], 588761)), 588761},
		"linked":           {rootOf(fileHeader(t, realFiles[3], 831330)), 831330},
		"header-matched":   {rootOf(cheap), 700001},
		"root-computed":    {rootOf(fileHeader(t, realFiles[1], 588101)), 700000},
		"refuted":          {rootOf(fileHeader(t, realFiles[1], 588101)), 588102},
	} {
		r := judge(envOf(chain), a.root, a.height)
		vectest.Golden(t, name, r, *update)
	}
}
