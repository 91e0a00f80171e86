package newfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/newfile"
)

func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func create(t *testing.T, dir, content string) *newfile.File {
	t.Helper()
	f, err := newfile.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(content); err != nil {
		t.Fatal(err)
	}
	return f
}

// Until Commit there is no name; then there is the whole file and nothing else.
func TestCommit(t *testing.T) {
	dir := t.TempDir()
	f := create(t, dir, "whole")
	if list := names(t, dir); len(list) != 1 || list[0][0] != '.' {
		t.Errorf("%q", list)
	}
	if err := f.Commit("name"); err != nil {
		t.Fatal(err)
	}
	f.Discard() // does nothing any more
	b, err := os.ReadFile(filepath.Join(dir, "name"))
	if list := names(t, dir); err != nil || string(b) != "whole" || len(list) != 1 {
		t.Errorf("%q, %q, %v", list, b, err)
	}
}

// A file that is there stays as it is, and nothing is left beside it; so does a link that
// leads nowhere.
func TestNothingIsReplaced(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "name"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"name", "link"} {
		var path *fs.PathError
		err := create(t, dir, "other").Commit(name)
		if !errors.Is(err, fs.ErrExist) || !errors.As(err, &path) || path.Path != filepath.Join(dir, name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "name"))
	if list := names(t, dir); err != nil || string(b) != "mine" || len(list) != 2 {
		t.Errorf("%q, %q, %v", list, b, err)
	}
}

func TestDiscard(t *testing.T) {
	dir := t.TempDir()
	create(t, dir, "x").Discard()
	if list := names(t, dir); len(list) != 0 {
		t.Errorf("%q", list)
	}
	if _, err := newfile.Create(filepath.Join(dir, "gone")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	f := create(t, dir, "x")
	f.Close() // so that it cannot be brought to the disk
	if err := f.Commit("name"); err == nil || len(names(t, dir)) != 0 {
		t.Errorf("%v", err)
	}
}
