package verify

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
)

// opener opens the file that was met on the way, and no other that has taken its
// place since.
func opener(path string, met fs.FileInfo) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		info, err := f.Stat()
		switch {
		case err != nil:
		case !info.Mode().IsRegular():
			err = errors.New("not a regular file")
		case met != nil && !os.SameFile(met, info):
			err = errReplaced
		}
		if err != nil {
			f.Close()
			return nil, err
		}
		return &steady{f, info}, nil
	}
}

var (
	errReplaced = errors.New("replaced by another file since the run began")
	errChanged  = errors.New("changed while it was read")
)

// steady is a file that must not change while it is read: at its end, length and
// time of change are those of the beginning.
type steady struct {
	*os.File
	begin fs.FileInfo
}

func (s *steady) Read(p []byte) (int, error) {
	n, err := s.File.Read(p)
	if err == io.EOF {
		end, statErr := s.Stat()
		if statErr != nil || end.Size() != s.begin.Size() || !end.ModTime().Equal(s.begin.ModTime()) {
			return n, errChanged
		}
	}
	return n, err
}

// openerAt opens the file that was met on the way for reading in any order.
func openerAt(path string, met fs.FileInfo) func() (RandomAccess, error) {
	open := opener(path, met)
	return func() (RandomAccess, error) {
		r, err := open()
		if err != nil {
			return nil, err
		}
		return unchanged{r.(*steady)}, nil
	}
}

// unchanged reports on closing whether the file is still the one that was opened.
type unchanged struct{ *steady }

func (u unchanged) Close() error {
	end, err := u.Stat()
	if err == nil && (end.Size() != u.begin.Size() || !end.ModTime().Equal(u.begin.ModTime())) {
		err = errChanged
	}
	return errors.Join(err, u.File.Close())
}

// once lets standard input, which cannot be read twice, be opened a second time
// after no more than its head was read: the head is kept, the rest streams by.
type once struct {
	src  io.Reader
	head bytes.Buffer
	over bool // more was read than is kept
}

func (o *once) open() (io.ReadCloser, error) {
	if o.over {
		return nil, errors.New("standard input can be read only once")
	}
	kept := bytes.NewReader(bytes.Clone(o.head.Bytes()))
	return io.NopCloser(io.MultiReader(kept, readerFunc(o.read))), nil
}

func (o *once) read(p []byte) (int, error) {
	n, err := o.src.Read(p)
	if o.head.Len()+n <= headSize {
		o.head.Write(p[:n])
	} else {
		o.over = true
	}
	return n, err
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
