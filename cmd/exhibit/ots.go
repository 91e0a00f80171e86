package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/ots"
	"github.com/exhibit-dev/exhibit/verify"
	"github.com/exhibit-dev/exhibit/verify/report"
)

// maxOTS is what is read of a proof: one byte more than package ots takes, so that it
// sees that there is more.
const maxOTS = 16<<20 + 1

// newOTSCmd returns the commands that show and change OpenTimestamps proofs.
func newOTSCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "ots",
		Short: "show, prune and merge OpenTimestamps proofs",
		Long: `Shows and changes OpenTimestamps proofs (.ots). Nothing of this verifies anything, and
no calendar is asked; exhibit verify judges a proof.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return usagef("ots: want info, prune or merge") },
	}
	cmd.AddCommand(newOTSInfoCmd(a), newOTSPruneCmd(a), newOTSMergeCmd(a))
	return cmd
}

// otsView is the JSON form, exhibit.ots/v1.
type otsView struct {
	Schema string `json:"schema"`
	Note   string `json:"note"`
	Source string `json:"source"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
	ots.Claims
	Tree []ots.Step `json:"tree"`
}

func newOTSInfoCmd(a *app) *cobra.Command {
	var asJSON, values bool
	var digest string
	cmd := &cobra.Command{
		Use:   "info FILE",
		Short: "show the tree of an OpenTimestamps proof; verifies nothing",
		Long: `Shows what a proof says: the digest that it begins with, each operation, and what is
attested at the end of every branch: by a block, its height and merkle root in both
orders of bytes; by a calendar, its address and the commitment that it promised to
anchor. FILE may be - for standard input, and may be a signed Git commit with a
proof, as git cat-file commit prints it.

A bare tree, as calendars answer it, does not say which file it belongs to: give the
file's digest with --digest.

Nothing is verified. Exit code 0: it could be shown. 5: the file cannot be read, or
is no proof. 2: the command was called wrongly.`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			start, err := parseStart(digest)
			if err != nil {
				return err
			}
			return a.otsInfo(args[0], start, asJSON, values)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, exhibit.ots/v1")
	cmd.Flags().BoolVar(&values, "values", false, "with the result of every operation")
	addStartFlag(cmd, &digest)
	return cmd
}

func addStartFlag(cmd *cobra.Command, digest *string) {
	cmd.Flags().StringVar(digest, "digest", "", "`alg:hex` of the file that a bare tree belongs to")
}

// otsStart is the digest that a bare tree begins with.
type otsStart struct {
	algorithm string
	digest    []byte
}

// parseStart reads --digest; nil when it was not given.
func parseStart(s string) (*otsStart, error) {
	if s == "" {
		return nil, nil
	}
	list, err := parseDigests([]string{s})
	if err != nil {
		return nil, err
	}
	for algorithm, digest := range list {
		// A mistake of the caller, unlike one in the tree, is no *ots.Error.
		var e *ots.Error
		if _, err := ots.ParseTree(nil, algorithm, digest); !errors.As(err, &e) {
			return nil, usagef("--digest: no OpenTimestamps proof begins with %s", algorithm)
		}
		return &otsStart{algorithm, digest}, nil
	}
	return nil, nil
}

// readOTS reads a proof in any of its forms. What is wrong was reported when there is
// none.
func (a *app) readOTS(file string, start *otsStart) *ots.Proof {
	b, err := a.readInput(file, maxOTS)
	if err != nil {
		a.otsProblem(file, pathless(err))
		return nil
	}
	var p *ots.Proof
	switch {
	case ots.Sniff(b):
		p, err = ots.Parse(b)
	case ots.SniffCommit(b):
		p, err = ots.ParseCommit(b)
	case start != nil:
		p, err = ots.ParseTree(b, start.algorithm, start.digest)
	default:
		_, err = ots.Parse(b)
		a.otsProblem(file, err)
		a.hint("a bare tree, as calendars answer it, needs the digest of its file: --digest sha256:HEX")
		return nil
	}
	switch {
	case err != nil:
		a.otsProblem(file, err)
		return nil
	case start != nil && (p.Algorithm() != start.algorithm || !bytes.Equal(p.Digest(), start.digest)):
		a.otsProblem(file, fmt.Errorf("it begins with %s %x, not with the digest of --digest", p.Algorithm(), p.Digest()))
		return nil
	}
	return p
}

func (a *app) otsProblem(file string, err error) {
	a.errorf("%s: %s", onScreen(file), onScreen(err.Error()))
	a.code = verify.ExitIncomplete
}

// readInput reads at most n bytes of a file, or of standard input for "-".
func (a *app) readInput(file string, n int64) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(io.LimitReader(a.stdin, n))
	}
	return readAtMost(file, n)
}

func (a *app) otsInfo(file string, start *otsStart, asJSON, values bool) error {
	p := a.readOTS(file, start)
	if p == nil {
		return nil
	}
	raw := p.Raw()
	view := otsView{"exhibit.ots/v1", inspectNote, file, len(raw), hexSum(raw), p.Claims(), nil}
	if asJSON {
		view.Tree = p.Tree(values)
		return report.WriteJSON(a.stdout, view)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s.\n\n", strings.ToUpper(inspectNote[:1])+inspectNote[1:])
	line := func(name, text string) { fmt.Fprintf(&b, "  %-12s %s\n", name, onScreen(text)) }
	line("file", fmt.Sprintf("%s, %d bytes", file, len(raw)))
	line("sha256", view.SHA256)
	line("form", view.Form)
	if view.Form == ots.FormCommit {
		line("version", view.Version)
		line("covers", "the commit and its signature, but not the armour of the proof")
	}
	line("begins with", p.Algorithm()+" "+hex.EncodeToString(p.Digest()))
	for _, f := range view.Findings {
		line("note", fmt.Sprintf("byte %d: %s (%s)", f.Offset, f.Text, f.Code))
	}
	b.WriteString("\n" + p.Text(values))
	_, err := a.stdout.Write(b.Bytes())
	return err
}
