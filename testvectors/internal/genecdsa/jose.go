package main

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"encoding/json"
)

// member is a member of a JSON object; the order is kept, a name may stand twice.
type member struct {
	name  string
	value any // json.RawMessage stands as it is
}

func object(members ...member) []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range members {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		must(err)
		value, err := json.Marshal(m.value)
		must(err)
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes()
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

var joseHash = map[string]crypto.Hash{"ES256": crypto.SHA256, "ES384": crypto.SHA384, "ES512": crypto.SHA512, "ES256K": crypto.SHA256}

// token is a JWS in parts, so that a vector can change one of them.
type token struct {
	header  []byte
	payload []byte
	sig     []byte
	hide    bool // detached: the payload is signed and left out
}

// jws signs a payload under a header {alg, more…}.
func (k *key) jws(payload []byte, more ...member) token {
	return k.jwsWith(object(append([]member{{"alg", k.joseName}}, more...)...), payload)
}

func (k *key) jwsWith(header, payload []byte) token {
	p := k.ecdsa(joseHash[k.joseName], []byte(b64(header)+"."+b64(payload)))
	return token{header: header, payload: payload, sig: p.p1363(k.n())}
}

func (t token) compact() []byte {
	payload := b64(t.payload)
	if t.hide {
		payload = ""
	}
	return []byte(b64(t.header) + "." + payload + "." + b64(t.sig))
}

func (t token) flattened(more ...member) []byte {
	m := []member{{"payload", b64(t.payload)}, {"protected", b64(t.header)}}
	if t.hide {
		m = m[1:]
	}
	return object(append(append(m, more...), member{"signature", b64(t.sig)})...)
}
