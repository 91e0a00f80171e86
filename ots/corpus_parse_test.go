package ots_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/ots"
)

// referenceClass are our classes by the names of the reference's errors.
var referenceClass = map[string]ots.Class{
	"ok": "ok", "BadMagicError": ots.ClassBadMagic, "UnsupportedMajorVersion": ots.ClassVersion,
	"TruncationError": ots.ClassTruncated, "TrailingGarbageError": ots.ClassTrailing,
	"RecursionLimitError": ots.ClassDepth, "DeserializationError": ots.ClassMalformed,
}

type realFile struct {
	File     string
	Expected struct {
		Parse        string
		Error        string `json:"reference_error"`
		Canonical    bool
		Algorithm    string `json:"file_hash_op"`
		Digest       string `json:"file_digest"`
		Attestations []struct {
			Type, URI, Tag, Payload, Message string
			Height                           uint64
			Root                             string `json:"merkle_root_header_order"`
			Display                          string `json:"merkle_root_display_order"`
		}
	}
}

// realFiles returns the real files with what the reference says of them.
func realFiles(t testing.TB) (entries []realFile, read func(realFile) []byte) {
	t.Helper()
	dir := testvec.Corpus(t, "ots")
	var m struct {
		Count   int
		Entries []realFile
	}
	readJSON(t, filepath.Join(dir, "manifest.json"), &m)
	if len(m.Entries) != m.Count || m.Count < 51 {
		t.Fatalf("%d entries of %d", len(m.Entries), m.Count)
	}
	return m.Entries, func(e realFile) []byte {
		b, err := os.ReadFile(filepath.Join(dir, e.File))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
}

func readJSON(t testing.TB, name string, v any) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(name, err)
	}
}

// Every real file: the reference's result or class of error, digest, attestations with
// their messages, and whether it is canonical.
func TestCorpus(t *testing.T) {
	entries, read := realFiles(t)
	seen := map[string]int{}
	for _, e := range entries {
		b := read(e)
		p, err := ots.Parse(b)
		want := e.Expected.Parse
		if want == "error" {
			want = e.Expected.Error
		}
		if got := class(t, p, err); got != referenceClass[want] {
			t.Errorf("%s: %s (%v), want %s", e.File, got, err, want)
		}
		seen[want]++
		if err != nil {
			continue
		}
		if p.Algorithm() != e.Expected.Algorithm || hex.EncodeToString(p.Digest()) != e.Expected.Digest || p.Form() != ots.FormDetached {
			t.Errorf("%s: %s %x", e.File, p.Algorithm(), p.Digest())
		}
		if p.Canonical() != e.Expected.Canonical || !bytes.Equal(p.Raw(), b) {
			t.Errorf("%s: canonical is %v: %v", e.File, p.Canonical(), p.Findings())
		}
		var wanted []string
		for _, a := range e.Expected.Attestations {
			line := fmt.Sprintf("%s %d %s %s %s %s", a.Type, a.Height, a.Root, a.Display, a.URI, a.Tag+a.Payload)
			if a.Root == "" {
				line += a.Message
			}
			wanted = append(wanted, line)
		}
		if got := told(p); !slices.Equal(got, sortedOnce(wanted)) {
			t.Errorf("%s:\n%q, want\n%q", e.File, got, sortedOnce(wanted))
		}
		seen["attestations"] += len(wanted)
	}
	t.Log(seen)
	if seen["ok"] < 45 || seen["attestations"] < 100 {
		t.Errorf("too few: %v", seen)
	}
}

// told lists the claims of a proof as the manifest states them.
func told(p *ots.Proof) []string {
	var list []string
	for _, a := range p.Claims().Attestations {
		height := uint64(0)
		if a.Height != nil {
			height = *a.Height
		}
		list = append(list, fmt.Sprintf("%s %d %s %s %s %s", a.Type, height, a.MerkleRoot, a.MerkleRootDisplay, a.URI, a.Tag+a.Payload+a.Commitment))
	}
	return sortedOnce(list)
}

func sortedOnce(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

// A canonical file is written as it was; another one canonically, and nothing of it is
// lost.
func TestCorpusMarshal(t *testing.T) {
	entries, read := realFiles(t)
	for _, e := range entries {
		b := read(e)
		p, err := ots.Parse(b)
		if err != nil {
			continue
		}
		out := p.Marshal()
		if bytes.Equal(out, b) != e.Expected.Canonical {
			t.Errorf("%s: written as it was is not %v", e.File, e.Expected.Canonical)
		}
		again := parse(t, out)
		if !again.Canonical() || !bytes.Equal(again.Marshal(), out) || !slices.Equal(said(again), said(p)) {
			t.Errorf("%s: %q became %q", e.File, said(p), said(again))
		}
		// What Marshal would write for a file that it did not know to be canonical.
		merged, err := ots.Merge(p, p)
		if err != nil || !bytes.Equal(merged.Marshal(), out) || !bytes.Equal(merged.Raw(), out) {
			t.Errorf("%s: united with itself it is another: %v", e.File, err)
		}
	}
}

type serializationCase struct {
	ID, Kind, Hex, Expect string
	Message               string
	Fill                  *struct {
		Byte   string
		Length int
	} `json:"message_fill"`
	Canonical bool
	SHA256    string `json:"sha256_of_bytes"`
}

func serializationCases(t testing.TB) []serializationCase {
	t.Helper()
	var list struct{ Cases []serializationCase }
	readJSON(t, filepath.Join(testvec.Corpus(t, "ots"), "serialization-cases.json"), &list)
	return list.Cases
}

func (c *serializationCase) parse(b []byte) (*ots.Proof, error) {
	msg := unhex(c.Message)
	if c.Fill != nil {
		msg = bytes.Repeat(unhex(c.Fill.Byte), c.Fill.Length)
	}
	switch c.Kind {
	case "detached":
		return ots.Parse(b)
	case "attestation":
		return ots.ParseMessage(b, digest)
	}
	return ots.ParseMessage(b, msg)
}

// Every edge case that was run through the reference.
func TestSerializationCases(t *testing.T) {
	cases := serializationCases(t)
	if len(cases) < 61 {
		t.Fatalf("%d cases", len(cases))
	}
	for _, c := range cases {
		b := unhex(c.Hex)
		if sum := sha256.Sum256(b); c.SHA256 != "" && hex.EncodeToString(sum[:]) != c.SHA256 {
			t.Fatalf("%s: the case was changed", c.ID)
		}
		if c.Kind == "attestation" {
			b = append([]byte{0}, b...)
		}
		p, err := c.parse(b)
		if got := class(t, p, err); got != referenceClass[c.Expect] {
			t.Errorf("%s: %s (%v), want %s", c.ID, got, err, c.Expect)
		}
		if err != nil {
			continue
		}
		if p.Canonical() != c.Canonical || bytes.Equal(p.Marshal(), b) != c.Canonical {
			t.Errorf("%s: canonical is %v: %v", c.ID, p.Canonical(), p.Findings())
		}
		again, err := c.parse(p.Marshal())
		if err != nil || !again.Canonical() || !slices.Equal(said(again), said(p)) {
			t.Errorf("%s: written canonically: %v", c.ID, err)
		}
	}
}

// The trees of the reference over 1 to 7 messages: each leaf's way leads to the tip.
func TestMerkleTips(t *testing.T) {
	var list struct {
		Cases struct{ Tips map[int]string } `json:"merkle_tip_cases"`
	}
	readJSON(t, filepath.Join(testvec.Corpus(t, "ots"), "serialization-cases.json"), &list)
	if len(list.Cases.Tips) < 7 {
		t.Fatalf("%d tips", len(list.Cases.Tips))
	}
	for n, want := range list.Cases.Tips {
		for leaf := range n {
			p, err := ots.ParseMessage(cat(merkleWay(n, leaf), pending("")), []byte{byte(leaf)})
			if err != nil {
				t.Fatal(err)
			}
			if got := hex.EncodeToString(p.Attestations()[0].Message); got != want {
				t.Errorf("leaf %d of %d: %s, want %s", leaf, n, got, want)
			}
		}
	}
}

// merkleWay writes the operations from a leaf to the tip: pairs are joined left to
// right, and an odd one goes up as it is.
func merkleWay(n, leaf int) (ops []byte) {
	row := make([][]byte, n)
	for i := range row {
		row[i] = []byte{byte(i)}
	}
	for len(row) > 1 {
		var next [][]byte
		for i := 0; i < len(row); i += 2 {
			if i+1 == len(row) {
				next = append(next, row[i])
				continue
			}
			switch leaf {
			case i:
				ops = cat(ops, appended(row[i+1]), sha256Op)
			case i + 1:
				ops = cat(ops, prepended(row[i]), sha256Op)
			}
			sum := sha256.Sum256(cat(row[i], row[i+1]))
			next = append(next, sum[:])
		}
		row, leaf = next, leaf/2
	}
	return ops
}
