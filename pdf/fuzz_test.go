package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"
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

// Whatever stands in a signature dictionary, its field and the store: nothing passes that
// the house did not sign, and each dictionary that is kept has its node.
func FuzzDictionary(f *testing.F) {
	theHouse()
	seeds := func(b []byte) {
		d, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), Options{})
		if err != nil {
			return
		}
		for _, s := range d.signatures {
			if x := s.dict; x.From >= 0 && x.To-x.From < maxFuzzSeed && x.To <= int64(len(b)) {
				f.Add(b[x.From:x.To], "/Lock<</Action/All>>/SV<</Ff 3>>", "/Certs[11 0 R]/VRI<</A<</TU(D:2024)>>>>")
			}
		}
	}
	for _, s := range situations() {
		m := newMaker()
		s.make(f, m, theHouse())
		seeds(m.b)
	}
	if dir := os.Getenv("EXHIBIT_CORPUS"); dir != "" {
		names, _ := filepath.Glob(filepath.Join(dir, "pdf", "*.pdf"))
		for _, name := range names {
			if b, err := os.ReadFile(name); err == nil {
				seeds(b)
			}
		}
	}
	env := usualEnv(theHouse(), usualDay)
	f.Fuzz(func(t *testing.T, dict []byte, field, dss string) {
		m := newMaker()
		m.obj(11, string(dict))
		m.obj(12, "<</FT/Sig/T(S)/V 11 0 R"+field+">>")
		m.obj(objForm, "<</Fields[9 0 R 12 0 R]>>")
		m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/DSS<<"+dss+">>>>")
		m.end(t)
		d, err := Open(context.Background(), bytes.NewReader(m.b), int64(len(m.b)), Options{})
		if err != nil {
			return
		}
		r := d.Verify(context.Background(), env)
		if r.Passed() || len(r.Children) < len(d.signatures) {
			t.Fatalf("%s with %d nodes", wordsOf(&r.Result), len(r.Children))
		}
		if again := d.Verify(context.Background(), env); wordsOf(&again.Result) != wordsOf(&r.Result) {
			t.Fatal("another verdict")
		}
		if _, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		}
	})
}

// maxFuzzSeed keeps the seeds small: most of a dictionary is its value.
const maxFuzzSeed = 40_000
