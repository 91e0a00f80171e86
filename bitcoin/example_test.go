package bitcoin_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust"
)

// The first two blocks of Bitcoin, as a file of headers.
const firstBlocks = `
0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c
010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd1e4ba744bbbe680e1fee14677ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d01e36299`

// A root is in block 1; whoever verifies it has the headers of two blocks, and is told by a
// checkpoint of its own that the second belongs to the chain.
func Example() {
	headers, err := hex.DecodeString(strings.Join(strings.Fields(firstBlocks), ""))
	if err != nil {
		panic(err)
	}
	points, err := bitcoin.ParseCheckpoints([]byte(`[
		{"height": 1, "hash": "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048"}
	]`), bitcoin.Builtin(), "checkpoints.json")
	if err != nil {
		panic(err)
	}
	run, err := bitcoin.Scan(context.Background(), bytes.NewReader(headers), int64(len(headers)), bitcoin.ScanOptions{Name: "headers.bin", Checkpoints: points})
	if err != nil {
		panic(err)
	}
	env := bitcoin.Env{Env: trust.Env{At: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}, Chain: bitcoin.NewChain(points, run)}

	root, _ := hex.DecodeString("982051fd1e4ba744bbbe680e1fee14677ba1a3c3540bf7b1cdb606e857233e0e")
	r := bitcoin.Attestation{Root: root, Height: 1}.Verify(context.Background(), env)
	fmt.Println(r.Indication(), r.Rung())
	if facts, ok := r.Proven(); ok {
		fmt.Println(facts.Height, facts.BlockTime.Format(time.DateTime), "not later than", facts.NotLaterThan.Format(time.DateTime))
	}
	fmt.Println(r.Trust.Anchor, "from", r.Trust.Origin)
	fmt.Println(r.Warnings[0].Code)

	// The same root in another block is refuted by that block.
	r = bitcoin.Attestation{Root: root, Height: 0}.Verify(context.Background(), env)
	fmt.Println(r.Indication(), r.Sub, r.Reason)

	// Without headers nothing is decided.
	env.Chain = nil
	r = bitcoin.Attestation{Root: root, Height: 1}.Verify(context.Background(), env)
	fmt.Println(r.Indication(), r.Sub, r.Reason)
	// Output:
	// PASSED chain-committed
	// 1 2009-01-09 02:54:25 not later than 2009-01-09 03:00:00
	// block 1 00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048 from checkpoints.json
	// btc.fewer-successors
	// FAILED HASH_FAILURE btc.merkle-root
	// INDETERMINATE NO_POE btc.header-missing
}
