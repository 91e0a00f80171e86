package jsonstrict

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	v, err := Parse([]byte(" {\"a\": [1, \"x\\u00e9\\ud83d\\ude00\\n\", null, true, {}], \"b\": -0.5e1}\n"))
	if err != nil {
		t.Fatal(err)
	}
	a, b := v.Get("a"), v.Get("b")
	if v.Kind != Object || a.Kind != Array || len(a.Items) != 5 || a.Items[1].Text != "x\u00e9\U0001F600\n" || a.Items[2].Kind != Null ||
		a.Items[3].Text != "true" || a.Items[4].Kind != Object || b.Text != "-0.5e1" || b.Offset == 0 {
		t.Errorf("%+v", v)
	}
	if c := v.Get("c"); c.Kind != Absent {
		t.Errorf("an absent member is %s", c.Kind)
	}
}

func TestRefused(t *testing.T) {
	for _, bad := range []string{
		"", " ", "{", "[", "[1", `{"a"`, `{"a":`, `{"a":1`, "{} {}", "{}x", `{"a":1,}`, "[1,]", "[,1]", "[1 2]", `{"a":1 "b":2}`,
		`{"a":1,"a":1}`, `{"a":1,"\u0061":2}`, `{"x":[{"a":1,"a":2}]}`, "\xff", "\"\xff\"", `"\ud800"`, `"\ud800\u0041"`, `"\udc00"`,
		"01", "+1", "-", "1.", ".5", "1e", "1e+", "'a'", "{a:1}", "{1:1}", "nul", "True", "NaN", "// c\n1", "\ufeff1", "\"\n\"", "\"\x00\"",
		`"\x"`, `"\u12"`, `"\u12g4"`, `"a`, `"\`, "\x00",
	} {
		if v, err := Parse([]byte(bad)); err == nil || !reflect.DeepEqual(v, Value{}) {
			t.Errorf("%q is read as %v", bad, v)
		}
	}
}

func TestLimits(t *testing.T) {
	nested := func(n int) []byte { return []byte(strings.Repeat("[", n) + strings.Repeat("]", n)) }
	list := func(n int) []byte { return []byte("[" + strings.Repeat("0,", n-2) + "0]") } // n values with the array
	padded := func(n int) []byte { return []byte("1" + strings.Repeat(" ", n-1)) }
	for _, c := range []struct {
		name      string
		at, above []byte
	}{
		{"depth", nested(MaxDepth), nested(MaxDepth + 1)},
		{"values", list(MaxValues), list(MaxValues + 1)},
		{"size", padded(MaxSize), padded(MaxSize + 1)},
	} {
		if _, err := Parse(c.at); err != nil {
			t.Errorf("%s, at the limit: %v", c.name, err)
		}
		if _, err := Parse(c.above); !errors.Is(err, ErrLimit) {
			t.Errorf("%s, above the limit: %v", c.name, err)
		}
	}
}

func TestAccessors(t *testing.T) {
	v, err := Parse([]byte(`{"n":18446744073709551615,"big":18446744073709551616,"f":1.0,"neg":-1,"h":"00ff","H":"00FF","b":"AP8=","c":"AP9="}`))
	if err != nil {
		t.Fatal(err)
	}
	get := func(name string) *Value { m := v.Get(name); return &m }
	if n, err := get("n").Uint64(); err != nil || n != 1<<64-1 {
		t.Errorf("%d %v", n, err)
	}
	if b, err := get("h").Hex(); err != nil || fmt.Sprintf("%x", b) != "00ff" {
		t.Errorf("%x %v", b, err)
	}
	if b, err := get("b").Base64(); err != nil || fmt.Sprintf("%x", b) != "00ff" {
		t.Errorf("%x %v", b, err)
	}
	for _, name := range []string{"big", "f", "neg", "h", "absent"} {
		if _, err := get(name).Uint64(); err == nil {
			t.Errorf("%s is a number", name)
		}
	}
	if _, err := get("H").Hex(); err == nil {
		t.Error("upper-case hex is read")
	}
	if _, err := get("c").Base64(); err == nil {
		t.Error("base64 with spare bits set is read")
	}
	if err := v.Only("n", "big", "f", "neg", "h", "H", "b", "c"); err != nil {
		t.Error(err)
	}
	if v.Only("n") == nil || get("n").Only() == nil {
		t.Error("unknown members pass")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"a":[1,"x",null],"b":{"c":-1.5e3}}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		v, err := Parse(in)
		if err != nil {
			if v.Kind != Absent {
				t.Fatal("a value and an error")
			}
			return
		}
		if !json.Valid(in) {
			t.Fatal("read, though it is no JSON")
		}
	})
}
