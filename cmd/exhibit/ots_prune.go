package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/internal/newfile"
	"github.com/exhibit-dev/exhibit/ots"
)

// otsTypes are the types of attestations that can be kept.
var otsTypes = []string{ots.TypeBitcoin, ots.TypeLitecoin, ots.TypeEthereum, ots.TypePending, ots.TypeUnknown}

func newOTSPruneCmd(a *app) *cobra.Command {
	var keep []string
	var out string
	cmd := &cobra.Command{
		Use:   "prune FILE --out FILE",
		Short: "drop what a proof does not need",
		Long: `Writes the proof anew with only some of its attestations and what leads to them; by
default those of Bitcoin blocks. A calendar's promise says nothing more once the block
is there. Whether an attestation that stays is right is not looked at: verify both files
before you part with the larger one.

--out must not exist; it is written whole or not at all. Exit code 5: FILE is no
proof, nothing of it would stay, or the new file cannot be written.`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			for _, k := range keep {
				if !slices.Contains(otsTypes, k) {
					return usagef("--keep: %q is not known, want one of %s", k, strings.Join(otsTypes, ", "))
				}
			}
			if err := checkOut(out); err != nil {
				return err
			}
			return a.otsPrune(args[0], keep, out)
		},
	}
	cmd.Flags().StringArrayVar(&keep, "keep", []string{ots.TypeBitcoin}, "`type` of attestations that stay: "+strings.Join(otsTypes, ", ")+"; may be repeated")
	cmd.Flags().StringVar(&out, "out", "", "the new `file`")
	return cmd
}

func (a *app) otsPrune(file string, keep []string, out string) error {
	p := a.readOTS(file, nil)
	switch {
	case p == nil:
		return nil
	case p.Form() == ots.FormCommit:
		a.otsProblem(file, ots.ErrCommit)
		return nil
	}
	kept, err := p.Prune(func(at ots.Attestation) bool { return slices.Contains(keep, at.Type) })
	if errors.Is(err, ots.ErrNothing) {
		err = fmt.Errorf("it has no attestation of the type %s: nothing was written", strings.Join(keep, ", "))
	}
	if err != nil {
		a.otsProblem(file, err)
		return nil
	}
	return a.writeOTS(out, kept, fmt.Sprintf("%d of %d attestations", len(kept.Attestations()), len(p.Attestations())))
}

// checkOut refuses a name that is missing or taken, before any work.
func checkOut(out string) error {
	if out == "" {
		return usagef("--out is missing: the file to write")
	}
	if os.IsPathSeparator(out[len(out)-1]) {
		return usagef("--out: %s names a folder", out)
	}
	if _, err := os.Lstat(out); err == nil {
		return usagef("--out: %s exists, and is not replaced", out)
	}
	return nil
}

// writeOTS writes a proof under a new name and says what it holds.
func (a *app) writeOTS(out string, p *ots.Proof, what string) error {
	raw := p.Raw()
	err := writeNew(out, raw)
	switch {
	case errors.Is(err, fs.ErrExist):
		return usagef("--out: %s exists, and is not replaced", out)
	case err != nil:
		a.otsProblem(out, pathless(err))
		return nil
	}
	_, err = fmt.Fprintf(a.stdout, "wrote %s: %s, %d bytes\n", onScreen(out), what, len(raw))
	return err
}

// writeNew writes a file whole or not at all, and replaces none.
func writeNew(name string, content []byte) error {
	f, err := newfile.Create(filepath.Dir(name))
	if err != nil {
		return err
	}
	if _, err := f.Write(content); err != nil {
		f.Discard()
		return err
	}
	return f.Commit(filepath.Base(name))
}
