package dir

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// writeNew writes dir/use/base so that a reader sees nothing or the whole, and
// never replaces a file. Nothing below dir leads out of it, links neither.
func writeNew(dir, use, base string, content []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.Mkdir(use, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	temporary := filepath.Join(use, ".new-"+rand.Text()) // hidden: who loads the directory meanwhile passes over it
	if err := writeSynced(root, temporary, content); err != nil {
		return err
	}
	defer root.Remove(temporary)
	target := filepath.Join(use, base)
	err = moveNew(root, temporary, target)
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	if there, err := root.ReadFile(target); err != nil || !bytes.Equal(there, content) {
		return fmt.Errorf("%s: %w", filepath.Join(dir, target), ErrExists)
	}
	return nil
}

// moveNew gives a file its name. Link never replaces; where a file system has no
// links, as on many memory sticks, the name is looked up before renaming.
func moveNew(root *os.Root, from, to string) error {
	err := root.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := root.Lstat(to); err == nil {
		return fs.ErrExist
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return root.Rename(from, to)
}

func writeSynced(root *os.Root, name string, content []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, root.Remove(name))
	}
	return nil
}
