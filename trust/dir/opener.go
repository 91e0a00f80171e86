package dir

import (
	"errors"
	"io"
)

// opener returns a function that opens a file for random access, again and again;
// nil when the file system has none or the file is not DER. The function refuses a
// file that is no longer the one whose digest was taken, as far as length and time
// of change tell.
func (l *loader) opener(name string) (func() (io.ReaderAt, int64, func() error, error), error) {
	f, err := l.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	r, ok := f.(io.ReaderAt)
	if !ok {
		return nil, nil
	}
	var first [1]byte
	if _, err := r.ReadAt(first[:], 0); err != nil {
		return nil, err
	}
	if !isDER(first[:]) {
		return nil, nil
	}
	fsys, size, changed := l.fsys, info.Size(), info.ModTime()
	return func() (io.ReaderAt, int64, func() error, error) {
		f, err := fsys.Open(name)
		if err != nil {
			return nil, 0, nil, err
		}
		info, err := f.Stat()
		if err == nil && (info.Size() != size || !info.ModTime().Equal(changed)) {
			err = errors.New("the file was changed while it was in use")
		}
		r, ok := f.(io.ReaderAt)
		if err == nil && !ok {
			err = errors.New("no random access")
		}
		if err != nil {
			f.Close()
			return nil, 0, nil, err
		}
		return r, size, f.Close, nil
	}, nil
}
