package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/exhibit-dev/exhibit/internal/newfile"
)

func newPDFRevisionCmd(a *app) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "revision N FILE [-o OUT]",
		Short: "write a PDF file as a revision left it",
		Long: `Writes the document as it stood at the end of revision N: the bytes of FILE from the
first one to there, unchanged. Revisions are numbered from 0, as exhibit inspect lists
them. FILE may be - for standard input.

Without -o the bytes go to standard output, unless that is a terminal. OUT must not
exist; it is written whole or not at all. Exit code 5: FILE cannot be read or is no PDF
file, or OUT cannot be written. 2: the command was called wrongly, or there is no
revision N.`,
		Example: "  exhibit pdf revision 0 contract.pdf -o contract-first.pdf",
		Args:    usageArgs(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := strconv.Atoi(args[0])
			if err != nil || n < 0 {
				return usagef("%q is no number of a revision: they are counted from 0", args[0])
			}
			if cmd.Flags().Changed("out") {
				err = checkOut(out)
			} else if isTerminal(a.stdout) {
				err = usagef("--out is missing: a PDF file is not written to a terminal")
			}
			if err != nil {
				return err
			}
			return a.pdfRevision(contextOf(cmd), n, args[1], out)
		},
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "the new `file` (default standard output)")
	return cmd
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func (a *app) pdfRevision(ctx context.Context, n int, file, out string) error {
	d := a.openPDF(ctx, file, nil) // the bytes are those of the file, encrypted or not
	if d == nil {
		return nil
	}
	defer d.close()
	if have := d.Revisions(); n >= have {
		return usagef("there is no revision %d: %s has the revisions 0 to %d", n, file, have-1)
	}
	write := func(w io.Writer) error {
		if err := d.WriteRevision(ctx, n, w); err != nil {
			return err
		}
		return d.steady()
	}
	if out == "" {
		if err := write(a.stdout); err != nil {
			a.pdfProblem(file, err)
		}
		return nil
	}
	sum := sha256.New()
	size, err := writeNewBy(out, func(w io.Writer) error { return write(io.MultiWriter(w, sum)) })
	switch {
	case errors.Is(err, fs.ErrExist):
		return usagef("--out: %s exists, and is not replaced", out)
	case err != nil:
		a.pdfProblem(file, fmt.Errorf("writing %s: %w", out, pathless(err)))
		return nil
	}
	_, err = fmt.Fprintf(a.stdout, "wrote %s: revision %d, %d bytes, sha256 %x\n", onScreen(out), n, size, sum.Sum(nil))
	return err
}

// writeNewBy is writeNew for content that is written piece by piece. It returns the size.
func writeNewBy(name string, write func(io.Writer) error) (int64, error) {
	f, err := newfile.Create(filepath.Dir(name))
	if err != nil {
		return 0, err
	}
	defer f.Discard()
	if err := write(f); err != nil {
		return 0, err
	}
	size, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, err
	}
	return size, f.Commit(filepath.Base(name))
}
