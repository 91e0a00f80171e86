package ots_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/exhibit-dev/exhibit/ots"
)

// anyTree draws a tree of few different parts, so that equal ones meet.
func anyTree(t *rapid.T, depth int) []byte {
	n := rapid.IntRange(1, 3).Draw(t, "elements")
	elements := make([][]byte, n)
	for i := range elements {
		kind := rapid.IntRange(0, 9).Draw(t, "kind")
		if depth == 0 {
			kind %= 4
		}
		switch small := byte(rapid.IntRange(0, 2).Draw(t, "small")); kind {
		case 0:
			elements[i] = block(uint64(small) * 150)
		case 1:
			elements[i] = pending("https://" + string('a'+rune(small)))
		case 2:
			elements[i] = unknown([]byte{small})
		case 3:
			elements[i] = attested("0588960d73d71901", []byte{0x80 | small, 0})
		case 4, 5:
			elements[i] = cat(appended([]byte{small}), anyTree(t, depth-1))
		case 6:
			elements[i] = cat([]byte{0xf1, 0x82, 0, small, small}, anyTree(t, depth-1))
		default:
			elements[i] = cat([]byte{[]byte{2, 3, 8, 0x67, 0xf2, 0xf3}[int(small)*2]}, anyTree(t, depth-1))
		}
	}
	return forked(elements...)
}

func drawn(t *rapid.T) *ots.Proof {
	p, err := ots.ParseTree(anyTree(t, 4), "sha256", digest)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func union(t *rapid.T, list ...*ots.Proof) *ots.Proof {
	p, err := ots.Merge(list...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Uniting is a union: in any order, with itself nothing, and never less than the parts.
func TestMergeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawn(t), drawn(t), drawn(t)
		ab := union(t, a, b)
		if want := sortedOnce(append(said(a), said(b)...)); !slices.Equal(said(ab), want) {
			t.Fatalf("%q, want %q", said(ab), want)
		}
		if !ab.Canonical() || !bytes.Equal(ab.Raw(), ab.Marshal()) {
			t.Fatal("the union is not canonical")
		}
		if !bytes.Equal(union(t, b, a).Raw(), ab.Raw()) {
			t.Fatal("the order of the proofs counts")
		}
		if !bytes.Equal(union(t, a, a).Raw(), a.Marshal()) || !bytes.Equal(union(t, ab, b).Raw(), ab.Raw()) {
			t.Fatal("what is there already changes the union")
		}
		if !bytes.Equal(union(t, ab, c).Raw(), union(t, a, union(t, b, c)).Raw()) || !bytes.Equal(union(t, a, b, c).Raw(), union(t, ab, c).Raw()) {
			t.Fatal("the grouping counts")
		}
	})
}

// A proof falls into two parts, whatever is kept, and the parts give it back.
func TestPruneProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t)
		wanted := rapid.StringMatching(`bitcoin|pending|unknown`).Draw(t, "type")
		keep := func(a ots.Attestation) bool { return a.Type == wanted }
		drop := func(a ots.Attestation) bool { return !keep(a) }
		kept, err1 := p.Prune(keep)
		rest, err2 := p.Prune(drop)
		switch {
		case err1 != nil && err2 != nil:
			t.Fatal(err1, err2)
		case err1 != nil:
			kept = rest
		case err2 != nil:
			rest = kept
		default:
			if slices.ContainsFunc(kept.Attestations(), drop) || slices.ContainsFunc(rest.Attestations(), keep) {
				t.Fatal("not what was wanted")
			}
		}
		if both := union(t, kept, rest); !bytes.Equal(both.Raw(), p.Marshal()) {
			t.Fatalf("%x, want %x", both.Raw(), p.Marshal())
		}
	})
}

// The published proofs of one file, by four chains and calendars, become one.
func TestMergeCorpus(t *testing.T) {
	entries, read := realFiles(t)
	byDigest := map[string][]*ots.Proof{}
	for _, e := range entries {
		if p, err := ots.Parse(read(e)); err == nil {
			key := p.Algorithm() + string(p.Digest())
			byDigest[key] = append(byDigest[key], p)
		}
	}
	united := 0
	for _, list := range byDigest {
		var want []string
		for _, p := range list {
			want = append(want, said(p)...)
		}
		all, err := ots.Merge(list...)
		if err != nil || all.Form() != ots.FormDetached || !slices.Equal(said(all), sortedOnce(want)) {
			t.Errorf("%v: %q", err, want)
			continue
		}
		slices.Reverse(list)
		again, err := ots.Merge(append(list, all)...)
		if err != nil || !bytes.Equal(again.Raw(), all.Raw()) {
			t.Error("another union in another order", err)
		}
		if len(list) > 1 {
			united += len(list)
			t.Logf("%d proofs of %x: %d attestations", len(list), list[0].Digest(), len(all.Attestations()))
		}
	}
	if united < 2 {
		t.Errorf("%d proofs share a digest", united)
	}
}

// The forms of a union, and what cannot be united.
func TestMergeForms(t *testing.T) {
	file, tree := parse(t, detached(block(1))), parseTree(t, pending("a"))
	both, err := ots.Merge(tree, file)
	if err != nil || both.Form() != ots.FormDetached || !bytes.Equal(both.Raw(), detached(forked(block(1), pending("a")))) {
		t.Errorf("%v %v", both, err)
	}
	trees, err := ots.Merge(tree, tree)
	if err != nil || trees.Form() != ots.FormTree || !bytes.Equal(trees.Raw(), pending("a")) {
		t.Errorf("%v %v", trees, err)
	}
	made, err := tree.Detached()
	if err != nil || made.Form() != ots.FormDetached || !bytes.Equal(made.Raw(), detached(pending("a"))) {
		t.Errorf("%v %v", made, err)
	}
	if p, err := ots.Merge(); p != nil || !errors.Is(err, ots.ErrNothing) {
		t.Errorf("%v %v", p, err)
	}
	other, err := ots.ParseTree(block(1), "sha256", make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	keccak, err := ots.ParseTree(block(1), "keccak256", digest)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []*ots.Proof{other, keccak} {
		if p, err := ots.Merge(tree, q); p != nil || !errors.Is(err, ots.ErrOtherDigest) {
			t.Errorf("%v %v", p, err)
		}
	}
}

// A union that no reader here would take is not made.
func TestMergeLimits(t *testing.T) {
	half := func(first byte, n int) *ots.Proof {
		var elements [][]byte
		for i := range n {
			elements = append(elements, cat(appended([]byte{first, byte(i >> 8), byte(i)}), pending("a")))
		}
		return parseTree(t, forked(elements...))
	}
	a, b, c := half(1, ots.MaxAttestations/2), half(2, ots.MaxAttestations/2), half(3, 1)
	if p, err := ots.Merge(a, b); class(t, p, err) != "ok" {
		t.Error(err)
	}
	if p, err := ots.Merge(a, b, c); class(t, p, err) != ots.ClassLimit {
		t.Error(err)
	}
	big := func(tag byte) *ots.Proof {
		var elements [][]byte
		for i := range 1100 {
			payload := make([]byte, 8000)
			payload[0], payload[1], payload[2] = tag, byte(i>>8), byte(i)
			elements = append(elements, unknown(payload))
		}
		return parseTree(t, forked(elements...))
	}
	if p, err := ots.Merge(big(1), big(2)); class(t, p, err) != ots.ClassLimit {
		t.Error(err)
	}
}
