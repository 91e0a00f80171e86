package main

import (
	"math"
	"slices"
	"strings"
)

// inclusion: the checkpoint is right, the entry is not in its tree.
func (s *suite) inclusion() {
	leaves, text, steps := usual()
	cp := note(text, logKey)
	bad := func(id, comment, reason string, index any, p [][]byte) *vector {
		return s.proof(id, comment, proofOf(index, p, cp)).refused("inclusion", reason)
	}
	bad("other-letter", "another letter", "merkle.root-mismatch", at, steps).data("other.txt", []byte("This letter is not an entry of the log.\n"))
	flipped := slices.Clone(steps)
	flipped[1] = sha(steps[1])
	bad("sibling-other", "another sibling", "merkle.root-mismatch", at, flipped)
	bad("siblings-swapped", "two siblings in each other's place", "merkle.root-mismatch", at, [][]byte{steps[1], steps[0], steps[2]})
	bad("too-long", "one hash more than index and size allow", "merkle.path-length", at, append(steps[:3:3], steps[2]))
	bad("too-short", "one hash less", "merkle.path-length", at, steps[:2])
	bad("path-empty", "no hash, which only a tree of one entry has", "merkle.path-length", at, nil)
	bad("index-sibling", "the index of the sibling: the sides are swapped", "merkle.root-mismatch", 5, steps)
	bad("index-last", "the index of the last entry, whose path is shorter", "merkle.path-length", 6, steps)
	bad("index-size", "an index as large as the size", "merkle.index-range", size, steps)
	bad("index-huge", "the largest index that is read", "merkle.index-range", uint64(math.MaxUint64), steps)
	bad("node-as-leaf", "the data is the preimage of an inner node, the path that of the node", "merkle.path-length", 2, steps[1:]).
		data("node.bin", append(append([]byte{}, leaves[4]...), leaves[5]...))

	forged := append(leafOf(letter), leafOf(entry(9))...)
	t := plantData(size, at, forged)
	s.proof("leaf-as-node", "an entry that looks like an inner node gets the letter as its child",
		proofOf(at, append([][]byte{leafOf(entry(9))}, path(at, t)...), note(body(logName, size, root(t)), logKey))).refused("inclusion", "merkle.path-length")
	s.proof("empty-tree", "an entry of the tree without one", proofOf(0, nil, note(body(logName, 0, sha()), logKey))).refused("inclusion", "merkle.index-range")
	s.proof("subject-missing", "no data at hand", proofOf(at, steps, cp)).noData().refused("subject", "tlog.subject-missing")
	v := s.proof("digest-only", "a digest of the data gives no leaf, which has a prefix", proofOf(at, steps, cp)).noData().refused("subject", "tlog.subject-missing")
	v.Digest = "sha256:" + hexOf(sha(letter))
}

// stated: the form says more than the checkpoint does.
func (s *suite) stated() {
	leaves, text, steps := usual()
	cp := note(text, logKey)
	s.entry("entry-size-equal-shape", "another size, in which the entry has the same path: sizes are not hashed", cp, at, steps).
		stating(6, root(leaves)).refused("checkpoint-match", "tlog.checkpoint-mismatch")
	s.entry("entry-root-other", "another root", cp, at, steps).stating(size, sha()).refused("checkpoint-match", "tlog.checkpoint-mismatch")
	s.entry("entry-root-short", "a root of 31 bytes", cp, at, steps).stating(size, root(leaves)[:31]).refused("checkpoint-match", "tlog.checkpoint-mismatch")
	s.entry("entry-hash-31", "a hash of 31 bytes in the path", cp, at, [][]byte{steps[0], steps[1][:31], steps[2]}).refused("inclusion", "merkle.hash-length")
	// A path that is cut ends in an inner node, here given as a root of its own.
	top := root(leaves[4:])
	s.entry("entry-truncated", "the path ends in an inner node that is given as the root, beside a checkpoint of the whole tree", cp, 0, steps[:2]).
		stating(3, top).refused("checkpoint-match", "tlog.checkpoint-mismatch").alsoOthers()
}

func hexOf(b []byte) string { return strings.Join(mapped([][]byte{b}, hexString), "") }

// consistency compares two checkpoints of the usual log.
func (s *suite) consistency() {
	leaves := plant(size, at)
	of := func(n int) string { return body(logName, uint64(n), root(leaves[:n])) }
	add := func(id, comment, older, newer string, p [][]byte) *vector {
		v := s.add("consistency-"+id, comment, formConsistency, newer).vkeys("usual", logKey).path(p)
		v.Tlog.Older = "consistency-" + id + ".older.checkpoint"
		s.file(v.Tlog.Older, []byte(older))
		return v
	}
	full, three := note(of(size), logKey), note(of(3), logKey)
	for _, m := range []int{1, 2, 3, 4, 6, 7} {
		add(string(rune('0'+m)), "the tree is the beginning of the tree of seven", note(of(m), logKey), full, between(leaves, m, true))
	}
	p := between(leaves, 3, true)
	add("two-keys", "the older checkpoint is signed by the log's older key", note(of(3), oldKey), full, p).vkeys("rotation", logKey, oldKey)

	bad := func(id, comment, older, newer string, p [][]byte, reason string) *vector {
		return add(id, comment, older, newer, p).refused("consistency", reason)
	}
	other := slices.Clone(p)
	other[0] = sha(p[0])
	bad("path-other", "another hash in the path, which proves nothing against the log", three, full, other, "merkle.inconsistent")
	bad("too-long", "one hash too many", three, full, append(slices.Clone(p), p[0]), "merkle.path-length")
	bad("too-short", "one hash too few", three, full, p[1:], "merkle.path-length")
	bad("hash-31", "a hash of 31 bytes", three, full, append([][]byte{p[0][:31]}, p[1:]...), "merkle.hash-length")
	bad("from-zero", "from the empty tree, of which every tree is a continuation", note(of(0), logKey), full, nil, "merkle.from-zero")
	bad("backwards", "the older tree is the larger one", full, three, p, "merkle.size-range")
	bad("65-hashes", "more hashes than are read", three, full, make65(p), "merkle.limit")
	swapped := [][]byte{leaves[0], leaves[2], leaves[1]}
	bad("rewritten", "the older tree has its entries in another order", note(body(logName, 3, root(swapped)), logKey), full, p, "merkle.inconsistent")
	split := slices.Clone(leaves)
	split[0] = leafOf(entry(9))
	bad("split", "two signed trees of one size: the log showed two", note(body(logName, size, root(split)), logKey), full, nil, "merkle.inconsistent")

	add("older-unknown", "the older checkpoint is signed by a log that is not trusted", note(of(3), otherLog), full, p).refused("older-checkpoint", "tlog.log-unknown")
	add("newer-unknown", "the newer one is", three, note(of(size), otherLog), p).refused("newer-checkpoint", "tlog.log-unknown")
	add("older-forged", "the older checkpoint is not what the log signed", of(3)+"\n"+logKey.line(of(4)), full, p).refused("older-checkpoint", "tlog.signature-invalid")
	add("split-unsigned", "another tree of the same size that the log did not sign shows no split", body(logName, size, root(split))+"\n"+logKey.line(of(size)), full, nil).
		refused("consistency", "merkle.inconsistent").alsoOthers()
	twin := body("other.example/log", 3, root(leaves[:3]))
	add("other-log", "the older checkpoint is that of another log, which is trusted too", note(twin, otherLog), full, p).vkeys("two-logs", otherLog, logKey).
		refused("same-log", "tlog.other-log")
}

func make65(p [][]byte) [][]byte {
	var long [][]byte
	for len(long) < 65 {
		long = append(long, p...)
	}
	return long[:65]
}
