package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"testing"
)

// What passes is what was signed: the bytes under a passed signature or time-stamp are
// those of a document that was made here.
func FuzzVerify(f *testing.F) {
	h := theHouse()
	made := map[[32]byte]bool{}
	for _, s := range situations() {
		m := newMaker()
		s.make(f, m, h)
		d := openMade(f, m.b)
		for _, x := range d.signatures {
			if x.rng.inFile {
				made[sha256.Sum256(signedBytes(m.b, x))] = true
			}
		}
		f.Add(m.b)
	}
	env := usualEnv(h, usualDay)
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), Options{})
		if err != nil {
			if d != nil {
				t.Fatal("error with a document")
			}
			return
		}
		r := d.Verify(context.Background(), env)
		if len(r.Children) != len(d.signatures) {
			t.Fatal("a signature without a node")
		}
		for i := range r.Children {
			if r.Children[i].Passed() && !made[sha256.Sum256(signedBytes(b, d.signatures[i]))] {
				t.Fatal("something passes that nobody signed")
			}
		}
		if _, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		}
	})
}

func signedBytes(file []byte, s *signature) (out []byte) {
	for _, p := range s.rng.parts() {
		out = append(out, file[p.from:p.to]...)
	}
	return out
}
