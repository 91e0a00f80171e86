package tlog_test

import (
	"bytes"
	"encoding/base64"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/tlog"
	"github.com/exhibit-dev/exhibit/verdict"
)

// pad adds signature lines of strangers until the bytes have the wanted length.
func pad(b []byte, size int) []byte {
	b = append(bytes.Clone(b), "— stranger "...)
	b = append(b, base64.StdEncoding.EncodeToString(make([]byte, (size-len(b)-400)/4*3))+"\n"...)
	name := size - len(b) - len("—  AAAAAAA=\n") // a short line takes what base64 leaves over
	return append(b, "— "+strings.Repeat("n", name)+" AAAAAAA=\n"...)
}

// Each limit of reading holds exactly, and reaching it says nothing against the
// evidence.
func TestSizeLimits(t *testing.T) {
	checkpoint, proof := vector(t, "checkpoint"), vector(t, "proof-4-of-7")
	extra := "extra " + base64.StdEncoding.EncodeToString(make([]byte, 3<<18)) + "\nindex" // 1 MiB of it
	long := bytes.Replace(proof.File(t, proof.Evidence), []byte("index"), []byte(extra), 1)
	for name, c := range map[string]struct {
		v     vectorCase
		good  []byte
		limit int
	}{
		"checkpoint": {checkpoint, checkpoint.File(t, checkpoint.Evidence), tlog.MaxNote},
		"proof":      {proof, long, tlog.MaxProof},
	} {
		at := pad(c.good, c.limit)
		if len(at) != c.limit {
			t.Fatalf("%s: %d bytes, want %d", name, len(at), c.limit)
		}
		if r := c.v.judge(t, at, c.v.env(t), ""); !r.Passed() {
			t.Errorf("%s at the limit: %v", name, r.Err())
		}
		r := c.v.judge(t, append(at, '\n'), c.v.env(t), "")
		if r.Indication() != verdict.Indeterminate || r.Sub != verdict.Custom || r.Reason != "tlog.limit" {
			t.Errorf("%s above the limit: %v", name, r.Err())
		}
	}
}

func TestPartsLimits(t *testing.T) {
	v := vector(t, "checkpoint")
	cp := v.File(t, v.Evidence)
	for name, with := range map[string]func(n int) tlog.Parts{
		"hashes": func(n int) tlog.Parts { return tlog.Parts{Path: make([][]byte, merkle.MaxSteps+n)} },
		"hash":   func(n int) tlog.Parts { return tlog.Parts{Path: [][]byte{make([]byte, merkle.MaxHashSize+n)}} },
		"root":   func(n int) tlog.Parts { return tlog.Parts{Root: make([]byte, merkle.MaxHashSize+n)} },
	} {
		for n := range 2 {
			parts := with(n)
			parts.Checkpoint = cp
			p, err := tlog.New(parts)
			if (err == nil) != (n == 0) || (p == nil) != (n == 1) {
				t.Errorf("%s, %d above the limit: %v", name, n, err)
			}
			if n == 0 {
				continue
			}
			if r := tlog.Unreadable(err); r.Reason != "tlog.limit" {
				t.Errorf("%s above the limit: %v", name, r.Err())
			}
		}
	}
	if _, err := tlog.New(tlog.Parts{}); err == nil {
		t.Error("no checkpoint")
	}
}

// Who imports this package links no certificates and no network.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "github.com/exhibit-dev/exhibit/tlog").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.Lines(string(out)) {
		name = strings.TrimSpace(name)
		if slices.Contains([]string{"net", "crypto/x509", "crypto/tls", "os/exec"}, name) || strings.HasPrefix(name, "net/") {
			t.Errorf("links %s", name)
		}
	}
}
