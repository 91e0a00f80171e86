package ots_test

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/ots"
)

// What is not canonical is told by code and place, and written canonically.
func TestFindings(t *testing.T) {
	a, b := pending("a"), pending("b")
	const (
		order = "ots.not-canonical@"
		op    = "ots.duplicate-operation@"
		att   = "ots.duplicate-attestation@"
	)
	for name, c := range map[string]struct {
		in, out  []byte
		findings []string
	}{
		"canonical":             {forked(a, b, cat(sha256Op, a)), forked(a, b, cat(sha256Op, a)), nil},
		"attestations unsorted": {forked(b, a), forked(a, b), []string{order + "13"}},
		"attestation behind":    {forked(cat(sha256Op, b), a), forked(a, cat(sha256Op, b)), []string{order + "14"}},
		"operations unsorted":   {forked(cat(appended([]byte{2}), a), cat(appended([]byte{1, 9}), a)), forked(cat(appended([]byte{1, 9}), a), cat(appended([]byte{2}), a)), []string{order + "16"}},
		"attestation twice":     {forked(a, a), a, []string{att + "13"}},
		"twins apart":           {forked(a, b, a), forked(a, b), []string{order + "26", att + "26"}},
		"operation twice":       {forked(cat(sha256Op, b), cat(sha256Op, a)), cat(sha256Op, forked(a, b)), []string{op + "14"}},
		"operation thrice":      {many(3, cat(sha256Op, a)), cat(sha256Op, a), []string{op + "15", att + "16", op + "28", att + "29"}},
		"long length":           {cat([]byte{0xf0, 0x81, 0x80, 0x00, 7}, a), cat(appended([]byte{7}), a), []string{order + "0"}},
		"long height":           {attested("0588960d73d71901", []byte{0x81, 0x00}), block(1), []string{order + "0"}},
		"long zero":             {attested("0588960d73d71901", []byte{0x80, 0x80, 0x00}), block(0), []string{order + "0"}},
		"long payload":          {cat([]byte{0}, unhex("0588960d73d71901"), []byte{0x81, 0x00, 5}), block(5), []string{order + "0"}},
		"long address":          {attested("83dfe30d2ef90c8e", []byte{0x81, 0x00, 'a'}), a, []string{order + "0"}},
		"one height two ways":   {forked(block(1), attested("0588960d73d71901", []byte{0x81, 0x00})), block(1), []string{order + "12", att + "12"}},
		"heights are numbers":   {forked(block(200), block(300)), forked(block(200), block(300)), nil}, // c801 ac02: not as bytes
		"addresses are bytes":   {forked(pending("aa"), pending("b")), forked(pending("aa"), pending("b")), nil},
		"payloads are bytes":    {forked(unknown([]byte{1, 2}), unknown([]byte{2})), forked(unknown([]byte{1, 2}), unknown([]byte{2})), nil},
		"types by tag":          {forked(unknown(nil), block(1), attested("06869a0d73d71b45", []byte{0}), attested("30fe8087b5c7ead7", []byte{0}), a), forked(unknown(nil), block(1), attested("06869a0d73d71b45", []byte{0}), attested("30fe8087b5c7ead7", []byte{0}), a), nil},
		"largest of 64 bits":    {forked(block(math.MaxUint64), attested("0588960d73d71901", unhex("80808080808080808002"))), forked(block(math.MaxUint64), attested("0588960d73d71901", unhex("80808080808080808002"))), nil},
		"above 64 bits":         {forked(attested("0588960d73d71901", unhex("81808080808080808004")), attested("0588960d73d71901", unhex("8280808080808080808000"))), forked(block(2), attested("0588960d73d71901", unhex("81808080808080808004"))), []string{order + "21", order + "21"}},
	} {
		p := parseTree(t, c.in)
		if got := codes(p); !slices.Equal(got, c.findings) {
			t.Errorf("%s: %q, want %q", name, got, c.findings)
		}
		if p.Canonical() != (c.findings == nil) {
			t.Errorf("%s: canonical is %v", name, p.Canonical())
		}
		out := p.Marshal()
		if !bytes.Equal(out, c.out) {
			t.Errorf("%s: %x, want %x", name, out, c.out)
		}
		if again := parseTree(t, out); !again.Canonical() || !slices.Equal(said(again), said(p)) {
			t.Errorf("%s: written again it says %q, not %q", name, said(again), said(p))
		}
	}
}

// Version and length of a detached file: the reference reads the version as a number of
// any length.
func TestVersionNumber(t *testing.T) {
	good := detached(pending("a"))
	long := slices.Insert(bytes.Clone(good), 32, 0)
	long[31] = 0x81
	p := parse(t, long)
	if got := codes(p); !slices.Equal(got, []string{"ots.not-canonical@31"}) || !bytes.Equal(p.Marshal(), good) || !bytes.Equal(p.Raw(), long) {
		t.Errorf("%q %x", got, p.Marshal())
	}
	for _, v := range []string{"00", "02", "8101", "ffffffffffffffffffffff01", "80808080808080808080808001"} {
		q, err := ots.Parse(slices.Concat(good[:31], unhex(v), good[32:]))
		if got := class(t, q, err); got != ots.ClassVersion {
			t.Errorf("version %s: %s", v, got)
		}
	}
}

// A height is a decimal up to 512 bits; above it only says how large it is.
func TestHeightText(t *testing.T) {
	number := func(bits int) []byte { // 2^bits
		b := bytes.Repeat([]byte{0x80}, bits/7+1)
		b[len(b)-1] = 1 << (bits % 7)
		return b
	}
	for name, c := range map[string]struct {
		payload []byte
		height  uint64
		text    string
	}{
		"zero":       {[]byte{0}, 0, "0"},
		"long zero":  {unhex("808080808080808080808000"), 0, "0"},
		"64 bits":    {unhex("ffffffffffffffffff01"), math.MaxUint64, "18446744073709551615"},
		"2^64":       {number(64), math.MaxUint64, "18446744073709551616"},
		"2^80":       {number(80), math.MaxUint64, "1208925819614629174706176"},
		"2^69, long": {append(number(69)[:10], 0x80, 0x00), math.MaxUint64, "590295810358705651712"},
		"2^511":      {number(511), math.MaxUint64, "6703903964971298549787012499102923063739682910296196688861780721860882015036773488400937149083451713845015929093243025426876941405973284973216824503042048"},
		"2^512":      {number(512), math.MaxUint64, "2^512 or more"},
		"largest":    {append(bytes.Repeat([]byte{0xff}, ots.MaxPayload-1), 0x7f), math.MaxUint64, "2^57343 or more"},
	} {
		if name == "2^69, long" {
			c.payload[9] |= 0x80
		}
		a := parseTree(t, attested("0588960d73d71901", c.payload)).Attestations()[0]
		if a.Height != c.height || a.HeightText != c.text {
			t.Errorf("%s: %d %s, want %s", name, a.Height, a.HeightText, c.text)
		}
		claims := a.Claims()
		if (claims.Height == nil) != (len(c.text) > 20 || strings.Contains(c.text, "^") || c.text == "18446744073709551616") || claims.Height != nil && claims.HeightText != "" {
			t.Errorf("%s: %+v", name, claims)
		}
	}
}
