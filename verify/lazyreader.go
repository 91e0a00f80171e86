package verify

import (
	"errors"
	"sync"
)

// lazyReader is a file for reading in any order that is opened when it is read, and again
// when it is read after Close: a run looks into more documents than files can be open.
type lazyReader struct {
	open func() (RandomAccess, error)

	mu  sync.RWMutex
	src RandomAccess
}

// ReadAt implements io.ReaderAt.
func (l *lazyReader) ReadAt(p []byte, off int64) (int, error) {
	for {
		l.mu.RLock()
		if l.src != nil {
			n, err := l.src.ReadAt(p, off)
			l.mu.RUnlock()
			return n, err
		}
		l.mu.RUnlock()
		if err := l.reopen(); err != nil {
			return 0, err
		}
	}
}

func (l *lazyReader) reopen() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.src != nil {
		return nil
	}
	src, err := l.open()
	if err == nil && src == nil {
		err = errors.New("cannot be opened")
	}
	l.src = src
	return err
}

// Close closes the file, and fails if it changed since it was opened.
func (l *lazyReader) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.src == nil {
		return nil
	}
	err := l.src.Close()
	l.src = nil
	return err
}

// Limits on the documents that are kept as they were read, until they are needed again.
const (
	// maxOpenDocuments is more than are judged at a time.
	maxOpenDocuments = 16
	// maxOpenBytes bounds the size of these files together, which bounds what was read of
	// them; the last one is kept in any case.
	maxOpenBytes = 128 << 20
)

// opened are the documents that are open, the one used last at the end.
type opened struct {
	mu   sync.Mutex
	list []*entry
}

// use notes that e is in use, and closes others beyond the limits.
func (r *run) use(e *entry) {
	o := &r.opened
	o.mu.Lock()
	defer o.mu.Unlock()
	bytes := e.weight()
	kept := []*entry{e}
	for i := len(o.list) - 1; i >= 0; i-- {
		x := o.list[i]
		if x == e {
			continue
		}
		if bytes += x.weight(); len(kept) >= maxOpenDocuments || bytes > maxOpenBytes {
			x.close(r)
			continue
		}
		kept = append(kept, x)
	}
	for i, j := 0, len(kept)-1; i < j; i, j = i+1, j-1 {
		kept[i], kept[j] = kept[j], kept[i]
	}
	o.list = kept
}

// closeAll closes what is still open when the run ends.
func (r *run) closeAll() {
	r.opened.mu.Lock()
	defer r.opened.mu.Unlock()
	for _, e := range r.opened.list {
		e.close(r)
	}
	r.opened.list = nil
}

func (e *entry) weight() int64 { return max(e.Size, int64(len(e.data))) }

// close lets go of what was read of a document. It can be read again. That the file changed
// is a problem of the run: somebody else may be at work on e.
func (e *entry) close(r *run) {
	if x, ok := e.held.(releasing); ok {
		x.Release()
	}
	if e.at != nil {
		if err := e.at.Close(); err != nil {
			r.problem(e.Path, reason(err))
		}
	}
}
