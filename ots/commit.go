package ots

import (
	"bytes"
	"crypto/sha256"
)

// The words of Git that matter here. A signature is a header of several lines, each
// but the first behind a space.
const (
	commitStart     = "tree "
	signatureHeader = "gpgsig "
	anySignature    = "gpgsig" // also gpgsig-sha256
)

// The versions of a proof in a commit. In the older the first operation is usually a
// nonce; in the newer it appends a digest of all files, by SHA-256 and not by Git's own
// hash, from which proofs for single files can be made. To the commit both mean the same:
// what is appended is an argument like any other, and no claim that is judged.
const (
	commitMajor    = 1
	maxCommitMinor = 1
)

// ParseCommit reads the proof in a commit of Git, given as git cat-file commit prints
// it. It stands in armour behind the signature, within the header gpgsig, and begins
// with
//
//	SHA-256(SHA-256(commit without the header) || SHA-256(signature before the armour))
//
// Nothing of the commit is left out of this digest but the armour. So that nobody can
// put words there, the armour is the end of the signature and stands in the one spelling
// of its bytes; the header is the last one, and the only signature. Git writes all of
// this so. Other programs read commits that break these rules.
//
// Tags are not read. The error is an *Error: ClassBadMagic when there is no such
// proof, ClassVersion for a version other than 1.0 and 1.1.
func ParseCommit(object []byte) (*Proof, error) {
	if len(object) > maxFile {
		return nil, fail(ClassLimit, maxFile, "more than %d bytes", maxFile)
	}
	p, err := readCommit(bytes.Clone(object))
	if err != nil {
		return nil, err
	}
	return p, nil
}

// SniffCommit reports whether head begins like a commit with a proof in its own
// signature: not in its message, and not in a tag that it merges. The beginning of the
// proof must be within head: mostly it is in the first 2 KiB, behind the names of the
// parents.
func SniffCommit(head []byte) bool {
	if !beginsCommit(head) {
		return false
	}
	headers, _, _ := bytes.Cut(head, []byte("\n\n"))
	_, signature, found := bytes.Cut(headers, []byte("\n"+signatureHeader))
	return found && (bytes.HasPrefix(signature, []byte(armourBegin+"\n")) || bytes.Contains(signature, []byte("\n "+armourBegin+"\n")))
}

// beginsCommit reports whether the first line names a tree, by SHA-1 or SHA-256.
func beginsCommit(b []byte) bool {
	line, _, _ := bytes.Cut(b[:min(len(b), 80)], []byte("\n"))
	name, ok := bytes.CutPrefix(line, []byte(commitStart))
	return ok && (len(name) == 40 || len(name) == 64) && len(bytes.Trim(name, "0123456789abcdef")) == 0
}

func readCommit(object []byte) (*Proof, *Error) {
	c, err := cutSignature(object)
	if err != nil {
		return nil, err
	}
	signature, data, err := c.armour()
	if err != nil {
		return nil, err
	}
	switch {
	case len(data) < 2:
		return nil, fail(ClassTruncated, len(data), "the armour ends before the version")
	case data[0] != commitMajor || data[1] > maxCommitMinor:
		return nil, fail(ClassVersion, 0, "version %d.%d of a proof in a commit is not known", data[0], data[1])
	}
	text, signed := sha256.New(), sha256.Sum256(signature)
	text.Write(object[:c.from])
	text.Write(object[c.to:])
	start := sha256.Sum256(append(text.Sum(nil), signed[:]...))
	s := scanner{reader: reader{in: data, pos: 2}}
	return s.proof(&Proof{
		raw: object, data: data, form: FormCommit, algorithm: tagSHA256, digest: start[:], minor: int(data[1]),
	})
}

// signedCommit is a commit with its signature taken apart.
type signedCommit struct {
	from, to int    // the header within the object
	text     []byte // of the signature, as it was before Git put it into a header
}

// cutSignature finds the one signature among the headers.
func cutSignature(object []byte) (*signedCommit, *Error) {
	if !beginsCommit(object) {
		return nil, fail(ClassBadMagic, 0, "it does not begin like a commit of Git")
	}
	var c signedCommit
	for at := 0; ; {
		line, _, found := bytes.Cut(object[at:], []byte("\n"))
		next := at + len(line) + 1
		switch {
		case !found:
			return nil, fail(ClassTruncated, len(object), "the headers of the commit have no end")
		case len(line) == 0 && c.to == 0:
			return nil, fail(ClassBadMagic, at, "the commit is not signed")
		case len(line) == 0:
			return &c, nil
		case c.to > 0 && line[0] == ' ':
			c.text, c.to = append(c.text, object[at+1:next]...), next
		case c.to > 0:
			return nil, fail(ClassForm, at, "a header stands behind the signature, so readers could take different bytes for the commit")
		case bytes.HasPrefix(line, []byte(signatureHeader)):
			c.text, c.from, c.to = append(c.text, object[at+len(signatureHeader):next]...), at, next
		case bytes.HasPrefix(line, []byte(anySignature)):
			return nil, fail(ClassForm, at, "a signature of another kind than gpgsig")
		}
		at = next
	}
}

// fail reports what is wrong at a place of the text, by its place in the object.
func (c *signedCommit) fail(class Class, pos int, text string) *Error {
	spaces := bytes.Count(c.text[:pos], []byte("\n")) // one before each line but the first
	return fail(class, c.from+len(signatureHeader)+pos+spaces, "%s", text)
}
