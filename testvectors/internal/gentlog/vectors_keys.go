package main

import (
	"crypto/elliptic"
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"strings"
)

func hexString(b []byte) string { return hex.EncodeToString(b) }

// signatures by a known key of a log that do not hold.
func (s *suite) signatures() {
	leaves, text, steps := usual()
	bad := func(id, comment, cp string) *vector {
		return s.checkpoint("signature-"+id, comment, cp).refused("signature", "tlog.signature-invalid")
	}
	value := logKey.value(text, 0)
	flipped := append([]byte{}, value...)
	flipped[10] ^= 1
	bad("flipped", "a bit of the signature is another", text+"\n"+logKey.lineOf(flipped))
	bad("short", "a byte of the signature is missing", text+"\n"+logKey.lineOf(value[:63]))
	bad("long", "a byte behind the signature", text+"\n"+logKey.lineOf(append(value[:64:64], 0)))
	bad("of-another-text", "the signature of another checkpoint", text+"\n"+logKey.line(body(logName, 6, root(leaves[:6]))))
	bad("size-changed", "a size in which the entry has the same path and root", body(logName, 6, root(leaves))+"\n"+logKey.line(text))
	bad("extension-added", "a line that was added later", body(logName, size, root(leaves), "added")+"\n"+logKey.line(text))
	bad("extension-removed", "a line that was taken away", text+"\n"+logKey.line(body(logName, size, root(leaves), "signed")))
	bad("origin-changed", "another first line", body("log.example/2026", size, root(leaves))+"\n"+logKey.line(text)).alsoOthers()
	bad("beside-a-good-one", "the same key signs twice, once wrongly", note(text, logKey)+logKey.lineOf(flipped))
	bad("other-key-of-the-log", "another trusted key of the log signs wrongly beside it", note(text, logKey)+oldKey.lineOf(flipped)).vkeys("rotation", logKey, oldKey)
	bad("by-another-key", "name and key id of the log, signed by another key", text+"\n"+logKey.lineOf(otherLog.value(text, 0)))
	bad("cosignature-as-plain", "a cosignature where the key signs without a time", text+"\n"+logKey.lineOf(logKey.as(cosignature).value(text, cosigned)))

	k := ecKey(logName, elliptic.P256(), "p256")
	sig := k.value(text, 0)
	var n struct{ R, S *big.Int }
	_, err := asn1.Unmarshal(sig, &n)
	must(err)
	plain := append(n.R.FillBytes(make([]byte, 32)), n.S.FillBytes(make([]byte, 32))...)
	bad("ecdsa-p1363", "an ECDSA signature in the other encoding", text+"\n"+k.lineOf(plain)).vkeys("ecdsa", k)
	bad("ecdsa-trailing", "a byte behind the ECDSA signature", text+"\n"+k.lineOf(append(sig[:len(sig):len(sig)], 0))).vkeys("ecdsa", k)
	bad("ecdsa-zero", "an ECDSA signature of zeros", text+"\n"+k.lineOf([]byte{0x30, 6, 2, 1, 0, 2, 1, 0})).vkeys("ecdsa", k)
	bad("ecdsa-of-another-text", "an ECDSA signature of another checkpoint", text+"\n"+k.line(text+"more\n")).vkeys("ecdsa", k)

	top := root(leaves[4:])
	s.proof("truncated-root-replaced", "the path is cut and the checkpoint changed to fit", proofOf(0, steps[:2], body(logName, 3, top)+"\n"+logKey.line(text))).
		refused("signature", "tlog.signature-invalid")
}

// cosignatures by a known witness that do not hold. None is asked for, so that they
// alone decide.
func (s *suite) cosignatures() {
	leaves, text, _ := usual()
	bad := func(id, comment, last string) *vector {
		return s.checkpoint("cosignature-"+id, comment, note(text, logKey)+last).listed("cosignature", 0, asLog(logKey), asWitness(w1)).
			refused("cosignatures", "tlog.cosignature-invalid")
	}
	value := w1.value(text, cosigned)
	change := func(at int, to byte) string {
		b := append([]byte{}, value...)
		b[at] = to
		return w1.lineOf(b)
	}
	bad("flipped", "a byte of the cosignature is another", change(20, value[20]^1))
	bad("time-changed", "another time than was signed", change(7, value[7]^1))
	bad("time-missing", "a signature without a time", w1.lineOf(value[8:]))
	bad("plain", "a plain signature with a time before it", w1.lineOf(append(value[:8:8], w1.as(ed25519Note).value(text, 0)...)))
	bad("short", "shorter than a time", w1.lineOf(value[:7]))
	bad("of-another-text", "the cosignature of another checkpoint", w1.line(body(logName, 6, root(leaves[:6]))))
	bad("time-64-bits", "a time above 2^63-1, which the form excludes", w1.lineOf(w1.value(text, 1<<63)))
	bad("beside-a-good-one", "the same witness cosigns twice, once wrongly", w1.line(text)+change(20, value[20]^1))
}

// logKeys: no signature by a known log decides.
func (s *suite) logKeys() {
	_, text, steps := usual()
	bad := func(id, comment, cp string) *vector {
		return s.checkpoint(id, comment, cp).refused("log-key", "tlog.log-unknown")
	}
	bad("log-unknown", "signed by a log that is not trusted", note(body(otherLog.name, size, sha()), otherLog))
	bad("log-none", "no log is trusted", note(text, logKey)).vkeys("none")
	bad("log-name-other", "the log's key under another name", note(text, logKey.named("log.example/2026")))
	bad("log-id-other", "the log's name with another key id", text+"\n"+line(logName, []byte{1, 2, 3, 4}, logKey.value(text, 0)))
	bad("log-by-witness", "only a witness signed", note(text, w1)).listed("quorum-1", 1, asLog(logKey), asWitness(w1))
	bad("log-as-witness", "the log signs by a key that is trusted as a witness's", note(text, w1.named(logName))).
		listed("log-as-witness", 0, asWitness(w1.named(logName)))
	bad("log-other-type", "the log's key is trusted for plain signatures, and signs with a time", note(text, logKey.as(cosignature)))
	s.checkpoint("log-tree-head", "a signature of the type of RFC 6962, by a trusted key", note(text, ctKey)).vkeys("tree-head", ctKey).refused("log-key", "tlog.unsupported")
	s.proof("proof-log-unknown", "a proof that leads to the checkpoint of an unknown log", proofOf(at, steps, note(text, otherLog.named("log.example/x")))).
		refused("log-key", "tlog.log-unknown")
}

// origins: the key is the log's, the checkpoint is of something else.
func (s *suite) origins() {
	r := root(plant(size, at))
	bad := func(id, comment, origin string) *vector {
		return s.checkpoint("origin-"+id, comment, note(body(origin, size, r), logKey)).refused("origin", "tlog.origin-mismatch")
	}
	bad("other", "the log's key signs the checkpoint of another log", "other.example/log")
	bad("longer", "a first line that only begins with the log's name", logName+"/sub")
	bad("rekor-word", "the number of the tree is none", logName+" - 12a")
	bad("rekor-none", "no number of a tree", logName+" - ")
	bad("not-listed", "logs.json lists other lines, and the key's name is not among them", logName).listed("listed-origin", 0, asLog(logKey, "a line before", "go.sum database tree"))
	text := body(logName, size, r)
	s.checkpoint("origin-two-logs", "two logs sign the checkpoint of one: the one that it is of decides", note(text, otherLog, logKey)).vkeys("two-logs", otherLog, logKey).
		free(lineHead(otherLog)).Uncommitted[0][1]++
}

func (s *suite) witnesses() {
	_, text, steps := usual()
	bad := func(id, comment string, cp string) *vector {
		return s.checkpoint("witness-"+id, comment, cp).listed("quorum-2", 2, asLog(logKey), asWitness(w1), asWitness(w2)).refused("witnesses", "tlog.quorum")
	}
	bad("one-of-two", "one witness, and two are asked for", note(text, logKey, w1))
	bad("none", "no witness", note(text, logKey))
	bad("twice", "one witness twice", note(text, logKey, w1, w1))
	bad("stranger", "a known and an unknown witness", note(text, logKey, w1, w3))
	again := w1.named("witness.example/again")
	bad("two-names", "one key under two names", note(text, logKey, w1, again)).listed("two-names", 2, asLog(logKey), asWitness(w1), asWitness(again))
	self := logKey.as(cosignature)
	bad("is-the-log", "the log's own key as a witness", note(text, logKey, self)).listed("is-the-log", 1, asLog(logKey), asWitness(self))
	bad("none-trusted", "a witness is asked for and none is trusted", note(text, logKey, w1)).listed("none-trusted", 1, asLog(logKey))
	s.proof("witness-proof", "a proof whose checkpoint has too few witnesses", proofOf(at, steps, note(text, logKey, w1))).
		listed("quorum-2", 2, asLog(logKey), asWitness(w1), asWitness(w2)).refused("witnesses", "tlog.quorum")

	future := text + "\n" + logKey.line(text) + w1.line(text) + w2.lineOf(w2.value(text, 1780272001))
	two := func(v *vector) *vector { return v.listed("quorum-2", 2, asLog(logKey), asWitness(w1), asWitness(w2)) }
	two(s.checkpoint("witness-time-future", "the second cosignature states one second after the time of validation", future)).refused("witness-time", "tlog.cosignature-future")
	last := strings.Replace(future, w2.lineOf(w2.value(text, 1780272001)), w2.lineOf(w2.value(text, 1780272000)), 1)
	two(s.checkpoint("witness-time-now", "it states the very time of validation", last))
	v := s.checkpoint("witness-time-spare", "a cosignature of the future does not count, and is not needed", future).listed("quorum-1-of-2", 1, asLog(logKey), asWitness(w1), asWitness(w2))
	v.free(lineHead(w2)).Uncommitted[0][1]++
	s.checkpoint("witness-time-last", "the last time that the form can hold", text+"\n"+logKey.line(text)+w1.lineOf(w1.value(text, 1<<63-1))).
		listed("quorum-1", 1, asLog(logKey), asWitness(w1)).refused("witness-time", "tlog.cosignature-future")
}

// dates end the good days of the algorithms: keys on curves first, then SHA-256, and
// Ed25519 signatures last.
const dates = `{"source": "made by the generator",
 "digests": {"sha256": "2025-12-31", "sha512": ""},
 "keys": {"ec": [{"below": 0, "until": "2024-12-31"}], "ed25519": [{"below": 0, "until": ""}]}}
`

func (s *suite) algorithms() {
	_, text, steps := usual()
	dated := func(v *vector) *vector { return v.trust("algorithms.json", []byte(dates)) }
	dated(s.checkpoint("weak-digest", "the digest of the tree is no longer good enough", note(text, logKey))).refused("digest-algorithm", "tlog.weak-digest")
	dated(s.proof("weak-digest-proof", "the same in a proof", proofOf(at, steps, note(text, logKey)))).refused("digest-algorithm", "tlog.weak-digest")
	dated(s.checkpoint("weak-digest-existed", "a proof of existence over the checkpoint is older than the end", note(text, logKey))).existed("2025-06-01T00:00:00Z")
	dated(s.checkpoint("weak-digest-existed-late", "a proof of existence that is younger", note(text, logKey))).existed("2026-02-01T00:00:00Z").
		refused("digest-algorithm", "tlog.weak-digest")
	k := ecKey(logName, elliptic.P256(), "p256")
	v := dated(s.checkpoint("weak-digest-not-yet", "a proof of existence that is younger than the time of validation changes nothing", note(text, logKey))).existed("2026-02-01T00:00:00Z")
	v.At = "2025-06-01T00:00:00Z"
	v = dated(s.checkpoint("weak-key", "the log's key is no longer good enough", note(text, k)).vkeys("ecdsa", k)).refused("key-algorithm", "tlog.weak-key")
	v.At = "2025-06-01T00:00:00Z"
	v = s.checkpoint("no-time", "no time of validation", note(text, logKey)).refused("digest-algorithm", "policy.no-time").alsoOthers()
	v.At = "0001-01-01T00:00:00Z"
	v = s.checkpoint("no-time-existed", "no time of validation; a proof of existence is none", note(text, logKey)).existed("2025-06-01T00:00:00Z").
		refused("digest-algorithm", "policy.no-time").alsoOthers()
	v.At = "0001-01-01T00:00:00Z"
}
