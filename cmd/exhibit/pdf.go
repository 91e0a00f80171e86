package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/pdf"
	"github.com/exhibit-dev/exhibit/verify"
)

const (
	// maxPipedPDF bounds a document on standard input, which is kept in memory.
	maxPipedPDF = 64 << 20
	// maxPasswordFile bounds a password: PDF knows none of more than 127 bytes.
	maxPasswordFile = 1 << 10
)

// newPDFCmd returns the commands that take PDF files apart.
func newPDFCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "pdf",
		Short: "write a revision of a PDF file, or the files inside it",
		Long: `Takes a PDF file apart: the document as an earlier revision left it, and the files that
are embedded in it. Nothing of this verifies anything; exhibit verify judges a document,
and exhibit inspect shows its history.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return usagef("pdf: want revision or extract") },
	}
	cmd.AddCommand(newPDFRevisionCmd(a), newPDFExtractCmd(a))
	return cmd
}

func addPasswordFlag(cmd *cobra.Command, file *string) {
	cmd.Flags().StringVar(file, "pdf-password-file", "", "`file` with the password of encrypted PDF files, on one line")
}

// readPassword reads a password: all of the file but the end of its line.
func readPassword(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	b, err := readNamed(file, maxPasswordFile)
	if err != nil {
		return nil, usagef("--pdf-password-file: %s: %w", file, pathless(err))
	}
	if line, ok := bytes.CutSuffix(b, []byte("\n")); ok {
		b = bytes.TrimSuffix(line, []byte("\r"))
	}
	return b, nil
}

// document is an open PDF file.
type document struct {
	*pdf.Document
	at    io.ReaderAt
	size  int64
	file  *os.File // nil for standard input
	begin fs.FileInfo
}

// openPDF opens a document, or that on standard input for "-". What is wrong was reported
// when there is none.
func (a *app) openPDF(ctx context.Context, file string, password []byte) *document {
	d, err := a.findPDF(file)
	if err == nil {
		d.Document, err = pdf.Open(ctx, d.at, d.size, pdf.Options{Password: password})
	}
	if err != nil {
		d.close()
		a.pdfProblem(file, err)
		return nil
	}
	return d
}

// findPDF makes the bytes ready.
func (a *app) findPDF(file string) (*document, error) {
	d := &document{}
	if file == "-" {
		b, err := io.ReadAll(io.LimitReader(a.stdin, maxPipedPDF+1))
		if err == nil && len(b) > maxPipedPDF {
			err = fmt.Errorf("more than %d bytes on standard input: name the file", maxPipedPDF)
		}
		d.at, d.size = bytes.NewReader(b), int64(len(b))
		return d, err
	}
	var err error
	if d.begin, err = os.Stat(file); err != nil {
		return d, err
	}
	if !d.begin.Mode().IsRegular() { // opening a pipe would wait for its writer
		return d, errors.New("not a regular file")
	}
	if d.file, err = os.Open(file); err != nil {
		return d, err
	}
	d.at, d.size = d.file, d.begin.Size()
	return d, nil
}

// steady reports whether the file is still the one that was opened: what was read of it
// would otherwise belong to two files.
func (d *document) steady() error {
	if d.file == nil {
		return nil
	}
	end, err := d.file.Stat()
	if err == nil && (end.Size() != d.begin.Size() || !end.ModTime().Equal(d.begin.ModTime())) {
		err = errors.New("changed while it was read")
	}
	return err
}

func (d *document) close() {
	if d.file != nil {
		d.file.Close()
	}
}

// sealed reports whether the document is encrypted and was not opened, and says what helps.
func (a *app) sealed(d *document) bool {
	e := d.Claims().Fields().Encrypted
	if e == nil || e.Open {
		return false
	}
	a.hint("--pdf-password-file FILE gives the password")
	return true
}

func (a *app) pdfProblem(file string, err error) {
	a.errorf("%s: %s", onScreen(file), onScreen(pathless(err).Error()))
	a.code = verify.ExitIncomplete
}
