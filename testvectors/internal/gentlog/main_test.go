package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestCommitted: the files beside this program are what it writes, byte by byte.
func TestCommitted(t *testing.T) {
	s := build()
	dir := t.TempDir()
	if err := s.write(filepath.Join(dir, "tlog")); err != nil {
		t.Fatal(err)
	}
	fresh, committed := listing(t, filepath.Join(dir, "tlog")), listing(t, "../../tlog")
	for name, want := range fresh {
		if got, ok := committed[name]; !ok || !bytes.Equal(got, want) {
			t.Errorf("%s: missing or different; run go generate ./testvectors", name)
		}
	}
	for name := range committed {
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
