package ots

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"hash"

	"github.com/exhibit-dev/exhibit/verdict"
)

// The tags of elements. A fork announces that its node has another element behind the
// next one.
const (
	tagAttestation = 0x00
	tagSHA1        = 0x02
	tagRIPEMD160   = 0x03
	tagSHA256      = 0x08
	tagKeccak256   = 0x67 // the padding of Keccak, not of SHA3-256
	tagAppend      = 0xf0
	tagPrepend     = 0xf1
	tagReverse     = 0xf2 // deprecated by the reference, and still read
	tagHexlify     = 0xf3 // in lower case
	tagFork        = 0xff
)

// digestTags are the operations that can also begin a file; their order numbers them
// from 1 in the paths of attestations.
var digestTags = [...]byte{tagSHA1, tagRIPEMD160, tagSHA256, tagKeccak256}

// operations are those that are known; the others have no name. Those of digests have
// the names of package verdict, and their number in digestTags.
var operations = [256]struct {
	name   string
	arg    bool
	digest int
}{
	tagSHA1:      {"sha1", false, 1},
	tagRIPEMD160: {"ripemd160", false, 2},
	tagSHA256:    {"sha256", false, 3},
	tagKeccak256: {"keccak256", false, 4},
	tagAppend:    {"append", true, 0},
	tagPrepend:   {"prepend", true, 0},
	tagReverse:   {"reverse", false, 0},
	tagHexlify:   {"hexlify", false, 0},
}

func opName(tag byte) string { return operations[tag].name }

func hasArg(tag byte) bool { return operations[tag].arg }

// digestNumber returns the number of a digest, 0 for another operation.
func digestNumber(tag byte) int { return operations[tag].digest }

// digestTag returns the tag of the algorithm of that name.
func digestTag(name string) (byte, bool) {
	for _, t := range digestTags {
		if opName(t) == name {
			return t, true
		}
	}
	return 0, false
}

// engine carries out operations. It keeps the digests for the next one: to make them
// anew costs much of what short messages take.
type engine struct{ sha256, ripemd160, keccak256 hash.Hash }

// apply appends the result of the operation on msg to dst, in which msg may lie. why
// says why the format forbids the operation on this message.
func (e *engine) apply(dst []byte, tag byte, msg, arg []byte) (out []byte, why string) {
	switch tag {
	case tagSHA256:
		return sum(dst, &e.sha256, "sha256", msg), ""
	case tagAppend, tagPrepend:
		if len(msg)+len(arg) > maxMessage {
			return dst, fmt.Sprintf("%s gives a message of %d bytes, more than %d", opName(tag), len(msg)+len(arg), maxMessage)
		}
		if tag == tagPrepend {
			msg, arg = arg, msg
		}
		return append(append(dst, msg...), arg...), ""
	case tagSHA1:
		sum := sha1.Sum(msg)
		return append(dst, sum[:]...), ""
	case tagRIPEMD160:
		return sum(dst, &e.ripemd160, "ripemd160", msg), ""
	case tagKeccak256:
		return sum(dst, &e.keccak256, "keccak256", msg), ""
	}
	switch {
	case len(msg) == 0:
		return dst, opName(tag) + " of an empty message"
	case tag == tagReverse:
		for i := len(msg) - 1; i >= 0; i-- {
			dst = append(dst, msg[i])
		}
		return dst, ""
	case len(msg) > maxHexlify:
		return dst, fmt.Sprintf("hexlify of %d bytes, more than %d", len(msg), maxHexlify)
	}
	return hex.AppendEncode(dst, msg), ""
}

func sum(dst []byte, h *hash.Hash, name string, msg []byte) []byte {
	if *h == nil {
		*h = verdict.NewHash(name)
	}
	(*h).Reset()
	(*h).Write(msg)
	return (*h).Sum(dst)
}
