package main

import (
	_ "embed"
	"encoding/hex"
)

// Blocks 0 to 2015 of Bitcoin, the first period, as headers of 48 bytes: version,
// Merkle root, time, bits, nonce. The hash of the block before is left out, because it
// is computed. The full form, 80 bytes a header, has the SHA-256 digest
// mainnetSHA256; its last hash is that of block 2015 in Electrum's list of checkpoints.
//
//go:embed mainnet-0-2015.pack48
var mainnetCompact []byte

const (
	mainnetSHA256 = "a72996710e21b532079bd15dc02d0fb9b43068ba03528e4c399e8fb2b2e1e2d2"
	mainnetEnd    = "00000000693067b0e6b440bc51450b9f3850561b07f6d3c021c54fbd6abb9763"
)

// genesisCoinbase is the only transaction of block 0: its double SHA-256 is the root.
var genesisCoinbase = unhex("01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000")

// realHeaders are the headers of mainnetCompact in full.
var realHeaders = expandAll(mainnetCompact)

func expandAll(b []byte) []header {
	var list []header
	var prev hash
	for ; len(b) > 0; b = b[48:] {
		h := expand(b, prev)
		list, prev = append(list, h), h.hash()
	}
	return list
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	must(err)
	return b
}
