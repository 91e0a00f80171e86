package main

import "time"

// subjects: the file, a digest instead, or nothing.
func (s *suite) subjects() {
	h := s.block(salted.of(sha(letter)))
	good := letterProof(h)
	of := func(id, comment string) *vector { return s.proof(id, comment, good).passes(usualTime(h)) }
	other := []byte("This letter is not stamped.\n")
	of("digest-given", "only the digest of the file is given").overDigest("sha256", sha(letter))
	of("digest-mismatch", "another file").over("other.txt", other).refused("file-digest", "ots.digest-mismatch")
	of("digest-mismatch-given", "the digest of another file").overDigest("sha256", sha(other)).refused("file-digest", "ots.digest-mismatch")
	missing := of("subject-missing", "no file")
	missing.Subject = ""
	missing.refused("subject", "ots.subject-missing")
	of("digest-of-another-algorithm", "a digest by which the proof does not start").overDigest("sha1", digest(tagSHA1, letter)).
		refused("subject", "ots.subject-missing")
	k := digest(tagKeccak256, letter)
	h = s.block(salted.of(k))
	s.proof("keccak256-file", "the digest of the file by Keccak-256", detached(tagKeccak256, k, salted.then(bitcoin(h)))).passes(usualTime(h))
	h = s.block(salted.of(sha(nil)))
	s.proof("empty-file", "the empty file is stamped", detached(tagSHA256, sha(nil), salted.then(bitcoin(h)))).over("empty.bin", nil).passes(usualTime(h))
}

// old is when SHA-1 and RIPEMD-160 were good enough; their last day is that of 2013.
var oldStart = time.Date(2012, 6, 1, 0, 0, 0, 0, time.UTC)

// weakFiles: the digest of the file is by a hash function that is no longer good enough.
func (s *suite) weakFiles() {
	const check, reason = "digest-algorithm", "ots.weak-digest"
	of := func(id, comment string, tag byte, start time.Time) *rig {
		d := digest(tag, letter)
		r := s.rigOver(id, comment, detached(tag, d, salted.then(bitcoin(attested))), attested, salted.of(d), start, nil).list(settled).pack("chain", 0, tip)
		if tag == tagSHA1 {
			r.warns("ots.digest-not-unique")
		}
		return r
	}
	of("sha1-file-2025", "SHA-1, in a block of 2025", tagSHA1, usualStart).refused(check, reason)
	of("ripemd160-file-2025", "RIPEMD-160, in a block of 2025", tagRIPEMD160, usualStart).refused(check, reason)
	of("sha1-file-2012", "SHA-1, in a block of 2012: only another proof could say that it is so old", tagSHA1, oldStart).refusedAs(check, reason, notYetWeak)
	of("sha1-file-existed", "another proof over this one is older than the end of SHA-1", tagSHA1, oldStart).proves(settled).existed("2013-06-01T00:00:00Z")
	of("sha1-file-existed-late", "another proof that is younger", tagSHA1, oldStart).existed("2014-02-01T00:00:00Z").refusedAs(check, reason, notYetWeak)
	of("sha1-file-last-day", "judged on the last day of SHA-1", tagSHA1, oldStart).proves(settled).judgedAt("2013-12-31T23:59:59Z")
	of("sha1-file-next-day", "judged on the day after", tagSHA1, oldStart).judgedAt("2014-01-01T00:00:00Z").refusedAs(check, reason, notYetWeak)
}

// weakPaths: a hash function on the way is. Each attestation has a way of its own.
func (s *suite) weakPaths() {
	const check, reason = "bitcoin/path-algorithms", "ots.weak-digest"
	s.along("sha1-operation", "SHA-1 on the way", path{plainOp(tagSHA1), opSHA256}).refused(check, reason)
	s.along("ripemd160-operation", "RIPEMD-160 on the way", path{plainOp(tagRIPEMD160), opSHA256}).refused(check, reason)
	// A file whose Keccak-256 is the root, so that no SHA-256 is on the way but Bitcoin's own.
	d := digest(tagKeccak256, letter)
	of := func(id, comment string, start time.Time) *rig {
		r := s.rigOver(id, comment, detached(tagKeccak256, d, bitcoin(attested)), attested, d, start, nil).list(settled).pack("chain", 0, tip)
		s.file("trust/algorithms.json", []byte(sha256Ended))
		r.Trust = append(r.Trust, "algorithms.json")
		return r
	}
	of("sha256-ended", "the hash function of Bitcoin is no longer good enough", usualStart).refused("bitcoin/digest-algorithm", "btc.weak-digest")
	of("sha256-ended-later", "it was when the block was made", oldStart).refusedAs("bitcoin/digest-algorithm", "btc.weak-digest", notYetWeak)
	of("sha256-not-ended", "judged while it was", oldStart).proves(settled).judgedAt("2024-12-31T12:00:00Z")
}

const sha256Ended = `{
  "source": "a table of the test vectors, by which SHA-256 has ended",
  "digests": {"keccak256": "", "sha256": "2024-12-31"},
  "keys": {}
}
`

// roots: what is attested is no root.
func (s *suite) roots() {
	of := func(id, comment string, p path) {
		s.proof(id, comment, detached(tagSHA256, sha(letter), p.then(bitcoin(s.block(salted.of(sha(letter))))))).
			refused("bitcoin/format", "btc.root-length")
	}
	of("root-33", "one byte behind the root", salted.and(appended([]byte{0})))
	of("root-64", "the root in hexadecimal", salted.and(opHexlify))
}
