package bitcoin_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// packRun makes a pack of regtest as whoever sends evidence can, and judges it.
func packRun(t testing.TB, points *bitcoin.Checkpoints, first uint32, raw []byte) *bitcoin.Run {
	t.Helper()
	b := packBytes(first, raw)
	b[9] = 1
	run, err := parsed(t, sealed(b)).Run(points, "pack")
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// Another root refutes nothing where the way from the block to its checkpoint breaks a
// rule: the list of checkpoints is then as doubtful as the proof.
func TestABrokenLinkRefutesNothing(t *testing.T) {
	for name, spoil := range map[string]func(b *block){
		"nothing": nil, "target": func(b *block) { b.fails = true }, "bits": func(b *block) { b.bits-- }, "time": func(b *block) { b.time = regtestBegin },
	} {
		c := forge(20, func(h uint32, b *block) {
			if h == 12 && spoil != nil {
				spoil(b)
			}
		})
		points := regtestList(t, c.checkpoint(15))
		env := envOf(bitcoin.NewChain(points, scan(t, c.raw, bitcoin.ScanOptions{First: at(0), Checkpoints: points})))
		expect := otherRoot
		if spoil == nil {
			expect = refuted
		}
		expect.check(t, judge(env, c.root(3), 10), name)
		refuted.check(t, judge(env, c.root(3), 13), name, "above the break")
	}
}

// A pack that states a wrong height for headers of the chain does not take away what the
// verifier has above them, of a height that only its links tell.
func TestAStatedHeightDisplacesNothing(t *testing.T) {
	c := forge(60, nil)
	points := regtestList(t, c.checkpoint(20))
	run := func(from, to uint32, stated bool) *bitcoin.Run {
		o := bitcoin.ScanOptions{Checkpoints: points}
		if stated {
			o.First = &from
		}
		return scan(t, c.from(from, to), o)
	}
	for name, runs := range map[string][]*bitcoin.Run{
		"behind":            {run(15, 30, true), run(31, 40, false), run(41, 60, false)},
		"behind the middle": {run(15, 30, true), run(25, 40, true), run(41, 60, false)},
	} {
		for _, first := range []uint32{1, 34, 36, 1000} {
			env := envOf(bitcoin.NewChain(points, append(runs, packRun(t, points, first, c.from(35, 40)))...))
			env.Confirmations = 6
			want{bitcoin.WorkConsistent, ""}.check(t, judge(env, c.root(45), 45), name, first)
		}
	}
}

// A pack of more defects than a few is as good as none, before it takes memory.
func TestPacksFullOfDefectsAreNotUsed(t *testing.T) {
	for _, n := range []int{16, 17} {
		c := forge(40, func(h uint32, b *block) { b.fails = h > uint32(40-n) })
		b := packBytes(1, c.from(1, 40))
		b[9] = 1
		_, err := parsed(t, sealed(b)).Run(regtestList(t), "pack")
		if want := map[int]string{16: "", 17: "btc.headers"}[n]; code(err) != want {
			t.Errorf("%d defects: %v", n, err)
		}
	}
}

// Thousands of packs of one header each cost little, stood on each other or side by side.
func TestManySmallPacksCostLittle(t *testing.T) {
	const n = 8000
	c := forge(n, nil)
	for _, anchor := range []uint32{1, n} {
		points := regtestList(t, c.checkpoint(anchor))
		var runs []*bitcoin.Run
		for h := uint32(1); h <= n; h++ {
			runs = append(runs, packRun(t, points, h, c.header(h)))
		}
		start := time.Now()
		env := envOf(bitcoin.NewChain(points, runs...))
		env.Confirmations = 6
		if r := judge(env, c.root(5), 5); !r.Passed() {
			t.Error(r.Err())
		}
		if d := time.Since(start); d > testvec.Slack(5*time.Second) {
			t.Errorf("checkpoint %d: %v", anchor, d)
		}
	}
}

// Many attestations of one height cost little where thousands of headers are at hand for
// it, one of which has thousands above it.
func TestManyCandidatesCostLittle(t *testing.T) {
	c := forge(30, nil)
	points := regtestList(t, c.checkpoint(10))
	runs := []*bitcoin.Run{packRun(t, points, 11, c.from(11, 11))}
	for i := range 1000 {
		runs = append(runs,
			packRun(t, points, 11, c.fork(10, fmt.Sprint(i, "beside")).grow(1, nil).header(11)),
			packRun(t, points, 12, c.fork(11, fmt.Sprint(i, "above")).grow(1, nil).header(12)))
	}
	env := envOf(bitcoin.NewChain(points, runs...))
	env.Confirmations = 1
	start := time.Now()
	for i := range 256 {
		root := sha256.Sum256([]byte{byte(i)})
		otherRoot.check(t, judge(env, root[:], 11))
	}
	if d := time.Since(start); d > testvec.Slack(5*time.Second) {
		t.Errorf("%v", d)
	}
}

// A branch that ends below the newest checkpoint does not speak against one above it,
// however much work it has: old blocks are cheap.
func TestABranchBelowTheCheckpointIsNoRival(t *testing.T) {
	c := forge(24, nil)
	cheap := c.fork(10, "cheap").grow(10, nil)
	points := regtestList(t, c.checkpoint(10), c.checkpoint(20))
	env := envOf(bitcoin.NewChain(points,
		scan(t, c.from(21, 24), bitcoin.ScanOptions{Checkpoints: points}), scan(t, cheap.from(11, 19), bitcoin.ScanOptions{Checkpoints: points})))
	env.Confirmations = 2
	workOnly.check(t, judge(env, cheap.root(15), 15))
	want{bitcoin.WorkConsistent, ""}.check(t, judge(env, c.root(22), 22))
}

// Roots that begin alike are told apart.
func TestRootsThatBeginAlike(t *testing.T) {
	alike := func(last byte) (root bitcoin.Hash) {
		copy(root[:], "alike")
		root[31] = last
		return root
	}
	c := forge(10, func(h uint32, b *block) { b.root = alike(byte(h)) })
	points := regtestList(t, c.checkpoint(10))
	chain := bitcoin.NewChain(points, scan(t, c.raw, bitcoin.ScanOptions{Checkpoints: points}))
	for h := byte(1); h <= 11; h++ {
		if got, ok := chain.HeightOfRoot(alike(h)); ok != (h <= 10) || ok && got != uint32(h) {
			t.Errorf("%d: %d %v", h, got, ok)
		}
	}
}

// A file that shows, since it was scanned, the header which others follow, does not lend
// them its place above the checkpoint.
func TestAFileThatChangesIsNoParent(t *testing.T) {
	c := forge(40, nil)
	stray := forge(0, nil).fork(0, "stray").grow(40, nil)
	points := regtestList(t, c.checkpoint(10))
	f := &changing{slices.Clone(c.raw)}
	run, err := bitcoin.Scan(context.Background(), f, int64(len(f.raw)), bitcoin.ScanOptions{Checkpoints: points})
	if err != nil {
		t.Fatal(err)
	}
	copy(f.raw[30*bitcoin.HeaderSize:], stray.header(30))
	chain := bitcoin.NewChain(points, run, scan(t, stray.from(31, 40), bitcoin.ScanOptions{First: at(31), Checkpoints: points}))
	notTrusted.check(t, judge(envOf(chain), stray.root(35), 35))
}

// The digest of a run is that of the bytes that were judged, whatever else was told of the
// file.
func TestTheDigestIsOfWhatWasJudged(t *testing.T) {
	c := forge(5000, nil)
	for name, o := range map[string]bitcoin.ScanOptions{"placed": {First: at(0)}, "placed by the genesis block": {}} {
		o.SHA256, o.Hash, o.Checkpoints = "told", sha256.New(), regtestList(t)
		run, err := bitcoin.Scan(context.Background(), bytes.NewReader(c.raw), int64(len(c.raw)), o)
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("%x", sha256.Sum256(c.raw)); run.SHA256() != want {
			t.Errorf("%s: %s", name, run.SHA256())
		}
	}
}
