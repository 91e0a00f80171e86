package verdict

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"testing"
	"testing/iotest"
	"time"
)

// Published digests of "abc" (FIPS 180-4 and FIPS 202 examples, RFC 1321, RIPEMD-160;
// Keccak: the tests of go-ethereum, which uses nothing else).
var abc = map[string]string{
	"md5":          "900150983cd24fb0d6963f7d28e17f72",
	"sha1":         "a9993e364706816aba3e25717850c26c9cd0d89d",
	"ripemd160":    "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc",
	"sha224":       "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
	"sha256":       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	"sha384":       "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
	"sha512":       "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
	"sha512-224":   "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa",
	"sha512-256":   "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
	"sha3-224":     "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf",
	"sha3-256":     "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
	"keccak256":    "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
	"sha3-384":     "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25",
	"shake256-512": "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739d5a15bef186a5386c75744c0527e1faa9f8726e462a12a4feb06bd8801e751e4",
	"sha3-512":     "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
}

func TestDigests(t *testing.T) {
	if len(abc) != len(digests) {
		t.Errorf("%d published digests for %d algorithms", len(abc), len(digests))
	}
	for name, want := range abc {
		streamed, n, err := HashStream(context.Background(), iotest.OneByteReader(bytes.NewReader([]byte("abc"))), []DigestOf{{Algorithm: name}, {Algorithm: name, Prefix: "a"}})
		if err != nil || n != 3 {
			t.Fatal(err)
		}
		for kind, s := range map[string]Subject{"bytes": Bytes("abc"), "stream": streamed} {
			got, err := s.Digest(name, nil)
			if err != nil || hex.EncodeToString(got) != want || len(got) != DigestSize(name) {
				t.Errorf("%s %s: %x %v", kind, name, got, err)
			}
		}
		prefixed, err := Bytes("bc").Digest(name, []byte("a"))
		if err != nil || hex.EncodeToString(prefixed) != want {
			t.Errorf("%s with a prefix: %x %v", name, prefixed, err)
		}
		if got, err := streamed.Digest(name, []byte("a")); err != nil || !bytes.Equal(got, Sum(name, []byte("aabc"))) {
			t.Errorf("%s streamed with a prefix: %x %v", name, got, err)
		}
	}
}

// Keccak-256 of nothing, as in the known answers of the submission to NIST
// (ShortMsgKAT_256, length 0).
func TestKeccakOfNothing(t *testing.T) {
	const want = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
	if got := hex.EncodeToString(Sum("keccak256", nil)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// What is not known is not at hand, never an empty digest.
func TestNotAtHand(t *testing.T) {
	given, err := NewDigests(map[string][]byte{"sha256": make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func() ([]byte, error){
		"absent":            func() ([]byte, error) { return Absent{}.Digest("sha256", nil) },
		"zero digests":      func() ([]byte, error) { return Digests{}.Digest("sha256", nil) },
		"other algorithm":   func() ([]byte, error) { return given.Digest("sha512", nil) },
		"other prefix":      func() ([]byte, error) { return given.Digest("sha256", []byte{0}) },
		"unknown algorithm": func() ([]byte, error) { return Bytes("abc").Digest("sha0", nil) },
		"unknown, prefixed": func() ([]byte, error) { return Bytes("abc").Digest("sha0", []byte{0}) },
	} {
		if d, err := ask(); d != nil || !errors.Is(err, ErrNotAtHand) {
			t.Errorf("%s: %x %v", name, d, err)
		}
	}
	for _, bad := range []map[string][]byte{{"sha256": make([]byte, 31)}, {"sha0": nil}, {"": nil}} {
		if _, err := NewDigests(bad); err == nil {
			t.Errorf("%v accepted", bad)
		}
	}
	if Sum("sha0", nil) != nil || NewHash("") != nil || DigestSize("x") != 0 {
		t.Error("an unknown algorithm gives something")
	}
}

func TestHashStreamErrors(t *testing.T) {
	broken := errors.New("broken")
	want := []DigestOf{{Algorithm: "sha256"}}
	if d, _, err := HashStream(context.Background(), io.MultiReader(bytes.NewReader([]byte("ab")), iotest.ErrReader(broken)), want); !errors.Is(err, broken) || d.known != nil {
		t.Errorf("read error: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := HashStream(ctx, bytes.NewReader([]byte("ab")), want); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestEarliestExistence(t *testing.T) {
	object, other := []byte("token"), []byte("other")
	day := func(n int) time.Time { return time.Date(2025, 1, n, 0, 0, 0, 0, time.UTC) }
	proof := func(of []byte, n int, policy string) Existence {
		return Existence{Algorithm: "sha256", Digest: Sum("sha256", of), NotLaterThan: day(n), Policy: policy}
	}
	for _, c := range []struct {
		name   string
		proofs []Existence
		want   int
	}{
		{"none", nil, 0},
		{"the earliest", []Existence{proof(object, 5, "etsi"), proof(object, 3, "etsi"), proof(object, 4, "etsi")}, 3},
		{"over another object", []Existence{proof(other, 3, "etsi")}, 0},
		{"under another policy", []Existence{proof(object, 3, "issuance")}, 0},
		{"without a time", []Existence{{Algorithm: "sha256", Digest: Sum("sha256", object), Policy: "etsi"}}, 0},
		{"without a digest", []Existence{{Algorithm: "sha0", NotLaterThan: day(3), Policy: "etsi"}}, 0},
		{"second form", []Existence{proof([]byte("armoured"), 6, "etsi")}, 6},
	} {
		got := EarliestExistence(c.proofs, "etsi", object, nil, []byte("armoured"))
		if (got == nil) != (c.want == 0) || got != nil && !got.NotLaterThan.Equal(day(c.want)) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}
