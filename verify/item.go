package verify

import (
	"bytes"
	"io"
	"strings"
)

// Item is one thing to look at: a file, a member of an archive, bytes in memory.
type Item struct {
	// Path names the item in the report. The last part, after / or !, is the name
	// that pairing looks at. Paths of one run are different.
	Path string
	// Folder tells which items lie side by side; empty means: what stands before
	// the name in Path.
	Folder string
	// Open starts reading from the beginning. It is called once to look at the
	// head, and once more to read on.
	Open func() (io.ReadCloser, error)
	// OpenAt opens for reading in any order; nil where that is not possible, and the item
	// is then held in memory where its format asks for it. Closing the result fails when
	// the item was changed since.
	OpenAt func() (RandomAccess, error)
	// Size is the number of bytes the item must have, negative when unknown.
	Size int64
	// Subject marks the item that all evidence speaks of that names no subject of
	// its own. At most one item is marked.
	Subject bool
	// Opaque keeps the item from being looked into: it is a subject only.
	Opaque bool
}

// RandomAccess reads in any order.
type RandomAccess interface {
	io.ReaderAt
	io.Closer
}

// BytesItem returns an item that lies in memory.
func BytesItem(path string, data []byte) Item {
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	at := func() (RandomAccess, error) { return inMemory{bytes.NewReader(data)}, nil }
	return Item{Path: path, Open: open, OpenAt: at, Size: int64(len(data))}
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// place returns the folder and the name that pairing goes by. A real file's name may
// hold an exclamation mark; only where no folder is given can it enter a container.
func (it *Item) place() (folder, name string) {
	separators := "/!"
	if it.Folder != "" {
		separators = "/"
	}
	cut := strings.LastIndexAny(it.Path, separators) + 1
	folder, name = it.Path[:cut], it.Path[cut:]
	if it.Folder != "" {
		folder = it.Folder
	}
	return folder, name
}
