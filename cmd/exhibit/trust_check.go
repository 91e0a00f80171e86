package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/trust/dir"
)

func newTrustCheckCmd(a *app) *cobra.Command {
	var at string
	cmd := &cobra.Command{
		Use:   "check [DIR]",
		Short: "look for mistakes in a trust directory",
		Long: `Looks for defective files, anchors and keys out of their validity, revoked keys,
time-stamping anchors that are not made for it, keys that the algorithm dates no
longer admit, revocation lists after their next update, and what is given twice.

Exit code 0: nothing found. 3: findings, which change no verdict by themselves.
5: a file is defective and counts as absent, or the directory cannot be read.`,
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			when := a.now()
			if at != "" {
				var err error
				if when, err = parseMoment(at); err != nil {
					return usageError{fmt.Errorf("--at: %w", err)}
				}
			}
			t, err := a.loadTrustArg(args)
			if t == nil {
				return err
			}
			a.checkTrust(t, when)
			return nil
		},
	}
	cmd.Flags().StringVar(&at, "at", "", "judge dates at this `time` (RFC 3339; without a fraction: the end of that second)")
	return cmd
}

func (a *app) checkTrust(t *dir.Trust, when time.Time) {
	defective, findings := 0, t.Check(when)
	for _, e := range t.Errors {
		if !e.Note {
			defective++
			fmt.Fprintf(a.stdout, "%s: defective: %s\n", onScreen(e.Path), onScreen(e.Message))
		}
	}
	for _, f := range findings {
		fmt.Fprintf(a.stdout, "%s: %s: %s\n", onScreen(f.Path), f.Code, onScreen(f.Message))
	}
	fmt.Fprintf(a.stdout, "at %s: files taken %d, defective %d, findings %d\n",
		when.UTC().Format(time.RFC3339), len(t.Files), defective, len(findings))
	switch {
	case defective > 0:
		a.code = trustUnreadable
	case len(findings) > 0:
		a.code = trustFindings
	}
}

// parseMoment reads a time of RFC 3339. One without a fraction names a whole
// second, and everything in it has happened: the end of the second is meant.
func parseMoment(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is no time of RFC 3339, such as 2026-01-31T12:00:00Z", s)
	}
	if !strings.ContainsAny(s, ".,") {
		t = t.Add(time.Second - time.Nanosecond)
	}
	return t.UTC(), nil
}
