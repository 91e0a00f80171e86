package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/btcsuite/btcd/chaincfg/v2"

	"github.com/exhibit-dev/exhibit/testvectors"
)

// needed skips a test for want of a program, and fails it where all must run.
func needed(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("EXHIBIT_REQUIRE_ALL") == "1" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

var socketCall = regexp.MustCompile(`(?m)^(\d+ +|\[pid +\d+\] )?(socket|socketpair|connect|bind|sendto|sendmsg|sendmmsg|listen|accept4?)\(`)

// The program that is shipped makes no system call of the network kind.
func TestNoSocket(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		needed(t, "strace is not installed")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "exhibit")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	files := map[string]string{"letter.txt": "in/letter.txt", "plain.tst": "in/letter.txt.tsr", "trust/tsa/root.pem": "t/tsa/root.pem"}
	_, folder, err := testvectors.Load("rfc3161")
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range files {
		b, err := fs.ReadFile(folder, from)
		if err != nil {
			t.Fatal(err)
		}
		os.MkdirAll(filepath.Dir(filepath.Join(dir, to)), 0o755)
		if err := os.WriteFile(filepath.Join(dir, to), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var genesis bytes.Buffer
	if err := chaincfg.MainNetParams.GenesisBlock.Header.Serialize(&genesis); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "h.bin"), genesis.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.pdf"), oldAndNew(), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"headers", "check", "h.bin"}, {"headers", "import", "h.bin"}, {"headers", "pack", "--height", "0", "--from", "h.bin"},
		{"verify", "in", "--trust", "t"}, {"verify", "in", "--trust", "t", "--json"},
		{"inspect", "in/letter.txt.tsr"}, {"selftest"}, {"version"}, {"trust", "show", "t"},
		{"inspect", "a.pdf"}, {"pdf", "revision", "0", "a.pdf"}, {"pdf", "extract", "a.pdf", "--all", "-o", "inside"},
	} {
		log := filepath.Join(dir, "log")
		cmd := exec.Command(strace, append([]string{"-f", "-e", "trace=network", "-o", log, program}, args...)...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		calls, logErr := os.ReadFile(log)
		if logErr != nil {
			needed(t, "strace does not work here: %v\n%s", err, out)
		}
		if err != nil {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
		if socketCall.Match(calls) {
			t.Errorf("%v uses the network:\n%s", args, calls)
		}
	}
}

// The test above is only as good as its pattern.
func TestSocketPattern(t *testing.T) {
	for line, want := range map[string]bool{
		"123   socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3": true,
		"connect(3, {sa_family=AF_INET}, 16) = 0":             true,
		"123   +++ exited with 0 +++":                         false,
	} {
		if socketCall.MatchString(line) != want {
			t.Errorf("%q", line)
		}
	}
}
