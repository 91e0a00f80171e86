package verify

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

const otsHead = "\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08"

// stampOf is a proof that the digest of a file is itself the root of a block below 128.
func stampOf(file string, height byte) string {
	sum := sha256.Sum256([]byte(file))
	return otsHead + string(sum[:]) + "\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01" + string(height)
}

// chainOver is a chain of the test network from height 20 on whose first block has the
// file's digest as root, its checkpoint being the last of its eight headers.
func chainOver(t *testing.T, file string) (m testvec.Mined, points *bitcoin.Checkpoints) {
	t.Helper()
	m = testvec.Mine(20, append([][32]byte{sha256.Sum256([]byte(file))}, testvec.Roots(7)...)...)
	points, err := bitcoin.ParseCheckpoints([]byte(testvec.Regtest(m.Checkpoint(7))), nil, "test")
	if err != nil {
		t.Fatal(err)
	}
	return m, points
}

func chainEnv(points *bitcoin.Checkpoints, runs ...*bitcoin.Run) Options {
	env := trust.Env{At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Policy: trust.Issuance}
	return Options{Env: Env{Env: pki.Env{Env: env}, Chain: bitcoin.NewChain(points, runs...)}}
}

func scanned(t *testing.T, m testvec.Mined, points *bitcoin.Checkpoints) *bitcoin.Run {
	t.Helper()
	first := uint32(m.First)
	r, err := bitcoin.Scan(context.Background(), bytes.NewReader(m.Raw), int64(len(m.Raw)), bitcoin.ScanOptions{Name: "test", First: &first, Checkpoints: points})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func packOf(t *testing.T, m testvec.Mined, points *bitcoin.Checkpoints) string {
	t.Helper()
	pack, err := bitcoin.Cut(context.Background(), bitcoin.NewChain(points, scanned(t, m, points)), 20)
	if err != nil {
		t.Fatal(err)
	}
	return string(pack.Marshal())
}

// A pack beside the evidence is neither a subject nor evidence: it lets a proof pass
// where it ends in a checkpoint, and where it does not it is as good as absent.
func TestPackBesideTheEvidence(t *testing.T) {
	m, points := chainOver(t, "letter")
	pack := packOf(t, m, points)
	damaged := strings.Replace(pack, "\x20", "\x21", 1)
	letter := []string{"letter.txt", "letter", "letter.txt.ots", stampOf("letter", 20)}
	for name, c := range map[string]struct {
		beside []string
		want   string
		notes  int
	}{
		"no pack":                  {nil, "INDETERMINATE NO_POE btc.header-missing", 0},
		"a pack":                   {[]string{"block.anchorpack", pack}, "TOTAL-PASSED  ", 0},
		"the pack twice":           {[]string{"a.anchorpack", pack, "b.anchorpack", pack}, "TOTAL-PASSED  ", 0},
		"a damaged one":            {[]string{"block.anchorpack", damaged}, "INDETERMINATE NO_POE btc.header-missing", 1},
		"a damaged one and a good": {[]string{"a.anchorpack", damaged, "b.anchorpack", pack}, "TOTAL-PASSED  ", 1},
		"a name without content":   {[]string{"block.anchorpack", "letter"}, "INDETERMINATE NO_POE btc.header-missing", 1},
	} {
		r, err := Items(context.Background(), files(append(letter, c.beside...)...), chainEnv(points))
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Results) != 1 || len(r.Errors) != c.notes || r.Incomplete {
			t.Errorf("%s: %d results, errors %v", name, len(r.Results), r.Errors)
		}
		if got := r.Verdict.String() + " " + string(r.Sub) + " " + r.Reason; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// What begins like a pack and has another name stays what it is: nothing leaves the
// report because of its first bytes.
func TestPackOfAnotherNameIsASubject(t *testing.T) {
	m, points := chainOver(t, "letter")
	pack := packOf(t, m, points)
	r, err := Items(context.Background(), files("letter", "letter", "letter.ots", stampOf("letter", 20), "block", pack, "x.tsr", pack), chainEnv(points))
	if err != nil {
		t.Fatal(err)
	}
	wantOutline(t, r, ExitFailed, "letter INDETERMINATE NO_POE btc.header-missing [letter.ots INDETERMINATE]",
		"block NOTHING-TO-VERIFY", "x.tsr TOTAL-FAILED FORMAT_FAILURE tsp.malformed [x.tsr FAILED]")
}

// A pack brings headers, never the checkpoint that it ends in.
func TestPackIsNoTrust(t *testing.T) {
	m, points := chainOver(t, "letter")
	pack := packOf(t, m, points)
	other, err := bitcoin.ParseCheckpoints([]byte(strings.Replace(testvec.Regtest(m.Checkpoint(7)), `"height":27`, `"height":28`, 1)), nil, "test")
	if err != nil {
		t.Fatal(err)
	}
	none, err := bitcoin.ParseCheckpoints([]byte(testvec.Regtest()), nil, "test")
	if err != nil {
		t.Fatal(err)
	}
	for name, list := range map[string]*bitcoin.Checkpoints{"another height": other, "none": none, "mainnet": bitcoin.Builtin()} {
		r, err := Items(context.Background(), files("letter.txt", "letter", "letter.txt.ots", stampOf("letter", 20), "b.anchorpack", pack), chainEnv(list))
		if err != nil {
			t.Fatal(err)
		}
		if r.Verdict != Indeterminate {
			t.Errorf("%s: %s", name, r.Verdict)
		}
	}
}

// A pack alone is nothing to verify.
func TestPackAlone(t *testing.T) {
	m, points := chainOver(t, "letter")
	r, err := Items(context.Background(), files("b.anchorpack", packOf(t, m, points)), chainEnv(points))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Results) != 0 || r.ExitCode() != ExitNothing {
		t.Errorf("%d results, %s", len(r.Results), r.Verdict)
	}
}

// A proof over other evidence supports it; over the same subject it supports nothing.
func TestStampOverEvidence(t *testing.T) {
	needs := over("letter", behavesPOE)
	m, points := chainOver(t, needs)
	o := chainEnv(points, scanned(t, m, points))
	o.Formats = append(fakeFormats()[:2], OpenTimestamps())
	r, err := Items(context.Background(), files("letter", "letter", "letter.fk", needs, "letter.fk.ots", stampOf(needs, 20)), o)
	if err != nil {
		t.Fatal(err)
	}
	if r.Verdict != TotalPassed {
		t.Errorf("lifted by a proof over it: %s %s", r.Verdict, r.Reason)
	}
	m, points = chainOver(t, "letter")
	o = chainEnv(points, scanned(t, m, points))
	o.Formats = append(fakeFormats()[:2], OpenTimestamps())
	r, err = Items(context.Background(), files("letter", "letter", "letter.fk", needs, "letter.ots", stampOf("letter", 20)), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range r.Results[0].Evidence {
		if n.Kind == "fake" && n.Passed() {
			t.Error("a proof over the same subject lifted it")
		}
	}
}

// The parts of a proof carry its path, and the proof what its deciding part warns of.
func TestStampNode(t *testing.T) {
	m, points := chainOver(t, "letter")
	r, err := Items(context.Background(), files("letter", "letter", "letter.ots", stampOf("letter", 20)), chainEnv(points, scanned(t, m, points)))
	if err != nil {
		t.Fatal(err)
	}
	n := &r.Results[0].Evidence[0]
	if len(n.Children) != 1 || n.Children[0].Source != "letter.ots#attestation-1" || n.Children[0].Kind != "bitcoin" {
		t.Errorf("children %+v", n.Children)
	}
	if n.Trust == nil || n.Trust.Origin != "test" || !strings.HasPrefix(n.Trust.Anchor, "block 27 ") {
		t.Errorf("trust %+v", n.Trust)
	}
	codes := ""
	for _, w := range n.Warnings {
		codes += w.Code + " "
	}
	if codes != "btc.test-network " || n.Covers.Kind != "file" || n.Proves[0] != verdict.ProvesExistence {
		t.Errorf("warnings %s, covers %+v", codes, n.Covers)
	}
	if !n.ExistedNotLaterThan.Equal(time.Date(2023, 11, 15, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("not later than %v", n.ExistedNotLaterThan)
	}
}

// singlePack is a pack of one header of regtest at height 20, whose root counts up.
func singlePack(n int) string {
	m := testvec.Mine(20, [32]byte{byte(n), byte(n >> 8)})
	b := []byte("\x89EXHPK\r\n\x01\x01\x14\x00\x00\x00\x01\x00\x00\x00")
	b = append(append(append(b, m.Raw[4:36]...), m.Raw[:4]...), m.Raw[36:]...)
	b = append(b, m.Hashes[0][:]...)
	sum := sha256.Sum256(b)
	return string(append(b, sum[:]...))
}

// Many attestations of one height beside many packs of that height cost little: so many
// packs are used and no more, equal ones once.
func TestManyPacksBesideTheEvidence(t *testing.T) {
	stamp := otsHead + strings.Repeat("\x11", 32)
	for i := range 256 {
		if i < 255 {
			stamp += "\xff"
		}
		stamp += "\xf0\x01" + string([]byte{byte(i)}) + "\x08\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01\x14"
	}
	list := []string{"letter.txt", "letter", "letter.txt.ots", stamp}
	for i := range maxSupport + 100 {
		list = append(list, fmt.Sprintf("%04d.anchorpack", i), singlePack(i), fmt.Sprintf("%04d again.anchorpack", i), singlePack(i))
	}
	_, points := chainOver(t, "letter")
	start := time.Now()
	r, err := Items(context.Background(), files(list...), chainEnv(points))
	if err != nil {
		t.Fatal(err)
	}
	if d := time.Since(start); d > testvec.Slack(5*time.Second) {
		t.Errorf("%v", d)
	} else {
		t.Log(d)
	}
	if len(r.Errors) != 100 || r.Errors[0].Path != "1000.anchorpack" || !strings.HasPrefix(r.Errors[0].Message, "not used, counts as absent: 1000 ") || r.Incomplete {
		t.Errorf("%d notes: %+v", len(r.Errors), r.Errors[:1])
	}
	if n := len(r.Results[0].Evidence[0].Children); n != 256 {
		t.Errorf("%d attestations were judged", n)
	}
}

// A pack counts with the length that its headers have in memory.
func TestPackInAllLimit(t *testing.T) {
	m, points := chainOver(t, "letter")
	stamp := stampOf("letter", 20)
	o := chainEnv(points)
	small := usualLimits
	small.inAll = int64(len(stamp) + len(m.Raw))
	for want := TotalPassed; ; want = Indeterminate {
		o.limits = &small
		r, err := Items(context.Background(), files("b.anchorpack", packOf(t, m, points), "letter.ots", stamp, "letter", "letter"), o)
		if err != nil {
			t.Fatal(err)
		}
		if r.Verdict != want || (want != TotalPassed) != (len(r.Errors) > 0) {
			t.Errorf("%d bytes: %s %s, %v", small.inAll, r.Verdict, r.Reason, r.Errors)
		}
		if want == Indeterminate {
			break
		}
		small.inAll = int64(len(m.Raw)) - 1
	}
}
