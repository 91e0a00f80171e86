package bitcoin

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/btcsuite/btcd/blockchain"
	"github.com/btcsuite/btcd/wire/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// differences are values that CompactToBig reads and ParseCompact refuses. CompactToBig
// is arithmetic: it returns a number for every value, and leaves it to the check of a
// header to refuse the number. That check refuses all of these too.
var differences = []struct {
	bits   uint32
	number string // what CompactToBig says, in hexadecimal
	why    string // what ParseCompact says of it
}{
	{0x00000000, "0", "zero"},
	{0x007fffff, "0", "zero"}, // three digits behind the point
	{0x01003456, "0", "zero"}, // two
	{0x20000000, "0", "zero"}, // no digits at all
	{0x01800000, "0", "zero"}, // a sign before nothing
	{0xff800000, "0", "zero"},
	{0x01fedcba, "-7e", "negative"},
	{0x04923456, "-12345600", "negative"},
	{0x1d80ffff, "-ffff" + strings.Repeat("0", 52), "negative"}, // the easiest target of mainnet, with a sign
	{0xff923456, "-123456" + strings.Repeat("0", 2*(0xff-3)), "negative"},
	{0x23000001, "1" + strings.Repeat("0", 64), "longer than 256 bits"},
	{0x22000100, "1" + strings.Repeat("0", 64), "longer than 256 bits"},
	{0x21010000, "1" + strings.Repeat("0", 64), "longer than 256 bits"},
	{0xff123456, "123456" + strings.Repeat("0", 2*(0xff-3)), "longer than 256 bits"},
	{0x1d010000, "1" + strings.Repeat("0", 56), "easier than mainnet allows"}, // the limit plus one
	{0x1e000100, "1" + strings.Repeat("0", 56), "easier than mainnet allows"},
	{0x207fffff, "7fffff" + strings.Repeat("0", 58), "easier than mainnet allows"}, // the easiest target of regtest
	{0x220000ff, "ff" + strings.Repeat("0", 62), "easier than mainnet allows"},     // as long as a target can be
}

func TestDifferences(t *testing.T) {
	for _, d := range differences {
		if got := blockchain.CompactToBig(d.bits).Text(16); got != d.number {
			t.Errorf("%08x: %s, want %s", d.bits, got, d.number)
		}
		if got := refusal(t, d.bits, bitcoin.Mainnet()); got != d.why {
			t.Errorf("%08x is %q, want %q", d.bits, got, d.why)
		}
		if err := sane(&wire.BlockHeader{Bits: d.bits}, mainnet, blockchain.BFNoPoWCheck); !is(err, blockchain.ErrUnexpectedDifficulty) {
			t.Errorf("%08x: %v", d.bits, err)
		}
	}
}

// refusal returns what ParseCompact says against the bits, "" for nothing.
func refusal(t *testing.T, bits uint32, n *bitcoin.Network) string {
	t.Helper()
	_, err := bitcoin.ParseCompact(bits, n)
	if err == nil {
		return ""
	}
	var e *bitcoin.Error
	if !errors.As(err, &e) || e.Code != "btc.compact" {
		t.Fatal(err)
	}
	_, why, _ := strings.Cut(err.Error(), " is ")
	return why
}

// reason says by the number that CompactToBig returns what is wrong with it.
func reason(number *big.Int, n *bitcoin.Network, r rules) string {
	switch {
	case number.Sign() == 0:
		return "zero"
	case number.Sign() < 0:
		return "negative"
	case number.BitLen() > 256:
		return "longer than 256 bits"
	case number.Cmp(r.PowLimit) > 0:
		return "easier than " + n.Name() + " allows"
	}
	return ""
}

// agree compares one value by all that is made of it; it returns why it is no target.
func agree(t *testing.T, bits uint32, n *bitcoin.Network, r rules) string {
	t.Helper()
	number := blockchain.CompactToBig(bits)
	why := reason(number, n, r)
	if got := refusal(t, bits, n); got != why {
		t.Fatalf("%08x is %q, want %q", bits, got, why)
	}
	err := sane(&wire.BlockHeader{Bits: bits}, r, blockchain.BFNoPoWCheck)
	if err != nil && !is(err, blockchain.ErrUnexpectedDifficulty) || (err != nil) != (why != "") {
		t.Fatalf("%08x is %q, btcd says %v", bits, why, err)
	}
	if got, want := bitcoin.Work(bits), blockchain.CalcWork(bits); got.Cmp(want) != 0 {
		t.Fatalf("%08x: work %x, btcd says %x", bits, got, want)
	}
	if why != "" {
		return why
	}
	if target, err := bitcoin.ParseCompact(bits, n); err != nil || target.Cmp(number) != 0 {
		t.Fatalf("%08x: %x %v, btcd says %x", bits, target, err, number)
	}
	if n.Test() {
		return ""
	}
	// A period of exactly two weeks changes nothing but the spelling.
	if got, want := n.Retarget(bits, 0, 14*24*3600), blockchain.BigToCompact(number); got != want {
		t.Fatalf("%08x: %08x, btcd says %08x", bits, got, want)
	}
	return ""
}

// anyBits is a random value; half of them are as long as targets are.
func anyBits(r *rand.Rand) uint32 {
	bits := r.Uint32()
	if r.IntN(2) == 0 {
		bits = bits&0xffffff | r.Uint32N(36)<<24
	}
	return bits
}

// Real bits, every length with digits at the edges, and random values: the same number,
// the same work, the same spelling, and refused where btcd refuses a header with them.
func TestCompact(t *testing.T) {
	var list []uint32
	for _, h := range readBoundaries(t) {
		list = append(list, h.Bits)
	}
	for _, h := range readSingles(t) {
		list = append(list, h.Bits)
	}
	if len(list) < 1000 {
		t.Fatalf("%d real headers", len(list))
	}
	for length := range uint32(256) {
		for _, digits := range []uint32{0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x101, 0x7fff, 0x8000, 0xffff, 0x10000, 0x10001, 0x7fffff} {
			for _, sign := range []uint32{0, 0x800000} {
				list = append(list, length<<24|digits|sign)
			}
		}
	}
	random := rand.New(rand.NewPCG(256, 3))
	for range 200_000 {
		list = append(list, anyBits(random))
	}
	for _, net := range []struct {
		*bitcoin.Network
		rules
	}{{bitcoin.Mainnet(), mainnet}, {bitcoin.Regtest(), regtest}} {
		count := map[string]int{}
		for _, bits := range list {
			count[agree(t, bits, net.Network, net.rules)]++
		}
		t.Log(net.Network.Name(), count)
		if len(count) != 5 || count[""] < 40_000 {
			t.Errorf("%v", count)
		}
	}
}
