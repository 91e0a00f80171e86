package main

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/ots"
)

func newOTSMergeCmd(a *app) *cobra.Command {
	var out, digest string
	cmd := &cobra.Command{
		Use:   "merge FILE FILE... --out FILE",
		Short: "unite proofs of one file",
		Long: `Unites proofs that begin with the same digest, such as the ones that several calendars
gave for one file, or a proof and its completed copy. No attestation is lost, and one
that stands in several proofs stands in the new one once.

With --digest bare trees, as calendars answer them, are taken too, and become a file
of their own; then one FILE suffices.

--out must not exist; it is written whole or not at all. Exit code 5: a FILE is no
proof, they begin with different digests, or the new file cannot be written.`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			start, err := parseStart(digest)
			if err != nil {
				return err
			}
			if len(args) < 2 && start == nil {
				return usagef("ots merge: want at least two files, or one with --digest")
			}
			if err := checkOut(out); err != nil {
				return err
			}
			return a.otsMerge(args, start, out)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the new `file`")
	addStartFlag(cmd, &digest)
	return cmd
}

func (a *app) otsMerge(files []string, start *otsStart, out string) error {
	var list []*ots.Proof
	for _, file := range files {
		p := a.readOTS(file, start)
		if p == nil {
			return nil
		}
		if p.Form() == ots.FormCommit {
			a.otsProblem(file, ots.ErrCommit)
			return nil
		}
		if first := append(list, p)[0]; p.Algorithm() != first.Algorithm() || !bytes.Equal(p.Digest(), first.Digest()) {
			a.otsProblem(file, fmt.Errorf("it begins with %s %x, %s with %s %x: they are not of one file",
				p.Algorithm(), p.Digest(), files[0], first.Algorithm(), first.Digest()))
			return nil
		}
		list = append(list, p)
	}
	p, err := ots.Merge(list...)
	if err == nil && p.Form() != ots.FormDetached {
		p, err = p.Detached()
	}
	if err != nil {
		a.otsProblem(out, err)
		return nil
	}
	return a.writeOTS(out, p, fmt.Sprintf("%d attestations of %d files", len(p.Attestations()), len(files)))
}
