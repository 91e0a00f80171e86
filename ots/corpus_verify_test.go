package ots_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/ots"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

var corpusAt = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// realHeaders scans every real header of the corpus: the files, then the single ones,
// joined where they follow one another.
func realHeaders(t testing.TB) *bitcoin.Chain {
	t.Helper()
	dir := testvec.Corpus(t, "bitcoin")
	var runs []*bitcoin.Run
	files, err := filepath.Glob(filepath.Join(dir, "headers-*.bin"))
	if err != nil || len(files) == 0 {
		t.Fatal("no headers", err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		first, err := bitcoin.FirstHeightOf(filepath.Base(f), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		runs = append(runs, scan(t, b, *first))
	}
	singles := map[uint32][]byte{}
	for _, name := range []string{"fragments.json", "period-boundaries.json"} {
		for h, raw := range singleHeaders(t, filepath.Join(dir, name)) {
			singles[h] = raw
		}
	}
	heights := slices.Sorted(maps.Keys(singles))
	for i := 0; i < len(heights); {
		first, joined := heights[i], []byte(nil)
		for ; i < len(heights) && heights[i] == first+uint32(len(joined)/bitcoin.HeaderSize); i++ {
			joined = append(joined, singles[heights[i]]...)
		}
		runs = append(runs, scan(t, joined, first))
	}
	return bitcoin.NewChain(bitcoin.Builtin(), runs...)
}

func singleHeaders(t testing.TB, file string) map[uint32][]byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Headers map[string]json.RawMessage `json:"headers"`
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	out := map[uint32][]byte{}
	for name, value := range doc.Headers {
		var text string
		var object struct{ Hex string }
		if json.Unmarshal(value, &text) != nil {
			if err := json.Unmarshal(value, &object); err != nil {
				t.Fatal(err)
			}
			text = object.Hex
		}
		height, err := strconv.ParseUint(name, 10, 32)
		raw, err2 := hex.DecodeString(text)
		if err != nil || err2 != nil || len(raw) != bitcoin.HeaderSize {
			t.Fatal(name, err, err2)
		}
		out[uint32(height)] = raw
	}
	return out
}

func scan(t testing.TB, raw []byte, first uint32) *bitcoin.Run {
	t.Helper()
	r, err := bitcoin.Scan(context.Background(), bytes.NewReader(raw), int64(len(raw)), bitcoin.ScanOptions{
		Name: "corpus", First: &first, Checkpoints: bitcoin.Builtin(),
	})
	if err != nil {
		t.Fatal(first, err)
	}
	return r
}

// entry is one file of the corpus with what must come of it.
type entry struct {
	File   string
	Target struct {
		File   string
		SHA256 string
	}
	Expected struct {
		Parse        string
		DigestMatch  *bool  `json:"digest_matches_target"`
		FileHashOp   string `json:"file_hash_op"`
		FileDigest   string `json:"file_digest"`
		Attestations []expected
	}
}

// expected is one attestation.
type expected struct {
	Type      string
	Height    uint64
	Root      string `json:"merkle_root_header_order"`
	Available bool   `json:"real_header_available"`
	Matches   *bool  `json:"root_matches_real_header"`
	BlockTime int64  `json:"block_time"`
	BlockHash string `json:"block_hash_display"`
}

func corpus(t testing.TB) (list []entry, dir string) {
	t.Helper()
	dir = testvec.Corpus(t, "ots")
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Entries []entry }
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Entries) != 51 {
		t.Fatalf("%d entries, want 51", len(doc.Entries))
	}
	return doc.Entries, dir
}

// unlinked are the heights whose header is in the corpus without headers that lead from
// it to a checkpoint, with the rung that they reach: 588761 and 588764 lie in a run that
// begins below the checkpoint 588671; 612864 and 669312 follow a checkpoint directly; the
// header of 358391 stands alone.
var unlinked = map[uint64]string{
	588761: "work-consistent", 588764: "work-consistent", 612864: "work-consistent", 669312: "work-consistent",
	358391: "header-matched",
}

// Every proof whose header is at hand reaches its rung, and no other passes.
func TestCorpusRungs(t *testing.T) {
	chain := realHeaders(t)
	list, dir := corpus(t)
	committed := map[uint64]bool{}
	for _, e := range list {
		data, err := os.ReadFile(filepath.Join(dir, e.File))
		if err != nil {
			t.Fatal(err)
		}
		p, err := ots.Parse(data)
		if err != nil {
			if r := ots.Unreadable(err); e.Expected.Parse != "error" || r.Indication() != verdict.Failed || r.Sub != verdict.FormatFailure {
				t.Errorf("%s: %v", e.File, err)
			}
			continue
		}
		t.Run(filepath.Base(e.File), func(t *testing.T) { judgeEntry(t, &e, p, dir, chain, committed) })
	}
	if len(committed) != 25 {
		t.Errorf("%d heights are committed to by a checkpoint, want 25", len(committed))
	}
}

func judgeEntry(t *testing.T, e *entry, p *ots.Proof, dir string, chain *bitcoin.Chain, committed map[uint64]bool) {
	env := bitcoin.Env{Env: trust.Env{At: corpusAt, Policy: trust.Issuance}, Chain: chain}
	r := p.Verify(context.Background(), e.subject(t, dir), env)
	if len(r.Children) != len(p.Attestations()) {
		t.Fatalf("%d nodes for %d attestations", len(r.Children), len(p.Attestations()))
	}
	passed := false
	for i, a := range p.Attestations() {
		node := &r.Children[i]
		if a.Type != ots.TypeBitcoin {
			continue
		}
		x := slices.IndexFunc(e.Expected.Attestations, func(x expected) bool {
			return x.Type == "bitcoin" && x.Height == a.Height
		})
		want := e.Expected.Attestations[x]
		rung := rungOf(t, node)
		switch {
		case !want.Available:
			if node.Reason != "btc.header-missing" {
				t.Errorf("block %d: %s %s", a.Height, node.Indication(), node.Reason)
			}
		case !*want.Matches: // bad-stamp: the header that contradicts it is not trusted, so it refutes nothing
			if node.Reason != "btc.header-not-trusted" {
				t.Errorf("block %d: %s %s", a.Height, node.Indication(), node.Reason)
			}
		case unlinked[a.Height] != "":
			if rung != unlinked[a.Height] || node.Indication() != verdict.Indeterminate || node.Sub != verdict.NoCertificateChainFound {
				t.Errorf("block %d: rung %s, %s %s", a.Height, rung, node.Indication(), node.Reason)
			}
		default:
			committed[a.Height], passed = true, true
			if !node.Passed() || rung != "chain-committed" {
				t.Errorf("block %d: rung %s, %v", a.Height, rung, node.Err())
			}
			if at := node.ExistedNotLaterThan; at.Before(time.Unix(want.BlockTime, 0)) || at.Sub(time.Unix(want.BlockTime, 0)) > 24*time.Hour || at.Truncate(time.Hour) != at {
				t.Errorf("block %d of %v: not later than %v", a.Height, time.Unix(want.BlockTime, 0).UTC(), at)
			}
		}
	}
	mismatch := e.Expected.DigestMatch != nil && !*e.Expected.DigestMatch
	switch {
	case mismatch:
		if r.Indication() != verdict.Failed || r.Sub != verdict.HashFailure || r.Reason != "ots.digest-mismatch" {
			t.Error(r.Err())
		}
	case passed && e.Expected.FileHashOp == "sha256":
		if !r.Passed() {
			t.Error(r.Err())
		}
	case r.Passed():
		t.Error("passes without a committed block")
	case r.Indication() == verdict.Failed:
		t.Error(r.Err())
	}
}

// subject is the target where it is there, else the digest that the manifest states.
func (e *entry) subject(t *testing.T, dir string) verdict.Subject {
	if e.Target.File != "" {
		b, err := os.ReadFile(filepath.Join(dir, e.Target.File))
		if err != nil {
			t.Fatal(err)
		}
		return verdict.Bytes(b)
	}
	d, err := hex.DecodeString(e.Expected.FileDigest)
	if err != nil {
		t.Fatal(err)
	}
	s, err := verdict.NewDigests(map[string][]byte{e.Expected.FileHashOp: d})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func rungOf(t *testing.T, node *verdict.Result) string {
	b, err := json.Marshal(node.Claims)
	if err != nil {
		t.Fatal(err)
	}
	var c struct{ Rung string }
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	return c.Rung
}
