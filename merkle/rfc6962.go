package merkle

import (
	"errors"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
)

// rfc6962Members are all members of the shape, none of them optional.
var rfc6962Members = []string{"root", "leaf", "leafIndex", "treeSize", "auditPath"}

// ParseRFC6962 reads an inclusion proof in the shape
//
//	{"root": …, "leaf": …, "leafIndex": 4, "treeSize": 7, "auditPath": […]}
//
// that services give for trees of RFC 6962. Hashes are lower-case hexadecimal or
// canonical base64, all of them alike; leaf is the leaf hash. The shape does not say
// what the leaf is made of, so the caller names the convention; it must be one of
// those trees (rfc6962-sha256, rfc6962-sha256-digest). An empty name leaves it open.
func ParseRFC6962(b []byte, convention string) (*Proof, error) {
	if c, ok := conventions[convention]; convention != "" && (!ok || c.Sides != ByIndex || c.Odd != Promote || c.Leaf.Suffix != 0) {
		return nil, text(codeConvention, "the shape of RFC 6962 cannot stand for convention "+convention)
	}
	value, err := jsonstrict.Parse(b)
	if err != nil {
		return nil, wrap(codeMalformed, "the text", err)
	}
	if err := value.Only(rfc6962Members...); err != nil {
		return nil, wrap(codeMalformed, "RFC 6962 shape", err)
	}
	v := &fields{Value: value}
	h := &hashes{fields: v}
	s := Statement{
		Convention: convention, Root: h.read(v.Get("root"), "root"), Leaf: h.read(v.Get("leaf"), "leaf"),
		Index: v.number("leafIndex"), Size: v.number("treeSize"),
	}
	path := v.Get("auditPath")
	if err := path.Want(jsonstrict.Array); err != nil {
		v.fail(codeMalformed, "auditPath", err)
	}
	if len(path.Items) > MaxSteps {
		return nil, text(codeLimit, "more than 64 steps")
	}
	for _, m := range path.Items {
		s.Path = append(s.Path, Step{Hash: h.read(m, "auditPath")})
	}
	if v.err != nil {
		return nil, v.err
	}
	return New(s)
}

// hashes reads hashes that are all in one encoding.
type hashes struct {
	*fields
	encoding string
}

var errEncoding = errors.New("two encodings in one proof")

// read tells the encodings apart by the padding: a hash of 32 bytes always has one
// in base64, and hexadecimal has none.
func (h *hashes) read(m jsonstrict.Value, where string) []byte {
	encoding, read := "hex", jsonstrict.Value.Hex
	if strings.HasSuffix(m.Text, "=") {
		encoding, read = "base64", jsonstrict.Value.Base64
	}
	b, err := read(m)
	switch {
	case err != nil:
		h.fail(codeMalformed, where, err)
	case len(b) == 0:
		h.fail(codeHashLength, where, errors.New("an empty hash"))
	case h.encoding != "" && h.encoding != encoding:
		h.fail(codeMalformed, where, errEncoding)
	}
	h.encoding = encoding
	return b
}
