package main

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// choose returns the files that are meant, in the order of the list.
func (f *extractFlags) choose(list []*embeddedView) ([]*embeddedView, error) {
	if f.all {
		return list, nil
	}
	meant := map[*embeddedView]bool{}
	for _, number := range f.numbers {
		i := slices.IndexFunc(list, func(v *embeddedView) bool { return v.Number == number })
		if i < 0 {
			return nil, usagef("there is no embedded file with the number %s", number)
		}
		meant[list[i]] = true
	}
	for _, name := range f.names {
		v, err := named(list, name)
		if err != nil {
			return nil, err
		}
		meant[v] = true
	}
	return slices.DeleteFunc(slices.Clone(list), func(v *embeddedView) bool { return !meant[v] }), nil
}

// maxNumbersShown bounds the numbers that a message names.
const maxNumbersShown = 10

// named finds the one present file of a name: as the document has it, or as it would be
// written.
func named(list []*embeddedView, name string) (*embeddedView, error) {
	var hits []*embeddedView
	var numbers, others []string
	for _, v := range list {
		switch {
		case v.Name != name && v.File != name:
		case v.State == statePresent:
			hits, numbers = append(hits, v), append(numbers, v.Number)
		default:
			others = append(others, v.Number)
		}
	}
	switch {
	case len(hits) == 1:
		return hits[0], nil
	case len(hits) > 1:
		return nil, usagef("%d embedded files have the name %q: choose with --number, of %s", len(hits), name, joinNumbers(numbers))
	case len(others) > 0:
		return nil, usagef("the document no longer has an embedded file of the name %q: choose with --number, of %s", name, joinNumbers(others))
	}
	return nil, usagef("there is no embedded file of the name %q", name)
}

func joinNumbers(list []string) string {
	if len(list) > maxNumbersShown {
		list = append(list[:maxNumbersShown:maxNumbersShown], "…")
	}
	return strings.Join(list, ", ")
}

// writeEmbedded writes the files. Names that are taken are refused before any work.
func (a *app) writeEmbedded(ctx context.Context, d *document, list []*embeddedView, folder string) error {
	for _, v := range list {
		if err := checkOut(filepath.Join(folder, v.File)); err != nil {
			return err
		}
	}
	if len(list) == 0 {
		a.errorf("no embedded files: nothing was written")
		return nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		a.pdfProblem(folder, err)
		return nil
	}
	for _, v := range list {
		if err := a.writeOne(ctx, d, v, filepath.Join(folder, v.File)); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) writeOne(ctx context.Context, d *document, v *embeddedView, out string) error {
	sum, short := sha256.New(), md5.New()
	size, err := writeNewBy(out, func(w io.Writer) error {
		if _, err := v.data.WriteTo(ctx, io.MultiWriter(w, sum, short)); err != nil {
			return err
		}
		return d.steady()
	})
	switch {
	case errors.Is(err, fs.ErrExist):
		return usagef("--out: %s exists, and is not replaced", out)
	case err != nil:
		a.embeddedProblem(v, err)
		return nil
	}
	v.measured(size, sum.Sum(nil), short.Sum(nil))
	for _, text := range v.wrong() {
		a.errorf("%s: %s", v.label(), text)
	}
	_, err = fmt.Fprintf(a.stdout, "wrote %s: number %s, revision %d, %d bytes, sha256 %s\n", onScreen(out), v.Number, v.Revision, size, v.SHA256)
	return err
}
