package main

import "fmt"

// malformed is evidence that breaks the format.
func (s *suite) malformed(id, comment string, content []byte) {
	s.proof("form-"+id, comment, content).refused("format", "ots.malformed")
}

// frames break what stands around the tree, or cut the file.
func (s *suite) frames() {
	good := letterProof(s.block(salted.of(sha(letter))))
	version, tag := len(magic), len(magic)+1
	bad := s.malformed
	bad("empty", "no byte", nil)
	bad("magic-bit", "a bit of the magic", replaceAt(good, 5, good[5]^1))
	bad("magic-only", "the magic alone", good[:version])
	bad("version-0", "version 0", replaceAt(good, version, 0))
	bad("version-2", "version 2", replaceAt(good, version, 2))
	bad("digest-unknown", "a hash function that is not known", replaceAt(good, tag, 0x09))
	bad("digest-no-hash", "an operation that is no hash function, for the file's digest", replaceAt(good, tag, tagReverse))
	bad("digest-short", "the digest of another length than its function's", join(good[:tag], []byte{tagSHA1}, good[tag+1:]))
	bad("trailing", "a byte behind the tree", append(good[:len(good):len(good)], 0))
	for _, n := range []int{tag, tag + 33, tag + 34, tag + 40, len(good) - 10, len(good) - 1} {
		bad(fmt.Sprintf("cut-%d", n), fmt.Sprintf("the first %d of %d bytes", n, len(good)), good[:n])
	}
}

// elements break one element of the tree.
func (s *suite) elements() {
	h := s.block(salted.of(sha(letter)))
	of := func(id, comment string, tree ...[]byte) {
		s.malformed(id, comment, detached(tagSHA256, sha(letter), join(tree...)))
	}
	for _, tag := range []byte{0x01, 0x09, 0xf4} {
		of(fmt.Sprintf("operation-%02x", tag), "an operation that is not known", []byte{tag}, bitcoin(h))
	}
	of("fork-twice", "two marks of a fork in a row", []byte{tagFork, tagFork}, bitcoin(h), bitcoin(h))
	of("fork-open", "a fork without its last tree", []byte{tagFork}, bitcoin(h))
	of("argument-empty", "an argument of no byte", path{appended([]byte{}), opSHA256}.then(bitcoin(h)))
	of("length-huge", "a length of 2^70", []byte{tagAppend}, overflown(1, 70), fill("x", 40))
	of("length-endless", "a length that does not end", []byte{tagAppend}, fill("\x80", 200))
	// Cut to 64 bits the length would be right.
	of("length-64-bits", "a length of 16 and 2^64", []byte{tagAppend}, overflown(16, 64), salted[0].arg, []byte{tagSHA256}, bitcoin(h))

	attested := func(id, comment string, tag, payload []byte) { of(id, comment, salted.then(attestation(tag, payload))) }
	attested("bitcoin-empty", "no height", tagBitcoin, nil)
	attested("bitcoin-trailing", "a byte behind the height", tagBitcoin, []byte{byte(h), 0})
	attested("bitcoin-open", "a height that does not end", tagBitcoin, []byte{0x80})
	attested("litecoin-trailing", "a byte behind the height of another chain", tagLitecoin, []byte{7, 0})
	attested("pending-no-payload", "no address, not even an empty one", tagPending, nil)
	attested("pending-trailing", "a byte behind the address", tagPending, join(sized([]byte(calendar)), []byte{'x'}))
	attested("pending-short", "the address is longer than its payload", tagPending, join([]byte{byte(len(calendar) + 1)}, []byte(calendar)))
	for i, uri := range []string{"https://a.example/?x=1", "https://a.example/\x00", "https://\u00e4.example"} {
		attested(fmt.Sprintf("pending-letter-%d", i), "an address with a letter that none may have", tagPending, sized([]byte(uri)))
	}
}

// limits of the format: at each one, and one above.
func (s *suite) limits() {
	h := s.block(salted.of(sha(letter)))
	beside := func(id, comment string, other []byte) {
		s.proof("limit-"+id, comment, detached(tagSHA256, sha(letter), salted.then(fork(bitcoin(h), other)))).passes(usualTime(h))
	}
	over := func(id, comment string, tree []byte) {
		s.malformed("limit-"+id, comment, detached(tagSHA256, sha(letter), tree))
	}
	deep := make(path, 255)
	for i := range deep {
		deep[i] = opSHA256
	}
	s.along("limit-depth-255", "255 operations", deep)
	over("depth-256", "256 operations", deep.and(opSHA256).then(bitcoin(h)))
	s.along("limit-message-4096", "a message of 4096 bytes", path{appended(fill("m", 4096-32)), opSHA256})
	over("message-4097", "one byte more", path{appended(fill("m", 4097-32)), opSHA256}.then(bitcoin(h)))
	over("message-4097-before", "the same, by bytes before it", path{prepended(fill("m", 4097-32)), opSHA256}.then(bitcoin(h)))
	s.along("limit-hexlify-2048", "2048 bytes in hexadecimal", path{appended(fill("m", 2048-32)), opHexlify, opSHA256})
	over("hexlify-2049", "one byte more", path{appended(fill("m", 2049-32)), opHexlify, opSHA256}.then(bitcoin(h)))
	over("argument-4097", "an argument of 4097 bytes", path{appended(fill("m", 4097)), opSHA256}.then(bitcoin(h)))
	beside("payload-8192", "a payload of 8192 bytes", attestation(tagUnknown, fill("p", 8192)))
	over("payload-8193", "one byte more", salted.then(fork(bitcoin(h), attestation(tagUnknown, fill("p", 8193)))))
	beside("address-1000", "an address of 1000 bytes", pending("https://"+string(fill("a", 992))))
	over("address-1001", "one byte more", salted.then(fork(bitcoin(h), pending("https://"+string(fill("a", 993))))))
}
