package jsonstrict

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Kind is what a value is.
type Kind uint8

// The kinds of RFC 8259. The zero Kind is none of them: a member that is absent.
const (
	Absent Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

var kindNames = [...]string{"nothing", "null", "a boolean", "a number", "a string", "an array", "an object"}

// String returns the kind for a message, with its article.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return kindNames[Absent]
}

// Value is one JSON value. The zero Value is absent.
type Value struct {
	Kind    Kind
	Text    string   // of a string, decoded; of a number or boolean, as it stands
	Items   []Value  // of an array
	Members []Member // of an object, in the order of the text
	Offset  int      // where the value begins
}

// Member is one member of an object.
type Member struct {
	Name  string
	Value Value
}

// Get returns the named member, or the zero Value.
func (v Value) Get(name string) Value {
	for i := range v.Members {
		if v.Members[i].Name == name {
			return v.Members[i].Value
		}
	}
	return Value{}
}

// Only returns an error when v is no object or has a member that is not named.
func (v Value) Only(names ...string) error {
	if v.Kind != Object {
		return v.Want(Object)
	}
	for i := range v.Members {
		if !slices.Contains(names, v.Members[i].Name) {
			return v.Members[i].Value.errorf("unknown member %q", v.Members[i].Name)
		}
	}
	return nil
}

// Want returns an error when v is not of the kind.
func (v Value) Want(k Kind) error {
	if v.Kind == k {
		return nil
	}
	return v.errorf("want %s, got %s", k, v.Kind)
}

// Uint64 returns a number that is written as a plain decimal: no sign, no fraction,
// no exponent, no leading zero.
func (v Value) Uint64() (uint64, error) {
	if err := v.Want(Number); err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(v.Text, 10, 64)
	if err != nil || strconv.FormatUint(n, 10) != v.Text {
		return 0, v.errorf("%.40q is no plain unsigned number of 64 bits", v.Text)
	}
	return n, nil
}

// Hex returns the bytes of a string of lower-case hexadecimal digits.
func (v Value) Hex() ([]byte, error) {
	if err := v.Want(String); err != nil {
		return nil, err
	}
	b, err := hex.DecodeString(v.Text)
	if err != nil || strings.ContainsAny(v.Text, "ABCDEF") {
		return nil, v.errorf("no lower-case hexadecimal text")
	}
	return b, nil
}

// Base64 returns the bytes of a string in the standard base64 with padding, and
// refuses every spelling but the one that encoding the bytes gives.
func (v Value) Base64() ([]byte, error) {
	if err := v.Want(String); err != nil {
		return nil, err
	}
	b, err := base64.StdEncoding.DecodeString(v.Text)
	if err != nil || base64.StdEncoding.EncodeToString(b) != v.Text {
		return nil, v.errorf("no canonical base64")
	}
	return b, nil
}

func (v Value) errorf(format string, args ...any) error {
	return &Error{Offset: v.Offset, text: fmt.Sprintf(format, args...)}
}
