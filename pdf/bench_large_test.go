package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// largeFile and largeAnchor name the files of the process that TestLargeFile starts.
const (
	largeFile   = "EXHIBIT_TEST_LARGE_PDF"
	largeAnchor = "EXHIBIT_TEST_LARGE_ANCHOR"
)

// A file of 80 MB on disk with some 800 objects takes at most one and a half times as
// long as its SHA-256 alone in memory, and 32 MB of memory, the program included.
const (
	largeMemory = 32 << 20
	largePasses = 1.5
	largeSlack  = 2 // beside other work on the machine
)

func TestLargeFile(t *testing.T) {
	if path := os.Getenv(largeFile); path != "" {
		verifyLarge(t, path)
		return
	}
	if _, err := os.Stat("/proc/self/status"); testing.Short() || err != nil {
		t.Skip("a measurement, of Linux")
	}
	race, size := testvec.Slack(1) > 1, largeSize
	if race { // neither its time nor its memory say anything: that it goes through all the same
		size /= 20
	}
	file := benchFile(t, size)
	path, anchor := filepath.Join(t.TempDir(), "large.pdf"), filepath.Join(t.TempDir(), "root.der")
	for name, b := range map[string][]byte{path: file, anchor: theHouse().root.std.Raw} {
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestLargeFile$", "-test.v")
	cmd.Env = append(os.Environ(), largeFile+"="+path, largeAnchor+"="+anchor)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var peak int64
	var passes, first float64
	_, line, _ := strings.Cut(string(out), "measured ")
	if _, err := fmt.Sscan(line, &peak, &passes, &first); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%d bytes: %.2f passes of SHA-256, %.2f the first time, %.1f MB", len(file), passes, first, float64(peak)/1e6)
	if race {
		return
	}
	if peak > largeMemory {
		t.Errorf("a peak of %d bytes, at most %d are asked for", peak, largeMemory)
	}
	if passes > largeSlack {
		t.Errorf("%.2f passes of SHA-256, at most %.1f are asked for on a quiet machine, and %d on any", passes, largePasses, largeSlack)
	}
}

// verifyLarge verifies a file from disk and hashes as many bytes of memory in turn.
func verifyLarge(t *testing.T, path string) {
	raw, err := os.ReadFile(os.Getenv(largeAnchor))
	if err != nil {
		t.Fatal(err)
	}
	root, err := pki.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	var env pki.Env
	env.At, env.Policy, env.Documents = dayOf(usualDay), trust.Issuance, []pki.Anchor{{Certificate: root}}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, readSize)
	pass := func() {
		h := sha256.New()
		for left := info.Size(); left > 0; left -= readSize {
			h.Write(buf[:min(left, readSize)])
		}
		h.Sum(nil)
	}
	verify := func() {
		d, err := Open(context.Background(), f, info.Size(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r := d.Verify(context.Background(), env); !r.Passed() {
			t.Fatal(wordsOf(&r.Result))
		}
	}
	var p pairs
	for range 9 {
		p.run(pass, verify)
	}
	first := float64(p.work[0]) / float64(p.floor[0])
	p.medians()
	fmt.Println("measured", peakMemory(t), float64(p.work[0])/float64(p.floor[0]), first)
}

// peakMemory is the most that the process has had resident.
func peakMemory(t *testing.T) int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(status) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmHWM:")); ok {
			kb, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(string(rest)), " kB"), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kb << 10
		}
	}
	t.Fatal("no VmHWM")
	return 0
}
