package vecdir

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Compare fails the test where the committed folder is not what write makes anew,
// byte by byte.
func Compare(t *testing.T, committed string, write func(dir string) error) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), filepath.Base(committed))
	if err := write(dir); err != nil {
		t.Fatal(err)
	}
	fresh, old := listing(t, dir), listing(t, committed)
	for name, want := range fresh {
		if got, ok := old[name]; !ok || !bytes.Equal(got, want) {
			t.Errorf("%s: missing or different; run go generate ./testvectors", name)
		}
	}
	for name := range old {
		if _, ok := fresh[name]; !ok {
			t.Errorf("%s: the generator does not write it", name)
		}
	}
}

func listing(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(root, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
