package bitcoin_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// A file of as many headers as there are blocks is never held: everything that is
// allocated for the scan, the chain, a verdict and the search for a root comes to less
// than 16 MiB, freed or not.
func TestMemoryOfAWholeChain(t *testing.T) {
	if testing.Short() {
		t.Skip("forges 930 000 headers")
	}
	name, end, root := forgeFile(t, chainLength)
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	points := regtestList(t, entry(chainLength-1, end.String()))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run, err := bitcoin.Scan(context.Background(), f, chainLength*bitcoin.HeaderSize, bitcoin.ScanOptions{Checkpoints: points})
	if err != nil {
		t.Fatal(err)
	}
	chain := bitcoin.NewChain(points, run)
	passes.check(t, judge(envOf(chain), root[:], chainLength/2))
	if height, ok := chain.HeightOfRoot(root); !ok || height != chainLength/2 {
		t.Errorf("the root is at %d %v", height, ok)
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 16<<20 {
		t.Errorf("%d bytes were allocated", got)
	} else {
		t.Logf("%d bytes were allocated in all, for a file of %d", got, chainLength*bitcoin.HeaderSize)
	}
	runtime.KeepAlive(chain)
}

// forgeFile writes a chain of regtest and returns its last hash and the root in its middle.
func forgeFile(t *testing.T, count uint32) (name string, end, root bitcoin.Hash) {
	t.Helper()
	name = filepath.Join(t.TempDir(), "headers.bin")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	h := slices.Clone(regtestGenesis)
	for height := uint32(0); ; {
		w.Write(h)
		end = hashOf(h)
		if height == count/2 {
			root = bitcoin.Hash(h[36:68])
		}
		if height++; height == count {
			break
		}
		copy(h[4:], end[:])
		binary.LittleEndian.PutUint32(h[36:], height)
		binary.LittleEndian.PutUint32(h[68:], regtestBegin+height)
		for nonce := uint32(0); ; nonce++ { // the highest bit of the hash must be clear
			binary.LittleEndian.PutUint32(h[76:], nonce)
			if hash := hashOf(h); hash[31] < 0x7f {
				break
			}
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return name, end, root
}

// One chain serves many at once.
func TestAChainIsSafeForConcurrentUse(t *testing.T) {
	chain := bitcoin.NewChain(nil, scanFile(t, "headers-586655-589289.bin"))
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for height := uint32(587000 + n); height < 587010; height++ {
				root := rootOf(fileHeader(t, "headers-586655-589289.bin", height))
				passes.check(t, judge(envOf(chain), root, height))
				refuted.check(t, judge(envOf(chain), root, height+1))
			}
			chain.With(scanFile(t, "headers-831328-831335.bin"))
		})
	}
	wg.Wait()
}

// Many files of one stretch, and many stretches in one file, cost no more than reading
// them.
func TestManyPiecesAreConnected(t *testing.T) {
	const last = 400
	c := forge(last, nil)
	points := regtestList(t, c.checkpoint(last))
	var singles, loose, overlapping []*bitcoin.Run
	for height := range uint32(last + 1) {
		singles = append(singles, scan(t, c.header(height), bitcoin.ScanOptions{First: &height, Checkpoints: points}))
		loose = append(loose, scan(t, c.header(height), bitcoin.ScanOptions{Checkpoints: points}))
		from := height - min(height, 10)
		overlapping = append(overlapping, scan(t, c.from(from, height), bitcoin.ScanOptions{First: &from, Checkpoints: points}))
	}
	for name, runs := range map[string][]*bitcoin.Run{"singles": singles, "loose singles": loose, "overlapping": overlapping} {
		env := envOf(bitcoin.NewChain(points, runs...))
		for _, height := range []uint32{0, 1, 200, 399, 400} {
			r := judge(env, c.root(height), height)
			passes.check(t, r, name, height)
			if facts, _ := r.Proven(); facts.Successors != int(last-height) || height > 0 && facts.MedianTimePast.IsZero() {
				t.Errorf("%s, %d: %+v", name, height, facts)
			}
		}
	}
}

// Who imports this package links no HTTP, no certificates and no program starter.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "github.com/exhibit-dev/exhibit/bitcoin").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.Lines(string(out)) {
		name = strings.TrimSpace(name)
		if slices.Contains([]string{"net/http", "crypto/x509", "crypto/tls", "os/exec"}, name) {
			t.Errorf("links %s", name)
		}
		if _, own, ok := strings.Cut(name, "exhibit-dev/exhibit/"); ok && !slices.Contains([]string{"bitcoin", "verdict", "trust", "internal/jsonstrict", "internal/sigalg"}, own) && !strings.HasPrefix(own, "internal/") {
			t.Errorf("links %s", name)
		}
	}
}
