package jsonstrict

import (
	"bytes"
	"encoding/json"
	"testing"
)

// What is read has the same content to the standard library.
func FuzzSameContent(f *testing.F) {
	for _, s := range []string{`{"a":[1,2,{"b":null}],"c":"d\u00e9\ud83d\ude00"}`, `-0.0e-1`, `"\ud800"`, `{"a":1,"a":1}`, `[[],true,false]`, "\"\xff\""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		v, err := Parse(in)
		if err != nil {
			return
		}
		ours, err := json.Marshal(plain(v))
		if err != nil {
			t.Fatal(err)
		}
		var value any
		dec := json.NewDecoder(bytes.NewReader(in))
		dec.UseNumber()
		if err := dec.Decode(&value); err != nil {
			t.Fatal(err)
		}
		theirs, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(ours, theirs) {
			t.Fatalf("%s, the standard library reads %s", ours, theirs)
		}
	})
}

// plain turns a value into what encoding/json decodes into.
func plain(v Value) any {
	switch v.Kind {
	case Bool:
		return v.Text == "true"
	case Number:
		return json.Number(v.Text)
	case String:
		return v.Text
	case Array:
		out := []any{}
		for _, i := range v.Items {
			out = append(out, plain(i))
		}
		return out
	case Object:
		out := map[string]any{}
		for _, m := range v.Members {
			out[m.Name] = plain(m.Value)
		}
		return out
	}
	return nil
}
