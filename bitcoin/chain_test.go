package bitcoin_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

type staleHeader struct{ Hex, Hash string }

// Blocks that the chain left behind have all the work of others, and never pass: alone,
// linked to the block before them, or beside the block that the chain has.
func TestStaleBlocksNeverPass(t *testing.T) {
	var f struct {
		Stale map[uint32]staleHeader `json:"stale"`
		Two   map[uint32][]struct {
			Hex      string
			HasChild bool `json:"child_in_set_links_to_it"`
		} `json:"two_headers_at_one_height"`
	}
	corpusJSON(t, "stale-headers.json", &f)
	const file = "headers-822527-830592.bin"
	main := scanFile(t, file)
	stale := unhex(t, f.Stale[823226].Hex)
	before := corpusFile(t, file)[:(823226-822527)*bitcoin.HeaderSize]

	branch := scan(t, slices.Concat(before, stale), bitcoin.ScanOptions{First: at(822527)})
	for name, c := range map[string]struct {
		runs []*bitcoin.Run
		want want
	}{
		"alone":            {[]*bitcoin.Run{scan(t, stale, bitcoin.ScanOptions{First: at(823226)})}, headerOnly},
		"of no height":     {[]*bitcoin.Run{scan(t, stale, bitcoin.ScanOptions{})}, headerOnly},
		"on its chain":     {[]*bitcoin.Run{branch}, workOnly},
		"beside the chain": {[]*bitcoin.Run{branch, main}, refuted},
		"behind the chain": {[]*bitcoin.Run{main, branch}, refuted},
		"single, beside":   {[]*bitcoin.Run{scan(t, stale, bitcoin.ScanOptions{First: at(823226)}), main}, refuted},
	} {
		env := envOf(bitcoin.NewChain(nil, c.runs...))
		env.Confirmations = 1
		c.want.check(t, judge(env, rootOf(stale), 823226), name)
	}
	// The chain's own block passes whatever stands beside it.
	passes.check(t, judge(envOf(bitcoin.NewChain(nil, branch, main)), rootOf(fileHeader(t, file, 823226)), 823226))

	for height, pair := range f.Two {
		for _, h := range pair {
			raw := unhex(t, h.Hex)
			env := envOf(bitcoin.NewChain(nil, scan(t, raw, bitcoin.ScanOptions{First: &height})))
			env.Confirmations = 1
			headerOnly.check(t, judge(env, rootOf(raw), height), height)
		}
		both := slices.Concat(unhex(t, pair[0].Hex), unhex(t, pair[1].Hex))
		env := envOf(bitcoin.NewChain(nil, scan(t, both, bitcoin.ScanOptions{})))
		headerOnly.check(t, judge(env, rootOf(unhex(t, pair[1].Hex)), height), height, "both")
	}
}

// Headers 741793 to 741886 lie in one set, the checkpoint 741887 in another: the first
// header of the one commits the last of the other, whether its height was stated or not.
func TestACommitmentPassesFromFileToFile(t *testing.T) {
	fragments, pairs := realHeaders(t, "fragments.json"), boundaries(t)
	var part []byte
	for height := uint32(741793); height <= 741886; height++ {
		if fragments[height] == nil {
			t.Fatalf("%d is not in the corpus", height)
		}
		part = append(part, fragments[height]...)
	}
	end := pairs[741887]
	for name, first := range map[string]*uint32{"stated": at(741793), "not stated": nil} {
		run := scan(t, part, bitcoin.ScanOptions{First: first})
		notYet := notTrusted
		notYet.check(t, judge(envOf(bitcoin.NewChain(nil, run)), rootOf(fragments[741800]), 741800), name, "without the checkpoint")
		for order, runs := range map[string][]*bitcoin.Run{
			"before": {run, scan(t, end, bitcoin.ScanOptions{})}, "behind": {scan(t, end, bitcoin.ScanOptions{}), run},
			"all boundaries": {scan(t, joined(pairs), bitcoin.ScanOptions{}), run},
		} {
			env := envOf(bitcoin.NewChain(nil, runs...))
			for height := uint32(741793); height <= 741886; height += 31 {
				passes.check(t, judge(env, rootOf(fragments[height]), height), name, order, height)
				refuted.check(t, judge(env, rootOf(fragments[height]), height+1), name, order, height+1)
			}
			if _, ok := bitcoin.CommittedHeader(bitcoin.NewChain(nil, runs...), 741886); !ok {
				t.Error(name, order, "741886 is not committed")
			}
		}
	}
}

// A chain in pieces proves what the whole proves, in any order of the pieces, with pieces
// that overlap and pieces of unknown height between.
func TestPiecesProveWhatTheWholeProves(t *testing.T) {
	const last = 60
	c := forge(last, nil)
	points := regtestList(t, c.checkpoint(0), c.checkpoint(50))
	run := func(from, to uint32, stated bool) *bitcoin.Run {
		o := bitcoin.ScanOptions{Checkpoints: points}
		if stated {
			o.First = &from
		}
		return scan(t, c.from(from, to), o)
	}
	whole := bitcoin.NewChain(points, run(0, last, false))
	var expected []string
	for height := range uint32(last + 1) {
		expected = append(expected, verdictOf(t, envOf(whole), c.root(height), height))
	}
	for name, pieces := range map[string][]*bitcoin.Run{
		"two":            {run(0, 30, false), run(31, last, false)},
		"singles":        {run(0, 30, true), run(31, 31, true), run(32, 32, true), run(33, last, true)},
		"loose singles":  {run(0, 30, false), run(31, 31, false), run(32, 32, false), run(33, last, false)},
		"overlapping":    {run(0, 40, true), run(20, 45, true), run(35, last, true)},
		"loose overlaps": {run(20, 45, false), run(0, 40, false), run(35, last, false)},
		"inside another": {run(0, last, true), run(10, 20, true), run(45, 55, true)},
		"behind":         {run(0, 50, false), run(51, 55, false), run(56, last, false)},
		"loose behind":   {run(0, 50, false), run(51, 55, false), run(54, last, true)},
		"twice":          {run(0, last, false), run(0, last, false)},
	} {
		for range 2 {
			env := envOf(bitcoin.NewChain(points, pieces...))
			for height := range uint32(last + 1) {
				if got := verdictOf(t, env, c.root(height), height); got != expected[height] {
					t.Errorf("%s, block %d:\n%s\nwant\n%s", name, height, got, expected[height])
				}
			}
			slices.Reverse(pieces)
		}
		env := envOf(bitcoin.NewChain(points).With(pieces[0]).With(pieces[1:]...))
		if got := verdictOf(t, env, c.root(25), 25); got != expected[25] {
			t.Errorf("%s, added: %s", name, got)
		}
	}
}

// verdictOf is a verdict with its claims and its time.
func verdictOf(t *testing.T, env bitcoin.Env, root []byte, height uint32) string {
	t.Helper()
	r := judge(env, root, height)
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Above the newest checkpoint the bits of further periods follow from the headers, where
// the first block of the period before is at hand.
func TestBitsAboveTheNewestCheckpoint(t *testing.T) {
	const file = "headers-0-99999.bin"
	raw := corpusFile(t, file)
	hash := func(height uint32) string { return hashOf(fileHeader(t, file, height)).String() }
	points := list(t, `{"replace":true,"checkpoints":[`+entry(98700, hash(98700))+`,`+entry(97000, hash(97000))+`]}`)
	run := func(from, to uint32) *bitcoin.Run {
		return scan(t, raw[from*bitcoin.HeaderSize:(to+1)*bitcoin.HeaderSize], bitcoin.ScanOptions{First: &from, Checkpoints: points})
	}
	for name, c := range map[string]struct {
		runs []*bitcoin.Run
		want want
	}{
		"the whole period before":         {[]*bitcoin.Run{run(96768, 99999)}, workOnly},
		"all but its first":               {[]*bitcoin.Run{run(96769, 99999)}, notTrusted},
		"its first in another file":       {[]*bitcoin.Run{run(96769, 99999), run(96000, 96768)}, workOnly},
		"its first committed elsewhere":   {[]*bitcoin.Run{run(98000, 99999), run(96768, 97000)}, workOnly},
		"its first not committed":         {[]*bitcoin.Run{run(98000, 99999), run(96768, 96999)}, notTrusted},
		"above the checkpoint, whole":     {[]*bitcoin.Run{run(98701, 99999), run(96768, 98700)}, workOnly},
		"above it, its first elsewhere":   {[]*bitcoin.Run{run(98701, 99999), run(96768, 97000)}, notTrusted}, // the checkpoint's own bits are not at hand
		"cut at the turn":                 {[]*bitcoin.Run{run(98784, 99999), run(96768, 98783)}, workOnly},
		"cut at the turn, its first away": {[]*bitcoin.Run{run(98784, 99999), run(98000, 98783)}, notTrusted},
		"cut at the turn and before":      {[]*bitcoin.Run{run(98784, 99999), run(98000, 98783), run(96768, 97000)}, workOnly},
		"a piece at the turn is absent":   {[]*bitcoin.Run{run(98785, 99999), run(96768, 98783)}, notTrusted},
	} {
		chain := bitcoin.NewChain(points, c.runs...)
		for _, height := range []uint32{98790, 99999} {
			c.want.check(t, judge(envOf(chain), rootOf(fileHeader(t, file, height)), height), name, height)
		}
		if c.want == workOnly {
			env := envOf(chain)
			env.Confirmations = 99999 - 98790
			r := judge(env, rootOf(fileHeader(t, file, 98790)), 98790)
			want{bitcoin.WorkConsistent, ""}.check(t, r, name, "with confirmations")
			if facts, _ := r.Proven(); facts.Checkpoint.Height != 98700 || facts.Successors != 99999-98790 {
				t.Errorf("%s: %+v", name, facts)
			}
			if len(r.NotChecked) == 0 || r.NotChecked[0].Name != "chain" && r.NotChecked[1].Name != "chain" {
				t.Errorf("%s: %v", name, r.NotChecked)
			}
			env.Confirmations++
			workOnly.check(t, judge(env, rootOf(fileHeader(t, file, 98790)), 98790), name, "one confirmation missing")
		}
	}
}

// Confirmations count only above the newest checkpoint, and only on the branch with the
// most work.
func TestConfirmations(t *testing.T) {
	c := forge(40, nil)
	points := regtestList(t, c.checkpoint(20))
	other := c.fork(30, "other").grow(10, nil) // as long: up to 40
	longer := c.fork(30, "longer").grow(11, nil)
	run := func(c *chain) *bitcoin.Run {
		return scan(t, c.from(15, c.last()), bitcoin.ScanOptions{First: at(15), Checkpoints: points})
	}
	tail := func(c *chain) *bitcoin.Run {
		return scan(t, c.from(31, c.last()), bitcoin.ScanOptions{Checkpoints: points})
	}
	byWork := want{bitcoin.WorkConsistent, ""}
	for _, v := range []struct {
		name   string
		runs   []*bitcoin.Run
		of     *chain
		height uint32
		asked  int
		want   want
	}{
		{"enough", []*bitcoin.Run{run(c)}, c, 34, 6, byWork},
		{"one too few", []*bitcoin.Run{run(c)}, c, 35, 6, workOnly},
		{"none asked", []*bitcoin.Run{run(c)}, c, 34, 0, workOnly},
		{"fewer than none", []*bitcoin.Run{run(c)}, c, 34, -1, workOnly},
		{"the tip", []*bitcoin.Run{run(c)}, c, 40, 1, workOnly},
		{"below the checkpoint", []*bitcoin.Run{run(c)}, c, 18, 1, passes},
		{"another branch as long", []*bitcoin.Run{run(c), run(other)}, c, 34, 1, workOnly},
		{"the other one", []*bitcoin.Run{run(c), run(other)}, other, 34, 1, workOnly},
		{"below the fork", []*bitcoin.Run{run(c), run(other)}, c, 30, 10, byWork},
		{"a longer branch", []*bitcoin.Run{run(c), run(longer)}, c, 34, 1, workOnly},
		{"the longer branch", []*bitcoin.Run{run(c), run(longer)}, longer, 34, 1, byWork},
		{"the longer branch from its tail", []*bitcoin.Run{run(c), tail(longer)}, longer, 34, 7, byWork},
		{"a longer branch from its tail", []*bitcoin.Run{run(c), tail(longer)}, c, 34, 1, workOnly},
		{"the branch from its tail", []*bitcoin.Run{run(c.fork(30, "")), tail(longer)}, longer, 34, 7, byWork},
		{"below the fork, by the longer branch", []*bitcoin.Run{run(c), run(longer)}, c, 30, 11, byWork},
		{"the same branch twice", []*bitcoin.Run{run(c), run(c)}, c, 34, 6, byWork},
		{"goes on from a part that is there twice", []*bitcoin.Run{run(c), run(c.fork(30, "")), tail(c.fork(40, "").grow(5, nil))}, c, 25, 20, byWork},
		{"part of the branch twice", []*bitcoin.Run{run(c), run(c.fork(36, ""))}, c, 34, 6, byWork},
	} {
		env := envOf(bitcoin.NewChain(points, v.runs...))
		env.Confirmations = v.asked
		r := judge(env, v.of.root(v.height), v.height)
		v.want.check(t, r, v.name)
	}
}

// A defect above the checkpoint ends what work shows.
func TestADefectEndsTheWork(t *testing.T) {
	for name, spoil := range map[string]func(b *block){
		"target": func(b *block) { b.fails = true }, "bits": func(b *block) { b.bits-- }, "time": func(b *block) { b.time = regtestBegin },
	} {
		c := forge(40, func(h uint32, b *block) {
			if h == 30 {
				spoil(b)
			}
		})
		points := regtestList(t, c.checkpoint(20))
		for cut := uint32(25); cut <= 35; cut += 5 {
			env := envOf(bitcoin.NewChain(points,
				scan(t, c.from(10, cut), bitcoin.ScanOptions{First: at(10), Checkpoints: points}), scan(t, c.from(cut+1, 40), bitcoin.ScanOptions{Checkpoints: points, First: at(cut + 1)})))
			env.Confirmations = 3
			want{bitcoin.WorkConsistent, ""}.check(t, judge(env, c.root(25), 25), name, cut)
			workOnly.check(t, judge(env, c.root(28), 28), name, cut)
			for _, height := range []uint32{31, 35, 40} {
				notTrusted.check(t, judge(env, c.root(height), height), name, cut, height)
			}
			if r := judge(env, c.root(30), 30); r.Passed() {
				t.Errorf("%s: the spoilt block passes", name)
			}
		}
	}
}

// Blocks of another chain than that of the checkpoints are never trusted.
func TestAnotherChainIsOff(t *testing.T) {
	c := forge(40, nil)
	other := c.fork(10, "other").grow(30, nil)
	points := regtestList(t, c.checkpoint(0), c.checkpoint(20))
	run := scan(t, other.raw, bitcoin.ScanOptions{Checkpoints: points})
	env := envOf(bitcoin.NewChain(points, run))
	env.Confirmations = 1
	workOnly.check(t, judge(env, other.root(15), 15)) // nothing at hand contradicts it
	for _, height := range []uint32{20, 21, 40} {
		want{bitcoin.HeaderMatched, "btc.header-not-trusted"}.check(t, judge(env, other.root(height), height), height)
	}
	// Behind the checkpoint, as a file of its own.
	env.Chain = bitcoin.NewChain(points, scan(t, other.from(21, 40), bitcoin.ScanOptions{First: at(21), Checkpoints: points}))
	want{bitcoin.HeaderMatched, "btc.header-not-trusted"}.check(t, judge(env, other.root(30), 30))
	// Beside the chain the fork shows.
	env.Chain = bitcoin.NewChain(points, run, scan(t, c.raw, bitcoin.ScanOptions{Checkpoints: points}))
	refuted.check(t, judge(env, other.root(15), 15))
	env.Chain = bitcoin.NewChain(points, run, scan(t, c.from(14, 20), bitcoin.ScanOptions{Checkpoints: points}))
	want{bitcoin.HeaderMatched, "btc.header-not-trusted"}.check(t, judge(env, other.root(13), 13), "contradicted by a committed header")
	passes.check(t, judge(env, c.root(16), 16))
}

// A branch that leaves the chain below its checkpoint is refuted where the chain is at
// hand, however the two are cut.
func TestABranchBesideTheChainIsRefuted(t *testing.T) {
	c := forge(40, nil)
	other := c.fork(10, "other").grow(30, nil)
	points := regtestList(t, c.checkpoint(20))
	run := func(c *chain, from, to uint32) *bitcoin.Run {
		return scan(t, c.from(from, to), bitcoin.ScanOptions{First: &from, Checkpoints: points})
	}
	env := envOf(nil)
	env.Confirmations = 1
	for name, runs := range map[string][]*bitcoin.Run{
		"whole": {run(c, 0, 20), run(other, 11, 40)}, "behind the fork": {run(c, 0, 20), run(other, 16, 40)},
		"in pieces": {run(c, 10, 16), run(c, 17, 20), run(other, 13, 15), run(other, 16, 40)},
	} {
		env.Chain = bitcoin.NewChain(points, runs...)
		for height := uint32(16); height <= 20; height++ {
			refuted.check(t, judge(env, other.root(height), height), name, height)
			passes.check(t, judge(env, c.root(height), height), name, height)
		}
		want{bitcoin.HeaderMatched, "btc.header-not-trusted"}.check(t, judge(env, other.root(30), 30), name, "above the checkpoint")
	}
}

// A user's checkpoint that contradicts the others takes trust away and adds none where they
// meet.
func TestCheckpointsThatContradictEachOther(t *testing.T) {
	c := forge(40, nil)
	other := c.fork(10, "other").grow(30, nil)
	points := regtestList(t, c.checkpoint(0), other.checkpoint(20), c.checkpoint(30))
	env := envOf(bitcoin.NewChain(points, scan(t, c.raw, bitcoin.ScanOptions{Checkpoints: points})))
	for height, want := range map[uint32]want{0: passes, 15: workOnly, 20: {bitcoin.HeaderMatched, "btc.header-not-trusted"}, 25: {bitcoin.HeaderMatched, "btc.header-not-trusted"}, 35: {bitcoin.HeaderMatched, "btc.header-not-trusted"}} {
		want.check(t, judge(env, c.root(height), height), height)
	}
	// Of two files that begin at one height, and of what follows them, only the one counts
	// whose way to its checkpoint excludes no other.
	points = regtestList(t, c.checkpoint(25), other.checkpoint(26))
	run := func(c *chain, to uint32) *bitcoin.Run {
		return scan(t, c.from(12, to), bitcoin.ScanOptions{First: at(12), Checkpoints: points})
	}
	chain := bitcoin.NewChain(points, run(other, 24), run(c, 25), scan(t, other.from(25, 30), bitcoin.ScanOptions{First: at(25), Checkpoints: points}))
	for height := uint32(12); height <= 24; height++ {
		passes.check(t, judge(envOf(chain), c.root(height), height), height)
		refuted.check(t, judge(envOf(chain), other.root(height), height), height)
	}
	want{bitcoin.HeaderMatched, "btc.header-not-trusted"}.check(t, judge(envOf(chain), other.root(26), 26), "a checkpoint behind another one that it excludes")
}

// changing is a file that changes after it was scanned.
type changing struct{ raw []byte }

func (c *changing) ReadAt(p []byte, off int64) (int, error) {
	return bytes.NewReader(c.raw).ReadAt(p, off)
}

// What has changed since the scan proves nothing, wherever the change is; what has not, and
// needs nothing that has, still passes.
func TestAFileThatChangesProvesNothing(t *testing.T) {
	const file, height = "headers-586655-589289.bin", 588101
	original := corpusFile(t, file)
	root := rootOf(fileHeader(t, file, height))
	f := &changing{slices.Clone(original)}
	run, err := bitcoin.Scan(context.Background(), f, int64(len(f.raw)), bitcoin.ScanOptions{First: at(586655)})
	if err != nil {
		t.Fatal(err)
	}
	env := envOf(bitcoin.NewChain(nil, run))
	passes.check(t, judge(env, root, height))
	for _, changed := range []uint32{height, height + 1, 588670, 588671} { // up to the next hash that is remembered
		for _, pos := range []int{0, 5, 40, 70, 79} {
			f.raw[int(changed-586655)*bitcoin.HeaderSize+pos] ^= 1
			missing.check(t, judge(env, root, height), changed, pos)
			f.raw[int(changed-586655)*bitcoin.HeaderSize+pos] ^= 1
		}
	}
	f.raw[5] ^= 1 // far below the block
	passes.check(t, judge(env, root, height))
	f.raw[5] ^= 1
	f.raw = f.raw[:len(f.raw)/2]
	missing.check(t, judge(env, root, height))
	f.raw = nil
	missing.check(t, judge(env, root, height))

	// A header that another root is looked for in is not exchanged for the right one.
	f.raw = slices.Clone(original)
	copy(f.raw[(height-586655)*bitcoin.HeaderSize:], fileHeader(t, file, height+1))
	missing.check(t, judge(env, rootOf(fileHeader(t, file, height+1)), height))
}

// A file that shows the right header where another file commits one, and held another when
// it was scanned, is not committed by it.
func TestAFileThatChangesIsNotCommitted(t *testing.T) {
	c := forge(2040, nil)
	other := c.fork(2005, "other").grow(30, nil)
	points := regtestList(t, c.checkpoint(2040))
	f := &changing{slices.Clone(other.from(2000, 2034))}
	run, err := bitcoin.Scan(context.Background(), f, int64(len(f.raw)), bitcoin.ScanOptions{First: at(2000), Checkpoints: points})
	if err != nil {
		t.Fatal(err)
	}
	copy(f.raw[30*bitcoin.HeaderSize:], c.header(2030))
	chain := bitcoin.NewChain(points, run, scan(t, c.from(2031, 2040), bitcoin.ScanOptions{Checkpoints: points}))
	for height := uint32(2006); height <= 2015; height++ { // up to the hash that the scan remembered
		if r := judge(envOf(chain), other.root(height), height); r.Passed() || r.Rung() == bitcoin.ChainCommitted {
			t.Errorf("%d: %s", height, r.Rung())
		}
	}
}

// lying is a file whose single headers are others than those of a longer part.
type lying struct {
	raw  []byte
	root []byte
}

func (l *lying) ReadAt(p []byte, off int64) (int, error) {
	n, err := bytes.NewReader(l.raw).ReadAt(p, off)
	if n == bitcoin.HeaderSize && l.root != nil {
		copy(p[36:], l.root)
	}
	return n, err
}

// What was read without its hash counts only if it is what was hashed.
func TestAFileThatChangesBetweenTwoReadings(t *testing.T) {
	c := forge(40, nil)
	points := regtestList(t, c.checkpoint(10))
	f := &lying{raw: c.raw}
	run, err := bitcoin.Scan(context.Background(), f, int64(len(f.raw)), bitcoin.ScanOptions{Checkpoints: points})
	if err != nil {
		t.Fatal(err)
	}
	env := envOf(bitcoin.NewChain(points, run))
	env.Confirmations = 3
	want{bitcoin.WorkConsistent, ""}.check(t, judge(env, c.root(20), 20))
	f.root = make([]byte, 32)
	missing.check(t, judge(env, f.root, 20))
}

// A file that changes while it is scanned is noticed where its headers are held.
func TestAFileThatChangesInTheScan(t *testing.T) {
	c := forge(30, nil)
	f := &changing{slices.Clone(c.from(5, 30))}
	_, err := bitcoin.Scan(context.Background(), f, int64(len(f.raw)), bitcoin.ScanOptions{Checkpoints: regtestList(t), Progress: func(int64, int64) { f.raw[50] ^= 1 }})
	var e *bitcoin.Error
	if !errors.As(err, &e) || e.Code != "btc.headers" {
		t.Error(err)
	}
}

// Headers at hand of another list of checkpoints, or of another network, do not count.
func TestRunsOfAnotherListDoNotCount(t *testing.T) {
	raw := corpusFile(t, "headers-0-99999.bin")[:3000*bitcoin.HeaderSize]
	run := scan(t, raw, bitcoin.ScanOptions{})
	root := rootOf(raw[100*bitcoin.HeaderSize:])
	passes.check(t, judge(envOf(bitcoin.NewChain(nil, run)), root, 100))
	passes.check(t, judge(envOf(bitcoin.NewChain(list(t, "[]"), run)), root, 100))
	missing.check(t, judge(envOf(bitcoin.NewChain(bitcoin.NoCheckpoints(), run)), root, 100))
	missing.check(t, judge(envOf(bitcoin.NewChain(list(t, `{"replace":true,"network":"regtest","checkpoints":[]}`), run)), root, 100))
	missing.check(t, judge(envOf(bitcoin.NewChain(nil, nil)), root, 100))
	missing.check(t, judge(envOf(nil), root, 100))
}

// Without any checkpoint nothing passes: not even the genesis block.
func TestWithoutCheckpointsNothingPasses(t *testing.T) {
	raw := corpusFile(t, "headers-0-99999.bin")[:3000*bitcoin.HeaderSize]
	points := bitcoin.NoCheckpoints()
	env := envOf(bitcoin.NewChain(points, scan(t, raw, bitcoin.ScanOptions{Checkpoints: points})))
	env.Confirmations = 1
	for _, height := range []uint32{0, 1, 2015, 2999} {
		notTrusted.check(t, judge(env, rootOf(raw[height*bitcoin.HeaderSize:]), height), height)
	}
}

// The genesis block is a checkpoint, and commits itself.
func TestTheGenesisBlockAlonePasses(t *testing.T) {
	raw := corpusFile(t, "headers-0-99999.bin")[:bitcoin.HeaderSize]
	r := judge(envOf(bitcoin.NewChain(nil, scan(t, raw, bitcoin.ScanOptions{}))), rootOf(raw), 0)
	passes.check(t, r)
	if facts, _ := r.Proven(); facts.NotLaterThan.Format("2006-01-02 15") != "2009-01-03 19" || !facts.MedianTimePast.IsZero() || r.Trust.Origin != "builtin:btcsuite/btcd/chaincfg@v2.0.0" {
		t.Errorf("%+v %+v", facts, r.Trust)
	}
}
