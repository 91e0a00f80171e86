package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/trust/dir"
)

// maxAddedFile bounds what is read of a file that should hold one certificate.
const maxAddedFile = 16 << 20

func newTrustAddCmd(a *app) *cobra.Command {
	files := map[string]*string{dir.UseTSA: new(string), dir.UseDocuments: new(string), dir.UseIntermediates: new(string)}
	var fingerprint string
	cmd := &cobra.Command{
		Use:   "add DIR (--tsa FILE | --document FILE | --intermediate FILE) --sha256 FINGERPRINT",
		Short: "add one certificate to a trust directory",
		Long: `Adds one certificate, in PEM or DER, to a trust directory, which is created if
need be. The SHA-256 fingerprint must come by another way than the file: from the
authority's certification practice statement, by telephone, from a trusted list.
It is never read off the file itself, because that would prove nothing.

Exit code 1: the fingerprint names another certificate. 5: the file does not hold
exactly one certificate, or cannot be read or written.`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			use, file, err := chosen(files)
			if err != nil {
				return err
			}
			if fingerprint == "" {
				a.hint("ask the authority for its SHA-256 fingerprint; it must not be taken from the file that is to be trusted")
				return usageError{errors.New("trust add: --sha256 is missing: the fingerprint must come by another way than the file")}
			}
			return a.addTrust(args[0], use, file, fingerprint)
		},
	}
	cmd.Flags().StringVar(files[dir.UseTSA], "tsa", "", "`file` with the anchor of a time-stamping authority")
	cmd.Flags().StringVar(files[dir.UseDocuments], "document", "", "`file` with the anchor of document signers")
	cmd.Flags().StringVar(files[dir.UseIntermediates], "intermediate", "", "`file` with a certificate that may complete a path")
	cmd.Flags().StringVar(&fingerprint, "sha256", "", "the certificate's SHA-256 `fingerprint`, which came by another way")
	return cmd
}

func chosen(files map[string]*string) (use, file string, err error) {
	for u, f := range files {
		switch {
		case *f == "":
		case use != "":
			return "", "", errOneFile
		default:
			use, file = u, *f
		}
	}
	if use == "" {
		return "", "", errOneFile
	}
	return use, file, nil
}

var errOneFile = usageError{errors.New("trust add: want exactly one of --tsa, --document and --intermediate")}

func (a *app) addTrust(directory, use, file, fingerprint string) error {
	b, err := readAtMost(file, maxAddedFile+1) // one more, so that Add sees that it is too large
	if err != nil {
		a.errorf("%s", onScreen(err.Error()))
		a.code = trustUnreadable
		return nil
	}
	path, err := dir.Add(directory, use, b, file, fingerprint)
	switch {
	case errors.Is(err, dir.ErrFingerprint):
		return usageError{fmt.Errorf("--sha256: %w", err)}
	case errors.Is(err, dir.ErrMismatch):
		a.code = trustRefused
	case err != nil:
		a.code = trustUnreadable
	}
	if err != nil {
		a.errorf("%s", onScreen(err.Error()))
		return nil
	}
	fmt.Fprintf(a.stdout, "added %s\n", onScreen(path))
	return nil
}

func readAtMost(file string, n int64) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, n))
}
