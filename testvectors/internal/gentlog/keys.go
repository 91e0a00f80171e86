package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/pem"
	"fmt"
	"strconv"
	"strings"
)

// The types of signatures on notes.
const (
	ed25519Note = 0x01
	ecdsaNote   = 0x02
	cosignature = 0x04
	treeHead    = 0x05
)

// key is a key with the name and the type under which it signs notes.
type key struct {
	name string
	typ  byte
	ed   ed25519.PrivateKey
	ec   *ecdsa.PrivateKey
}

func edKey(name string, typ byte, label string) *key {
	seed := sha256.Sum256([]byte("key " + label))
	return &key{name: name, typ: typ, ed: ed25519.NewKeyFromSeed(seed[:])}
}

// ecKey takes its scalar from a digest that is shorter than the order.
func ecKey(name string, curve elliptic.Curve, label string) *key {
	size := (curve.Params().BitSize + 7) / 8
	scalar := make([]byte, size)
	sum := sha512.Sum512([]byte("key " + label))
	copy(scalar[min(8, size-1):], sum[:])
	ec, err := ecdsa.ParseRawPrivateKey(curve, scalar)
	must(err)
	return &key{name: name, typ: ecdsaNote, ec: ec}
}

func (k *key) spki() []byte {
	var public any
	if k.ec != nil {
		public = &k.ec.PublicKey
	} else {
		public = k.ed.Public()
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	must(err)
	return der
}

func (k *key) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: k.spki()})
}

// encoded is the key as its type encodes it in a vkey.
func (k *key) encoded() []byte {
	switch k.typ {
	case ecdsaNote:
		return k.spki()
	case treeHead:
		sum := sha256.Sum256(k.spki())
		return sum[:]
	}
	return k.ed.Public().(ed25519.PublicKey)
}

// id is the key id by C2SP signed-note.
func (k *key) id() []byte {
	b := append([]byte(k.name+"\n"), k.typ)
	b = append(b, k.encoded()...)
	if k.typ == ecdsaNote {
		b = k.spki()
	}
	sum := sha256.Sum256(b)
	return sum[:4]
}

func (k *key) vkey() string {
	return fmt.Sprintf("%s+%x+%s", k.name, k.id(), base64.StdEncoding.EncodeToString(append([]byte{k.typ}, k.encoded()...)))
}

// value is the signature over a text; at is the time of a cosignature.
func (k *key) value(text string, at uint64) []byte {
	switch k.typ {
	case ecdsaNote:
		digest := sha256.Sum256([]byte(text))
		sig, err := k.ec.Sign(nil, digest[:], crypto.SHA256) // without a source of randomness: by RFC 6979
		must(err)
		return sig
	case cosignature:
		sig := ed25519.Sign(k.ed, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, text))
		return append(binary.BigEndian.AppendUint64(nil, at), sig...)
	case treeHead:
		return k.treeHead(text, at*1000)
	}
	return ed25519.Sign(k.ed, []byte(text))
}

// treeHead is RFC6962NoteSignature of C2SP static-ct-api: the signature of RFC 6962 3.5
// over the size and the root that the text states.
func (k *key) treeHead(text string, at uint64) []byte {
	lines := strings.Split(text, "\n")
	n, err := strconv.ParseUint(lines[1], 10, 64)
	must(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	must(err)
	signed := append([]byte{0, 1}, binary.BigEndian.AppendUint64(nil, at)...)
	digest := sha256.Sum256(append(binary.BigEndian.AppendUint64(signed, n), root...))
	sig, err := k.ec.Sign(nil, digest[:], crypto.SHA256)
	must(err)
	out := append(binary.BigEndian.AppendUint64(nil, at), 4, 3) // SHA-256, ECDSA
	return append(binary.BigEndian.AppendUint16(out, uint16(len(sig))), sig...)
}

// cosigned is when the witnesses of the vectors say that they signed.
const cosigned = 1740830400 // 2025-03-01T12:00:00Z

// line is the signature line of the key under a text.
func (k *key) line(text string) string { return k.lineOf(k.value(text, cosigned)) }

func (k *key) lineOf(value []byte) string { return line(k.name, k.id(), value) }

func line(name string, id, value []byte) string {
	return "— " + name + " " + base64.StdEncoding.EncodeToString(append(append([]byte{}, id...), value...)) + "\n"
}

// named is the same key under another name.
func (k *key) named(name string) *key {
	c := *k
	c.name = name
	return &c
}

func (k *key) as(typ byte) *key {
	c := *k
	c.typ = typ
	return &c
}

const logName = "log.example/2025"

var (
	logKey   = edKey(logName, ed25519Note, "log")
	oldKey   = edKey(logName, ed25519Note, "old log")
	otherLog = edKey("other.example/log", ed25519Note, "other log")
	ctKey    = ecKey(logName, elliptic.P256(), "ct").as(treeHead)
	w1       = edKey("witness.example/w1", cosignature, "w1")
	w2       = edKey("witness.example/w2", cosignature, "w2")
	w3       = edKey("witness.example/w3", cosignature, "w3")
)
