package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/verify"
)

const extractLong = `Lists the files that are embedded in a PDF file, or writes them. FILE may be - for standard
input. The table has, for each file:

  NUMBER        1, 2, …; 1.1 is the version before 1, which the document still holds
  CLAIMED SIZE  what the document says, and SIZE what is there
  REVISION      whose bytes the file is, counted from 0
  STATE         present; older: another version took its place; removed: only an earlier
                revision named it; unnamed: nothing ever named it
  CHECKSUM      whether the MD5 that the document gives agrees; it protects nothing
  COVERED BY    the signatures and time-stamps that speak of the file: their ByteRange
                reaches over it, and the document named it when they were made. Whether
                they hold, exhibit verify says

Nothing is written without --name, --number or --all. A name from the document is never
taken for a path: only what stands behind its last separator counts, folders of
a portfolio fall away, and what is not printed, would hide the file or is the name of
a device is replaced. Of files that would get one name, all but the first have their
number in it. Nothing that exists is replaced; each file is written whole or not at all.

Files that take more than 256 MiB together, decoded, are written in several runs.

Exit code 5: FILE or an embedded file cannot be read, or a file cannot be written; what
could be written was. 2: the command was called wrongly, there is no such embedded file,
or a file to be written exists already; then nothing was written.`

// extractFlags say which files are meant, and where they go.
type extractFlags struct {
	out, password  string
	names, numbers []string
	all, list      bool
	json           bool
}

func newPDFExtractCmd(a *app) *cobra.Command {
	var f extractFlags
	cmd := &cobra.Command{
		Use:     "extract FILE [--list | --name NAME | --number N | --all] [-o DIR]",
		Short:   "list and write the files inside a PDF file",
		Long:    extractLong,
		Example: "  exhibit pdf extract invoice.pdf\n  exhibit pdf extract invoice.pdf --name factur-x.xml -o inside",
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd.Flags().Changed("out")); err != nil {
				return err
			}
			password, err := readPassword(f.password)
			if err != nil {
				return err
			}
			return a.pdfExtract(contextOf(cmd), args[0], &f, password)
		},
	}
	fl := cmd.Flags()
	fl.BoolVar(&f.list, "list", false, "list the files (default)")
	fl.StringArrayVar(&f.names, "name", nil, "write the present file of this `name`; may be repeated")
	fl.StringArrayVar(&f.numbers, "number", nil, "write the file of this `number`; may be repeated")
	fl.BoolVar(&f.all, "all", false, "write all files, older versions too")
	fl.StringVarP(&f.out, "out", "o", ".", "the `folder` to write to, made if need be")
	fl.BoolVar(&f.json, "json", false, "list as JSON, exhibit.pdf-files/v1")
	addPasswordFlag(cmd, &f.password)
	return cmd
}

func (f *extractFlags) check(outGiven bool) error {
	chosen := len(f.names) + len(f.numbers)
	switch {
	case f.list && (f.all || chosen > 0):
		return usagef("--list writes nothing: it excludes --name, --number and --all")
	case f.all && chosen > 0:
		return usagef("--all excludes --name and --number")
	case f.out == "":
		return usagef("--out: want a folder")
	case f.writes() && f.json:
		return usagef("--json goes with the list, not with --name, --number and --all")
	case outGiven && !f.writes():
		return usagef("--out: say what to write: --all, --name or --number")
	}
	return nil
}

func (f *extractFlags) writes() bool { return f.all || len(f.names)+len(f.numbers) > 0 }

func (a *app) pdfExtract(ctx context.Context, file string, f *extractFlags, password []byte) error {
	d := a.openPDF(ctx, file, password)
	if d == nil {
		return nil
	}
	defer d.close()
	attachments, err := d.Attachments()
	if err != nil { // what was found until then is there
		a.pdfProblem(file, err)
	}
	if a.sealed(d) {
		a.pdfProblem(file, errors.New("it is encrypted, and the password is missing or wrong: not all of it can be seen"))
	}
	list := embeddedViews(attachments)
	if f.writes() {
		if list, err = f.choose(list); err != nil {
			return err
		}
		if err := a.writeEmbedded(ctx, d, list, f.out); err != nil {
			return err
		}
	} else if err := a.listEmbedded(ctx, d, list, file, f.json); err != nil {
		return err
	}
	if err := d.steady(); err != nil {
		a.pdfProblem(file, err)
	}
	return nil
}

func (a *app) listEmbedded(ctx context.Context, d *document, list []*embeddedView, file string, asJSON bool) error {
	for _, v := range list { // first, while nothing else was decoded
		if err := v.measure(ctx); err != nil {
			a.embeddedProblem(v, err)
		}
	}
	p := portray(ctx, d)
	reach := reachesIn(p.signatures, d.Claims().Fields().Revisions)
	for _, v := range list {
		if v.CoveredBy = p.attachment[v.Number]; v.State != statePresent {
			v.CoveredBy = reach.naming(v.data)
		}
	}
	switch {
	case asJSON:
		return printEmbeddedJSON(a.stdout, file, list)
	case len(list) == 0:
		a.errorf("%s: no embedded files", onScreen(file))
		return nil
	}
	return printEmbedded(a.stdout, list)
}

// embeddedProblem says why the data of a file cannot be had.
func (a *app) embeddedProblem(v *embeddedView, err error) {
	a.errorf("%s: %s", v.label(), onScreen(err.Error()))
	a.code = verify.ExitIncomplete
}
