package bitcoin_test

import (
	"context"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// vector is an attestation that one check refuses.
type vector struct {
	name   string
	check  string
	env    bitcoin.Env
	a      bitcoin.Attestation
	sub    verdict.SubIndication
	reason string
}

// regtestTime is a time of validation at the end of a forged chain.
var regtestTime = time.Unix(regtestBegin+600*40, 0).UTC()

func vectors(t testing.TB) []vector {
	t.Helper()
	good := forge(40, nil)
	env := func(c *chain, from uint32, checkpoints ...uint32) bitcoin.Env {
		var entries []string
		for _, height := range checkpoints {
			entries = append(entries, c.checkpoint(height))
		}
		points := regtestList(t, entries...)
		run := scan(t, c.from(from, c.last()), bitcoin.ScanOptions{First: &from, Checkpoints: points})
		return bitcoin.Env{Env: trust.Env{At: regtestTime}, Chain: bitcoin.NewChain(points, run)}
	}
	of := func(c *chain, height uint32) bitcoin.Attestation {
		return bitcoin.Attestation{Root: c.root(height), Height: uint64(height)}
	}
	early, ended, weak, never, timeless := env(good, 0, 30), env(good, 0, 30), env(good, 0, 30), env(good, 0, 30), env(good, 0, 30)
	early.At = time.Unix(regtestBegin+600*20, 0).Add(-2*time.Hour - time.Second)
	timeless.At = time.Time{}
	for until, e := range map[string]*bitcoin.Env{"2011-02-03": &ended, "2011-01-01": &weak, "never": &never} {
		table, err := trust.ParseAlgorithms([]byte(`{"source":"test","digests":{"sha256":"` + until + `"},"keys":{}}`))
		if err != nil {
			t.Fatal(err)
		}
		e.At, e.Algorithms = later, table
	}
	spoiltAt := func(height uint32, spoil func(b *block), checkpoints ...uint32) bitcoin.Env {
		return env(forge(40, func(h uint32, b *block) {
			if h == height {
				spoil(b)
			}
		}), 0, checkpoints...)
	}
	spoilt := func(spoil func(b *block)) bitcoin.Env { return spoiltAt(29, spoil, 30) }
	noWork := func(b *block) { b.fails = true }
	worthless, _ := block{root: bitcoin.Hash(good.root(38)), time: regtestBegin, bits: regtestBits, fails: true}.make()
	points := regtestList(t, good.checkpoint(30))
	worthlessEnv := bitcoin.Env{Env: trust.Env{At: regtestTime}, Chain: bitcoin.NewChain(points, scan(t, worthless, bitcoin.ScanOptions{First: at(38), Checkpoints: points}))}
	short := of(good, 20)
	short.Root = short.Root[:31]
	return []vector{
		{"", "", env(good, 0, 30), of(good, 20), "", ""},
		{"31 bytes", "format", env(good, 0, 30), short, verdict.FormatFailure, "btc.root-length"},
		{"no bytes", "format", env(good, 0, 30), bitcoin.Attestation{Height: 20}, verdict.FormatFailure, "btc.root-length"},
		{"no header", "header", env(good, 0, 30), bitcoin.Attestation{Root: make([]byte, 32), Height: 41}, verdict.NoPOE, "btc.header-missing"},
		{"work alone", "chain", env(good, 0, 30), of(good, 35), verdict.NoCertificateChainFound, "btc.work-only"},
		{"linked to none", "chain", bitcoin.Env{Env: trust.Env{At: regtestTime}, Chain: env(good, 31, 40).Chain}, of(good, 20), verdict.NoPOE, "btc.header-missing"},
		{"a header below the checkpoint without work", "work", spoilt(noWork), of(good, 20), verdict.NoCertificateChainFound, "btc.header-not-trusted"},
		{"a header without work that the time rests on", "work", spoiltAt(25, noWork, 21, 30), of(good, 20), verdict.NoCertificateChainFound, "btc.header-not-trusted"},
		{"a header without work, alone", "work", worthlessEnv, of(good, 38), verdict.NoCertificateChainFound, "btc.header-not-trusted"},
		{"a header below the checkpoint with other bits", "consensus-rules", spoilt(func(b *block) { b.bits-- }), of(good, 20), verdict.NoCertificateChainFound, "btc.header-not-trusted"},
		{"a header below the checkpoint that is too early", "consensus-rules", spoilt(func(b *block) { b.time = regtestBegin }), of(good, 20), verdict.NoCertificateChainFound, "btc.header-not-trusted"},
		{"another root", "merkle-root", env(good, 0, 30), bitcoin.Attestation{Root: good.root(21), Height: 20}, verdict.HashFailure, "btc.merkle-root"},
		{"validated before the block", "time", early, of(good, 20), verdict.TimestampOrderFailure, "btc.time-future"},
		{"no time", "time", timeless, of(good, 20), verdict.Custom, "policy.no-time"},
		{"SHA-256 has ended since", "digest-algorithm", ended, of(good, 20), verdict.CryptoConstraintsFailureNoPOE, "btc.weak-digest"},
		{"SHA-256 had ended before the block", "digest-algorithm", weak, of(good, 20), verdict.CryptoConstraintsFailure, "btc.weak-digest"},
		{"SHA-256 never counted", "digest-algorithm", never, of(good, 20), verdict.CryptoConstraintsFailure, "btc.weak-digest"},
		{"a block of its own target alone", "chain", bitcoin.Env{Env: trust.Env{At: regtestTime}, Chain: env(good, 40, 30).Chain}, of(good, 40), verdict.NoCertificateChainFound, "btc.header-only"},
		{"headers that no checkpoint knows", "chain", bitcoin.Env{Env: trust.Env{At: regtestTime}, Chain: env(good, 35, 30).Chain}, of(good, 38), verdict.NoCertificateChainFound, "btc.header-not-trusted"},
	}
}

func TestEachSituationHasItsReason(t *testing.T) {
	seen := make(map[string]bool)
	for _, v := range vectors(t) {
		r := v.a.Verify(context.Background(), v.env)
		if r.Sub != v.sub || r.Reason != v.reason || r.Passed() != (v.reason == "") {
			t.Errorf("%s: %s %v", v.name, r.Indication(), r.Err())
		}
		seen[r.Reason] = true
		if len(r.Proves) != 1 || r.Proves[0] != verdict.ProvesExistence || r.Covers != nil || r.Kind != bitcoin.Kind {
			t.Errorf("%s: proves %v, covers %v", v.name, r.Proves, r.Covers)
		}
		if v.name == "31 bytes" || v.name == "no bytes" {
			continue
		}
		if len(r.Warnings) == 0 || r.Warnings[0].Code != "btc.test-network" || r.Warnings[0].Text != bitcoin.TestNetworkSentence {
			t.Errorf("%s: regtest without its warning: %v", v.name, r.Warnings)
		}
	}
	for _, reason := range bitcoin.Reasons {
		if !seen[reason] {
			t.Errorf("no vector has the reason %s", reason)
		}
	}
}

// shadowed are the checks whose removal cannot show, because another check stands behind
// them on purpose.
var shadowed = map[string]string{
	"format": "a root of another length is the root of no header",
	"header": "what is not at hand has no root, no time and no link",
}

// Every other owed check has an attestation that it alone refuses: with the check switched
// off, it passes.
func TestEveryCheckDecides(t *testing.T) {
	for _, check := range bitcoin.Checks() {
		turned := 0
		for _, v := range vectors(t) {
			if v.check != check {
				continue
			}
			if r := bitcoin.VerifyIgnoring(context.Background(), v.a, v.env, check); r.Passed() {
				turned++
			}
		}
		if why, ok := shadowed[check]; ok != (turned == 0) {
			t.Errorf("%s: %d turn to PASSED (%s)", check, turned, why)
		}
	}
}

// Everything is answered: no check is left out on any way that gets as far as a header.
func TestNoCheckIsForgotten(t *testing.T) {
	for _, v := range vectors(t) {
		r := v.a.Verify(context.Background(), v.env)
		if r.Reason == "btc.root-length" || r.Reason == "btc.header-missing" {
			continue
		}
		for _, c := range r.Checks() {
			if c.State == verdict.NotExecuted {
				t.Errorf("%s: %s was not executed", v.name, c.Name)
			}
		}
	}
}

func TestTheContextEndsTheWork(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	v := vectors(t)[0]
	if r := v.a.Verify(ctx, v.env); r.Reason != "run.incomplete" || r.Passed() {
		t.Error(r.Err())
	}
}

// The two hours before the time of a block are allowed, to the second.
func TestTwoHoursBeforeTheBlock(t *testing.T) {
	v := vectors(t)[0]
	v.env.At = time.Unix(regtestBegin+600*20, 0).Add(-2 * time.Hour)
	if r := v.a.Verify(context.Background(), v.env); !r.Passed() {
		t.Error(r.Err())
	}
}

// The proven time rests on the block and six that are committed; what follows the
// checkpoint does not count, and its absence is said.
func TestTheProvenTimeIsTheLatestOfSeven(t *testing.T) {
	c := forge(40, func(h uint32, b *block) {
		if h == 22 {
			b.time += 7000 // a miner whose clock is fast
		}
	})
	points := regtestList(t, c.checkpoint(30))
	env := bitcoin.Env{Env: trust.Env{At: later}, Chain: bitcoin.NewChain(points, scan(t, c.raw, bitcoin.ScanOptions{Checkpoints: points}))}
	hour := func(seconds int64) int64 { return (seconds + 3599) / 3600 * 3600 }
	for height := uint32(10); height <= 30; height++ {
		r := judge(env, c.root(height), height)
		latest := int64(0)
		for h := height; h <= min(height+6, 30); h++ {
			latest = max(latest, stamp(c.header(h)))
		}
		fewer := height+6 > 30
		if r.ExistedNotLaterThan.Unix() != hour(latest) || fewer != (r.Time.Basis == "fewer-successors") || fewer != (r.Warnings[len(r.Warnings)-1].Code == "btc.fewer-successors") {
			t.Errorf("%d: %s, %+v %v", height, r.ExistedNotLaterThan, r.Time, r.Warnings)
		}
	}
}

// A time at the full hour stays.
func TestAFullHourStays(t *testing.T) {
	const full = regtestBegin/3600*3600 + 3600*10
	for _, shift := range []uint32{0, 1} {
		c := forge(3, func(h uint32, b *block) { b.time = full - 3600*(3-h) + shift })
		points := regtestList(t, c.checkpoint(3))
		env := bitcoin.Env{Env: trust.Env{At: later}, Chain: bitcoin.NewChain(points, scan(t, c.raw, bitcoin.ScanOptions{Checkpoints: points}))}
		if r := judge(env, c.root(1), 1); r.ExistedNotLaterThan.Unix() != full+int64(shift)*3600 {
			t.Errorf("shift %d: %s", shift, r.ExistedNotLaterThan)
		}
	}
}
