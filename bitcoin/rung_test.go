package bitcoin_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// later is a time of validation after all blocks of the tests.
var later = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func envOf(c *bitcoin.Chain) bitcoin.Env { return bitcoin.Env{Env: trust.Env{At: later}, Chain: c} }

func judge(env bitcoin.Env, root []byte, height uint32) bitcoin.Result {
	return bitcoin.Attestation{Root: root, Height: uint64(height)}.Verify(context.Background(), env)
}

// want is what a verdict must be.
type want struct {
	rung   bitcoin.Rung
	reason string // empty: PASSED
}

var (
	passes     = want{bitcoin.ChainCommitted, ""}
	workOnly   = want{bitcoin.WorkConsistent, "btc.work-only"}
	notTrusted = want{bitcoin.Linked, "btc.header-not-trusted"}
	headerOnly = want{bitcoin.HeaderMatched, "btc.header-only"}
	otherRoot  = want{bitcoin.RootComputed, "btc.header-not-trusted"}
	missing    = want{bitcoin.RootComputed, "btc.header-missing"}
	refuted    = want{bitcoin.RootComputed, "btc.merkle-root"}
)

func (w want) check(t *testing.T, r bitcoin.Result, what ...any) {
	t.Helper()
	indication := verdict.Indeterminate
	switch w.reason {
	case "":
		indication = verdict.Passed
	case "btc.merkle-root":
		indication = verdict.Failed
	}
	if r.Indication() != indication || r.Reason != w.reason || r.Rung() != w.rung {
		t.Errorf("%v: %s, rung %s (%v), want %+v", what, r.Indication(), r.Rung(), r.Err(), w)
	}
	if _, ok := r.Proven(); ok != r.Passed() || r.ExistedNotLaterThan.IsZero() == r.Passed() {
		t.Errorf("%v: a time without a proof, or the reverse", what)
	}
}

// fileHeader returns a header of a real run.
func fileHeader(t testing.TB, name string, height uint32) []byte {
	t.Helper()
	raw := corpusFile(t, name)
	first, err := bitcoin.FirstHeightOf(name, int64(len(raw)))
	if err != nil || height < *first {
		t.Fatal(name, height, err)
	}
	return raw[(height-*first)*bitcoin.HeaderSize:][:bitcoin.HeaderSize]
}

func rootOf(h []byte) []byte { return h[36:68] }

// Every part of the real runs reaches the rung that its links to the checkpoints allow, and
// no other header of the run has its root.
func TestRealHeadersReachTheirRungs(t *testing.T) {
	for _, c := range []struct {
		file     string
		from, to uint32
		want     want
	}{
		{"headers-0-99999.bin", 0, 98783, passes},
		{"headers-0-99999.bin", 98784, 99999, workOnly},
		{"headers-586655-589289.bin", 586655, 588671, passes},
		{"headers-586655-589289.bin", 588672, 589289, workOnly},
		{"headers-822527-830592.bin", 822527, 830591, passes},
		{"headers-822527-830592.bin", 830592, 830592, workOnly},
		{"headers-831328-831335.bin", 831328, 831335, notTrusted},
		{"headers-898738-899737.bin", 898738, 899135, passes},
		{"headers-898738-899737.bin", 899136, 899737, workOnly},
	} {
		env := envOf(bitcoin.NewChain(nil, scanFile(t, c.file)))
		step := max(1, (c.to-c.from)/40)
		for height := c.from; ; height = min(height+step, c.to) {
			root := rootOf(fileHeader(t, c.file, height))
			c.want.check(t, judge(env, root, height), c.file, height)
			wrong := otherRoot
			if c.want == passes {
				wrong = refuted
			}
			r := judge(env, make([]byte, 32), height)
			wrong.check(t, r, c.file, height, "another root")
			if height == c.to {
				break
			}
		}
		missing.check(t, judge(env, make([]byte, 32), 900000), c.file, "no header")
	}
}

// The blocks of published proofs, with the time that the headers themselves give: worked
// out here from the bytes of the run, without the package.
func TestPublishedProofsAreProvenAtTheirTimes(t *testing.T) {
	for _, c := range []struct {
		file    string
		heights []uint32
		end     uint32
	}{
		{"headers-586655-589289.bin", []uint32{586696, 586700, 586839, 588101, 588116, 588142, 588143, 588270, 588293, 588296, 588313, 588316, 588398, 588404, 588451, 588452, 588620}, 588671},
		{"headers-822527-830592.bin", []uint32{826360, 826444, 826503}, 826559},
		{"headers-822527-830592.bin", []uint32{827356}, 828575},
	} {
		env := envOf(bitcoin.NewChain(nil, scanFile(t, c.file)))
		for _, height := range c.heights {
			r := judge(env, rootOf(fileHeader(t, c.file, height)), height)
			passes.check(t, r, height)
			facts, _ := r.Proven()
			var latest int64
			for h := height; h <= height+6; h++ {
				latest = max(latest, stamp(fileHeader(t, c.file, h)))
			}
			wantTime := time.Unix((latest+3599)/3600*3600, 0)
			if !facts.NotLaterThan.Equal(wantTime) || !r.ExistedNotLaterThan.Equal(wantTime) {
				t.Errorf("%d: not later than %s, want %s", height, facts.NotLaterThan, wantTime.UTC())
			}
			var before []int64
			for h := height - 11; h < height; h++ {
				before = append(before, stamp(fileHeader(t, c.file, h)))
			}
			slices.Sort(before)
			if facts.MedianTimePast.Unix() != before[5] || facts.BlockTime.Unix() != stamp(fileHeader(t, c.file, height)) {
				t.Errorf("%d: block time %s, median %s", height, facts.BlockTime, facts.MedianTimePast)
			}
			if facts.Checkpoint.Height != c.end || facts.Height != height || facts.Hash != hashOf(fileHeader(t, c.file, height)) || len(r.Warnings) != 0 {
				t.Errorf("%d: %+v %v", height, facts, r.Warnings)
			}
			if r.Trust.SHA256 != bitcoin.Builtin().SHA256() || !strings.HasPrefix(r.Trust.Origin, "builtin:spesmilo/electrum@") || r.Time.Source != "bitcoin block "+itoa(height) {
				t.Errorf("%d: %+v %+v", height, r.Trust, r.Time)
			}
		}
	}
}

func stamp(h []byte) int64 {
	return int64(h[68]) | int64(h[69])<<8 | int64(h[70])<<16 | int64(h[71])<<24
}

func itoa(n uint32) string { b, _ := json.Marshal(n); return string(b) }

// What a report says of block 588101, value by value.
func TestClaimsOfARealBlock(t *testing.T) {
	const file, height = "headers-586655-589289.bin", 588101
	r := judge(envOf(bitcoin.NewChain(nil, scanFile(t, file))), rootOf(fileHeader(t, file, height)), height)
	got, err := json.Marshal(r.Claims)
	if err != nil {
		t.Fatal(err)
	}
	// 1189 blocks: 571 of the period up to 588671, 618 of the next.
	const want = `{"height":588101,"hash":"0000000000000000000a16c9d11f1cc9ca8a21f03ad034135277ed7bf28df3d4",` +
		`"merkle_root":"96fc13186e35023d85eb76d093099720f13ac5b6e7e56beaa0a0799a90b94667",` +
		`"merkle_root_display":"6746b9909a79a0a0ea6be5e7b6c53af120970993d076eb853d02356e1813fc96",` +
		`"block_time":"2019-08-01T15:59:04Z","median_time_past":"2019-08-01T15:11:31Z","successors":1188,"rung":"chain-committed","work_log2":85.33}`
	if string(got) != want {
		t.Errorf("%s", got)
	}
}

// A height that is too long to be written is named in words, and no number stands for it.
func TestHeightInWords(t *testing.T) {
	r := bitcoin.Attestation{Height: 1<<64 - 1, HeightText: "2^600 or more", Root: make([]byte, 32)}.Verify(context.Background(), envOf(nil))
	b, err := json.Marshal(r.Claims)
	if err != nil || strings.Contains(string(b), `"height"`) || !strings.Contains(r.Err().Error(), "block 2^600 or more ") {
		t.Errorf("%s: %v, %v", b, r.Err(), err)
	}
}

// A height that no block can have is a missing header, and prints as it was written.
func TestHeightsBeyondAllBlocks(t *testing.T) {
	env := envOf(nil)
	for _, a := range []bitcoin.Attestation{
		{Height: 1 << 32}, {Height: 1<<64 - 1, HeightText: "18446744073709551616"}, {Height: 1<<64 - 1}, {Height: 1<<64 - 1, HeightText: "07"}, {Height: 7, HeightText: "8"},
	} {
		a.Root = make([]byte, 32)
		r := a.Verify(context.Background(), env)
		missing.check(t, r, a.HeightText)
		b, err := json.Marshal(r.Claims)
		if err != nil {
			t.Error(err)
		}
		shown := map[uint64]string{1 << 32: "4294967296", 7: "7", 1<<64 - 1: "18446744073709551615"}[a.Height]
		if a.HeightText == "18446744073709551616" {
			shown = a.HeightText
		}
		if !strings.Contains(string(b), `"height":`+shown+`,`) || !strings.Contains(r.Err().Error(), "block "+shown+" ") {
			t.Errorf("%s: %v", b, r.Err())
		}
	}
}

// The detail of a missing header has the root in both byte orders.
func TestAMissingHeaderIsNamed(t *testing.T) {
	h := fileHeader(t, "headers-586655-589289.bin", 588101)
	r := judge(envOf(nil), rootOf(h), 588101)
	for _, part := range []string{"588101", "96fc13186e35023d85eb76d093099720f13ac5b6e7e56beaa0a0799a90b94667", "6746b9909a79a0a0ea6be5e7b6c53af120970993d076eb853d02356e1813fc96"} {
		if !strings.Contains(r.Err().Error(), part) {
			t.Errorf("%s is not in: %v", part, r.Err())
		}
	}
	if c, _ := r.Check("header"); r.Sub != verdict.NoPOE || c.State != verdict.CheckIndeterminate {
		t.Errorf("%s", r.Sub)
	}
}

// A root that another block has is refuted with the height of that block.
func TestARootOfAnotherBlockIsFound(t *testing.T) {
	const file = "headers-822527-830592.bin"
	chain := bitcoin.NewChain(nil, scanFile(t, file))
	root := rootOf(fileHeader(t, file, 826360))
	r := judge(envOf(chain), root, 826361)
	refuted.check(t, r)
	if !strings.HasSuffix(r.Err().Error(), "block 826360 has this root") {
		t.Error(r.Err())
	}
	r = judge(envOf(chain), root, 700000)
	missing.check(t, r)
	if !strings.HasSuffix(r.Err().Error(), "block 826360 has this root") {
		t.Error(r.Err())
	}
	for height := uint32(822527); height <= 830591; height += 97 {
		if got, ok := chain.HeightOfRoot(bitcoin.Hash(rootOf(fileHeader(t, file, height)))); !ok || got != height {
			t.Errorf("the root of %d: %d %v", height, got, ok)
		}
	}
	if _, ok := chain.HeightOfRoot(bitcoin.Hash(rootOf(fileHeader(t, file, 830592)))); ok {
		t.Error("the root of a header that is not committed")
	}
}

// One header shows work, and no chain: stated at its height, or found by its root.
func TestOneHeaderAloneNeverPasses(t *testing.T) {
	fragments := realHeaders(t, "fragments.json")
	for _, height := range []uint32{358391, 367891, 866342} {
		h := fragments[height]
		for name, first := range map[string]*uint32{"placed": &height, "not placed": nil} {
			env := envOf(bitcoin.NewChain(nil, scan(t, h, bitcoin.ScanOptions{First: first})))
			env.Confirmations = 1
			headerOnly.check(t, judge(env, rootOf(h), height), name, height)
			if first != nil {
				otherRoot.check(t, judge(env, make([]byte, 32), height), name, height)
			} else {
				missing.check(t, judge(env, make([]byte, 32), height), name, height)
			}
		}
	}
}

// Of all single headers of the corpus none passes by itself.
func TestNoFragmentPasses(t *testing.T) {
	fragments := realHeaders(t, "fragments.json")
	if len(fragments) < 245 {
		t.Errorf("%d fragments", len(fragments))
	}
	for height, h := range fragments {
		if _, known := bitcoin.Builtin().At(height); known {
			continue
		}
		env := envOf(bitcoin.NewChain(nil, scan(t, h, bitcoin.ScanOptions{First: &height})))
		env.Confirmations = 1
		if r := judge(env, rootOf(h), height); r.Passed() || r.Indication() == verdict.Failed {
			t.Errorf("%d: %s", height, r.Indication())
		}
	}
}

// A header of the easiest target, which costs minutes, is worth nothing at another height.
func TestACheapHeaderNeverPasses(t *testing.T) {
	h := fileHeader(t, "headers-0-99999.bin", 5000)
	for _, height := range []uint32{1, 40000, 588101, 953567, 953568, 960000} {
		run := scan(t, h, bitcoin.ScanOptions{First: &height})
		env := envOf(bitcoin.NewChain(nil, run))
		env.Confirmations = 1
		r := judge(env, rootOf(h), height)
		expect := headerOnly
		if height == 1 || height == 953567 || height == 953568 {
			expect.reason = "btc.header-not-trusted" // the checkpoint there, or just below, is another block
		}
		expect.check(t, r, height)
		if bits := slices.Contains(codes(run), "bits@0"); bits != (height != 1 && height != 960000) {
			t.Errorf("%d: %v", height, codes(run))
		}
	}
	// Linked to others of its kind it is no better.
	raw := corpusFile(t, "headers-0-99999.bin")[5000*bitcoin.HeaderSize:][:20*bitcoin.HeaderSize]
	env := envOf(bitcoin.NewChain(nil, scan(t, raw, bitcoin.ScanOptions{First: at(588101)})))
	headerOnly.check(t, judge(env, rootOf(raw[5*bitcoin.HeaderSize:]), 588106))
}
