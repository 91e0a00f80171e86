package ots_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/ots"
)

// many repeats an element n times at one message.
func many(n int, element []byte) []byte {
	out := make([]byte, 0, n*(len(element)+1))
	for range n - 1 {
		out = append(append(out, 0xff), element...)
	}
	return append(out, element...)
}

// Each limit holds exactly: of the format, and of this program.
func TestLimits(t *testing.T) {
	end := pending("a")
	for name, c := range map[string]struct {
		at    int
		class ots.Class
		make  func(n int) (tree, msg []byte)
	}{
		"depth": {ots.MaxDepth - 1, ots.ClassDepth, func(n int) (tree, msg []byte) {
			return cat(bytes.Repeat(sha256Op, n), end), digest
		}},
		"appended": {ots.MaxMessage, ots.ClassMalformed, func(n int) (tree, msg []byte) {
			return cat(appended([]byte{1}), end), make([]byte, n-1)
		}},
		"prepended": {ots.MaxMessage, ots.ClassMalformed, func(n int) (tree, msg []byte) {
			return cat(prepended(make([]byte, n-1)), end), []byte{1}
		}},
		"argument": {ots.MaxArg, ots.ClassMalformed, func(n int) (tree, msg []byte) {
			return cat(appended(make([]byte, n)), end), nil
		}},
		"hexlify": {ots.MaxHexlify, ots.ClassMalformed, func(n int) (tree, msg []byte) {
			return cat([]byte{0xf3}, end), make([]byte, n)
		}},
		"payload": {ots.MaxPayload, ots.ClassMalformed, func(n int) (tree, msg []byte) { return unknown(make([]byte, n)), digest }},
		"address": {ots.MaxURI, ots.ClassMalformed, func(n int) (tree, msg []byte) { return pending(strings.Repeat("a", n)), digest }},
		"operations": {ots.MaxOperations, ots.ClassLimit, func(n int) (tree, msg []byte) { // shared among as many attestations as there may be
			var elements [][]byte
			for i := range ots.MaxAttestations {
				elements = append(elements, cat(bytes.Repeat(sha256Op, (n+i)/ots.MaxAttestations), end))
			}
			return forked(elements...), digest
		}},
		"attestation": {ots.MaxAttestations, ots.ClassLimit, func(n int) (tree, msg []byte) { return many(n, end), digest }},
		"held": {ots.MaxHeld / ots.MaxMessage, ots.ClassLimit, func(n int) (tree, msg []byte) {
			return many(n, end), make([]byte, ots.MaxMessage)
		}},
	} {
		tree, msg := c.make(c.at)
		p, err := ots.ParseMessage(tree, msg)
		if got := class(t, p, err); got != "ok" {
			t.Errorf("%s at the limit: %v", name, err)
		}
		tree, msg = c.make(c.at + 1)
		p, err = ots.ParseMessage(tree, msg)
		if got := class(t, p, err); got != c.class {
			t.Errorf("%s above the limit: %s, %v", name, got, err)
		}
	}
}

// A message that is attested in several places counts for each, to the byte.
func TestHeldLimit(t *testing.T) {
	big := many(ots.MaxHeld/ots.MaxMessage-1, pending("a"))
	for extra, want := range []ots.Class{"ok", ots.ClassLimit} {
		rest := make([]byte, ots.MaxMessage+extra-32) // nothing is attested at the start
		half := len(rest) / 2
		tree := forked(
			cat(appended(make([]byte, ots.MaxMessage-32)), big),
			cat(appended(rest[:half]), pending("a")),
			cat(appended(rest[half:len(rest)-32]), pending("a")),
		)
		p, err := ots.ParseTree(tree, "sha256", digest)
		if got := class(t, p, err); got != want {
			t.Errorf("%d bytes above the limit: %s, %v", extra, got, err)
		}
	}
}

// The limit of the file holds for every form, before anything is read or copied.
func TestFileLimit(t *testing.T) {
	element := unknown(make([]byte, 8000))
	room := ots.MaxFile - len(detached(nil))
	n := room/(len(element)+1) - 1
	tree := cat(many(n, element), nil)
	last := room - len(tree) - 1 - (1 + 8 + 2) // of the payload that fills the file
	tree = cat([]byte{0xff}, unknown(make([]byte, last)), tree)
	if file := detached(tree); len(file) != ots.MaxFile {
		t.Fatalf("%d bytes, want %d", len(file), ots.MaxFile)
	}
	parse(t, detached(tree))
	p, err := ots.Parse(append(detached(tree), 0))
	if got := class(t, p, err); got != ots.ClassLimit {
		t.Error("a file above the limit:", err)
	}
	long := make([]byte, ots.MaxFile+1)
	p, err = ots.ParseTree(long, "sha256", digest)
	if got := class(t, p, err); got != ots.ClassLimit {
		t.Error("a tree above the limit:", err)
	}
	p, err = ots.ParseCommit(long)
	if got := class(t, p, err); got != ots.ClassLimit {
		t.Error("a commit above the limit:", err)
	}
	p, err = ots.ParseCommit(long[1:])
	if got := class(t, p, err); got != ots.ClassBadMagic {
		t.Error("a commit at the limit:", err)
	}
	p, err = ots.ParseTree(long[1:], "sha256", digest)
	if got := class(t, p, err); got != ots.ClassTrailing {
		t.Error("a tree at the limit:", err)
	}
}

// Of each code the first 32 findings are kept, and none hides those of another.
func TestFindingsLimit(t *testing.T) {
	for extra := range 2 {
		long := cat([]byte{0xf0, 0x81, 0x00, 'a'}, pending("a")) // the length in two bytes
		var tree []byte
		for i := range ots.MaxFindings + extra {
			tree = cat(tree, []byte{0xff}, appended([]byte{byte(i)}), long)
		}
		tree = cat(tree, many(2, cat(sha256Op, pending("a"))))
		n := map[string]int{}
		for _, f := range parseTree(t, tree).Findings() {
			n[f.Code]++
		}
		if n["ots.not-canonical"] != ots.MaxFindings || n["ots.duplicate-operation"] != 1 || n["ots.duplicate-attestation"] != 1 {
			t.Errorf("%v", n)
		}
	}
}

// A digest that no proof can begin with is a mistake of the caller.
func TestTreeOfNoDigest(t *testing.T) {
	for algorithm, size := range map[string]int{"sha256": 31, "sha512": 64, "": 0, "sha1": 32, "append": 1, "md5": 16} {
		if p, err := ots.ParseTree(pending("a"), algorithm, make([]byte, size)); p != nil || err == nil {
			t.Errorf("%d bytes of %q are read", size, algorithm)
		} else if _, ok := err.(*ots.Error); ok {
			t.Errorf("%d bytes of %q are the tree's fault: %v", size, algorithm, err)
		}
	}
	for algorithm, size := range map[string]int{"sha256": 32, "sha1": 20, "ripemd160": 20, "keccak256": 32} {
		p, err := ots.ParseTree(pending("a"), algorithm, make([]byte, size))
		if err != nil || p.Algorithm() != algorithm || p.Form() != ots.FormTree {
			t.Errorf("%s: %v", algorithm, err)
		}
	}
}
