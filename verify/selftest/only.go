package selftest

import (
	"io/fs"
	"path"
	"slices"
)

// only is a file system of which nothing is there but the named files and the
// folders above them: a vector must not find the trust of another.
type only struct {
	fs.FS
	there map[string]bool
}

func newOnly(all fs.FS, names []string) only {
	there := map[string]bool{".": true}
	for _, name := range names {
		for ; name != "."; name = path.Dir(name) {
			there[name] = true
		}
	}
	return only{all, there}
}

func (o only) Open(name string) (fs.File, error) {
	if !o.there[name] {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.FS.Open(name)
}

// ReadDir makes fs.ReadDir see what Open sees.
func (o only) ReadDir(name string) ([]fs.DirEntry, error) {
	if !o.there[name] {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	list, err := fs.ReadDir(o.FS, name)
	return slices.DeleteFunc(list, func(d fs.DirEntry) bool { return !o.there[path.Join(name, d.Name())] }), err
}
