package main

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/trust/dir"
)

// Exit codes of the trust commands; 0 and 2 are as everywhere.
const (
	trustRefused    = 1 // add: the fingerprint names another certificate
	trustFindings   = 3 // check: something to look at
	trustUnreadable = 5 // a file is defective or cannot be read
)

// newTrustCmd returns the commands that show, check and extend a trust directory.
func newTrustCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "trust",
		Short: "show, check and extend a trust directory",
		Long: `A trust directory holds what you decided to believe, as plain files:

  tsa/            anchors of time-stamping authorities (PEM or DER)
  documents/      anchors of document signers
  signers/        public keys of signers and of attestation services; signers.json says
                  how each signs, and from when to when
  intermediates/  certificates that may complete a path, not trusted themselves
  revocation/     *.crl and *.ocsp
  algorithms.json replaces the built-in dates until which algorithms count

Nothing outside of it is trusted, the operating system's certificates neither.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usageError{errors.New("trust: want show, check or add")}
		},
	}
	cmd.AddCommand(newTrustShowCmd(a), newTrustCheckCmd(a), newTrustAddCmd(a))
	return cmd
}

// usageArgs makes a wrong number of arguments a usage error.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}

// loadTrustArg loads the directory that was named, by argument or environment. A
// nil Trust without an error means that it could not be read and was reported.
func (a *app) loadTrustArg(args []string) (*dir.Trust, error) {
	name := a.getenv("EXHIBIT_TRUST")
	if len(args) > 0 {
		name = args[0]
	}
	if name == "" {
		return nil, usageError{errors.New("no trust directory: name one, or set EXHIBIT_TRUST")}
	}
	t, err := dir.Load(os.DirFS(name), name)
	if err != nil {
		a.errorf("%s: %s", onScreen(name), onScreen(err.Error()))
		a.code = trustUnreadable
		return nil, nil
	}
	return t, nil
}
