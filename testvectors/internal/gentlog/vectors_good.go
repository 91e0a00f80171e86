package main

import (
	"crypto/elliptic"
	"fmt"
	"math"
	"strings"
)

func (s *suite) goodProofs() {
	for _, c := range []struct{ n, at int }{{1, 0}, {2, 0}, {2, 1}, {7, 0}, {7, 4}, {7, 6}, {8, 5}, {9, 8}, {600, 511}} {
		leaves := plant(c.n, c.at)
		s.proof(fmt.Sprintf("proof-%d-of-%d", c.at, c.n), fmt.Sprintf("entry %d of %d", c.at, c.n),
			proofOf(c.at, path(c.at, leaves), note(body(logName, uint64(c.n), root(leaves)), logKey)))
	}
	_, text, steps := usual()
	plain := proofOf(at, steps, note(text, logKey))
	extra := b64([]byte("what an application adds"))
	s.proof("proof-extra", "extra data, which nothing authenticates", strings.Replace(plain, "index", "extra "+extra+"\nindex", 1)).free(extra)
	k := ecKey(logName, elliptic.P256(), "p256")
	s.proof("proof-ecdsa", "a log that signs by ECDSA, its key in the form of signed notes", proofOf(at, steps, note(text, k))).vkeys("ecdsa", k)
	s.proof("proof-witnessed", "a proof with two witnesses, both asked for", proofOf(at, steps, note(text, logKey, w1, w2))).
		listed("quorum-2", 2, asLog(logKey), asWitness(w1), asWitness(w2))
}

func (s *suite) goodCheckpoints() {
	_, text, _ := usual()
	s.checkpoint("checkpoint", "a checkpoint alone", note(text, logKey))
	for _, c := range []struct {
		id    string
		curve elliptic.Curve
	}{{"p256", elliptic.P256()}, {"p384", elliptic.P384()}, {"p521", elliptic.P521()}} {
		k := ecKey(logName, c.curve, c.id)
		s.checkpoint("checkpoint-"+c.id, "a log that signs by ECDSA, its key in PEM and named by logs.json", note(text, k)).
			listed(c.id, 0, inPEM(k, "log"))
	}
	s.checkpoint("checkpoint-pem", "an Ed25519 key in PEM, named by logs.json", note(text, logKey)).listed("pem", 0, inPEM(logKey, "log"))
	k := logKey.as(cosignature)
	s.checkpoint("checkpoint-log-cosigns", "a log that signs with a time, as witnesses do", note(text, k)).listed("log-cosigns", 0, asLog(k))
	rekor := body(logName+" - 2605736670972794746", size, root(plant(size, at)))
	s.checkpoint("checkpoint-rekor-origin", "the first line of a Rekor log: its name and the number of a tree", note(rekor, logKey))
	spaced := body("go.sum database tree", size, root(plant(size, at)))
	s.checkpoint("checkpoint-listed-origin", "a first line that logs.json lists for the key", note(spaced, logKey)).
		listed("listed-origin", 0, asLog(logKey, "a line before", "go.sum database tree"))
	s.checkpoint("checkpoint-extensions", "further lines, which are signed", note(body(logName, size, root(plant(size, at)), "one more line", "— looks like a signature"), logKey))
	s.checkpoint("checkpoint-empty-tree", "the tree without an entry", note(body(logName, 0, sha()), logKey))
	s.checkpoint("checkpoint-largest", "the largest size that is read", note(body(logName, math.MaxUint64, sha()), logKey))
	s.checkpoint("checkpoint-old-key", "two keys of one log are trusted, the older signed", note(text, oldKey)).vkeys("rotation", logKey, oldKey)
	s.checkpoint("checkpoint-other-log-too", "the key of another log is trusted too", note(text, logKey)).vkeys("two-logs", otherLog, logKey)
	s.checkpoint("checkpoint-signed-twice", "the same line twice", note(text, logKey, logKey)).free(lineHead(logKey)).freeLast(lineHead(logKey))
	later := ctKey.line(text)
	s.checkpoint("checkpoint-tree-head-beside", "beside a signature that decides stands one of a type that is not judged, by a trusted key", note(text, logKey)+later).
		vkeys("tree-head-beside", logKey, ctKey).free(later)
}

// lineHead is the part of a signature line that finds the key: flip a bit of it, and
// the line is a stranger's.
func lineHead(k *key) string {
	head, _, _ := strings.Cut(k.line(""), " "+b64(k.id())[:5])
	return strings.TrimPrefix(head, "— ") + " " + b64(k.id())[:5]
}

// freeLast is free for the last place, and takes in the letter that key id and value
// share.
func (v *vector) freeLast(text string) *vector {
	at := strings.LastIndex(v.text, text)
	v.Uncommitted[len(v.Uncommitted)-1][1]++
	v.Uncommitted = append(v.Uncommitted, [2]int{at, at + len(text) + 1})
	return v
}

func (s *suite) goodWitnesses() {
	_, text, _ := usual()
	s.checkpoint("quorum-1", "one witness, and one is asked for", note(text, logKey, w1)).listed("quorum-1", 1, asLog(logKey), asWitness(w1))
	v := s.checkpoint("quorum-2-of-3", "three witnesses, and any two are asked for", note(text, logKey, w1, w2, w3)).
		listed("quorum-2-of-3", 2, asLog(logKey), asWitness(w1), asWitness(w2), asWitness(w3))
	for _, w := range []*key{w1, w2, w3} {
		v.free(lineHead(w))
		v.Uncommitted[len(v.Uncommitted)-1][1]++
	}
	s.checkpoint("witness-before-log", "the order of signature lines means nothing", text+"\n"+w1.line(text)+logKey.line(text)).
		listed("quorum-1", 1, asLog(logKey), asWitness(w1))
	s.checkpoint("witness-pem", "a witness's key in PEM", note(text, logKey, w1)).
		listed("witness-pem", 1, asLog(logKey), inPEM(w1, "witness"))
	s.checkpoint("witness-time-zero", "a cosignature of the second 0", text+"\n"+logKey.line(text)+w1.lineOf(w1.value(text, 0))).
		listed("quorum-1", 1, asLog(logKey), asWitness(w1))

	stranger := edKey("stranger.example", ed25519Note, "stranger").line(text)
	sameName := line(logName, []byte{1, 2, 3, 4}, logKey.value(text, 0))
	sameID := line("log.example/2026", logKey.id(), []byte("this is no signature"))
	long := line("pq.example", []byte{6, 6, 6, 6}, make([]byte, 2428))
	s.checkpoint("strangers", "signatures by unknown keys: one that shares the name with a known key, one that shares the id, a long one", text+"\n"+stranger+sameName+logKey.line(text)+sameID+long).
		free(stranger).free(sameName).free(sameID).free(long)
}

func (s *suite) goodEntries() {
	leaves, text, steps := usual()
	s.entry("entry", "size and root stand beside the checkpoint too, as in the entries of Sigstore", note(text, logKey), at, steps).
		stating(size, root(leaves))
	s.entry("entry-nothing-stated", "only index, path and checkpoint", note(text, logKey), at, steps)
}

// entry is a checkpoint with index and path apart.
func (s *suite) entry(id, comment, checkpoint string, index uint64, p [][]byte) *vector {
	v := s.add(id, comment, formEntry, checkpoint).vkeys("usual", logKey).path(p)
	v.Subject, v.Tlog.Index = letterFile, &index
	return v
}

func (v *vector) stating(n uint64, root []byte) *vector {
	v.Tlog.Size, v.Tlog.Root = &n, fmt.Sprintf("%x", root)
	return v
}
