package merkle_test

import (
	"encoding/json"
	"testing"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/verdict"
)

// A proof or an error; a verdict that has a reason unless it passes; and with the
// root of the one good tree vouched for, nothing passes but the entry that is in it.
func FuzzParse(f *testing.F) {
	for _, v := range vectors(f) {
		if v.Merkle.Form == "exhibit.merkle/v1" || v.Merkle.Form == "rfc6962" {
			f.Add(v.File(f, v.Evidence))
		}
	}
	g := grow("rfc6962-sha256", 7)
	anchor := merkle.Anchored{Root: g.root[:], Size: 7}
	f.Fuzz(func(t *testing.T, in []byte) {
		merkle.Sniff(in)
		for _, read := range []func([]byte) (*merkle.Proof, error){
			merkle.Parse,
			func(b []byte) (*merkle.Proof, error) { return merkle.ParseRFC6962(b, "rfc6962-sha256") },
		} {
			p, err := read(in)
			if err != nil {
				u := merkle.Unreadable(err)
				if p != nil || u.Passed() || u.Reason == "" || u.Sub == "" {
					t.Fatal("an error with a proof, or without a reason")
				}
				continue
			}
			for _, subject := range []verdict.Subject{verdict.Bytes(g.data[4]), verdict.Bytes("none of them"), nil} {
				r := p.Verify(subject, anchor)
				if r.Passed() == (r.Err() != nil) || !r.Passed() && (r.Reason == "" || r.Sub == "") {
					t.Fatalf("a verdict without a reason: %+v", r)
				}
				if facts, ok := r.Proven(); ok && (subject == nil || string(subject.(verdict.Bytes)) != "leaf 4" || facts.Index == nil || *facts.Index != 4) {
					t.Fatalf("passed for %q: %+v", subject, facts)
				}
				if _, err := json.Marshal(r); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

// A block or an error; of two subjects at most the one in the tree passes.
func FuzzParseBlock(f *testing.F) {
	for _, v := range vectors(f) {
		if v.Merkle.Form == "merkleblock" {
			f.Add(v.File(f, v.Evidence))
		}
	}
	g := grow("bitcoin-txid", 7)
	anchor := merkle.Anchored{Root: g.root[:], Size: 7}
	f.Fuzz(func(t *testing.T, in []byte) {
		b, err := merkle.ParseBlock(in)
		if (b == nil) == (err == nil) {
			t.Fatal("not one of value and error")
		}
		if err != nil {
			return
		}
		if r := b.Verify(verdict.Bytes("none of them"), anchor); r.Passed() {
			t.Fatal("passed for another transaction")
		}
		b.Verify(verdict.Bytes(g.data[4]), anchor)
	})
}

// A consistency proof from one older tree: no other is the beginning of the newer.
func FuzzParseConsistency(f *testing.F) {
	for _, v := range vectors(f) {
		if v.Merkle.Form == "consistency" {
			f.Add(v.File(f, v.Evidence))
		}
	}
	all := newLog(7)
	newer, other := all.root(), sum256([]byte("another tree"))
	f.Fuzz(func(t *testing.T, in []byte) {
		c, err := merkle.ParseConsistency(in)
		if (c == nil) == (err == nil) {
			t.Fatal("not one of value and error")
		}
		if err != nil {
			return
		}
		if r := c.Verify(merkle.Anchored{Root: other[:]}, merkle.Anchored{Root: newer[:]}); r.Passed() && c.Claims().OlderSize != c.Claims().Size {
			t.Fatalf("passed: %+v", c.Claims())
		}
	})
}

// What VerifyInclusion accepts under any numbers leads to the root by the textbook's
// recursion: no path is accepted for a leaf that is not there.
func FuzzVerifyInclusion(f *testing.F) {
	g := grow("rfc6962-sha256", 13)
	var seed []byte
	for _, s := range g.paths[5] {
		seed = append(seed, s.hash[:]...)
	}
	f.Add(uint64(5), uint64(13), []byte("leaf 5"), seed)
	f.Add(uint64(0), uint64(1<<63), []byte(""), []byte{})
	f.Fuzz(func(t *testing.T, index, size uint64, data, path []byte) {
		hashes := make([]merkle.Hash, len(path)/merkle.HashSize)
		for i := range hashes {
			hashes[i] = merkle.Hash(path[i*merkle.HashSize:][:merkle.HashSize])
		}
		leaf := merkle.LeafHash(data)
		root, err := merkle.RootFromInclusion(index, size, leaf, hashes)
		if err != nil {
			if root != (merkle.Hash{}) {
				t.Fatal("a root beside an error")
			}
			return
		}
		if index >= size || len(hashes) != merkle.PathLen(index, size) {
			t.Fatal("index or length out of range")
		}
		if got := recompute(index, size, leaf, hashes); got != root {
			t.Fatalf("%x, by recursion %x", root, got)
		}
		if merkle.VerifyInclusion(index, size, leaf, root, hashes) != nil {
			t.Fatal("the root that a path leads to is not accepted")
		}
	})
}

// recompute is PATH of RFC 9162 2.1.3.1 read backwards: the last hash is the sibling
// below the root.
func recompute(index, size uint64, leaf merkle.Hash, path []merkle.Hash) merkle.Hash {
	if size == 1 {
		return leaf
	}
	k := uint64(1)
	for k < size-k {
		k *= 2
	}
	rest, top := path[:len(path)-1], path[len(path)-1]
	if index < k {
		left := recompute(index, k, leaf, rest)
		return sum256([]byte{1}, left[:], top[:])
	}
	right := recompute(index-k, size-k, leaf, rest)
	return sum256([]byte{1}, top[:], right[:])
}
