// Package newfile writes a file so that its name shows nothing or the whole, at any
// moment, even if the program is killed; and so that no file is ever replaced.
package newfile

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// File is a file that does not have its name yet. Its bytes can be written and read
// again.
type File struct {
	*os.File
	folder string
}

// Create makes an empty file in the folder that will hold it: a name can only be given
// within one file system. It is hidden, so that who lists the folder passes over it.
func Create(folder string) (*File, error) {
	f, err := os.OpenFile(filepath.Join(folder, ".new-"+rand.Text()), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	return &File{f, folder}, nil
}

// Commit brings the bytes to the disk, gives the file its name within its folder, and
// brings the name to the disk. A name that is taken is an error that is fs.ErrExist.
// The file is closed, whatever happens.
func (f *File) Commit(base string) error {
	temporary, final := f.Name(), filepath.Join(f.folder, base)
	err := errors.Join(f.Sync(), f.Close())
	if err == nil {
		err = move(temporary, final)
	}
	if err != nil {
		return errors.Join(err, absent(os.Remove(temporary)))
	}
	return errors.Join(absent(os.Remove(temporary)), syncFolder(f.folder))
}

// Discard closes and removes a file that gets no name. After Commit it does nothing.
func (f *File) Discard() {
	f.Close()
	os.Remove(f.Name())
}

// move gives a file its name. Link never replaces; where a file system has no links,
// as on many memory sticks, the name is looked up before renaming.
func move(from, to string) error {
	taken := &fs.PathError{Op: "create", Path: to, Err: fs.ErrExist}
	switch err := os.Link(from, to); {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return taken
	}
	switch _, err := os.Lstat(to); {
	case err == nil:
		return taken
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return os.Rename(from, to)
}

// syncFolder brings the names of a folder to the disk. Some systems cannot do that to
// a folder; then when the name is on the disk is theirs to say.
func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer d.Close()
	err = d.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}

// absent is no error where a file should be gone.
func absent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
