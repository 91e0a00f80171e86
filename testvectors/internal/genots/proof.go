package main

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"

	//lint:ignore SA1019 a file digest of the format
	"golang.org/x/crypto/ripemd160"
	"golang.org/x/crypto/sha3"
)

// Tags of operations. Those of hash functions name the file's digest too.
const (
	tagSHA1      = 0x02
	tagRIPEMD160 = 0x03
	tagSHA256    = 0x08
	tagKeccak256 = 0x67
	tagAppend    = 0xf0
	tagPrepend   = 0xf1
	tagReverse   = 0xf2
	tagHexlify   = 0xf3
	tagFork      = 0xff
)

const magic = "\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"

// op is one operation; path is a list of them without forks.
type (
	op   struct{ tag, arg []byte }
	path []op
)

func appended(arg []byte) op  { return op{[]byte{tagAppend}, arg} }
func prepended(arg []byte) op { return op{[]byte{tagPrepend}, arg} }
func plainOp(tag byte) op     { return op{[]byte{tag}, nil} }

var (
	opSHA256  = plainOp(tagSHA256)
	opReverse = plainOp(tagReverse)
	opHexlify = plainOp(tagHexlify)
	opKeccak  = plainOp(tagKeccak256)
)

// salted is the usual beginning of a path: random bytes hide what else was stamped.
var salted = path{appended([]byte("sixteen bytes ..")), opSHA256}

func (o op) bytes() []byte {
	if o.arg == nil {
		return o.tag
	}
	return join(o.tag, sized(o.arg))
}

func (o op) of(m []byte) []byte {
	switch o.tag[0] {
	case tagAppend:
		return join(m, o.arg)
	case tagPrepend:
		return join(o.arg, m)
	case tagReverse:
		m = bytes.Clone(m)
		slices.Reverse(m)
		return m
	case tagHexlify:
		return []byte(hex.EncodeToString(m))
	}
	return digest(o.tag[0], m)
}

// digest is one of the four hash functions of the format.
func digest(tag byte, m []byte) []byte {
	switch tag {
	case tagSHA1:
		d := sha1.Sum(m)
		return d[:]
	case tagSHA256:
		d := sha256.Sum256(m)
		return d[:]
	case tagRIPEMD160:
		h := ripemd160.New()
		h.Write(m)
		return h.Sum(nil)
	case tagKeccak256:
		h := sha3.NewLegacyKeccak256()
		h.Write(m)
		return h.Sum(nil)
	}
	panic("no hash function")
}

func sha(parts ...[]byte) []byte { return digest(tagSHA256, join(parts...)) }

// of computes the message behind the path.
func (p path) of(m []byte) []byte {
	for _, o := range p {
		m = o.of(m)
	}
	return m
}

// then writes the path with the tree of its result behind it.
func (p path) then(tree ...[]byte) []byte {
	var b []byte
	for _, o := range p {
		b = append(b, o.bytes()...)
	}
	return join(b, join(tree...))
}

func (p path) and(more ...op) path { return append(slices.Clone(p), more...) }

// fork writes several trees over one message.
func fork(trees ...[]byte) []byte {
	var b []byte
	for _, t := range trees[:len(trees)-1] {
		b = append(append(b, tagFork), t...)
	}
	return append(b, trees[len(trees)-1]...)
}

// detached is the whole file.
func detached(tag byte, start, tree []byte) []byte {
	return join([]byte(magic), []byte{1, tag}, start, tree)
}

func join(parts ...[]byte) []byte { return slices.Concat(parts...) }
func sized(b []byte) []byte       { return join(varuint(uint64(len(b))), b) }
func varuint(n uint64) []byte     { return binary.AppendUvarint(nil, n) }
func fill(s string, n int) []byte { return bytes.Repeat([]byte(s), n) }
func le32(n uint32) []byte        { return binary.LittleEndian.AppendUint32(nil, n) }
func replaceAt(b []byte, at int, by ...byte) []byte {
	b = bytes.Clone(b)
	copy(b[at:], by)
	return b
}
