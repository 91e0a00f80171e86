package bitcoin_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// chainOfRuns scans real headers into one chain; each part is a file of its own.
func chainOfRuns(t testing.TB, cps *bitcoin.Checkpoints, parts ...[2]uint32) *bitcoin.Chain {
	t.Helper()
	chain := bitcoin.NewChain(cps)
	for _, p := range parts {
		raw := corpusRun(t, p[0], p[1])
		run, err := bitcoin.Scan(context.Background(), bytes.NewReader(raw), int64(len(raw)), bitcoin.ScanOptions{First: &p[0], Checkpoints: cps})
		if err != nil {
			t.Fatal(err)
		}
		chain = chain.With(run)
	}
	return chain
}

// A pack goes from eleven headers before the block to the checkpoint, whatever files the
// headers come from, and proves the block alone.
func TestCut(t *testing.T) {
	whole := [2]uint32{822527, 830592}
	for _, c := range []struct {
		name        string
		parts       [][2]uint32
		height      uint32
		first, last uint32
	}{
		{"middle of a period", [][2]uint32{whole}, 826360, 826349, 826559},
		{"six below the end", [][2]uint32{whole}, 826553, 826542, 826559},
		{"five below the end", [][2]uint32{whole}, 826554, 826543, 828575},
		{"the end", [][2]uint32{whole}, 826559, 826548, 828575},
		{"behind the end", [][2]uint32{whole}, 826560, 826549, 828575},
		{"six are not at hand", [][2]uint32{whole}, 830588, 830577, 830591},
		{"the last checkpoint at hand", [][2]uint32{whole}, 830591, 830580, 830591},
		{"little before it", [][2]uint32{{826357, 826600}}, 826360, 826357, 826559},
		{"nothing before it", [][2]uint32{{826360, 826600}}, 826360, 826360, 826559},
		{"two files", [][2]uint32{{822527, 826354}, {826355, 830592}}, 826360, 826349, 826559},
		{"three files", [][2]uint32{{826000, 826400}, {826401, 826401}, {826390, 826559}, {826402, 826559}}, 826360, 826349, 826559},
		{"the lead-in not linked", [][2]uint32{{826000, 826358}, {826360, 826559}}, 826360, 826360, 826559},
		{"genesis", [][2]uint32{{0, 2015}}, 0, 0, 2015},
		{"first blocks", [][2]uint32{{0, 2015}}, 5, 0, 2015},
	} {
		p, err := bitcoin.Cut(context.Background(), chainOfRuns(t, nil, c.parts...), c.height)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if want := packBytes(c.first, corpusRun(t, c.first, c.last)); !bytes.Equal(p.Marshal(), want) {
			t.Errorf("%s: %d to %d, want %d to %d", c.name, p.First(), p.Last(), c.first, c.last)
		}
		again := parsed(t, p.Marshal())
		if again.SHA256() != p.SHA256() || again.EndHash() != p.EndHash() {
			t.Errorf("%s: read otherwise than it was cut", c.name)
		}
		if n, err := committed(again, bitcoin.Builtin()); n != int(c.last-c.first+1) || err != nil {
			t.Errorf("%s: %d committed, %v", c.name, n, err)
		}
	}
}

func TestCutRefuses(t *testing.T) {
	whole := [2]uint32{822527, 830592}
	none, err := bitcoin.ParseCheckpoints([]byte(`{"replace": true, "checkpoints": []}`), nil, "test")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		cps    *bitcoin.Checkpoints
		part   [2]uint32
		height uint32
		want   string
	}{
		{nil, whole, 700000, "block 700000 is not committed"},
		{nil, whole, 830592, "block 830592 is not committed"},
		{nil, [2]uint32{826000, 826558}, 826360, "no headers at hand link it to the checkpoint at 826559"},
		{nil, whole, 953568, "no checkpoint at or above block 953568; the newest is at 953567"},
		{nil, whole, 1<<32 - 1, "no checkpoint at or above block 4294967295"},
		{none, whole, 826360, "the list is empty"},
	} {
		p, err := bitcoin.Cut(context.Background(), chainOfRuns(t, c.cps, c.part), c.height)
		var e *bitcoin.Error
		if p != nil || !errors.As(err, &e) || e.Code != "btc.pack" || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d: %v, want %s", c.height, err, c.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, height := range []uint32{826360, 826559} {
		if _, err := bitcoin.Cut(ctx, chainOfRuns(t, nil, whole), height); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

// A checkpoint that is too far above for one pack is too far.
func TestCutLimit(t *testing.T) {
	raw := corpusRun(t, 8074, 8074)
	text := fmt.Sprintf(`{"replace": true, "checkpoints": [{"height": 8074, "hash": "%s"}]}`, bitcoin.Hash(twice(raw)))
	cps, err := bitcoin.ParseCheckpoints([]byte(text), nil, "test")
	if err != nil {
		t.Fatal(err)
	}
	chain := chainOfRuns(t, cps, [2]uint32{0, 8074})
	p, err := bitcoin.Cut(context.Background(), chain, 22)
	if err != nil || p.First() != 11 || p.Last() != 8074 {
		t.Fatal(err)
	}
	if _, err := bitcoin.Cut(context.Background(), chain, 21); err == nil || !strings.Contains(err.Error(), "needs 8065 headers") {
		t.Error(err)
	}
}

// A file that was changed since it was scanned spoils no pack.
func TestCutFromChangedFile(t *testing.T) {
	raw := bytes.Clone(corpusRun(t, 826000, 826559))
	run, err := bitcoin.Scan(context.Background(), bytes.NewReader(raw), int64(len(raw)), bitcoin.ScanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	chain := bitcoin.NewChain(nil, run)
	raw[400*bitcoin.HeaderSize+40] ^= 1
	for _, height := range []uint32{826360, 826450} {
		p, err := bitcoin.Cut(context.Background(), chain, height)
		if height == 826360 && err == nil {
			t.Error("cut")
		}
		if p == nil {
			continue
		}
		if n, err := committed(parsed(t, p.Marshal()), bitcoin.Builtin()); n == 0 || err != nil {
			t.Error(n, err)
		}
	}
}
