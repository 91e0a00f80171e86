package verdict

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"hash"

	//lint:ignore SA1019 old evidence names it; the algorithm dates judge it, nothing trusts it
	"golang.org/x/crypto/ripemd160"
	legacy "golang.org/x/crypto/sha3"
)

// digests holds the hash functions that subjects can be hashed with, by the name
// used throughout reports and on the command line.
var digests = map[string]struct {
	size int
	make func() hash.Hash
}{
	"md5":          {md5.Size, md5.New},
	"sha1":         {sha1.Size, sha1.New},
	"ripemd160":    {ripemd160.Size, ripemd160.New},
	"sha224":       {sha256.Size224, sha256.New224},
	"sha256":       {sha256.Size, sha256.New},
	"sha384":       {sha512.Size384, sha512.New384},
	"sha512":       {sha512.Size, sha512.New},
	"sha512-224":   {sha512.Size224, sha512.New512_224},
	"sha512-256":   {sha512.Size256, sha512.New512_256},
	"sha3-224":     {28, func() hash.Hash { return sha3.New224() }},
	"sha3-256":     {32, func() hash.Hash { return sha3.New256() }},
	"keccak256":    {32, legacy.NewLegacyKeccak256}, // Keccak as it was before FIPS 202: another padding than SHA3-256
	"sha3-384":     {48, func() hash.Hash { return sha3.New384() }},
	"shake256-512": {64, func() hash.Hash { return &shake512{sha3.NewSHAKE256()} }},
	"sha3-512":     {64, func() hash.Hash { return sha3.New512() }},
}

// NewHash returns a new hash of the named algorithm, or nil when it is unknown.
// MD5 and SHA-1 are here because old evidence must be readable; whether they may
// carry a verdict is for the algorithm dates to say.
func NewHash(algorithm string) hash.Hash {
	if d, ok := digests[algorithm]; ok {
		return d.make()
	}
	return nil
}

// DigestSize returns the length in bytes of a digest of the named algorithm, 0
// when it is unknown.
func DigestSize(algorithm string) int { return digests[algorithm].size }

// Sum returns the digest of data, or nil when the algorithm is unknown.
func Sum(algorithm string, data []byte) []byte {
	switch algorithm { // the common ones without an allocation for the state
	case "sha256":
		d := sha256.Sum256(data)
		return d[:]
	case "sha384":
		d := sha512.Sum384(data)
		return d[:]
	case "sha512":
		d := sha512.Sum512(data)
		return d[:]
	}
	h := NewHash(algorithm)
	if h == nil {
		return nil
	}
	h.Write(data)
	return h.Sum(nil)
}

// shake512 is SHAKE256 with an output of 512 bits, as RFC 8702 uses it for digests.
type shake512 struct{ *sha3.SHAKE }

func (s *shake512) Size() int { return 64 }

// Sum reads from a copy, so that writing can go on.
func (s *shake512) Sum(b []byte) []byte {
	state := *s.SHAKE
	out := make([]byte, s.Size())
	state.Read(out)
	return append(b, out...)
}
