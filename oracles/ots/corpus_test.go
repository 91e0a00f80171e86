package ots

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	nbd "github.com/nbd-wtf/opentimestamps"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/ots"
)

// input is a proof, or what may be one.
type input struct {
	name string
	raw  []byte
}

func readJSON(t testing.TB, name string, v any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(testvec.Corpus(t, "ots"), name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(name, err)
	}
}

// realFiles are those of the corpus.
func realFiles(t testing.TB) (list []input) {
	t.Helper()
	var manifest struct{ Entries []struct{ File string } }
	readJSON(t, "manifest.json", &manifest)
	for _, e := range manifest.Entries {
		b, err := os.ReadFile(filepath.Join(testvec.Corpus(t, "ots"), e.File))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, input{filepath.Base(e.File), b})
	}
	if len(list) < 51 {
		t.Fatalf("%d files", len(list))
	}
	return list
}

// head begins a detached file for a digest of 32 bytes.
var head = append([]byte("\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08"), bytes.Repeat([]byte{0x2e}, 32)...)

// edgeCases are the trees and attestations of the corpus that try the format's edges,
// each made a file, and one for each operation that these leave out.
func edgeCases(t testing.TB) (list []input) {
	t.Helper()
	var file struct {
		Cases []struct{ ID, Kind, Hex string }
	}
	readJSON(t, "serialization-cases.json", &file)
	pending := ""
	for _, c := range file.Cases {
		b, err := hex.DecodeString(c.Hex)
		if err != nil {
			t.Fatal(c.ID, err)
		}
		switch c.Kind {
		case "timestamp":
			b = append(bytes.Clone(head), b...)
		case "attestation":
			if b = append([]byte{0}, b...); c.ID == "att-pending" {
				pending = string(b)
			}
			b = append(bytes.Clone(head), b...)
		}
		list = append(list, input{c.ID, b})
	}
	if len(list) < 61 || pending == "" {
		t.Fatalf("%d cases", len(list))
	}
	for name, op := range map[string]string{"op-sha1": "\x02", "op-ripemd160": "\x03", "op-prepend": "\xf1\x01x"} {
		list = append(list, input{name, append(bytes.Clone(head), op+pending...)})
	}
	return list
}

// said is one attestation: a block of Bitcoin or a calendar, and what it is said of.
type said struct {
	height  uint64
	uri     string
	message string
}

// answer is what one of the two says of an input. err is empty where it is read.
type answer struct {
	err          string
	panicked     bool
	digest       string
	attestations []said
}

// other marks an attestation of a type that theirs does not know.
const other = "another type"

func ours(b []byte) (a answer) {
	p, err := ots.Parse(b)
	if err != nil {
		return answer{err: err.Error()}
	}
	a.digest = string(p.Digest())
	for _, at := range p.Attestations() {
		s := said{at.Height, at.URI, string(at.Message)}
		if at.Type != ots.TypeBitcoin && at.Type != ots.TypePending {
			s.uri = other
		}
		a.attestations = append(a.attestations, s)
	}
	return a
}

// theirs reads a file and evaluates it, by their own functions.
func theirs(b []byte) (a answer) {
	defer func() {
		if r := recover(); r != nil {
			a = answer{err: fmt.Sprint("panic: ", r), panicked: true}
		}
	}()
	f, err := nbd.ReadFromFile(slices.Clip(slices.Clone(b)))
	if err != nil {
		return answer{err: err.Error()}
	}
	a.digest = string(f.Digest)
	for _, seq := range f.Sequences {
		message, _ := seq.Compute(f.Digest)
		at := seq.GetAttestation()
		a.attestations = append(a.attestations, said{at.BitcoinBlockHeight, at.CalendarServerURL, string(message)})
	}
	return a
}
