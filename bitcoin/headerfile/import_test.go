package headerfile_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/bitcoin/headerfile"
)

// Raw headers from genesis come out as they went in, whatever their order, and however
// often.
func TestRawHeaders(t *testing.T) {
	want := headers(t, 0, 4031)
	var back []byte
	for h := range slices.Chunk(want, size) {
		back = append(bytes.Clone(h), back...)
	}
	dir := files(t, map[string][]byte{"all": want, "back": back, "head": want[:3000*size], "tail": want[2000*size:]})
	for _, sources := range [][]string{{"all"}, {"back"}, {"tail", "head"}, {"all", "all", "back"}} {
		n := 0
		for i := range sources {
			info, err := os.Stat(filepath.Join(dir, sources[i]))
			noError(t, err)
			n += int(info.Size() / size)
			sources[i] = filepath.Join(dir, sources[i])
		}
		s, got := imported(t, headerfile.Options{}, sources...)
		if !bytes.Equal(got, want) || filepath.Base(s.File) != "headers-0-4031.bin" || s.Place != headerfile.ByGenesis || s.Duplicates != n-4032 {
			t.Errorf("%v: %+v", sources, s)
		}
		if s.Tip.String() != "00000000f037ad09d0b05ee66b8c1da83030abaf909d2b1bf519c3c7d2cd3fdf" { // Electrum's list has it
			t.Errorf("%v", s.Tip)
		}
	}
}

// Electrum keeps zeros where it has downloaded nothing. The piece with the most work is
// taken, and the others are named.
func TestElectrum(t *testing.T) {
	all := bytes.Clone(headers(t, 0, 9999))
	clear(all[:2016*size])
	clear(all[4032*size : 6100*size])
	dir := files(t, map[string][]byte{"blockchain_headers": all})
	s, got := imported(t, headerfile.Options{}, filepath.Join(dir, "blockchain_headers"))
	if !bytes.Equal(got, headers(t, 6100, 9999)) || s.Place != headerfile.ByCheckpoint || s.Elsewhere != 2016 || s.Sources[0].Empty != 2016+2068 {
		t.Errorf("%+v", s)
	}
	if want := []headerfile.Piece{{Headers: 2016, Placed: true, First: 2016, Last: 4031}}; !slices.Equal(s.Pieces, want) {
		t.Errorf("%+v", s.Pieces)
	}
	// the stretch behind Electrum's own last checkpoint, which is ours too
	sparse := append(make([]byte, 100*size), headers(t, 828576, 830592)...)
	dir = files(t, map[string][]byte{"blockchain_headers": sparse})
	s, got = imported(t, headerfile.Options{}, filepath.Join(dir, "blockchain_headers"))
	if !bytes.Equal(got, sparse[100*size:]) || s.First != 828576 || s.Place != headerfile.ByCheckpoint {
		t.Errorf("%+v", s)
	}
}

// Without a checkpoint nothing tells a height, unless the caller does.
func TestStatedHeight(t *testing.T) {
	between := append(make([]byte, size), headers(t, 100, 200)...) // an empty place first
	dir := files(t, map[string][]byte{"between": between, "with": headers(t, 2000, 2100), "blk00000.dat": mainMagic})
	at := func(n uint32) headerfile.Options { return headerfile.Options{First: &n} }
	file := filepath.Join(dir, "between")
	if err := refused(t, headerfile.Options{}, file); !errors.Is(err, headerfile.ErrNoChain) {
		t.Error(err)
	}
	s, got := imported(t, at(99), file)
	if !bytes.Equal(got, between[size:]) || s.First != 100 || s.Last != 200 || s.Place != headerfile.Stated {
		t.Errorf("%+v", s)
	}
	if s, _ := imported(t, at(2000), filepath.Join(dir, "with")); s.Place != headerfile.ByCheckpoint {
		t.Errorf("%+v", s)
	}
	for want, err := range map[string]error{
		"the height 1999 was stated for the first header, by a checkpoint it is 2000": refused(t, at(1999), filepath.Join(dir, "with")),
		"for a file of raw headers only":                                              refused(t, at(0), filepath.Join(dir, "blk00000.dat")),
		"for one file only":                                                           refused(t, at(0), file, file),
		"no chain whose height is known":                                              refused(t, at(1<<32-1), file),
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// A checkpoint decides between branches, before any work does.
func TestCheckpointDecides(t *testing.T) {
	cps := regtest(t)
	chain := chainOf(nil, 30)
	short := chainOf(chain[:20*size], 5)
	var at bitcoin.Hash = doubled(short[22*size : 23*size])
	cps, err := bitcoin.ParseCheckpoints([]byte(`[{"height": 23, "hash": "`+at.String()+`"}]`), cps, "test")
	noError(t, err)
	dir := files(t, map[string][]byte{"long": chain, "short": short[20*size:]})
	s, got := imported(t, headerfile.Options{Checkpoints: cps}, filepath.Join(dir, "long"), filepath.Join(dir, "short"))
	if !bytes.Equal(got, short) || s.First != 1 || s.Branches != 10 {
		t.Errorf("%+v", s)
	}
	// A checkpoint of a wrong height contradicts the genesis block.
	cps, err = bitcoin.ParseCheckpoints([]byte(`[{"height": 22, "hash": "`+at.String()+`"}]`), regtest(t), "test")
	noError(t, err)
	if err := refused(t, headerfile.Options{Checkpoints: cps}, filepath.Join(dir, "short"), filepath.Join(dir, "long")); !strings.Contains(err.Error(), "contradicts another one") {
		t.Error(err)
	}
}

// chainOf returns headers of regtest above the genesis block, which it does not hold, or on
// top of other headers.
func chainOf(below []byte, n int) []byte {
	out := bytes.Clone(below)
	for range n {
		prev := regtestGenesis
		if len(out) > 0 {
			prev = out[len(out)-size:]
		}
		time := uint32(1600000000 + 600*len(out)/size)
		if len(below) > 0 {
			time++ // another block than the one of the chain below
		}
		out = append(out, mined(prev, time)...)
	}
	return out
}

// A header that does its work and breaks a rule is left out with what follows, and the
// next best chain is taken.
func TestRuleBreakers(t *testing.T) {
	o := headerfile.Options{Checkpoints: regtest(t)}
	good := chainOf(nil, 20)
	var list [][]byte
	for i := range headerfile.MaxTries + 1 {
		bad := mined(good[19*size:], 1500000000+uint32(i)) // before the median time
		list = append(list, slices.Concat(bad, mined(bad, 1700000000)))
	}
	dir := files(t, map[string][]byte{"good": good, "bad": slices.Concat(list[:headerfile.MaxTries]...), "worse": slices.Concat(list...)})
	s, got := imported(t, o, filepath.Join(dir, "good"), filepath.Join(dir, "bad"))
	if !bytes.Equal(got, good) || len(s.LeftOut) != headerfile.MaxTries || s.LeftOut[0].Code != "btc.median-time" || s.LeftOut[0].Height != 21 {
		t.Errorf("%+v", s)
	}
	if err := refused(t, o, filepath.Join(dir, "good"), filepath.Join(dir, "worse")); !strings.Contains(err.Error(), "more than 16 headers") {
		t.Error(err)
	}
}

// Of many pieces beside the chain the largest are described.
func TestPieces(t *testing.T) {
	raw := bytes.Clone(headers(t, 0, 2015))
	for i := range headerfile.MaxPieces + 2 {
		clear(raw[(100*i+30)*size : (100*i+31)*size])
	}
	s, _ := imported(t, headerfile.Options{}, filepath.Join(files(t, map[string][]byte{"h": raw}), "h"))
	if s.First != 1131 || len(s.Pieces) != headerfile.MaxPieces || s.Pieces[9].Headers != 99 || s.Elsewhere != 30+11*99 {
		t.Errorf("%+v", s)
	}
}

// Headers without work are counted and kept nowhere.
func TestHeadersWithoutWork(t *testing.T) {
	raw := bytes.Clone(headers(t, 0, 99))
	raw[50*size+40] ^= 1
	raw[60*size+75] = 0xff // a target beyond all limits
	dir := files(t, map[string][]byte{"raw": raw, "text": bytes.Repeat([]byte("a letter, "), 80)})
	s, got := imported(t, headerfile.Options{}, filepath.Join(dir, "raw"))
	if !bytes.Equal(got, raw[:50*size]) || s.Sources[0].Refused != 2 || s.Elsewhere != 48 || len(s.Pieces) != 2 || s.Pieces[0].Placed {
		t.Errorf("%+v", s)
	}
	if err := refused(t, headerfile.Options{}, filepath.Join(dir, "text")); !strings.Contains(err.Error(), "none of 10 meets the target") {
		t.Error(err)
	}
}

func TestLimit(t *testing.T) {
	dir := files(t, map[string][]byte{"raw": headers(t, 0, 99), "again": headers(t, 90, 99)})
	var o headerfile.Options
	o.SetLimit(100)
	imported(t, o, filepath.Join(dir, "raw"), filepath.Join(dir, "again"))
	o.SetLimit(99)
	if err := refused(t, o, filepath.Join(dir, "raw")); !strings.Contains(err.Error(), "more than 99 different headers") {
		t.Error(err)
	}
	large := filepath.Join(dir, "large")
	for n, want := range map[int64]string{headerfile.MaxSlots: "no header in it", headerfile.MaxSlots + 1: "more than 4000000 headers"} {
		noError(t, os.WriteFile(large, nil, 0o644))
		noError(t, os.Truncate(large, n*size)) // zeros that take no room
		if err := refused(t, headerfile.Options{}, large); !strings.Contains(err.Error(), want) {
			t.Error(err)
		}
	}
}

func TestSourcesThatAreNone(t *testing.T) {
	dir := files(t, map[string][]byte{"odd": make([]byte, size+1), "empty": nil, "pack": []byte("\x89EXHPK\r\n"), "good": headers(t, 0, 9)})
	for name, want := range map[string]string{
		"odd": "81 bytes", "empty": "the file is empty", "pack": "an anchor pack: it needs no import", "gone": "no such file",
	} {
		if err := refused(t, headerfile.Options{}, filepath.Join(dir, "good"), filepath.Join(dir, name)); !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := refused(t, headerfile.Options{}); !strings.Contains(err.Error(), "no source") {
		t.Error(err)
	}
}

// Nothing is replaced, and a folder must be there.
func TestWhereItIsWritten(t *testing.T) {
	ctx := context.Background()
	dir := files(t, map[string][]byte{"h": headers(t, 0, 9), "headers-0-9.bin": []byte("mine")})
	src := []string{filepath.Join(dir, "h")}
	for _, out := range []string{dir, filepath.Join(dir, "headers-0-9.bin"), filepath.Join(dir, "h")} {
		if _, err := headerfile.Import(ctx, src, out, headerfile.Options{}); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", out, err)
		}
	}
	if _, err := headerfile.Import(ctx, src, filepath.Join(dir, "gone", "h"), headerfile.Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	s, err := headerfile.Import(ctx, src, filepath.Join(dir, "named.bin"), headerfile.Options{})
	noError(t, err)
	if s.File != filepath.Join(dir, "named.bin") {
		t.Error(s.File)
	}
	only(t, dir, "h", "headers-0-9.bin", "named.bin")
	t.Chdir(t.TempDir())
	if s, err = headerfile.Import(ctx, src, "", headerfile.Options{}); err != nil || s.File != "headers-0-9.bin" {
		t.Error(s, err)
	}
}

func TestCancelled(t *testing.T) {
	dir := files(t, map[string][]byte{"h": headers(t, 0, 9999)})
	for _, step := range []headerfile.Step{headerfile.Reading, headerfile.Judging} {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		out := t.TempDir()
		_, err := headerfile.Import(ctx, []string{filepath.Join(dir, "h")}, out, headerfile.Options{Progress: func(s headerfile.Step, done, total int64) {
			if s == step {
				cancel()
			}
			if done > total || total != 10000*size {
				t.Errorf("%d of %d", done, total)
			}
		}})
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		only(t, out)
	}
}
