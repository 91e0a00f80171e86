package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/bitcoin/headerfile"
)

func newHeadersImportCmd(a *app) *cobra.Command {
	var out string
	var first uint32
	var from pointsFlags
	cmd := &cobra.Command{
		Use:   "import SOURCE...",
		Short: "collect block headers from the files of other programs",
		Long: `Collects headers and writes the chain with the most work among them as one file of raw
headers of 80 bytes each. A SOURCE is

  a folder of Bitcoin Core's block files (.bitcoin/blocks), or one of them: blk00000.dat;
      those that are disguised need their xor.dat beside them
  Electrum's blockchain_headers, also where parts of it were never downloaded
  a file of raw headers, from any height, in any order

Several sources are taken together. Stale blocks and all else that is not of the chain are
left out and counted. The chain must begin at the genesis block or above a checkpoint, or go
through one; else state with --first the height of the first header of the one SOURCE, a
file of raw headers. Every header is judged as by headers check before the file gets its
name; an existing file is never replaced, and nothing is left half written.

Exit code 3: the sources hold no chain whose height is known. 5: a source cannot be read or
is of another network, or the file cannot be written. 2: the command was called wrongly.`,
		Example: "  exhibit headers import ~/.bitcoin/blocks --out my-trust/bitcoin\n  exhibit headers import ~/.electrum/blockchain_headers",
		Args:    usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			var o headerfile.Options
			if cmd.Flags().Changed("first") {
				o.First = &first
			}
			var err error
			if o.Checkpoints, err = a.points(&from); err != nil {
				return err
			}
			return a.headersImport(contextOf(cmd), args, out, o)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the new `file`, or the folder for it (default: headers-A-B.bin here, by its heights)")
	cmd.Flags().Uint32Var(&first, "first", 0, "the `height` of the first header in the one SOURCE, where nothing else tells it")
	from.add(cmd)
	return cmd
}

func (a *app) headersImport(ctx context.Context, sources []string, out string, o headerfile.Options) error {
	show, done := a.progressLine()
	if show != nil {
		o.Progress = func(step headerfile.Step, done, total int64) {
			show("%s: %d of %d MiB", step, done>>20, total>>20)
		}
	}
	s, err := headerfile.Import(ctx, sources, out, o)
	done()
	var path *fs.PathError
	switch {
	case err == nil:
		_, err = a.stdout.Write(importText(s, o.Checkpoints))
		return err
	case ctx.Err() != nil:
		return err
	case errors.Is(err, fs.ErrExist) && errors.As(err, &path):
		return usagef("%s exists, and is not replaced", path.Path)
	case errors.As(err, &path):
		err = fmt.Errorf("%s: %w", path.Path, path.Err)
	}
	a.errorf("%s", onScreen(err.Error()))
	a.code = headersUnreadable
	if errors.Is(err, headerfile.ErrNoChain) {
		a.code = headersMissing
		a.hint("state the height of the first header with --first, or give newer checkpoints with --checkpoints")
	}
	return nil
}

// maxSources bounds the sources that are printed one by one: a node has thousands.
const maxSources = 5

func importText(s *headerfile.Summary, points *bitcoin.Checkpoints) []byte {
	var b bytes.Buffer
	printLine(&b, "wrote", s.File)
	line := func(label, format string, args ...any) { printLine(&b, "  "+label, fmt.Sprintf(format, args...)) }
	line("headers", "%d, heights %d to %d, %d bytes", s.Scan.Headers, s.First, s.Last, s.Size)
	line("sha256", "%s", s.SHA256)
	line("tip", "%s", s.Tip)
	line("height by", "%s", map[string]string{
		headerfile.ByGenesis: "the genesis block", headerfile.ByCheckpoint: "a checkpoint",
		headerfile.Stated: "what was stated; no checkpoint confirms it",
	}[s.Place])
	stretch := viewStretch(&s.Scan.Stretches[0], points)
	stretch.print(line, false)
	line("work", "2^%.2f hashes on average", log2(s.Scan.Work))
	for i, f := range s.Sources {
		if i == maxSources {
			line("source", "and %d more", len(s.Sources)-maxSources)
			break
		}
		line("source", "%s: %s, %s", f.Name, f.Form, plural(f.Headers, "header"))
	}
	printLeftOut(s, line)
	for _, f := range s.Sources {
		if f.Lies > 0 {
			line("note", "%s: at byte %d and %d more places no block stands, or its length leads to none; the next block was looked for", f.Name, f.FirstLie, f.Lies-1)
		}
	}
	v := viewPoints(points)
	printLine(&b, "checkpoints", v.text())
	printLine(&b, "  sha256", v.SHA256)
	if v.Test != "" {
		printLine(&b, "  note", v.Test)
	}
	return b.Bytes()
}

func printLeftOut(s *headerfile.Summary, line func(label, format string, args ...any)) {
	refused, empty := 0, 0
	for _, f := range s.Sources {
		refused += f.Refused
		empty += f.Empty
	}
	for _, c := range []struct {
		n    int
		what string
	}{
		{s.Duplicates, "met again"},
		{s.Branches, "of stale blocks and other branches"},
		{s.Elsewhere, "not linked to the chain"},
		{refused, "that do not meet the target which they state"},
		{empty, "never downloaded: places of zeros"},
	} {
		if c.n > 0 {
			line("left out", "%s %s", plural(c.n, "header"), c.what)
		}
	}
	for _, p := range s.Pieces {
		if p.Placed {
			line("", "%s, heights %d to %d", plural(p.Headers, "header"), p.First, p.Last)
		}
	}
	for _, d := range s.LeftOut {
		line("left out", "from height %d on, a branch that breaks a rule: %s: %s", d.Height, d.Code, d.Text)
	}
}
