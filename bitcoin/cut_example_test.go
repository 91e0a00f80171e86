package bitcoin_test

import (
	"bytes"
	"context"
	"fmt"

	"github.com/btcsuite/btcd/chaincfg/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// Headers that lead to a checkpoint, here the genesis block itself, become a pack that
// shows by itself in which block a Merkle root stands.
func ExampleCut() {
	var file bytes.Buffer
	if err := chaincfg.MainNetParams.GenesisBlock.Header.Serialize(&file); err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	run, err := bitcoin.Scan(ctx, bytes.NewReader(file.Bytes()), int64(file.Len()), bitcoin.ScanOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	pack, err := bitcoin.Cut(ctx, bitcoin.NewChain(nil, run), 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	saved := pack.Marshal()

	again, err := bitcoin.ParsePack(saved)
	if err != nil {
		fmt.Println(err)
		return
	}
	judged, err := again.Run(bitcoin.Builtin(), "block-0.anchorpack")
	if err != nil {
		fmt.Println(err)
		return
	}
	header, _, _ := again.Header(0)
	height, known := bitcoin.NewChain(nil, judged).HeightOfRoot(header.MerkleRoot)
	fmt.Println(len(saved), "bytes,", header.MerkleRoot)
	fmt.Println(height, known)
	// Output:
	// 162 bytes, 4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b
	// 0 true
}
