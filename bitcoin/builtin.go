package bitcoin

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/btcsuite/btcd/chainhash/v2"
)

//go:generate go run ./internal/gencheckpoints -out checkpoints.txt

// The first block and the last block of every period, with the bits of the period that
// follows: "height hash nextbits", one a line.
//
//go:embed checkpoints.txt
var builtinText string

// Where the built-in checkpoints come from.
const (
	builtinSource  = "builtin:spesmilo/electrum@923578010e56243ee85b3965604d6ad6974d8f33"
	builtinGenesis = "builtin:btcsuite/btcd/chaincfg@v2.0.0" // Electrum's list begins at 2015
)

var builtin = sync.OnceValue(func() *Checkpoints {
	list, err := parseText(builtinText)
	if err != nil {
		panic("internal error: built-in checkpoints: " + err.Error())
	}
	return newCheckpoints(mainnet, list, builtinSource)
})

// Builtin returns the checkpoints that apply when none are given: the genesis block, and
// the last block of every period of mainnet up to a height of 953567, as the wallet
// Electrum ships them.
func Builtin() *Checkpoints { return builtin() }

// parseText reads the canonical text of a list.
func parseText(text string) (list []Checkpoint, err error) {
	for line := range strings.Lines(text) {
		var c Checkpoint
		var hash string
		if _, err := fmt.Sscanf(line, "%d %64s %08x\n", &c.Height, &hash, &c.NextBits); err != nil {
			return nil, fmt.Errorf("line %d: %w", len(list)+1, err)
		}
		h, err := chainhash.NewHashFromStr(hash)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(list)+1, err)
		}
		c.Hash, c.Origin = *h, builtinSource
		if c.Height == 0 {
			c.Origin = builtinGenesis
		}
		list = append(list, c)
	}
	return list, nil
}
