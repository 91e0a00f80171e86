package trust

import (
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/verdict"
)

// The dates of NIST SP 800-131A Rev. 2 and SP 800-57 Part 1 Rev. 5, tables 2 to 4, in
// the last second of the last good day and in the next.
func TestBuiltinDates(t *testing.T) {
	const never, open = "never", ""
	for _, c := range []struct {
		use  Use
		last string
	}{
		{Use{Digest: "md5"}, never}, {Use{Digest: "sha1"}, "2013-12-31"}, {Use{Digest: "ripemd160"}, "2013-12-31"},
		{Use{Digest: "sha224"}, "2030-12-31"}, {Use{Digest: "sha512-224"}, "2030-12-31"}, {Use{Digest: "sha3-224"}, "2030-12-31"},
		{Use{Digest: "sha256"}, open}, {Use{Digest: "sha384"}, open}, {Use{Digest: "sha512"}, open}, {Use{Digest: "sha512-256"}, open},
		{Use{Digest: "sha3-256"}, open}, {Use{Digest: "keccak256"}, open}, {Use{Digest: "sha3-384"}, open}, {Use{Digest: "sha3-512"}, open},
		{Use{Key: "rsa", Bits: 1023}, never}, {Use{Key: "rsa", Bits: 1024}, "2013-12-31"}, {Use{Key: "rsa", Bits: 2047}, "2013-12-31"},
		{Use{Key: "rsa", Bits: 2048}, "2030-12-31"}, {Use{Key: "rsa", Bits: 3071}, "2030-12-31"}, {Use{Key: "rsa", Bits: 3072}, open},
		{Use{Key: "dsa", Bits: 1024}, "2013-12-31"}, {Use{Key: "dsa", Bits: 2048}, "2030-12-31"}, {Use{Key: "dsa", Bits: 3072}, open},
		{Use{Key: "ec", Bits: 159}, never}, {Use{Key: "ec", Bits: 192}, "2013-12-31"}, {Use{Key: "ec", Bits: 224}, "2030-12-31"},
		{Use{Key: "ec", Bits: 256}, open}, {Use{Key: "ec", Bits: 521}, open}, {Use{Key: "ed25519", Bits: 256}, open}, {Use{Key: "ed448", Bits: 448}, open},
		{Use{Digest: "sha0"}, "unknown"}, {Use{Key: "elgamal", Bits: 4096}, "unknown"}, {Use{}, "unknown"},
	} {
		far := time.Date(2500, 1, 1, 0, 0, 0, 0, time.UTC)
		switch c.last {
		case never, "unknown":
			if good, last := Builtin().Good(c.use, time.Unix(0, 0)); good || last != c.last {
				t.Errorf("%s: %v %q", c.use.Name(), good, last)
			}
			if _, ok := Builtin().End(c.use); ok {
				t.Errorf("%s has an end", c.use.Name())
			}
		case open:
			if good, last := Builtin().Good(c.use, far); !good || last != "" {
				t.Errorf("%s: %v %q", c.use.Name(), good, last)
			}
			if end, ok := Builtin().End(c.use); !ok || !end.IsZero() {
				t.Errorf("%s: %v %v", c.use.Name(), end, ok)
			}
		default:
			day, _ := time.Parse(time.DateOnly, c.last)
			next := day.AddDate(0, 0, 1)
			in, none := Builtin().Good(c.use, next.Add(-1))
			out, last := Builtin().Good(c.use, next)
			if !in || none != "" || out || last != c.last {
				t.Errorf("%s: last second %v, next %v, %q", c.use.Name(), in, out, last)
			}
			if end, ok := Builtin().End(c.use); !ok || !end.Equal(next) {
				t.Errorf("%s: %v %v", c.use.Name(), end, ok)
			}
		}
	}
}

// Every digest that a subject can be hashed with has a row.
func TestTableKnowsEveryDigest(t *testing.T) {
	for _, name := range []string{"md5", "sha1", "ripemd160", "sha224", "sha256", "sha384", "sha512", "sha512-224", "sha512-256", "sha3-224", "sha3-256", "keccak256", "sha3-384", "sha3-512", "shake256-512"} {
		if verdict.DigestSize(name) == 0 {
			t.Errorf("%s cannot be computed", name)
		}
		if _, last := Builtin().Good(Use{Digest: name}, time.Time{}); last == "unknown" {
			t.Errorf("%s has no date", name)
		}
	}
}

func TestParseAlgorithms(t *testing.T) {
	a, err := ParseAlgorithms([]byte(`{"source":"ours","digests":{"sha256":"2020-02-29","sha1":"never"},"keys":{"rsa":[{"below":4096,"until":"never"},{"below":0,"until":""}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	if good, _ := a.Good(Use{Digest: "sha256"}, time.Date(2020, 3, 1, 0, 0, 0, 0, time.UTC)); good || a.Source() != "ours" {
		t.Error("the replacement does not replace")
	}
	if good, _ := a.Good(Use{Digest: "sha512"}, time.Unix(0, 0)); good {
		t.Error("what a replacement does not name is good")
	}
	for _, bad := range []string{
		``, `[]`, `{"digest":{}}`, `{} {}`, `{"digests":{"sha1":"2013-02-29"}}`, `{"digests":{"sha1":"2013"}}`, `{"digests":{"sha1":"Never"}}`,
		`{"keys":{"rsa":[{"below":0,"until":""},{"below":2048,"until":""}]}}`, `{"keys":{"rsa":[{"below":2048,"until":""},{"below":1024,"until":""}]}}`,
		`{"keys":{"rsa":[{"below":-1,"until":""}]}}`, `{"keys":{"rsa":[{"below":1,"until":"x"}]}}`, `{"keys":{"rsa":[{"above":1}]}}`,
	} {
		if a, err := ParseAlgorithms([]byte(bad)); err == nil || a != nil {
			t.Errorf("%s is read", bad)
		}
	}
}

func TestPolicy(t *testing.T) {
	for _, p := range []Policy{Issuance, ETSI} {
		if got, err := ParsePolicy(string(p)); err != nil || got != p || p.Other() == p || p.Other().Other() != p {
			t.Errorf("%s", p)
		}
	}
	for _, s := range []string{"", "ISSUANCE", "none"} {
		if _, err := ParsePolicy(s); err == nil {
			t.Errorf("policy %q is read", s)
		}
		if !Policy(s).Strict() {
			t.Errorf("policy %q is not strict", s)
		}
	}
	if Issuance.Strict() {
		t.Error("issuance is strict")
	}
}

func TestEnv(t *testing.T) {
	var zero Env
	if zero.Table() != Builtin() || !strings.Contains(Builtin().Source(), "800-131A") || zero.Existence([]byte("x")) != nil {
		t.Error("the zero Env")
	}
	day := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	e := Env{Policy: ETSI, Existences: []verdict.Existence{{Algorithm: "sha256", Digest: verdict.Sum("sha256", []byte("x")), NotLaterThan: day, Policy: "etsi"}}}
	if got := e.Existence([]byte("x")); got == nil || !got.NotLaterThan.Equal(day) {
		t.Error("a proof was not found")
	}
	weak := Env{Policy: ETSI, Existences: []verdict.Existence{{Algorithm: "sha1", Digest: verdict.Sum("sha1", []byte("x")), NotLaterThan: day, Policy: "etsi"}}}
	if weak.Existence([]byte("x")) != nil {
		t.Error("a proof by SHA-1 of 2025 counts")
	}
	weak.Existences[0].NotLaterThan = time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC)
	if weak.Existence([]byte("x")) == nil {
		t.Error("a proof by SHA-1 of 2012 does not count")
	}
	e.Policy = Issuance
	if e.Existence([]byte("x")) != nil {
		t.Error("a proof of another policy counts")
	}
}
