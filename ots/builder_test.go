package ots_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/ots"
)

// The parts of proofs as bytes, written without the package under test.

var digest = bytes.Repeat([]byte{0xd1}, 32)

const header = "\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08"

func cat(parts ...[]byte) []byte { return slices.Concat(parts...) }

func detached(tree []byte) []byte { return cat([]byte(header), digest, tree) }

func varbytes(b []byte) []byte { return append(binary.AppendUvarint(nil, uint64(len(b))), b...) }

func attested(tag string, payload []byte) []byte {
	return cat([]byte{0}, unhex(tag), varbytes(payload))
}

func block(height uint64) []byte {
	return attested("0588960d73d71901", binary.AppendUvarint(nil, height))
}

func pending(uri string) []byte { return attested("83dfe30d2ef90c8e", varbytes([]byte(uri))) }

func unknown(payload []byte) []byte { return attested("0102030405060708", payload) }

func appended(arg []byte) []byte  { return cat([]byte{0xf0}, varbytes(arg)) }
func prepended(arg []byte) []byte { return cat([]byte{0xf1}, varbytes(arg)) }

var sha256Op = []byte{8}

// forked joins the elements of one message.
func forked(elements ...[]byte) []byte {
	var out []byte
	for i, e := range elements {
		if i < len(elements)-1 {
			out = append(out, 0xff)
		}
		out = append(out, e...)
	}
	return out
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

func parse(t testing.TB, b []byte) *ots.Proof {
	t.Helper()
	p, err := ots.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func parseTree(t testing.TB, tree []byte) *ots.Proof {
	t.Helper()
	p, err := ots.ParseTree(tree, "sha256", digest)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// class returns the class of an error, "ok" for none.
func class(t testing.TB, p *ots.Proof, err error) ots.Class {
	t.Helper()
	if err == nil {
		return "ok"
	}
	var e *ots.Error
	if !errors.As(err, &e) || p != nil {
		t.Fatalf("%v with %v", p, err)
	}
	want := map[ots.Class]string{ots.ClassLimit: "ots.limit", ots.ClassForm: "ots.commit-form"}[e.Class]
	if want == "" {
		want = "ots.malformed"
	}
	if e.Code != want {
		t.Errorf("%v has the code %s", err, e.Code)
	}
	return e.Class
}

// said returns what the attestations of a proof say, each once, in order.
func said(p *ots.Proof) []string {
	var list []string
	for _, a := range p.Attestations() {
		payload := a.Payload
		switch a.Type {
		case ots.TypePending:
			payload = []byte(a.URI)
		case ots.TypeUnknown:
		default:
			payload = []byte(a.HeightText)
		}
		list = append(list, fmt.Sprintf("%s %x %x: %x", a.Type, a.Tag, payload, a.Message))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func codes(p *ots.Proof) (list []string) {
	for _, f := range p.Findings() {
		list = append(list, fmt.Sprintf("%s@%d", f.Code, f.Offset))
	}
	return list
}
