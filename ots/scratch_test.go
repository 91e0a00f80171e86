package ots_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/exhibit-dev/exhibit/ots"
)

// What a proof holds is its own: files that are read later, in several goroutines and
// with errors among them, change nothing of it.
func TestScratchIsNotShared(t *testing.T) {
	tree := func(i int) []byte {
		return forked(
			cat(appended([]byte{byte(i)}), sha256Op, forked(block(uint64(i)), cat(prepended([]byte{byte(i)}), []byte{3}, block(uint64(i+1))))),
			cat(appended([]byte{byte(i), 1}), []byte{0x67}, pending(fmt.Sprint(i))),
		)
	}
	large := many(4000, cat(sha256Op, pending("a"))) // more than is lent again
	var proofs []*ots.Proof
	var before []string
	for _, b := range [][]byte{tree(1), large, tree(2), tree(3), large, tree(4)} {
		p := parseTree(t, b)
		proofs, before = append(proofs, p), append(before, state(p))
	}
	var alone []string // what a file tells that is read by itself
	for i := range 120 {
		alone = append(alone, state(parseTree(t, tree(i))))
	}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 40 {
				file := tree(10*i + j)
				if p, err := ots.ParseTree(file, "sha256", digest); err != nil || state(p) != alone[10*i+j] {
					t.Error("read as another file", err)
				}
				if _, err := ots.ParseTree(file[:len(file)-1], "sha256", digest); err == nil {
					t.Error("read without its end")
				}
			}
			if _, err := ots.ParseTree(large, "sha256", digest); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i, p := range proofs {
		if state(p) != before[i] {
			t.Errorf("proof %d changed", i)
		}
	}
}

// state is all that a proof tells.
func state(p *ots.Proof) string {
	return fmt.Sprintf("%x %+v %x %v", p.Raw(), p.Attestations(), p.Marshal(), p.Findings()) + p.Text(true)
}
