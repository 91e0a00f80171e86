package ots

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	nbd "github.com/nbd-wtf/opentimestamps"
	//lint:ignore SA1019 proofs use it
	"golang.org/x/crypto/ripemd160"
)

// outcome is what one of the two makes of an input.
type outcome string

const (
	reads   outcome = "reads"
	refuses outcome = "refuses"
	panics  outcome = "panics"
	differs outcome = "reads something else" // of theirs: another digest, attestation or message
)

func (a *answer) outcome() outcome {
	switch {
	case a.panicked:
		return panics
	case a.err != "":
		return refuses
	}
	return reads
}

// compare returns what both make of an input.
func compare(in []byte) (us, them outcome) {
	a, b := ours(in), theirs(in)
	us, them = a.outcome(), b.outcome()
	if us == reads && them == reads && (a.digest != b.digest || !slices.Equal(a.attestations, b.attestations)) {
		them = differs
	}
	return us, them
}

// The reasons of the differences.
const (
	onlySHA256   = "it knows files by SHA-256 alone"
	twoTypes     = "it refuses a file for an attestation that is neither Bitcoin's nor a calendar's"
	badRIPEMD160 = "its RIPEMD-160 appends the digest of nothing to the message, and over what follows in the input"
	fourDigests  = "it does not carry out SHA-1, Keccak-256, reverse and hexlify, and panics where they stand"
	noLimits     = "it has no limits: 4096 bytes for messages and arguments, 1000 for addresses, 255 nested operations"
	noLeast      = "it takes an argument of no bytes"
	anyURI       = "it takes any byte in an address"
	someURI      = "it refuses an empty address"
	endsAnywhere = "it reads a file that ends where an element must stand, as if nothing were missing"
	endsWithin   = "it reads behind the end of a file, and panics unless the slice has the room"
	payloadEnd   = "it does not look at what is left of a payload"
	longNumbers  = "it drops the bits of a number above the 64th"
	twoForks     = "it reads a fork behind a fork"
)

// differences are all inputs of which the two differ, with the answers of both. Those of
// this project are the ones of the reference implementation, which its own tests compare.
var differences = []struct {
	why      string
	us, them outcome
	inputs   []string
}{
	{onlySHA256, reads, refuses, []string{
		"opentimestamps__opentimestamps-client__examples__bitcoin.pdf.ots",
		"opentimestamps__opentimestamps-client__examples__sha1__a-or-b.ots",
		"opentimestamps__javascript-opentimestamps__examples__ripemd160__README.md.ots",
		"df-sha1", "df-ripemd160", "df-keccak-as-hash-op",
	}},
	{twoTypes, reads, refuses, []string{
		"opentimestamps__opentimestamps-client__examples__known-and-unknown-notary.txt.ots",
		"opentimestamps__opentimestamps-client__examples__unknown-notary.txt.ots",
		"opentimestamps__opentimestamps-client__examples__different-blockchains.txt.ots",
		"opentimestamps__javascript-opentimestamps__heads-standard-auto-fix__examples__hello-world.txt.ltc.ots",
		"att-unknown", "att-unknown-8192", "att-litecoin", "att-ethereum",
	}},
	{badRIPEMD160, reads, differs, []string{
		"opentimestamps__opentimestamps-client__examples__hello-world.txt.ots",
		"opentimestamps__opentimestamps-client__examples__bad-stamp.txt.ots",
		"opentimestamps__opentimestamps-client__examples__empty.ots",
		"op-ripemd160",
	}},
	{fourDigests, reads, panics, []string{
		"ts-hexlify-2048", "ts-hexlify-2049", "ts-hexlify-empty", "ts-reverse", "ts-reverse-empty", "ts-keccak", "op-sha1",
	}},
	{fourDigests + "; " + noLimits, refuses, panics, []string{
		"opentimestamps__opentimestamps-client__examples__invalid__exceeds-max-msg-length.ots",
	}},
	{noLimits, refuses, reads, []string{"ts-arg-4096", "ts-arg-4097", "ts-depth-256", "att-pending-1001", "att-pending-8193"}},
	{noLeast, refuses, reads, []string{"ts-empty-arg"}},
	{anyURI, refuses, reads, []string{"att-pending-badchar"}},
	{someURI, reads, refuses, []string{"att-pending-empty-uri"}},
	{endsAnywhere, refuses, reads, []string{"ts-empty", "ts-fork-then-end", "df-only-op", "df-truncated-after-digest"}},
	{endsWithin, refuses, panics, []string{"att-truncated-tag", "att-truncated-payload", "df-truncated-digest", "df-truncated-in-op"}},
	{payloadEnd, refuses, reads, []string{"att-bitcoin-trailing", "att-pending-trailing"}},
	{longNumbers, reads, differs, []string{"att-bitcoin-80bit"}},
	{twoForks, refuses, reads, []string{"ts-double-fork"}},
}

// Every file and edge case of the corpus: the same digest, attestations and messages, or
// refused by both, or a difference that is listed.
func TestCorpus(t *testing.T) {
	type pair struct{ us, them outcome }
	listed := map[string]pair{}
	for _, d := range differences {
		for _, name := range d.inputs {
			listed[name] = pair{d.us, d.them}
		}
	}
	count := func(list []input) map[string]int {
		counts := map[string]int{}
		for _, in := range list {
			us, them := compare(in.raw)
			if want, ok := listed[in.name]; ok && want != (pair{us, them}) {
				t.Errorf("%s: it %s, this project %s; listed as %v", in.name, them, us, want)
			} else if !ok && us != them {
				t.Errorf("%s: it %s, this project %s", in.name, them, us)
			}
			delete(listed, in.name)
			counts[fmt.Sprintf("it %s, this project %s", them, us)]++
		}
		return counts
	}
	files, cases := count(realFiles(t)), count(edgeCases(t))
	t.Logf("files: %v", files)
	t.Logf("edge cases: %v", cases)
	if files["it reads, this project reads"] < 36 || cases["it reads, this project reads"] < 15 {
		t.Errorf("%v %v", files, cases)
	}
	if len(listed) > 0 {
		t.Errorf("not in the corpus: %v", slices.Sorted(maps.Keys(listed)))
	}
}

// Its RIPEMD-160 is all that keeps it from the right messages: with the real one in its
// place the three files lead to what this project computes.
func TestRIPEMD160(t *testing.T) {
	repaired := 0
	for _, in := range append(realFiles(t), edgeCases(t)...) {
		if _, them := compare(in.raw); them != differs {
			continue
		}
		f, err := nbd.ReadFromFile(bytes.Clone(in.raw))
		if err != nil {
			t.Fatal(err)
		}
		used := false
		var messages []string
		for _, seq := range f.Sequences {
			message := f.Digest
			for _, step := range seq {
				switch {
				case step.Operation == nil:
				case step.Operation.Name == "ripemd160":
					h := ripemd160.New()
					h.Write(message)
					message, used = h.Sum(nil), true
				default:
					message = step.Operation.Apply(message, step.Argument)
				}
			}
			messages = append(messages, string(message))
		}
		if !used {
			continue
		}
		repaired++
		var want []string
		for _, a := range ours(in.raw).attestations {
			want = append(want, a.message)
		}
		if !slices.Equal(messages, want) {
			t.Errorf("%s: %x, want %x", in.name, messages, want)
		}
	}
	if repaired != 4 {
		t.Errorf("%d files repaired", repaired)
	}
}

// Real files with one bit of every byte flipped: where both read one, they read the
// same. What it refuses or computes differently has one of the reasons above.
func TestFlipped(t *testing.T) {
	counts := map[string]int{}
	for _, in := range realFiles(t) {
		if us, them := compare(in.raw); us != reads || them != reads || len(in.raw) > 2000 {
			continue
		}
		for i := range in.raw {
			b := bytes.Clone(in.raw)
			b[i] ^= 1 << (i % 8)
			us, them := compare(b)
			counts[fmt.Sprintf("it %s, this project %s", them, us)]++
			if us == refuses || us == them {
				continue
			}
			if err := theirs(b).err; them == differs ||
				them == panics && !strings.HasSuffix(err, "not implemented") ||
				them == refuses && !strings.Contains(err, "unsupported attestation") && !strings.Contains(err, "only sha256") {
				t.Errorf("%s, byte %d: it %s (%s), this project %s", in.name, i, them, err, us)
			}
		}
	}
	t.Log(counts)
	if counts["it reads, this project reads"] < 10_000 {
		t.Errorf("%v", counts)
	}
}

// Real files that end early: this project refuses every one.
func TestTruncated(t *testing.T) {
	counts := map[outcome]int{}
	for _, in := range realFiles(t) {
		if a := ours(in.raw); a.outcome() != reads || len(in.raw) > 2000 {
			continue
		}
		for n := range in.raw {
			us, them := compare(in.raw[:n])
			if us != refuses {
				t.Errorf("%s: %s with %d bytes of %d", in.name, us, n, len(in.raw))
			}
			counts[them]++
		}
	}
	t.Logf("it %v", counts)
}
