package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/pdf"
	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
	"github.com/exhibit-dev/exhibit/verify/report"
)

// sniffPDF is how much of a file tells whether it is a document.
const sniffPDF = 1 << 10

// isPDF reports whether a file looks like a document, and does not claim by its name to be
// something else. Of standard input nothing is lost.
func (a *app) isPDF(file string) bool {
	if file == "-" {
		in := bufio.NewReaderSize(a.stdin, 4*sniffPDF)
		a.stdin = in
		head, _ := in.Peek(sniffPDF)
		return pdf.Sniff(head)
	}
	for _, f := range verify.All() {
		if f.Kind != pdf.Kind && slices.Contains(f.Extensions, strings.ToLower(filepath.Ext(file))) {
			return false
		}
	}
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
		return false
	}
	head, err := readAtMost(file, sniffPDF)
	return err == nil && pdf.Sniff(head)
}

// documentClaims is what a document says of itself, with its signatures.
type documentClaims struct {
	pdf.Fields
	Signatures []signatureView `json:"signatures,omitempty"`
}

func (a *app) inspectPDF(ctx context.Context, file string, asJSON bool, password []byte) error {
	d := a.openPDF(ctx, file, password)
	if d == nil {
		return nil
	}
	defer d.close()
	sums, size, err := verdict.HashStream(ctx, io.NewSectionReader(d.at, 0, d.size), []verdict.DigestOf{{Algorithm: "sha256"}})
	if err != nil {
		a.pdfProblem(file, err)
		return nil
	}
	sum, err := sums.Digest("sha256", nil)
	if err != nil {
		return err
	}
	claims := documentClaims{d.Claims().Fields(), portray(ctx, d).signatures}
	if claims.Incomplete != "" {
		a.errorf("%s: not all of it could be read: %s", onScreen(file), onScreen(claims.Incomplete))
		a.code = verify.ExitIncomplete
	}
	if err := d.steady(); err != nil {
		a.pdfProblem(file, err)
		return nil
	}
	a.sealed(d)
	view := inspection{"exhibit.inspect/v1", inspectNote, pdf.Kind, roleOf(d), file, size, fmt.Sprintf("%x", sum), claims, nil}
	if asJSON {
		return report.WriteJSON(a.stdout, view)
	}
	var b bytes.Buffer
	printDocument(&b, &view, &claims)
	_, err = a.stdout.Write(b.Bytes())
	return err
}

// roleOf says what the document is in a run, in the words of other inspections.
func roleOf(d *document) string {
	if d.Evidence() {
		return "evidence"
	}
	if items, err := d.EmbeddedItems(); len(items) > 0 || err != nil {
		return "container" // of files that may be evidence
	}
	return "subject"
}
