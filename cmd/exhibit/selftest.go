package main

import (
	"bytes"
	"context"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/verify/report"
	"github.com/exhibit-dev/exhibit/verify/selftest"
)

// selftestFailed is the exit code when a vector gave another answer.
const selftestFailed = 1

// selftestView is the JSON form, exhibit.selftest/v1.
type selftestView struct {
	Schema  string      `json:"schema"`
	Passed  bool        `json:"passed"`
	Tool    report.Tool `json:"tool"`
	OS      string      `json:"os"`
	Arch    string      `json:"arch"`
	Network string      `json:"network"`
	*selftest.Report
}

func newSelftestCmd(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "selftest",
		Short: "run the built-in test vectors: a report for tool validation",
		Long: `Runs the test vectors that are built into the program, good and bad evidence with
the verdict that each must get, the same way as files are judged; those that no file
can stand for, such as trees whose root is vouched for, by themselves. The report
begins with a summary and the environment and then lists every case: what was expected,
what was answered, and whether both agree.

It needs no files, no trust directory, no clock and no network, so two machines with
the same program print the same cases.

Exit code 0: every vector was judged as expected. 1: at least one was not; do not
rely on this program on this machine. 5: the vectors cannot be loaded.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			return a.selftest(ctx, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (a *app) selftest(ctx context.Context, asJSON bool) error {
	r, err := selftest.Run(ctx)
	if err != nil {
		return err
	}
	if !r.Passed() {
		a.code = selftestFailed
	}
	v := selftestView{"exhibit.selftest/v1", r.Passed(), report.ThisTool(), runtime.GOOS, runtime.GOARCH, "off", r}
	if asJSON {
		return report.WriteJSON(a.stdout, v)
	}
	_, err = a.stdout.Write(selftestText(v))
	return err
}

func selftestText(v selftestView) []byte {
	var b bytes.Buffer
	word := "PASSED"
	if !v.Passed {
		word = "FAILED"
	}
	fmt.Fprintf(&b, "selftest %s: %d of %d cases as expected\n\n", word, v.OK, v.Total)
	for _, k := range v.Kinds {
		fmt.Fprintf(&b, "%-11s %d of %d\n", k.Name, k.OK, k.Total)
	}
	fmt.Fprintf(&b, "tool        %s %s, revision %s\n", v.Tool.Name, v.Tool.Version, v.Tool.Revision)
	fmt.Fprintf(&b, "built with  %s for %s/%s\n", v.Tool.Go, v.OS, v.Arch)
	fmt.Fprintf(&b, "algorithms  %s\n", v.AlgorithmTable)
	fmt.Fprintf(&b, "network     %s\n", v.Network)
	for _, c := range v.Cases {
		state := "ok"
		if !c.OK {
			state = "NOT AS EXPECTED"
		}
		fmt.Fprintf(&b, "\n%s %s: %s\n  %s\n", c.Kind, onScreen(c.ID), state, onScreen(c.Comment))
		fmt.Fprintf(&b, "  expected  %s\n  got       %s\n", onScreen(c.Expected), onScreen(c.Got))
	}
	return b.Bytes()
}
