package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/testvectors/internal/vecdir"
)

// TestCommitted: the files beside this program are what it writes, byte by byte.
func TestCommitted(t *testing.T) {
	vecdir.Compare(t, "../../ots", build().write)
}

// The compact headers are those of Bitcoin: they link, meet their targets and end in
// the published hash.
func TestMainnet(t *testing.T) {
	if len(realHeaders) != 2016 || display(realHeaders[2015].hash()) != mainnetEnd {
		t.Fatalf("%d headers end in %s", len(realHeaders), display(realHeaders[len(realHeaders)-1].hash()))
	}
	for i := range realHeaders {
		if !realHeaders[i].meets() {
			t.Errorf("header %d misses its target", i)
		}
	}
	if sum := sha256.Sum256(raw(realHeaders)); hex.EncodeToString(sum[:]) != mainnetSHA256 {
		t.Errorf("in full they have the digest %x", sum)
	}
	if d := sha(sha(genesisCoinbase)); !bytes.Equal(d, realHeaders[0].root[:]) {
		t.Errorf("the first transaction has the hash %x", d)
	}
}

// They are what another source of headers holds.
func TestMainnetCorpus(t *testing.T) {
	f, err := os.Open(filepath.Join(testvec.Corpus(t, "bitcoin"), "headers-0-99999.bin"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b := make([]byte, 80*len(realHeaders))
	if _, err := io.ReadFull(f, b); err != nil || !bytes.Equal(b, raw(realHeaders)) {
		t.Errorf("the headers differ (%v)", err)
	}
}

// The first blocks of the test networks have their published hashes.
func TestGenesis(t *testing.T) {
	for want, h := range map[string]header{
		"0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206": regtestGenesis,
		"000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943": testnet3Genesis,
		"000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f": realHeaders[0],
	} {
		if got := display(h.hash()); got != want {
			t.Errorf("hash %s, want %s", got, want)
		}
	}
}
