package der

import (
	"bytes"
	"encoding/asn1"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/testvec"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, in string
		ok       bool
		contents string
		rest     string
		ber      bool
	}{
		{"short", "0402 aabb ff", true, "aabb", "ff", false},
		{"empty", "3000", true, "", "", false},
		{"long form", "0481 80" + strings.Repeat("00", 128), true, strings.Repeat("00", 128), "", false},
		{"padded length", "048102 aabb", true, "aabb", "", true},
		{"leading zero in length", "04820002 aabb", true, "aabb", "", true},
		{"indefinite", "3080 0401aa 0000 ff", true, "0401aa", "ff", true},
		{"indefinite in indefinite", "3080 3080 0000 0000", true, "30800000", "", true},
		{"zeros inside a definite element", "3080 04020000 0000", true, "04020000", "", true},
		{"unfinished indefinite", "3080 0401aa 00", false, "", "", false},
		{"indefinite primitive", "0480 0000", false, "", "", false},
		{"truncated", "0403 aabb", false, "", "", false},
		{"no length", "30", false, "", "", false},
		{"length of length beyond the end", "3084 01", false, "", "", false},
		{"reserved length", "30ff", false, "", "", false},
		{"length above 2^30", "308800000000ffffffff", false, "", "", false},
		{"high tag without a length", "1f05", false, "", "", false},
		{"high tag", "1f2101 aa bb", true, "aa", "bb", false},
		{"tag number above 28 bits", "1fffffffffff01 00", false, "", "", false},
		{"end-of-contents where none is open", "3080 0001 00 0000", false, "", "", false},
	} {
		s := cryptobyte.String(unhex(t, c.in))
		before := len(s)
		var e Element
		if ok := Read(&s, &e); ok != c.ok {
			t.Errorf("%s: got %v", c.name, ok)
			continue
		}
		if !c.ok {
			if len(s) != before {
				t.Errorf("%s: refused and consumed", c.name)
			}
			continue
		}
		if !bytes.Equal(e.Contents, unhex(t, c.contents)) || !bytes.Equal(s, unhex(t, c.rest)) || e.BER != c.ber {
			t.Errorf("%s: contents %x rest %x ber %v", c.name, e.Contents, s, e.BER)
		}
	}
}

func TestDepthLimit(t *testing.T) {
	nested := func(n int) []byte {
		return append(bytes.Repeat([]byte{0x30, 0x80}, n), bytes.Repeat([]byte{0, 0}, n)...)
	}
	for n, want := range map[int]bool{MaxDepth: true, MaxDepth + 1: false} {
		s := cryptobyte.String(nested(n))
		var e Element
		if got := Read(&s, &e); got != want {
			t.Errorf("%d levels: %v", n, got)
		}
	}
	start := time.Now()
	s := cryptobyte.String(bytes.Repeat([]byte{0x30, 0x80}, 8<<20))
	var e Element
	if Read(&s, &e) || time.Since(start) > testvec.Slack(time.Second) {
		t.Errorf("16 MiB of nested headers took %v", time.Since(start))
	}
}

func TestOctets(t *testing.T) {
	for in, want := range map[string]string{
		"0402aabb":                          "aabb",
		"2480 0401aa 0401bb 0000":           "aabb",
		"2406 0401aa 0401bb":                "aabb",
		"2480 2480 0401aa 0000 0401bb 0000": "aabb",
		"2480 3003 0401aa 0000":             "refused",
		"3003 0401aa":                       "refused",
	} {
		s := cryptobyte.String(unhex(t, in))
		var out []byte
		_, ok := ReadOctets(&s, &out)
		if got := hex.EncodeToString(out); ok != (want != "refused") || ok && got != want {
			t.Errorf("%s: %v %s", in, ok, got)
		}
	}
}

// encoding/asn1 is the independent reader of identifiers and times.
func TestOIDAgainstStandardLibrary(t *testing.T) {
	for _, dotted := range []string{"0.0", "0.39", "1.2.840.113549.1.9.16.1.4", "2.5.29.37.0", "2.999", "2.16.840.1.101.3.4.2.1", "2.23.4294967295.1"} {
		oid := MustOID(dotted)
		if oid.String() != dotted {
			t.Errorf("%s shows as %s", dotted, oid)
		}
		var std asn1.ObjectIdentifier
		enc := append([]byte{6, byte(len(oid))}, oid...)
		if _, err := asn1.Unmarshal(enc, &std); err == nil && std.String() != dotted {
			t.Errorf("%s is read by encoding/asn1 as %s", dotted, std)
		}
		s := cryptobyte.String(enc)
		var back OID
		if !ReadOID(&s, &back) || back != oid {
			t.Errorf("%s does not read back", dotted)
		}
	}
	for _, in := range []string{"0600", "0601 80", "0602 2a80", "0603 2a8001", "0602 8001"} {
		s := cryptobyte.String(unhex(t, in))
		var oid OID
		if ReadOID(&s, &oid) {
			t.Errorf("%s read as %s", in, oid)
		}
	}
}

func TestOIDShown(t *testing.T) {
	for n, want := range map[int]bool{maxShown: false, maxShown + 1: true} {
		var b cryptobyte.Builder
		b.AddASN1(casn1.OBJECT_IDENTIFIER, func(b *cryptobyte.Builder) { b.AddBytes(bytes.Repeat([]byte{1}, n)) })
		s := cryptobyte.String(b.BytesOrPanic())
		var oid OID
		if !ReadOID(&s, &oid) || strings.HasSuffix(oid.String(), "…") != want {
			t.Errorf("identifier of %d bytes: %s", n, oid)
		}
	}
}

// Nesting is measured through definite and indefinite lengths alike.
func TestTooDeep(t *testing.T) {
	definite := func(n int) (b []byte) {
		for range n {
			head := []byte{0x30, 0x84, 0, byte(len(b) >> 16), byte(len(b) >> 8), byte(len(b))}
			b = append(head, b...)
		}
		return b
	}
	indefinite := func(n int) []byte {
		return append(bytes.Repeat([]byte{0x30, 0x80}, n), bytes.Repeat([]byte{0, 0}, n)...)
	}
	for name, make := range map[string]func(int) []byte{"definite": definite, "indefinite": indefinite} {
		for n, want := range map[int]bool{0: false, 1: false, MaxDepth: false, MaxDepth + 1: true} {
			if got := TooDeep(make(n)); got != want {
				t.Errorf("%s, %d levels: %v", name, n, got)
			}
		}
	}
	siblings := bytes.Repeat(append([]byte{0x30, 0x80}, 0, 0), 1000)
	if TooDeep(siblings) || TooDeep(definite(3)[:5]) || TooDeep([]byte{0x30}) {
		t.Error("breadth or a cut was taken for depth")
	}
}

func TestTimes(t *testing.T) {
	for in, want := range map[string]string{
		"17:250228235959Z":     "2025-02-28T23:59:59Z",
		"17:490101000000Z":     "2049-01-01T00:00:00Z",
		"17:500101000000Z":     "1950-01-01T00:00:00Z",
		"18:20250301120000Z":   "2025-03-01T12:00:00Z",
		"17:250229000000Z":     "",
		"17:2502280000Z":       "",
		"17:250228235960Z":     "",
		"17:251328000000Z":     "",
		"17:250228240000Z":     "",
		"17:250228000000+00":   "",
		"18:20250301120000":    "",
		"18:20250301120000.5Z": "",
		"18:2025030112000aZ":   "",
	} {
		tag, text, _ := strings.Cut(in, ":")
		enc := append(unhex(t, tag), byte(len(text)))
		s := cryptobyte.String(append(enc, text...))
		var got time.Time
		ok := ReadTime(&s, &got)
		if ok != (want != "") || ok && got.Format(time.RFC3339) != want {
			t.Errorf("%s: %v %v, want %q", in, ok, got, want)
		}
	}
}

func TestIntegers(t *testing.T) {
	for in, want := range map[string]int{"020100": 0, "02017f": 127, "02020080": 128, "02047fffffff": 1<<31 - 1,
		"0201ff": -1, "0200": -1, "02020001": -1, "0202ffff": -1, "02050080000000": -1} {
		s := cryptobyte.String(unhex(t, in))
		n := -1
		if !ReadSmallInt(&s, &n, casn1.INTEGER) {
			n = -1
		}
		if n != want {
			t.Errorf("%s: got %d, want %d", in, n, want)
		}
	}
}

// An element is a prefix of its input, its contents lie inside it, and what a strict
// reader takes, the tolerant one takes alike.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"0402aabb", "30800401aa0000", "1f80", "1f05", "3081", "308401", "2480040100000000"} {
		f.Add(unhex(f, s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		s, strict := cryptobyte.String(in), cryptobyte.String(in)
		var e Element
		var value cryptobyte.String
		var tag casn1.Tag
		ok := Read(&s, &e)
		if ok && (!bytes.HasPrefix(in, e.Raw) || len(e.Raw)+len(s) != len(in) || !bytes.Contains(e.Raw, e.Contents)) {
			t.Fatalf("element %x of %x", e.Raw, in)
		}
		if strict.ReadAnyASN1Element(&value, &tag) && len(value) < 1<<30 && (!ok || !bytes.Equal(value, e.Raw) || e.BER) {
			t.Fatalf("DER element %x read as %v %x (BER %v)", value, ok, e.Raw, e.BER)
		}
		var octets []byte
		s = in
		if _, ok := ReadOctets(&s, &octets); ok && len(octets) > len(in) {
			t.Fatal("more octets than input")
		}
	})
}
