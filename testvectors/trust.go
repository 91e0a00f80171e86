package testvectors

import (
	"io/fs"
	"path"
	"slices"
)

// TrustFS is the folder trust/ as the vector is given it: nothing is there but the
// files that it names and the folders above them, so that no vector finds the trust
// of another.
func (v *Vector) TrustFS(folder fs.FS) (fs.FS, error) {
	all, err := fs.Sub(folder, "trust")
	if err != nil {
		return nil, err
	}
	there := map[string]bool{".": true}
	for _, name := range v.Trust {
		for ; name != "."; name = path.Dir(name) {
			there[name] = true
		}
	}
	return only{all, there}, nil
}

type only struct {
	fs.FS
	there map[string]bool
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
