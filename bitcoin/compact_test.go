package bitcoin_test

import (
	"math/big"
	"testing"

	"github.com/btcsuite/btcd/chaincfg/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

func number(t testing.TB, hex string) *big.Int {
	t.Helper()
	n, ok := new(big.Int).SetString(hex, 16)
	if !ok {
		t.Fatal(hex)
	}
	return n
}

// The values of Bitcoin Core's own tests of its compact form (arith_uint256_tests), and
// those at the limits of the two networks.
func TestCompactTargetsReadAsBitcoinReadsThem(t *testing.T) {
	zeros := func(n int) string { return string(make0(n)) }
	for _, c := range []struct {
		bits   uint32
		target string // in hexadecimal; empty: refused
	}{
		{0x00000000, ""}, {0x00123456, ""}, {0x01003456, ""}, {0x02000056, ""}, {0x03000000, ""}, {0x04000000, ""}, // zero
		{0x00923456, ""}, {0x01803456, ""}, {0x02800056, ""}, {0x03800000, ""}, {0x04800000, ""}, // zero with a sign
		{0x01fedcba, ""}, {0x04923456, ""}, // negative
		{0x01123456, "12"}, {0x02008000, "80"}, {0x02123456, "1234"}, {0x03123456, "123456"}, {0x04123456, "12345600"},
		{0x05009234, "92340000"},
		{0x20123456, "123456" + zeros(58)},
		{0x207fffff, "7fffff" + zeros(58)},                                     // the limit of regtest
		{0x20800000, ""},                                                       // negative zero
		{0x2100ffff, ""},                                                       // 256 bits, above the limit
		{0x21010000, ""},                                                       // 257 bits
		{0x22000080, ""}, {0x22000100, ""}, {0x23000001, ""}, {0xff123456, ""}, // far too long
	} {
		got, err := bitcoin.ParseCompact(c.bits, bitcoin.Regtest())
		switch {
		case (err == nil) != (c.target != ""):
			t.Errorf("%08x: %v", c.bits, err)
		case err == nil && got.Cmp(number(t, c.target)) != 0:
			t.Errorf("%08x: %x", c.bits, got)
		case err != nil && code(err) != "btc.compact":
			t.Errorf("%08x: %v", c.bits, err)
		}
	}
	for bits, ok := range map[uint32]bool{0x1d00ffff: true, 0x1d010000: false, 0x1c7fffff: true, 0x1e000100: false, 0x1e0000ff: true, 0x207fffff: false} {
		if _, err := bitcoin.ParseCompact(bits, bitcoin.Mainnet()); (err == nil) != ok {
			t.Errorf("%08x on mainnet: %v", bits, err)
		}
	}
}

func make0(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0'
	}
	return b
}

// The compact form of a number keeps its leading digits, and never sets the sign.
func TestCompactFormRoundsDown(t *testing.T) {
	for _, c := range []struct {
		number string
		bits   uint32
	}{
		{"12", 0x01120000}, {"80", 0x02008000}, {"1234", 0x02123400}, {"123456", 0x03123456}, {"12345600", 0x04123456}, {"12345678", 0x04123456},
		{"92340000", 0x05009234}, {"9234ffff", 0x05009234}, {"7fffffff", 0x047fffff}, {"80000000", 0x05008000},
	} {
		if got := bitcoin.Compact(number(t, c.number)); got != c.bits {
			t.Errorf("%s: %08x, want %08x", c.number, got, c.bits)
		}
	}
}

// A hash meets a target that it is equal to, and none that is one less in any word.
func TestATargetIsMetUpToItself(t *testing.T) {
	const bits = 0x1b0404cb
	target, err := bitcoin.ParseCompact(bits, bitcoin.Mainnet())
	if err != nil {
		t.Fatal(err)
	}
	hashOf := func(n *big.Int) (h bitcoin.Hash) {
		b := n.FillBytes(make([]byte, 32))
		for i := range b {
			h[31-i] = b[i]
		}
		return h
	}
	for bit := range 256 {
		delta := new(big.Int).Lsh(big.NewInt(1), uint(bit))
		if above := new(big.Int).Add(target, delta); above.BitLen() <= 256 && bitcoin.Meets(bits, bitcoin.Mainnet(), hashOf(above)) {
			t.Errorf("target + 2^%d meets it", bit)
		}
		if lower := new(big.Int).Sub(target, delta); lower.Sign() >= 0 && !bitcoin.Meets(bits, bitcoin.Mainnet(), hashOf(lower)) {
			t.Errorf("target - 2^%d does not meet it", bit)
		}
	}
	if !bitcoin.Meets(bits, bitcoin.Mainnet(), hashOf(target)) {
		t.Error("the target does not meet itself")
	}
}

// The cases of Bitcoin Core's own tests of the retarget (pow_tests): a real one, the limit,
// and both clamps; and what follows from them.
func TestRetargetAsBitcoinDoes(t *testing.T) {
	for name, c := range map[string]struct{ bits, first, last, want uint32 }{
		"block 32256":                  {0x1d00ffff, 1261130161, 1262152739, 0x1d00d86a},
		"never easier than the limit":  {0x1d00ffff, 1231006505, 1233061996, 0x1d00ffff},
		"a quarter at the fastest":     {0x1c05a3f4, 1279008237, 1279297671, 0x1c0168fd},
		"four times at the slowest":    {0x1c387f6f, 1263163443, 1269211443, 0x1d00e1fd},
		"at the lower clamp":           {0x1c05a3f4, 0, 302400, 0x1c0168fd},
		"below it nothing changes":     {0x1c05a3f4, 0, 302399, 0x1c0168fd},
		"times that run backwards":     {0x1c05a3f4, 4294967295, 0, 0x1c0168fd},
		"at the upper clamp":           {0x1c387f6f, 0, 4838400, 0x1d00e1fd},
		"above it nothing changes":     {0x1c387f6f, 0, 4838401, 0x1d00e1fd},
		"over the end of 31 bits":      {0x1c387f6f, 2147483648 - 604800, 2147483648 + 604800, 0x1c387f6f},
		"two weeks keep the target":    {0x1b0404cb, 1000, 1000 + 1209600, 0x1b0404cb},
		"no target gives none":         {0x1d800001, 0, 1209600, 0},
		"a target above gives none":    {0x1e0fffff, 0, 1209600, 0},
		"the smallest target survives": {0x01010000, 0, 1209600, 0x01010000},
	} {
		if got := bitcoin.Mainnet().Retarget(c.bits, c.first, c.last); got != c.want {
			t.Errorf("%s: %08x, want %08x", name, got, c.want)
		}
	}
	if got := bitcoin.Regtest().Retarget(0x207fffff, 0, 1); got != 0x207fffff {
		t.Errorf("regtest: %08x", got)
	}
}

// The time warp: the step into a period counts for nothing, so the ends of periods alone
// decide. Two weeks less one step look like a period that was too fast.
func TestTheStepIntoAPeriodDoesNotCount(t *testing.T) {
	const bits, step = 0x1b0404cb, 600
	honest := bitcoin.Mainnet().Retarget(bits, 0, 2015*step)
	target, _ := bitcoin.ParseCompact(bits, bitcoin.Mainnet())
	got, err := bitcoin.ParseCompact(honest, bitcoin.Mainnet())
	if err != nil || got.Cmp(target) >= 0 {
		t.Errorf("%08x: %v", honest, err)
	}
	want := new(big.Int).Div(new(big.Int).Mul(target, big.NewInt(2015)), big.NewInt(2016))
	if honest != bitcoin.Compact(want) {
		t.Errorf("%08x, want %08x", honest, bitcoin.Compact(want))
	}
	// The last block two hours ahead, the next period beginning in the past: a second
	// period as long as the first loses nothing by it, and the target rises.
	warped := bitcoin.Mainnet().Retarget(bits, 0, 2015*step+7200)
	if w, err := bitcoin.ParseCompact(warped, bitcoin.Mainnet()); err != nil || w.Cmp(target) <= 0 {
		t.Errorf("%08x: %v", warped, err)
	}
}

func TestWorkIsTheNumberOfHashesExpected(t *testing.T) {
	for bits, want := range map[uint32]string{0x1d00ffff: "100010001", 0x207fffff: "2", 0x1d800001: "0", 0: "0", 0xff123456: "0"} {
		if got := bitcoin.Work(bits); got.Cmp(number(t, want)) != 0 {
			t.Errorf("%08x: %x", bits, got)
		}
	}
}

// What is written down here is what the parameters say.
func TestParametersAreThoseOfTheNetworks(t *testing.T) {
	for _, p := range []*chaincfg.Params{&chaincfg.MainNetParams, &chaincfg.RegressionNetParams} {
		n, err := bitcoin.NetworkNamed(p.Name)
		if err != nil || n.Name() != p.Name || n.Genesis() != *p.GenesisHash || p.GenesisBlock.Header.BlockHash() != n.Genesis() {
			t.Errorf("%s: %v", p.Name, err)
		}
		if got := int64(p.TargetTimespan / p.TargetTimePerBlock); got != bitcoin.Interval {
			t.Errorf("%s: %d blocks in a period", p.Name, got)
		}
		if n.Test() != (p.Name != "mainnet") {
			t.Errorf("%s: test %v", p.Name, n.Test())
		}
	}
	for name, want := range map[string]string{
		"testnet3": "bitcoin: testnet3 is a test network and refused as proof", "testnet4": "bitcoin: testnet4 is a test network and refused as proof",
		"signet": "bitcoin: signet is a test network and refused as proof", "": `bitcoin: unknown network ""`, "Mainnet": `bitcoin: unknown network "Mainnet"`,
	} {
		if n, err := bitcoin.NetworkNamed(name); n != nil || code(err) != "btc.network" || err.Error() != want {
			t.Errorf("%q: %v", name, err)
		}
	}
}
