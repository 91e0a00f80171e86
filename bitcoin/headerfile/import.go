package headerfile

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/newfile"
)

// maxTries bounds how often the chain is chosen again because a header in it breaks the
// rules. Each such header took the work that it states; Bitcoin's own history has none.
const maxTries = 16

// ErrNoChain says that the sources hold no chain whose height is known.
var ErrNoChain = errors.New("no chain whose height is known: none begins at the genesis block or above a checkpoint, or goes through one")

// Options of an import.
type Options struct {
	// Checkpoints place and judge; nil means bitcoin.Builtin.
	Checkpoints *bitcoin.Checkpoints
	// First is the height of the first header (or empty place) of the only source, which
	// must be a file of raw headers. Nil: checkpoints tell.
	First *uint32
	// Progress, if not nil, is told of every part, with bytes.
	Progress func(step Step, done, total int64)

	limit int // instead of maxHeaders
	hook  func(stage string) error
}

// Step is a part of an import.
type Step string

// The steps, in order. Judging may be repeated.
const (
	Reading Step = "reading"
	Judging Step = "judging"
)

// Import collects the headers of the sources, which are files and folders, and writes the
// chain that it picks to out: a file that does not exist yet, or a folder, or "" for the
// present one; in a folder the file is named headers-A-B.bin, after the first and the
// last height. The name appears when the whole file is on the disk, or never.
//
// Errors are those of the context and of files (fs.ErrExist: nothing is replaced); ErrNoChain;
// an *bitcoin.Error, code btc.network, for sources of another network; and plain ones that
// name a source and say why it cannot be used, or say which limit was reached.
func Import(ctx context.Context, sources []string, out string, o Options) (*Summary, error) {
	if o.Checkpoints == nil {
		o.Checkpoints = bitcoin.Builtin()
	}
	if o.limit == 0 {
		o.limit = maxHeaders
	}
	folder, base, err := place(out)
	if err != nil {
		return nil, err
	}
	files, err := expand(sources)
	switch {
	case err != nil:
		return nil, err
	case len(files) == 0:
		return nil, errors.New("no source")
	case o.First != nil && len(files) > 1:
		return nil, errors.New("a height can be stated for one file only")
	}
	c, err := newCollection(folder, &o)
	if err != nil {
		return nil, err
	}
	defer c.close()
	s := &Summary{}
	if s.Sources, err = collect(ctx, c, files, &o); err != nil {
		return nil, err
	}
	s.Duplicates = c.duplicates
	f, err := grow(ctx, c, o.First)
	if err != nil {
		return nil, err
	}
	if err := o.at("collected"); err != nil {
		return nil, err
	}
	if err := finish(ctx, s, c, f, folder, base, &o); err != nil {
		return nil, err
	}
	return s, nil
}

// place splits the wanted place into a folder and a name, "" for the usual one.
func place(out string) (folder, base string, err error) {
	if out == "" {
		return ".", "", nil
	}
	info, err := os.Stat(out)
	switch {
	case err == nil && info.IsDir():
		return out, "", nil
	case err == nil:
		return "", "", &fs.PathError{Op: "create", Path: out, Err: fs.ErrExist}
	case !errors.Is(err, fs.ErrNotExist):
		return "", "", err
	}
	return filepath.Dir(out), filepath.Base(out), nil
}

func (o *Options) at(stage string) error {
	if o.hook == nil {
		return nil
	}
	return o.hook(stage)
}

func collect(ctx context.Context, c *collection, files []string, o *Options) (forms []Form, err error) {
	var before, total int64
	for _, name := range files {
		if info, err := os.Stat(name); err == nil {
			total += info.Size()
		}
	}
	for _, name := range files {
		form, err := c.read(ctx, name, func(done int64) {
			if o.Progress != nil {
				o.Progress(Reading, before+done, total)
			}
		})
		if err != nil {
			return nil, err
		}
		before += form.Size
		forms = append(forms, form)
	}
	return forms, nil
}

// finish chooses, writes and judges, until the judge has nothing to say; then the file
// gets its name.
func finish(ctx context.Context, s *Summary, c *collection, f *forest, folder, base string, o *Options) error {
	leftOut := make(map[uint32]bool)
	for {
		tip, ok := f.best(leftOut)
		if !ok {
			return ErrNoChain
		}
		path := f.path(tip)
		defect, err := s.write(ctx, c, f, path, folder, base, o)
		if err != nil || defect == nil {
			return err
		}
		if len(leftOut) == maxTries {
			return fmt.Errorf("more than %d headers with their work break the rules; the last: block %d, %s", maxTries, defect.Height, defect.Text)
		}
		leftOut[path[defect.Index]] = true
		s.LeftOut = append(s.LeftOut, *defect)
	}
}

// write writes one chain. A defect that is found in it is returned, and then there is no
// file.
func (s *Summary) write(ctx context.Context, c *collection, f *forest, path []uint32, folder, base string, o *Options) (*bitcoin.Defect, error) {
	file, err := newfile.Create(folder)
	if err != nil {
		return nil, err
	}
	defer file.Discard()
	sum := sha256.New()
	w := bufio.NewWriterSize(io.MultiWriter(file, sum), 1<<16)
	if err := errors.Join(c.copyPath(ctx, w, path), w.Flush(), o.at("written")); err != nil {
		return nil, err
	}
	first := f.height(path[0])
	size := int64(len(path)) * bitcoin.HeaderSize
	run, err := bitcoin.Scan(ctx, file, size, bitcoin.ScanOptions{First: &first, Checkpoints: o.Checkpoints, Progress: func(done, total int64) {
		if o.Progress != nil {
			o.Progress(Judging, done, total)
		}
	}})
	if err != nil {
		return nil, err
	}
	if defects := run.Defects(); len(defects) > 0 {
		return &defects[0], nil
	}
	s.describe(f, path, run)
	s.SHA256, s.Size = hex.EncodeToString(sum.Sum(nil)), size
	if base == "" {
		base = fmt.Sprintf("headers-%d-%d.bin", s.First, s.Last)
	}
	s.File = filepath.Join(folder, base)
	if err := o.at("judged"); err != nil {
		return nil, err
	}
	if err := file.Commit(base); err != nil {
		return nil, err
	}
	return nil, o.at("named")
}
