package dir

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// file of a trust directory that is read in parts, again and again, and never held. It
// is no longer read once it is not the one whose digest was taken, as far as length and
// time of change tell.
type steadyFile struct {
	fsys    fs.FS
	name    string
	size    int64
	changed time.Time
}

var errNoRandomAccess = errors.New("no random access")

// steady looks at the file; the error is errNoRandomAccess where the file system can
// only read it from the beginning.
func (l *loader) steady(name string) (*steadyFile, error) {
	f, err := l.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if _, ok := f.(io.ReaderAt); !ok {
		return nil, errNoRandomAccess
	}
	return &steadyFile{l.fsys, name, info.Size(), info.ModTime()}, nil
}

// open opens the file for random access. The caller calls the function when done.
func (s *steadyFile) open() (io.ReaderAt, int64, func() error, error) {
	f, err := s.fsys.Open(s.name)
	if err != nil {
		return nil, 0, nil, err
	}
	info, err := f.Stat()
	if err == nil && (info.Size() != s.size || !info.ModTime().Equal(s.changed)) {
		err = errors.New("the file was changed while it was in use")
	}
	r, ok := f.(io.ReaderAt)
	if err == nil && !ok {
		err = errNoRandomAccess
	}
	if err != nil {
		f.Close()
		return nil, 0, nil, err
	}
	return r, s.size, f.Close, nil
}

// ReadAt opens the file for one reading: many may be in use, and open files are few.
func (s *steadyFile) ReadAt(p []byte, off int64) (int, error) {
	r, _, closeFile, err := s.open()
	if err != nil {
		return 0, err
	}
	n, err := r.ReadAt(p, off)
	if closeErr := closeFile(); closeErr != nil && (err == nil || err == io.EOF) {
		err = fmt.Errorf("closing: %w", closeErr)
	}
	return n, err
}
