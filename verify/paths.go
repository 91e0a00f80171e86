package verify

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Paths judges files, folders and, for "-", standard input. Folders are walked in
// the order of their names; symbolic links in them are not followed. The order of
// the arguments is the order of the results.
//
// An argument that cannot be read, and anything in a folder that is no regular
// file, is named in the report and keeps the run from passing.
func Paths(ctx context.Context, args []string, opts Options) (*Report, error) {
	c := &collector{ctx: ctx, seen: map[string]int{}, stdin: opts.Stdin, max: MaxItems + 1}
	for _, arg := range args {
		if err := c.argument(arg); err != nil {
			return nil, err
		}
	}
	if opts.Subject != "" {
		c.subject(opts.Subject)
	}
	items, problems := c.labelled()
	return judgeItems(ctx, items, problems, opts)
}

// found is an item, or a problem, before its path in the report is settled.
type found struct {
	arg, rel string // the argument as given; the way from there, "" for itself
	item     Item
	info     fs.FileInfo
	problem  string
}

type collector struct {
	ctx   context.Context
	list  []found
	items int
	seen  map[string]int // absolute path -> place in list
	stdin interface{ Read([]byte) (int, error) }
	max   int
}

func (c *collector) argument(arg string) error {
	if arg == "-" {
		return c.standardInput()
	}
	info, err := os.Stat(arg)
	switch {
	case err != nil:
		c.file(arg, "", arg, nil) // opening it gives the error again, in its place
	case info.IsDir():
		c.folder(arg, "", arg, 0)
	case info.Mode().IsRegular():
		c.file(arg, "", arg, info)
	default:
		c.fail(arg, "", "not a regular file")
	}
	return c.ctx.Err()
}

func (c *collector) standardInput() error {
	if _, twice := c.seen["-"]; twice || c.stdin == nil {
		return errors.New("standard input can be read once, and must be there")
	}
	c.seen["-"] = len(c.list)
	c.items++
	s := &once{src: c.stdin}
	c.list = append(c.list, found{arg: "-", item: Item{Folder: "-", Open: s.open, Size: -1}})
	return nil
}

// folder walks in the order of names. A folder is not entered beyond MaxDepth, and
// nothing is collected beyond the limit of items, which the run then reports.
func (c *collector) folder(arg, rel, path string, depth int) {
	entries, err := os.ReadDir(path)
	if err != nil {
		c.fail(arg, rel, reason(err))
	}
	for _, d := range entries {
		if c.items >= c.max || c.ctx.Err() != nil {
			return
		}
		sub, full := join(rel, d.Name()), filepath.Join(path, d.Name())
		switch mode := d.Type(); {
		case mode.IsDir() && depth == MaxDepth:
			c.fail(arg, sub, "the folders are nested too deep: not entered")
		case mode.IsDir():
			c.folder(arg, sub, full, depth+1)
		case mode.IsRegular():
			info, _ := d.Info() // gone again: opening it will say so
			c.file(arg, sub, full, info)
		case mode&fs.ModeSymlink != 0:
			c.fail(arg, sub, "a symbolic link: not followed")
		default:
			c.fail(arg, sub, "not a regular file")
		}
	}
}

func (c *collector) file(arg, rel, path string, info fs.FileInfo) {
	abs, err := filepath.Abs(path)
	if err != nil {
		c.fail(arg, rel, reason(err))
		return
	}
	if _, twice := c.seen[abs]; twice {
		return
	}
	c.seen[abs] = len(c.list)
	c.items++
	it := Item{Folder: filepath.Dir(abs), Open: opener(path, info), OpenAt: openerAt(path, info), Size: -1}
	if info != nil {
		it.Size = info.Size()
	}
	c.list = append(c.list, found{arg: arg, rel: rel, item: it, info: info})
}

func (c *collector) fail(arg, rel, why string) {
	c.list = append(c.list, found{arg: arg, rel: rel, problem: why})
}

// subject marks the file among the arguments, or adds it as a subject only.
func (c *collector) subject(path string) {
	info, err := os.Stat(path)
	for i := range c.list {
		if f := &c.list[i]; err == nil && f.info != nil && os.SameFile(f.info, info) {
			f.item.Subject = true
			return
		}
	}
	before := len(c.list)
	if err == nil && !info.Mode().IsRegular() {
		c.fail(path, "", "not a regular file")
		return
	}
	c.file(path, "", path, info)
	if len(c.list) > before {
		f := &c.list[before]
		f.item.Subject, f.item.Opaque = true, true
	}
}

func join(rel, name string) string {
	if rel == "" {
		return name
	}
	return rel + "/" + name
}

// reason drops what an error repeats of paths of the machine.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return err.Error()
}
