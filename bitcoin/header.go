package bitcoin

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/btcsuite/btcd/chainhash/v2"
	"github.com/btcsuite/btcd/wire/v2"
)

// HeaderSize is the length of a block header: version 4, hash of the previous header
// 32, Merkle root 32, time 4, compact target 4, nonce 4.
const HeaderSize = 80

// maxHeight bounds the heights that are read, so that sums of them fit 32 bits. It takes
// forty thousand years to get there.
const maxHeight = 1<<31 - 1

// Hash is a double SHA-256. Its bytes stand as in a header; String reverses them, as
// block explorers do ("display order").
type Hash = chainhash.Hash

// rawHeader is one header as it is hashed.
type rawHeader = [HeaderSize]byte

// Where the fields of a header stand. Numbers are little-endian.
const (
	offPrev = 4
	offRoot = 36
	offTime = 68
	offBits = 72
)

// hashHeader returns the hash of a header of 80 bytes.
func hashHeader(h []byte) Hash {
	first := sha256.Sum256(h[:HeaderSize])
	return sha256.Sum256(first[:])
}

func prevOf(h []byte) Hash   { return Hash(h[offPrev : offPrev+32]) }
func rootOf(h []byte) Hash   { return Hash(h[offRoot : offRoot+32]) }
func timeOf(h []byte) uint32 { return binary.LittleEndian.Uint32(h[offTime:]) }
func bitsOf(h []byte) uint32 { return binary.LittleEndian.Uint32(h[offBits:]) }

// blockTime is the time of a header, which is 32 bits without a sign and so lasts until
// 2106.
func blockTime(seconds uint32) time.Time { return time.Unix(int64(seconds), 0).UTC() }

// ParseHeader reads a header of 80 bytes and returns it with its hash. Nothing is judged.
func ParseHeader(b []byte) (wire.BlockHeader, Hash, error) {
	var h wire.BlockHeader
	if len(b) != HeaderSize {
		return h, Hash{}, malformed(codeHeaders, "a header has %d bytes, not %d", HeaderSize, len(b))
	}
	if err := h.Deserialize(bytes.NewReader(b)); err != nil {
		return h, Hash{}, malformed(codeHeaders, "%v", err)
	}
	return h, hashHeader(b), nil
}
