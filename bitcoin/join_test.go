package bitcoin_test

import (
	"context"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/verdict"
)

// fakes are headers of mainnet without work, that follow a real one: their links hold, and
// all but their work can be judged.
func fakes(t *testing.T, below uint32, n int, change func(i int, h []byte)) (raw []byte, hashes []string) {
	t.Helper()
	h := append([]byte(nil), fileHeader(t, "headers-0-99999.bin", below)...)
	begin := uint32(stamp(h))
	for i := range n {
		prev := hashOf(h)
		h = append([]byte(nil), h...)
		copy(h[4:], prev[:])
		binary.LittleEndian.PutUint32(h[68:], begin+600*uint32(i+1))
		change(i, h)
		raw, hashes = append(raw, h...), append(hashes, hashOf(h).String())
	}
	return raw, hashes
}

// The rules hold across files as they do within one: the retarget from a period in another
// file, or in two, the bits inside a period, and the median time.
func TestRulesHoldFromFileToFile(t *testing.T) {
	real := corpusFile(t, "headers-0-99999.bin")
	hash := func(height uint32) string { return hashOf(fileHeader(t, "headers-0-99999.bin", height)).String() }
	const bits = 0x1d00d86a // that of 32256, from where on it is not the limit
	setBits := func(of int, to uint32) func(int, []byte) {
		return func(i int, h []byte) {
			if i >= of {
				binary.LittleEndian.PutUint32(h[72:], to)
			}
		}
	}
	for _, c := range []struct {
		name   string
		below  uint32 // the real header that the others follow
		parts  [][2]uint32
		change func(i int, h []byte)
		bad    string // what check "consensus-rules" says; empty: it holds
		open   bool   // the retarget is in not_checked
	}{
		{"the right bits", 32255, [][2]uint32{{30240, 32255}}, setBits(0, bits), "", false},
		{"other bits", 32255, [][2]uint32{{30240, 32255}}, setBits(0, bits+1), "header 32256: its bits are 1d00d86b, from the times of the period before follow 1d00d86a", false},
		{"other bits, the period in two files", 32255, [][2]uint32{{30240, 31000}, {31001, 32255}}, setBits(0, bits+1), "header 32256: its bits", false},
		{"other bits, overlapping files", 32255, [][2]uint32{{30240, 31000}, {30900, 32255}}, setBits(0, bits+1), "header 32256: its bits", false},
		{"other bits, the period in part", 32255, [][2]uint32{{30241, 32255}}, setBits(0, bits+1), "", true},
		{"other bits, its first block apart", 32255, [][2]uint32{{30240, 30500}, {31000, 32255}}, setBits(0, bits+1), "header 32256: its bits", false},
		{"other bits, its last block in the file", 32250, [][2]uint32{{30240, 32250}}, setBits(5, bits+1), "header 32256: its bits", false},
		{"the right bits, its last blocks of another time", 32250, [][2]uint32{{30240, 32250}}, func(i int, h []byte) {
			setBits(5, bits)(i, h)
			binary.LittleEndian.PutUint32(h[68:], uint32(stamp(h))+9000)
		}, "header 32256: its bits", false},
		{"bits that change in a period", 32300, [][2]uint32{{32256, 32300}}, setBits(0, bits-1), "header 32301: its bits are 1d00d869, those of the block before it 1d00d86a", false},
		{"the same bits", 32300, [][2]uint32{{32256, 32300}}, setBits(0, bits), "", true},
		{"a time that is too early", 32300, [][2]uint32{{32256, 32300}}, func(i int, h []byte) {
			if i == 3 {
				binary.LittleEndian.PutUint32(h[68:], uint32(stamp(h))-20000)
			}
		}, "header 32304: its time", true},
		{"a time that is too early, ten at hand", 32300, [][2]uint32{{32294, 32300}}, func(i int, h []byte) {
			if i == 3 {
				binary.LittleEndian.PutUint32(h[68:], uint32(stamp(h))-20000)
			}
		}, "", true},
		{"a time that is too early, eleven at hand", 32300, [][2]uint32{{32293, 32300}}, func(i int, h []byte) {
			if i == 3 {
				binary.LittleEndian.PutUint32(h[68:], uint32(stamp(h))-20000)
			}
		}, "header 32304: its time", true},
	} {
		raw, hashes := fakes(t, c.below, 10, c.change)
		points := list(t, `{"replace":true,"checkpoints":[`+entry(c.below+10, hashes[9])+`,`+entry(30500, hash(30500))+`]}`)
		runs := []*bitcoin.Run{scan(t, raw, bitcoin.ScanOptions{First: at(c.below + 1), Checkpoints: points})}
		for _, p := range c.parts {
			runs = append(runs, scan(t, real[p[0]*bitcoin.HeaderSize:(p[1]+1)*bitcoin.HeaderSize], bitcoin.ScanOptions{First: &p[0], Checkpoints: points}))
		}
		env := envOf(bitcoin.NewChain(points, runs...))
		a := bitcoin.Attestation{Root: rootOf(raw), Height: uint64(c.below) + 1}
		r := a.Verify(context.Background(), env)
		if r.Passed() || r.Reason != "btc.header-not-trusted" {
			t.Errorf("%s: headers without work pass: %v", c.name, r.Err())
		}
		rules, _ := r.Check("consensus-rules")
		if (rules.State == verdict.CheckPassed) != (c.bad == "") || !strings.HasPrefix(rules.Detail, c.bad) {
			t.Errorf("%s: %s %q", c.name, rules.State, rules.Detail)
		}
		without := bitcoin.VerifyIgnoring(context.Background(), a, env, "work")
		if without.Passed() != (c.bad == "") {
			t.Errorf("%s: the work apart, %v", c.name, without.Err())
		}
		open := false
		for _, u := range r.NotChecked {
			open = open || u.Name == "retarget"
		}
		if c.bad == "" && open != c.open {
			t.Errorf("%s: not checked: %v", c.name, r.NotChecked)
		}
	}
}

// The bits of a period are held against the committed blocks at both ends of the one before
// even where the headers between are missing.
func TestRetargetFromUnlinkedEnds(t *testing.T) {
	real := corpusFile(t, "headers-0-99999.bin")
	hash := func(height uint32) string { return hashOf(fileHeader(t, "headers-0-99999.bin", height)).String() }
	for name, c := range map[string]struct {
		entries string
		open    bool
	}{
		"both ends": {entry(30240, hash(30240)) + "," + entry(32255, hash(32255)) + "," + entry(34271, hash(34271)), false},
		"one end":   {entry(32255, hash(32255)) + "," + entry(34271, hash(34271)), true},
	} {
		points := list(t, `{"replace":true,"checkpoints":[`+c.entries+`]}`)
		run := func(from, to uint32) *bitcoin.Run {
			return scan(t, real[from*bitcoin.HeaderSize:(to+1)*bitcoin.HeaderSize], bitcoin.ScanOptions{First: &from, Checkpoints: points})
		}
		env := envOf(bitcoin.NewChain(points, run(30240, 30240), run(32255, 32255), run(33000, 34271)))
		r := judge(env, rootOf(fileHeader(t, "headers-0-99999.bin", 33500)), 33500)
		passes.check(t, r, name)
		open := false
		for _, u := range r.NotChecked {
			open = open || u.Name == "retarget"
		}
		if open != c.open {
			t.Errorf("%s: %v", name, r.NotChecked)
		}
	}
}

// The bits of a block that both ends of the period before refute keep it from passing.
func TestBitsThatTheEndsRefute(t *testing.T) {
	real := corpusFile(t, "headers-0-99999.bin")
	for bits, bad := range map[uint32]string{0x1d00d86a: "", 0x1d00d86b: "the bits of the period of block 33000 do not follow from the times of the period before"} {
		raw, hashes := fakes(t, 32999, 5, func(_ int, h []byte) { binary.LittleEndian.PutUint32(h[72:], bits) })
		hash := func(height uint32) string { return hashOf(fileHeader(t, "headers-0-99999.bin", height)).String() }
		points := list(t, `{"replace":true,"checkpoints":[`+entry(30240, hash(30240))+","+entry(32255, hash(32255))+","+entry(33004, hashes[4])+`]}`)
		runs := []*bitcoin.Run{scan(t, raw, bitcoin.ScanOptions{Checkpoints: points})}
		for _, height := range []uint32{30240, 32255} {
			runs = append(runs, scan(t, real[height*bitcoin.HeaderSize:][:bitcoin.HeaderSize], bitcoin.ScanOptions{Checkpoints: points}))
		}
		r := bitcoin.VerifyIgnoring(context.Background(), bitcoin.Attestation{Root: rootOf(raw), Height: 33000}, envOf(bitcoin.NewChain(points, runs...)), "work")
		rules, _ := r.Check("consensus-rules")
		if r.Passed() != (bad == "") || bad != "" && rules.Detail != bad {
			t.Errorf("%08x: %v", bits, r.Err())
		}
	}
}

// What one file shows of a period counts for the blocks of the period in another.
func TestARetargetCountsInTheNextFile(t *testing.T) {
	real := corpusFile(t, "headers-0-99999.bin")
	run := func(from, to uint32) *bitcoin.Run {
		return scan(t, real[from*bitcoin.HeaderSize:(to+1)*bitcoin.HeaderSize], bitcoin.ScanOptions{First: &from})
	}
	for from, open := range map[uint32]bool{30240: false, 30241: true} {
		env := envOf(bitcoin.NewChain(nil, run(from, 33000), run(33001, 33600), run(33601, 34271)))
		for _, height := range []uint32{33000, 33500, 33700} {
			r := judge(env, rootOf(fileHeader(t, "headers-0-99999.bin", height)), height)
			passes.check(t, r, from, height)
			if named := r.NotChecked[0].Name == "retarget"; named != open {
				t.Errorf("from %d, block %d: %v", from, height, r.NotChecked)
			}
		}
	}
}

// Near the genesis block all that are below count for the median, also across files.
func TestMedianTimeOfTheFirstBlocksAcrossFiles(t *testing.T) {
	for _, spoilt := range []bool{false, true} {
		c := forge(20, func(h uint32, b *block) {
			if spoilt && h == 7 {
				b.time = regtestBegin
			}
		})
		points := regtestList(t, c.checkpoint(15))
		env := envOf(bitcoin.NewChain(points, scan(t, c.from(0, 5), bitcoin.ScanOptions{Checkpoints: points}), scan(t, c.from(6, 20), bitcoin.ScanOptions{Checkpoints: points})))
		if r := judge(env, c.root(3), 3); r.Passed() == spoilt {
			t.Errorf("spoilt %v: %v", spoilt, r.Err())
		}
	}
}
