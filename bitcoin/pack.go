package bitcoin

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"github.com/btcsuite/btcd/wire/v2"
)

// The parts of the form; [Pack] describes it.
const (
	packMagic   = "\x89EXHPK\r\n"
	packVersion = 1

	offPackNetwork = 9
	offPackFirst   = 10
	offPackCount   = 14
	offPackPrev    = 18
	packHead       = 50 // bytes before the headers
	packedHeader   = 48
	packTail       = 64 // bytes behind the headers
)

// maxPack bounds the headers of a pack. The built-in checkpoints lie 2016 headers apart;
// four times that leaves room for other lists, and costs less than 2 ms to read.
const maxPack = 4 * interval

// maxPackBreaks bounds the defects of a pack that is used at all. One that proves something
// has none, packs come with the evidence, and each defect takes ten times the memory of the
// header.
const maxPackBreaks = 16

// PackExtension ends the names of anchor packs.
const PackExtension = ".anchorpack"

// MaxPackSize is the size of the largest pack.
const MaxPackSize = packHead + maxPack*packedHeader + packTail

// packNetworks names the networks by their byte in a pack.
var packNetworks = []string{"mainnet", "regtest", "testnet3", "testnet4", "signet"}

// Pack is an anchor pack that was read or cut. It is immutable.
//
// An anchor pack (NAME.anchorpack) keeps linked block headers beside a proof: that of a
// block, some before it, and all that follow up to a checkpoint. The hash of the header
// before stands in it once, since every other one follows by hashing: a header takes 48
// bytes of its 80. Integers are little-endian, hashes stand as in headers.
//
//	offset     length  content
//	0               8  89 45 58 48 50 4b 0d 0a ("\x89EXHPK\r\n")
//	8               1  version, 01
//	9               1  network: 00 mainnet, 01 regtest; 02 testnet3, 03 testnet4 and
//	                   04 signet are refused by name
//	10              4  height of the first header
//	14              4  number of headers, n: 1 to 8064
//	18             32  hash of the header before the first; zeros before height 0
//	50           48 n  for each header: version 4, Merkle root 32, time 4, compact
//	                   target 4, nonce 4
//	50 + 48 n      32  hash of the last header
//	82 + 48 n      32  SHA-256 of all bytes before
//
// Nothing stands behind it, and the same headers have one form. The two sums at the end
// find damage and keep nobody from writing them anew: what the headers prove is decided
// by checkpoints alone.
type Pack struct {
	network *Network
	first   uint32
	raw     []byte // the headers, 80 bytes each
	end     Hash
	sha256  string
}

// SniffPack reports whether bytes begin like an anchor pack.
func SniffPack(head []byte) bool { return bytes.HasPrefix(head, []byte(packMagic)) }

// ParsePack reads an anchor pack, whose form is strict, and computes every hash in it.
// No header is judged yet: [Pack.Run] does that. An error is an *Error with the code
// btc.pack, or btc.network for the public test networks.
func ParsePack(b []byte) (*Pack, error) {
	switch {
	case !SniffPack(b):
		return nil, malformed(codePack, "no anchor pack: it begins otherwise")
	case len(b) < packHead+packedHeader+packTail:
		return nil, malformed(codePack, "the anchor pack ends early")
	case b[len(packMagic)] != packVersion:
		return nil, malformed(codePack, "anchor pack of version %d, this program reads version %d", b[len(packMagic)], packVersion)
	case int(b[offPackNetwork]) >= len(packNetworks):
		return nil, malformed(codePack, "anchor pack of an unknown network %d", b[offPackNetwork])
	}
	network, err := NetworkNamed(packNetworks[b[offPackNetwork]])
	if err != nil {
		return nil, err
	}
	first, count := binary.LittleEndian.Uint32(b[offPackFirst:]), binary.LittleEndian.Uint32(b[offPackCount:])
	switch {
	case count == 0 || count > maxPack:
		return nil, malformed(codePack, "anchor pack of %d headers, not 1 to %d", count, maxPack)
	case len(b) != packHead+int(count)*packedHeader+packTail:
		return nil, malformed(codePack, "the anchor pack has %d bytes, its %d headers need %d", len(b), count, packHead+int(count)*packedHeader+packTail)
	}
	body, tail := b[packHead:len(b)-packTail], b[len(b)-packTail:]
	p, err := newPack(network, first, unpack(Hash(b[offPackPrev:packHead]), body))
	switch {
	case err != nil:
		return nil, err
	case p.end != Hash(tail):
		return nil, malformed(codePack, "the anchor pack ends in the hash %v, its headers in %v", Hash(tail), p.end)
	}
	sum := sha256.New()
	sum.Write(b[:len(b)-sha256.Size])
	if !bytes.Equal(sum.Sum(nil), tail[sha256.Size:]) {
		return nil, malformed(codePack, "the anchor pack is damaged: its SHA-256 differs")
	}
	sum.Write(tail[sha256.Size:])
	p.sha256 = hex.EncodeToString(sum.Sum(nil))
	return p, nil
}

// unpack returns headers of 80 bytes, each with the hash of the one before.
func unpack(prev Hash, body []byte) []byte {
	raw := make([]byte, 0, len(body)/packedHeader*HeaderSize)
	for ; len(body) > 0; body = body[packedHeader:] {
		raw = append(raw, body[:offPrev]...)
		raw = append(raw, prev[:]...)
		raw = append(raw, body[offPrev:packedHeader]...)
		if len(body) > packedHeader { // newPack hashes the last one
			prev = hashHeader(raw[len(raw)-HeaderSize:])
		}
	}
	return raw
}

// newPack takes linked headers. Height 0 and the genesis block belong together.
func newPack(network *Network, first uint32, raw []byte) (*Pack, error) {
	count := uint32(len(raw) / HeaderSize)
	if first+(count-1) < first {
		return nil, malformed(codePack, "no block has the height %d", uint64(first)+uint64(count)-1)
	}
	begin := hashHeader(raw)
	if (first == 0) != (begin == network.genesis) {
		return nil, malformed(codePack, "the anchor pack begins at height %d with the header %v", first, begin)
	}
	return &Pack{network: network, first: first, raw: raw, end: hashHeader(raw[len(raw)-HeaderSize:])}, nil
}

// Network returns the network that the pack names.
func (p *Pack) Network() *Network { return p.network }

// First returns the height that the pack states for its first header. It is a claim
// until a checkpoint agrees.
func (p *Pack) First() uint32 { return p.first }

// Last returns the height of the last header.
func (p *Pack) Last() uint32 { return p.first + uint32(len(p.raw)/HeaderSize) - 1 }

// EndHash returns the hash of the last header.
func (p *Pack) EndHash() Hash { return p.end }

// Header returns the header that the pack states for a height, and its hash; false where
// it holds none. It is a claim as [Pack.First] is.
func (p *Pack) Header(height uint32) (h wire.BlockHeader, hash Hash, ok bool) {
	if height < p.first || height > p.Last() {
		return h, hash, false
	}
	at := int(height-p.first) * HeaderSize
	h, hash, err := ParseHeader(p.raw[at : at+HeaderSize])
	return h, hash, err == nil
}

// SHA256 returns the digest of the whole file, in lower-case hex.
func (p *Pack) SHA256() string { return p.sha256 }

// Marshal returns the bytes of the pack.
func (p *Pack) Marshal() []byte {
	count := len(p.raw) / HeaderSize
	b := make([]byte, 0, packHead+count*packedHeader+packTail)
	b = append(b, packMagic...)
	b = append(b, packVersion, p.networkByte())
	b = binary.LittleEndian.AppendUint32(b, p.first)
	b = binary.LittleEndian.AppendUint32(b, uint32(count))
	b = append(b, p.raw[offPrev:offRoot]...)
	for i := 0; i < len(p.raw); i += HeaderSize {
		b = append(b, p.raw[i:i+offPrev]...)
		b = append(b, p.raw[i+offRoot:i+HeaderSize]...)
	}
	b = append(b, p.end[:]...)
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

func (p *Pack) networkByte() byte {
	for i, name := range packNetworks {
		if name == p.network.name {
			return byte(i)
		}
	}
	panic("bitcoin: a network that packs do not know") // there are two, both are listed
}

// Run judges the headers of the pack as [Scan] does those of a file, by the checkpoints
// given; name is what reports call it. A pack of another network than theirs is an *Error
// with the code btc.network; other errors are those of Scan, which here takes no more
// than 16 defects.
func (p *Pack) Run(cps *Checkpoints, name string) (*Run, error) {
	if p.network != cps.Network() {
		return nil, malformed(codeNetwork, "an anchor pack of %s, but the checkpoints are those of %s", p.network.name, cps.Network().name)
	}
	return Scan(context.Background(), bytes.NewReader(p.raw), int64(len(p.raw)), ScanOptions{
		Name: name, SHA256: p.sha256, First: &p.first, Checkpoints: cps, breaks: maxPackBreaks,
	})
}
