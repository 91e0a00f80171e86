package main

import "fmt"

// along is a proof over the letter that follows the path to a block of the usual chain.
func (s *suite) along(id, comment string, p path) *vector {
	h := s.block(p.of(sha(letter)))
	return s.proof(id, comment, detached(tagSHA256, sha(letter), p.then(bitcoin(h)))).passes(usualTime(h))
}

// paths: every operation, and how much of it.
func (s *suite) paths() {
	s.along("plain", "random bytes behind the digest, and SHA-256", salted)
	s.along("no-operation", "the digest of the file is itself the root", nil)
	s.along("prepend", "bytes before the digest", path{prepended([]byte("before ")), opSHA256})
	s.along("reverse", "the message reversed, which newer writers do not use", path{opReverse, opSHA256})
	s.along("hexlify", "the message in hexadecimal", path{opHexlify, opSHA256})
	s.along("keccak256", "Keccak-256, which is not SHA3-256", path{opKeccak})
	s.along("all-operations", "every operation that is good enough", path{
		appended([]byte("after")), prepended([]byte("before")), opReverse, opHexlify, opKeccak, opSHA256, opSHA256,
	})
	s.along("argument-like-attestation", "an argument that looks like an attestation", path{appended(bitcoin(1)), opSHA256})
}

// trees: the letter among others.
func (s *suite) trees() {
	files := [][]byte{[]byte("first file\n"), []byte("second file\n"), []byte("third file\n")}
	leaf := make([][]byte, len(files))
	for i, f := range files {
		leaf[i] = salted.of(sha(f))
	}
	pair := sha(leaf[0], leaf[1])
	up := appended(leaf[2])
	ways := []path{{appended(leaf[1]), opSHA256, up, opSHA256}, {prepended(leaf[0]), opSHA256, up, opSHA256}, {prepended(pair), opSHA256}}
	h := s.block(sha(pair, leaf[2]))
	for i, way := range ways {
		content := detached(tagSHA256, sha(files[i]), salted.and(way...).then(bitcoin(h)))
		s.proof(fmt.Sprintf("tree-%d-of-3", i), fmt.Sprintf("file %d of a tree of three; an odd one is carried up", i), content).
			over(fmt.Sprintf("file-%d.txt", i), files[i]).passes(usualTime(h))
	}
	s.along("transaction", "the way through a transaction and the tree of its block", salted.and(
		prepended(unhex("0100000001"+fmt.Sprintf("%064d", 7)+"0000000000ffffffff010000000000000000226a20")), appended(make([]byte, 4)), opSHA256, opSHA256,
		prepended(sha([]byte("the first transaction"))), opSHA256, opSHA256,
		appended(sha([]byte("two more"))), opSHA256, opSHA256,
	))
}
