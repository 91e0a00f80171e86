package ots

import (
	"bytes"
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Parse reads a detached file and carries out its operations. The file is kept and must
// not be changed. The error is an *Error.
func Parse(b []byte) (*Proof, error) {
	if len(b) > maxFile {
		return nil, fail(ClassLimit, maxFile, "more than %d bytes", maxFile)
	}
	if !Sniff(b) {
		return nil, fail(ClassBadMagic, 0, "it does not begin with the magic number of OpenTimestamps")
	}
	p, err := readDetached(b)
	if err != nil {
		return nil, err
	}
	return p, nil
}

func readDetached(b []byte) (*Proof, *Error) {
	s := scanner{reader: reader{in: b, pos: len(magic)}}
	n, _, minimal, err := s.number()
	switch {
	case err != nil:
		return nil, err
	case n != version:
		return nil, fail(ClassVersion, len(magic), "version %d of the format is not known", n)
	case !minimal:
		s.find(codeNotCanonical, len(magic), "the version has more bytes than it needs")
	}
	tag, err := s.byte()
	if err != nil {
		return nil, err
	}
	if digestNumber(tag) == 0 {
		return nil, fail(ClassMalformed, s.pos-1, "%#02x is no digest of a file", tag)
	}
	digest, err := s.take(verdict.DigestSize(opName(tag)), "the digest of the file")
	if err != nil {
		return nil, err
	}
	return s.proof(&Proof{raw: b, data: b, form: FormDetached, algorithm: tag, digest: digest})
}

// ParseTree reads a bare tree over the digest of a file, as calendars answer it. The
// algorithm is one of sha1, ripemd160, sha256 and keccak256. A mistake in what the
// caller gives is no *Error; all others are.
func ParseTree(b []byte, algorithm string, digest []byte) (*Proof, error) {
	tag, ok := digestTag(algorithm)
	if size := verdict.DigestSize(algorithm); !ok || len(digest) != size {
		return nil, fmt.Errorf("no OpenTimestamps proof begins with %d bytes of %q", len(digest), algorithm)
	}
	if len(b) > maxFile {
		return nil, fail(ClassLimit, maxFile, "more than %d bytes", maxFile)
	}
	p, err := readTree(bytes.Clone(b), tag, bytes.Clone(digest))
	if err != nil {
		return nil, err
	}
	return p, nil
}

func readTree(b []byte, tag byte, digest []byte) (*Proof, *Error) {
	s := scanner{reader: reader{in: b}}
	return s.proof(&Proof{raw: b, data: b, form: FormTree, algorithm: tag, digest: digest})
}
