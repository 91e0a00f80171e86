package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verify/report"
)

func newTrustShowCmd(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show [DIR]",
		Short: "list what a trust directory holds",
		Long: `Lists every certificate, plain key, revocation list and response of a trust directory, its
Bitcoin checkpoints (the built-in ones unless it has its own) and block headers, by default the one that EXHIBIT_TRUST names. It judges nothing; see trust check.`,
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			t, err := a.loadTrustArg(args)
			if t == nil {
				return err
			}
			for _, e := range t.Errors {
				a.errorf("%s", onScreen(e.Error()))
			}
			v := viewTrust(t)
			if asJSON {
				return printTrustJSON(a.stdout, v)
			}
			printTrust(a.stdout, v)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// printTrustJSON escapes what could rearrange a terminal; the values stay exact.
func printTrustJSON(w io.Writer, v trustView) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(report.EscapeJSON(b), '\n'))
	return err
}

func printTrust(w io.Writer, v trustView) {
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "  %-12s %s\n", label, onScreen(fmt.Sprintf(format, args...)))
	}
	fmt.Fprintf(w, "trust directory %s\n", onScreen(v.Dir))
	line("sha256", "%s", v.SHA256)
	line("algorithms", "%s: %s", v.Algorithms.Origin, v.Algorithms.Source)
	for _, c := range v.Certificates {
		fmt.Fprintf(w, "\n%s: %s\n", c.Use, onScreen(c.Subject))
		line("key id", "%s", orNone(c.KeyID))
		line("sha256", "%s", c.SHA256)
		if c.Bits != 0 {
			line("key", "%s, %d bits", c.Key, c.Bits)
		} else {
			line("key", "%s", c.Key)
		}
		line("valid", "%s to %s", c.NotBefore, c.NotAfter)
		line("CA", "%s", map[bool]string{true: "yes", false: "no"}[c.CA])
		line("origin", "%s", c.Origin)
	}
	for _, s := range v.Signers {
		printSigner(w, &s, line)
	}
	for _, c := range v.CRLs {
		fmt.Fprintf(w, "\ncrl: %s\n", onScreen(c.Issuer))
		line("this update", "%s", c.ThisUpdate)
		line("next update", "%s", orNone(c.NextUpdate))
		line("origin", "%s", c.Origin)
	}
	for _, r := range v.OCSP {
		fmt.Fprintf(w, "\nocsp response\n")
		line("produced at", "%s", r.ProducedAt)
		line("origin", "%s", r.Origin)
	}
	printBitcoin(w, &v, line)
	if len(v.Unused) > 0 {
		fmt.Fprintf(w, "\nunused, not opened\n")
	}
	for _, f := range v.Unused {
		fmt.Fprintf(w, "  %s\n", onScreen(f.Name))
	}
}

func printBitcoin(w io.Writer, v *trustView, line func(label, format string, args ...any)) {
	c := &v.Checkpoints
	fmt.Fprintf(w, "\nbitcoin checkpoints: %s\n", onScreen(c.Source))
	line("network", "%s", c.Network)
	line("count", "%d, the last at height %d", c.Count, c.Last)
	line("sha256", "%s", c.SHA256)
	for _, h := range v.Headers {
		fmt.Fprintf(w, "\nbitcoin headers: %s\n", onScreen(h.Origin))
		if h.First < 0 {
			line("heights", "%d headers, nothing tells their place", h.Count)
		} else {
			line("heights", "%d to %d", h.First, h.First+int64(h.Count)-1)
		}
	}
}

func printSigner(w io.Writer, s *signerView, line func(label, format string, args ...any)) {
	name := s.KeyID
	if name == "" {
		name = "sha256:" + s.SHA256
	}
	fmt.Fprintf(w, "\nsigners: %s\n", onScreen(name))
	line("key id", "%s", orNone(s.KeyID))
	line("sha256", "%s", s.SHA256)
	curve := ""
	if s.Curve != "" {
		curve = " on " + s.Curve
	}
	line("key", "%s%s, %d bits", s.Alg, curve, s.Bits)
	signs := s.Signs
	if s.Alg != trust.Ed25519 || s.Signs != trust.Message { // which is hashed by the algorithm itself
		signs += ", by " + s.Hash
	}
	if s.LowS {
		signs += ", with a low s only"
	}
	line("signs", "%s, encoded %s", signs, or(s.Encoding, "as the extension says"))
	line("valid", "%s to %s", or(s.NotBefore, "unbounded"), or(s.NotAfter, "unbounded"))
	line("revoked at", "%s", orNone(s.RevokedAt))
	line("source", "%s", orNone(s.Source))
	line("origin", "%s", s.Origin)
}

func orNone(s string) string { return or(s, "none") }

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
