package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
)

// The exit codes that do not come from a verdict.
const (
	exitUsage    = 2
	exitInternal = 5
)

// app is what the commands work with: nothing else of the process is touched but
// the files that were named.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	now            func() time.Time
	code           int // exit code of a command that ran
}

// usageError is a mistake in how the program was called: exit code 2.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errorf writes one line to standard error.
func (a *app) errorf(format string, args ...any) {
	fmt.Fprintf(a.stderr, "exhibit: "+format+"\n", args...)
}

// hint writes the next step to standard error.
func (a *app) hint(format string, args ...any) {
	fmt.Fprintf(a.stderr, "hint: "+format+"\n", args...)
}

// run is the whole program. A panic, an output that cannot be written and every
// other error of ours is exit code 5: it must not look like a verdict.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer, getenv func(string) string, now func() time.Time) (code int) {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr, getenv: getenv, now: now}
	defer func() {
		if p := recover(); p != nil {
			a.errorf("internal error: %s", onScreen(fmt.Sprint(p)))
			code = exitInternal
		}
	}()
	root := newRootCmd(a)
	root.SetArgs(args)
	cmd, err := root.ExecuteC()
	var usage usageError
	switch {
	case errors.As(err, &usage):
		a.errorf("%s", onScreen(err.Error()))
		a.hint("%s --help", cmd.CommandPath())
		return exitUsage
	case err != nil:
		a.errorf("%s", onScreen(err.Error()))
		return exitInternal
	}
	return a.code
}

func newRootCmd(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "exhibit",
		Short: "judge evidence for files, offline",
		Long: `exhibit answers, offline: does this evidence prove that exactly this file existed,
unchanged, not later than that time; and according to whom?

It opens no connection and trusts nothing that it is not told to trust. Begin with

  exhibit verify letter.pdf letter.pdf.tsr --trust my-trust

and read exhibit verify --help for the verdicts and the exit codes.`,
		SilenceErrors: true, SilenceUsage: true,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return unknownCommand(cmd, args) },
	}
	root.SuggestionsMinimumDistance = 2
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(newVerifyCmd(a), newInspectCmd(a), newSelftestCmd(a), newVersionCmd(a), newTrustCmd(a), newOTSCmd(a), newHeadersCmd(a), newPDFCmd(a))
	return root
}

// later holds commands that the name of the program promises and that this version
// does not have.
var later = map[string]string{
	"fetch": "fetching over the network",
}

func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usagef("no command: want one of headers, inspect, ots, pdf, selftest, trust, verify, version")
	}
	if what, ok := later[args[0]]; ok {
		return usagef("%s: this version does not have %s", args[0], what)
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usagef("unknown command %q, did you mean %s?", args[0], near[0])
	}
	return usagef("unknown command %q", args[0])
}
