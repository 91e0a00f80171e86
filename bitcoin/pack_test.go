package bitcoin_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// corpusRun returns the real headers of the heights, which lie in one file of the corpus.
func corpusRun(t testing.TB, from, to uint32) []byte {
	t.Helper()
	dir := testvec.Corpus(t, "bitcoin")
	for _, f := range [][2]uint32{{0, 99999}, {586655, 589289}, {822527, 830592}} {
		if f[0] <= from && to <= f[1] {
			b, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("headers-%d-%d.bin", f[0], f[1])))
			if err != nil {
				t.Fatal(err)
			}
			return b[(from-f[0])*bitcoin.HeaderSize : (to-f[0]+1)*bitcoin.HeaderSize]
		}
	}
	t.Fatalf("no headers %d to %d in one file", from, to)
	return nil
}

// packBytes writes a pack as its description says, from linked headers.
func packBytes(first uint32, raw []byte) []byte {
	n := len(raw) / bitcoin.HeaderSize
	b := []byte{0x89, 'E', 'X', 'H', 'P', 'K', '\r', '\n', 1, 0}
	b = binary.LittleEndian.AppendUint32(b, first)
	b = binary.LittleEndian.AppendUint32(b, uint32(n))
	b = append(b, raw[4:36]...)
	for i := range n {
		h := raw[i*bitcoin.HeaderSize : (i+1)*bitcoin.HeaderSize]
		b = append(append(b, h[:4]...), h[36:]...)
	}
	b = append(b, twice(raw[len(raw)-bitcoin.HeaderSize:])...)
	return sealed(append(b, make([]byte, 32)...))
}

func twice(b []byte) []byte {
	first := sha256.Sum256(b)
	second := sha256.Sum256(first[:])
	return second[:]
}

// sealed makes the digest at the end right.
func sealed(b []byte) []byte {
	sum := sha256.Sum256(b[:len(b)-32])
	copy(b[len(b)-32:], sum[:])
	return b
}

// forged makes both sums at the end right, as whoever changes a pack can.
func forged(b []byte) []byte {
	prev := bytes.Clone(b[18:50])
	for body := b[50 : len(b)-64]; len(body) > 0; body = body[48:] {
		h := append(append(bytes.Clone(body[:4]), prev...), body[4:48]...)
		prev = twice(h)
	}
	copy(b[len(b)-64:], prev)
	return sealed(b)
}

// committed returns how many headers the checkpoints commit by a pack alone.
func committed(p *bitcoin.Pack, cps *bitcoin.Checkpoints) (int, error) {
	run, err := p.Run(cps, "pack")
	if err != nil {
		return 0, err
	}
	return bitcoin.NewChain(cps, run).Committed(), nil
}

func parsed(t testing.TB, b []byte) *bitcoin.Pack {
	t.Helper()
	p, err := bitcoin.ParsePack(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A pack holds what went in, and the checkpoint at its end commits all of it.
func TestPack(t *testing.T) {
	for _, c := range []struct {
		first, last uint32
		end         string // as Electrum's list has it
	}{
		{1986, 2015, "00000000693067b0e6b440bc51450b9f3850561b07f6d3c021c54fbd6abb9763"},
		{0, 2015, "00000000693067b0e6b440bc51450b9f3850561b07f6d3c021c54fbd6abb9763"},
		{0, 0, "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"},
		{826349, 826559, "000000000000000000026ab1b5e445f9320cf2ec3dc6720b501877d4e0b40eff"},
	} {
		raw := corpusRun(t, c.first, c.last)
		b := packBytes(c.first, raw)
		p := parsed(t, b)
		if p.First() != c.first || p.Last() != c.last || p.Network() != bitcoin.Mainnet() || !bitcoin.SniffPack(b) {
			t.Errorf("%d to %d on %s", p.First(), p.Last(), p.Network().Name())
		}
		if p.EndHash().String() != c.end {
			t.Errorf("ends in %v", p.EndHash())
		}
		if sum := sha256.Sum256(b); p.SHA256() != hex.EncodeToString(sum[:]) {
			t.Errorf("SHA-256 %s", p.SHA256())
		}
		if !bytes.Equal(p.Marshal(), b) {
			t.Error("written otherwise than it was read")
		}
		n, err := committed(p, bitcoin.Builtin())
		if err != nil || n != int(c.last-c.first+1) {
			t.Errorf("%d to %d: %d committed, %v", c.first, c.last, n, err)
		}
		_, hash, ok := p.Header(c.last)
		h, _, _ := p.Header(c.first)
		if root := raw[36:68]; !ok || hash != p.EndHash() || !bytes.Equal(h.MerkleRoot[:], root) {
			t.Errorf("%v, %v", h, hash)
		}
		for _, height := range []uint32{c.first - 1, c.last + 1} {
			if _, _, ok := p.Header(height); ok {
				t.Errorf("it holds %d", height)
			}
		}
		run, err := p.Run(bitcoin.Builtin(), "name")
		if err != nil || run.Name() != "name" || run.SHA256() != p.SHA256() || run.Tip() != p.EndHash() {
			t.Errorf("%v", err)
		}
	}
}

// A pack that ends at no checkpoint is a pack, and commits nothing.
func TestPackWithoutCheckpoint(t *testing.T) {
	p := parsed(t, packBytes(100, corpusRun(t, 100, 130)))
	if n, err := committed(p, bitcoin.Builtin()); n != 0 || err != nil {
		t.Errorf("%d committed, %v", n, err)
	}
}

// There is one form: every other one says what is wrong with it.
func TestPackForm(t *testing.T) {
	raw := corpusRun(t, 1986, 2015)
	good := packBytes(1986, raw)
	edit := func(at int, v ...byte) []byte {
		b := bytes.Clone(good)
		copy(b[at:], v)
		return sealed(b)
	}
	for _, c := range []struct {
		b          []byte
		code, want string
	}{
		{nil, "btc.pack", "it begins otherwise"},
		{raw, "btc.pack", "it begins otherwise"},
		{good[:113], "btc.pack", "ends early"},
		{edit(8, 2), "btc.pack", "version 2"},
		{edit(9, 1), "btc.pack", ""}, // regtest: other hashes would be needed to see it
		{edit(9, 2), "btc.network", "testnet3 is a test network"},
		{edit(9, 3), "btc.network", "testnet4 is a test network"},
		{edit(9, 4), "btc.network", "signet is a test network"},
		{edit(9, 5), "btc.pack", "unknown network 5"},
		{edit(14, 0), "btc.pack", "0 headers"},
		{edit(14, 29), "btc.pack", "its 29 headers need 1506"},
		{edit(14, 0xff, 0xff, 0xff, 0xff), "btc.pack", "4294967295 headers"},
		{append(bytes.Clone(good), 0), "btc.pack", "has 1555 bytes"},
		{edit(10, 0, 0, 0, 0), "btc.pack", "begins at height 0 with the header"},
		{edit(10, 0xff, 0xff, 0xff, 0xff), "btc.pack", "no block has the height 4294967324"},
		{packBytes(1, corpusRun(t, 0, 9)), "btc.pack", "begins at height 1 with the header"},
		{edit(len(good)-64, 1), "btc.pack", "ends in the hash"},
		{edit(len(good)-33, 1), "btc.pack", "ends in the hash"},
		{append(bytes.Clone(good[:len(good)-1]), ^good[len(good)-1]), "btc.pack", "damaged"},
		{edit(60, 1), "btc.pack", "ends in the hash"},
	} {
		p, err := bitcoin.ParsePack(c.b)
		var e *bitcoin.Error
		switch {
		case c.want == "" && err == nil:
			if _, err := p.Run(bitcoin.Builtin(), ""); !errors.As(err, &e) || e.Code != "btc.network" || !strings.Contains(err.Error(), "pack of regtest, but the checkpoints are those of mainnet") {
				t.Errorf("%v", err)
			}
		case p != nil || !errors.As(err, &e) || e.Code != c.code || !strings.Contains(err.Error(), c.want):
			t.Errorf("%v, want %s %s", err, c.code, c.want)
		}
	}
	for n := range good {
		if _, err := bitcoin.ParsePack(good[:n]); err == nil {
			t.Fatalf("the first %d bytes are a pack", n)
		}
	}
}

func TestPackLimit(t *testing.T) {
	b := packBytes(0, corpusRun(t, 0, bitcoin.MaxPack-1)) // ends in the checkpoint at 8063
	if len(b) != bitcoin.MaxPackSize {
		t.Errorf("%d bytes", len(b))
	}
	if n, err := committed(parsed(t, b), bitcoin.Builtin()); n != bitcoin.MaxPack || err != nil {
		t.Errorf("%d committed, %v", n, err)
	}
	if _, err := bitcoin.ParsePack(packBytes(0, corpusRun(t, 0, bitcoin.MaxPack))); err == nil || !strings.Contains(err.Error(), "8065 headers, not 1 to 8064") {
		t.Error(err)
	}
}

// No bit of a pack can be changed: the sums find it; and where whoever changed it made the
// sums right again, no header of it is committed any more.
func TestPackEveryBit(t *testing.T) {
	good := packBytes(1986, corpusRun(t, 1986, 2015))
	step := 1
	if testing.Short() {
		step = 7
	}
	bits, read := 0, 0
	for bit := 0; bit < 8*len(good); bit += step {
		b := bytes.Clone(good)
		b[bit/8] ^= 1 << (bit % 8)
		if _, err := bitcoin.ParsePack(b); err == nil {
			t.Fatalf("bit %d of byte %d flips unnoticed", bit%8, bit/8)
		}
		bits++
		p, err := bitcoin.ParsePack(forged(b))
		if err != nil || bit >= 8*(len(good)-64) { // the sums themselves: made right, it is the good pack
			continue
		}
		read++
		if n, err := committed(p, bitcoin.Builtin()); n != 0 {
			t.Fatalf("bit %d of byte %d: %d headers committed, %v", bit%8, bit/8, n, err)
		}
	}
	t.Logf("%d bits, each refused; %d of them are packs with the sums made right, none commits anything", bits, read)
}

// A pack or an error; a pack is what it is written as; and only the real headers are ever
// committed.
func FuzzPack(f *testing.F) {
	raw := corpusRun(f, 1986, 2015)
	f.Add(packBytes(1986, raw))
	f.Add(packBytes(2015, raw[29*bitcoin.HeaderSize:]))
	f.Add(packBytes(100, corpusRun(f, 100, 130)))
	real := corpusRun(f, 0, 2015)
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 114 && len(b) < 10000 && (len(b)-114)%48 == 0 {
			b = forged(bytes.Clone(b))
		}
		p, err := bitcoin.ParsePack(b)
		if (p == nil) == (err == nil) {
			t.Fatal("not one of value and error")
		}
		if err != nil {
			var e *bitcoin.Error
			if !errors.As(err, &e) || e.Code == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		if !bytes.Equal(p.Marshal(), b) || p.Last() < p.First() {
			t.Fatal("written otherwise than it was read")
		}
		n, err := committed(p, bitcoin.Builtin())
		if n == 0 || err != nil {
			return
		}
		if p.First() > 2015 || p.First()+uint32(n) > 2016 {
			t.Fatalf("%d headers from %d are committed", n, p.First())
		}
		for i := range n { // compared without this package
			h, at := b[50+48*i:][:48], real[(int(p.First())+i)*bitcoin.HeaderSize:]
			if !bytes.Equal(h[:4], at[:4]) || !bytes.Equal(h[4:], at[36:80]) {
				t.Fatalf("another header %d is committed", i)
			}
		}
	})
}

// twoPeriods is a pack of 4032 headers.
func twoPeriods(t testing.TB) []byte { return packBytes(822528, corpusRun(t, 822528, 826559)) }

// Reading a pack of two periods and finding a block in it takes less than 2 ms, on a machine
// that does nothing else for so long.
func TestPackTime(t *testing.T) {
	b, best, limit := twoPeriods(t), time.Hour, testvec.Slack(2*time.Millisecond)
	for tries := 0; best > limit && tries < 300; tries++ {
		start := time.Now()
		if _, _, ok := parsed(t, b).Header(823528); !ok {
			t.Fatal("not found")
		}
		best = min(best, time.Since(start))
	}
	if best > limit {
		t.Errorf("%v", best)
	}
}

// BenchmarkPack reads a pack of two periods and finds a block in it; then also judges it
// and looks the block up by its root.
func BenchmarkPack(b *testing.B) {
	pack := twoPeriods(b)
	h, _, _ := parsed(b, pack).Header(823528)
	b.Run("find", func(b *testing.B) {
		for b.Loop() {
			p, err := bitcoin.ParsePack(pack)
			if err != nil {
				b.Fatal(err)
			}
			if found, _, ok := p.Header(823528); !ok || found != h {
				b.Fatal("not found")
			}
		}
	})
	b.Run("judge", func(b *testing.B) {
		for b.Loop() {
			p, err := bitcoin.ParsePack(pack)
			if err != nil {
				b.Fatal(err)
			}
			run, err := p.Run(bitcoin.Builtin(), "pack")
			if err != nil {
				b.Fatal(err)
			}
			if height, ok := bitcoin.NewChain(nil, run).HeightOfRoot(h.MerkleRoot); !ok || height != 823528 {
				b.Fatal(height, ok)
			}
		}
	})
}

func BenchmarkCut(b *testing.B) {
	chain := chainOfRuns(b, nil, [2]uint32{822527, 830592})
	for b.Loop() {
		if _, err := bitcoin.Cut(context.Background(), chain, 822600); err != nil {
			b.Fatal(err)
		}
	}
}
