package main

import (
	"bytes"
	"encoding/base64"
	"strings"
)

const (
	commitHead = `tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
author A. Writer <writer@example.org> 1740787200 +0000
committer A. Writer <writer@example.org> 1740787200 +0000
`
	commitBody = "\nA commit without files.\n"
	signature  = "-----BEGIN PGP SIGNATURE-----\n\niHUEABYKAB0WIQThis/is/no/real/signature==\n=abcd\n-----END PGP SIGNATURE-----\n"
	armorBegin = "-----BEGIN OPENTIMESTAMPS GIT TIMESTAMP-----\n\n"
	armorEnd   = "-----END OPENTIMESTAMPS GIT TIMESTAMP-----\n"
)

// commit is the object as Git keeps it; armour is what stands in the signature's place.
func commit(body, armour string) []byte {
	lines := strings.ReplaceAll(strings.TrimSuffix(signature+armour, "\n"), "\n", "\n ")
	return []byte(commitHead + "gpgsig " + lines + "\n" + body)
}

// commitDigest is where the proof starts: the commit without its signature, and the
// signature without the proof.
func commitDigest(body string) []byte {
	return sha(sha([]byte(commitHead+body)), sha([]byte(signature)))
}

// armoured is a tree behind the two bytes of the version, in lines of 64 letters.
func armoured(version string, tree []byte) string {
	var b bytes.Buffer
	b.WriteString(armorBegin)
	text := base64.StdEncoding.EncodeToString(join([]byte(version), tree))
	for ; len(text) > 64; text = text[64:] {
		b.WriteString(text[:64] + "\n")
	}
	b.WriteString(text + "\n" + armorEnd)
	return b.String()
}

// commits: proofs that are no file of their own.
func (s *suite) commits() {
	start := commitDigest(commitBody)
	h := s.block(salted.of(start))
	tree := salted.then(bitcoin(h))
	of := func(id, comment string, object []byte) *vector {
		return s.proof("commit-"+id, comment, object).form("git-commit", "commit-"+id+".commit").overDigest("sha256", start)
	}
	bad := func(id, comment string, object []byte) { of(id, comment, object).refused("format", "ots.malformed") }
	of("good", "a signed commit of Git with the proof in its signature", commit(commitBody, armoured("\x01\x01", tree))).passes(usualTime(h))
	changed := "\nAnother commit without files.\n"
	of("changed", "the message was changed afterwards", commit(changed, armoured("\x01\x01", tree))).
		overDigest("sha256", commitDigest(changed)).refused("bitcoin/merkle-root", "btc.merkle-root")
	bad("version", "a major version that is not known", commit(commitBody, armoured("\x02\x01", tree)))
	bad("truncated", "the tree stops early", commit(commitBody, armoured("\x01\x01", tree[:len(tree)-1])))
	bad("no-proof", "a signature without a proof", commit(commitBody, ""))
	bad("unended", "the armour does not end", commit(commitBody, strings.TrimSuffix(armoured("\x01\x01", tree), armorEnd)))

	tip := s.block(salted.of(sha(letter)))
	bare := salted.then(bitcoin(tip))
	s.proof("tree-alone", "a tree without a file around it, as calendars send it", bare).form("tree", "tree-alone.tree").
		overDigest("sha256", sha(letter)).passes(usualTime(tip))
	s.proof("tree-as-file", "a tree alone, called a file", bare).refused("format", "ots.malformed")
}
