package merkle

import (
	"bytes"
	"errors"

	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
)

// Form is the name of this package's own form, the member "schema".
const Form = "exhibit.merkle/v1"

// Sniff returns which form the bytes look like: "exhibit.merkle/v1", "rfc6962" or "".
// It reads nothing; a reader may still refuse them.
func Sniff(b []byte) string {
	head := bytes.TrimLeft(b[:min(len(b), 4096)], " \t\r\n")
	if !bytes.HasPrefix(head, []byte("{")) {
		return ""
	}
	if bytes.Contains(head, []byte(`"`+Form+`"`)) {
		return Form
	}
	for _, name := range rfc6962Members {
		if !bytes.Contains(b, []byte(`"`+name+`"`)) {
			return ""
		}
	}
	return "rfc6962"
}

// Parse reads an inclusion proof in the form exhibit.merkle/v1.
func Parse(b []byte) (*Proof, error) {
	v, err := object(b, "inclusion", "convention", "leaf", "leaf_suffix", "index", "size", "path", "root")
	if err != nil {
		return nil, err
	}
	s := Statement{
		Convention: optional(v, "convention", (*fields).name),
		Leaf:       optional(v, "leaf", (*fields).hex), LeafSuffix: optional(v, "leaf_suffix", (*fields).hex),
		Index: optional(v, "index", (*fields).number), Size: optional(v, "size", (*fields).number),
		Path: v.steps("path"), Root: v.hex("root"),
	}
	if v.err != nil {
		return nil, v.err
	}
	p, err := New(s)
	if err != nil {
		return nil, err
	}
	p.texts = true
	return p, nil
}

// object reads the frame of both types: the schema, the type and no member but the
// ones named.
func object(b []byte, kind string, members ...string) (*fields, error) {
	value, err := jsonstrict.Parse(b)
	if err != nil {
		return nil, wrap(codeMalformed, "the text", err)
	}
	if err := value.Only(append([]string{"schema", "type"}, members...)...); err != nil {
		return nil, wrap(codeMalformed, Form, err)
	}
	v := &fields{Value: value}
	if s := v.name("schema"); s != Form && v.err == nil {
		return nil, text(codeMalformed, "the schema is not "+Form)
	}
	if s := v.name("type"); s != kind && v.err == nil {
		return nil, text(codeMalformed, "the type is not "+kind)
	}
	return v, v.err
}

// fields reads members and keeps the first error.
type fields struct {
	jsonstrict.Value
	err error
}

func (v *fields) fail(code, where string, err error) {
	if v.err == nil {
		v.err = wrap(code, where, err)
	}
}

// optional reads a member only if it is there.
func optional[T any](v *fields, member string, read func(*fields, string) T) (none T) {
	if v.Get(member).Kind == jsonstrict.Absent {
		return none
	}
	return read(v, member)
}

func (v *fields) name(member string) string {
	m := v.Get(member)
	if err := m.Want(jsonstrict.String); err != nil {
		v.fail(codeMalformed, member, err)
	}
	return m.Text
}

// hex reads a text that is not empty: an empty one looks like a member left out.
func (v *fields) hex(member string) []byte { return v.bytes(v.Get(member), member) }

func (v *fields) bytes(m jsonstrict.Value, where string) []byte {
	b, err := m.Hex()
	if err != nil {
		v.fail(codeMalformed, where, err)
	} else if len(b) == 0 {
		v.fail(codeHashLength, where, errors.New("an empty text"))
	}
	return b
}

func (v *fields) number(member string) *uint64 {
	m := v.Get(member)
	n, err := m.Uint64()
	if err != nil {
		code := codeMalformed
		if m.Kind == jsonstrict.Number {
			code = codeNumber
		}
		v.fail(code, member, err)
	}
	return &n
}

// steps reads a path: texts, or objects with the one member left or right.
func (v *fields) steps(member string) []Step {
	list := v.Get(member)
	if err := list.Want(jsonstrict.Array); err != nil {
		v.fail(codeMalformed, member, err)
	}
	if len(list.Items) > MaxSteps {
		v.fail(codeLimit, member, text(codeLimit, "more than 64 steps"))
		return nil
	}
	path := make([]Step, 0, len(list.Items))
	for _, m := range list.Items {
		side := Unnamed
		if m.Kind == jsonstrict.Object {
			if len(m.Members) != 1 || m.Only("left", "right") != nil {
				v.fail(codeMalformed, member, text(codeMalformed, "a step is a hash, or one hash named left or right"))
				return nil
			}
			side = Left
			if m.Members[0].Name == "right" {
				side = Right
			}
			m = m.Members[0].Value
		}
		path = append(path, Step{v.bytes(m, member), side})
	}
	return path
}
