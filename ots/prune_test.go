package ots_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/ots"
)

func isType(types ...string) func(ots.Attestation) bool {
	return func(a ots.Attestation) bool { return slices.Contains(types, a.Type) }
}

// What leads to no kept attestation goes, and nothing else.
func TestPrune(t *testing.T) {
	p := parse(t, detached(forked(
		pending("a"),
		cat(sha256Op, sha256Op, pending("b")),
		cat(appended([]byte{1}), sha256Op, forked(pending("c"), cat(sha256Op, block(7)))),
	)))
	kept, err := p.Prune(isType("bitcoin"))
	if want := detached(cat(appended([]byte{1}), sha256Op, sha256Op, block(7))); err != nil || !bytes.Equal(kept.Raw(), want) {
		t.Errorf("%v %x, want %x", err, kept.Raw(), want)
	}
	promises, err := p.Prune(isType("pending"))
	if want := []string{"a", "b", "c"}; err != nil || !slices.Equal(addresses(promises), want) || promises.Form() != ots.FormDetached {
		t.Errorf("%v %q", err, addresses(promises))
	}
	all, err := p.Prune(func(ots.Attestation) bool { return true })
	if err != nil || !bytes.Equal(all.Raw(), p.Marshal()) {
		t.Error("something went although all was kept", err)
	}
	if none, err := p.Prune(isType("litecoin")); none != nil || !errors.Is(err, ots.ErrNothing) {
		t.Errorf("%v %v", none, err)
	}
	tree, err := parseTree(t, pending("a")).Prune(isType("pending"))
	if err != nil || tree.Form() != ots.FormTree {
		t.Errorf("%v %v", tree, err)
	}
}

func addresses(p *ots.Proof) (list []string) {
	for _, a := range p.Attestations() {
		list = append(list, a.URI)
	}
	slices.Sort(list)
	return list
}

// Every real file keeps its Bitcoin attestations, message for message.
func TestPruneCorpus(t *testing.T) {
	entries, read := realFiles(t)
	pruned := 0
	for _, e := range entries {
		p, err := ots.Parse(read(e))
		if err != nil {
			continue
		}
		want := slices.DeleteFunc(said(p), func(s string) bool { return !bytes.HasPrefix([]byte(s), []byte("bitcoin ")) })
		kept, err := p.Prune(isType("bitcoin"))
		if len(want) == 0 {
			if !errors.Is(err, ots.ErrNothing) {
				t.Errorf("%s: %v", e.File, err)
			}
			continue
		}
		if err != nil || !slices.Equal(said(kept), want) || len(kept.Raw()) > len(p.Raw()) {
			t.Errorf("%s: %v: %q, want %q", e.File, err, said(kept), want)
		}
		pruned++
	}
	if pruned < 17 {
		t.Errorf("%d files hold a Bitcoin attestation", pruned)
	}
}
