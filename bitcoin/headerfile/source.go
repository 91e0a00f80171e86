package headerfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// maskFile is the file beside the block files that holds the eight bytes with which they
// are disguised, over and over.
const (
	maskFile = "xor.dat"
	maskSize = 8
)

var blockName = regexp.MustCompile(`^blk\d+\.dat$`)

// expand replaces every folder by the block files in it.
func expand(sources []string) (files []string, err error) {
	for _, s := range sources {
		info, err := os.Stat(s)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			files = append(files, s)
			continue
		}
		entries, err := os.ReadDir(s) // sorted, so that equal folders give equal results
		if err != nil {
			return nil, err
		}
		before := len(files)
		for _, e := range entries {
			if blockName.MatchString(e.Name()) {
				files = append(files, filepath.Join(s, e.Name()))
			}
		}
		if len(files) == before {
			return nil, fmt.Errorf("%s: no block files blk*.dat in this folder", s)
		}
	}
	return files, nil
}

// openFile opens a file that can be read at any place.
func openFile(name string) (*os.File, int64, error) {
	info, err := os.Stat(name) // before opening: a pipe would wait for its writer
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, &fs.PathError{Op: "read", Path: name, Err: errors.New("not a file")}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	if info, err = f.Stat(); err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// readMask reads the disguise of the block files of a folder: nil if there is none.
func readMask(folder string) ([]byte, error) {
	name := filepath.Join(folder, maskFile)
	f, size, err := openFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if size != maskSize {
		return nil, fmt.Errorf("%s: %d bytes, a key has %d", name, size, maskSize)
	}
	mask := make([]byte, maskSize)
	_, err = f.ReadAt(mask, 0)
	return mask, err
}
