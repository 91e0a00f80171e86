package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/pdf"
	"github.com/exhibit-dev/exhibit/verdict"
)

// The bytes of a document are not poured over a terminal.
func TestRevisionNotToTerminal(t *testing.T) {
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil || !isTerminal(terminal) {
		t.Skip("no terminal to be had")
	}
	defer terminal.Close()
	if code, errs := runWith(terminal, "pdf", "revision", "0", written(t, oldAndNew())); code != 2 || !strings.Contains(errs, "not written to a terminal") {
		t.Errorf("exit %d, %s", code, errs)
	}
}

// Output that is not whole does not count as done.
func TestPDFOutputThatCannotBeWritten(t *testing.T) {
	file := written(t, oldAndNew())
	for _, args := range [][]string{
		{"pdf", "revision", "0", file}, {"pdf", "extract", file}, {"pdf", "extract", file, "--json"}, {"inspect", file}, {"inspect", file, "--json"},
	} {
		if code, errs := runWith(fullDisk{}, args...); code != 5 || !strings.Contains(errs, "no space left") {
			t.Errorf("%v: exit %d, %s", args, code, errs)
		}
	}
}

// What was read of a file that changed meanwhile belongs to two files.
func TestDocumentThatChanges(t *testing.T) {
	file := written(t, oldAndNew())
	a := &app{stdout: io.Discard, stderr: io.Discard}
	d := a.openPDF(t.Context(), file, nil)
	if d == nil {
		t.Fatal("not opened")
	}
	defer d.close()
	if err := d.steady(); err != nil {
		t.Error(err)
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString("\n")
	f.Close()
	if err := d.steady(); err == nil {
		t.Error("the change was not seen")
	}

	// nor is such a file inside written
	list, err := d.Attachments()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	if err := a.writeOne(t.Context(), d, embeddedViews(list)[0], out); err != nil || a.code != 5 {
		t.Errorf("code %d, %v", a.code, err)
	}
	if _, err := os.Lstat(out); err == nil {
		t.Error("the file was written")
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestPipedDocumentLimit(t *testing.T) {
	for size, want := range map[int64]string{maxPipedPDF: "PDF, ", maxPipedPDF + 1: "on standard input: name the file"} {
		var errs bytes.Buffer
		none := func(string) string { return "" }
		code := run([]string{"pdf", "extract", "-"}, io.LimitReader(zeros{}, size), io.Discard, &errs, none, time.Now)
		if code != 5 || !strings.Contains(errs.String(), want) {
			t.Errorf("%d bytes: exit %d, %s", size, code, &errs)
		}
	}
}

func TestTableEnds(t *testing.T) {
	for n, want := range map[int]int{maxRows: maxRows + 1, maxRows + 1: maxRows + 2} {
		var list []*embeddedView
		for i := range n {
			list = append(list, &embeddedView{Number: fmt.Sprint(i + 1)})
		}
		var b bytes.Buffer
		if err := printEmbedded(&b, list); err != nil || strings.Count(b.String(), "\n") != want || strings.Contains(b.String(), "and 1 more") != (n > maxRows) {
			t.Errorf("%d rows: %d lines, %v", n, strings.Count(b.String(), "\n"), err)
		}
	}
}

func TestChangesEnd(t *testing.T) {
	for n, want := range map[uint32]string{maxObjectsShown: "11, 12\n", maxObjectsShown + 1: "11, 12 and 1 more\n"} {
		var r pdf.RevisionField
		for i := range n {
			x := pdf.ChangeField{Class: "annotation", Object: i + 1}
			r.Changes = append(r.Changes, x, x) // which counts once
		}
		var b bytes.Buffer
		printChanges(&b, &r)
		if !strings.HasSuffix(b.String(), want) {
			t.Errorf("%d objects: %s", n, &b)
		}
	}
}

func TestRevisionsEnd(t *testing.T) {
	for n, more := range map[int]bool{maxLinesShown: false, maxLinesShown + 1: true} {
		c := &documentClaims{}
		c.Revisions = make([]pdf.RevisionField, n)
		c.Signatures = make([]signatureView, n)
		c.Findings = make([]pdf.FindingField, n)
		var b bytes.Buffer
		printDocument(&b, &inspection{}, c)
		if got := strings.Count(b.String(), "and 1 more; see --json"); got != map[bool]int{false: 0, true: 3}[more] {
			t.Errorf("%d: %d times", n, got)
		}
	}
}

// A signature is asked for its missing anchor as deep as documents nest, and no deeper.
func TestHintDepth(t *testing.T) {
	nest := func(depth int) *verdict.Result {
		r := &verdict.Result{Warnings: []verdict.Warning{{Code: "pdf.missing-anchor", Text: "it"}}}
		r.Sub = verdict.NoCertificateChainFound
		for range depth {
			r = &verdict.Result{Children: []verdict.Result{*r}}
		}
		return r
	}
	p := verdict.Begin("pdf", "check")
	p.Pass("check", "", "")
	passed := p.Finish()
	passed.Children = []verdict.Result{*nest(0)} // of an alternative that was not needed
	if got := missingAnchors(&passed, 0); len(got) != 0 {
		t.Errorf("%q", got)
	}
	for depth, want := range map[int]int{0: 1, maxHintDepth: 1, maxHintDepth + 1: 0} {
		if got := missingAnchors(nest(depth), 0); len(got) != want {
			t.Errorf("depth %d: %q", depth, got)
		}
	}
}

// What signed a revision speaks of the files that the document named then, and of no other.
func TestReachOverFiles(t *testing.T) {
	a := &app{stdout: io.Discard, stderr: io.Discard}
	d := a.openPDF(t.Context(), written(t, oldAndNew()), nil)
	if d == nil {
		t.Fatal("not opened")
	}
	defer d.close()
	attachments, err := d.Attachments()
	if err != nil {
		t.Fatal(err)
	}
	revisions := d.Claims().Fields().Revisions
	signed := []signatureView{
		{Source: "#first", End: revisions[0].End}, {Source: "#last", End: revisions[1].End}, {Source: "#between", End: revisions[0].End + 1}, {Source: "#none", End: -1},
	}
	reach := reachesIn(signed, revisions)
	for n, want := range []string{"#first #last", "#last"} {
		if got := strings.Join(reach.revision(n), " "); got != want {
			t.Errorf("revision %d: %s", n, got)
		}
	}
	want := map[string]string{"1": "#last", "1.1": "#first", "2": "#first"}
	list := embeddedViews(attachments)
	for _, v := range list {
		if got := strings.Join(reach.naming(v.data), " "); got != want[v.Number] {
			t.Errorf("%s: %q, want %q", v.Number, got, want[v.Number])
		}
	}
	if len(list) != len(want) {
		t.Errorf("%d files", len(list))
	}
}
