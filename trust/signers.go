package trust

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
)

const (
	// maxSigners bounds the keys of one signers.json: each may be tried on evidence
	// that names none.
	maxSigners = 1000
	// maxKeyID bounds what a report prints of a key.
	maxKeyID = 256
)

// SignerError says which entry of a signers.json cannot be used.
type SignerError struct {
	Index int    // from 0
	ID    string // "" when the entry has none
	Err   error
}

func (e *SignerError) Error() string {
	return fmt.Sprintf("entry %d, key id %q: %v", e.Index+1, e.ID, e.Err)
}

// Unwrap returns the cause.
func (e *SignerError) Unwrap() error { return e.Err }

// ParseSigners reads signers.json, an array of keys (or an object whose one member
// "keys" is that array):
//
//	[{"key_id": "2025-a", "file": "a.pem" or "spki_pem": "-----BEGIN PUBLIC KEY-----…",
//	  "alg": "ecdsa", "curve": "P-256", "hash": "sha256", "low_s": false,
//	  "encoding": "der", "signs": "message",
//	  "not_before": "2025-01-01T00:00:00Z", "not_after": "…", "revoked_at": "…",
//	  "source": "the service's page of …, fetched on …"}]
//
// key_id and one of file and spki_pem are needed, alg for an RSA key, and curve for a
// bare point. What is left out is as for [ParseKey]. read returns the file of that
// name beside signers.json.
//
// The error is for a file that leaves in doubt what its owner decided on: broken
// JSON, unknown members, a key id twice, more keys than a limit allows. An entry
// that is sound as JSON and whose key cannot be used is left out and stands in bad.
func ParseSigners(b []byte, read func(name string) ([]byte, error)) (keys []Key, bad []*SignerError, err error) {
	v, err := jsonstrict.Parse(b)
	if err != nil {
		return nil, nil, err
	}
	list := v
	if v.Kind == jsonstrict.Object {
		if err := v.Only("keys"); err != nil {
			return nil, nil, err
		}
		list = v.Get("keys")
	}
	if err := list.Want(jsonstrict.Array); err != nil {
		return nil, nil, err
	}
	if len(list.Items) > maxSigners {
		return nil, nil, fmt.Errorf("more than %d keys", maxSigners)
	}
	seen := make(map[string]bool)
	for i := range list.Items {
		e, err := readEntry(&list.Items[i])
		if err == nil && seen[e.ID] {
			err = errors.New("the key id stands twice")
		}
		if err != nil {
			return nil, nil, &SignerError{i, e.ID, err}
		}
		seen[e.ID] = true
		k, err := e.key(read)
		if err != nil {
			bad = append(bad, &SignerError{i, e.ID, err})
			continue
		}
		keys = append(keys, k)
	}
	return keys, bad, nil
}

// entry is one key as it is written.
type entry struct {
	Key
	file, spki, curve string
}

// readEntry reads the members and judges none of them.
func readEntry(v *jsonstrict.Value) (e entry, err error) {
	if err := v.Want(jsonstrict.Object); err != nil {
		return e, err
	}
	for i := range v.Members {
		m := &v.Members[i]
		if err := e.set(m.Name, &m.Value); err != nil {
			return e, err
		}
	}
	switch {
	case e.ID == "" || len(e.ID) > maxKeyID || strings.ContainsFunc(e.ID, func(r rune) bool { return r < 0x20 || r == 0x7f }):
		return e, fmt.Errorf("key_id is needed: text of at most %d bytes without control characters", maxKeyID)
	case (e.file == "") == (e.spki == ""):
		return e, errors.New("one of file and spki_pem is needed")
	}
	return e, nil
}

func (e *entry) set(name string, v *jsonstrict.Value) error {
	texts := map[string]*string{
		"key_id": &e.ID, "file": &e.file, "spki_pem": &e.spki, "alg": &e.Alg, "curve": &e.curve,
		"hash": &e.Hash, "encoding": &e.Encoding, "signs": &e.Signs, "source": &e.Source,
	}
	times := map[string]*time.Time{"not_before": &e.NotBefore, "not_after": &e.NotAfter, "revoked_at": &e.RevokedAt}
	switch {
	case name == "low_s":
		e.LowS = v.Text == "true"
		return v.Want(jsonstrict.Bool)
	case texts[name] != nil:
		if *texts[name] = v.Text; v.Kind == jsonstrict.String && v.Text == "" {
			return fmt.Errorf("%s is empty", name)
		}
		return v.Want(jsonstrict.String)
	case times[name] != nil:
		t, err := time.Parse(time.RFC3339, v.Text)
		if err != nil || v.Kind != jsonstrict.String || t.IsZero() {
			return fmt.Errorf("%s %.40q is no time as RFC 3339 writes it", name, v.Text)
		}
		*times[name] = t
		return nil
	}
	return fmt.Errorf("unknown member %.40q", name)
}

// key reads the public key and holds it against what the entry says of it.
func (e *entry) key(read func(string) ([]byte, error)) (Key, error) {
	var p keyFile
	var err error
	k := e.Key
	if e.file != "" {
		if !fs.ValidPath(e.file) {
			return Key{}, fmt.Errorf("file %q is not the name of a file beside signers.json", e.file)
		}
		var b []byte
		if b, err = read(e.file); err == nil {
			k.Origin = e.file
			p, err = readKey(b, e.curve, e.Alg)
		}
	} else {
		p, err = pemKey([]byte(e.spki))
	}
	if err != nil {
		return Key{}, err
	}
	if e.curve != "" && e.curve != p.key.Curve() {
		return Key{}, fmt.Errorf("curve is %q, the key is on %q", e.curve, p.key.Curve())
	}
	if p.id != "" && p.id != e.ID {
		return Key{}, fmt.Errorf("the key's own id is %q", p.id)
	}
	if e.Alg == "" && p.key.Kind == "rsa" {
		return Key{}, errors.New("alg is needed for an RSA key: rsa-pkcs1 or rsa-pss")
	}
	k.Public = p.key
	if k.NotBefore.IsZero() { // what the entry leaves open a certificate bounds
		k.NotBefore = p.notBefore
	}
	if k.NotAfter.IsZero() {
		k.NotAfter = p.notAfter
	}
	if err := k.complete(); err != nil {
		return Key{}, err
	}
	return k, nil
}
