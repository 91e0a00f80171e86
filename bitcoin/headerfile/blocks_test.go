package headerfile_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/btcsuite/btcd/chaincfg/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/bitcoin/headerfile"
)

// Blocks that lie in any order over several files, a real stale one among them and zeros
// behind, give the headers of the chain, byte by byte.
func TestBlockFiles(t *testing.T) {
	r := random()
	want := headers(t, 822527, 824543)
	list := records(want, r)
	list = slices.Insert(list, 700, record(stale(t), 100, r))
	unordered(list, r)
	reserved := make([]byte, 5000)
	first, second := slices.Concat(list[:1000]...), slices.Concat(list[1000:]...)
	key := []byte{1, 0x80, 3, 0xff, 5, 6, 0xa7, 8}
	for name, dir := range map[string]string{
		"plain":     files(t, map[string][]byte{"blk00000.dat": append(first, reserved...), "blk00001.dat": second, "rev00000.dat": {1}}),
		"no key":    files(t, map[string][]byte{"blk00000.dat": first, "blk00001.dat": second, "xor.dat": make([]byte, 8)}),
		"disguised": files(t, map[string][]byte{"blk00000.dat": append(disguise(first, key), reserved...), "blk00001.dat": disguise(append(second, reserved...), key), "xor.dat": key}),
		"mixed":     files(t, map[string][]byte{"blk00000.dat": first, "blk00001.dat": disguise(second, key), "xor.dat": key}),
		"reserved":  files(t, map[string][]byte{"blk00000.dat": slices.Concat(reserved, first, reserved, second), "blk00001.dat": reserved, "blk00002.dat": nil}),
	} {
		s, got := imported(t, headerfile.Options{}, dir)
		if !bytes.Equal(got, want) || s.First != 822527 || s.Last != 824543 || s.Place != headerfile.ByCheckpoint || s.Branches != 1 || s.Elsewhere != 0 {
			t.Errorf("%s: %+v", name, s)
		}
		n := 0
		for _, f := range s.Sources {
			n += f.Headers
			if f.Lies > 0 || f.Refused > 0 {
				t.Errorf("%s: %+v", name, f)
			}
		}
		if n != len(list) || s.Scan.Headers != 2017 || s.Duplicates != 0 {
			t.Errorf("%s: %d headers, %+v", name, n, s)
		}
	}
}

// A length that lies hides no header but those it points behind, and adds none.
func TestLengthsThatLie(t *testing.T) {
	want := headers(t, 2000, 2099) // block 2015 is a checkpoint
	for name, c := range map[string]struct {
		spoil func(list [][]byte)
		lies  int
	}{
		"honest":    {func([][]byte) {}, 0},
		"zero":      {func(l [][]byte) { setLength(l[50], 0) }, 1},
		"short":     {func(l [][]byte) { setLength(l[50], size-1) }, 1},
		"early":     {func(l [][]byte) { setLength(l[50], uint32(len(l[50])-8-1)) }, 1},
		"late":      {func(l [][]byte) { setLength(l[50], uint32(len(l[50])-8+1)) }, 1},
		"a block":   {func(l [][]byte) { setLength(l[50], uint32(len(l[50])-8+len(l[51])/2)) }, 1},
		"too long":  {func(l [][]byte) { setLength(l[50], headerfile.MaxBlock+1) }, 1},
		"negative":  {func(l [][]byte) { setLength(l[50], 1<<32-1) }, 1},
		"to an end": {func(l [][]byte) { setLength(l[99], uint32(len(l[99])-8+1)) }, 1},
		"near end":  {func(l [][]byte) { setLength(l[10], uint32(len(slices.Concat(l[10:]...))-8-20)) }, 1},
		"all":       {func(l [][]byte) { each(l, 0xfffffff0) }, 100},
		"all short": {func(l [][]byte) { each(l, 85) }, 100},
		"cut":       {func(l [][]byte) { l[99] = l[99][:8+size] }, 1},
		"junk":      {func(l [][]byte) { l[50] = append(l[50], "junk"...) }, 1},
		"magic":     {func(l [][]byte) { l[50] = append(l[50], mainMagic...) }, 1},
		"far junk":  {func(l [][]byte) { l[50] = append(l[50], bytes.Repeat([]byte{1}, 3*headerfile.SearchPart)...) }, 1},
		"half":      {func(l [][]byte) { l[50] = append(l[50], l[10][:60]...) }, 1},
	} {
		list := records(want, random())
		c.spoil(list)
		s, got := imported(t, headerfile.Options{}, files(t, map[string][]byte{"blk00000.dat": slices.Concat(list...)}))
		if !bytes.Equal(got, want) || s.Sources[0].Headers+s.Sources[0].Refused < 100 || s.Sources[0].Lies != c.lies {
			t.Errorf("%s: %+v", name, s)
		}
	}
	list := records(want, random())
	setLength(list[50], uint32(len(list[50])-8+len(list[51]))) // to the magic behind the next block
	dir := files(t, map[string][]byte{"blk00000.dat": slices.Concat(list...)})
	if s, got := imported(t, headerfile.Options{}, dir); s.Elsewhere != 48 || !bytes.Equal(got, want[:51*size]) {
		t.Errorf("one hidden: %+v", s)
	}
}

func setLength(record []byte, n uint32) { binary.LittleEndian.PutUint32(record[4:], n) }

func each(list [][]byte, n uint32) {
	for _, b := range list {
		setLength(b, n)
	}
}

// The largest block is one, and what is larger is none.
func TestLargestBlock(t *testing.T) {
	want := headers(t, 2015, 2016)
	for extra, lies := range map[int]int{0: 0, 1: 1} {
		first := record(want[:size], headerfile.MaxBlock-size+extra, random())
		dir := files(t, map[string][]byte{"blk00000.dat": append(first, record(want[size:], 9, random())...)})
		if s, got := imported(t, headerfile.Options{}, dir); !bytes.Equal(got, want) || s.Sources[0].Lies != lies {
			t.Errorf("%d more: %+v", extra, s)
		}
	}
}

// A magic that lies across two parts of a search is found, at every place.
func TestSearchAcrossParts(t *testing.T) {
	want := headers(t, 2015, 2017)
	for shift := range 6 {
		list := records(want, random())
		fill := headerfile.SearchPart - len(list[0]) + 8 + size - 5 + shift
		list[0] = append(list[0], bytes.Repeat([]byte{0xf9}, fill)...)
		s, got := imported(t, headerfile.Options{}, files(t, map[string][]byte{"blk00000.dat": slices.Concat(list...)}))
		if !bytes.Equal(got, want) || s.Sources[0].Lies != 1 {
			t.Errorf("%d: %+v", shift, s)
		}
	}
}

// Blocks of another network are refused by its name, by the magic before them and by
// their first header.
func TestOtherNetworks(t *testing.T) {
	body := make([]byte, 200)
	for _, c := range []struct {
		p    *chaincfg.Params
		want string
	}{
		{&chaincfg.TestNet3Params, "testnet3 is a test network"}, {&chaincfg.TestNet4Params, "testnet4 is a test network"},
		{&chaincfg.SigNetParams, "signet is a test network"}, {&chaincfg.RegressionNetParams, "blocks of regtest"},
	} {
		magic := binary.LittleEndian.AppendUint32(nil, uint32(c.p.Net))
		key := []byte("12345678")
		var genesis bytes.Buffer
		noError(t, c.p.GenesisBlock.Header.Serialize(&genesis))
		for name, list := range map[string]map[string][]byte{
			"plain": {"blk00000.dat": append(magic, body...)}, "disguised": {"blk00000.dat": disguise(append(magic, body...), key), "xor.dat": key},
		} {
			if err := refused(t, headerfile.Options{}, files(t, list)); !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		dir := files(t, map[string][]byte{"h.bin": append(genesis.Bytes(), headers(t, 1, 3)...)})
		if err := refused(t, headerfile.Options{}, dir+"/h.bin"); !strings.Contains(err.Error(), c.want) {
			t.Errorf("header: %v", err)
		}
	}
	var e *bitcoin.Error
	dir := files(t, map[string][]byte{"blk00000.dat": {0x0b, 0x11, 0x09, 0x07, 0, 0}})
	if err := refused(t, headerfile.Options{}, dir); !errors.As(err, &e) || e.Code != "btc.network" {
		t.Errorf("%v", err)
	}
	dir = files(t, map[string][]byte{"blk00000.dat": slices.Concat(records(headers(t, 0, 9), random())...)})
	if err := refused(t, headerfile.Options{Checkpoints: regtest(t)}, dir); !strings.Contains(err.Error(), "blocks of mainnet, but the checkpoints are those of regtest") {
		t.Errorf("%v", err)
	}
}

// What is no block file says why.
func TestNoBlockFile(t *testing.T) {
	plain := slices.Concat(records(headers(t, 0, 9), random())...)
	for want, list := range map[string]map[string][]byte{
		"Bitcoin Core since version 28 disguises them": {"blk00000.dat": disguise(plain, []byte("12345678"))},
		"also with the xor.dat beside it":              {"blk00000.dat": disguise(plain, []byte("12345678")), "xor.dat": []byte("!2345678")},
		"xor.dat: 7 bytes, a key has 8":                {"blk00000.dat": plain, "xor.dat": []byte("1234567")},
		"no block files blk*.dat in this folder":       {"rev00000.dat": plain},
		"no chain whose height is known":               {"blk00000.dat": slices.Concat(records(bytes.Repeat([]byte{7}, 10*size), random())...)},
	} {
		if err := refused(t, headerfile.Options{}, files(t, list)); !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
