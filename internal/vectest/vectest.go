// Package vectest hands the canonical vectors to the tests of the packages that judge
// them: with their files, what they are judged over, and the trust that each is given.
package vectest

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust/dir"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Case is one vector with the folder of its files.
type Case struct {
	testvectors.Vector
	Folder fs.FS
}

// Load returns all vectors of a kind. Their number is asserted, so that vectors cannot
// vanish.
func Load(t testing.TB, kind string, count int) []Case {
	t.Helper()
	list, folder, err := testvectors.Load(kind)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != count {
		t.Fatalf("%d vectors, want %d", len(list), count)
	}
	out := make([]Case, len(list))
	for i, v := range list {
		out[i] = Case{v, folder}
	}
	return out
}

// Find returns the vector with the id.
func Find(t testing.TB, list []Case, id string) Case {
	t.Helper()
	i := slices.IndexFunc(list, func(c Case) bool { return c.ID == id })
	if i < 0 {
		t.Fatalf("no vector %s", id)
	}
	return list[i]
}

// File returns a file of the vector's folder.
func (c Case) File(t testing.TB, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(c.Folder, name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Data is the vector's subject, or the digest that stands for it; else it is absent.
func (c Case) Data(t testing.TB) verdict.Subject {
	t.Helper()
	switch {
	case c.Subject != "":
		return verdict.Bytes(c.File(t, c.Subject))
	case c.Digest != "":
		alg, text, _ := strings.Cut(c.Digest, ":")
		d, err := verdict.NewDigests(map[string][]byte{alg: Unhex(t, text)})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	return verdict.Absent{}
}

// Trusted loads the vector's trust files, given alone. Those in ignored must have a
// defect, and no other may.
func (c Case) Trusted(t testing.TB, ignored ...string) *dir.Trust {
	t.Helper()
	view, err := c.TrustFS(c.Folder)
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := dir.Load(view, "trust")
	if err != nil {
		t.Fatal(err)
	}
	var refused []string
	for _, e := range trusted.Errors {
		refused = append(refused, e.Path)
	}
	if !slices.Equal(refused, ignored) {
		t.Fatalf("trust of %s: %v, want errors of %v", c.ID, trusted.Errors, ignored)
	}
	return trusted
}

// Unhex reads hexadecimal text.
func Unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Golden compares the JSON form of a value with testdata/golden/id.json, or writes that
// file anew.
func Golden(t testing.TB, id string, value any, update bool) {
	t.Helper()
	got, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	name := filepath.Join("testdata", "golden", id+".json")
	if update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", id, got, want)
	}
}
