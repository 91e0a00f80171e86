package bitcoin_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/btcsuite/btcd/chaincfg/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// code returns the code of an error of this package.
func code(err error) string {
	var e *bitcoin.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

type corpusCheckpoints struct {
	Electrum struct {
		Source  string
		Entries []struct {
			Height   uint32
			Hash     string
			NextBits string `json:"next_bits"`
		}
	}
	Btcd struct {
		Entries []struct {
			Height uint32
			Hash   string
		}
	}
	Bitcoinj json.RawMessage `json:"bitcoinj_chainwork"`
	Ckb      json.RawMessage `json:"ckb_chainwork"`
}

// The embedded text is the list of the corpus behind the genesis block, byte by byte.
func TestBuiltinListIsElectrums(t *testing.T) {
	var c corpusCheckpoints
	corpusJSON(t, "checkpoints.json", &c)
	var want bytes.Buffer
	fmt.Fprintf(&want, "0 %s 00000000\n", chaincfg.MainNetParams.GenesisHash)
	for _, e := range c.Electrum.Entries {
		fmt.Fprintf(&want, "%d %s %s\n", e.Height, e.Hash, e.NextBits)
	}
	if bitcoin.BuiltinText != want.String() {
		t.Error("checkpoints.txt is not what the corpus has; run go generate")
	}
	b := bitcoin.Builtin()
	if b.SHA256() != fmt.Sprintf("%x", sha256.Sum256(want.Bytes())) || b.Len() != len(c.Electrum.Entries)+1 || b.Network() != bitcoin.Mainnet() {
		t.Errorf("%d entries, digest %s", b.Len(), b.SHA256())
	}
	repository, commit, _ := strings.Cut(strings.Replace(c.Electrum.Source, " electrum/chains/mainnet/checkpoints.json @ ", "@", 1), "@")
	if b.Source() != "builtin:"+repository+"@"+commit {
		t.Errorf("source %s, corpus %s", b.Source(), c.Electrum.Source)
	}
	for i, e := range b.List() {
		if e.Height != max(0, uint32(i)*bitcoin.Interval)-min(1, uint32(i)) || e.Height > 0 && e.Origin != b.Source() {
			t.Fatalf("entry %d: %+v", i, e)
		}
	}
}

// Where the runs of real headers reach a checkpoint, the hashes are equal: those of
// Electrum's list, and those that btcd was given by other people.
func TestListsAgreeWithRealHeaders(t *testing.T) {
	electrum, btcd := 0, 0
	for _, name := range realFiles {
		raw := corpusFile(t, name)
		first, _ := scanFile(t, name).First()
		hashAt := func(height uint32) (bitcoin.Hash, bool) {
			if height < first || int(height-first) >= len(raw)/bitcoin.HeaderSize {
				return bitcoin.Hash{}, false
			}
			_, h, err := bitcoin.ParseHeader(raw[int(height-first)*bitcoin.HeaderSize:][:bitcoin.HeaderSize])
			return h, err == nil
		}
		for _, e := range bitcoin.Builtin().List() {
			if h, ok := hashAt(e.Height); ok {
				electrum++
				if h != e.Hash {
					t.Errorf("block %d: %s, the list has %s", e.Height, h, e.Hash)
				}
			}
		}
		for _, e := range chaincfg.MainNetParams.Checkpoints {
			if h, ok := hashAt(uint32(e.Height)); ok {
				btcd++
				if h != *e.Hash {
					t.Errorf("block %d: %s, btcd has %s", e.Height, h, e.Hash)
				}
			}
		}
	}
	for height, raw := range boundaries(t) {
		if e, ok := bitcoin.Builtin().At(height); ok {
			_, h, _ := bitcoin.ParseHeader(raw)
			electrum++
			if h != e.Hash {
				t.Errorf("block %d: %s, the list has %s", height, h, e.Hash)
			}
		}
	}
	if electrum < 414 || btcd < 3 {
		t.Errorf("%d and %d compared", electrum, btcd)
	}
}

// The list states the bits of every height up to the end of the period behind its newest
// entry, and of no other.
func TestBitsOfEveryPeriodAreStated(t *testing.T) {
	b := bitcoin.Builtin()
	newest, _ := b.Last()
	for height := uint32(0); height <= newest.Height+bitcoin.Interval; height += 977 {
		if bits, ok := b.BitsOf(height); !ok || bits == 0 {
			t.Fatalf("block %d: %08x %v", height, bits, ok)
		}
	}
	if _, ok := b.BitsOf(newest.Height + bitcoin.Interval + 1); ok {
		t.Error("the list states bits that nobody knows")
	}
	compared := 0
	for height, raw := range boundaries(t) {
		h, _, _ := bitcoin.ParseHeader(raw)
		if bits, ok := b.BitsOf(height); !ok || bits != h.Bits {
			t.Errorf("block %d: %08x, the header has %08x", height, bits, h.Bits)
		}
		compared++
	}
	if compared < 826 {
		t.Errorf("%d compared", compared)
	}
	for height, want := range map[uint32]bool{0: true, 1 << 31: true} {
		if bits, ok := list(t, `{"replace":true,"network":"regtest","checkpoints":[]}`).BitsOf(height); ok != want || bits != 0x207fffff {
			t.Errorf("regtest, block %d: %08x %v", height, bits, ok)
		}
	}
}

func list(t testing.TB, json string) *bitcoin.Checkpoints {
	t.Helper()
	c, err := bitcoin.ParseCheckpoints([]byte(json), nil, "list.json")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const (
	hash1 = "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048"
	hash2 = "000000006a625f06636b8bb6ac7b960a8d03705d1ace08b1a19da3fdcc99ddbd"
	zero0 = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
	at815 = "00000000693067b0e6b440bc51450b9f3850561b07f6d3c021c54fbd6abb9763" // 2015, in the built-in list
)

func entry(height uint32, hash string) string {
	return fmt.Sprintf(`{"height":%d,"hash":"%s"}`, height, hash)
}

func TestAListAdds(t *testing.T) {
	c := list(t, "["+entry(2, hash2)+","+entry(1, hash1)+","+entry(1, hash1)+","+entry(2015, at815)+"]")
	if c.Len() != bitcoin.Builtin().Len()+2 || c.Source() != "list.json added to "+bitcoin.Builtin().Source() || c.SHA256() == bitcoin.Builtin().SHA256() {
		t.Errorf("%d entries of %s", c.Len(), c.Source())
	}
	one, ok := c.At(1)
	if !ok || one.Hash.String() != hash1 || one.Origin != "list.json" || one.NextBits != 0 {
		t.Errorf("%+v", one)
	}
	if two, ok := c.ByHash(list(t, "["+entry(2, hash2)+"]").List()[1].Hash); !ok || two.Height != 2 {
		t.Errorf("%+v %v", two, ok)
	}
	if e, _ := c.At(2015); e.NextBits != 0x1d00ffff || e.Origin != bitcoin.Builtin().Source() {
		t.Errorf("an entry that is known lost something: %+v", e)
	}
	if e, ok := c.From(3); !ok || e.Height != 2015 {
		t.Errorf("from 3: %+v", e)
	}
	newest, _ := c.Last()
	if _, ok := c.From(newest.Height + 1); ok {
		t.Error("something above the newest")
	}
	c.List()[0].Height = 77
	if e := c.List()[0]; e.Height != 0 {
		t.Error("the list can be changed from outside")
	}
	if same := list(t, "["+entry(2015, at815)+"]"); same.SHA256() != bitcoin.Builtin().SHA256() {
		t.Error("an entry that is known changes the digest")
	}
}

func TestAListReplaces(t *testing.T) {
	c := list(t, `{"replace":true,"checkpoints":[`+entry(1, hash1)+`]}`)
	if c.Len() != 1 || c.Network() != bitcoin.Mainnet() || c.Source() != "list.json" {
		t.Errorf("%d entries of %s", c.Len(), c.Source())
	}
	if _, ok := c.BitsOf(4032); ok {
		t.Error("bits that the list does not state")
	}
	none := list(t, `{"replace":true,"checkpoints":[]}`)
	if _, ok := none.Last(); ok || none.Len() != 0 || none.SHA256() != bitcoin.NoCheckpoints().SHA256() {
		t.Error("an empty list trusts something")
	}
	if c := list(t, `{"replace":true,"network":"regtest","checkpoints":[]}`); c.Network() != bitcoin.Regtest() {
		t.Error("not regtest")
	}
}

func TestListsThatLeaveDoubtAreRefused(t *testing.T) {
	for _, c := range []struct{ json, code string }{
		{``, "btc.checkpoints"}, {`null`, "btc.checkpoints"}, {`"x"`, "btc.checkpoints"}, {`[`, "btc.checkpoints"}, {`[] []`, "btc.checkpoints"},
		{`{}`, "btc.checkpoints"}, {`{"checkpoints":[]}`, "btc.checkpoints"}, {`{"replace":false,"checkpoints":[]}`, "btc.checkpoints"},
		{`{"replace":"true","checkpoints":[]}`, "btc.checkpoints"}, {`{"replace":true}`, "btc.checkpoints"}, {`{"replace":true,"checkpoints":{}}`, "btc.checkpoints"},
		{`{"replace":true,"checkpoints":[],"x":1}`, "btc.checkpoints"}, {`{"replace":true,"replace":true,"checkpoints":[]}`, "btc.checkpoints"},
		{`{"replace":true,"network":1,"checkpoints":[]}`, "btc.checkpoints"},
		{`{"replace":true,"network":"testnet4","checkpoints":[]}`, "btc.network"}, {`{"replace":true,"network":"main","checkpoints":[]}`, "btc.network"},
		{`[` + entry(1, hash1) + `,` + entry(1, hash2) + `]`, "btc.checkpoints"}, // two hashes
		{`[` + entry(1, hash1) + `,` + entry(2, hash1) + `]`, "btc.checkpoints"}, // two heights
		{`[` + entry(2015, hash1) + `]`, "btc.checkpoints"},                      // another than the built-in one
		{`[` + entry(2014, at815) + `]`, "btc.checkpoints"},                      // at another height than the built-in one
		{`{"replace":true,"checkpoints":[` + entry(0, hash1) + `]}`, "btc.checkpoints"},
		{`{"replace":true,"network":"regtest","checkpoints":[` + entry(0, zero0) + `]}`, "btc.checkpoints"},
		{`{"replace":true,"network":"regtest","checkpoints":[` + entry(7, hashOf(regtestGenesis).String()) + `]}`, "btc.checkpoints"}, // the genesis block elsewhere
		{`[` + entry(1, strings.ToUpper(hash1)) + `]`, "btc.checkpoints"}, {`[` + entry(1, hash1[2:]) + `]`, "btc.checkpoints"}, {`[` + entry(1, hash1+"00") + `]`, "btc.checkpoints"},
		{`[` + entry(1, "") + `]`, "btc.checkpoints"}, {`[{"height":1}]`, "btc.checkpoints"}, {`[{"hash":"` + hash1 + `"}]`, "btc.checkpoints"},
		{`[{"height":-1,"hash":"` + hash1 + `"}]`, "btc.checkpoints"}, {`[{"height":1.0,"hash":"` + hash1 + `"}]`, "btc.checkpoints"}, {`[{"height":"1","hash":"` + hash1 + `"}]`, "btc.checkpoints"},
		{`[{"height":1,"hash":"` + hash1 + `","x":0}]`, "btc.checkpoints"}, {`[1]`, "btc.checkpoints"},
		{`[` + entry(bitcoin.MaxHeight+1, hash1) + `]`, "btc.checkpoints"},
		{`[{"height":18446744073709551616,"hash":"` + hash1 + `"}]`, "btc.checkpoints"},
	} {
		got, err := bitcoin.ParseCheckpoints([]byte(c.json), nil, "x")
		if got != nil || code(err) != c.code {
			t.Errorf("%.90s: %v", c.json, err)
		}
	}
	if c := list(t, `[`+entry(bitcoin.MaxHeight, hash1)+`]`); c.Len() != bitcoin.Builtin().Len()+1 {
		t.Error("the greatest height is refused")
	}
}

func TestLimitsOfALists(t *testing.T) {
	many := func(n int) []byte {
		var b bytes.Buffer
		b.WriteString(`{"replace":true,"checkpoints":[`)
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"height":%d,"hash":"%064x"}`, i+1, i+1)
		}
		b.WriteString(`]}`)
		return b.Bytes()
	}
	c, err := bitcoin.ParseCheckpoints(many(bitcoin.MaxCheckpoints), nil, "x")
	if err != nil || c.Len() != bitcoin.MaxCheckpoints {
		t.Errorf("at the limit: %v", err)
	}
	if _, err := bitcoin.ParseCheckpoints(many(bitcoin.MaxCheckpoints+1), nil, "x"); code(err) != "btc.limit" {
		t.Errorf("above the limit: %v", err)
	}
	const size = 16 << 20
	spaces := append([]byte("[]"), bytes.Repeat([]byte(" "), size-2)...)
	if _, err := bitcoin.ParseCheckpoints(spaces, nil, "x"); err != nil {
		t.Errorf("16 MiB: %v", err)
	}
	if _, err := bitcoin.ParseCheckpoints(append(spaces, ' '), nil, "x"); code(err) != "btc.limit" {
		t.Errorf("above 16 MiB: %v", err)
	}
}
