package main

import (
	"encoding/json"
	"path"
)

// entry is one key of signers.json.
type entry struct {
	KeyID     string `json:"key_id"`
	File      string `json:"file,omitempty"`
	SPKI      string `json:"spki_pem,omitempty"`
	Alg       string `json:"alg"`
	Curve     string `json:"curve,omitempty"`
	Hash      string `json:"hash,omitempty"`
	LowS      bool   `json:"low_s,omitempty"`
	Encoding  string `json:"encoding,omitempty"`
	Signs     string `json:"signs,omitempty"`
	NotBefore string `json:"not_before,omitempty"`
	NotAfter  string `json:"not_after,omitempty"`
	RevokedAt string `json:"revoked_at,omitempty"`
	Source    string `json:"source,omitempty"`

	data []byte // of File
}

// as is the entry of a key under an id, in the words of signers.json.
func (k *key) as(id string, edits ...func(*entry)) entry {
	e := entry{KeyID: id, File: id + ".pem", Alg: "ecdsa", Curve: k.curveID, Source: "made by the generator", data: k.pem()}
	switch {
	case k.edKey != nil:
		e.Alg = "ed25519"
	case k.rsaKey != nil:
		e.Alg = "rsa-pkcs1"
	}
	for _, f := range edits {
		f(&e)
	}
	return e
}

func hash(h string) func(*entry)     { return func(e *entry) { e.Hash = h } }
func encoding(x string) func(*entry) { return func(e *entry) { e.Encoding = x } }
func signs(x string) func(*entry)    { return func(e *entry) { e.Signs = x } }
func lowS(e *entry)                  { e.LowS = true }
func pssAlg(e *entry)                { e.Alg = "rsa-pss" }
func inline(e *entry)                { e.SPKI, e.File = string(e.data), "" }
func revoked(at string) func(*entry) { return func(e *entry) { e.RevokedAt = at } }

func window(from, to string) func(*entry) {
	return func(e *entry) { e.NotBefore, e.NotAfter = from, to }
}

func file(name string, data []byte) func(*entry) {
	return func(e *entry) { e.File, e.data = name, data }
}

// signers puts the keys into a folder of their own, and makes them the trust of the
// vector.
func (v *vector) signers(folder string, entries ...entry) *vector {
	list, err := json.MarshalIndent(entries, "", "  ")
	must(err)
	v.trust(path.Join("signers", folder, "signers.json"), append(list, '\n'))
	for _, e := range entries {
		if e.File != "" {
			v.trust(path.Join("signers", folder, e.File), e.data)
		}
	}
	return v
}

// bare gives a key file alone, without an entry.
func (v *vector) bare(folder, name string, data []byte) *vector {
	return v.trust(path.Join("signers", folder, name), data)
}

func (v *vector) trust(name string, data []byte) *vector {
	v.suite.file(path.Join("trust", name), data)
	v.Trust = append(v.Trust, name)
	return v
}
